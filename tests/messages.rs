//! Every message in Chinese names only what is wrong, without English words and without ids of clauses.
//!
//! Messages come from all that words them: rules on the fixtures and on their own tests, the catalog, clauses and
//! policies, notices on data, explanations, and what the terminal prints.
#![allow(clippy::unwrap_used, reason = "tests")]

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use rayon::prelude::*;
use regex::Regex;
use serde_json::Value;
use support::literals;
use support::wording::{faults, spaces};
use support::{json, session, wangge};
use wangge::assessment::session::Session;
use wangge::model::explanation::Body;
use wangge::model::outcome::{Decision, Outcome};
use wangge::model::text::Text;
use wangge::rulebook::rule_tests;
use wangge::script::Run;

/// Submissions that are right, wrong, bare, hollow, honest, and such as can hardly be read.
const SUBMISSIONS: &[&str] = &[
    "fixtures/clean",
    "fixtures/violations",
    "fixtures/violations-bare",
    "fixtures/hollow/copied",
    "fixtures/hollow/in-a-week",
    "fixtures/hollow/one-hand",
    "fixtures/honest/few-hands",
    "fixtures/honest/town",
    "fixtures/honest/village",
    "fixtures/village",
    "fixtures/broken/dangling-reference",
    "fixtures/broken/duplicate-key",
    "fixtures/broken/lost-digits",
    "fixtures/broken/missing-column",
    "fixtures/broken/ragged-row",
    "fixtures/broken/wrong-type",
];

/// Messages that are at fault, each with what is wrong in it and where it was first met.
#[derive(Default)]
struct Wrong(BTreeMap<String, String>);

impl Wrong {
    fn look(&mut self, place: &str, text: &str) {
        let found = faults(text);
        if !found.is_empty() {
            self.0.entry(text.to_owned()).or_insert_with(|| format!("{place}: {}", found.join(", ")));
        }
    }

    /// A sentence of a rule.
    fn look_closely(&mut self, place: &str, text: &str) {
        self.look(place, text);
        let found = spaces(text);
        if !found.is_empty() {
            self.0.entry(text.to_owned()).or_insert_with(|| format!("{place}: {}", found.join(", ")));
        }
    }

    fn none(&self) {
        let told: Vec<String> = self.0.iter().map(|(text, why)| format!("{why}\n    {text}")).collect();
        assert!(told.is_empty(), "{} messages\n{}", told.len(), told.join("\n"));
    }
}

/// Each Chinese text of a report, with its place.
fn walk(value: &Value, place: &str, tell: &mut dyn FnMut(&str, &str)) {
    match value {
        Value::Object(all) => {
            for (key, one) in all {
                match (key.as_str(), one) {
                    ("zh", Value::String(text)) => tell(place, text),
                    _ => walk(one, &format!("{place}/{key}"), tell),
                }
            }
        }
        Value::Array(all) => all.iter().for_each(|one| walk(one, place, tell)),
        _ => {}
    }
}

#[test]
fn reports_on_the_fixtures() {
    let mut wrong = Wrong::default();
    let mut told = 0;
    for folder in SUBMISSIONS {
        walk(&json(&[folder]), folder, &mut |place, text| {
            told += 1;
            wrong.look(place, text);
        });
    }
    assert!(told > 5000, "{told}");
    wrong.none();
}

/// What each rule says on the tables of its own tests.
fn reasons(session: &Session) -> Vec<(String, Text)> {
    let make_tables = session.make_tables();
    let tests = rule_tests(&session.book, &session.around, &make_tables);
    tests
        .par_iter()
        .flat_map_iter(|of_rule| of_rule.examples().into_iter().map(move |example| (of_rule, example)))
        .flat_map_iter(|(of_rule, example)| {
            let tables = example.tables.into_iter().collect::<BTreeMap<_, _>>();
            let loaded = make_tables(&tables).unwrap();
            let run = Run::new(&session.book.libraries, &loaded, &session.around, false);
            let decided = run.rule(&of_rule.rule).unwrap_or_default();
            let id = of_rule.rule.meta.id.clone();
            let silent = |one: &Decision| {
                one.outcome != Outcome::Met && one.measure.is_none() && one.reason.zh.is_empty()
            };
            assert!(!decided.values().any(silent), "{id}: decided without a reason: {tables:?}");
            decided.into_values().flat_map(|one| [one.reason, one.help]).map(move |text| (id.clone(), text))
        })
        .collect()
}

/// Files of rules and libraries, with their messages.
fn messages_of_the_pack(session: &Session) -> Vec<(String, String)> {
    let libraries = fs::read_dir(support::root().join("rules/lib")).unwrap().map(|one| one.unwrap().path());
    let libraries = libraries.map(|path| (path.display().to_string(), fs::read_to_string(path).unwrap()));
    let rules = session.book.rules.iter().map(|rule| (rule.file.clone(), rule.source.clone()));
    let of_file = |(file, source): (String, String)| {
        literals::messages(&source).into_iter().map(move |message| (file.clone(), message))
    };
    libraries.chain(rules).flat_map(of_file).collect()
}

#[test]
fn reasons_of_all_rules_on_their_own_tests() {
    let session = session();
    let reasons = reasons(&session);
    let different: BTreeSet<&str> = reasons.iter().map(|(_, text)| text.zh.as_str()).collect();
    assert!(different.len() > 800, "{}", different.len());
    let mut wrong = Wrong::default();
    for (id, text) in &reasons {
        wrong.look(id, &text.zh);
    }
    let messages = messages_of_the_pack(&session);
    assert!(messages.len() > 800, "{}", messages.len());
    for (file, message) in &messages {
        wrong.look_closely(file, &literals::filled(message));
    }
    wrong.none();
}

#[test]
fn titles_and_remedies_of_the_pack() {
    let session = session();
    let mut wrong = Wrong::default();
    for table in &session.book.catalog.tables {
        wrong.look(&table.id, &table.title.zh);
    }
    for item in session.book.catalog.items() {
        [&item.title, &item.evidence, &item.fix].iter().for_each(|text| wrong.look(&item.id, &text.zh));
    }
    for one in session.book.catalog.requirements() {
        let why = one.why.clone().unwrap_or_default();
        [&one.title, &one.evidence, &one.fix, &why].iter().for_each(|text| wrong.look(&one.id, &text.zh));
    }
    for clause in &session.book.clauses.list {
        let why = clause.why.clone().unwrap_or_default();
        [&clause.title, &clause.asks, &clause.fix, &why]
            .iter()
            .for_each(|text| wrong.look(&clause.id, &text.zh));
    }
    for rule in &session.book.rules {
        wrong.look(&rule.file, &rule.meta.title);
    }
    for (name, policy) in &session.book.policies {
        [&policy.title, &policy.why].iter().for_each(|text| wrong.look(name, &text.zh));
    }
    wrong.none();
}

/// What an author writes stands in explanations as it is written: parameters, readings, files.
const AS_AUTHORS_WRITE: &[&str] = &["参数", "现行读法", "可选读法", "规则文件"];

#[test]
fn explanations_of_every_id() {
    let session = session();
    let mut wrong = Wrong::default();
    for id in session.book.ids() {
        let explained = session.book.explain(&id, &[]).unwrap();
        for part in explained.parts.iter().filter(|part| !AS_AUTHORS_WRITE.contains(&part.label.zh.as_str()))
        {
            wrong.look(&id, &part.label.zh);
            match &part.body {
                Body::Text(text) => wrong.look(&id, &text.zh),
                Body::List(entries) => entries.iter().for_each(|(_, text)| wrong.look(&id, &text.zh)),
                Body::Data(_) => {}
            }
        }
    }
    wrong.none();
}

/// Lines of a report on the terminal that are the program's own: not the cells it shows, nor the code above them.
fn own_lines(shown: &str) -> impl Iterator<Item = String> {
    let (frame, code) = (Regex::new(r"[│┌└├·─]").unwrap(), Regex::new(r"^[\w./-]+(?: \([^)]*\))?$").unwrap());
    let own = move |line: &&str| !frame.is_match(line) && !code.is_match(line.trim());
    shown.lines().filter(own).map(str::to_owned).collect::<Vec<_>>().into_iter()
}

#[test]
fn what_the_terminal_prints() {
    let runs: [&[&str]; 5] = [
        &["check", "fixtures/violations"],
        &["check", "fixtures/violations-bare"],
        &["check", "fixtures/hollow/one-hand"],
        &["check", "fixtures/village", "--rulings", "fixtures/village-rulings.csv"],
        &["check", "fixtures/clean", "fixtures/violations", "fixtures/honest/town"],
    ];
    // A command to type stands as it is typed.
    let command = Regex::new(r"wangge [a-z]+ \S+$").unwrap();
    let mut wrong = Wrong::default();
    for arguments in runs {
        let mut all = arguments.to_vec();
        all.extend(["--lang", "zh", "--as-of", support::AS_OF]);
        let output = wangge(&all);
        let shown = String::from_utf8(output.stdout).unwrap();
        assert!(
            shown.lines().count() > 20,
            "{arguments:?}: {shown}{}",
            String::from_utf8_lossy(&output.stderr)
        );
        for line in own_lines(&shown).filter(|line| !line.starts_with("申报材料：")) {
            wrong.look(&arguments.join(" "), &command.replace(&line, ""));
        }
    }
    wrong.none();
}

/// What rule 2/9.3.1b says of standards with these numbers, none of which has an object.
fn without_object(numbers: &[&str]) -> Text {
    let session = session();
    let rows: Vec<String> = numbers.iter().map(|number| format!("{number},甲,JC1,")).collect();
    let csv = format!("标准编号,标准名称,标准体系分类代号,标准化对象\n{}", rows.join("\n"));
    let loaded = session.make_tables()(&BTreeMap::from([("standards".to_owned(), csv)])).unwrap();
    let rule = session.book.rules.iter().find(|rule| rule.meta.id == "2/9.3.1b").unwrap();
    let decided = Run::new(&session.book.libraries, &loaded, &session.around, false).rule(rule).unwrap();
    decided.into_values().next().unwrap().reason
}

#[test]
fn a_few_are_named_and_many_are_counted() {
    let few = without_object(&["GB/T 1.1-2020", ""]);
    assert_eq!(few.zh, "2项标准没有填写标准化对象（GB/T 1.1-2020《甲》、《甲》）");
    assert_eq!(few.en, "standards without object: 2 (GB/T 1.1-2020《甲》, 《甲》)");
    let many =
        without_object(&["Q/XXWG JC1•1-2024", "Q/XXWG JC1•2-2024", "Q/XXWG JC1•3-2024", "Q/XXWG JC1•4-2024"]);
    assert_eq!(many.zh, "4项标准没有填写标准化对象");
}

#[test]
fn a_planted_fault_is_found() {
    for (text, found) in [
        ("0 项重复，2 项没有名称", "count of nothing `0 项`"),
        ("没有网格的事件 0 件，网格不存在的 26 件", "count of nothing `0 件`"),
        ("24 项自编标准中 24 项没有宣贯，0项实施之后才宣贯", "count of nothing `0项`"),
        ("实测：provincial", "English `provincial`"),
        ("得分档：from 90, points 20", "English `from`"),
        ("判断方式：data", "English `data`"),
        ("按5/7.2计0分：A.2.3", "clause as an id `5/7.2`"),
        ("本单位的目标按2/6.3判断", "clause as an id `2/6.3`"),
        ("见5/A.1.2", "clause as an id `5/A.1.2`"),
    ] {
        assert!(faults(text).iter().any(|one| one == found), "{text}: {:?}", faults(text));
    }
    for text in ["10 个网格", "共有 3处", "没有编号 ，待补", "按 GB/T 1.1 编写"] {
        assert!(!spaces(text).is_empty(), "{text}");
    }
    assert!(spaces("按GB/T 1.1编写（GB/T 1.1-2020《标准化 导则》）").is_empty());
}

#[test]
fn what_is_honest_and_what_is_written_in_latin_stands() {
    for text in [
        "整项缺失，按第5部分7.2计0分：A.2.3、A.3.2",
        "10个网格，20 项标准，100人次，提高0%，0~12 分",
        "1项标准没有填写标准化对象（GB/T 15835-2011《出版物上数字用法》）",
        "5项组织标准的编号不合规定形式（Q/QX TG12•1-2024、QXWG GL1•1-2024），应形如Q/XXWG JC1•1-2024",
        "户均人数超过15人，或不足1/2人；2026/6/30",
        "列名：“reason”；文件被评估单位.csv，格式为 XLSX",
        "T/CSSG 001",
    ] {
        assert_eq!(faults(text), Vec::<String>::new(), "{text}");
    }
}
