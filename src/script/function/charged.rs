//! Functions as scripts call them: charged before they run, with what they give held to the sizes a script may make.

use rhai::plugin::RhaiResult;
use rhai::{
    Dynamic, EvalAltResult, FuncRegistration, Module, NativeCallContext, Position, RhaiFunc, RhaiNativeFunc,
    Shared,
};

use super::cost::CostModel;
use crate::script::error::{Res, sizes};

/// Adds a function of the host.
pub(crate) fn host<A: 'static, const N: usize, const X: bool, R: 'static, const F: bool, FUNC>(
    module: &mut Module,
    registration: FuncRegistration,
    function: FUNC,
    work: CostModel,
) where
    FUNC: RhaiNativeFunc<A, N, X, R, F> + Send + Sync + 'static,
{
    let mut function = function.into_rhai_function(true, false);
    if let RhaiFunc::Pure { func, .. } | RhaiFunc::Method { func, .. } = &mut function {
        let plain = Shared::clone(func);
        *func = Shared::new(move |context: Option<NativeCallContext>, arguments: &mut [&mut Dynamic]| {
            charged(work, arguments, |arguments| plain(context, arguments))
        });
    }
    registration.set_into_module_raw(module, FUNC::param_types(), function);
}

/// A call, charged before it is made; what it gives and what it changed must not be too large.
pub(crate) fn charged(
    work: CostModel,
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
pub(crate) fn refused(name: &str) -> Res<Dynamic> {
    Err(EvalAltResult::ErrorFunctionNotFound(name.to_owned(), Position::NONE).into())
}
