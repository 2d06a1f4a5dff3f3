//! Findings as they enter a report: in one order, each once, each with a fingerprint.

use std::cmp::Ordering;
use std::collections::HashMap;

use crate::model::digest::Digest;
use crate::model::finding::{EXCERPTS, Finding, Location, Severity};
use crate::model::finding_ids;
use crate::model::report::ReportFinding;

/// Bytes of a digest that make a fingerprint.
const SIGNS: usize = 16;

/// The findings of one organization, sorted (severity, rule, target, place), without repetitions.
pub fn in_order(mut findings: Vec<Finding>) -> Vec<Finding> {
    findings.sort_by(order);
    findings.dedup();
    findings
}

/// The findings of one organization in order, as they stand in its report.
pub fn report_findings(findings: Vec<Finding>) -> Vec<ReportFinding> {
    let mut seen = HashMap::new();
    in_order(findings).into_iter().map(|finding| convert(finding, &mut seen)).collect()
}

/// Whether an office can put it right at once, in its tables: what reading and typing found, not what a rule decided, nor
/// what persons have to settle.
pub(super) fn is_put_right_at_once(finding: &ReportFinding) -> bool {
    use finding_ids::{ALL, RULING_OUTSIDER, RULING_RECUSAL, SELF_SCORE, TEAM_RECUSAL};
    let rule = finding.rule.as_str();
    let by_persons = [SELF_SCORE, TEAM_RECUSAL, RULING_RECUSAL, RULING_OUTSIDER];
    finding.severity != Severity::Advice && ALL.contains(&rule) && !by_persons.contains(&rule)
}

/// A short digest of what a finding is about. It has no row number and nothing of the organization in it, so it
/// stays while rows move, and the same fault has the same fingerprint in every round.
pub fn fingerprint(rule: &str, target: &str, texts: &[&str]) -> String {
    let parts = [rule, target].into_iter().chain(texts.iter().copied());
    let whole = parts.fold(Digest::default(), |digest, part| digest.part(part.as_bytes())).hex();
    whole.chars().take(SIGNS).collect()
}

fn convert(mut finding: Finding, seen: &mut HashMap<String, usize>) -> ReportFinding {
    let texts: Vec<String> =
        finding.locations.first().map(key_texts).unwrap_or_default().into_iter().map(str::to_owned).collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let plain = fingerprint(&finding.rule, &finding.target, &texts);
    let count = seen.entry(plain.clone()).or_default();
    *count += 1;
    // Rows that read alike (or findings without a place) would share one, and readers drop those as repetitions.
    let subjects = finding.locations.iter().map(|place| subject(&finding.rule, &finding.target, place));
    let subjects: Vec<_> = subjects.collect();
    finding.locations.iter_mut().zip(subjects).for_each(|(place, subject)| place.subject = subject);
    let own = match *count {
        1 => plain,
        n => fingerprint(&finding.rule, &finding.target, &[texts.as_slice(), &[&n.to_string()]].concat()),
    };
    ReportFinding {
        rule: finding.rule,
        target: finding.target,
        severity: finding.severity,
        message: finding.message,
        help: finding.help,
        fingerprint: own,
        locations: shown(finding.locations),
        total: finding.total,
        accepted: None,
    }
}

/// The places as a report keeps them: the first with their rows.
fn shown(mut places: Vec<Location>) -> Vec<Location> {
    for (at, place) in places.iter_mut().enumerate() {
        place.masked = None;
        if at >= EXCERPTS {
            place.excerpt = Vec::new();
        }
    }
    places
}

/// What tells the place from others, wherever its row stands: file, sheet, column, the row's first filled cell
/// (the key, as tables are declared) and the cell itself.
/// As they stand where personal data is masked: a fingerprint is not to be guessed from, and the same either way.
fn key_texts(place: &Location) -> Vec<&str> {
    let place = place.masked.as_deref().unwrap_or(place);
    let key = place.excerpt.iter().find(|cell| !cell.marked && !cell.value.is_empty());
    vec![
        &place.file,
        place.sheet.as_deref().unwrap_or_default(),
        place.column.as_deref().unwrap_or_default(),
        key.map(|cell| cell.value.as_str()).unwrap_or_default(),
        place.value.as_deref().unwrap_or_default(),
    ]
}

/// A short digest of what one place is about: of a row its key and the cell, wherever it stands; else the file or sheet.
fn subject(rule: &str, target: &str, place: &Location) -> String {
    let texts = key_texts(place);
    let skipped = if place.row.is_some() { 2 } else { 0 };
    fingerprint(rule, target, texts.get(skipped..).unwrap_or_default())
}

/// Total: findings that compare equal are equal.
fn order(a: &Finding, b: &Finding) -> Ordering {
    a.severity
        .cmp(&b.severity)
        .then_with(|| by_number(&a.rule, &b.rule))
        .then_with(|| by_number(&a.target, &b.target))
        .then_with(|| a.locations.cmp(&b.locations))
        .then_with(|| a.message.cmp(&b.message))
        .then_with(|| a.help.cmp(&b.help))
        .then_with(|| a.total.cmp(&b.total))
        .then_with(|| a.grids.cmp(&b.grids))
}

/// As a reader numbers them: `A.4.9` before `A.4.10`.
pub(super) fn by_number(a: &str, b: &str) -> Ordering {
    let parts =
        |id: &str| id.split(['.', '/']).map(|part| (part.parse::<u64>().ok(), part.to_owned())).collect();
    let (left, right): (Vec<_>, Vec<_>) = (parts(a), parts(b));
    left.cmp(&right).then_with(|| a.cmp(b))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::finding::ExcerptCell;
    use crate::model::grid::ByGrid;
    use crate::model::text::Text;

    fn finding(rule: &str, severity: Severity, rows: &[(u32, &str)]) -> Finding {
        let place = |(row, key): &(u32, &str)| Location {
            file: "标准明细表.csv".to_owned(),
            row: Some(*row),
            column: Some("实施日期".to_owned()),
            cell: Some(format!("D{row}")),
            value: Some("2024-13-45".to_owned()),
            excerpt: vec![ExcerptCell {
                header: "编号".to_owned(), value: (*key).to_owned(), marked: false
            }],
            ..Location::default()
        };
        Finding {
            rule: rule.to_owned(),
            target: "standards".to_owned(),
            severity,
            message: Text::new("日期有误", "bad date"),
            help: Text::default(),
            locations: rows.iter().map(place).collect(),
            total: rows.len(),
            grids: ByGrid::default(),
        }
    }

    fn print_of(finding: Finding) -> Option<String> {
        report_findings(vec![finding]).pop().map(|finding| finding.fingerprint)
    }

    #[test]
    fn a_fingerprint_stays_when_the_row_moves_and_changes_with_the_row() {
        let first = print_of(finding("data.type", Severity::Error, &[(12, "B-7")]));
        assert_eq!(first, print_of(finding("data.type", Severity::Warning, &[(99, "B-7")])));
        assert_ne!(first, print_of(finding("data.type", Severity::Error, &[(12, "B-8")])));
        assert_ne!(first, print_of(finding("data.other", Severity::Error, &[(12, "B-7")])));
        assert_eq!(first.as_deref(), Some("e6891994790f0b7a"));
    }

    #[test]
    fn parts_do_not_run_into_each_other() {
        assert_ne!(fingerprint("a", "bc", &[]), fingerprint("ab", "c", &[]));
        assert_ne!(fingerprint("a", "b", &["", "x"]), fingerprint("a", "b", &["x", ""]));
    }

    #[test]
    fn the_order_is_total_and_repetitions_go() {
        let all = vec![
            finding("A.4.10", Severity::Error, &[(2, "a")]),
            finding("A.4.9", Severity::Error, &[(3, "a")]),
            finding("A.4.9", Severity::Error, &[(2, "a")]),
            finding("A.1.1", Severity::Advice, &[(2, "a")]),
            finding("A.4.9", Severity::Error, &[(2, "a")]),
        ];
        let mut turned = all.clone();
        turned.reverse();
        let sorted = report_findings(all);
        assert_eq!(sorted, report_findings(turned));
        let ids: Vec<_> = sorted.iter().map(|found| found.rule.as_str()).collect();
        assert_eq!(ids, ["A.4.9", "A.4.9", "A.4.10", "A.1.1"]);
    }

    #[test]
    fn findings_that_read_alike_still_differ_in_fingerprint() {
        let twins = [(5, "B-7"), (9, "B-7")].map(|row| finding("data.key", Severity::Error, &[row]));
        let found = report_findings(twins.to_vec());
        let mut prints: Vec<_> = found.iter().map(|found| &found.fingerprint).collect();
        prints.dedup();
        assert_eq!(prints.len(), 2);
    }
}
