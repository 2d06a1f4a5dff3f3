use super::*;
use crate::model::finding::Location;
use crate::model::text::{Lang, Text};

fn finding(subjects: &[&str], total: usize, severity: Severity) -> ReportFinding {
    let place = |subject: &&str| Location { subject: (*subject).to_owned(), ..Location::default() };
    ReportFinding {
        rule: "data.wrong-type".to_owned(),
        target: "standards".to_owned(),
        severity,
        message: Text::new("日期有误", "bad date"),
        help: Text::default(),
        fingerprint: String::new(),
        locations: subjects.iter().map(place).collect(),
        total,
        accepted: None,
    }
}

fn ground() -> Acceptance {
    Acceptance {
        reason: "历史数据".to_owned(), expires: "2027-06-30".to_owned(), ..Acceptance::default()
    }
}

/// Which findings are known by a baseline that was written of others.
fn known_on(day: &str, then: Vec<ReportFinding>, now: Vec<ReportFinding>) -> (Vec<bool>, usize, usize) {
    let entry = |finding| BaselineEntry::of("350602", finding, &ground(), Lang::Zh);
    let mut baseline = Baseline::on(day, then.iter().map(entry).collect());
    let mut now = now;
    baseline.accept("350602", &mut now);
    let known = now.iter().map(|finding| finding.accepted.is_some()).collect();
    (known, baseline.unused().count(), baseline.expired())
}

fn known(then: Vec<ReportFinding>, now: Vec<ReportFinding>) -> Vec<bool> {
    known_on("2026-06-30", then, now).0
}

const ERROR: Severity = Severity::Error;

#[test]
fn what_moves_or_becomes_less_is_known_and_what_changes_or_grows_is_new() {
    let then = || vec![finding(&["a", "b"], 2, ERROR)];
    assert_eq!(known(then(), vec![finding(&["b", "a"], 2, ERROR)]), [true]);
    assert_eq!(known(then(), vec![finding(&["b"], 1, ERROR)]), [true]);
    assert_eq!(known(then(), vec![finding(&["b"], 1, Severity::Warning)]), [true]);
    assert_eq!(known(then(), vec![finding(&["b", "c"], 2, ERROR)]), [false]);
    assert_eq!(known(then(), vec![finding(&["a", "b", "b"], 3, ERROR)]), [false]);
    let warning = vec![finding(&["a"], 1, Severity::Warning)];
    assert_eq!(known(warning, vec![finding(&["a"], 1, ERROR)]), [false]);
}

#[test]
fn places_that_were_not_shown_are_counted() {
    let then = || vec![finding(&["a", "b"], 5, ERROR)];
    assert_eq!(known(then(), vec![finding(&["b", "c"], 4, ERROR)]), [true], "one was put right");
    assert_eq!(known(then(), vec![finding(&["a", "b"], 6, ERROR)]), [false]);
    assert_eq!(known(then(), vec![finding(&["b", "c"], 5, ERROR)]), [true], "a row moved");
    assert_eq!(known(then(), vec![finding(&["c", "d"], 6, ERROR)]), [false]);
}

#[test]
fn a_finding_without_a_place_is_known_by_what_it_says() {
    let other = ReportFinding { message: Text::new("别的", "other"), ..finding(&[], 0, ERROR) };
    assert_eq!(known(vec![finding(&[], 0, ERROR)], vec![finding(&[], 0, ERROR), other]), [true, false]);
}

#[test]
fn entries_that_expired_or_are_not_found_again_are_counted() {
    let then = || vec![finding(&["a"], 1, ERROR), finding(&["z"], 1, ERROR)];
    assert_eq!(known_on("2027-06-30", then(), vec![finding(&["a"], 1, ERROR)]), (vec![true], 1, 0));
    assert_eq!(known_on("2027-07-01", then(), vec![finding(&["a"], 1, ERROR)]), (vec![false], 0, 2));
}
