//! The column that others refer to.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::table::Table;
use crate::table::column::Lookup;
use crate::table::memory::Reserved;
use crate::table::table_schema::ColumnDecl;

/// The codes that may be referred to in one column.
pub(super) struct Referred<'a> {
    pub(super) table: &'a Table,
    pub(super) column: &'a ColumnDecl,
    pub(super) codes: Lookup<'a>,
    _counted: Reserved<'a>,
}

impl<'a> Referred<'a> {
    /// The column of this name, as `grids.id`; `None` where it is not in the submission: nothing can be said then.
    pub(super) fn of(tables: &'a BTreeMap<String, Arc<Table>>, name: &str) -> Option<Self> {
        let (table, column) = name.split_once('.')?;
        let table = tables.get(table)?;
        let at = table.decl.position(column)?;
        if !table.present || !table.has_column(at) {
            return None;
        }
        let cells = table.columns.get(at)?;
        let codes = Lookup::of(cells);
        let counted = cells.memory().reserve(codes.bytes());
        Some(Self { table, column: table.decl.columns.get(at)?, codes, _counted: counted })
    }
}
