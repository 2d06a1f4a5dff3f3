//! What a submission does not have, and which items rest on it.

use crate::assessment::session::Session;
use crate::model::dataset::Dataset;
use crate::model::diagnosis::{MissingColumn, MissingTable, Named};
use crate::rulebook::ItemsByData;
use crate::table::Table;
use crate::table::table_schema::{ColumnDecl, TableDecl};

/// A table by its names.
pub(super) fn named_table(table: &TableDecl) -> Named {
    Named { id: table.id.clone(), zh: table.zh.clone() }
}

/// A column by its names.
pub(super) fn named_column(column: &ColumnDecl) -> Named {
    Named { id: column.id.clone(), zh: column.zh.clone() }
}

/// Declared tables that are not there, those of which no requirement rests left out.
pub(super) fn tables(session: &Session, items: &ItemsByData, dataset: &Dataset) -> Vec<MissingTable> {
    let declared = session.declarations.tables.iter().filter(|table| table.is_sent() && !table.optional);
    let absent = |table: &TableDecl| dataset.tables.get(&table.id).is_none_or(|table| !table.present);
    let missing = declared.filter(|table| absent(table));
    missing
        .map(|table| MissingTable { table: named_table(table), items: items.of_table(&table.id).to_vec() })
        .collect()
}

/// Declared columns that tables which are there do not have in any of their sources, but for those that only some have.
pub(super) fn columns(items: &ItemsByData, dataset: &Dataset) -> Vec<MissingColumn> {
    let present = dataset.tables.values().filter(|table| table.present && table.decl.is_sent());
    present.flat_map(|table| of_table(items, table)).collect()
}

fn of_table(items: &ItemsByData, table: &Table) -> Vec<MissingColumn> {
    let columns = table.decl.columns.iter().enumerate();
    columns
        .filter(|(at, column)| !table.has_column(*at) && (column.required || !column.seldom))
        .map(|(_, column)| MissingColumn {
            table: named_table(&table.decl),
            column: named_column(column),
            required: column.required,
            items: items.of_column(&table.decl.id, &column.id).to_vec(),
        })
        .collect()
}
