//! What the language and the host answer, without asking them: the common cases. `None` is for the host to answer.

use rhai::Map;

use super::ir::Comparison;
use crate::model::identity::birthday;
use crate::model::written;
use crate::script::error::sizes;
use crate::script::value::cells;
use crate::script::value::enumerated::Choice;
use crate::script::value::kernel_value::{Fallback, KernelResult, Value};
use crate::table::date::Date;
use crate::table::table_schema::TableDecl;

/// A property of a value.
pub(crate) fn property<'c>(value: &Value<'c>, name: &str) -> Option<Value<'c>> {
    match (value, name) {
        (Value::Day(day), "year" | "年") => {
            Some(Value::Int(day.ymd().map_or(0, |(year, _, _)| i64::from(year))))
        }
        _ => None,
    }
}

/// A comparison of values of `decl`'s table.
pub(crate) fn compare(
    decl: &TableDecl,
    comparison: Comparison,
    a: &Value<'_>,
    b: &Value<'_>,
) -> Option<bool> {
    let order = match (a, b) {
        (Value::Int(a), Value::Int(b)) => a.cmp(b),
        (Value::Day(a), Value::Day(b)) => a.cmp(b),
        (Value::Text(a), Value::Text(b)) => a.cmp(b),
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
        // Whatever is there is not empty.
        (Value::Row(_) | Value::Other(_) | Value::Held(_) | Value::Lent(_), Value::Unit)
        | (Value::Unit, Value::Row(_) | Value::Other(_) | Value::Held(_) | Value::Lent(_)) => {
            return equality(comparison).map(|wanted| !wanted);
        }
        _ => match a.with_text(|a| b.with_text(|b| a.cmp(b))).flatten() {
            Some(order) => order,
            None => return word(comparison, a, b).or_else(|| word(comparison, b, a)),
        },
    };
    Some(comparison.holds(order))
}

/// Whether a cell of another table says a word; one that is not declared is for the host to object to.
fn word(comparison: Comparison, choice: &Value<'_>, word: &Value<'_>) -> Option<bool> {
    let choice = choice.other()?.read_lock::<Choice>()?;
    let same = word.with_text(|word| choice.equals(word))?.ok()?;
    equality(comparison).map(|wanted| same == wanted)
}

/// Whether a text is in a list, in a map, or part of a text.
pub(crate) fn within(text: &str, list: &Value<'_>) -> Option<bool> {
    if let Value::Codes(codes) = list {
        return Some(written::codes(codes).any(|one| one == text));
    }
    if let Value::Lent(fixed) = list {
        let listed = fixed.texts.as_ref().map(|texts| texts.contains(text));
        let known = listed.or_else(|| Some(fixed.entries()?.contains_key(text)));
        if known.is_some() {
            return known;
        }
    }
    if let Some(whole) = list.with_text(|whole| whole.contains(text)) {
        return Some(whole);
    }
    let list = list.other()?;
    if let Some(map) = list.read_lock::<Map>() {
        return Some(map.contains_key(text));
    }
    let list = list.as_array_ref().ok()?;
    // Something that is no text is for the host to object to, unless the text is found before.
    let mut same = list.iter().map(|one| one.as_immutable_string_ref().ok().map(|one| one.as_str() == text));
    same.find(|same| *same != Some(false)).unwrap_or(Some(false))
}

/// `Some(true)` for `==`, `Some(false)` for `!=`.
pub(crate) fn equality(comparison: Comparison) -> Option<bool> {
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

/// Whether a whole number is in a list of them.
pub(crate) fn among(number: i64, list: &Value<'_>) -> Option<bool> {
    let list = list.other()?.as_array_ref().ok()?;
    // Something that is no whole number is for the host to object to, unless the number is found before.
    let mut same = list.iter().map(|one| one.as_int().ok().map(|one| one == number));
    same.find(|same| *same != Some(false)).unwrap_or(Some(false))
}

/// A function or operator.
pub(crate) fn call<'c>(name: &str, values: &[Value<'c>]) -> Option<KernelResult<Value<'c>>> {
    let answer = match (name, values) {
        ("blank", [value]) => Value::Bool(blank(value)?),
        ("filled", [value]) => Value::Bool(!blank(value)?),
        ("+", [a, b]) if !matches!(a, Value::Int(_)) => return joined(a, b),
        ("len", [Value::Text(text)]) => Value::Int(i64::try_from(text.chars().count()).ok()?),
        ("starts_with", [Value::Text(text), Value::Text(start)]) => Value::Bool(text.starts_with(start)),
        ("ends_with", [Value::Text(text), Value::Text(end)]) => Value::Bool(text.ends_with(end)),
        ("sub_string", [text, Value::Int(start)]) => return part(text, *start, i64::MAX).map(Ok),
        ("sub_string", [text, Value::Int(start), Value::Int(length)]) => {
            return part(text, *start, *length).map(Ok);
        }
        ("-", [Value::Day(a), Value::Day(b)]) => {
            Value::Int(i64::from(a.days()).checked_sub(i64::from(b.days()))?)
        }
        ("plus_days", [Value::Day(day), Value::Int(days)]) => return Some(shifted(day.plus_days(*days))),
        ("plus_months", [Value::Day(day), Value::Int(months)]) => {
            return Some(shifted(day.plus_months(*months)));
        }
        ("birthday", [Value::Text(text)]) => birthday(text).map_or(Value::Unit, Value::Day),
        (_, [Value::Int(a), Value::Int(b)]) => return whole(name, *a, *b),
        _ => return None,
    };
    Some(Ok(answer))
}

fn joined<'c>(a: &Value<'_>, b: &Value<'_>) -> Option<KernelResult<Value<'c>>> {
    let text = a.with_text(|a| b.with_text(|b| format!("{a}{b}"))).flatten()?;
    Some(if text.len() > sizes::TEXT { Err(Fallback) } else { Ok(Value::Other(text.into())) })
}

/// So many characters of a text from one on; those counted from the end are for the host.
fn part<'c>(text: &Value<'c>, start: i64, length: i64) -> Option<Value<'c>> {
    let (start, length) = (usize::try_from(start).ok()?, usize::try_from(length.max(0)).ok()?);
    Some(match text {
        Value::Text(text) => Value::Text(characters(text, start, length)),
        text => Value::Other(text.with_text(|text| characters(text, start, length).into())?),
    })
}

fn characters(text: &str, start: usize, length: usize) -> &str {
    let from = |text: &str, count: usize| text.char_indices().nth(count).map(|(at, _)| at);
    let rest = from(text, start).and_then(|at| text.get(at..)).unwrap_or_default();
    from(rest, length).and_then(|at| rest.get(..at)).unwrap_or(rest)
}

fn shifted<'c>(day: Option<Date>) -> KernelResult<Value<'c>> {
    day.map(Value::Day).ok_or(Fallback)
}

fn whole<'c>(name: &str, a: i64, b: i64) -> Option<KernelResult<Value<'c>>> {
    let number = match name {
        "+" => a.checked_add(b),
        "-" => a.checked_sub(b),
        "*" => a.checked_mul(b),
        "/" => a.checked_div(b),
        "%" => a.checked_rem(b),
        _ => return None,
    };
    Some(number.map(Value::Int).ok_or(Fallback))
}

fn blank(value: &Value<'_>) -> Option<bool> {
    Some(match value {
        Value::Unit | Value::Choice(_, None) => true,
        Value::Text(text) => text.trim().is_empty(),
        Value::Codes(text) => written::codes(text).next().is_none(),
        Value::Other(_) | Value::Held(_) | Value::Lent(_) => cells::blank(value.other()?),
        _ => false,
    })
}
