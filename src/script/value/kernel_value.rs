//! Values while a closure is evaluated for one row: cells as they lie in the column, all else as the script engine
//! has it.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, OnceLock};

use rhai::{Array, Dynamic, Map};

use super::enumerated::Choice;
use super::loaded_table::IndexedTable;
use super::rows::Row;
use super::texts::Keywords;
use crate::model::written;
use crate::table::date::Date;

/// A kernel gives up: the closure is interpreted, which would object, or might.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Fallback;

/// What a kernel works out.
pub(crate) type KernelResult<T> = Result<T, Fallback>;

/// A value.
#[derive(Clone, Debug)]
pub(crate) enum Value<'c> {
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
    /// Anything else that costs something to copy.
    Held(Arc<Dynamic>),
    /// Anything else that is the same for all rows.
    Lent(&'c Fixed),
}

/// A value that is the same for all rows.
#[derive(Debug)]
pub(crate) struct Fixed {
    pub(crate) value: Value<'static>,
    /// Its text, where it is text.
    text: Option<String>,
    /// Its texts, where it is a list of texts.
    pub(crate) texts: Option<HashSet<String>>,
    /// Its entries by name, where it is a map.
    entries: OnceLock<HashMap<String, Self>>,
    keywords: OnceLock<Keywords>,
}

impl Fixed {
    pub(crate) fn new(value: Dynamic) -> Self {
        let text = value.as_immutable_string_ref().ok().map(|text| text.to_string());
        let texts = value.as_array_ref().ok().and_then(|list| texts(&list));
        let value = Value::of(value).unwrap_or_else(Value::Other);
        Self { value, text, texts, entries: OnceLock::new(), keywords: OnceLock::new() }
    }

    /// The value as the evaluation of a row sees it.
    pub(crate) fn get(&self) -> Value<'_> {
        match (&self.text, &self.value) {
            (Some(text), _) => Value::Text(text),
            (None, Value::Other(_)) => Value::Lent(self),
            (None, value) => value.clone(),
        }
    }

    /// Its entries, where it is a map: many rows may look things up in it.
    pub(crate) fn entries(&self) -> Option<&HashMap<String, Self>> {
        let Value::Other(value) = &self.value else { return None };
        let map = value.read_lock::<Map>()?;
        let entry = |(name, value): (&rhai::Identifier, &Dynamic)| {
            (name.to_string(), Self::new(value.flatten_clone()))
        };
        Some(self.entries.get_or_init(|| map.iter().map(entry).collect()))
    }

    /// Keywords to look for, where it is a list of texts.
    pub(crate) fn keywords(&self) -> Option<&Keywords> {
        let texts = self.texts.as_ref()?;
        Some(self.keywords.get_or_init(|| Keywords::new(texts.iter().map(String::as_str))))
    }

    /// Its text.
    pub(crate) fn text(&self) -> Option<&str> {
        self.text.as_deref()
    }
}

fn texts(list: &Array) -> Option<HashSet<String>> {
    list.iter().map(|one| one.clone().into_string().ok()).collect()
}

impl<'c> Value<'c> {
    /// A value of the script engine, where it is none that lies in a column.
    pub(crate) fn other(&self) -> Option<&Dynamic> {
        match self {
            Self::Other(value) => Some(value),
            Self::Held(value) => Some(value),
            Self::Lent(fixed) => match &fixed.value {
                Value::Other(value) => Some(value),
                _ => None,
            },
            _ => None,
        }
    }

    /// Asks about its text, where it is text.
    pub(crate) fn with_text<T>(&self, ask: impl FnOnce(&str) -> T) -> Option<T> {
        match self {
            Self::Text(text) => Some(ask(text)),
            _ => self.other()?.as_immutable_string_ref().ok().map(|text| ask(&text)),
        }
    }

    /// The same value, to be read many times.
    pub(crate) fn shared(self) -> Value<'c> {
        match self {
            Self::Other(value) if !value.is_string() => Value::Held(Arc::new(value)),
            same => same,
        }
    }

    /// The value that a memo holds.
    pub(crate) fn from_memo(value: Arc<Dynamic>) -> Value<'static> {
        if value.is_map() { Value::Held(value) } else { Value::from((*value).clone()) }
    }

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

    /// The same value, borrowing nothing from the columns.
    pub(crate) fn to_owned_value(&self, of: &Arc<IndexedTable>) -> Value<'static> {
        match self {
            Self::Unit => Value::Unit,
            Self::Bool(yes) => Value::Bool(*yes),
            Self::Int(number) => Value::Int(*number),
            Self::Day(day) => Value::Day(*day),
            Self::Choice(column, number) => Value::Choice(*column, *number),
            Self::Row(at) => Value::Row(*at),
            Self::Held(value) => Value::Held(Arc::clone(value)),
            Self::Text(_) | Self::Codes(_) | Self::Other(_) | Self::Lent(_) => {
                Value::Other(self.dynamic(of)).shared()
            }
        }
    }

    /// As the script engine has it.
    pub(crate) fn dynamic(&self, of: &Arc<IndexedTable>) -> Dynamic {
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
            Self::Held(value) => (**value).clone(),
            Self::Lent(fixed) => fixed.value.dynamic(of),
        }
    }
}

impl From<Dynamic> for Value<'_> {
    fn from(value: Dynamic) -> Self {
        Value::of(value.flatten()).unwrap_or_else(Value::Other)
    }
}
