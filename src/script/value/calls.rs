//! Calls from the host into scripts that keep the host functions once looked up.
//!
//! The script engine's own entry points begin each call with empty caches, so that nearly every function is searched
//! for through all packages again. Only host functions are kept from one call to the next: which script function a
//! name means differs from rule to rule.

use std::cell::RefCell;

use rhai::{
    AST, Caches, Dynamic, Engine, EvalAltResult, EvalContext, FnPtr, GlobalRuntimeState, NativeCallContext,
    Scope,
};

type Called = Result<Dynamic, Box<EvalAltResult>>;

thread_local! {
    static IDLE: RefCell<Vec<Caches>> = const { RefCell::new(Vec::new()) };
}

/// Caches in which host functions are already found; given back when dropped.
struct Warm(Caches);

impl Warm {
    fn take() -> Self {
        Self(IDLE.with_borrow_mut(Vec::pop).unwrap_or_default())
    }
}

impl Drop for Warm {
    fn drop(&mut self) {
        let mut caches = std::mem::take(&mut self.0);
        caches.rewind_fn_resolution_caches(1);
        let cache = caches.fn_resolution_cache_mut();
        cache.bloom_filter.clear();
        cache.dict.retain(|_, entry| entry.as_ref().is_some_and(|entry| entry.func.is_native()));
        IDLE.with_borrow_mut(|idle| idle.push(caches));
    }
}

/// Calls a function of a script. Its global statements are evaluated first where `globals` says that they matter.
pub(crate) fn function(
    engine: &Engine,
    ast: &AST,
    name: &str,
    globals: bool,
    tag: Dynamic,
    arguments: &mut [Dynamic],
) -> Called {
    let mut warm = Warm::take();
    let mut global = engine.new_global_runtime_state();
    global.source = ast.source().map(Into::into);
    global.lib.push(ast.shared_lib().clone());
    global.tag = tag;
    let mut scope = Scope::new();
    if globals {
        #[expect(deprecated, reason = "the engine has no other way to keep caches")]
        let _nothing = engine.eval_statements_raw(&mut global, &mut warm.0, &mut scope, ast.statements())?;
    }
    let mut arguments: Vec<&mut Dynamic> = arguments.iter_mut().collect();
    let mut context = EvalContext::new(engine, &mut global, &mut warm.0, &mut scope, None);
    context.call_fn_raw(name, false, false, &mut arguments)
}

/// Forgets what was kept on this thread: a script that is run again, to see whether it stops at the same place, begins
/// like the first.
pub(crate) fn forget() {
    IDLE.with_borrow_mut(Vec::clear);
}

/// Evaluates the statements of a script one after the other; variables they declare stay in the scope.
pub(crate) fn statements(engine: &Engine, ast: &AST, tag: Dynamic, scope: &mut Scope<'_>) -> Called {
    let mut warm = Warm::take();
    let mut global = engine.new_global_runtime_state();
    global.lib.push(ast.shared_lib().clone());
    global.tag = tag;
    #[expect(deprecated, reason = "the engine has no other way to keep caches")]
    engine.eval_statements_raw(&mut global, &mut warm.0, scope, ast.statements())
}

/// Host functions about to be called many times by one host function.
pub(crate) struct Host<'a> {
    context: &'a NativeCallContext<'a>,
    global: GlobalRuntimeState,
    warm: Warm,
}

impl<'a> Host<'a> {
    pub(crate) fn new(context: &'a NativeCallContext<'a>) -> Self {
        Self { context, global: context.global_runtime_state().clone(), warm: Warm::take() }
    }

    /// Calls a host function or operator; `changing` its first argument where that is asked for.
    pub(crate) fn call(&mut self, name: &str, changing: bool, arguments: &mut [Dynamic]) -> Called {
        let mut arguments: Vec<&mut Dynamic> = arguments.iter_mut().collect();
        let (engine, mut scope) = (self.context.engine(), Scope::new());
        let mut context = EvalContext::new(engine, &mut self.global, &mut self.warm.0, &mut scope, None);
        context.call_native_fn_raw(name, changing, &mut arguments)
    }
}

/// A closure about to be called many times by one host function.
pub(crate) struct Closure<'a> {
    context: &'a NativeCallContext<'a>,
    pointer: &'a FnPtr,
    global: GlobalRuntimeState,
    warm: Warm,
}

impl<'a> Closure<'a> {
    pub(crate) fn new(context: &'a NativeCallContext<'a>, pointer: &'a FnPtr) -> Self {
        let global = context.global_runtime_state().clone();
        Self { context, pointer, global, warm: Warm::take() }
    }

    /// Whether the closure is a script function of so many parameters beside those it captured.
    pub(crate) fn takes(&self, arguments: usize) -> bool {
        let all = self.pointer.curry().len().saturating_add(arguments);
        self.global.lib.iter().any(|module| module.get_script_fn(self.pointer.fn_name(), all).is_some())
    }

    pub(crate) fn call(&mut self, argument: Dynamic) -> Called {
        self.call_with([argument])
    }

    pub(crate) fn call_with<const N: usize>(&mut self, given: [Dynamic; N]) -> Called {
        let mut arguments: Vec<Dynamic> = self.pointer.iter_curry().cloned().collect();
        arguments.extend(given);
        let mut arguments: Vec<&mut Dynamic> = arguments.iter_mut().collect();
        let mut scope = Scope::new();
        let engine = self.context.engine();
        EvalContext::new(engine, &mut self.global, &mut self.warm.0, &mut scope, None).call_fn_raw(
            self.pointer.fn_name(),
            false,
            false,
            &mut arguments,
        )
    }
}
