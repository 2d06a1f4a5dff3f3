//! Sorting and dropping repeats by a closure, in place of the script engine's own, which go on when the closure fails
//! and then give any order.

use rhai::{Array, Dynamic, FnPtr, FuncRegistration, Module, NativeCallContext};

use crate::script::error::Res;
use crate::script::function::charged::{host, refused};
use crate::script::function::cost::CostModel;
use crate::script::value::calls::Closure;

pub(crate) fn register(module: &mut Module) {
    for name in ["sort", "sort_by"] {
        host(module, FuncRegistration::new(name), sort, CostModel::Walk);
    }
    for name in ["order", "order_by"] {
        host(module, FuncRegistration::new(name), order, CostModel::Walk);
    }
    host(module, FuncRegistration::new("dedup"), dedup, CostModel::Walk);
    for name in ["sort", "dedup"] {
        let by_name = move |_: &mut Array, _: &str| refused(name);
        host(module, FuncRegistration::new(name), by_name, CostModel::Free);
    }
}

fn sort(context: NativeCallContext, list: &mut Array, compare: FnPtr) -> Res<()> {
    let mut compare = Closure::new(&context, &compare);
    *list = sorted(std::mem::take(list), &mut compare)?;
    Ok(())
}

fn order(context: NativeCallContext, list: &mut Array, compare: FnPtr) -> Res<Array> {
    sorted(list.clone(), &mut Closure::new(&context, &compare))
}

/// Sorts by merging, which takes as many comparisons whatever the closure answers.
fn sorted(list: Array, compare: &mut Closure<'_>) -> Res<Array> {
    let mut runs: Vec<Array> = list.into_iter().map(|value| vec![value]).collect();
    while runs.len() > 1 {
        let mut merged = Vec::with_capacity(runs.len().div_ceil(2));
        let mut left = runs.into_iter();
        while let Some(one) = left.next() {
            merged.push(match left.next() {
                Some(other) => merge(one, other, compare)?,
                None => one,
            });
        }
        runs = merged;
    }
    Ok(runs.pop().unwrap_or_default())
}

fn merge(one: Array, other: Array, compare: &mut Closure<'_>) -> Res<Array> {
    let mut merged = Array::with_capacity(one.len().saturating_add(other.len()));
    let (mut one, mut other) = (one.into_iter().peekable(), other.into_iter().peekable());
    while let (Some(a), Some(b)) = (one.peek(), other.peek()) {
        let answer = compare.call_with([a.clone(), b.clone()])?;
        let taken = if after(&answer) { other.next() } else { one.next() };
        merged.extend(taken);
    }
    merged.extend(one);
    merged.extend(other);
    Ok(merged)
}

/// Whether the first comes after the second: a positive number, or "no" to "is it before".
fn after(answer: &Dynamic) -> bool {
    match answer.as_int() {
        Ok(number) => number > 0,
        Err(_) => answer.as_bool().is_ok_and(|before| !before),
    }
}

/// Keeps of elements that the closure takes for the same the first.
fn dedup(context: NativeCallContext, list: &mut Array, same: FnPtr) -> Res<()> {
    let mut same = Closure::new(&context, &same);
    let mut kept = Array::with_capacity(list.len());
    for value in std::mem::take(list) {
        let repeats = match kept.last() {
            Some(before) => {
                same.call_with([value.clone(), Dynamic::clone(before)])?.as_bool().unwrap_or(false)
            }
            None => false,
        };
        if !repeats {
            kept.push(value);
        }
    }
    *list = kept;
    Ok(())
}
