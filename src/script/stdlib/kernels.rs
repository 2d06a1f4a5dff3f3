//! What functions of the host answer inside kernels, without the script engine's way to them. `None` is for the script
//! engine to answer.

use std::sync::Arc;

use rhai::{Array, Dynamic, ImmutableString};

use super::{answer_memo, lookups, selections};
use crate::script::error::Res;
use crate::script::value::kernel_value::{Fallback, KernelResult, Value};
use crate::script::value::loaded_table::IndexedTable;
use crate::script::value::rows::Rows;
use crate::script::value::rule_context::Tables;
use crate::script::value::{patterns, texts};

type Answer<'c> = Option<KernelResult<Value<'c>>>;

fn sure<'c>(answer: Res<Dynamic>) -> KernelResult<Value<'c>> {
    answer.map(Value::from).map_err(|_| Fallback)
}

fn of_one_text<'c>(values: &[Value<'c>], answer: fn(&str) -> Arc<Dynamic>) -> Answer<'c> {
    let [one] = values else { return None };
    one.with_text(answer).map(Value::from_memo).map(Ok)
}

pub(crate) fn own_number<'c>(values: &[Value<'c>], _: &Arc<IndexedTable>) -> Answer<'c> {
    of_one_text(values, answer_memo::number)
}

pub(crate) fn own_number_fault<'c>(values: &[Value<'c>], _: &Arc<IndexedTable>) -> Answer<'c> {
    of_one_text(values, answer_memo::fault)
}

pub(crate) fn undated<'c>(values: &[Value<'c>], _: &Arc<IndexedTable>) -> Answer<'c> {
    of_one_text(values, answer_memo::number_undated)
}

pub(crate) fn origin_of<'c>(values: &[Value<'c>], _: &Arc<IndexedTable>) -> Answer<'c> {
    of_one_text(values, answer_memo::origin)
}

pub(crate) fn place_of<'c>(values: &[Value<'c>], _: &Arc<IndexedTable>) -> Answer<'c> {
    of_one_text(values, answer_memo::place)
}

pub(crate) fn count<'c>(values: &[Value<'c>], _: &Arc<IndexedTable>) -> Answer<'c> {
    let [rows] = values else { return None };
    let mut rows = rows.other()?.read_lock::<Rows>()?.clone();
    Some(Ok(Value::Int(selections::count(&mut rows))))
}

pub(crate) fn is_empty<'c>(values: &[Value<'c>], _: &Arc<IndexedTable>) -> Answer<'c> {
    let [rows] = values else { return None };
    let mut rows = rows.other()?.read_lock::<Rows>()?.clone();
    Some(Ok(Value::Bool(selections::is_empty(&mut rows))))
}

pub(crate) fn edition<'c>(values: &[Value<'c>], _: &Arc<IndexedTable>) -> Answer<'c> {
    let [tables, number] = values else { return None };
    let around = Arc::clone(&tables.other()?.read_lock::<Tables>()?.around);
    number.with_text(|number| Ok(Value::from_memo(answer_memo::edition(&around, number))))
}

/// Most look-ups are by a text: it goes to the index as it lies in its column.
pub(crate) fn find<'c>(values: &[Value<'c>], of: &Arc<IndexedTable>) -> Answer<'c> {
    let [rows, column, value] = values else { return None };
    let held = rows.other()?.read_lock::<Rows>()?;
    let found = column.with_text(|name| value.with_text(|text| lookups::find_text(&held, name, text)));
    if let Some(found) = found.flatten().flatten() {
        return Some(sure(found));
    }
    let (mut rows, column) = (held.clone(), column.with_text(|name| ImmutableString::from(name))?);
    Some(sure(lookups::find(&mut rows, column, value.dynamic(of))))
}

pub(crate) fn rows_where<'c>(values: &[Value<'c>], of: &Arc<IndexedTable>) -> Answer<'c> {
    let [rows, column, value] = values else { return None };
    let mut rows = rows.other()?.read_lock::<Rows>()?.clone();
    let column = column.with_text(|name| ImmutableString::from(name))?;
    Some(sure(lookups::matching_value(&mut rows, column, value.dynamic(of)).map(Dynamic::from)))
}

pub(crate) fn mentions<'c>(values: &[Value<'c>], _: &Arc<IndexedTable>) -> Answer<'c> {
    let [text, Value::Lent(words)] = values else { return None };
    text.with_text(|text| Some(Ok(Value::Bool(words.keywords()?.suit(text))))).flatten()
}

pub(crate) fn matches<'c>(values: &[Value<'c>], _: &Arc<IndexedTable>) -> Answer<'c> {
    let [text, pattern] = values else { return None };
    let found = text.with_text(|text| {
        let regex = pattern.with_text(patterns::compiled)?;
        Some(regex.map(|regex| Value::Bool(regex.is_match(text))).map_err(|_| Fallback))
    });
    found.flatten()
}

pub(crate) fn initials_fit<'c>(values: &[Value<'c>], _: &Arc<IndexedTable>) -> Answer<'c> {
    let [letters, name] = values else { return None };
    let fits = |letters: &str| name.with_text(|name| answer_memo::initials_fit(letters, name));
    letters.with_text(fits).flatten().map(|fits| Ok(Value::Bool(fits)))
}

pub(crate) fn parts<'c>(values: &[Value<'c>], _: &Arc<IndexedTable>) -> Answer<'c> {
    let [text, signs] = values else { return None };
    let parted = |text: &str| {
        let signs = signs.other()?.as_array_ref().ok()?;
        let signs: Option<Vec<_>> = signs.iter().map(|sign| sign.as_immutable_string_ref().ok()).collect();
        let signs = signs?;
        let parts = texts::parts(text, signs.iter().map(|sign| sign.as_str()));
        Some(Value::Other(parts.into_iter().map(Dynamic::from).collect::<Array>().into()))
    };
    text.with_text(parted).flatten().map(Ok)
}
