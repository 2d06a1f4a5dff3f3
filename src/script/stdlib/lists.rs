//! Walks over lists with a closure, in place of the script engine's own: these do not try the closure as a method
//! of each element first, which costs more than most closures do.

use rhai::{Array, Dynamic, FnPtr, NativeCallContext};

use crate::script::error::Res;
use crate::script::value::calls::Closure;

/// Calls `test` with each element, or as the script engine would where it does not take just the element.
fn each(
    context: &NativeCallContext,
    name: &str,
    list: &mut Array,
    test: &FnPtr,
    mut visit: impl FnMut(&Dynamic, Dynamic) -> bool,
) -> Res<()> {
    let mut closure = Closure::new(context, test);
    let plain = closure.takes(1);
    for (at, element) in list.iter_mut().enumerate() {
        let answer = if plain {
            closure.call(element.clone())?
        } else {
            let at = Dynamic::from(i64::try_from(at).unwrap_or(i64::MAX));
            test.call_raw_with_extra_args(name, context, Some(element), [], [at], Some(0))?
        };
        if !visit(element, answer) {
            break;
        }
    }
    Ok(())
}

fn yes(answer: &Dynamic) -> bool {
    answer.as_bool().unwrap_or(false)
}

pub(crate) fn filter(context: NativeCallContext, list: &mut Array, test: FnPtr) -> Res<Array> {
    let mut kept = Array::new();
    each(&context, "filter", list, &test, |element, answer| {
        if yes(&answer) {
            kept.push(element.clone());
        }
        true
    })?;
    Ok(kept)
}

pub(crate) fn map(context: NativeCallContext, list: &mut Array, value: FnPtr) -> Res<Array> {
    let mut made = Array::with_capacity(list.len());
    each(&context, "map", list, &value, |_, answer| {
        made.push(answer);
        true
    })?;
    Ok(made)
}

pub(crate) fn some(context: NativeCallContext, list: &mut Array, test: FnPtr) -> Res<bool> {
    let mut found = false;
    each(&context, "some", list, &test, |_, answer| {
        found = yes(&answer);
        !found
    })?;
    Ok(found)
}

pub(crate) fn all(context: NativeCallContext, list: &mut Array, test: FnPtr) -> Res<bool> {
    let mut whole = true;
    each(&context, "all", list, &test, |_, answer| {
        whole = yes(&answer);
        whole
    })?;
    Ok(whole)
}
