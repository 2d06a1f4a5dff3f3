//! A TOML file of a pack, read so that everything wrong with it is told at its place.

use std::cell::RefCell;
use std::ops::Range;

use serde::de::DeserializeOwned;
use toml::Spanned;
use toml::de::{DeTable, DeValue, Error, ValueDeserializer};

use super::fault::PackFault;
use super::place::Place;
use super::wrong::Wrong;
use crate::model::date::Date;
use crate::model::text::Text;

/// A value and where it stands.
pub(super) type Value<'a> = Spanned<DeValue<'a>>;

/// A file while it is read.
pub(super) struct Reader<'a> {
    /// The file as shown.
    pub(super) file: &'a str,
    text: &'a str,
    faults: RefCell<Vec<PackFault>>,
}

impl<'a> Reader<'a> {
    /// Begins to read a file.
    pub(super) fn new(file: &'a str, text: &'a str) -> Self {
        Self { file, text, faults: RefCell::default() }
    }

    /// The file as a table.
    pub(super) fn parse(&self) -> Option<DeTable<'a>> {
        match DeTable::parse(self.text) {
            Ok(table) => Some(table.into_inner()),
            Err(error) => {
                self.error(&error);
                None
            }
        }
    }

    /// Everything found wrong.
    pub(super) fn faults(self) -> Vec<PackFault> {
        self.faults.into_inner()
    }

    /// The place of a span.
    pub(super) fn place(&self, span: &Range<usize>) -> Place {
        Place::of(self.file, self.text, span)
    }

    /// Tells that something is wrong.
    pub(super) fn tell(&self, span: &Range<usize>, wrong: Wrong) {
        self.faults.borrow_mut().push(PackFault::At { at: self.place(span), wrong });
    }

    fn error(&self, error: &Error) {
        self.faults.borrow_mut().push(malformed(self.file, self.text, error));
    }

    /// Tells the keys of `table` that are not among those known.
    pub(super) fn known(&self, table: &DeTable<'_>, keys: &[&str]) {
        for key in table.keys().filter(|key| !keys.contains(&key.get_ref().as_ref())) {
            let known = keys.iter().map(|key| (*key).to_owned()).collect();
            self.tell(&key.span(), Wrong::Key { key: key.get_ref().to_string(), known });
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
            self.tell(&value.span(), Wrong::Form(text));
        }
        table
    }

    /// The value in a form of ours.
    pub(super) fn typed<T: DeserializeOwned>(&self, value: &Value<'a>) -> Option<T> {
        match T::deserialize(ValueDeserializer::from(value.clone())) {
            Ok(typed) => Some(typed),
            Err(error) => {
                let span = error.span().unwrap_or_else(|| value.span());
                self.tell(&span, Wrong::Form(chinese(error.message())));
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
            self.tell(at, Wrong::Missing { key: key.to_owned() });
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
            self.tell(&value.span(), Wrong::Value(text));
        }
        day
    }
}

/// The value under a key.
pub(super) fn get<'t, 'a>(table: &'t DeTable<'a>, key: &str) -> Option<&'t Value<'a>> {
    table.iter().find(|(known, _)| known.get_ref() == key).map(|(_, value)| value)
}

/// A TOML error at its place.
pub(super) fn malformed(file: &str, text: &str, error: &Error) -> PackFault {
    let at = error.span().map_or_else(|| Place::whole(file), |span| Place::of(file, text, &span));
    let wide = error.span().and_then(|span| text.get(span.start..)?.chars().next()).and_then(narrow);
    let message = wide.unwrap_or_else(|| chinese(error.message()));
    PackFault::At { at, wrong: Wrong::Form(message) }
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

/// What the reader of TOML says, in both languages as far as its sentences are known.
fn chinese(message: &str) -> Text {
    let quoted = |at: usize| message.split('`').nth(at).unwrap_or_default();
    let offered: Vec<&str> = message.split('`').skip(3).step_by(2).collect();
    let zh = match message {
        _ if message.starts_with("missing field") => format!("缺少键“{}”", quoted(1)),
        _ if message.starts_with("unknown field") => {
            let near = crate::model::suggest::closest(quoted(1), offered.iter().copied());
            let hint = near
                .map_or_else(|| format!("可用 {}", offered.join("、")), |near| format!("是否想写“{near}”？"));
            format!("不认识的键“{}”，{hint}", quoted(1))
        }
        _ if message.starts_with("unknown variant") => {
            format!("不能写“{}”，可取 {}", quoted(1), offered.join("、"))
        }
        _ if message.starts_with("invalid type") => format!("类型不对：{message}"),
        _ if message.starts_with("invalid value") => format!("值不对：{message}"),
        _ if message.contains("duplicate key") => "键重复".to_owned(),
        _ if message.starts_with("unclosed table") => "表名缺少右方括号".to_owned(),
        _ if message.starts_with("unclosed") => "括号没有收尾".to_owned(),
        _ if message.starts_with("key with no value") => "键后面缺少“= 值”".to_owned(),
        _ if message.contains("string values must be quoted") => "文字要放在引号里".to_owned(),
        _ if message.contains("basic string") || message.contains("literal string") => {
            "引号没有收尾".to_owned()
        }
        _ => format!("写法有误：{message}"),
    };
    Text::new(zh, message)
}

/// A step on the way to a value: into a table, or to an entry of a list.
#[derive(Clone, Copy, Debug)]
pub(super) enum Step<'s> {
    /// The value under a key.
    Key(&'s str),
    /// The entry at a position.
    At(usize),
}

/// Where the value at the end of a path stands.
pub(super) fn locate(file: &str, text: &str, path: &[Step<'_>]) -> Option<Place> {
    let root = DeTable::parse(text).ok()?;
    let span = root.span();
    let root = Spanned::new(span, DeValue::Table(root.into_inner()));
    let found = path.iter().try_fold(root, step)?;
    Some(Place::of(file, text, &found.span()))
}

fn step<'a>(value: Value<'a>, step: &Step<'_>) -> Option<Value<'a>> {
    match step {
        Step::Key(key) => value.get_ref().as_table().and_then(|table| get(table, key)).cloned(),
        Step::At(at) => value.get_ref().as_array().and_then(|list| list.get(*at)).cloned(),
    }
}
