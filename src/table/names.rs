//! Declared names as they are compared: folded once, the first time they are asked for, and kept with the declarations.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use ahash::RandomState;

use super::normalize;
use super::table_schema::{ColumnDecl, ColumnType, Declarations, Naming, TableDecl};
use crate::resources::meter;

/// How well a header names a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rank {
    /// By its id or Chinese name.
    Own,
    /// By an alias.
    Alias,
    /// By a name that says the same in the words offices use for each other: 时间 and 日期, 科室 and 部门.
    Meant,
    /// By the running number of its rows, which stands for their code where a list gives none.
    Counted,
}

/// The header of running numbers.
const RUNNING: &str = "序号";

/// Longer texts, in bytes, are no headers in other words.
const LONGEST_HEADER: usize = 60;

/// A folded header with its words replaced by those that say the same.
fn meaning(folded: &str, naming: &Naming) -> String {
    naming.synonyms.iter().fold(folded.to_owned(), |name, (word, same)| name.replace(word, same))
}

/// The folded names of the columns of a table.
#[derive(Debug, Default)]
pub struct ColumnNames(OnceLock<HashMap<String, (usize, Rank)>>, OnceLock<HashMap<String, Option<usize>>>);

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

/// Names as they are written in rules, each with the position of what it names; of two things with one name the first.
#[derive(Debug, Default)]
pub struct Exact(OnceLock<HashMap<String, usize, RandomState>>);

impl Exact {
    /// The position for a name; all of them are gathered the first time, on nobody's account.
    fn position(
        &self,
        name: &str,
        all: impl FnOnce() -> HashMap<String, usize, RandomState>,
    ) -> Option<usize> {
        self.0.get_or_init(|| meter::unmetered(all, |_| 0)).get(name).copied()
    }
}

impl TableDecl {
    /// Position of the column with this id or Chinese name.
    pub fn position(&self, name: &str) -> Option<usize> {
        let names = |(at, column): (usize, &ColumnDecl)| [(column.id.clone(), at), (column.zh.clone(), at)];
        self.exact.position(name, || self.columns.iter().enumerate().rev().flat_map(names).collect())
    }

    /// The column with this folded name, and how well that names it.
    pub fn column_named(&self, folded: &str) -> Option<(usize, Rank)> {
        self.names.0.get_or_init(|| column_names(self)).get(folded).copied()
    }

    /// The one column that a folded name means in other words.
    pub fn column_meant(&self, folded: &str) -> Option<(usize, Rank)> {
        if folded.len() > LONGEST_HEADER {
            return None;
        }
        let meant = self.names.1.get_or_init(|| meanings(self));
        let meant = meant.get(&meaning(folded, &self.naming)).copied().flatten().map(|at| (at, Rank::Meant));
        meant.or_else(|| (folded == RUNNING).then(|| Some((self.counted()?, Rank::Counted)))?)
    }

    /// The column of codes that tell the rows apart and mean nothing else: designations of standards do.
    fn counted(&self) -> Option<usize> {
        let mut keys = self.columns.iter().enumerate().filter(|(_, column)| column.key);
        let (at, key) = keys.next().filter(|(_, key)| key.kind == ColumnType::Code && !key.designation)?;
        (keys.next().is_none() && key.refers.is_none() && !self.one_row && !self.optional).then_some(at)
    }
}

fn column_names(table: &TableDecl) -> HashMap<String, (usize, Rank)> {
    let mut names = HashMap::new();
    for (at, column) in table.columns.iter().enumerate() {
        for own in [&column.id, &column.zh] {
            names.insert(normalize::name(own), (at, Rank::Own));
        }
    }
    for (at, column) in table.columns.iter().enumerate() {
        for alias in &column.aliases {
            names.entry(normalize::name(alias)).or_insert((at, Rank::Alias));
        }
    }
    names
}

/// The columns by what their names mean; none where it would be two.
fn meanings(table: &TableDecl) -> HashMap<String, Option<usize>> {
    let mut meanings: HashMap<String, Option<usize>> = HashMap::new();
    for (name, (at, _)) in column_names(table) {
        let meaning = meaning(&name, &table.naming);
        if meaning.chars().count() < 2 {
            continue;
        }
        let known = meanings.entry(meaning).or_insert(Some(at));
        if *known != Some(at) {
            *known = None;
        }
    }
    meanings
}

impl Declarations {
    /// Every name of every table, in declared order.
    pub fn table_names(&self) -> &[TableName] {
        self.names.0.get_or_init(|| self.tables.iter().flat_map(table_names).collect())
    }
}

fn table_names(table: &Arc<TableDecl>) -> impl Iterator<Item = TableName> {
    let all = [&table.id, &table.zh].into_iter().chain(&table.aliases);
    all.map(|name| TableName { folded: normalize::name(name), name: name.clone(), table: Arc::clone(table) })
}

impl ColumnDecl {
    /// Storage number of the enumerated value with this id or of which this is a word.
    pub fn value_number(&self, word: &str) -> Option<usize> {
        let words = |(at, (id, words)): (usize, (&String, &Vec<String>))| {
            std::iter::once(id).chain(words).map(|word| (word.clone(), at)).collect::<Vec<_>>()
        };
        self.exact.position(word, || self.values.iter().enumerate().rev().flat_map(words).collect())
    }
}

impl ValueWords {
    /// The words; worked out by `make` the first time.
    pub fn get(&self, make: impl FnOnce() -> HashMap<String, u16>) -> Arc<HashMap<String, u16>> {
        Arc::clone(self.0.get_or_init(|| Arc::new(make())))
    }
}
