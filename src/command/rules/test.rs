//! `wangge rules test`: runs the tests beside the rules and says what differs from what they expect.

use super::{ResultFormat, covered, watch};
use crate::assessment::session::{Choices, Session};
use crate::console::Console;
use crate::exit::Exit;
use crate::model::coverage::Coverage;
use crate::model::fault::{Explain, Fault};
use crate::model::suggest::closest;
use crate::model::test_result::{FailedTest, RuleResult};
use crate::model::text::{Lang, Text};
use crate::report::{coverage, test_result};
use crate::rulebook::{RuleTests, Wanted, chosen_tests, measure};
use crate::script::Rule;
use crate::script::testing::Tested;

/// Which tests are asked for.
#[derive(Clone, Debug, Default)]
pub struct TestAsked {
    /// Rules, or what their ids begin with; none for all that packs given have a say in.
    pub ids: Vec<String>,
    /// Part of the name of a test.
    pub filter: Option<String>,
    /// All rules, those of packs below too.
    pub all: bool,
    /// What the tests reach is told too; for a program it alone is written to stdout.
    pub coverage: Option<ResultFormat>,
    /// Run again whenever a file of the packs changes.
    pub watch: bool,
}

/// Runs the tests, again and again where they are watched.
pub fn run(asked: &TestAsked, choices: &Choices, console: &Console) -> Exit {
    if asked.watch {
        watch::again(&choices.packs, console, || loaded(asked, choices, console))
    } else {
        loaded(asked, choices, console)
    }
}

fn loaded(asked: &TestAsked, choices: &Choices, console: &Console) -> Exit {
    match Session::load(choices) {
        Ok(session) => once(asked, &session, console),
        Err(faults) => {
            console.faults(&faults);
            Exit::CouldNotJudge
        }
    }
}

fn once(asked: &TestAsked, session: &Session, console: &Console) -> Exit {
    let strangers = asked.strangers(session);
    if !strangers.is_empty() {
        console.faults(&strangers);
        return Exit::CouldNotJudge;
    }
    let tests = asked.tests(session);
    let results: Vec<RuleResult> = tests.iter().map(result).collect();
    let broken: Vec<&_> = session.book.broken.iter().filter(|fault| asked.names(&fault.rule)).collect();
    console.faults(&broken.iter().map(|fault| fault.fault()).collect::<Vec<_>>());
    let passed: usize = results.iter().map(|result| result.passed).sum();
    let failed = results.iter().map(|result| result.failed.len()).sum::<usize>().saturating_add(broken.len());
    let told = match asked.coverage.map(|format| (format, asked.covered(session, &tests))) {
        Some((ResultFormat::Json, covered)) => print_json(&covered, console),
        covered => {
            let Console { lang, color_out, width, .. } = *console;
            let mut parts = vec![test_result::terminal(&results, lang, color_out, width)];
            parts.extend(covered.map(|(_, covered)| coverage::terminal(&covered, lang, color_out, width)));
            parts.push(counts(passed, failed, lang));
            parts.retain(|part| !part.is_empty());
            console.print_result(&parts.join("\n"))
        }
    };
    if failed == 0 { told } else { Exit::GateNotMet }
}

fn counts(passed: usize, failed: usize, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("{passed} passed, {failed} failed（通过 {passed}，失败 {failed}）\n"),
        Lang::En => format!("{passed} passed, {failed} failed\n"),
    }
}

fn print_json(covered: &Coverage, console: &Console) -> Exit {
    match coverage::json(covered) {
        Ok(text) => console.print_result(&text),
        Err(why) => {
            let message = Text::new("不能写出覆盖情况", format!("the coverage cannot be written: {why}"));
            console.fail_with(Fault { code: "output.coverage", message, ..Fault::default() })
        }
    }
}

impl TestAsked {
    /// Whether the ids given name this rule: itself, or what its id begins with.
    fn names(&self, id: &str) -> bool {
        let begins = |given: &String| {
            let rest = id.strip_prefix(given.as_str());
            rest.is_some_and(|rest| !rest.starts_with(|sign: char| sign.is_ascii_digit()))
        };
        self.ids.is_empty() || self.ids.iter().any(begins)
    }

    fn takes(&self, session: &Session, rule: &Rule) -> bool {
        let chosen = !self.ids.is_empty() || self.all || session.book.is_local(rule);
        chosen && self.names(&rule.meta.id)
    }

    fn takes_test(&self, rule: &Rule, name: &str) -> bool {
        let part = |text: &str| self.filter.as_ref().is_none_or(|part| text.contains(part.as_str()));
        part(name) || part(&rule.meta.id)
    }

    fn tests(&self, session: &Session) -> Vec<RuleTests> {
        let wanted = Wanted {
            rule: &|rule| self.takes(session, rule),
            test: &|rule, name| self.takes_test(rule, name),
        };
        let mut tests = chosen_tests(&session.book, &session.around, &session.make_tables(), &wanted);
        // A rule of which no test has that name is not spoken of.
        tests.retain(|of_rule| {
            self.filter.is_none() || of_rule.tested.as_ref().map_or(true, |tested| !tested.is_empty())
        });
        tests
    }

    fn covered(&self, session: &Session, tests: &[RuleTests]) -> Coverage {
        let run = |rule: &Rule| tests.iter().any(|of_rule| of_rule.rule.meta.id == rule.meta.id);
        let wanted = Wanted { rule: &run, test: &|rule, name| self.takes_test(rule, name) };
        // Some of the rules alone say nothing of a library that serves them all.
        let whole = self.ids.is_empty() && self.filter.is_none();
        let mut coverage = measure(&session.book, &session.around, &session.make_tables(), &wanted, whole);
        covered::requirements(session, tests, &mut coverage);
        coverage
    }

    /// Ids that name no rule.
    fn strangers(&self, session: &Session) -> Vec<Fault> {
        let rules = session.book.rules.iter().map(|rule| rule.meta.id.as_str());
        let known: Vec<&str> =
            rules.chain(session.book.broken.iter().map(|fault| fault.rule.as_str())).collect();
        let names = |given: &String| Self { ids: vec![given.clone()], ..Self::default() };
        let strange = self.ids.iter().filter(|given| !known.iter().any(|id| names(given).names(id)));
        strange.map(|given| stranger(given, &known)).collect()
    }
}

fn stranger(given: &str, known: &[&str]) -> Fault {
    let near = closest(given, known.iter().copied());
    let help = near.map_or_else(
        || Text::new("规则清单：wangge rules list", "for the list of rules run `wangge rules list`"),
        |near| Text::new(format!("是否想写“{near}”？"), format!("did you mean `{near}`?")),
    );
    Fault {
        code: "usage.rule",
        message: Text::new(format!("没有规则“{given}”"), format!("there is no rule `{given}`")),
        help,
        ..Fault::default()
    }
}

fn result(tests: &RuleTests) -> RuleResult {
    let (passed, failed) = match &tests.tested {
        Err(fault) => {
            let whole =
                FailedTest { name: String::new(), fault: Some(fault.fault()), ..FailedTest::default() };
            (0, vec![whole])
        }
        Ok(tested) => {
            let passed = tested.iter().filter(|test| test.failure.is_none()).count();
            (passed, tested.iter().filter_map(failure).collect())
        }
    };
    RuleResult { rule: tests.rule.meta.id.clone(), file: tests.file.clone(), passed, failed }
}

fn failure(test: &Tested) -> Option<FailedTest> {
    let failure = test.failure.as_ref()?;
    let fault = match &test.broken {
        Some(broken) => Some(broken.fault()),
        None if test.compared.is_empty() => {
            // Not the rule is at fault, but what its test says.
            let fault = failure.fault();
            Some(Fault { code: "rule.test-failed", message: failure.message.clone(), ..fault })
        }
        None => None,
    };
    Some(FailedTest {
        name: test.name.clone(),
        line: failure.position.map(|(line, _)| line),
        // A fault of the test itself shows the line in its own way.
        text: if test.broken.is_none() && fault.is_some() { String::new() } else { failure.line.clone() },
        compared: test.compared.clone(),
        fault,
    })
}
