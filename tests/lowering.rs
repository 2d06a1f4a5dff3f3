//! Kernels answer what interpretation answers: random closures over random rows, with empty cells and every type.
//!
//! `WANGGE_CASES=100000 cargo test --release --test lowering` is the long mode.
#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests fail by panicking")]

mod support;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;

use wangge::command::assess::{Rulings, assess};
use wangge::command::load::Workbench;
use wangge::script::{Loaded, Rule, Run};

/// Small and deterministic; nothing here needs a good one.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % sides
    }

    fn pick<'a>(&mut self, list: &[&'a str]) -> &'a str {
        list[self.roll(list.len())]
    }
}

const TEXTS: [&str; 6] = ["", "宣贯 1", "宣贯", "标准化", "a", "A"];
const DATES: [&str; 5] = ["", "2025-01-01", "2026-06-30", "2026-07-01", "2024-02-29"];

fn rows(dice: &mut Dice) -> String {
    let mut csv = String::from(
        "场次编号,计划编号,培训类别,培训主题,培训内容,培训日期,应到人数,是否考核,宣贯标准编号\n",
    );
    for number in 0..dice.roll(12) {
        let kind = dice.pick(&["", "宣贯", "标准化知识", "其他"]);
        let (topic, content) = (dice.pick(&TEXTS), dice.pick(&TEXTS));
        let planned = dice.pick(&["", "0", "1", "12", "-3", "9223372036854775807"]);
        let exam = dice.pick(&["", "是", "否"]);
        let codes = dice.pick(&["", "甲", "甲;乙", "乙、丙", ";"]);
        writeln!(csv, "S{number},,{kind},{topic},{content},{},{planned},{exam},{codes}", dice.pick(&DATES))
            .unwrap();
    }
    csv
}

/// Something to compare, mostly of one type but not always.
fn value(dice: &mut Dice, kind: usize) -> String {
    let odd = dice.roll(25);
    match (kind, odd) {
        (_, 0) => "()".to_owned(),
        (_, 1) => value(dice, (kind + 1) % 5),
        (0, _) => dice
            .pick(&["s.planned", "n", "1", "12", "s.planned + 1", "s.planned - n", "s.date - day"])
            .to_owned(),
        (1, _) => dice.pick(&["s.date", "day", "t2"]).to_owned(),
        (2, _) => dice.pick(&["s.topic", "s.content", "word", "\"宣贯\"", "\"\""]).to_owned(),
        (3, _) => dice.pick(&["s.exam", "true", "false", "yes"]).to_owned(),
        (_, _) => dice.pick(&["s.kind", "\"publicity\"", "\"宣贯\"", "\"\"", "\"nonsense\""]).to_owned(),
    }
}

fn leaf(dice: &mut Dice) -> String {
    let kind = dice.roll(5);
    match dice.roll(9) {
        0 => format!(
            "blank({})",
            dice.pick(&["s.topic", "s.date", "s.planned", "s.exam", "s.kind", "s.standard"])
        ),
        1 => format!(
            "filled({})",
            dice.pick(&["s.topic", "s.date", "s.planned", "s.exam", "s.kind", "s.standard"])
        ),
        2 => dice.pick(&["s.exam", "yes", "true", "s.topic"]).to_owned(),
        3 => format!(
            "s.kind in [{}]",
            dice.pick(&["\"publicity\"", "\"宣贯\", \"other\"", "\"\"", "\"nonsense\""])
        ),
        4 => dice
            .pick(&[
                "\"甲\" in s.standard",
                "word in s.standard",
                "s.topic in words",
                "s.topic in [\"a\", \"\"]",
            ])
            .to_owned(),
        5 => dice
            .pick(&[
                "has_digit(s.topic)",
                "mentions(s.topic, words)",
                "same_standard(s.topic, word)",
                "phone_form(s.topic)",
            ])
            .to_owned(),
        _ => {
            let sign =
                if dice.roll(2) == 0 { dice.pick(&["==", "!="]) } else { dice.pick(&["<", "<=", ">", ">="]) };
            format!("{} {sign} {}", value(dice, kind), value(dice, kind))
        }
    }
}

fn condition(dice: &mut Dice, depth: usize) -> String {
    match dice.roll(if depth == 0 { 1 } else { 5 }) {
        0 => leaf(dice),
        1 | 2 => format!("({} && {})", condition(dice, depth - 1), condition(dice, depth - 1)),
        3 => format!("({} || {})", condition(dice, depth - 1), condition(dice, depth - 1)),
        _ => format!("!({})", condition(dice, depth - 1)),
    }
}

fn rule(dice: &mut Dice) -> String {
    let condition = condition(dice, 3);
    let decide = match dice.roll(4) {
        0 => format!("let held = rows.filter(|s| {condition}); measured(held.count(), held, \"\", \"\")"),
        1 => format!("measured(rows.count(|s| {condition}), rows, \"\", \"\")"),
        2 => format!("if rows.any(|s| {condition}) {{ met(rows) }} else {{ unmet(rows, \"\", \"\") }}"),
        _ => format!("if rows.all(|s| {condition}) {{ met(rows) }} else {{ unmet(rows, \"\", \"\") }}"),
    };
    format!(
        "//! 试。\nconst META = #{{ id: \"A.7.3\" }};\nfn check(t) {{\n    let n = 1; let word = \"a\"; let yes = true; let day = t.as_of;\n    \
         let t2 = date(\"2025-01-01\"); let words = [\"标准\", \"a\"]; let rows = t.training;\n    {decide}\n}}\n"
    )
}

fn outcome(bench: &Workbench, loaded: &Loaded, rule: &Rule, interpret: bool) -> String {
    let run = Run { libraries: &bench.book.libraries, loaded, around: &bench.around, interpret };
    format!("{:?}", run.rule(rule))
}

#[test]
fn fixtures_are_assessed_the_same_without_kernels() {
    let mut bench = support::bench();
    let rulings = Rulings { all: &[], own: false };
    for path in ["fixtures/clean", "fixtures/violations", "fixtures/village"] {
        let whole = support::root().join(path);
        bench.interpret = false;
        let kernels = assess(&bench, &whole, rulings).unwrap_or_else(|fault| panic!("{fault:?}"));
        bench.interpret = true;
        let interpreted = assess(&bench, &whole, rulings).unwrap_or_else(|fault| panic!("{fault:?}"));
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
    let bench = support::bench();
    let make = bench.make_tables();
    let cases = std::env::var("WANGGE_CASES").ok().and_then(|text| text.parse().ok()).unwrap_or(4_000_usize);
    let mut dice = Dice(20_261_121);
    let mut lowered = 0_usize;
    for case in 0..cases {
        let csv = rows(&mut dice);
        let source = rule(&mut dice);
        let tables = BTreeMap::from([("training".to_owned(), csv.clone())]);
        let loaded = (make)(&tables).unwrap_or_else(|text| panic!("{}", text.en));
        let Ok(rule) = Rule::compile(&bench.book.libraries, "items/a7/A.7.3.rhai", &source) else { continue };
        let rule = Arc::new(rule);
        lowered += usize::from(rule.interpreted_closures(&bench.book.libraries).is_empty());
        let (kernel, interpreted) =
            (outcome(&bench, &loaded, &rule, false), outcome(&bench, &loaded, &rule, true));
        assert_eq!(kernel, interpreted, "case {case}\n{source}\n{csv}");
    }
    assert!(lowered * 10 > cases * 8, "only {lowered} of {cases} closures were lowered");
}
