//! Places a decision rests on: a whole table costs as much as one row.

use std::sync::Arc;

use super::loaded_table::IndexedTable;
use super::rows::{Row, Rows};
use super::selection::Chosen;
use super::unclear::Cause;

/// A place in a table: a cell, a row, or the table as a whole.
#[derive(Clone, Debug)]
pub(crate) struct CellRef {
    pub(crate) of: Arc<IndexedTable>,
    pub(crate) row: Option<usize>,
    pub(crate) column: Option<usize>,
}

/// Places of one table after each other.
#[derive(Clone, Debug)]
pub(crate) struct CellRefsOfTable {
    pub(crate) of: Arc<IndexedTable>,
    /// None: the table as a whole.
    pub(crate) rows: Option<Chosen>,
    pub(crate) column: Option<usize>,
}

/// Places in order.
#[derive(Clone, Debug, Default)]
pub(crate) struct CellRefs(Vec<CellRefsOfTable>);

impl CellRefs {
    /// The rows, or their cells in one column.
    pub(crate) fn of_rows(rows: &Rows, column: Option<usize>) -> Self {
        Self(vec![CellRefsOfTable { of: Arc::clone(&rows.of), rows: Some(rows.chosen.clone()), column }])
    }

    /// The row, or its cell in one column.
    pub(crate) fn of_row(row: &Row, column: Option<usize>) -> Self {
        let rows = Some([row.at].into_iter().collect());
        Self(vec![CellRefsOfTable { of: Arc::clone(&row.of), rows, column }])
    }

    /// A cell that was not understood.
    pub(crate) fn of_cell(cause: &Cause) -> Self {
        let rows = Some([cause.row].into_iter().collect());
        Self(vec![CellRefsOfTable { of: Arc::clone(&cause.of), rows, column: Some(cause.column) }])
    }

    /// The table as a whole.
    pub(crate) fn of_table(of: &Arc<IndexedTable>) -> Self {
        Self(vec![CellRefsOfTable { of: Arc::clone(of), rows: None, column: None }])
    }

    /// Number of places.
    pub(crate) fn len(&self) -> usize {
        self.0.iter().map(CellRefsOfTable::len).fold(0, usize::saturating_add)
    }

    /// Whether there are none.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.iter().all(|cells| cells.len() == 0)
    }

    /// The places table by table.
    pub(crate) fn tables(&self) -> &[CellRefsOfTable] {
        &self.0
    }

    /// The places one by one.
    pub(crate) fn iter(&self) -> impl Iterator<Item = CellRef> + '_ {
        self.0.iter().flat_map(CellRefsOfTable::iter)
    }
}

impl FromIterator<Self> for CellRefs {
    fn from_iter<I: IntoIterator<Item = Self>>(parts: I) -> Self {
        Self(parts.into_iter().flat_map(|part| part.0).collect())
    }
}

impl CellRefsOfTable {
    fn len(&self) -> usize {
        self.rows.as_ref().map_or(1, Chosen::len)
    }

    fn iter(&self) -> impl Iterator<Item = CellRef> + '_ {
        let table = self.rows.is_none().then_some(None);
        let rows = self.rows.iter().flat_map(|rows| rows.iter().map(|at| Some(at as usize)));
        let cell = |row| CellRef { of: Arc::clone(&self.of), row, column: self.column };
        table.into_iter().chain(rows).map(cell)
    }
}
