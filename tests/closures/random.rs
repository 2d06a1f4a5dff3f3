//! Random tables, and random rules whose closures are of every form that kernels know.

use std::collections::{BTreeMap, VecDeque};
use std::fmt::Write as _;

/// Small and deterministic; nothing here needs a good one.
pub(crate) struct Dice {
    /// Of the generator.
    state: u64,
    /// What is rolled first: a fuzzer changes one choice by changing one byte.
    choices: VecDeque<u8>,
}

impl Dice {
    pub(crate) fn seeded(state: u64) -> Self {
        Self { state, choices: VecDeque::new() }
    }

    #[allow(dead_code, reason = "fuzzers roll so")]
    pub(crate) fn of(choices: &[u8]) -> Self {
        Self { state: 1, choices: choices.iter().copied().collect() }
    }

    pub(crate) fn roll(&mut self, sides: usize) -> usize {
        if let Some(choice) = self.choices.pop_front() {
            return usize::from(choice) % sides;
        }
        self.state =
            self.state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.state >> 33).unwrap() % sides
    }

    fn pick(&mut self, list: &[&'static str]) -> &'static str {
        list[self.roll(list.len())]
    }
}

const TEXTS: [&str; 8] = ["", "宣贯 1", "宣贯", "标准化", "a", "A", "GB/T 1.1-2020", "Q/ABC JC1•1-2024"];
const DATES: [&str; 5] = ["", "2025-01-01", "2026-06-30", "2026-07-01", "2024-02-29"];

/// A few rows; now and then so many that columns get dictionaries and rows lie in several chunks.
pub(crate) fn tables(dice: &mut Dice) -> BTreeMap<String, String> {
    let many = dice.roll(1_000) == 0;
    let count = if many { 4_096 + dice.roll(200) } else { dice.roll(12) };
    tables_of(dice, count)
}

/// Tables in which some cells are not understood.
pub(crate) fn unclear_tables(dice: &mut Dice) -> BTreeMap<String, String> {
    let mut tables = tables(dice);
    for text in tables.values_mut() {
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        for line in lines.iter_mut().skip(1) {
            for (known, unclear) in UNCLEAR {
                if line.contains(known) && dice.roll(6) == 0 {
                    *line = line.replacen(known, unclear, 1);
                }
            }
        }
        *text = lines.join("\n");
    }
    tables
}

/// What stands for a value, and what might stand for it that nobody understands.
pub(crate) const UNCLEAR: [(&str, &str); 9] = [
    (",宣贯,", ",宣传周,"),
    (",其他,", ",说不清,"),
    (",12,", ",12人,"),
    (",1,", ",一两个,"),
    (",是,", ",部分,"),
    (",否,", ",基本没有,"),
    (",2026-06-30,", ",2026年6月,"),
    (",2025-01-01,", ",2025-13-01,"),
    (",60,", ",约60,"),
];

/// Tables with so many sessions.
pub(crate) fn tables_of(dice: &mut Dice, count: usize) -> BTreeMap<String, String> {
    let mut sessions = String::from(
        "场次编号,计划编号,培训类别,培训主题,培训内容,培训日期,应到人数,是否考核,宣贯标准编号\n",
    );
    for number in 0..count {
        let kind = dice.pick(&["", "宣贯", "标准化知识", "其他"]);
        let (topic, content) = (dice.pick(&TEXTS), dice.pick(&TEXTS));
        let planned = dice.pick(&["", "0", "1", "12", "-3", "9223372036854775807"]);
        let exam = dice.pick(&["", "是", "否"]);
        let codes = dice.pick(&["", "甲", "甲;乙", "乙、丙", ";"]);
        let date = dice.pick(&DATES);
        writeln!(sessions, "S{},,{kind},{topic},{content},{date},{planned},{exam},{codes}", number % 50)
            .unwrap();
    }
    let mut people = String::from("场次编号,工号,是否到场,考核成绩,是否合格\n");
    for number in 0..if count > 100 { count } else { dice.roll(8) } {
        let (session, came) = (dice.roll(9), dice.pick(&["是", "否", ""]));
        let (score, passed) =
            (dice.pick(&["", "60", "59.5", "0.333", "-1", "1e3", "100.00"]), dice.pick(&["是", "否", ""]));
        writeln!(people, "S{session},P{number},{came},{score},{passed}").unwrap();
    }
    BTreeMap::from([("training".to_owned(), sessions), ("attendance".to_owned(), people)])
}

/// Something to compare, mostly of one type but not always.
fn value(dice: &mut Dice, kind: usize) -> String {
    match dice.roll(25) {
        0 => "()".to_owned(),
        1 => value(dice, (kind + 1) % 6),
        _ => value_of(dice, kind).to_owned(),
    }
}

fn value_of(dice: &mut Dice, kind: usize) -> &'static str {
    match kind {
        0 => dice.pick(&[
            "s.planned",
            "n",
            "1",
            "12",
            "s.planned + 1",
            "s.planned - n",
            "s.date - day",
            "s.planned * 2",
            "12 / s.planned",
            "s.planned % 5",
            "t.training.find(\"id\", s.id).planned",
            "t.training.find(\"id\", s.id).standard.len()",
            "-s.planned",
            "s.topic.len()",
            "s.standard.len()",
            "s.date.year",
            "(s.planned ?? n)",
            "pick(s.planned, n)",
            "held.where(\"session\", s.id).count()",
            "limits[s.topic]",
            "if s.exam == true { s.planned } else { n }",
            "t.attendance.count(|a| a.session == s.id)",
        ]),
        1 => dice.pick(&[
            "s.date",
            "day",
            "t2",
            "s.date.plus_months(n)",
            "s.date.plus_days(-1)",
            "day.plus_months(2)",
            "t.training.find(\"id\", s.id).date",
            "t.training.find(\"kind\", s.kind).date",
            "t.as_of",
        ]),
        2 => dice.pick(&[
            "s.topic",
            "s.content",
            "word",
            "\"宣贯\"",
            "\"\"",
            "s[column]",
            "undated(s.topic)",
            "s.topic + s.content",
            "s.topic.to_upper()",
            "s.topic.sub_string(0, 1)",
            "s.topic.sub_string(n)",
            "(s.topic + word).sub_string(1, n)",
            "s.topic.sub_string(-2, 1)",
            "s.topic.sub_string(1, -1)",
            "t.training.find(\"id\", s.id).topic",
            "t.training.find(\"planned\", s.planned).topic",
            "held.find(\"session\", s.id).person",
            "origin_of(s.topic)",
            "`${s.topic}${n}`",
            "`${s.kind}-${s.date}`",
            "s.kind.to_string()",
            "own_number(s.topic)",
            "join(s.standard, \"\")",
            "t.edition(s.topic).status",
        ]),
        3 => dice.pick(&[
            "s.exam",
            "true",
            "false",
            "yes",
            "blank(s.topic)",
            "has_digit(s.content)",
            "t.training.find(\"id\", s.id).exam",
        ]),
        4 => dice.pick(&[
            "s.kind",
            "\"publicity\"",
            "\"宣贯\"",
            "\"\"",
            "\"nonsense\"",
            "s.kind",
            "t.training.find(\"id\", s.id).kind",
        ]),
        _ => dice.pick(&[
            "t.attendance.find(\"session\", s.id).score",
            "third",
            "60",
            "n",
            "third * n",
            "ratio(n, 3)",
        ]),
    }
}

const COLUMNS: [&str; 7] = ["s.topic", "s.date", "s.planned", "s.exam", "s.kind", "s.standard", "s[column]"];

fn member(dice: &mut Dice) -> &'static str {
    dice.pick(&[
        "s.kind in [\"publicity\"]",
        "s.kind in [\"宣贯\", \"other\"]",
        "s.kind in [\"\"]",
        "s.kind in [\"nonsense\"]",
        "s.kind.to_string() in words",
        "s.kind in limits",
        "\"甲\" in s.standard",
        "word in s.standard",
        "s.topic in words",
        "s.topic in [\"a\", \"\"]",
        "!(s.topic in words)",
        "s.topic in limits",
        "\"标\" in s.topic",
        "s.planned in [1, 12]",
        "undated(s.topic) in words",
        "s.id in ids",
        "s.content in s.topic",
    ])
}

fn inner(dice: &mut Dice) -> &'static str {
    dice.pick(&[
        "columns.some(|c| blank(s[c]))",
        "columns.all(|c| filled(s[c]))",
        "s.standard.some(|c| c == word || c in words)",
        "s.standard.all(|c| c.len() > n)",
        "s.standard.filter(|c| c != \"甲\").len() > n",
        "s.standard.map(|c| c + word).len() == n",
        "words.some(|w| s.topic.contains(w))",
        "words.some(|w| s.topic.starts_with(w) && s.exam)",
        "held.any(|a| a.session == s.id && a.score > n)",
        "held.all(|a| a.session != s.id || a.passed == true)",
        "held.filter(|a| a.session == s.id).is_empty()",
        "t.attendance.where(\"session\", s.id).any(|a| a.attended)",
        "held.count(|a| a.score >= 60) > n",
        "t.attendance.find(\"session\", s.id) == ()",
        "t.attendance.find(\"session\", s.id) != ()",
        "held.find(\"session\", s.id) == ()",
        "() != held.find(\"session\", s.id)",
        "held.find(\"person\", s.topic) != ()",
        "t.attendance.where(\"session\", s.id).is_empty()",
        "s.standard.some(|c| s.topic)",
        "ids.some(|id| id == s.id)",
        "t.attendance.where(\"session\", s.id).unique(\"person\").len() > n",
    ])
}

fn helper(dice: &mut Dice) -> &'static str {
    dice.pick(&[
        "has_digit(s.topic)",
        "mentions(s.topic, words)",
        "mentions(s.topic + s.content, [\"标+准\", \"a-A\"])",
        "same_standard(s.topic, word)",
        "same_standard(s.topic, s.content)",
        "phone_form(s.topic)",
        "all_digits(s.id)",
        "s.topic.starts_with(word)",
        "s.topic.ends_with(\"1\")",
        "s.topic.contains(\"标\")",
        "s.topic.starts_with(s.content)",
        "matches(s.topic, \"^[A-Z]+/\")",
        "matches(s.topic, word)",
        "helper(s)",
        "helper(s) || s.exam",
        "same(s.topic, word)",
        "known(t, s.id)",
        "deep(s, 2) > n",
        "own_number(s.topic).year == 2024",
        "valid_id_number(s.content)",
        "s.topic.is_empty()",
        "s.missing_column == 1",
        "s.date.year == 2025",
        "t.lacking == 1",
    ])
}

fn leaf(dice: &mut Dice) -> String {
    match dice.roll(12) {
        0 => format!("blank({})", dice.pick(&COLUMNS)),
        1 => format!("filled({})", dice.pick(&COLUMNS)),
        2 => dice.pick(&["s.exam", "yes", "true", "s.topic"]).to_owned(),
        3 => member(dice).to_owned(),
        4 | 5 => inner(dice).to_owned(),
        6 | 7 => helper(dice).to_owned(),
        _ => {
            let kind = dice.roll(6);
            let sign = match dice.roll(2) {
                0 => dice.pick(&["==", "!="]),
                _ => dice.pick(&["<", "<=", ">", ">="]),
            };
            format!("{} {sign} {}", value(dice, kind), value(dice, kind))
        }
    }
}

fn condition(dice: &mut Dice, depth: usize) -> String {
    match dice.roll(if depth == 0 { 1 } else { 6 }) {
        0 => leaf(dice),
        1 | 2 => format!("({} && {})", condition(dice, depth - 1), condition(dice, depth - 1)),
        3 => format!("({} || {})", condition(dice, depth - 1), condition(dice, depth - 1)),
        4 => {
            let (test, yes, no) = (leaf(dice), condition(dice, depth - 1), condition(dice, depth - 1));
            format!("(if {test} {{ {yes} }} else {{ {no} }})")
        }
        _ => format!("!({})", condition(dice, depth - 1)),
    }
}

/// The body of a closure over `s`.
fn body(dice: &mut Dice) -> String {
    let condition = condition(dice, 3);
    let kind = dice.roll(6);
    let value = value(dice, kind);
    match dice.roll(12) {
        0 => format!("{{ let x = {value}; if blank(x) {{ return {}; }} {condition} }}", leaf(dice)),
        1 => format!("{{ let x = {value}; x != () && {condition} }}"),
        2 => format!(
            "{{ let x = s.topic; for sign in [\"1\", \" \"] {{ x.replace(sign, word); }} x == \"宣贯\" || {condition} }}"
        ),
        3 => format!("{{ let x = s.planned; if x == () {{ x = 0; }} let n = n + 1; x > n && {condition} }}"),
        4 => format!(
            "{{ let x = s.content; x.trim(); if x == word {{ if s.exam == true {{ return false; }} }} else {{ x = \"a\"; }} x == s.topic || {condition} }}"
        ),
        _ => condition,
    }
}

const SCRIPT: &str = "
fn helper(row) { if row.exam == true { return false; } let topic = row.topic; topic != \"a\" }
fn same(a, b) { undated(a) == undated(b) }
fn pick(a, b) { if a == () { b } else { a } }
fn known(t, id) { t.attendance.find(\"session\", id) != () || t.training.where(\"id\", id).count() > 1 }
fn deep(row, n) { if n > 1 { n } else { row.planned + n } }
";

/// A rule that decides by closures over training.
pub(crate) fn rule(dice: &mut Dice) -> String {
    let body = body(dice);
    let decide = match dice.roll(5) {
        0 => format!("let held = rows.filter(|s| {body}); measured(held.count(), held, \"\", \"\")"),
        1 => format!("measured(rows.count(|s| {body}), rows, \"\", \"\")"),
        2 => format!("if rows.any(|s| {body}) {{ met(rows) }} else {{ unmet(rows, \"\", \"\") }}"),
        3 => format!(
            "let one = rows.first(|s| {body}); if one == () {{ met(rows) }} else {{ unmet(one, \"\", \"\") }}"
        ),
        _ => format!("if rows.all(|s| {body}) {{ met(rows) }} else {{ unmet(rows, \"\", \"\") }}"),
    };
    let rows = dice.pick(&[
        "t.training",
        "t.training",
        "t.training.filled(\"topic\")",
        "t.training.where(\"kind\", \"other\")",
    ]);
    let (n, word, column) = (
        dice.roll(3),
        dice.pick(&["a", "宣贯", ""]),
        dice.pick(&["topic", "planned", "standard", "nothing"]),
    );
    format!(
        "//! 试。\nconst META = #{{ id: \"A.7.3\" }};\nfn check(t) {{\n    let n = {n}; let word = \"{word}\"; let yes = true; let day = t.as_of;\n    \
         let t2 = date(\"2025-01-01\"); let words = [\"标准\", \"a\"]; let rows = {rows}; let column = \"{column}\";\n    \
         let columns = [\"topic\", \"planned\", \"kind\"]; let limits = #{{ a: 1, \"宣贯\": 12, other: 0 }}; let third = ratio(1, 3);\n    \
         let held = t.attendance.filled(\"score\"); let ids = t.attendance.unique(\"session\");\n    {decide}\n}}\n{SCRIPT}"
    )
}
