//! Every clause has a row and every data clause a rule; every rule fires on the violations, none on clean data.
#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests fail by panicking")]

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use serde_json::Value;
use support::golden::assert_golden;
use support::json;
use wangge::model::clause::ClauseDecided;
use wangge::rulebook::rule_tests;

#[test]
fn every_clause_of_the_texts_has_its_row() {
    let session = support::session();
    let listed = fs::read_to_string(support::root().join("tests/data/clauses.txt")).unwrap();
    let listed: Vec<&str> = listed.lines().filter(|line| !line.is_empty()).collect();
    let rows: Vec<&str> = session.book.clauses.list.iter().map(|clause| clause.id.as_str()).collect();
    assert_eq!(rows, listed);
    let matrix = session.book.matrix(&rule_tests(&session.book, &session.around, &session.make_tables()));
    let missing: Vec<&&str> =
        listed.iter().filter(|id| !matrix.iter().any(|row| row.clause == ***id)).collect();
    assert!(missing.is_empty(), "no row in the matrix: {missing:?}");
}

#[test]
fn every_clause_that_data_decides_has_a_rule_and_every_rule_a_clause() {
    let session = support::session();
    let unruled: Vec<&str> = session
        .book
        .clauses
        .list
        .iter()
        .filter(|clause| matches!(clause.decided, ClauseDecided::Data | ClauseDecided::DataOrOnSite))
        .map(|clause| clause.id.as_str())
        .filter(|id| session.book.rules_of(id).is_empty())
        .collect();
    assert!(unruled.is_empty(), "no rule decides {unruled:?}");
    for rule in session.book.rules.iter().filter(|rule| rule.file.starts_with("structure/")) {
        assert!(!rule.meta.clauses.is_empty(), "{} names no clause", rule.meta.id);
        for clause in &rule.meta.clauses {
            let known = session.book.clauses.get(clause);
            let known = known.unwrap_or_else(|| panic!("{}: no clause {clause}", rule.meta.id));
            assert_ne!(known.decided, ClauseDecided::Informative, "{} decides {clause}", rule.meta.id);
        }
    }
}

#[test]
fn every_on_site_and_informative_clause_says_why() {
    let session = support::session();
    for clause in &session.book.clauses.list {
        let alone = matches!(clause.decided, ClauseDecided::OnSite | ClauseDecided::Informative);
        assert_eq!(clause.why.is_some(), alone, "{}", clause.id);
        for requirement in &clause.requirements {
            assert!(session.book.catalog.requirement(requirement).is_some(), "{}: {requirement}", clause.id);
        }
    }
}

#[test]
fn the_list_of_rules_is_as_known() {
    let session = support::session();
    let ids: Vec<&str> = session.book.rules.iter().map(|rule| rule.meta.id.as_str()).collect();
    assert_golden("tests/golden/rules.txt", &(ids.join("\n") + "\n"));
}

/// Submissions in which each structural rule finds something.
const FAULTY: [&str; 11] = [
    "violations",
    "violations-bare",
    "texts/violations",
    "hollow/one-hand",
    "hollow/in-a-week",
    "hollow/copied",
    "hollow/borrowed",
    "hollow/template",
    "hollow/nonsense",
    "hollow/promises",
    "hollow/passed-on",
];

/// Outcomes by structural rule.
fn fired(path: &str) -> BTreeMap<String, BTreeSet<String>> {
    let report = json(&[path]);
    let mut fired: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for entry in report["organizations"][0]["structure"].as_array().unwrap() {
        let text = |key: &str| entry[key].as_str().unwrap().to_owned();
        fired.entry(text("rule")).or_default().insert(text("outcome"));
    }
    fired
}

#[test]
fn every_structural_rule_fires_on_the_violations_and_none_on_the_clean_county() {
    let against = |outcomes: &BTreeSet<String>| outcomes.contains("unmet") || outcomes.contains("absent");
    let clean = fired("fixtures/clean");
    let faulty = FAULTY.map(|name| fired(&format!("fixtures/{name}")));
    let wrong: Vec<&String> =
        clean.iter().filter(|(_, outcomes)| against(outcomes)).map(|(rule, _)| rule).collect();
    assert!(wrong.is_empty(), "fire on the clean county: {wrong:?}");
    let fires = |rule: &str| faulty.iter().any(|run| run.get(rule).is_some_and(against));
    let silent: Vec<&String> = clean.keys().filter(|rule| !rule.is_empty() && !fires(rule)).collect();
    assert!(silent.is_empty(), "fire on no violation: {silent:?}");
}

/// Datasets by requirement, banded item and structural rule: where it is met, and where it is broken.
fn exercised() -> BTreeMap<String, BTreeSet<String>> {
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for name in ["clean", "village", "texts/clean"].into_iter().chain(FAULTY) {
        let report = json(&[&format!("fixtures/{name}")]);
        let organization = &report["organizations"][0];
        let items = organization["tables"]
            .as_array()
            .unwrap()
            .iter()
            .flat_map(|table| table["items"].as_array().unwrap());
        let lines = items.flat_map(|item| {
            let own =
                item["requirements"].as_array().unwrap().iter().map(|line| (&line["id"], &line["outcome"]));
            own.chain([(&item["id"], &item["award"]["outcome"])]).collect::<Vec<_>>()
        });
        let clauses =
            organization["structure"].as_array().unwrap().iter().map(|one| (&one["rule"], &one["outcome"]));
        for (id, outcome) in lines.chain(clauses) {
            if matches!(outcome.as_str(), Some("met" | "unmet" | "absent")) {
                found.entry(id.as_str().unwrap().to_owned()).or_default().insert(name.to_owned());
            }
        }
    }
    found
}

#[test]
fn the_fixtures_that_exercise_each_rule_are_as_known() {
    let lines = exercised().into_iter().filter(|(id, _)| !id.is_empty());
    let line = |(id, names): (String, BTreeSet<String>)| {
        format!("{id},{}", names.into_iter().collect::<Vec<_>>().join(" "))
    };
    let text = lines.map(line).collect::<Vec<_>>().join("\n") + "\n";
    assert_golden("rules/fixtures.csv", &text);
}

#[test]
fn structure_has_an_entry_for_every_clause() {
    let session = support::session();
    let report = json(&["fixtures/village"]);
    let told: BTreeSet<&str> = report["organizations"][0]["structure"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|entry: &Value| entry["clause"].as_str())
        .collect();
    let missing: Vec<&str> = session
        .book
        .clauses
        .list
        .iter()
        .map(|clause| clause.id.as_str())
        .filter(|id| !told.contains(id))
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
}
