//! Departments: which one a row of the data names as the one that has to do with it.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::privacy::Redactor;
use crate::table::Table;
use crate::table::column::CellValue;
use crate::table::table_schema::{ColumnDecl, TableDecl};

/// The table of departments, and its columns that say which department a row is.
const DEPARTMENTS: &str = "departments";
const ID: &str = "id";
const NAME: &str = "name";
/// What columns refer to, or hold texts like, that name a department.
const CODES: &str = "departments.id";
const NAMES: &str = "departments.name";
/// A column of this id names who has to put a thing right, before any other.
const RESPONSIBLE: &str = "responsible";

fn names_one(column: &ColumnDecl) -> bool {
    column.refers.as_deref() == Some(CODES) || column.like.as_deref() == Some(NAMES)
}

/// The column that names the department of a row.
fn column(decl: &TableDecl) -> Option<usize> {
    if decl.id == DEPARTMENTS {
        return decl.position(NAME);
    }
    let of_id = decl.columns.iter().position(|column| column.id == RESPONSIBLE && names_one(column));
    of_id.or_else(|| decl.columns.iter().position(names_one))
}

/// The column of a row that names a department: its name, or its code where the table has codes.
pub(super) fn of_row(table: &Table, row: usize) -> Option<usize> {
    let column = column(&table.decl)?;
    let is_filled = match table.cell(row, column) {
        CellValue::Text(text) => !text.is_empty(),
        _ => false,
    };
    is_filled.then_some(column)
}

/// Names of departments by their codes, both as they may be shown.
pub fn names(tables: &BTreeMap<String, Arc<Table>>, redactor: &Redactor) -> BTreeMap<String, String> {
    let Some(table) = tables.get(DEPARTMENTS) else { return BTreeMap::new() };
    let (Some(id), Some(name)) = (table.decl.position(ID), table.decl.position(NAME)) else {
        return BTreeMap::new();
    };
    let masked_cell = |row: usize, column: usize| redactor.cell(table, row, column);
    let named = (0..table.len()).map(|row| (masked_cell(row, id), masked_cell(row, name)));
    // The first row of a code, as for any look-up by key.
    named.filter(|(_, name)| !name.is_empty()).fold(BTreeMap::new(), |mut names, (code, name)| {
        names.entry(code).or_insert(name);
        names
    })
}
