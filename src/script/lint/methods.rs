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
        "unique" | "group" | "sum" | "latest" | "alike" | "lacks" | "blank" | "filled" | "told" | "drawn"
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
    let (rows, row) = (|| Kind::Rows(table.to_owned()), || Kind::Row(table.to_owned()));
    match name {
        "filter" | "duplicates" | "alike" | "blank" | "filled" | "told" | "where" | "refers" | "dangling"
        | "except" | "later" | "earlier" | "above" | "below" | "malformed" | "drawn" => rows(),
        "any" | "all" | "is_empty" | "lacks" => Kind::Bool,
        "count" => Kind::Int,
        // Where there is none it is nothing: that is the author's to see to.
        "first" | "last" | "latest" | "find" => row(),
        "map" => element.list(),
        "unique" if arguments == 1 => Kind::Text.list(),
        "group" => Kind::Group(table.to_owned()).list(),
        "tree" => Kind::Tree(table.to_owned()),
        "overlaps" => Kind::map([("one", row()), ("other", row()), ("area", Kind::Int)]).list(),
        "uncovered" | "outside" => Kind::map([("row", row()), ("area", Kind::Int)]).list(),
        "misdrawn" => Kind::map([("row", row()), ("zh", Kind::Text), ("en", Kind::Text)]).list(),
        _ => Kind::Unknown,
    }
}

/// What a method of all tables, as `t.division(code)`, comes to; `first` is what it is given first.
pub(super) fn of_tables(name: &str, first: Kind) -> Kind {
    let unknown = |key| (key, Kind::Unknown);
    match name {
        "division" => Kind::map([
            ("status", Kind::Text),
            ("name", Kind::Text),
            unknown("ended"),
            ("successors", Kind::Text.list()),
            ("predecessors", Kind::Text.list()),
        ]),
        "edition" => Kind::map([
            ("status", Kind::Text),
            ("replaced_by", Kind::Text),
            ("fault", Kind::Text),
            unknown("ended"),
        ]),
        "known_requirement" => Kind::Bool,
        "lapsed" | "foreign" | "papers" | "related" | "fitting" => first,
        "titled" => Kind::map([("sure", first.clone()), ("likely", first), ("others", Kind::Text.list())]),
        "unlike" => Kind::map([("rows", first), ("compared", Kind::Int)]),
        _ => Kind::Unknown,
    }
}

/// The properties of a host value by their English names; none where the value has others too.
pub(super) fn properties(kind: &Kind) -> Option<&'static [&'static str]> {
    match kind {
        Kind::Rows(_) => Some(&["missing"]),
        Kind::Group(_) => Some(&["key", "rows"]),
        Kind::Tree(_) => Some(&["roots", "orphans", "cycles", "leaves", "strays"]),
        Kind::Date => Some(&["year", "chinese"]),
        Kind::Decision => Some(&["outcome"]),
        _ => None,
    }
}

/// What a function of the program comes to.
pub(super) fn of_function(name: &str) -> Kind {
    match name {
        "met" | "unmet" | "absent" | "unknown" | "measured" | "require" | "require_none" | "advise"
        | "all_of" | "based_on" | "resting_on" | "by_itself" | "grave" => Kind::Decision,
        "date" | "plus_months" | "plus_days" => Kind::Date,
        "ratio" => Kind::Decimal,
        "blank" | "filled" | "has_digit" | "all_digits" | "mentions" | "matches" | "same_standard"
        | "initials_fit" | "valid_id_number" | "valid_credit_code" | "contains" | "!" => Kind::Bool,
        "undated" | "origin_of" | "place_of" | "join" | "initials" => Kind::Text,
        "parts" | "quoted" => Kind::Text.list(),
        "own_number" => Kind::map([
            ("initials", Kind::Text),
            ("class", Kind::Text),
            ("group", Kind::Text),
            ("order", Kind::Int),
            ("year", Kind::Int),
        ]),
        "spread" => Kind::map([
            ("count", Kind::Int),
            ("different", Kind::Int),
            ("each", Kind::Int),
            ("columns", Kind::Int),
            ("common", Kind::Unknown),
        ]),
        "reused" => Kind::map([("share", Kind::Decimal), ("texts", Kind::Int), ("rows", Kind::Unknown)]),
        "tally" => Kind::map([("zh", Kind::Text), ("en", Kind::Text)]),
        "own_number_fault" => Kind::map([("kinds", Kind::Text.list()), ("corrected", Kind::Text)]),
        _ => Kind::Unknown,
    }
}
