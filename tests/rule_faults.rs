//! What a rule's author reads when a rule has a mistake, in both languages.
#![expect(clippy::unwrap_used, clippy::panic, reason = "tests fail by panicking")]
mod support;

use std::collections::BTreeMap;

use serde::Deserialize;
use support::golden::assert_golden;
use wangge::model::fault::Explain;
use wangge::model::text::Lang;
use wangge::report::fault;
use wangge::script::{Rule, Run};

/// Rules with a mistake.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Cases {
    case: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    /// The body of `check`.
    body: String,
}

const TABLES: [(&str, &str); 4] = [
    ("grids", "网格编号,网格名称,网格类型\nG1,一网格,基础网格\nG2,二网格,专属网格"),
    ("personnel", "工号,姓名,身份证号\nP1,甲,\nP2,乙,"),
    ("duties", "职责编号,职责主体,职责内容\nD1,部门,写"),
    ("standards", "标准编号,标准名称,实施日期\nGB/T 1,一,2020-01-01"),
];

#[test]
fn every_mistake_is_told_in_both_languages_at_its_place() {
    let session = support::session();
    let text = std::fs::read_to_string("tests/data/rule_faults.toml").unwrap();
    let cases: Cases = toml::from_str(&text).unwrap();
    let inline: BTreeMap<String, String> =
        TABLES.iter().map(|(name, csv)| ((*name).to_owned(), (*csv).to_owned())).collect();
    let loaded = (session.make_tables())(&inline).unwrap();
    let mut told = Vec::new();
    for case in &cases.case {
        let source = format!(
            "//! 一条有错的规则。\n//! A rule with a mistake.\n\nconst META = #{{ id: \"2/4.2\" }};\n\nfn check(t) {{\n    {}\n}}\n",
            case.body
        );
        let run = Run::new(&session.book.libraries, &loaded, &session.around, false);
        let ended =
            Rule::compile(&session.book.libraries, "2-4.2.rhai", &source).and_then(|rule| run.rule(&rule));
        let broken = ended.err().unwrap_or_else(|| panic!("{}: nothing is wrong", case.name));
        let shown = |lang| fault::render(&[broken.fault()], lang, false);
        assert!(!broken.help.is_empty(), "{}: no help", case.name);
        told.push(format!("#### {}\n\n{}\n{}\n", case.name, shown(Lang::Zh), shown(Lang::En)));
    }
    assert_golden("tests/golden/rule_faults.txt", &told.concat());
}
