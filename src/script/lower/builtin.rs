//! What the language and the host answer, without asking them: the common cases. `None` is for the host to answer.

use rhai::Dynamic;

use super::super::identity;
use super::super::lookups;
use super::super::rows::Rows;
use super::super::texts;
use super::evaluate::{Sure, Unsure};
use super::ir::Comparison;
use super::value::Value;
use crate::model::date::Date;
use crate::model::declare::TableDecl;
use crate::model::identity::{birthday, valid_id_number};
use crate::model::written;

/// A property of a value.
pub(super) fn property<'c>(value: &Value<'c>, name: &str) -> Option<Value<'c>> {
    match (value, name) {
        (Value::Day(day), "year" | "年") => {
            Some(Value::Int(day.ymd().map_or(0, |(year, _, _)| i64::from(year))))
        }
        _ => None,
    }
}

/// A comparison of values of `decl`'s table.
pub(super) fn compare(
    decl: &TableDecl,
    comparison: Comparison,
    a: &Value<'_>,
    b: &Value<'_>,
) -> Option<bool> {
    let order = match (a, b) {
        (Value::Int(a), Value::Int(b)) => a.cmp(b),
        (Value::Day(a), Value::Day(b)) => a.cmp(b),
        (Value::Text(a), Value::Text(b)) => a.cmp(b),
        (Value::Text(a), Value::Other(b)) => (*a).cmp(b.as_immutable_string_ref().ok()?.as_str()),
        (Value::Other(a), Value::Text(b)) => a.as_immutable_string_ref().ok()?.as_str().cmp(b),
        (Value::Other(a), Value::Other(b)) => {
            a.as_immutable_string_ref().ok()?.as_str().cmp(b.as_immutable_string_ref().ok()?.as_str())
        }
        (Value::Unit, Value::Unit) => return equality(comparison),
        (Value::Int(_) | Value::Day(_), Value::Unit) | (Value::Unit, Value::Int(_) | Value::Day(_)) => {
            return Some(comparison.with_empty());
        }
        (Value::Bool(_) | Value::Text(_), Value::Unit) | (Value::Unit, Value::Bool(_) | Value::Text(_)) => {
            return equality(comparison).map(|wanted| !wanted);
        }
        (Value::Bool(a), Value::Bool(b)) => return equality(comparison).map(|wanted| (a == b) == wanted),
        (Value::Choice(column, number), Value::Text(word))
        | (Value::Text(word), Value::Choice(column, number)) => {
            let same = chosen(decl, *column, *number, word)?;
            return equality(comparison).map(|wanted| same == wanted);
        }
        _ => return None,
    };
    Some(comparison.holds(order))
}

/// `Some(true)` for `==`, `Some(false)` for `!=`.
pub(super) fn equality(comparison: Comparison) -> Option<bool> {
    match comparison {
        Comparison::Equal => Some(true),
        Comparison::Different => Some(false),
        _ => None,
    }
}

/// Whether the cell says the word; a word that is not declared is for the host to object to.
fn chosen(decl: &TableDecl, column: usize, number: Option<u16>, word: &str) -> Option<bool> {
    if word.is_empty() {
        return Some(number.is_none());
    }
    Some(number.map(usize::from) == Some(decl.columns.get(column)?.value_number(word)?))
}

/// Whether the needle is among the codes, or among whole numbers.
pub(super) fn within(list: &Value<'_>, needle: &Value<'_>) -> Option<bool> {
    match (list, needle) {
        (Value::Codes(codes), Value::Text(code)) => Some(written::codes(codes).any(|one| one == *code)),
        (Value::Other(list), Value::Int(number)) => {
            let numbers: Option<Vec<i64>> =
                list.as_array_ref().ok()?.iter().map(|one| one.as_int().ok()).collect();
            Some(numbers?.contains(number))
        }
        _ => None,
    }
}

/// A function or operator.
pub(super) fn call<'c>(name: &str, values: &[Value<'c>]) -> Option<Sure<Value<'c>>> {
    let answer = match (name, values) {
        ("blank", [value]) => Value::Bool(blank(value)?),
        ("filled", [value]) => Value::Bool(!blank(value)?),
        ("len", [Value::Text(text)]) => Value::Int(i64::try_from(text.chars().count()).ok()?),
        ("starts_with", [Value::Text(text), Value::Text(start)]) => Value::Bool(text.starts_with(start)),
        ("ends_with", [Value::Text(text), Value::Text(end)]) => Value::Bool(text.ends_with(end)),
        ("-", [Value::Day(a), Value::Day(b)]) => {
            Value::Int(i64::from(a.days()).checked_sub(i64::from(b.days()))?)
        }
        ("plus_days", [Value::Day(day), Value::Int(days)]) => return Some(shifted(day.plus_days(*days))),
        ("plus_months", [Value::Day(day), Value::Int(months)]) => {
            return Some(shifted(day.plus_months(*months)));
        }
        ("birthday", [Value::Text(text)]) => birthday(text).map_or(Value::Unit, Value::Day),
        ("find", [Value::Other(rows), Value::Text(column), Value::Text(key)]) => {
            return found(&*rows.read_lock::<Rows>()?, column, key);
        }
        ("find", [Value::Other(rows), Value::Text(column), Value::Other(key)]) => {
            return found(&*rows.read_lock::<Rows>()?, column, &key.as_immutable_string_ref().ok()?);
        }
        (_, [Value::Int(a), Value::Int(b)]) => return whole(name, *a, *b),
        (_, [Value::Text(text)]) => Value::Bool(about_text(name)?(text)),
        _ => return None,
    };
    Some(Ok(answer))
}

/// The first row with this text in the column.
fn found<'c>(rows: &Rows, column: &str, key: &str) -> Option<Sure<Value<'c>>> {
    let row = lookups::find_text(rows, column, key).map_err(|_| Unsure);
    Some(row.map(|row| row.map_or(Value::Unit, |row| Value::Other(Dynamic::from(row)))))
}

/// Questions about a text that rest on nothing else.
pub(super) fn about_text(name: &str) -> Option<fn(&str) -> bool> {
    Some(match name {
        "has_digit" => texts::has_digit,
        "all_digits" => texts::all_digits,
        "valid_id_number" => valid_id_number,
        "valid_credit_code" => identity::valid_credit_code,
        "phone_form" => identity::phone_form,
        _ => return None,
    })
}

fn shifted<'c>(day: Option<Date>) -> Sure<Value<'c>> {
    day.map(Value::Day).ok_or(Unsure)
}

fn whole<'c>(name: &str, a: i64, b: i64) -> Option<Sure<Value<'c>>> {
    let number = match name {
        "+" => a.checked_add(b),
        "-" => a.checked_sub(b),
        "*" => a.checked_mul(b),
        "/" => a.checked_div(b),
        "%" => a.checked_rem(b),
        _ => return None,
    };
    Some(number.map(Value::Int).ok_or(Unsure))
}

fn blank(value: &Value<'_>) -> Option<bool> {
    Some(match value {
        Value::Unit | Value::Choice(_, None) => true,
        Value::Text(text) => text.trim().is_empty(),
        Value::Codes(text) => written::codes(text).next().is_none(),
        Value::Other(_) => return None,
        _ => false,
    })
}
