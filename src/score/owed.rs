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

/// Whether an item or a table with these targets scores nothing.
pub(super) fn scores_nothing(targets: impl Iterator<Item = Owed>, reading: AbsentItem, end: End) -> bool {
    let mut owed = targets.filter(|one| one.outcome != Outcome::NotApplicable).peekable();
    match reading {
        AbsentItem::Zero => owed.peek().is_some() && owed.all(|one| one.is_absent(end)),
        AbsentItem::Partly => owed.any(|one| one.falls_short(end)),
        AbsentItem::Deductions => false,
    }
}

#[cfg(test)]
mod tests;
