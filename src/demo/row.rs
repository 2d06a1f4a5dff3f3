//! One row of a table before it is written: its cells in one buffer that is used again.

use std::fmt::Write as _;

/// Cells of a row.
#[derive(Clone, Debug, Default)]
pub(super) struct Row {
    text: String,
    ends: Vec<usize>,
}

impl Row {
    /// Forgets the cells.
    pub(super) fn clear(&mut self) {
        self.text.clear();
        self.ends.clear();
    }

    /// Adds a cell.
    pub(super) fn cell(&mut self, text: &str) -> &mut Self {
        self.text.push_str(text);
        self.end()
    }

    /// Adds a cell of several parts.
    pub(super) fn parts(&mut self, parts: &[&str]) -> &mut Self {
        for part in parts {
            self.text.push_str(part);
        }
        self.end()
    }

    /// Adds a cell that ends with a number of at least so many digits.
    pub(super) fn numbered(&mut self, prefix: &str, number: u64, digits: usize) -> &mut Self {
        self.text.push_str(prefix);
        // Writing to a string cannot fail.
        let _ = write!(self.text, "{number:0digits$}");
        self.end()
    }

    fn end(&mut self) -> &mut Self {
        self.ends.push(self.text.len());
        self
    }

    /// The number of cells.
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// A cell, empty beyond the last.
    pub(super) fn get(&self, at: usize) -> &str {
        let start = at.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        self.ends.get(at).and_then(|end| self.text.get(start..*end)).unwrap_or_default()
    }

    /// Puts another text into a cell.
    pub(super) fn set(&mut self, at: usize, text: &str) {
        let mut changed = Self::default();
        for cell in 0..self.len() {
            changed.cell(if cell == at { text } else { self.get(cell) });
        }
        *self = changed;
    }

    /// All cells.
    pub(super) fn cells(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|at| self.get(at))
    }
}
