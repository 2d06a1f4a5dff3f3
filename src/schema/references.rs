//! References: every code that refers to another table is found there.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use super::notices;
use crate::model::declare::{ColumnDecl, ColumnType, Declarations, TableDecl};
use crate::model::finding::Location;
use crate::model::fold;
use crate::model::gather::{Gather, Kind};
use crate::model::grid;
use crate::model::kind;
use crate::model::privacy::Masking;
use crate::model::table::Table;
use crate::model::written;

/// The codes that may be referred to in one column.
struct Known<'a> {
    table: &'a TableDecl,
    column: &'a ColumnDecl,
    codes: HashSet<Cow<'a, str>>,
    /// How they look, worked out once something is not found.
    looks: OnceCell<HashSet<String>>,
}

/// Reports references to nothing. Where the table referred to is not in the submission, nothing can be said.
pub(super) fn check(
    decls: &Declarations,
    tables: &BTreeMap<String, Arc<Table>>,
    masking: Masking,
    gather: &mut Gather,
) {
    let mut known: HashMap<&str, Option<Known<'_>>> = HashMap::new();
    for decl in &decls.tables {
        let Some(table) = tables.get(&decl.id).filter(|table| !table.is_empty()) else { continue };
        for (at, column) in decl.columns.iter().enumerate() {
            let Some(target) = column.refers.as_deref() else { continue };
            let known = known.entry(target).or_insert_with(|| Known::of(tables, target));
            if let Some(known) = known {
                check_column(table, at, column, known, masking, gather);
            }
        }
    }
}

impl<'a> Known<'a> {
    fn of(tables: &'a BTreeMap<String, Arc<Table>>, target: &str) -> Option<Self> {
        let (table, column) = target.split_once('.')?;
        let table = tables.get(table)?;
        let at = table.decl.columns.iter().position(|decl| decl.id == column)?;
        if !table.present || !table.has_column(at) {
            return None;
        }
        let cells = table.columns.get(at)?;
        let codes = (0..table.len()).map(|row| cells.text(row)).filter(|code| !code.is_empty()).collect();
        Some(Self { table: &table.decl, column: table.decl.columns.get(at)?, codes, looks: OnceCell::new() })
    }

    /// Whether a code that is not there looks like one that is.
    fn looks_known(&self, code: &str) -> bool {
        let looks = self.looks.get_or_init(|| self.codes.iter().map(|code| fold::look(code)).collect());
        looks.contains(&fold::look(code))
    }
}

fn check_column(
    table: &Table,
    at: usize,
    column: &ColumnDecl,
    known: &Known<'_>,
    masking: Masking,
    gather: &mut Gather,
) {
    let Some(cells) = table.columns.get(at) else { return };
    let target = format!("{}.{}", table.decl.id, column.id);
    let several = column.kind == ColumnType::Codes;
    for row in 0..table.len() {
        let cell = cells.text(row);
        let Some(lost) = lost(&cell, several, known) else { continue };
        let alike = known.looks_known(lost);
        let detail = if alike { "alike" } else { "" };
        let kind = Kind { rule: kind::DANGLING_REFERENCE, target: &target, detail };
        let referred = (known.table, known.column);
        let say = if alike { notices::look_alike } else { notices::dangling };
        let notice = || say(&table.decl, column, referred);
        let grid = grid::of_row(table, row, masking);
        gather.add_in(grid.as_deref(), kind, notice, || Location::of(table, row, Some(at), masking));
    }
}

/// The first code of a cell that is not known.
fn lost<'a>(cell: &'a str, several: bool, known: &Known<'_>) -> Option<&'a str> {
    if !several {
        return (!cell.is_empty() && !known.codes.contains(cell)).then_some(cell);
    }
    written::codes(cell).find(|code| !known.codes.contains(*code))
}
