//! What is owed and not met scores nothing, whatever its deductions leave (Part 5, 7.2).

use crate::model::outcome::Outcome;

use super::policy::AbsentItem;

/// Which way the unknowns turn out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    Worst,
    Best,
}

/// The outcome of one target.
#[derive(Clone, Copy, Debug)]
pub(super) struct Owed {
    pub(super) outcome: Outcome,
    /// It awards by bands, which say themselves what less than the best earns.
    pub(super) awards: bool,
}

impl Owed {
    /// Whether it is absent; an unknown may still turn out to be.
    fn is_absent(self, end: End) -> bool {
        match self.outcome {
            Outcome::Absent => true,
            Outcome::Unknown => end == End::Worst,
            _ => false,
        }
    }

    fn falls_short(self, end: End) -> bool {
        !self.awards && (self.outcome == Outcome::Unmet || self.is_absent(end))
    }
}

/// What the targets of an item or a table come to together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Tally {
    /// Some target applies.
    applies: bool,
    /// Some target that applies is not absent.
    present: bool,
    /// Some target falls short.
    short: bool,
}

impl Tally {
    /// Of one target.
    pub(super) fn of(one: Owed, end: End) -> Self {
        if one.outcome == Outcome::NotApplicable {
            return Self::default();
        }
        Self { applies: true, present: !one.is_absent(end), short: one.falls_short(end) }
    }

    /// Of those of both.
    pub(super) fn and(self, other: Self) -> Self {
        Self {
            applies: self.applies || other.applies,
            present: self.present || other.present,
            short: self.short || other.short,
        }
    }

    /// Whether an item or a table of these targets scores nothing.
    pub(super) fn scores_nothing(self, reading: AbsentItem) -> bool {
        match reading {
            AbsentItem::Zero => self.applies && !self.present,
            AbsentItem::Partly => self.short,
            AbsentItem::Deductions => false,
        }
    }
}

/// Whether an item or a table with these targets scores nothing.
pub(super) fn scores_nothing(targets: impl Iterator<Item = Owed>, reading: AbsentItem, end: End) -> bool {
    targets.fold(Tally::default(), |tally, one| tally.and(Tally::of(one, end))).scores_nothing(reading)
}

#[cfg(test)]
mod tests;
