//! Outcomes, severities and verdicts as a sign and a word, so that colour says nothing alone.

use super::markup::Markup;
use crate::model::finding::Severity;
use crate::model::outcome::Outcome;
use crate::model::report::{EligibilityStatus, Verdict};
use crate::model::text::Lang;
use crate::report::words;

/// All outcomes, as filters list them.
pub(super) const OUTCOMES: [Outcome; 5] =
    [Outcome::Met, Outcome::Unmet, Outcome::Absent, Outcome::Unknown, Outcome::NotApplicable];

/// All severities, the gravest first.
pub(super) const SEVERITIES: [Severity; 3] = [Severity::Error, Severity::Warning, Severity::Advice];

/// The key of an outcome in classes and filters, and its sign.
pub(super) const fn key(outcome: Outcome) -> (&'static str, &'static str) {
    match outcome {
        Outcome::Met => ("met", "✓"),
        Outcome::Unmet => ("unmet", "✗"),
        Outcome::Absent => ("absent", "✗"),
        Outcome::Unknown => ("unknown", "？"),
        Outcome::NotApplicable => ("not-applicable", "—"),
    }
}

/// The same of a severity.
pub(super) const fn severity_key(severity: Severity) -> (&'static str, &'static str) {
    match severity {
        Severity::Error => ("error", "✗"),
        Severity::Warning => ("warning", "！"),
        Severity::Advice => ("advice", "·"),
    }
}

/// The same of a verdict.
pub(super) const fn verdict_key(verdict: Verdict) -> (&'static str, &'static str) {
    match verdict {
        Verdict::Qualified => ("qualified", "✓"),
        Verdict::Unqualified => ("unqualified", "✗"),
        Verdict::Open => ("open", "？"),
    }
}

/// The same of the state of an application.
pub(super) const fn eligibility_key(status: EligibilityStatus) -> (&'static str, &'static str) {
    match status {
        EligibilityStatus::Eligible => ("met", "✓"),
        EligibilityStatus::Ineligible => ("unmet", "✗"),
        EligibilityStatus::Open => ("unknown", "？"),
    }
}

fn badge<'w>(m: &mut Markup, (key, sign): (&str, &str), word: impl Fn(Lang) -> &'w str) {
    m.element("span", &[("class", &format!("badge {key}")), ("data-word", key)], |m| {
        m.element("b", &[("aria-hidden", "true")], |m| m.text(sign));
        m.word(word);
    });
}

/// An outcome.
pub(super) fn outcome(m: &mut Markup, outcome: Outcome) {
    badge(m, key(outcome), |lang| words::outcome(outcome, lang));
}

/// A severity.
pub(super) fn severity(m: &mut Markup, severity: Severity) {
    badge(m, severity_key(severity), |lang| words::severity(severity, lang));
}

/// A verdict.
pub(super) fn verdict(m: &mut Markup, verdict: Verdict) {
    badge(m, verdict_key(verdict), |lang| words::verdict(verdict, lang));
}

/// The state of an application.
pub(super) fn eligibility(m: &mut Markup, status: EligibilityStatus) {
    badge(m, eligibility_key(status), |lang| words::eligibility(status, lang));
}
