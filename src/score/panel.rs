//! Rulings of several persons of one role on one target as one decision (policy `panel`).

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::grade::{Grade, Target};
use super::policy::Panel;
use super::ruling_text as words;
use super::rulings::RulingContext;
use crate::model::outcome::{Decision, Measure, Outcome};
use crate::model::privacy::Redactor;
use crate::model::ruling::{Ruling, Verdict};
use crate::model::text::Text;

/// What the persons of one role decided together.
#[derive(Clone, Debug)]
pub(super) struct PanelDecision {
    /// The decision; unknown where the persons disagree and the policy does not settle it.
    pub(super) decision: Decision,
    /// Whether all of them decided the same, in points.
    pub(super) unanimous: bool,
}

/// One person's ruling with what it costs.
struct Vote<'r> {
    ruling: &'r Ruling,
    measure: Option<Measure>,
    grade: Grade,
}

/// Combines the rulings on `target`, one a person; there is at least one.
pub(super) fn combine(target: Target<'_>, rulings: &[&Ruling], ctx: &RulingContext<'_>) -> PanelDecision {
    let votes: Vec<_> = rulings.iter().map(|ruling| Vote::new(target, ruling, ctx)).collect();
    let all: Vec<_> = votes.iter().collect();
    let unanimous = votes.windows(2).all(|pair| matches!(pair, [one, other] if one.grade == other.grade));
    let decision = if let Some(value) = settled_value(&votes, ctx.policies.panel) {
        by_value(target, &votes, value, ctx)
    } else if unanimous {
        agreed(&all, words::unanimous(rulings, ctx.redactor))
    } else {
        let majority = (ctx.policies.panel != Panel::Consensus).then(|| majority(&votes)).flatten();
        match majority {
            Some(group) => {
                let won: Vec<_> = group.iter().map(|vote| vote.ruling).collect();
                agreed(&group, words::majority(target, rulings, &won, ctx.redactor))
            }
            None => Decision::plain(Outcome::Unknown, words::split(target, rulings)),
        }
    };
    PanelDecision { decision: located(decision, rulings, ctx.redactor), unanimous }
}

impl<'r> Vote<'r> {
    fn new(target: Target<'_>, ruling: &'r Ruling, ctx: &RulingContext<'_>) -> Self {
        let (outcome, measure) = plain(&ruling.verdict);
        let decision = Decision { measure, ..Decision::plain(outcome, Text::default()) };
        let grade = target.grade(&decision, ctx.policies);
        Self { ruling, measure: decision.measure, grade }
    }

    fn number(&self) -> Option<Decimal> {
        match self.measure {
            Some(Measure::Number(number)) => Some(number),
            _ => None,
        }
    }
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

/// The value that the policy makes of several persons' values, rounded down to a whole number; none unless each of
/// them gave a number.
fn settled_value(votes: &[Vote<'_>], panel: Panel) -> Option<Decimal> {
    let mut numbers = votes.iter().map(Vote::number).collect::<Option<Vec<_>>>()?;
    numbers.sort_unstable();
    let (first, last) = (*numbers.first()?, *numbers.last()?);
    match panel {
        Panel::Median if first != last => {
            let (lower, upper) = (numbers.len().saturating_sub(1) / 2, numbers.len() / 2);
            mean(&[*numbers.get(lower)?, *numbers.get(upper)?])
        }
        Panel::Mean if first != last => mean(&numbers),
        _ => None,
    }
}

/// `None` where the sum overflows or there is nothing to divide.
fn mean(numbers: &[Decimal]) -> Option<Decimal> {
    let sum = numbers.iter().try_fold(Decimal::ZERO, |sum, number| sum.checked_add(*number))?;
    sum.checked_div(Decimal::from(numbers.len().to_u64()?)).map(|mean| mean.floor())
}

/// The votes of more than half of the persons, if they cost the same.
fn majority<'v, 'r>(votes: &'v [Vote<'r>]) -> Option<Vec<&'v Vote<'r>>> {
    let alike = |one: &Vote<'_>| votes.iter().filter(|other| other.grade == one.grade).collect::<Vec<_>>();
    votes.iter().map(alike).find(|group| group.len().saturating_mul(2) > votes.len())
}

/// The decision of votes that cost the same; where their numbers differ within one band, the lowest stands.
fn agreed(votes: &[&Vote<'_>], reason: Text) -> Decision {
    let outcome = votes.first().map_or(Outcome::Unknown, |vote| vote.grade.outcome);
    let numbers = votes.iter().map(|vote| vote.number()).collect::<Option<Vec<_>>>();
    let lowest = numbers.and_then(|numbers| numbers.into_iter().min()).map(Measure::Number);
    let measure = lowest.or_else(|| votes.iter().find_map(|vote| vote.measure.clone()));
    Decision { measure, ..Decision::plain(outcome, reason) }
}

fn by_value(target: Target<'_>, votes: &[Vote<'_>], value: Decimal, ctx: &RulingContext<'_>) -> Decision {
    let rulings: Vec<_> = votes.iter().map(|vote| vote.ruling).collect();
    let reason = words::averaged(target, &rulings, ctx.policies.panel, value);
    let decision =
        Decision { measure: Some(Measure::Number(value)), ..Decision::plain(Outcome::Unmet, reason) };
    Decision { outcome: target.grade(&decision, ctx.policies).outcome, ..decision }
}

fn located(decision: Decision, rulings: &[&Ruling], redactor: &Redactor) -> Decision {
    let locations: Vec<_> = rulings.iter().map(|ruling| ruling.location(redactor)).collect();
    Decision { total: locations.len(), locations, ..decision }
}

#[cfg(test)]
mod tests;
