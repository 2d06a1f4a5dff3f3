//! Findings that are new, gone or told otherwise.

use super::pair::{Pair, pairs};
use crate::model::report::{Organization, ReportFinding};
use crate::model::report_diff::{FindingChange, FindingEntry, FindingState, OrganizationDiff};
use crate::report::finding::by_number;

/// Tells them in `diff`; their messages are compared only where `texts` can be.
pub(super) fn compare(diff: &mut OrganizationDiff, (old, new): (&Organization, &Organization), texts: bool) {
    let mut pairs = pairs(&old.findings, &new.findings, |finding| finding.fingerprint.as_str());
    pairs.sort_by(|a, b| {
        let (a, b) = (about(a), about(b));
        by_number(a.0, b.0).then_with(|| by_number(a.1, b.1))
    });
    for pair in pairs {
        match (pair.old, pair.new) {
            (Some(old), Some(new)) => diff.findings_changed.extend(change(old, new, texts)),
            (Some(old), None) => diff.findings_gone.push(entry(old)),
            (None, Some(new)) => diff.findings_new.push(entry(new)),
            (None, None) => {}
        }
    }
}

/// The rule and the target of a finding.
fn about<'t>(pair: &Pair<'t, ReportFinding>) -> (&'t str, &'t str) {
    let finding = pair.old.or(pair.new);
    finding.map_or(("", ""), |finding| (&finding.rule, &finding.target))
}

fn state(finding: &ReportFinding) -> FindingState {
    FindingState { severity: finding.severity, message: finding.message.clone(), total: finding.total }
}

fn entry(finding: &ReportFinding) -> FindingEntry {
    FindingEntry {
        fingerprint: finding.fingerprint.clone(),
        rule: finding.rule.clone(),
        target: finding.target.clone(),
        state: state(finding),
        place: finding.locations.first().cloned(),
    }
}

fn change(old: &ReportFinding, new: &ReportFinding, texts: bool) -> Option<FindingChange> {
    let differs =
        (old.severity, old.total) != (new.severity, new.total) || texts && old.message != new.message;
    differs.then(|| FindingChange {
        fingerprint: new.fingerprint.clone(),
        rule: new.rule.clone(),
        target: new.target.clone(),
        was: state(old),
        now: state(new),
    })
}
