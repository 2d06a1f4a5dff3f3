//! What the host answers in kernels: its own functions, without the script engine's way to them.

use std::sync::Arc;

use rhai::{Dynamic, ImmutableString};

use super::evaluate::{Sure, Unsure};
use super::kernel_value::Value;
use crate::script::error::Res;
use crate::script::stdlib::{lookups, remembered, selections};
use crate::script::value::loaded_table::IndexedTable;
use crate::script::value::rows::Rows;
use crate::script::value::rule_context::Tables;
use crate::script::value::{patterns, texts};

/// A function of the host; `None` is for the script engine to find.
pub(crate) fn call<'c>(name: &str, values: &[Value<'c>], of: &Arc<IndexedTable>) -> Option<Sure<Value<'c>>> {
    match values {
        [one] => about_one(name, one).map(Ok),
        [text, other] if matches!(name, "mentions" | "matches" | "parts" | "initials_fit") => {
            text.with_text(|text| about_text(name, text, other)).flatten()
        }
        [tables, number] if name == "edition" => {
            let around = Arc::clone(&tables.other()?.read_lock::<Tables>()?.around);
            number.with_text(|number| Ok(Value::remembered(remembered::edition(&around, number))))
        }
        [rows, column, value] if matches!(name, "find" | "where") => {
            if let ("find", Some(found)) = (name, find_text(rows, column, value)) {
                return Some(found);
            }
            let mut rows = rows.other()?.read_lock::<Rows>()?.clone();
            let (column, value) = (column.with_text(|name| ImmutableString::from(name))?, value.dynamic(of));
            let found = match name {
                "find" => lookups::find(&mut rows, column, value),
                _ => lookups::matching_value(&mut rows, column, value).map(Dynamic::from),
            };
            Some(sure(found))
        }
        _ => None,
    }
}

/// Most look-ups are by a text: it goes to the index as it lies in its column.
fn find_text<'c>(rows: &Value<'_>, column: &Value<'_>, value: &Value<'_>) -> Option<Sure<Value<'c>>> {
    let rows = rows.other()?.read_lock::<Rows>()?;
    let found = column.with_text(|name| value.with_text(|text| lookups::find_text(&rows, name, text)));
    found??.map(sure)
}

fn sure<'c>(answer: Res<Dynamic>) -> Sure<Value<'c>> {
    answer.map(Value::from).map_err(|_| Unsure)
}

fn about_one<'c>(name: &str, value: &Value<'c>) -> Option<Value<'c>> {
    let answer = match name {
        "own_number" => remembered::number,
        "own_number_fault" => remembered::fault,
        "undated" => remembered::number_undated,
        "origin_of" => remembered::origin,
        "place_of" => remembered::place,
        "count" | "is_empty" => {
            let mut rows = value.other()?.read_lock::<Rows>()?.clone();
            return Some(match name {
                "count" => Value::Int(selections::count(&mut rows)),
                _ => Value::Bool(selections::is_empty(&mut rows)),
            });
        }
        _ => return None,
    };
    value.with_text(answer).map(Value::remembered)
}

fn about_text<'c>(name: &str, text: &str, other: &Value<'_>) -> Option<Sure<Value<'c>>> {
    Some(match (name, other) {
        ("mentions", Value::Lent(words)) => Ok(Value::Bool(words.keywords()?.suit(text))),
        ("matches", pattern) => {
            let regex = pattern.with_text(patterns::compiled)?;
            regex.map(|regex| Value::Bool(regex.is_match(text))).map_err(|_| Unsure)
        }
        ("initials_fit", name) => {
            Ok(Value::Bool(name.with_text(|name| remembered::initials_fit(text, name))?))
        }
        ("parts", signs) => {
            let signs = signs.other()?.as_array_ref().ok()?;
            let signs: Option<Vec<_>> =
                signs.iter().map(|sign| sign.as_immutable_string_ref().ok()).collect();
            let signs = signs?;
            let parts = texts::parts(text, signs.iter().map(|sign| sign.as_str()));
            Ok(Value::Other(parts.into_iter().map(Dynamic::from).collect::<rhai::Array>().into()))
        }
        _ => return None,
    })
}
