//! Kernels answer what interpretation answers: random closures over random rows, with empty cells and every type.
//!
//! `WANGGE_CASES=100000 cargo test --release --test lowering` is the long mode.
#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests fail by panicking")]

mod closures;
mod support;

use closures::Dice;
use wangge::assessment::assess::{Rulings, assess};
use wangge::assessment::session::Session;
use wangge::script::{Loaded, Rule, Run};

fn outcome(session: &Session, loaded: &Loaded, rule: &Rule, interpret: bool) -> String {
    let run = Run::new(&session.book.libraries, loaded, &session.around, interpret);
    format!("{:?}", run.rule(rule))
}

#[test]
fn fixtures_are_assessed_the_same_without_kernels() {
    let mut session = support::session();
    let rulings = Rulings { all: &[], self_evaluation: false };
    for path in ["fixtures/clean", "fixtures/violations", "fixtures/village"] {
        let whole = support::root().join(path);
        session.interpret = false;
        let kernels = assess(&session, &whole, rulings).unwrap_or_else(|fault| panic!("{fault:?}"));
        session.interpret = true;
        let interpreted = assess(&session, &whole, rulings).unwrap_or_else(|fault| panic!("{fault:?}"));
        let (kernels, interpreted) = (kernels.organization, interpreted.organization);
        let differs = |at: usize| kernels.findings.get(at) != interpreted.findings.get(at);
        let count = kernels.findings.len().max(interpreted.findings.len());
        if let Some(at) = (0..count).find(|at| differs(*at)) {
            let told = |finding: Option<&_>| format!("{:.800}", format!("{finding:?}"));
            panic!("{path}\n{}\n{}", told(kernels.findings.get(at)), told(interpreted.findings.get(at)));
        }
        assert!(kernels == interpreted, "{path}");
    }
}

#[test]
fn kernels_and_interpretation_agree() {
    agree(closures::tables, 20_261_121, 4_000);
}

#[test]
fn kernels_and_interpretation_agree_where_cells_are_not_understood() {
    agree(closures::unclear_tables, 15, 2_000);
}

fn agree(tables: fn(&mut Dice) -> std::collections::BTreeMap<String, String>, seed: u64, usual: usize) {
    let session = support::session();
    let make = session.make_tables();
    let cases = std::env::var("WANGGE_CASES").ok().and_then(|text| text.parse().ok()).unwrap_or(usual);
    let mut dice = Dice::seeded(seed);
    let (mut compiled, mut lowered) = (0_usize, 0_usize);
    for case in 0..cases {
        let tables = tables(&mut dice);
        let source = closures::rule(&mut dice);
        let loaded = (make)(&tables).unwrap_or_else(|text| panic!("{}", text.en));
        // Some are nested too deeply for the engine.
        let Ok(rule) = Rule::compile(&session.book.libraries, "items/a7/A.7.3.rhai", &source) else {
            continue;
        };
        compiled += 1;
        lowered += usize::from(rule.interpreted_closures().is_empty());
        let (kernel, interpreted) =
            (outcome(&session, &loaded, &rule, false), outcome(&session, &loaded, &rule, true));
        let shown = format!("{:.3000}", tables["training"]);
        assert_eq!(kernel, interpreted, "case {case}\n{source}\n{shown}\n{:.1000}", tables["attendance"]);
    }
    assert!(compiled * 10 > cases * 7 && lowered * 10 > compiled * 9, "{lowered} of {compiled} lowered");
}

/// Closures over a whole table, none of which knows anything but the row and the as-of day.
const TOGETHER: [&str; 9] = [
    "blank(s.topic) || s.date > day",
    "s.kind == \"publicity\" && s.planned > 0",
    "s.exam == true",
    "s.exam",
    "s.topic.starts_with(\"宣\") && s.date <= day",
    "s.planned + 1 > 0",
    "s.topic == s.content",
    "s.kind == \"nonsense\"",
    "\"甲\" in s.standard || filled(s.standard)",
];

#[test]
fn closures_that_run_together_agree() {
    let session = support::session();
    let mut dice = Dice::seeded(4);
    let tables = closures::tables_of(&mut dice, 33_000);
    let loaded = (session.make_tables())(&tables).unwrap_or_else(|text| panic!("{}", text.en));
    let rules: Vec<Rule> = TOGETHER.iter().map(|test| {
        let source = format!(
            "//! 试。\nconst META = #{{ id: \"A.7.3\" }};\nfn check(t) {{\n let day = t.as_of; let all = t.training;\n \
             let held = all.filter(|s| {test});\n measured(held.count(), [held, all.first(|s| {test})], \"\", \"\")\n}}\n"
        );
        Rule::compile(&session.book.libraries, "items/a7/A.7.3.rhai", &source).unwrap()
    }).collect();
    for (rule, test) in rules.iter().zip(TOGETHER) {
        let (kernel, interpreted) =
            (outcome(&session, &loaded, rule, false), outcome(&session, &loaded, rule, true));
        assert!(kernel == interpreted, "{test}\n{kernel:.600}\n{interpreted:.600}");
    }
}
