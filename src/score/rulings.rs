//! What persons decided, laid over what rules decided.

use std::collections::BTreeMap;

use crate::model::catalog::Catalog;
use crate::model::finding::Finding;
use crate::model::outcome::{Decision, Outcome};
use crate::model::privacy::Redactor;
use crate::model::report::Decider;
use crate::model::ruling::{Role, Ruling, RulingLine, RulingStatus, Verdict};
use crate::table::date::Date;
use crate::table::normalize;

use super::grade::{Target, targets};
use super::item_score::unjudged;
use super::panel::{PanelDecision, combine};
use super::policy::ScorePolicies;
use super::ruling_finding as findings;
use super::ruling_text as words;

/// What it takes to tell which rulings hold.
#[derive(Clone, Copy, Debug)]
pub struct RulingContext<'a> {
    /// Organization judged.
    pub organization: &'a str,
    /// Day of judgement.
    pub as_of: Date,
    /// Whether this is a self-evaluation, in which the organization's own rulings count.
    pub self_evaluation: bool,
    /// Masks personal data of the submission in what a ruling says.
    pub redactor: &'a Redactor,
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
    /// Every ruling on the target in the order of the files, also those that do not count.
    pub rulings: Vec<RulingLine>,
}

/// Every target of the catalog judged, and what is worth saying about the rulings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ruled {
    /// By requirement id, or by item id where the item awards by bands.
    pub judged: BTreeMap<String, Judged>,
    /// About rulings that were ignored, look wrong, or overturn a rule.
    pub findings: Vec<Finding>,
}

/// A ruling on a target with what it counts for.
#[derive(Clone, Copy, Debug)]
struct Standing<'r> {
    ruling: &'r Ruling,
    status: RulingStatus,
}

/// Lays `rulings` over the `decisions` of rules. A target with neither is unknown.
pub fn apply_rulings(
    catalog: &Catalog,
    decisions: &BTreeMap<String, Decision>,
    rulings: &[Ruling],
    ctx: &RulingContext<'_>,
) -> Ruled {
    let mut ruled = Ruled::default();
    let usable = usable_rulings(catalog, rulings, ctx, &mut ruled.findings);
    let mut by_target = by_target(catalog, &usable);
    for target in catalog.items().flat_map(targets) {
        let decided = decided(target, decisions.get(target.id()), ctx);
        let mut standings = by_target.remove(target.id()).unwrap_or_default();
        rank(&mut standings);
        let judged = judge(target, decided, &standings, ctx, &mut ruled.findings);
        ruled.judged.insert(target.id().to_owned(), judged);
    }
    ruled
}

/// Rulings on this organization that can be applied, in the given order; findings name those that do not count.
fn usable_rulings<'r>(
    catalog: &Catalog,
    rulings: &'r [Ruling],
    ctx: &RulingContext<'_>,
    told: &mut Vec<Finding>,
) -> Vec<Standing<'r>> {
    let mut not_counted = Vec::new();
    let mut usable = Vec::new();
    for ruling in rulings.iter().filter(|ruling| ruling.is_on(ctx.organization)) {
        let own = ruling.role == Role::SelfEvaluation;
        let status = if !is_usable(catalog, ruling) {
            told.push(findings::unusable(ruling, ctx.redactor));
            continue;
        } else if own && ruling.verdict == Verdict::NotApplicable {
            told.push(findings::not_applicable_by_self(ruling, &catalog.owed, ctx.redactor));
            RulingStatus::NotCounted
        } else if own && !ctx.self_evaluation {
            not_counted.push(ruling);
            RulingStatus::NotCounted
        } else if ruling.expires.is_some_and(|last| ctx.as_of > last) {
            told.push(findings::expired(ruling, ctx.redactor));
            RulingStatus::Expired
        } else {
            told.extend((ruling.date > ctx.as_of).then(|| findings::future(ruling, ctx.redactor)));
            RulingStatus::Counted
        };
        usable.push(Standing { ruling, status });
    }
    told.extend(findings::self_not_counted(&not_counted, ctx.redactor));
    usable
}

/// The rulings on each target; one on an item stands for all its requirements.
fn by_target<'r>(catalog: &Catalog, usable: &[Standing<'r>]) -> BTreeMap<String, Vec<Standing<'r>>> {
    let mut by_target: BTreeMap<String, Vec<Standing<'r>>> = BTreeMap::new();
    for standing in usable {
        for target in ruled_targets(catalog, &standing.ruling.target) {
            by_target.entry(target.id().to_owned()).or_default().push(*standing);
        }
    }
    by_target
}

/// Tells which rulings on one target count: those of the team before the organization's own, and of each person the
/// latest; of two of one day the later in the list.
fn rank(standings: &mut [Standing<'_>]) {
    let counted = |standing: &Standing<'_>| standing.status == RulingStatus::Counted;
    let Some(role) = standings.iter().filter(|one| counted(one)).map(|one| one.ruling.role).max() else {
        return;
    };
    let mut latest: BTreeMap<String, (Date, usize)> = BTreeMap::new();
    for (at, standing) in
        standings.iter().enumerate().filter(|(_, one)| counted(one) && one.ruling.role == role)
    {
        let last = latest.entry(normalize::name(&standing.ruling.by)).or_insert((standing.ruling.date, at));
        *last = (*last).max((standing.ruling.date, at));
    }
    for (at, standing) in standings.iter_mut().enumerate().filter(|(_, one)| counted(one)) {
        if standing.ruling.role != role {
            standing.status = RulingStatus::Outranked;
        } else if latest.get(&normalize::name(&standing.ruling.by)).is_none_or(|(_, last)| *last != at) {
            standing.status = RulingStatus::Replaced;
        }
    }
}

fn judge(
    target: Target<'_>,
    decided: Decision,
    standings: &[Standing<'_>],
    ctx: &RulingContext<'_>,
    told: &mut Vec<Finding>,
) -> Judged {
    let rulings = standings.iter().map(|one| words::line(one.ruling, one.status, ctx.redactor)).collect();
    let counted: Vec<_> =
        standings.iter().filter(|one| one.status == RulingStatus::Counted).map(|one| one.ruling).collect();
    let Some(first) = counted.first() else {
        return Judged { decision: decided, source: Decider::Rule, overturned: None, rulings };
    };
    let PanelDecision { decision, unanimous } = combine(target, &counted, ctx);
    if !unanimous {
        told.push(findings::disagreement(target, &counted, &decision, ctx.redactor));
    }
    let overturned = differs(target, &decided, &decision, ctx.policies).then_some(decided.outcome);
    told.extend(
        overturned.map(|from| findings::overturns(target, first, from, decision.outcome, ctx.redactor)),
    );
    Judged { decision, source: Decider::Ruling, overturned, rulings }
}

/// The targets a ruling stands for: itself, or every requirement of an item.
fn ruled_targets<'c>(catalog: &'c Catalog, id: &str) -> Vec<Target<'c>> {
    match Target::find(catalog, id) {
        Some(target) => vec![target],
        None => catalog.item(id).map(targets).unwrap_or_default(),
    }
}

fn is_usable(catalog: &Catalog, ruling: &Ruling) -> bool {
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
    let decision = ctx.policies.evidence.read(decision);
    let outcome = match decision.outcome {
        Outcome::NotApplicable => Outcome::Unknown,
        _ => target.grade(&decision, ctx.policies).outcome,
    };
    Decision { outcome, ..decision }
}

/// Whether a ruling departs from what the data showed, in outcome or in points.
fn differs(target: Target<'_>, rule: &Decision, ruling: &Decision, policies: ScorePolicies) -> bool {
    rule.outcome != Outcome::Unknown && target.grade(rule, policies) != target.grade(ruling, policies)
}

#[cfg(test)]
mod tests;
