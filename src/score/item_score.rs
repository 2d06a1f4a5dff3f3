//! One item: what its decisions leave of its points, in the worst and in the best case.

use std::collections::BTreeMap;

use crate::model::catalog::Item;
use crate::model::outcome::{Decision, Measure, Outcome};
use crate::model::report::{AwardLine, Decider, Range, RequirementLine, ScoreItem};
use crate::model::ruling::RulingLine;
use crate::model::text::Text;

use super::grade::{Grade, Target, targets};
use super::owed::{End, Owed, Tally, scores_nothing};
use super::policy::{LesserDeduction, OwedUnit, ScorePolicies};
use super::rulings::Judged;

/// An item with the grades of its targets, and what follows from them.
#[derive(Clone, Debug)]
pub(super) struct ItemScore<'a> {
    item: &'a Item,
    policies: ScorePolicies,
    entries: Vec<Entry<'a>>,
}

#[derive(Clone, Copy, Debug)]
struct Entry<'a> {
    target: Target<'a>,
    judged: Option<&'a Judged>,
    grade: Grade,
    /// Place in the item of the requirement whose greater deduction replaces this one.
    greater: Option<usize>,
}

/// A target of an item: as it stands, and as it would once it is met.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line<'a> {
    pub(super) target: Target<'a>,
    pub(super) outcome: Outcome,
    pub(super) kept: Standing,
    pub(super) met: Standing,
    /// Place in the item of the requirement whose greater deduction replaces this one.
    pub(super) greater: Option<usize>,
}

impl Line<'_> {
    /// Whether it can be put right, or shown to be met.
    pub(super) fn is_short(&self) -> bool {
        !matches!(self.outcome, Outcome::Met | Outcome::NotApplicable)
    }
}

/// What a target does to its item at the low end.
#[derive(Clone, Copy, Debug)]
pub(super) struct Standing {
    /// Points of its deduction, before a greater one replaces it.
    pub(super) loss: u32,
    pub(super) tally: Tally,
}

impl Standing {
    fn of(grade: Grade, awards: bool) -> Self {
        let owed = Owed { outcome: grade.outcome, awards };
        Self { loss: grade.loss(End::Worst), tally: Tally::of(owed, End::Worst) }
    }
}

impl Grade {
    fn loss(self, end: End) -> u32 {
        match end {
            End::Worst => self.worst,
            End::Best => self.best,
        }
    }
}

impl<'a> ItemScore<'a> {
    /// The item as judged; a target nobody judged is unknown.
    pub(super) fn new(item: &'a Item, policies: ScorePolicies, judged: &'a BTreeMap<String, Judged>) -> Self {
        let entry = |target: Target<'a>| {
            let judged = judged.get(target.id());
            let grade = match judged {
                Some(judged) => target.grade(&judged.decision, policies),
                None => target.settled(Outcome::Unknown, policies),
            };
            Entry { target, judged, grade, greater: greater(item, target, policies) }
        };
        Self { item, policies, entries: targets(item).into_iter().map(entry).collect() }
    }

    /// Id of the item.
    pub(super) fn id(&self) -> &'a str {
        &self.item.id
    }

    /// Its points, as far as its own targets say.
    pub(super) fn range(&self) -> Range {
        Range { low: self.left(End::Worst), high: self.left(End::Best) }
    }

    /// What its targets came to.
    pub(super) fn owed(&self) -> impl Iterator<Item = Owed> {
        let awards = self.item.awards();
        self.entries.iter().map(move |entry| Owed { outcome: entry.grade.outcome, awards })
    }

    /// Whether it scores nothing for sure by 7.2, although its deductions leave points.
    pub(super) fn zeroed(&self) -> bool {
        self.scores_nothing(End::Best) && self.after_deductions(End::Best) > 0
    }

    /// Unknown targets with their places.
    pub(super) fn unknowns(&self) -> impl Iterator<Item = (usize, &'a str)> {
        let unknown = |(_, entry): &(usize, &Entry<'a>)| entry.grade.outcome == Outcome::Unknown;
        self.entries.iter().enumerate().filter(unknown).map(|(at, entry)| (at, entry.target.id()))
    }

    /// The item if its target at `at` had this outcome.
    pub(super) fn with(&self, at: usize, outcome: Outcome) -> Self {
        let mut other = self.clone();
        if let Some(grade) = other.settled(at, outcome) {
            other.regrade(at, grade);
        }
        other
    }

    /// What this outcome costs its target at `at`.
    pub(super) fn settled(&self, at: usize, outcome: Outcome) -> Option<Grade> {
        Some(self.entries.get(at)?.target.settled(outcome, self.policies))
    }

    /// Gives its target at `at` another grade.
    pub(super) fn regrade(&mut self, at: usize, grade: Grade) {
        if let Some(entry) = self.entries.get_mut(at) {
            entry.grade = grade;
        }
    }

    /// Its targets in order, with what putting them right changes at the low end.
    pub(super) fn lines(&self) -> impl ExactSizeIterator<Item = Line<'a>> {
        let awards = self.item.awards();
        self.entries.iter().map(move |entry| Line {
            target: entry.target,
            outcome: entry.grade.outcome,
            kept: Standing::of(entry.grade, awards),
            met: Standing::of(entry.target.settled(Outcome::Met, self.policies), awards),
            greater: entry.greater,
        })
    }

    /// Points left at the low end by these losses, where its targets come to this together.
    pub(super) fn left_of(&self, lost: u32, tally: Tally) -> u32 {
        let nothing =
            self.policies.owed_unit == OwedUnit::Item && tally.scores_nothing(self.policies.absent_item);
        if nothing { 0 } else { self.item.points.saturating_sub(lost) }
    }

    /// Points it is worth.
    pub(super) fn points(&self) -> u32 {
        self.item.points
    }

    fn left(&self, end: End) -> u32 {
        if self.scores_nothing(end) { 0 } else { self.after_deductions(end) }
    }

    fn after_deductions(&self, end: End) -> u32 {
        let lost = self.entries.iter().fold(0, |sum: u32, entry| sum.saturating_add(self.loss(entry, end)));
        self.item.points.saturating_sub(lost)
    }

    /// Whether 7.2 leaves it nothing, where that is said of items.
    fn scores_nothing(&self, end: End) -> bool {
        self.policies.owed_unit == OwedUnit::Item
            && scores_nothing(self.owed(), self.policies.absent_item, end)
    }

    /// Points the entry takes off; a lesser deduction counts only as far as it exceeds the greater one made.
    fn loss(&self, entry: &Entry<'_>, end: End) -> u32 {
        entry.grade.loss(end).saturating_sub(self.greater_loss(entry, end))
    }

    fn greater_loss(&self, entry: &Entry<'_>, end: End) -> u32 {
        let greater = entry.greater.and_then(|at| self.entries.get(at));
        greater.map_or(0, |greater| greater.grade.loss(end))
    }

    /// Whether the greater deduction is made for sure, so that the entry no longer matters.
    fn superseded(&self, entry: &Entry<'_>) -> bool {
        let harmless = matches!(entry.grade.outcome, Outcome::Met | Outcome::NotApplicable);
        !harmless && self.greater_loss(entry, End::Best) > 0
    }

    /// The item as the report shows it, with these points.
    pub(super) fn report(&self, points: Range) -> ScoreItem {
        let Range { low, high } = points;
        ScoreItem {
            id: self.item.id.clone(),
            points: self.item.points,
            low,
            high,
            self_score: None,
            award: self.award_line(),
            requirements: self.requirement_lines(),
        }
    }

    fn award_line(&self) -> Option<AwardLine> {
        let entry = self.entries.first().filter(|_| self.item.awards())?;
        Some(AwardLine {
            outcome: entry.grade.outcome,
            value: entry.value(),
            source: entry.source(),
            reason: entry.reason(),
            assurance: entry.judged.and_then(Judged::assurance),
            rulings: entry.rulings(),
        })
    }

    fn requirement_lines(&self) -> Vec<RequirementLine> {
        let entries = self.entries.iter().filter(|_| !self.item.awards());
        entries.map(|entry| self.requirement_line(entry)).collect()
    }

    fn requirement_line(&self, entry: &Entry<'_>) -> RequirementLine {
        RequirementLine {
            id: entry.target.id().to_owned(),
            deduct: entry.target.whole(self.policies),
            outcome: entry.grade.outcome,
            superseded: self.superseded(entry),
            lost_low: self.loss(entry, End::Worst),
            lost_high: self.loss(entry, End::Best),
            source: entry.source(),
            value: entry.value(),
            overturned: entry.judged.and_then(|judged| judged.overturned),
            reason: entry.reason(),
            assurance: entry.judged.and_then(Judged::assurance),
            rulings: entry.rulings(),
        }
    }
}

impl Entry<'_> {
    fn source(&self) -> Decider {
        self.judged.map_or(Decider::Rule, |judged| judged.source)
    }

    fn reason(&self) -> Text {
        self.judged.map_or_else(|| unjudged(self.target), |judged| judged.decision.reason.clone())
    }

    fn rulings(&self) -> Vec<RulingLine> {
        self.judged.map(|judged| judged.rulings.clone()).unwrap_or_default()
    }

    fn value(&self) -> Option<String> {
        self.judged.and_then(|judged| display_text(&judged.decision))
    }
}

/// Why a target that nobody judged is unknown.
pub(super) fn unjudged(target: Target<'_>) -> Text {
    let why = match target {
        Target::Requirement(requirement) => requirement.why.clone(),
        Target::Award(_) => None,
    };
    why.unwrap_or_else(|| {
        Text::new("没有规则判定，也没有裁定", "No rule decides this and there is no ruling on it")
    })
}

fn display_text(decision: &Decision) -> Option<String> {
    decision.measure.as_ref().map(|measure| match measure {
        Measure::Number(number) => number.round_dp(2).normalize().to_string(),
        Measure::Level(level) => level.clone(),
    })
}

fn greater(item: &Item, target: Target<'_>, policies: ScorePolicies) -> Option<usize> {
    let Target::Requirement(requirement) = target else { return None };
    let id = requirement.superseded_by.as_ref()?;
    let place = item.requirements.iter().position(|other| other.id == *id)?;
    (policies.lesser_deduction == LesserDeduction::Superseded).then_some(place)
}

#[cfg(test)]
mod tests;
