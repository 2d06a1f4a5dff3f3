//! Missing columns that a closure reads of its row: noted before a kernel runs, and alike where it is interpreted.

use super::ir::Ir;
use super::unclear_cells::columns;
use crate::script::value::loaded_table::IndexedTable;
use crate::script::value::taint;

/// Takes note of the missing columns that the closure may read, where it can be seen which these are; else false.
pub(crate) fn noted(ir: &Ir, of: &IndexedTable) -> bool {
    if !of.lacks_any() {
        return true;
    }
    let Some(columns) = columns(ir, &of.table.decl) else { return false };
    columns.into_iter().for_each(|column| taint::read(of, column));
    true
}

/// Whether it can be seen which columns the closure reads.
pub(crate) fn is_plain(ir: &Ir, of: &IndexedTable) -> bool {
    !of.lacks_any() || columns(ir, &of.table.decl).is_some()
}
