//! `wangge explain ID`: what it asks for, why, what counts as evidence, what to do; of tables what they hold.

use crate::assessment::session::{Choices, Session};
use crate::console::Console;
use crate::exit::Exit;
use crate::model::explanation::Explanation;
use crate::model::fault::Fault;
use crate::model::text::Text;
use crate::report::explanation;
use crate::rulebook::{Example, RuleTests, rule_tests_of};
use crate::script::Rule;

/// Explains each id.
pub fn run(ids: &[String], choices: &Choices, console: &Console) -> Exit {
    match explained(ids, choices) {
        Ok(all) => {
            console.print_result(&all.iter().map(|one| render(one, console)).collect::<Vec<_>>().join("\n"))
        }
        Err(faults) => console.refuse(&faults),
    }
}

fn render(one: &Explanation, console: &Console) -> String {
    explanation::terminal(one, console.lang, console.color_out, console.width)
}

fn explained(ids: &[String], choices: &Choices) -> Result<Vec<Explanation>, Vec<Fault>> {
    let session = Session::load(choices)?;
    let looks = |rule: &Rule| {
        ids.iter().any(|id| session.book.rules_of(id).iter().any(|one| one.meta.id == rule.meta.id))
    };
    let tests = rule_tests_of(&session.book, &session.around, &session.make_tables(), looks);
    let one = |id: &String| {
        let known = session.book.explain(id, &examples_of(&session, &tests, id));
        let known = known.or_else(|| session.book.explain_data(id, &session.declarations));
        known.ok_or_else(|| unknown(&session, id))
    };
    let (found, missing): (Vec<_>, Vec<_>) = ids.iter().map(one).partition(Result::is_ok);
    let faults: Vec<Fault> = missing.into_iter().filter_map(Result::err).collect();
    if faults.is_empty() { Ok(found.into_iter().filter_map(Result::ok).collect()) } else { Err(faults) }
}

/// Examples from the tests of the rules that look at an id, as the standard is read.
pub(super) fn examples_of(session: &Session, tests: &[RuleTests], id: &str) -> Vec<Example> {
    let rules = session.book.rules_of(id);
    let own = tests.iter().filter(|of_rule| rules.iter().any(|rule| rule.meta.id == of_rule.rule.meta.id));
    own.flat_map(RuleTests::examples).filter(|example| !example.otherwise).collect()
}

fn unknown(session: &Session, id: &str) -> Fault {
    let nearest = || session.book.nearest_data(id, &session.declarations);
    let help = session.book.nearest(id).or_else(nearest).map_or_else(
        || Text::new("用 wangge rules matrix 查看全部编号", "`wangge rules matrix` lists all ids"),
        |near| Text::new(format!("是否想写“{near}”？"), format!("did you mean `{near}`?")),
    );
    Fault {
        code: "usage.unknown-id",
        message: Text::new(format!("没有编号“{id}”"), format!("there is no id `{id}`")),
        help,
        ..Fault::default()
    }
}
