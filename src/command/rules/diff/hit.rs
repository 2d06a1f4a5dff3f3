//! What changes for one organization.

use std::collections::BTreeMap;

use crate::model::comparison::{Effect, ItemEffect, RequirementEffect, RequirementStanding, Standing};
use crate::model::report::{Organization, Range, RequirementLine, ScoreItem};

/// The effect on an organization.
pub(super) struct Hit {
    pub(super) effect: Effect,
}

impl Hit {
    /// By how much the ends of its score change.
    pub(super) fn direction(&self) -> (i64, i64) {
        let Effect { old, new, .. } = &self.effect;
        let change = |old: u32, new: u32| i64::from(new).saturating_sub(i64::from(old));
        (change(old.low, new.low), change(old.high, new.high))
    }

    pub(super) fn verdict_changes(&self) -> bool {
        self.effect.old.verdict != self.effect.new.verdict
    }

    /// Whether anything changes for it but the marks.
    pub(super) fn counts(&self) -> bool {
        let eligible = self.effect.old.eligibility != self.effect.new.eligibility;
        self.verdict_changes() || eligible || self.direction() != (0, 0) || !self.effect.items.is_empty()
    }
}

/// The difference between two assessments of one submission.
pub(super) fn of(old: &Organization, new: &Organization) -> Hit {
    let (before, after) = (items(old), items(new));
    let again = after.iter().filter_map(|(id, new)| item(id, before.get(id).copied(), Some(new)));
    let gone = before.iter().filter(|(id, _)| !after.contains_key(*id));
    let mut items: Vec<ItemEffect> =
        again.chain(gone.filter_map(|(id, old)| item(id, Some(old), None))).collect();
    items.sort_by_cached_key(|item| {
        let (low, high) = item.change();
        (std::cmp::Reverse(low.saturating_abs().saturating_add(high.saturating_abs())), item.id.clone())
    });
    let effect = Effect {
        id: new.id.clone(),
        name: new.name.clone(),
        path: new.submission.path.clone(),
        old: standing(old),
        new: standing(new),
        items,
    };
    Hit { effect }
}

fn standing(one: &Organization) -> Standing {
    let score = &one.score;
    Standing {
        low: score.low,
        high: score.high,
        full: score.full,
        pass: score.pass,
        verdict: one.verdict,
        eligibility: one.eligibility.status,
    }
}

fn items(one: &Organization) -> BTreeMap<&str, &ScoreItem> {
    one.tables.iter().flat_map(|table| &table.items).map(|item| (item.id.as_str(), item)).collect()
}

/// An item whose points change.
fn item(id: &str, old: Option<&ScoreItem>, new: Option<&ScoreItem>) -> Option<ItemEffect> {
    let range = |item: Option<&ScoreItem>| item.map(|item| Range { low: item.low, high: item.high });
    let effect = ItemEffect { id: id.to_owned(), old: range(old), new: range(new), requirements: Vec::new() };
    let touched = effect.change() != (0, 0) || old.is_some() != new.is_some();
    touched.then(|| ItemEffect { requirements: requirements(old, new), ..effect })
}

fn requirements(old: Option<&ScoreItem>, new: Option<&ScoreItem>) -> Vec<RequirementEffect> {
    let lines = |item: Option<&ScoreItem>| -> BTreeMap<String, RequirementStanding> {
        let all = item.into_iter().flat_map(|item| &item.requirements);
        all.map(|line| (line.id.clone(), stands(line))).collect()
    };
    let (before, after) = (lines(old), lines(new));
    let ids: std::collections::BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let effect = |id: &String| {
        let (old, new) = (before.get(id).copied(), after.get(id).copied());
        (old != new).then(|| RequirementEffect { id: id.clone(), old, new })
    };
    ids.into_iter().filter_map(effect).collect()
}

fn stands(line: &RequirementLine) -> RequirementStanding {
    RequirementStanding { outcome: line.outcome, lost_low: line.lost_low, lost_high: line.lost_high }
}
