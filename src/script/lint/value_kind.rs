//! What kind of value an expression comes to, as far as the script and the declarations show.

use std::collections::BTreeMap;

use crate::model::text::Text;
use crate::table::table_schema::{ColumnDecl, ColumnType};

/// A kind of value; tables and columns by their ids.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub(crate) enum ValueKind {
    #[default]
    Unknown,
    Nothing,
    Bool,
    /// A yes-no cell: perhaps empty.
    YesNo,
    Int,
    Decimal,
    Text,
    Date,
    Choice(String, String),
    Policy(String),
    Tables,
    Params,
    Rows(String),
    Row(String),
    Group(String),
    Tree(String),
    List(Box<ValueKind>),
    /// By key.
    Map(BTreeMap<String, ValueKind>),
    Decision,
}

/// Parts of lists and maps that are followed.
const PARTS: usize = 200;

/// Kinds that are compared with their own only.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Number,
    Text,
    YesNo,
    Date,
    Choice,
}

impl ValueKind {
    /// Of the cells of a column.
    pub(crate) fn of_cell(table: &str, column: &ColumnDecl) -> Self {
        match column.kind {
            ColumnType::Text | ColumnType::Code => Self::Text,
            ColumnType::Codes => Self::Text.list(),
            ColumnType::Integer => Self::Int,
            ColumnType::Decimal => Self::Decimal,
            ColumnType::Date | ColumnType::Month => Self::Date,
            ColumnType::YesNo => Self::YesNo,
            ColumnType::Enumerated => Self::Choice(table.to_owned(), column.id.clone()),
        }
    }

    /// The table of rows.
    pub(crate) fn table(&self) -> Option<&str> {
        match self {
            Self::Rows(table) => Some(table),
            _ => None,
        }
    }

    /// A map with these keys.
    pub(crate) fn map<'k>(entries: impl IntoIterator<Item = (&'k str, Self)>) -> Self {
        Self::Map(entries.into_iter().map(|(key, kind)| (key.to_owned(), kind)).collect()).within_bounds()
    }

    /// A list of such.
    pub(crate) fn list(self) -> Self {
        Self::List(Box::new(self)).within_bounds()
    }

    /// Nothing is known of a value of too many parts: maps of maps double with each line that is written.
    pub(crate) fn within_bounds(self) -> Self {
        if self.parts() > PARTS { Self::Unknown } else { self }
    }

    fn parts(&self) -> usize {
        let inner = match self {
            Self::List(element) => element.parts(),
            Self::Map(entries) => entries.values().map(Self::parts).sum(),
            _ => 0,
        };
        inner.saturating_add(1)
    }

    /// Either of two. Lists of such are lists of either, and maps of the same keys have either under each.
    pub(crate) fn or(self, other: Self) -> Self {
        match (self, other) {
            (Self::List(one), Self::List(other)) => Self::List(Box::new(one.or(*other))),
            (Self::Map(one), Self::Map(mut other)) if one.keys().eq(other.keys()) => {
                let either = |(key, kind): (String, Self)| {
                    let kind = kind.or(other.remove(&key).unwrap_or_default());
                    (key, kind)
                };
                Self::Map(one.into_iter().map(either).collect())
            }
            (one, other) if one == other => one,
            _ => Self::Unknown,
        }
    }

    fn class(&self) -> Option<Class> {
        match self {
            Self::Int | Self::Decimal => Some(Class::Number),
            Self::Text | Self::Policy(_) => Some(Class::Text),
            Self::Bool | Self::YesNo => Some(Class::YesNo),
            Self::Date => Some(Class::Date),
            Self::Choice(..) => Some(Class::Choice),
            _ => None,
        }
    }

    /// Whether comparing the two stops the rule. A choice is compared with text by its words.
    pub(crate) fn clashes(&self, other: &Self) -> bool {
        match (self.class(), other.class()) {
            (Some(Class::Choice), Some(Class::Text)) | (Some(Class::Text), Some(Class::Choice)) => false,
            (Some(one), Some(other)) => one != other,
            _ => false,
        }
    }

    /// In words.
    pub(crate) fn words(&self) -> Text {
        let (zh, en) = match self.class() {
            Some(Class::Number) => ("数", "a number"),
            Some(Class::Text) => ("文字", "text"),
            Some(Class::YesNo) => ("是/否", "a yes-no value"),
            Some(Class::Date) => ("日期", "a date"),
            Some(Class::Choice) => ("枚举值", "an enumerated value"),
            None => ("其他值", "another value"),
        };
        Text::new(zh, en)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn either_of_two_maps_of_the_same_keys_has_either_under_each() {
        let map = |share: ValueKind, rows: &str| {
            ValueKind::map([("share", share), ("rows", ValueKind::Rows(rows.to_owned()))])
        };
        let either = map(ValueKind::Int, "grids").or(map(ValueKind::Int, "events"));
        assert_eq!(either, ValueKind::map([("share", ValueKind::Int), ("rows", ValueKind::Unknown)]));
        assert_eq!(either.clone().list().or(either.clone().list()), either.clone().list());
        assert_eq!(either.or(ValueKind::map([("share", ValueKind::Int)])), ValueKind::Unknown);
        assert_eq!(ValueKind::Int.list().or(ValueKind::Text.list()), ValueKind::Unknown.list());
    }
}
