//! What the host offers that a kernel may use: functions and operators that change nothing.

use super::ir::Each;
use crate::script::function::FunctionTable;

/// Operators and functions of the script language.
const LANGUAGE: [&str; 24] = [
    "+",
    "-",
    "*",
    "/",
    "%",
    "len",
    "is_empty",
    "starts_with",
    "ends_with",
    "index_of",
    "sub_string",
    "split",
    "to_upper",
    "to_lower",
    "to_string",
    "parse_int",
    "abs",
    "sign",
    "min",
    "max",
    "keys",
    "values",
    "extract",
    "is_odd",
];

/// Methods that take a closure.
const EACH: [(&str, Each); 6] = [
    ("any", Each::Any),
    ("some", Each::Some),
    ("all", Each::All),
    ("filter", Each::Filter),
    ("count", Each::Count),
    ("map", Each::Map),
];

/// Methods of text that change it in place; each is of use as a statement only.
const CHANGING: [&str; 4] = ["replace", "trim", "make_upper", "make_lower"];

/// Before the name of a method that changes its text: the value is the text as changed.
const CHANGED: &str = "changed by ";

/// The name by which the host knows the function.
pub(crate) fn known(functions: &FunctionTable, name: &str) -> Option<&'static str> {
    functions.with_kernel(name).or_else(|| LANGUAGE.into_iter().find(|known| *known == name))
}

/// What a method does with a closure.
pub(crate) fn each(functions: &FunctionTable, name: &str) -> Option<Each> {
    EACH.iter().find(|(known, _)| functions.is_called(known, name)).map(|(_, each)| *each)
}

/// Whether the method changes its text in place.
pub(crate) fn changes(method: &str) -> bool {
    CHANGING.contains(&method)
}

/// The call that stands for the text as changed by the method.
pub(crate) fn changing(method: &str) -> String {
    format!("{CHANGED}{method}")
}

/// The method, where the call stands for a text as changed by it.
pub(crate) fn changed_by(call: &str) -> Option<&str> {
    call.strip_prefix(CHANGED)
}
