//! One decision to the points it costs at most and at least.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::model::bands::NO_LEVEL;
use crate::model::catalog::{Award, Catalog, Count, Item, LossBand, Nature, Requirement};
use crate::model::outcome::{Decision, Measure, Outcome};

use super::policy::{LineF, OrAbove, ScorePolicies};

/// What a decision may be made on.
#[derive(Clone, Copy, Debug)]
pub(super) enum Target<'a> {
    /// A deductible line.
    Requirement(&'a Requirement),
    /// An item that awards by bands: what it does not award counts as lost.
    Award(&'a Item),
}

/// What a decision costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Grade {
    /// What was decided, once measures are read and "unmet" is told from "absent".
    pub(super) outcome: Outcome,
    /// Points lost when an unknown turns out bad.
    pub(super) worst: u32,
    /// Points lost when an unknown turns out well.
    pub(super) best: u32,
}

impl Grade {
    fn sure(outcome: Outcome, loss: u32) -> Self {
        Self { outcome, worst: loss, best: loss }
    }
}

/// The targets of an item in order.
pub(super) fn targets(item: &Item) -> Vec<Target<'_>> {
    if item.awards() {
        return vec![Target::Award(item)];
    }
    item.requirements.iter().map(Target::Requirement).collect()
}

impl<'a> Target<'a> {
    /// The target with this id.
    pub(super) fn find(catalog: &'a Catalog, id: &str) -> Option<Self> {
        let award = || catalog.item(id).filter(|item| item.awards()).map(Target::Award);
        catalog.requirement(id).map(Target::Requirement).or_else(award)
    }

    /// Its id.
    pub(super) fn id(self) -> &'a str {
        match self {
            Self::Requirement(requirement) => &requirement.id,
            Self::Award(item) => &item.id,
        }
    }

    /// What a decision costs it.
    pub(super) fn grade(self, decision: &Decision, policies: ScorePolicies) -> Grade {
        match decision.outcome {
            _ if decision.broken => self.settled(Outcome::Unknown, policies),
            Outcome::Met | Outcome::Unmet if self.measurable() => {
                self.by_measure(decision.outcome, decision.measure.as_ref(), policies)
            }
            outcome => self.settled(outcome, policies),
        }
    }

    /// What an outcome without a value costs it.
    pub(super) fn settled(self, outcome: Outcome, policies: ScorePolicies) -> Grade {
        let whole = self.whole(policies);
        match outcome {
            Outcome::Met => Grade::sure(outcome, self.unattainable()),
            Outcome::NotApplicable => Grade::sure(outcome, 0),
            Outcome::Unmet if self.missing() => Grade::sure(Outcome::Absent, whole),
            Outcome::Unmet | Outcome::Absent => Grade::sure(outcome, whole),
            Outcome::Unknown => Grade { outcome, worst: whole, best: 0 },
        }
    }

    /// Whether this value can be turned into points here.
    pub(super) fn takes(self, measure: &Measure) -> bool {
        self.measurable() && self.measured(measure, ScorePolicies::default()).is_some()
    }

    /// A measure that cannot be read decides nothing: better open than wrong.
    fn by_measure(self, outcome: Outcome, measure: Option<&Measure>, policies: ScorePolicies) -> Grade {
        let Some(measure) = measure else { return self.settled(outcome, policies) };
        self.measured(measure, policies).unwrap_or_else(|| self.settled(Outcome::Unknown, policies))
    }

    /// What a value costs it; nothing where it takes no such value.
    pub(super) fn measured(self, measure: &Measure, policies: ScorePolicies) -> Option<Grade> {
        match (self, measure) {
            (Self::Award(item), _) => by_award(item, measure, policies.or_above),
            (Self::Requirement(requirement), Measure::Number(number)) => match &requirement.count {
                Some(count) => by_count(requirement, count, *number, policies),
                None => Some(by_bands(requirement, *number, policies.or_above)),
            },
            (Self::Requirement(_), Measure::Level(_)) => None,
        }
    }

    fn measurable(self) -> bool {
        match self {
            Self::Requirement(requirement) => !requirement.bands.is_empty() || requirement.count.is_some(),
            Self::Award(_) => true,
        }
    }

    fn missing(self) -> bool {
        matches!(self, Self::Requirement(requirement) if requirement.nature == Nature::Missing)
    }

    /// Points lost at most.
    pub(super) fn whole(self, policies: ScorePolicies) -> u32 {
        match self {
            Self::Requirement(requirement) => whole(requirement, policies),
            Self::Award(item) => item.points,
        }
    }

    /// Points that even the best band does not award.
    fn unattainable(self) -> u32 {
        match self {
            Self::Requirement(_) => 0,
            Self::Award(item) => {
                let best = item.award.iter().map(|award| award.points).max().unwrap_or(0);
                item.points.saturating_sub(best)
            }
        }
    }
}

fn whole(requirement: &Requirement, policies: ScorePolicies) -> u32 {
    match &requirement.count {
        Some(count) if per_condition(count, policies) => count.each.saturating_mul(count.of),
        _ => requirement.deduct,
    }
}

/// Whether a policy makes a deduction printed once count each condition.
fn per_condition(count: &Count, policies: ScorePolicies) -> bool {
    count.policy.is_some() && policies.line_f == LineF::Each
}

fn by_count(
    requirement: &Requirement,
    count: &Count,
    number: Decimal,
    policies: ScorePolicies,
) -> Option<Grade> {
    let missing = number.is_integer().then(|| number.to_u32()).flatten().filter(|n| *n <= count.of)?;
    let counted = count.policy.is_none() || per_condition(count, policies);
    let each = if counted { count.each.saturating_mul(missing) } else { requirement.deduct };
    let loss = each.min(whole(requirement, policies));
    Some(match missing {
        0 => Grade::sure(Outcome::Met, 0),
        n if n == count.of && requirement.nature == Nature::Missing => Grade::sure(Outcome::Absent, loss),
        _ => Grade::sure(Outcome::Unmet, loss),
    })
}

fn by_bands(requirement: &Requirement, reached: Decimal, or_above: OrAbove) -> Grade {
    let within = |band: &&LossBand| reaches(reached, band.from, or_above) || full(reached, band.from);
    let loss = requirement.bands.iter().filter(within).map(|band| band.lose).min();
    let loss = loss.unwrap_or(requirement.deduct);
    Grade::sure(if loss == 0 { Outcome::Met } else { Outcome::Unmet }, loss)
}

/// A plan carried out in full is so under either reading: there is nothing above it.
fn full(reached: Decimal, from: u32) -> bool {
    from == 100 && reached >= Decimal::ONE_HUNDRED
}

fn by_award(item: &Item, measure: &Measure, or_above: OrAbove) -> Option<Grade> {
    let points = match measure {
        Measure::Number(number) => awarded_number(&item.award, *number, or_above)?,
        Measure::Level(level) => awarded_level(&item.award, level)?,
    };
    let loss = item.points.saturating_sub(points);
    let outcome = if loss == Target::Award(item).unattainable() { Outcome::Met } else { Outcome::Unmet };
    Some(Grade::sure(outcome, loss))
}

fn awarded_number(bands: &[Award], number: Decimal, or_above: OrAbove) -> Option<u32> {
    let mut numbered = bands.iter().filter_map(|band| band.from.map(|from| (from, band.points))).peekable();
    numbered.peek()?;
    let reached = numbered.filter(|(from, _)| reaches(number, *from, or_above));
    Some(reached.map(|(_, points)| points).max().unwrap_or(0))
}

fn awarded_level(bands: &[Award], level: &str) -> Option<u32> {
    let mut named = bands.iter().filter(|band| band.level.is_some()).peekable();
    named.peek()?;
    let points = named.find(|band| band.level.as_deref() == Some(level)).map(|band| band.points);
    points.or((level == NO_LEVEL).then_some(0))
}

fn reaches(value: Decimal, from: u32, or_above: OrAbove) -> bool {
    match or_above {
        OrAbove::Inclusive => value >= Decimal::from(from),
        OrAbove::Exclusive => value > Decimal::from(from),
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{all, catalog, item, measured, number, scored};
    use super::*;

    #[test]
    fn the_best_band_is_met_even_where_it_awards_less_than_the_item_is_worth() {
        let mut catalog = catalog();
        let benefit =
            catalog.tables.iter_mut().flat_map(|table| &mut table.items).find(|item| item.id == "A.7.4");
        benefit.into_iter().for_each(|item| item.award.retain(|band| band.points < item.points));
        let points = |judged: &_| {
            let scored = scored(&catalog, ScorePolicies::default(), judged);
            let item = item(&scored, "A.7.4");
            (item.low, item.high, item.award.as_ref().map(|line| line.outcome))
        };
        assert_eq!(points(&all(&catalog, Outcome::Met)), (5, 5, Some(Outcome::Met)));
        assert_eq!(points(&measured(&catalog, "A.7.4", number(10))), (5, 5, Some(Outcome::Met)));
        assert_eq!(points(&measured(&catalog, "A.7.4", number(5))), (3, 3, Some(Outcome::Unmet)));
    }
}
