//! Values while a closure is evaluated for one row: cells as they lie in the column, all else as the script engine
//! has it.

use std::collections::HashSet;
use std::sync::Arc;

use rhai::{Array, Dynamic};

use super::super::choice::Choice;
use super::super::loaded::IndexedTable;
use super::super::rows::Row;
use crate::model::date::Date;
use crate::model::written;

/// A value.
#[derive(Clone, Debug)]
pub(super) enum Value<'c> {
    Unit,
    Bool(bool),
    Int(i64),
    Day(Date),
    Text(&'c str),
    /// A cell of codes, as written.
    Codes(&'c str),
    /// A cell of an enumerated column.
    Choice(usize, Option<u16>),
    /// The row itself.
    Row(u32),
    /// Anything else.
    Other(Dynamic),
}

/// A value that is the same for all rows.
#[derive(Debug)]
pub(super) struct Fixed {
    pub(super) value: Value<'static>,
    /// Its text, where it is text.
    text: Option<String>,
    /// Its texts, where it is a list of texts.
    pub(super) texts: Option<HashSet<String>>,
}

impl Fixed {
    pub(super) fn new(value: &Dynamic) -> Self {
        let text = value.clone().into_immutable_string().ok().map(|text| text.to_string());
        let texts = value.as_array_ref().ok().and_then(|list| texts(&list));
        Self { value: Value::of(value.clone()).unwrap_or_else(Value::Other), text, texts }
    }

    /// The value as the evaluation of a row sees it.
    pub(super) fn get(&self) -> Value<'_> {
        match &self.text {
            Some(text) => Value::Text(text),
            None => self.value.clone(),
        }
    }

    /// Its text.
    pub(super) fn text(&self) -> Option<&str> {
        self.text.as_deref()
    }
}

fn texts(list: &Array) -> Option<HashSet<String>> {
    list.iter().map(|one| one.clone().into_string().ok()).collect()
}

impl Value<'_> {
    /// A value of the script engine that kernels know; else the value again.
    fn of(value: Dynamic) -> Result<Value<'static>, Dynamic> {
        if value.is_unit() {
            Ok(Value::Unit)
        } else if let Ok(number) = value.as_int() {
            Ok(Value::Int(number))
        } else if let Ok(yes) = value.as_bool() {
            Ok(Value::Bool(yes))
        } else if let Some(day) = value.read_lock::<Date>().map(|day| *day) {
            Ok(Value::Day(day))
        } else {
            Err(value)
        }
    }

    /// The same, free of the columns.
    pub(super) fn kept(&self, of: &Arc<IndexedTable>) -> Value<'static> {
        match self {
            Self::Unit => Value::Unit,
            Self::Bool(yes) => Value::Bool(*yes),
            Self::Int(number) => Value::Int(*number),
            Self::Day(day) => Value::Day(*day),
            Self::Choice(column, number) => Value::Choice(*column, *number),
            Self::Row(at) => Value::Row(*at),
            Self::Text(_) | Self::Codes(_) | Self::Other(_) => Value::Other(self.dynamic(of)),
        }
    }

    /// As the script engine has it.
    pub(super) fn dynamic(&self, of: &Arc<IndexedTable>) -> Dynamic {
        match self {
            Self::Unit => Dynamic::UNIT,
            Self::Bool(yes) => (*yes).into(),
            Self::Int(number) => (*number).into(),
            Self::Day(day) => Dynamic::from(*day),
            Self::Text(text) => (*text).into(),
            Self::Codes(text) => {
                written::codes(text).map(|code| Dynamic::from(code.to_owned())).collect::<Array>().into()
            }
            Self::Choice(column, number) => Dynamic::from(Choice::new(&of.table.decl, *column, *number)),
            Self::Row(at) => Dynamic::from(Row { of: Arc::clone(of), at: *at }),
            Self::Other(value) => value.clone(),
        }
    }
}

impl From<Dynamic> for Value<'_> {
    fn from(value: Dynamic) -> Self {
        Value::of(value.flatten()).unwrap_or_else(Value::Other)
    }
}
