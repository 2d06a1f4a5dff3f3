//! Types of parameters and results.
//!
//! A parameter that names a column says so: `column` (of the rows or the row it is called on), `columns` (several of
//! them in a list), `column or value`, `column of NAME` (of the rows given as the parameter NAME), `value of NAME` (a
//! value of the column that NAME names); `pattern` is a regular expression. To whoever reads the function reference
//! they are texts, lists and values.

/// What a function gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Type {
    /// Something that the declaration does not tell.
    Any,
    Nothing,
    Bool,
    Int,
    Decimal,
    Text,
    Date,
    /// Rows of the table it is called on; of `t.…`, of the rows given first.
    Rows,
    Row,
    Group,
    Tree,
    /// Places for a decision.
    Cells,
    Decision,
    /// A CSV file beside a test.
    CsvFile,
    List(&'static Self),
    /// A list of what the closure makes.
    Made,
    /// By key; without keys where these are not known.
    Map(&'static [(&'static str, Self)]),
    /// Or `()`.
    Optional(&'static Self),
}

impl Type {
    /// The word for it in the function reference.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Any | Self::Optional(_) => "?",
            Self::Nothing => "()",
            Self::Bool => "bool",
            Self::Int => "int",
            Self::Decimal => "decimal",
            Self::Text => "String",
            Self::Date => "date",
            Self::Rows => "rows",
            Self::Row => "row",
            Self::Group => "group",
            Self::Tree => "tree",
            Self::Cells => "cells",
            Self::Decision => "decision",
            Self::CsvFile => "csv_file",
            Self::List(_) | Self::Made => "Array",
            Self::Map(_) => "Map",
        }
    }
}

/// An argument that names a column; arguments are counted after the receiver.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ColumnArgument {
    /// Of the receiver.
    Own(usize),
    /// Of the receiver, or several in a list.
    OwnList(usize),
    /// Of the receiver where it is text: otherwise a value to compare with.
    OwnOrValue(usize),
    /// Of the rows given as another argument: which argument, and which are the rows.
    Of(usize, usize),
    /// A value of the column that another argument names: the value, and the column.
    Value(usize, usize),
}

impl ColumnArgument {
    /// The argument of this declared type; `place` gives the place of a parameter.
    pub(crate) fn of(kind: &str, at: usize, place: impl Fn(&str) -> Option<usize>) -> Option<Self> {
        match kind {
            "column" => Some(Self::Own(at)),
            "columns" => Some(Self::OwnList(at)),
            "column or value" => Some(Self::OwnOrValue(at)),
            _ => match kind.split_once(" of ")? {
                ("column", rows) => place(rows).map(|rows| Self::Of(at, rows)),
                ("value", column) => place(column).map(|column| Self::Value(at, column)),
                _ => None,
            },
        }
    }
}

/// The word in the function reference for the declared type of a parameter.
pub(crate) fn documented(kind: &str) -> &str {
    match kind {
        "column" | "pattern" => "String",
        "columns" => "Array",
        "column or value" => "?",
        _ if kind.starts_with("column of ") => "String",
        _ if kind.starts_with("value of ") => "?",
        _ => kind,
    }
}
