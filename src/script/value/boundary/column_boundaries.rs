//! The boundaries drawn in one column, read at most once for each column of a submission.

use super::area::{self, Boundary};

use crate::model::text::Text;
use crate::table::Table;

/// What is drawn in a column.
#[derive(Debug)]
pub(crate) struct ColumnBoundaries {
    /// By row, in table order: the boundary, or what is wrong with it. Rows without a boundary are not there.
    read: Vec<(u32, Result<Boundary, Text>)>,
}

impl ColumnBoundaries {
    /// Reads them.
    pub(crate) fn new(table: &Table, column: usize) -> Self {
        let rows = 0..u32::try_from(table.len()).unwrap_or(u32::MAX);
        let cells = table.columns.get(column);
        let read = |at: u32| Some((at, area::read(&cells?.text(at as usize))?));
        Self { read: rows.filter_map(read).collect() }
    }

    /// What is drawn in the row.
    pub(crate) fn at(&self, row: u32) -> Option<&Result<Boundary, Text>> {
        let place = self.read.binary_search_by_key(&row, |(at, _)| *at).ok()?;
        self.read.get(place).map(|(_, read)| read)
    }
}
