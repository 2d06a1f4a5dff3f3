//! What one file may cost: one account for it, charged by every pass over it.

use super::limit::Limit;
use crate::model::limits;

/// What a workbook holds and what was read of it so far.
#[derive(Debug, Default)]
pub(super) struct Budget {
    /// Bytes unpacked in all passes.
    unpacked: u64,
    /// What the parts hold, counted when they are checked.
    held: Counts,
    /// Rows and cells handed on or looked at.
    rows: u64,
    cells: u64,
}

/// What is counted of the parts of a workbook.
const COUNTED: [Limit; 10] = [
    Limit::Cells,
    Limit::Rows,
    Limit::Strings,
    Limit::StringBytes,
    Limit::Formats,
    Limit::Styles,
    Limit::Names,
    Limit::Merges,
    Limit::Sheets,
    Limit::Unpacked,
];

/// What the parts of a workbook hold, of everything that is counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Counts([u64; COUNTED.len()]);

impl Counts {
    /// So many more of what is counted by a limit.
    pub(super) fn add(&mut self, limit: Limit, more: u64) {
        let counted = self.0.iter_mut().zip(COUNTED).find(|(_, counted)| *counted == limit);
        if let Some((count, _)) = counted {
            *count = count.saturating_add(more);
        }
    }

    /// How many there are of it.
    pub(super) fn of(&self, limit: Limit) -> u64 {
        self.0.iter().zip(COUNTED).find(|(_, counted)| *counted == limit).map_or(0, |(count, _)| *count)
    }

    /// Both together.
    #[must_use]
    pub(super) fn and(mut self, more: Self) -> Self {
        self.0.iter_mut().zip(more.0).for_each(|(count, more)| *count = count.saturating_add(more));
        self
    }

    /// The limit it is beyond.
    fn beyond(&self) -> Option<Limit> {
        self.0.iter().zip(COUNTED).find(|(count, limit)| **count > limit.most()).map(|(_, limit)| limit)
    }
}

/// Bytes that the reader takes for a shared string beside its text, and what its markup takes at least in the part.
const OF_A_STRING: u64 = 40;
const MARKUP: u64 = 16;

/// Bytes that the reader takes for a cell format beside what it refers to.
const OF_A_FORMAT: u64 = 640;

impl Budget {
    /// What the file holds, with `more` that is about to be counted.
    ///
    /// # Errors
    /// It is too much of something.
    pub(super) fn check(&self, more: Counts) -> Result<(), Limit> {
        self.held.and(more).beyond().map_or(Ok(()), Err)
    }

    /// The file holds this too.
    ///
    /// # Errors
    /// It is too much of something.
    pub(super) fn hold(&mut self, more: Counts) -> Result<(), Limit> {
        self.held = self.held.and(more);
        self.check(Counts::default())
    }

    /// A pass over so many unpacked bytes begins.
    ///
    /// # Errors
    /// All passes together unpack too much.
    pub(super) fn unpack(&mut self, bytes: u64) -> Result<(), Limit> {
        self.unpacked = self.unpacked.saturating_add(bytes);
        let most = Limit::Unpacked.most().saturating_mul(limits::WORKBOOK_PASSES);
        if self.unpacked > most { Err(Limit::Unpacked) } else { Ok(()) }
    }

    /// A row was come to.
    ///
    /// # Errors
    /// They are too many.
    pub(super) fn row(&mut self) -> Result<(), Limit> {
        self.rows = self.rows.saturating_add(1);
        if self.rows > Limit::Rows.most() { Err(Limit::Rows) } else { Ok(()) }
    }

    /// Cells were read or filled.
    ///
    /// # Errors
    /// They are too many.
    pub(super) fn cells(&mut self, cells: usize) -> Result<(), Limit> {
        self.cells = self.cells.saturating_add(u64::try_from(cells).unwrap_or(u64::MAX));
        if self.cells > Limit::Cells.most() { Err(Limit::Cells) } else { Ok(()) }
    }

    /// What the file holds.
    pub(super) fn held(&self) -> &Counts {
        &self.held
    }

    /// Bytes of memory that the reader takes for the strings and formats of the file.
    pub(super) fn memory(&self) -> u64 {
        let strings = self.held.of(Limit::Strings);
        self.held
            .of(Limit::StringBytes)
            .saturating_sub(strings.saturating_mul(MARKUP))
            .saturating_add(strings.saturating_mul(OF_A_STRING))
            .saturating_add(self.held.of(Limit::Formats).saturating_mul(OF_A_FORMAT))
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn each_limit_is_named_once_it_is_passed() {
        for limit in COUNTED {
            let counts = |more: u64| {
                let mut counts = Counts::default();
                counts.add(limit, more);
                counts
            };
            let mut budget = Budget::default();
            budget.hold(counts(limit.most())).unwrap();
            assert_eq!(budget.check(counts(1)), Err(limit));
            assert_eq!(budget.hold(counts(1)), Err(limit));
        }
    }

    #[test]
    fn passes_add_up() {
        let mut budget = Budget::default();
        for _ in 0..limits::WORKBOOK_PASSES {
            budget.unpack(limits::WORKBOOK_UNPACKED).unwrap();
        }
        assert_eq!(budget.unpack(1), Err(Limit::Unpacked));
    }
}
