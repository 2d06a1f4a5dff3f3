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

/// What the parts of a workbook hold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Counts {
    pub(super) bytes: u64,
    pub(super) sheets: u64,
    pub(super) rows: u64,
    pub(super) cells: u64,
    pub(super) strings: u64,
    pub(super) string_bytes: u64,
    pub(super) formats: u64,
    pub(super) styles: u64,
    pub(super) names: u64,
    pub(super) merges: u64,
}

impl Counts {
    /// Each count with its limit.
    fn each(&self) -> [(u64, Limit); 10] {
        [
            (self.bytes, Limit::Unpacked),
            (self.sheets, Limit::Sheets),
            (self.rows, Limit::Rows),
            (self.cells, Limit::Cells),
            (self.strings, Limit::Strings),
            (self.string_bytes, Limit::StringBytes),
            (self.formats, Limit::Formats),
            (self.styles, Limit::Styles),
            (self.names, Limit::Names),
            (self.merges, Limit::Merges),
        ]
    }

    /// Both together.
    #[must_use]
    pub(super) fn and(self, more: Self) -> Self {
        Self {
            bytes: self.bytes.saturating_add(more.bytes),
            sheets: self.sheets.saturating_add(more.sheets),
            rows: self.rows.saturating_add(more.rows),
            cells: self.cells.saturating_add(more.cells),
            strings: self.strings.saturating_add(more.strings),
            string_bytes: self.string_bytes.saturating_add(more.string_bytes),
            formats: self.formats.saturating_add(more.formats),
            styles: self.styles.saturating_add(more.styles),
            names: self.names.saturating_add(more.names),
            merges: self.merges.saturating_add(more.merges),
        }
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
        let all = self.held.and(more);
        all.each()
            .into_iter()
            .find(|(count, limit)| *count > limit.most())
            .map_or(Ok(()), |(_, limit)| Err(limit))
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
        let Counts { strings, string_bytes, formats, .. } = self.held;
        string_bytes
            .saturating_sub(strings.saturating_mul(MARKUP))
            .saturating_add(strings.saturating_mul(OF_A_STRING))
            .saturating_add(formats.saturating_mul(OF_A_FORMAT))
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn each_limit_is_named_once_it_is_passed() {
        for (_, limit) in Counts::default().each() {
            let counts = |n: u64| {
                let mut counts = Counts::default();
                match limit {
                    Limit::Unpacked => counts.bytes = n,
                    Limit::Sheets => counts.sheets = n,
                    Limit::Rows => counts.rows = n,
                    Limit::Cells => counts.cells = n,
                    Limit::Strings => counts.strings = n,
                    Limit::StringBytes => counts.string_bytes = n,
                    Limit::Formats => counts.formats = n,
                    Limit::Styles => counts.styles = n,
                    Limit::Names => counts.names = n,
                    _ => counts.merges = n,
                }
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
