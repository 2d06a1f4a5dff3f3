//! Names of the types that values of a script have.

use std::any::TypeId;
use std::ops::{Range, RangeInclusive};

use rhai::{Array, Dynamic, FnPtr, ImmutableString, Map};
use rust_decimal::Decimal;

use crate::script::value::decision::RuleDecision;
use crate::script::value::enumerated::Choice;
use crate::script::value::rows::{Group, Row, Rows};
use crate::script::value::rule_context::Tables;
use crate::script::value::tree::Tree;
use crate::table::date::Date;

/// The name of a type, if a script can hold a value of it.
pub(crate) fn word(id: TypeId) -> Option<&'static str> {
    let known = [
        (TypeId::of::<Dynamic>(), ANY),
        (TypeId::of::<()>(), "()"),
        (TypeId::of::<bool>(), "bool"),
        (TypeId::of::<i64>(), "int"),
        (TypeId::of::<Decimal>(), "decimal"),
        (TypeId::of::<char>(), "char"),
        (TypeId::of::<ImmutableString>(), "String"),
        (TypeId::of::<Array>(), "Array"),
        (TypeId::of::<Map>(), "Map"),
        (TypeId::of::<FnPtr>(), "FnPtr"),
        (TypeId::of::<Range<i64>>(), "range"),
        (TypeId::of::<RangeInclusive<i64>>(), "inclusive_range"),
        (TypeId::of::<Tables>(), "tables"),
        (TypeId::of::<Rows>(), "rows"),
        (TypeId::of::<Row>(), "row"),
        (TypeId::of::<Group>(), "group"),
        (TypeId::of::<Tree>(), "tree"),
        (TypeId::of::<Date>(), "date"),
        (TypeId::of::<Choice>(), "choice"),
        (TypeId::of::<RuleDecision>(), "decision"),
    ];
    known.iter().find(|(known, _)| *known == id).map(|(_, word)| *word)
}

/// A value of any type.
pub(crate) const ANY: &str = "?";

/// The name of a type the script engine tells of as Rust writes it.
pub(crate) fn of_rust(written: &str) -> &'static str {
    let bare = written.trim().trim_start_matches("RhaiResultOf<").trim_start_matches("Result<");
    let bare = bare.split([',', '>']).next().unwrap_or_default();
    match bare.rsplit("::").next().unwrap_or_default().trim() {
        "" | "()" => "()",
        "bool" => "bool",
        "i64" | "INT" => "int",
        "Decimal" => "decimal",
        "char" => "char",
        "ImmutableString" | "String" | "string" => "String",
        "Array" | "Vec<Dynamic" => "Array",
        "Map" => "Map",
        _ => ANY,
    }
}
