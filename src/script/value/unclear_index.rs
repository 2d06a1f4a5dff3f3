//! Where the cells of a table are that were filled but not understood.

use std::sync::{Arc, OnceLock};

use crate::resources::meter;
use crate::table::Table;
use crate::table::column::Column;

/// The unclear cells of a table, found when first asked for.
#[derive(Debug)]
pub(crate) struct UnclearCells {
    /// Rows by column.
    columns: Vec<OnceLock<Arc<[u32]>>>,
    /// Rows with one in any column.
    any: OnceLock<Arc<[u32]>>,
}

impl UnclearCells {
    pub(crate) fn new(table: &Table) -> Self {
        Self { columns: table.columns.iter().map(|_| OnceLock::new()).collect(), any: OnceLock::new() }
    }

    /// Rows whose cell in the column is unclear, in order.
    pub(crate) fn of(&self, table: &Table, column: usize) -> &[u32] {
        let Some(slot) = self.columns.get(column) else { return &[] };
        slot.get_or_init(|| {
            meter::unmetered(
                || table.columns.get(column).map_or_else(Vec::new, Column::unclear).into(),
                |_| 0,
            )
        })
    }

    /// Rows with an unclear cell in any column, in order.
    pub(crate) fn any(&self, table: &Table) -> &[u32] {
        let rows = || {
            let cells = (0..self.columns.len()).flat_map(|column| self.of(table, column)).copied();
            let mut rows: Vec<u32> = cells.collect();
            rows.sort_unstable();
            rows.dedup();
            rows.into()
        };
        self.any.get_or_init(|| meter::unmetered(rows, |_| 0))
    }
}
