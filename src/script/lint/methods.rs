//! What the operations on tables take and give: which arguments name columns, and what comes of them.

use super::kind::Kind;

/// An argument that names a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Naming {
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

use Naming::{Of, Own, OwnList, OwnOrValue, Value};

/// Which arguments of a method of rows or of a row name columns.
pub(super) fn naming(name: &str) -> &'static [Naming] {
    match name {
        "unique" | "group" | "sum" | "latest" | "alike" | "lacks" | "blank" | "filled" | "drawn"
        | "misdrawn" | "overlaps" | "malformed" | "at" | "drawn_area" => &[Own(0)],
        "duplicates" => &[OwnList(0)],
        "where" | "find" => &[Own(0), Value(1, 0)],
        "refers" | "dangling" => &[Own(0), Of(2, 1)],
        "tree" => &[Own(0), Own(1)],
        "later" | "earlier" | "above" | "below" => &[Own(0), OwnOrValue(1)],
        "uncovered" => &[Own(0), Of(2, 1), Own(3)],
        "outside" => &[Own(0), Own(1), Of(3, 2)],
        _ => &[],
    }
}

/// What a method of rows of a table comes to.
pub(super) fn of_rows(name: &str, table: &str, arguments: usize, element: Kind) -> Kind {
    let rows = || Kind::Rows(table.to_owned());
    match name {
        "filter" | "duplicates" | "alike" | "blank" | "filled" | "where" | "refers" | "dangling"
        | "except" | "later" | "earlier" | "above" | "below" | "malformed" | "drawn" => rows(),
        "any" | "all" | "is_empty" | "lacks" => Kind::Bool,
        "count" => Kind::Int,
        // Where there is none it is nothing: that is the author's to see to.
        "first" | "last" | "latest" | "find" => Kind::Row(table.to_owned()),
        "map" => element.list(),
        "unique" if arguments == 1 => Kind::Text.list(),
        "group" => Kind::Group(table.to_owned()).list(),
        "tree" => Kind::Tree(table.to_owned()),
        _ => Kind::Unknown,
    }
}

/// What a function of the program comes to.
pub(super) fn of_function(name: &str) -> Kind {
    match name {
        "met" | "unmet" | "absent" | "unknown" | "measured" | "require" | "require_none" | "advise"
        | "all_of" | "based_on" => Kind::Decision,
        "date" | "plus_months" | "plus_days" => Kind::Date,
        "ratio" => Kind::Decimal,
        "blank" | "filled" | "has_digit" | "all_digits" | "mentions" | "matches" | "same_standard"
        | "initials_fit" | "valid_id_number" | "valid_credit_code" | "contains" | "!" => Kind::Bool,
        "undated" | "origin_of" | "place_of" | "join" | "initials" => Kind::Text,
        "parts" | "quoted" => Kind::Text.list(),
        _ => Kind::Unknown,
    }
}
