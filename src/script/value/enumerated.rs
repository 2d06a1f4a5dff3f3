//! Cells of enumerated columns as rules see them: comparing one with a word that is not declared is an error.

use std::fmt;
use std::sync::Arc;

use rhai::{EvalAltResult, ImmutableString};

use crate::script::error;
use crate::table::table_schema::{ColumnDecl, TableDecl};

/// One cell of an enumerated column; possibly empty.
#[derive(Clone, Debug)]
pub(crate) struct Choice {
    decl: Arc<TableDecl>,
    column: usize,
    number: Option<u16>,
}

type Compared = Result<bool, Box<EvalAltResult>>;

impl Choice {
    pub(crate) fn new(decl: &Arc<TableDecl>, column: usize, number: Option<u16>) -> Self {
        Self { decl: Arc::clone(decl), column, number }
    }

    /// Whether the cell is empty.
    pub(crate) fn blank(&self) -> bool {
        self.number.is_none()
    }

    fn column(&self) -> Option<&ColumnDecl> {
        self.decl.columns.get(self.column)
    }

    /// Whether the cell says the word.
    pub(crate) fn equals(&self, word: &str) -> Compared {
        let Some(column) = self.column().filter(|_| !word.is_empty()) else { return Ok(self.blank()) };
        match column.value_number(word) {
            Some(number) => Ok(self.number.map(usize::from) == Some(number)),
            None => Err(error::unknown_value(&self.decl, column, word)),
        }
    }
}

impl fmt::Display for Choice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let id = self.number.and_then(|number| self.column()?.value_id(usize::from(number)));
        f.write_str(id.unwrap_or_default())
    }
}

pub(crate) fn equals(choice: &mut Choice, word: ImmutableString) -> Compared {
    choice.equals(&word)
}

pub(crate) fn differs(choice: &mut Choice, word: ImmutableString) -> Compared {
    choice.equals(&word).map(|same| !same)
}

pub(crate) fn equals_reversed(word: ImmutableString, choice: Choice) -> Compared {
    choice.equals(&word)
}

pub(crate) fn differs_reversed(word: ImmutableString, choice: Choice) -> Compared {
    choice.equals(&word).map(|same| !same)
}

pub(crate) fn same(one: &mut Choice, other: Choice) -> bool {
    one.to_string() == other.to_string()
}

pub(crate) fn not_same(one: &mut Choice, other: Choice) -> bool {
    one.to_string() != other.to_string()
}

pub(crate) fn to_text(choice: &mut Choice) -> String {
    choice.to_string()
}
