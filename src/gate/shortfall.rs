//! By how much an organization misses a condition.

use super::condition::{Condition, LeastVerdict, Part};
use crate::model::assurance::Assurance;
use crate::model::finding::Severity;
use crate::model::outcome::Outcome;
use crate::model::plan::PlanStatus;
use crate::model::report::{EligibilityStatus, Organization, Range, ReportFinding, Verdict};
use crate::model::text::{Lang, Text};
use crate::report::{first_place, words};

impl Condition {
    /// What an organization lacks; nothing where it meets the condition. O(its report).
    pub(super) fn shortfall(&self, one: &Organization) -> Option<Text> {
        match self {
            Self::Verdict(least) => verdict(*least, one),
            Self::Low(part, least) => points(points_of(one, part).map(|range| range.low), *least),
            Self::High(part, least) => points(points_of(one, part).map(|range| range.high), *least),
            Self::Assured(assurance, least) => points(Some(assured(one, *assurance)), *least),
            Self::Unknown(most) => unknown(one, *most),
            Self::Eligible(asked) => eligibility(one.eligibility.status).filter(|_| *asked),
            Self::Findings(gravest) => findings(one, (*gravest)?),
            Self::Rule(rule, most) => places(one, rule, *most),
            Self::Plan => {
                let reaches = one.plan.as_ref().is_some_and(|plan| plan.status != PlanStatus::Unreachable);
                (!reaches).then(|| score(one))
            }
        }
    }
}

fn verdict(least: Option<LeastVerdict>, one: &Organization) -> Option<Text> {
    let is_met = match least? {
        LeastVerdict::Qualified => one.verdict == Verdict::Qualified,
        LeastVerdict::Open => one.verdict != Verdict::Unqualified,
    };
    (!is_met).then(|| score(one))
}

/// Verdict and score.
fn score(one: &Organization) -> Text {
    let told = |lang| {
        let range = words::range(one.score.low, one.score.high, lang);
        format!("{} {range}", words::verdict(one.verdict, lang))
    };
    Text::new(format!("{}分", told(Lang::Zh)), told(Lang::En))
}

/// Points of a part; nothing where the organization is not scored for it, which meets no condition on it.
fn points_of(one: &Organization, part: &Part) -> Option<Range> {
    let Part::Of(id) = part else { return Some(Range { low: one.score.low, high: one.score.high }) };
    let table = one.tables.iter().find(|table| table.id == *id);
    let items = || one.tables.iter().flat_map(|table| &table.items);
    let of_table = table.map(|table| Range { low: table.low, high: table.high });
    of_table
        .or_else(|| items().find(|item| item.id == *id).map(|item| Range { low: item.low, high: item.high }))
}

fn points(given: Option<u32>, least: u32) -> Option<Text> {
    let given = given.unwrap_or(0);
    let lacking = least.checked_sub(given).filter(|lacking| *lacking > 0)?;
    Some(Text::new(format!("{given}分，差{lacking}分"), format!("{given}, {lacking} short")))
}

/// Points of the low end that are known in this way or a stronger one.
fn assured(one: &Organization, least: Assurance) -> u32 {
    let strong = Assurance::ALL.into_iter().filter(|assurance| *assurance >= least);
    strong.map(|assurance| one.score.by_assurance.of(assurance)).fold(0, u32::saturating_add)
}

fn unknown(one: &Organization, most: u32) -> Option<Text> {
    let items = || one.tables.iter().flat_map(|table| &table.items);
    let requirements = items().flat_map(|item| &item.requirements).map(|line| line.outcome);
    let awards = items().filter_map(|item| item.award.as_ref()).map(|award| award.outcome);
    let count = requirements.chain(awards).filter(|outcome| *outcome == Outcome::Unknown).count();
    more(u32::try_from(count).unwrap_or(u32::MAX), most, ("项", "open"))
}

fn eligibility(status: EligibilityStatus) -> Option<Text> {
    let told = |lang| words::eligibility(status, lang).to_owned();
    (status != EligibilityStatus::Eligible).then(|| Text::new(told(Lang::Zh), told(Lang::En)))
}

/// How many are more than there may be.
fn more(count: u32, most: u32, (zh, en): (&str, &str)) -> Option<Text> {
    let beyond = count.checked_sub(most).filter(|beyond| *beyond > 0)?;
    Some(Text::new(format!("{count}{zh}，超出{beyond}{zh}"), format!("{count} {en}, {beyond} too many")))
}

/// Findings that are so grave or graver, in a count and the first of them.
fn findings(one: &Organization, gravest: Severity) -> Option<Text> {
    let is_new = |finding: &&ReportFinding| finding.severity <= gravest && finding.accepted.is_none();
    let mut grave = one.findings.iter().filter(is_new);
    let first = grave.next()?;
    let count = grave.count().saturating_add(1);
    let named = |lang| {
        let place = first_place(first, lang);
        if place.is_empty() { first.rule.clone() } else { format!("{} {place}", first.rule) }
    };
    Some(Text::new(
        format!("{count}个问题，如{}", named(Lang::Zh)),
        format!("{count} findings, such as {}", named(Lang::En)),
    ))
}

/// Places of the findings of a rule; one without a place counts as one.
fn places(one: &Organization, rule: &str, most: u32) -> Option<Text> {
    let of_rule = one.findings.iter().filter(|finding| finding.rule == rule && finding.accepted.is_none());
    let count = |finding: &ReportFinding| u32::try_from(finding.total.max(1)).unwrap_or(u32::MAX);
    more(of_rule.map(count).fold(0, u32::saturating_add), most, ("处", "places"))
}
