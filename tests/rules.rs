//! Runs the tests beside the rules, and holds the rules to their catalog.
mod support;

use std::collections::BTreeSet;

use wangge::model::catalog::{Catalog, Decided};
use wangge::rulebook::{RuleTests, rule_tests};

fn all_tests() -> (Vec<RuleTests>, Catalog) {
    let session = support::session();
    let tests = rule_tests(&session.book, &session.around, &session.make_tables());
    (tests, session.book.catalog)
}

#[test]
fn every_rule_passes_its_tests() {
    let (tests, _) = all_tests();
    let mut failures = Vec::new();
    for of_rule in &tests {
        match &of_rule.tested {
            Err(fault) => failures.push(format!("{}: {fault:#?}", of_rule.file)),
            Ok(tested) => {
                for test in tested {
                    if let Some(fault) = &test.failure {
                        let at = fault.position.unwrap_or_default().0;
                        failures.push(format!("{}:{at} {}\n{}", of_rule.file, test.name, fault.message.en));
                    }
                }
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n\n"));
}

/// What the tests of a rule expect, as `letter=word` without cells.
fn expectations(of_rule: &RuleTests) -> BTreeSet<(String, String)> {
    let examples = of_rule.examples();
    let word = |want: &str| want.split('@').next().unwrap_or_default().trim().to_owned();
    examples.iter().flat_map(|one| &one.outcomes).map(|(letter, want)| (letter.clone(), word(want))).collect()
}

#[test]
fn every_requirement_a_rule_decides_is_tested_both_ways() {
    let (tests, catalog) = all_tests();
    let mut untested = Vec::new();
    for of_rule in &tests {
        let expected = expectations(of_rule);
        let ways = |letter: &str| expected.iter().filter(|(l, w)| l == letter && w != "unknown").count();
        let Some(item) = catalog.item(&of_rule.rule.meta.id) else {
            let clauses = of_rule.rule.meta.clauses.iter();
            untested.extend(clauses.filter(|clause| ways("") + ways(clause) < 2).cloned());
            continue;
        };
        if item.awards() && ways("") < 2 {
            untested.push(item.id.clone());
        }
        for requirement in item.requirements.iter().filter(|one| one.decided != Decided::OnSite) {
            if ways(requirement.letter()) < 2 {
                untested.push(requirement.id.clone());
            }
        }
    }
    assert!(untested.is_empty(), "not tested both ways: {untested:?}");
}

#[test]
fn every_rule_says_in_both_languages_what_it_looks_at() {
    let (tests, _) = all_tests();
    for of_rule in &tests {
        let meta = &of_rule.rule.meta;
        assert!(meta.title.ends_with('。'), "{}: the title is no Chinese sentence: {}", meta.id, meta.title);
        assert!(meta.doc.contains('.'), "{}: the doc has no English sentence", meta.id);
    }
}

#[test]
fn the_catalog_holds_appendix_a() {
    let (_, catalog) = all_tests();
    let counts: Vec<usize> = catalog
        .tables
        .iter()
        .map(|table| table.items.iter().map(|item| item.requirements.len()).sum())
        .collect();
    assert_eq!(counts, [31, 10, 27, 59, 17, 13, 0]);
    assert_eq!(catalog.items().count(), 43);
    let points: Vec<u32> =
        catalog.tables.iter().map(|table| table.items.iter().map(|item| item.points).sum()).collect();
    assert_eq!(points, [60, 30, 120, 115, 50, 60, 60]);
    let on_site = catalog.requirements().filter(|one| one.decided == Decided::OnSite).count();
    assert!(catalog.requirements().count() - on_site >= 130, "too few requirements are decided from data");
    for requirement in catalog.requirements() {
        assert_eq!(requirement.why.is_some(), requirement.decided == Decided::OnSite, "{}", requirement.id);
    }
}
