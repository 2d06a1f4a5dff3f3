//! What is read of a sheet and not charged yet: it is charged and metered from time to time.

use super::{Sheet, package};
use crate::ingest::budget::{Budget, Counts};
use crate::ingest::damage::{Damage, Failure};
use crate::ingest::error::IngestError;
use crate::ingest::input::Input;
use crate::ingest::limit::Limit;

/// Rows, cells and texts read between two looks at what they take, and bytes of text in them.
const TOGETHER: usize = 1_024;
const MUCH: usize = 1 << 20;

/// The texts that cells of all sheets share, charged as they are taken.
pub(super) struct SharedTexts<'r> {
    input: &'r Input,
    budget: &'r mut Budget,
    texts: Vec<String>,
}

impl<'r> SharedTexts<'r> {
    pub(super) fn of(input: &'r Input, budget: &'r mut Budget) -> Self {
        Self { input, budget, texts: Vec::new() }
    }

    /// Takes the next text.
    pub(super) fn take(&mut self, text: String) -> Result<(), IngestError> {
        let mut more = Counts::default();
        more.add(Limit::Strings, 1);
        more.add(Limit::StringBytes, u64::try_from(text.len()).unwrap_or(u64::MAX));
        self.budget.hold(more).map_err(|limit| self.input.too_large(None, None, limit))?;
        self.texts.push(text);
        if self.texts.len().is_multiple_of(TOGETHER) {
            self.input.poll().map_err(|error| self.input.unreadable(&error))?;
        }
        Ok(())
    }

    /// All of them, by their numbers.
    pub(super) fn all(self) -> Vec<String> {
        self.texts
    }
}

/// Counts what is read of a sheet.
pub(super) struct Tally<'r> {
    pub(super) input: &'r Input,
    pub(super) sheet: &'r Sheet,
    budget: &'r mut Budget,
    counts: Counts,
    cells: usize,
    bytes: usize,
}

impl<'r> Tally<'r> {
    pub(super) fn of(input: &'r Input, sheet: &'r Sheet, budget: &'r mut Budget) -> Self {
        Self { input, sheet, budget, counts: Counts::default(), cells: 0, bytes: 0 }
    }

    /// One more of what is counted by a limit, in a row, with so many bytes of text.
    pub(super) fn count(&mut self, limit: Limit, bytes: usize, row: u32) -> Result<(), IngestError> {
        self.counts.add(limit, 1);
        self.cells = self.cells.saturating_add(1);
        self.bytes = self.bytes.saturating_add(bytes);
        let is_much = self.cells >= TOGETHER || self.bytes >= MUCH;
        if is_much { self.charge(row) } else { Ok(()) }
    }

    /// Charges what was counted.
    pub(super) fn charge(&mut self, row: u32) -> Result<(), IngestError> {
        (self.cells, self.bytes) = (0, 0);
        let held = self.budget.hold(std::mem::take(&mut self.counts));
        held.map_err(|limit| self.input.too_large(Some(&self.sheet.name), Some(row), limit))?;
        self.input.poll().map_err(|error| self.input.unreadable(&error))
    }

    /// What goes wrong in a row; none is 0.
    pub(super) fn failed(&self, row: u32, failure: Failure) -> IngestError {
        package::failed(self.input, self.sheet, Some(row).filter(|row| *row > 0), failure)
    }

    /// A cell or row lies where no sheet has one.
    pub(super) fn outside(&self, row: u32) -> IngestError {
        let failure = Failure::Damaged(Damage::Position, String::new());
        package::failed(self.input, self.sheet, Some(row), failure)
    }
}
