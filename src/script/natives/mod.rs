//! What scripts call: functions of the host and of the script engine, each charged for its work before it is done and
//! held to the sizes a script may make.
//!
//! The engine's own limits look at whole values after every call, which makes loops over long lists quadratic, and not
//! at all at what a call costs. So they are off, and every function that takes a text, list or map is wrapped.

mod lists;
mod packages;
mod plain;
mod size;
mod table;
mod work;

use std::any::TypeId;

use rhai::plugin::RhaiResult;
use rhai::{
    Dynamic, EvalAltResult, FuncRegistration, Module, NativeCallContext, Position, RhaiFunc, RhaiNativeFunc,
    Shared,
};

use super::fault::{Res, sizes};
pub(crate) use packages::packages_alone;
pub(crate) use work::{TITLES, Work};

/// The script engine's own functions; those that cost something are charged.
pub(crate) fn charged_packages() -> Module {
    let mut module = packages::packages();
    add_charged(&mut module);
    module
}

/// Adds the script engine's functions to a module in which they are already: charged ones stand before them.
fn add_charged(module: &mut Module) {
    for known in table::KNOWN {
        let function = plain::Plain::new(known.name, known.kinds, known.changes);
        let types: Vec<TypeId> = known.kinds.chars().map(plain::type_of).collect();
        let work = known.work;
        let call = move |context: Option<NativeCallContext>, arguments: &mut [&mut Dynamic]| {
            charged(work, arguments, |arguments| function.call(context, arguments))
        };
        let (func, has_context, is_pure, is_volatile) = (Shared::new(call), true, true, false);
        let func = if known.changes {
            RhaiFunc::Method { func, has_context, is_pure, is_volatile }
        } else {
            RhaiFunc::Pure { func, has_context, is_pure, is_volatile }
        };
        FuncRegistration::new(known.name).set_into_module_raw(module, types, func);
    }
    lists::register(module);
}

/// Adds a function of the host.
pub(crate) fn host<A: 'static, const N: usize, const X: bool, R: 'static, const F: bool, FUNC>(
    module: &mut Module,
    registration: FuncRegistration,
    function: FUNC,
    work: Work,
) where
    FUNC: RhaiNativeFunc<A, N, X, R, F> + Send + Sync + 'static,
{
    let function = match function.into_rhai_function(true, false) {
        RhaiFunc::Pure { func, has_context, is_pure, is_volatile } => {
            let func =
                Shared::new(move |context: Option<NativeCallContext>, arguments: &mut [&mut Dynamic]| {
                    charged(work, arguments, |arguments| func(context, arguments))
                });
            RhaiFunc::Pure { func, has_context, is_pure, is_volatile }
        }
        RhaiFunc::Method { func, has_context, is_pure, is_volatile } => {
            let func =
                Shared::new(move |context: Option<NativeCallContext>, arguments: &mut [&mut Dynamic]| {
                    charged(work, arguments, |arguments| func(context, arguments))
                });
            RhaiFunc::Method { func, has_context, is_pure, is_volatile }
        }
        other => other,
    };
    registration.set_into_module_raw(module, FUNC::param_types(), function);
}

/// A call, charged before it is made; what it gives and what it changed must not be too large.
fn charged(
    work: Work,
    arguments: &mut [&mut Dynamic],
    call: impl FnOnce(&mut [&mut Dynamic]) -> RhaiResult,
) -> RhaiResult {
    work.charge(arguments)?;
    let given = call(arguments)?;
    sizes::fits(&given)?;
    arguments.first().map_or(Ok(()), |first| sizes::fits(first))?;
    Ok(given)
}

/// What is said of a function that is there, but not in this form.
fn refused(name: &str) -> Res<Dynamic> {
    Err(EvalAltResult::ErrorFunctionNotFound(name.to_owned(), Position::NONE).into())
}
