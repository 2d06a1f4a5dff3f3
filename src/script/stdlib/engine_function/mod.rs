//! What scripts call: functions of the host and of the script engine, each charged for its work before it is done and
//! held to the sizes a script may make.
//!
//! The engine's own limits look at whole values after every call, which makes loops over long lists quadratic, and not
//! at all at what a call costs. So they are off, and every function that takes a text, list or map is wrapped.

mod lists;
mod packages;
mod plain;
mod table;

use std::any::TypeId;

use rhai::{Dynamic, FuncRegistration, Module, NativeCallContext, RhaiFunc, Shared};

use crate::script::function::charged::charged;
pub(crate) use packages::packages_alone;

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
