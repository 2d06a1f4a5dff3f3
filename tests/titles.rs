//! Titles of standards as offices word them, judged by the built-in rules: which subjects they are found for.
//!
//! `tests/data/titles.csv` holds titles worded as published standards are (`published`), as an office words its own
//! (`office`), in rarer words (`stress`), and of other trades or of papers that are no standards (`decoy`). Keywords and
//! lexicon were written with the titles of `tune` in view; those of `held` only measure them. Numbers tell the level.
#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "tests")]

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use serde::Deserialize;
use support::subjects::{is_subject, judge};

#[derive(Debug, Deserialize)]
struct Case {
    class: String,
    part: String,
    number: String,
    title: String,
    /// Requirements an assessor may credit, the most fitting first.
    covers: String,
}

fn cases() -> Vec<Case> {
    let text = fs::read_to_string(support::root().join("tests/data/titles.csv")).unwrap();
    csv::Reader::from_reader(text.as_bytes()).deserialize().map(Result::unwrap).collect()
}

/// Found, found for sure, all, and found for something else besides, by class.
#[derive(Default)]
struct Count {
    found: usize,
    sure: usize,
    all: usize,
    elsewhere: usize,
}

#[test]
fn titles_are_found_and_those_of_other_trades_never_credited() {
    let session = support::session();
    let nothing = judge(&session, "", "规定");
    let mut counts: BTreeMap<(String, String), Count> = BTreeMap::new();
    let mut credited = Vec::new();
    for case in cases() {
        let said = judge(&session, &case.number, &case.title);
        let covers: BTreeSet<String> = case.covers.split_whitespace().map(str::to_owned).collect();
        let met: BTreeSet<_> = said.met.difference(&nothing.met).cloned().collect();
        let count = counts.entry((case.part.clone(), case.class.clone())).or_default();
        count.all += 1;
        if case.class == "decoy" {
            if !met.is_empty() {
                credited.push(format!("{}: {met:?}", case.title));
            }
            continue;
        }
        let open: BTreeSet<_> = said.open.difference(&nothing.open).cloned().collect();
        count.sure += usize::from(!covers.is_disjoint(&met));
        count.found += usize::from(!covers.is_disjoint(&met) || !covers.is_disjoint(&open));
        count.elsewhere += usize::from(!met.is_subset(&covers));
    }
    let mut low = Vec::new();
    for ((part, class), count) in &counts {
        let Count { found, sure, all, elsewhere } = count;
        println!(
            "{part} {class}: {found} of {all} found, {sure} of them for sure; {elsewhere} credited elsewhere"
        );
        if class != "decoy" && found * 10 < all * 9 {
            low.push(format!("{part} {class}: {found} of {all}"));
        }
    }
    assert!(credited.is_empty(), "credited though of another trade: {credited:#?}");
    assert!(low.is_empty(), "fewer than nine of ten found: {low:#?}");
}

#[test]
fn every_requirement_of_a_subject_has_a_title() {
    let session = support::session();
    let listed: BTreeSet<String> =
        cases().iter().flat_map(|case| case.covers.split_whitespace()).map(str::to_owned).collect();
    let items = session.book.catalog.items().filter(|item| is_subject(&item.id));
    let lacking: Vec<_> = items
        .flat_map(|item| &item.requirements)
        .map(|requirement| requirement.id.clone())
        .filter(|id| !listed.contains(id))
        .collect();
    assert!(lacking.is_empty(), "{lacking:?}");
}
