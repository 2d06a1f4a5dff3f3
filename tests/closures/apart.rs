//! `by_itself`: one decision of a rule leaves nothing open of the others.

use std::fs;

use crate::support;
use wangge::model::outcome::Outcome;
use wangge::script::{Rule, Run, RunResult};

const SESSIONS: &str =
    "场次编号,培训类别,培训日期,应到人数\nS1,宣贯,2026-03-01,若干\nS2,其他,2026-03-02,12\n";
const PEOPLE: &str = "场次编号,工号,是否到场\nS1,P1,是\n";

/// Reads the cell that nobody understands.
const READ: &str = "t.training.any(|s| s.planned > 20)";

fn run(sessions: &str, body: &str, interpret: bool) -> RunResult {
    let session = support::session();
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in [("training.csv", sessions), ("attendance.csv", PEOPLE)] {
        fs::write(folder.path().join(name), text).unwrap();
    }
    let loaded = session.ready(&session.dataset(folder.path()).unwrap_or_else(|fault| panic!("{fault:?}")));
    let source = format!("//! 试。\nconst META = #{{ id: \"A.7.3\" }};\nfn check(t) {{\n    {body}\n}}\n");
    let rule = Rule::compile(&session.book.libraries, "items/a7/A.7.3.rhai", &source)
        .unwrap_or_else(|fault| panic!("{fault:?}\n{source}"));
    assert_eq!(rule.interpreted_closures(), [], "{source}");
    Run::new(&session.book.libraries, &loaded, &session.around, interpret).rule(&rule)
}

/// Outcomes by letter, the same whether closures are interpreted or not.
fn outcomes(sessions: &str, body: &str) -> Vec<Outcome> {
    let [lowered, interpreted] = [false, true].map(|interpret| {
        let decided = run(sessions, body, interpret).unwrap_or_else(|fault| panic!("{fault:?}\n{body}"));
        decided.into_values().map(|decision| decision.outcome).collect::<Vec<_>>()
    });
    assert_eq!(lowered, interpreted, "{body}");
    lowered
}

#[test]
fn a_spoilt_cell_in_one_letter_leaves_the_other_met() {
    let one = format!("if {READ} {{ unmet(t.training, \"甲\", \"a\") }} else {{ met(t.training) }}");
    let apart = format!("#{{ a: by_itself(|| {one}), b: met(t.attendance) }}");
    assert_eq!(outcomes(SESSIONS, &apart), [Outcome::Unknown, Outcome::Met]);
    let nested = format!("#{{ a: by_itself(|| by_itself(|| {one})), b: met(t.attendance) }}");
    assert_eq!(outcomes(SESSIONS, &nested), [Outcome::Unknown, Outcome::Met]);
    let together = format!("#{{ a: {{ {one} }}, b: met(t.attendance) }}");
    assert_eq!(outcomes(SESSIONS, &together), [Outcome::Unknown, Outcome::Unknown]);
}

#[test]
fn a_column_missing_in_one_letter_leaves_the_other_unmet() {
    let sessions = SESSIONS.replace(",应到人数", "").replace(",若干", "").replace(",12", "");
    let one =
        "if t.training.first().planned == () { unmet(t.training, \"甲\", \"a\") } else { met(t.training) }";
    let other =
        "if t.attendance.count() > 0 { unmet(t.attendance, \"乙\", \"b\") } else { met(t.attendance) }";
    let apart = format!("#{{ a: by_itself(|| {one}), b: {{ {other} }} }}");
    assert_eq!(outcomes(&sessions, &apart), [Outcome::Unknown, Outcome::Unmet]);
    let together = format!("#{{ a: {{ {one} }}, b: {{ {other} }} }}");
    assert_eq!(outcomes(&sessions, &together), [Outcome::Unknown, Outcome::Unknown]);
}

#[test]
fn what_was_read_before_counts() {
    let before =
        format!("let more = {READ};\n    #{{ a: by_itself(|| met(t.attendance)), b: met(t.training) }}");
    assert_eq!(outcomes(SESSIONS, &before), [Outcome::Unknown, Outcome::Unknown]);
}

#[test]
fn a_closure_that_comes_to_no_decision_is_a_fault() {
    let fault = run(SESSIONS, "by_itself(|| t.training.count())", false).unwrap_err();
    assert_eq!(fault.message.zh, "by_itself 的闭包应得出结论，却得出整数");
}

#[test]
fn what_a_closure_read_before_it_failed_is_put_apart_too() {
    let failing = format!("let more = {READ}; if more {{ return met(t.training); }} throw \"甲\";");
    let body = format!(
        "try {{ by_itself(|| {{ {failing} }}); }} catch {{ return met(t.attendance); }}\n    met(t.training)"
    );
    assert_eq!(outcomes(SESSIONS, &body), [Outcome::Met]);
}
