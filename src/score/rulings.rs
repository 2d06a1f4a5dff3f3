//! What persons decided, laid over what rules decided.

use std::collections::BTreeMap;

use crate::model::catalog::Catalog;
use crate::model::date::Date;
use crate::model::declare::Privacy;
use crate::model::finding::Finding;
use crate::model::outcome::{Decision, Measure, Outcome};
use crate::model::privacy::Masking;
use crate::model::report::Decider;
use crate::model::ruling::{Role, Ruling, Verdict};
use crate::model::text::Text;

use super::grade::{Target, targets};
use super::policy::ScorePolicies;
use super::ruling_finding as findings;
use super::sheet::unjudged;

/// What it takes to tell which rulings hold.
#[derive(Clone, Copy, Debug)]
pub struct RulingContext<'a> {
    /// Organization judged.
    pub organization: &'a str,
    /// Day of judgement.
    pub as_of: Date,
    /// Whether this is a self-evaluation, in which the organization's own rulings count.
    pub self_run: bool,
    /// Whether names are masked in reasons.
    pub masking: Masking,
    /// Readings in force: they grade values, and so tell what a ruling overturns.
    pub policies: ScorePolicies,
}

/// What was decided of one target, and by whom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judged {
    /// The decision in force.
    pub decision: Decision,
    /// A rule or a ruling.
    pub source: Decider,
    /// What the rule had decided from data, where the ruling differs.
    pub overturned: Option<Outcome>,
}

/// Every target of the catalog judged, and what is worth saying about the rulings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ruled {
    /// By requirement id, or by item id where the item awards by bands.
    pub judged: BTreeMap<String, Judged>,
    /// About rulings that were ignored, look wrong, or overturn a rule.
    pub findings: Vec<Finding>,
}

/// Lays `rulings` over the `decisions` of rules. A target with neither is unknown.
pub fn apply_rulings(
    catalog: &Catalog,
    decisions: &BTreeMap<String, Decision>,
    rulings: &[Ruling],
    ctx: &RulingContext<'_>,
) -> Ruled {
    let mut ruled = Ruled::default();
    let valid = valid(catalog, rulings, ctx, &mut ruled.findings);
    let winners = winners(catalog, &valid);
    for target in catalog.items().flat_map(targets) {
        let decided = decided(target, decisions.get(target.id()), ctx);
        let judged = match winners.get(target.id()) {
            Some(ruling) => overrule(target, &decided, ruling, ctx, &mut ruled.findings),
            None => Judged { decision: decided, source: Decider::Rule, overturned: None },
        };
        ruled.judged.insert(target.id().to_owned(), judged);
    }
    ruled
}

/// Rulings that count here, in the given order.
fn valid<'r>(
    catalog: &Catalog,
    rulings: &'r [Ruling],
    ctx: &RulingContext<'_>,
    told: &mut Vec<Finding>,
) -> Vec<&'r Ruling> {
    let here = |ruling: &&Ruling| ruling.organization.is_empty() || ruling.organization == ctx.organization;
    let mut not_counted = Vec::new();
    let mut valid = Vec::new();
    for ruling in rulings.iter().filter(here) {
        let own = ruling.role == Role::Own;
        if !usable(catalog, ruling) {
            told.push(findings::unusable(ruling));
        } else if own && ruling.verdict == Verdict::NotApplicable {
            told.push(findings::not_applicable_by_self(ruling, &catalog.owed));
        } else if own && !ctx.self_run {
            not_counted.push(ruling);
        } else if ruling.expires.is_some_and(|last| ctx.as_of > last) {
            told.push(findings::expired(ruling));
        } else {
            told.extend((ruling.date > ctx.as_of).then(|| findings::future(ruling)));
            valid.push(ruling);
        }
    }
    told.extend(findings::self_not_counted(&not_counted));
    valid
}

/// The ruling in force on each target: the team's before the organization's own, then the latest.
fn winners<'r>(catalog: &Catalog, valid: &[&'r Ruling]) -> BTreeMap<String, &'r Ruling> {
    let mut ordered = valid.to_vec();
    // Stable: of two rulings of one day the later in the list comes last, and the last one stays.
    ordered.sort_by_key(|ruling| (ruling.role, ruling.date));
    let expanded = ordered.into_iter().flat_map(|ruling| {
        ruled_targets(catalog, &ruling.target).into_iter().map(move |target| (target.id().to_owned(), ruling))
    });
    expanded.collect()
}

/// The targets a ruling stands for: itself, or every requirement of an item.
fn ruled_targets<'c>(catalog: &'c Catalog, id: &str) -> Vec<Target<'c>> {
    match Target::find(catalog, id) {
        Some(target) => vec![target],
        None => catalog.item(id).map(targets).unwrap_or_default(),
    }
}

fn usable(catalog: &Catalog, ruling: &Ruling) -> bool {
    match &ruling.verdict {
        Verdict::Value(measure) => {
            Target::find(catalog, &ruling.target).is_some_and(|target| target.takes(measure))
        }
        _ => !ruled_targets(catalog, &ruling.target).is_empty(),
    }
}

/// The rule's decision as it counts: broken is unknown, and no rule can say that a thing does not apply.
fn decided(target: Target<'_>, decision: Option<&Decision>, ctx: &RulingContext<'_>) -> Decision {
    let Some(decision) = decision else { return Decision::plain(Outcome::Unknown, unjudged(target)) };
    let outcome = match decision.outcome {
        Outcome::NotApplicable => Outcome::Unknown,
        _ => target.grade(decision, ctx.policies).outcome,
    };
    Decision { outcome, ..decision.clone() }
}

fn overrule(
    target: Target<'_>,
    decided: &Decision,
    ruling: &Ruling,
    ctx: &RulingContext<'_>,
    told: &mut Vec<Finding>,
) -> Judged {
    let decision = ruled_decision(target, ruling, ctx);
    let overturned = differs(target, decided, &decision, ctx.policies).then_some(decided.outcome);
    told.extend(overturned.map(|from| findings::overturns(ruling, target.id(), from, decision.outcome)));
    Judged { decision, source: Decider::Ruling, overturned }
}

/// Whether a ruling departs from what the data showed, in outcome or in points.
fn differs(target: Target<'_>, rule: &Decision, ruling: &Decision, policies: ScorePolicies) -> bool {
    rule.outcome != Outcome::Unknown && target.grade(rule, policies) != target.grade(ruling, policies)
}

fn ruled_decision(target: Target<'_>, ruling: &Ruling, ctx: &RulingContext<'_>) -> Decision {
    let (outcome, measure) = plain(&ruling.verdict);
    let decision = Decision {
        measure,
        locations: vec![findings::location(ruling)],
        total: 1,
        ..Decision::plain(outcome, reason(ruling, ctx.masking))
    };
    Decision { outcome: target.grade(&decision, ctx.policies).outcome, ..decision }
}

/// The verdict as an outcome; a value is "unmet" until it is graded.
fn plain(verdict: &Verdict) -> (Outcome, Option<Measure>) {
    match verdict {
        Verdict::Met => (Outcome::Met, None),
        Verdict::Unmet => (Outcome::Unmet, None),
        Verdict::Absent => (Outcome::Absent, None),
        Verdict::NotApplicable => (Outcome::NotApplicable, None),
        Verdict::Value(measure) => (Outcome::Unmet, Some(measure.clone())),
    }
}

fn reason(ruling: &Ruling, masking: Masking) -> Text {
    let by = masking.cell(Some(Privacy::Name), &ruling.by);
    let why = masking.text(&ruling.reason);
    let role = match ruling.role {
        Role::Own => Text::new("自评", "self-evaluation"),
        Role::Team => Text::new("评估组", "team"),
    };
    let told = Text::new(
        format!("裁定（{} {by}，{}）：{why}", role.zh, ruling.date),
        format!("Ruling ({} {by}, {}): {why}", role.en, ruling.date),
    );
    if ruling.evidence.is_empty() {
        return told;
    }
    let evidence = masking.text(&ruling.evidence);
    Text::new(format!("{}（依据：{evidence}）", told.zh), format!("{} (evidence: {evidence})", told.en))
}

#[cfg(test)]
#[path = "rulings_tests.rs"]
mod tests;
