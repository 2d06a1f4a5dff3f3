//! What is not understood is unknown: whatever a rule decides of tables with unclear cells for sure, it decides of the
//! same tables with the true values.

use std::collections::BTreeMap;

use super::{Dice, UNCLEAR, tables_of};
use crate::support;
use wangge::assessment::session::Session;
use wangge::model::outcome::{Decision, Outcome};
use wangge::script::{Rule, Run};

type Tables = BTreeMap<String, String>;

fn pick<'a>(dice: &mut Dice, list: &[&'a str]) -> &'a str {
    list[dice.roll(list.len())]
}

fn condition(dice: &mut Dice) -> &'static str {
    pick(
        dice,
        &[
            "s.kind == \"other\"",
            "s.kind != \"publicity\"",
            "s.kind in [\"publicity\", \"\"]",
            "s.planned == 12 || s.topic == \"a\"",
            "s.planned != () && s.planned > 5",
            "s.date <= t.as_of",
            "s.exam == true && s.topic != \"\"",
            "blank(s.exam)",
            "t.attendance.where(\"session\", s.id).any(|a| a.attended == true)",
            "t.attendance.where(\"session\", s.id).filter(|a| a.passed == true).is_empty()",
            "t.attendance.count(|a| a.session == s.id && a.score == 60) > 0",
            "t.training.find(\"id\", s.id).kind == \"other\"",
            "t.training.where(\"kind\", \"other\").count() > 1",
            "t.attendance.all(|a| a.attended == true || a.session != s.id)",
        ],
    )
}

fn attendance(dice: &mut Dice) -> &'static str {
    pick(
        dice,
        &[
            "t.attendance",
            "t.attendance.filter(|a| a.attended == true)",
            "t.attendance.filter(|a| a.passed != true)",
            "t.attendance.filled(\"score\")",
            "t.attendance.above(\"score\", 59)",
        ],
    )
}

fn selection(dice: &mut Dice, depth: usize) -> String {
    if depth == 0 {
        return "t.training".to_owned();
    }
    let inner = selection(dice, depth - 1);
    let column = pick(dice, &["kind", "date", "planned", "exam", "topic"]);
    match dice.roll(14) {
        0 => format!("{inner}.filled(\"{column}\")"),
        1 => format!("{inner}.blank(\"{column}\")"),
        2 => format!("{inner}.where(\"kind\", \"{}\")", pick(dice, &["other", "publicity"])),
        3 => format!("{inner}.later(\"date\", date(\"{}\"))", pick(dice, &["2026-05-31", "2026-06-15"])),
        4 => format!("{inner}.earlier(\"date\", date(\"{}\"))", pick(dice, &["2026-07-01", "2026-06-15"])),
        5 => format!("{inner}.above(\"planned\", 5)"),
        6 => format!("{inner}.duplicates(\"{column}\")"),
        7 => format!("{inner}.duplicates([\"kind\", \"date\"])"),
        8 => format!("({inner}).except({})", selection(dice, depth - 1)),
        9 => format!("({inner} + {})", selection(dice, depth - 1)),
        10 => format!("{inner}.refers(\"id\", {}, \"session\")", attendance(dice)),
        11 => format!("{inner}.dangling(\"id\", {}, \"session\")", attendance(dice)),
        12 => {
            let (code, parent) = (pick(dice, &["id", "kind"]), pick(dice, &["planned", "date", "exam"]));
            let shape = pick(dice, &["roots", "orphans", "leaves", "strays"]);
            format!("{inner}.tree(\"{code}\", \"{parent}\").{shape}")
        }
        _ => format!("{inner}.filter(|s| {})", condition(dice)),
    }
}

fn decision(dice: &mut Dice) -> String {
    let (one, other) = (selection(dice, 3), selection(dice, 2));
    let test = condition(dice);
    match dice.roll(14) {
        0 | 1 => format!("require({one}, \"\", \"\")"),
        2 | 3 => format!("require_none({one}, ({other}).at(\"topic\"), \"\", \"\")"),
        4 => format!("if ({one}).is_empty() {{ met(t.training) }} else {{ unmet(t.training, \"\", \"\") }}"),
        5 => format!("measured(({one}).count(), t.training, \"\", \"\")"),
        6 => format!("measured(({one}).unique(\"kind\").len(), t.training, \"\", \"\")"),
        7 => format!("measured(({one}).sum(\"planned\"), t.training, \"\", \"\")"),
        8 => format!(
            "if ({one}).any(|s| {test}) {{ met(t.training) }} else {{ unmet(t.training, \"\", \"\") }}"
        ),
        9 => format!(
            "if ({one}).all(|s| {test}) {{ met(t.training) }} else {{ absent(t.training, \"\", \"\") }}"
        ),
        10 => format!(
            "if ({one}).first(|s| {test}) == () {{ met(t.training) }} else {{ unmet(t.training, \"\", \"\") }}"
        ),
        11 => format!(
            "if ({one}).find(\"kind\", \"other\") == () {{ met(t.training) }} else {{ unmet(t.training, \"\", \"\") }}"
        ),
        12 => format!("measured(({one}).count(|s| {test}), t.training, \"\", \"\")"),
        _ => format!(
            "let one = {one};\n    let other = {other};\n    all_of([require(one, \"\", \"\"), require_none(other, one.filter(|s| {test}), \"\", \"\")])"
        ),
    }
}

fn rule(decision: &str) -> String {
    format!("//! 试。\nconst META = #{{ id: \"A.7.3\" }};\nfn check(t) {{\n    {decision}\n}}\n")
}

fn decided(session: &Session, tables: &Tables, rule: &Rule, interpret: bool) -> Option<Decision> {
    let loaded = (session.make_tables())(tables).unwrap_or_else(|text| panic!("{}", text.en));
    let run = Run::new(&session.book.libraries, &loaded, &session.around, interpret);
    run.rule(rule).ok().and_then(|mut all| all.remove(""))
}

/// The tables with some cells written so that nobody understands them.
fn blurred(dice: &mut Dice, tables: &Tables) -> Tables {
    let blur = |dice: &mut Dice, line: &str| {
        let mut line = line.to_owned();
        for (known, unclear) in UNCLEAR {
            if dice.roll(3) == 0 {
                line = line.replacen(known, unclear, 1);
            }
        }
        line
    };
    let mut blurred = Tables::new();
    for (name, text) in tables {
        let mut lines = text.lines();
        let head = lines.next().unwrap_or_default().to_owned();
        let rest: Vec<String> = lines.map(|line| blur(dice, line)).collect();
        blurred.insert(name.clone(), [vec![head], rest].concat().join("\n"));
    }
    blurred
}

#[test]
fn what_is_sure_of_unclear_tables_holds_of_the_true_ones() {
    let session = support::session();
    let mut dice = Dice::seeded(2_026);
    let cases = std::env::var("WANGGE_CASES").ok().and_then(|text| text.parse().ok()).unwrap_or(800_usize);
    let (mut sure, mut unknown) = (0_usize, 0_usize);
    for case in 0..cases {
        let count = 1 + dice.roll(6);
        let tables = tables_of(&mut dice, count);
        let unclear = blurred(&mut dice, &tables);
        let source = rule(&decision(&mut dice));
        let rule = Rule::compile(&session.book.libraries, "items/a7/A.7.3.rhai", &source)
            .unwrap_or_else(|fault| panic!("{source}\n{}", fault.message.en));
        let seen = decided(&session, &unclear, &rule, false);
        let interpreted = decided(&session, &unclear, &rule, true);
        let told = format!("case {case}\n{source}\n{}\n{}", unclear["training"], unclear["attendance"]);
        assert_eq!(format!("{seen:?}"), format!("{interpreted:?}"), "{told}");
        let (Some(seen), Some(truth)) = (seen, decided(&session, &tables, &rule, false)) else { continue };
        if seen.outcome == Outcome::Unknown && truth.outcome != Outcome::Unknown {
            unknown += 1;
            assert!(seen.measure.is_none() && !seen.reason.zh.is_empty(), "{told}");
            continue;
        }
        sure += 1;
        assert_eq!(
            (seen.outcome, seen.measure),
            (truth.outcome, truth.measure),
            "{told}\n{}",
            tables["training"]
        );
    }
    assert!(sure * 4 > cases && unknown * 10 > cases, "{sure} sure, {unknown} unknown of {cases}");
}
