//! What a submission may hold, as declared in `rules/tables.toml`.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Deserialize;

use super::names::{ColumnNames, TableNames, ValueWords};

/// All declared tables.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Declarations {
    /// Tables in the order in which they are documented.
    #[serde(rename = "table")]
    pub tables: Vec<Arc<TableDecl>>,
    /// Their names as they are compared.
    #[serde(skip)]
    pub names: TableNames,
}

/// One declared table.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TableDecl {
    /// English name, used in rules and as a file stem.
    pub id: String,
    /// Chinese name.
    pub zh: String,
    /// Other names a file or sheet may carry.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// What the table holds.
    pub about: String,
    /// Exactly one row is expected.
    #[serde(default)]
    pub one_row: bool,
    /// Reference data that comes with the pack or the user, not with a submission.
    #[serde(default)]
    pub reference: bool,
    /// Columns in documented order.
    pub columns: Vec<ColumnDecl>,
    /// Their names as they are compared.
    #[serde(skip)]
    pub names: ColumnNames,
}

/// One declared column.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ColumnDecl {
    /// English name, used in rules.
    pub id: String,
    /// Chinese name.
    pub zh: String,
    /// Other headers it may carry.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Type of its cells.
    #[serde(rename = "type")]
    pub kind: ColumnType,
    /// Allowed values of an enumerated column: id to the words that mean it.
    #[serde(default)]
    pub values: BTreeMap<String, Vec<String>>,
    /// The column must be there and every cell filled.
    #[serde(default)]
    pub required: bool,
    /// Part of the key: no two rows alike.
    #[serde(default)]
    pub key: bool,
    /// `table.column` whose values this column refers to.
    pub refers: Option<String>,
    /// What kind of personal data the column holds.
    pub privacy: Option<Privacy>,
    /// The words of its values as they are compared.
    #[serde(skip)]
    pub words: ValueWords,
}

/// The type of a column's cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ColumnType {
    /// Free text, surrounding white space removed.
    Text,
    /// An identifier, matched exactly as written.
    Code,
    /// Several identifiers separated by `;`, `；`, `、`, `,` or `，`.
    Codes,
    /// A whole number.
    Integer,
    /// An exact decimal number.
    Decimal,
    /// A day.
    Date,
    /// A month, stored as its first day.
    Month,
    /// Yes or no.
    YesNo,
    /// One of the declared values, stored by id.
    Enumerated,
}

/// A kind of personal data, masked in every output.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Privacy {
    /// A person's name.
    Name,
    /// A citizen's identity number.
    IdNumber,
    /// A telephone number.
    Phone,
}

impl Declarations {
    /// The table with this id or Chinese name.
    pub fn table(&self, name: &str) -> Option<&Arc<TableDecl>> {
        self.tables.iter().find(|table| table.id == name || table.zh == name)
    }
}

impl TableDecl {
    /// Position of the column with this id or Chinese name.
    pub fn position(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.id == name || column.zh == name)
    }

    /// The column with this id or Chinese name.
    pub fn column(&self, name: &str) -> Option<&ColumnDecl> {
        self.position(name).and_then(|at| self.columns.get(at))
    }
}

impl ColumnDecl {
    /// Ids of an enumerated column in storage order.
    pub fn value_ids(&self) -> impl Iterator<Item = &str> {
        self.values.keys().map(String::as_str)
    }

    /// Storage number of the enumerated value whose id or word is `word`.
    pub fn value_number(&self, word: &str) -> Option<usize> {
        self.values.iter().position(|(id, words)| id == word || words.iter().any(|w| w == word))
    }

    /// Id of the enumerated value with this storage number.
    pub fn value_id(&self, number: usize) -> Option<&str> {
        self.value_ids().nth(number)
    }
}
