//! Reads a TOML file of a pack; every error is reported at its place, not only the first.

use std::cell::RefCell;
use std::ops::Range;
use std::sync::Arc;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use toml::Spanned;
use toml::de::{DeTable, DeValue, Error, ValueDeserializer};

use super::fault::PackFault;
use super::pack_error::PackError;
use super::place::{Place, Source};
use crate::model::text::Text;
use crate::model::toml_error;
use crate::table::date::Date;

/// A value and where it stands.
pub(super) type Value<'a> = Spanned<DeValue<'a>>;

/// A file while it is read.
pub(super) struct Reader<'a> {
    source: Arc<Source>,
    text: &'a str,
    faults: RefCell<Vec<PackFault>>,
}

/// Errors reported at most for one file, or one kind of check; the rest is dropped.
pub(super) const MOST_ERRORS: usize = 100;

impl<'a> Reader<'a> {
    /// Begins to read a file.
    pub(super) fn new(file: &str, text: &'a str) -> Self {
        Self { source: Source::new(file, text), text, faults: RefCell::default() }
    }

    /// The file as a table.
    pub(super) fn parse(&self) -> Option<DeTable<'a>> {
        match DeTable::parse(self.text) {
            Ok(table) => Some(table.into_inner()),
            Err(error) => {
                self.faults.borrow_mut().push(malformed_in(&self.source, self.text, &error));
                None
            }
        }
    }

    /// The errors found.
    pub(super) fn faults(self) -> Vec<PackFault> {
        self.faults.into_inner()
    }

    /// The place of a span.
    pub(super) fn place(&self, span: &Range<usize>) -> Place {
        self.source.place(span)
    }

    /// Reports an error at the bytes of a span.
    pub(super) fn add_error(&self, span: &Range<usize>, error: PackError) {
        self.add_error_at(&self.place(span), error);
    }

    /// Reports an error at a place; beyond [`MOST_ERRORS`] errors are dropped.
    pub(super) fn add_error_at(&self, at: &Place, error: PackError) {
        let mut faults = self.faults.borrow_mut();
        if faults.len() < MOST_ERRORS {
            faults.push(PackFault::at(at, error));
        }
    }

    /// Reports each key of `table` that is not among `keys`.
    pub(super) fn check_keys(&self, table: &DeTable<'_>, keys: &[&str]) {
        for key in table.keys().filter(|key| !keys.contains(&key.get_ref().as_ref())) {
            let known = keys.iter().map(|key| (*key).to_owned()).collect();
            self.add_error(&key.span(), PackError::Key { key: key.get_ref().to_string(), known });
        }
    }

    /// The value as a table.
    pub(super) fn table<'v>(&self, value: &'v Value<'a>) -> Option<&'v DeTable<'a>> {
        let table = value.get_ref().as_table();
        if table.is_none() {
            let found = kind(value.get_ref());
            let text = Text::new(
                format!("应为一个表，这里是{}", found.zh),
                format!("a table is wanted, not {}", found.en),
            );
            self.add_error(&value.span(), PackError::Form(text));
        }
        table
    }

    /// The value in a form of ours.
    pub(super) fn typed<T: DeserializeOwned>(&self, value: &Value<'a>) -> Option<T> {
        match T::deserialize(ValueDeserializer::from(value.clone())) {
            Ok(typed) => Some(typed),
            Err(error) => {
                let span = error.span().unwrap_or_else(|| value.span());
                self.add_error(&span, PackError::Form(toml_error::translate(error.message())));
                None
            }
        }
    }

    /// The value under a key, if it is there.
    pub(super) fn optional<T: DeserializeOwned>(&self, table: &DeTable<'a>, key: &str) -> Option<T> {
        get(table, key).and_then(|value| self.typed(value))
    }

    /// The value under a key that must be there; `at` is what it is missing in.
    pub(super) fn required<T: DeserializeOwned>(
        &self,
        table: &DeTable<'a>,
        key: &str,
        at: &Range<usize>,
    ) -> Option<T> {
        if get(table, key).is_none() {
            self.add_error(at, PackError::Missing { key: key.to_owned() });
        }
        self.optional(table, key)
    }

    /// Text in both languages, or one text for both.
    pub(super) fn words(&self, table: &DeTable<'a>, key: &str) -> Option<Text> {
        let value = get(table, key)?;
        match value.get_ref().as_str() {
            Some(text) => Some(Text::new(text, text)),
            None => self.typed(value),
        }
    }

    /// A day, with or without quotes.
    pub(super) fn day(&self, table: &DeTable<'a>, key: &str) -> Option<Date> {
        let value = get(table, key)?;
        let written = match value.get_ref() {
            DeValue::Datetime(date) => date.to_string(),
            DeValue::String(text) => text.to_string(),
            _ => String::new(),
        };
        let day = Date::from_iso(&written);
        if day.is_none() {
            let text = Text::new("日期写成 2026-06-30", "a day is written 2026-06-30");
            self.add_error(&value.span(), PackError::Value(text));
        }
        day
    }
}

/// The value under a key.
pub(super) fn get<'t, 'a>(table: &'t DeTable<'a>, key: &str) -> Option<&'t Value<'a>> {
    table.iter().find(|(known, _)| known.get_ref() == key).map(|(_, value)| value)
}

/// A value without its place.
pub(super) fn plain(value: &Value<'_>) -> Option<toml::Value> {
    toml::Value::deserialize(ValueDeserializer::from(value.clone())).ok()
}

/// A TOML error at its place.
pub(super) fn malformed(file: &str, text: &str, error: &Error) -> PackFault {
    malformed_in(&Source::new(file, text), text, error)
}

fn malformed_in(source: &Arc<Source>, text: &str, error: &Error) -> PackFault {
    let at = error.span().map_or_else(|| source.whole(), |span| source.place(&span));
    let wide = error.span().and_then(|span| text.get(span.start..)?.chars().next()).and_then(narrow);
    let message = wide.unwrap_or_else(|| toml_error::translate(error.message()));
    PackFault::At { at, error: PackError::Form(message) }
}

/// What to say about a full-width sign in the place of a narrow one.
fn narrow(sign: char) -> Option<Text> {
    let meant = match sign {
        '“' | '”' | '‘' | '’' => '"',
        '，' | '、' => ',',
        '【' | '〔' => '[',
        '】' | '〕' => ']',
        '\u{3000}' => ' ',
        '！'..='～' => char::from_u32(u32::from(sign).checked_sub(0xfee0)?)?,
        _ => return None,
    };
    Some(Text::new(
        format!("全角符号“{sign}”应写成半角“{meant}”"),
        format!("the full-width sign `{sign}` should be `{meant}`"),
    ))
}

fn kind(value: &DeValue<'_>) -> Text {
    let (zh, en) = match value {
        DeValue::String(_) => ("文字", "a text"),
        DeValue::Integer(_) => ("整数", "a number"),
        DeValue::Float(_) => ("小数", "a decimal"),
        DeValue::Boolean(_) => ("是否", "true or false"),
        DeValue::Datetime(_) => ("日期", "a date"),
        DeValue::Array(_) => ("列表", "a list"),
        DeValue::Table(_) => ("表", "a table"),
    };
    Text::new(zh, en)
}

/// A step on the way to a value: into a table, or to an entry of a list.
#[derive(Clone, Copy, Debug)]
pub(super) enum Step<'s> {
    /// The value under a key.
    Key(&'s str),
    /// The entry at a position.
    At(usize),
}

/// A TOML file that was read already, in which values are found again.
pub(super) struct Outline<'t> {
    source: Arc<Source>,
    root: Option<DeTable<'t>>,
}

impl<'t> Outline<'t> {
    /// O(bytes of the text).
    pub(super) fn new(file: &str, text: &'t str) -> Self {
        let root = DeTable::parse(text).ok().map(Spanned::into_inner);
        Self { source: Source::new(file, text), root }
    }

    /// Its topmost table.
    pub(super) fn root(&self) -> Option<&DeTable<'t>> {
        self.root.as_ref()
    }

    /// Where a value of it stands.
    pub(super) fn of(&self, value: &Value<'t>) -> Place {
        self.source.place(&value.span())
    }

    /// Where the value at the end of a path stands, or the last one on the way to it that is there.
    pub(super) fn place(&self, path: &[Step<'_>]) -> Place {
        let Some((Step::Key(first), rest)) = path.split_first() else { return self.source.whole() };
        let Some(mut value) = self.root().and_then(|root| get(root, first)) else {
            return self.source.whole();
        };
        for next in rest {
            let Some(inner) = step(value, next) else { break };
            value = inner;
        }
        self.of(value)
    }
}

fn step<'t, 'a>(value: &'t Value<'a>, step: &Step<'_>) -> Option<&'t Value<'a>> {
    match step {
        Step::Key(key) => value.get_ref().as_table().and_then(|table| get(table, key)),
        Step::At(at) => value.get_ref().as_array().and_then(|list| list.get(*at)),
    }
}
