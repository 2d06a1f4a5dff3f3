//! Declared names as they are compared: folded once, the first time they are asked for, and kept with the declarations.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use super::declare::{Declarations, TableDecl};
use super::fold;

/// How well a header names a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rank {
    /// By its id or Chinese name.
    Own,
    /// By an alias.
    Alias,
}

/// The folded names of the columns of a table.
#[derive(Debug, Default)]
pub struct ColumnNames(OnceLock<HashMap<String, (usize, Rank)>>);

/// The folded names of all tables.
#[derive(Debug, Default)]
pub struct TableNames(OnceLock<Vec<TableName>>);

/// One name of a table.
#[derive(Debug)]
pub struct TableName {
    /// As it is compared.
    pub folded: String,
    /// As it is declared.
    pub name: String,
    /// Whose it is.
    pub table: Arc<TableDecl>,
}

/// The folded words of an enumerated column, each with the storage number of its value.
#[derive(Debug, Default)]
pub struct ValueWords(OnceLock<Arc<HashMap<String, u16>>>);

impl TableDecl {
    /// The column with this folded name, and how well that names it.
    pub fn column_named(&self, folded: &str) -> Option<(usize, Rank)> {
        self.names.0.get_or_init(|| column_names(self)).get(folded).copied()
    }
}

fn column_names(table: &TableDecl) -> HashMap<String, (usize, Rank)> {
    let mut names = HashMap::new();
    for (at, column) in table.columns.iter().enumerate() {
        for own in [&column.id, &column.zh] {
            names.insert(fold::name(own), (at, Rank::Own));
        }
    }
    for (at, column) in table.columns.iter().enumerate() {
        for alias in &column.aliases {
            names.entry(fold::name(alias)).or_insert((at, Rank::Alias));
        }
    }
    names
}

impl Declarations {
    /// Every name of every table, in declared order.
    pub fn table_names(&self) -> &[TableName] {
        self.names.0.get_or_init(|| self.tables.iter().flat_map(table_names).collect())
    }
}

fn table_names(table: &Arc<TableDecl>) -> impl Iterator<Item = TableName> {
    let all = [&table.id, &table.zh].into_iter().chain(&table.aliases);
    all.map(|name| TableName { folded: fold::name(name), name: name.clone(), table: Arc::clone(table) })
}

impl ValueWords {
    /// The words; worked out by `make` the first time.
    pub fn get(&self, make: impl FnOnce() -> HashMap<String, u16>) -> Arc<HashMap<String, u16>> {
        Arc::clone(self.0.get_or_init(|| Arc::new(make())))
    }
}
