//! Whether the rows of a submission have a file behind them.

use std::collections::BTreeMap;

/// For each table whose rows have files, whether that of each row is there, opens and has something in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RowEvidence(BTreeMap<String, Vec<bool>>);

impl RowEvidence {
    /// Notes the rows of a table, in its order.
    pub fn insert(&mut self, table: String, rows: Vec<bool>) {
        self.0.insert(table, rows);
    }

    /// The rows of a table; nothing where they need no file: what they were exported from is the record itself.
    pub fn of(&self, table: &str) -> Option<&[bool]> {
        self.0.get(table).map(Vec::as_slice)
    }

    /// Number of rows, and of those with a file.
    pub fn count(&self) -> (u64, u64) {
        let rows = || self.0.values().flatten();
        let count = |number: usize| u64::try_from(number).unwrap_or(u64::MAX);
        (count(rows().count()), count(rows().filter(|backed| **backed).count()))
    }
}
