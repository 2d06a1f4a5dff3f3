//! Calls from the host into scripts.
//!
//! A host function that calls many times does so through one value of [`Host`] or [`Closure`], which finds each function
//! once: the script engine's own entry points begin each call with empty caches.

use rhai::{
    AST, Caches, Dynamic, Engine, EvalAltResult, EvalContext, FnPtr, GlobalRuntimeState, NativeCallContext,
    Scope,
};

type Called = Result<Dynamic, Box<EvalAltResult>>;

/// Calls a function of a script. Its global statements are evaluated first where `globals` says that they matter.
pub(crate) fn function(
    engine: &Engine,
    ast: &AST,
    name: &str,
    globals: bool,
    tag: Dynamic,
    arguments: &mut [Dynamic],
) -> Called {
    let mut caches = Caches::new();
    let mut global = engine.new_global_runtime_state();
    global.source = ast.source().map(Into::into);
    global.lib.push(ast.shared_lib().clone());
    global.tag = tag;
    let mut scope = Scope::new();
    if globals {
        #[expect(deprecated, reason = "the engine has no other way to keep caches")]
        let _nothing = engine.eval_statements_raw(&mut global, &mut caches, &mut scope, ast.statements())?;
    }
    let mut arguments: Vec<&mut Dynamic> = arguments.iter_mut().collect();
    let mut context = EvalContext::new(engine, &mut global, &mut caches, &mut scope, None);
    context.call_fn_raw(name, false, false, &mut arguments)
}

/// Evaluates the statements of a script one after the other; variables they declare stay in the scope.
pub(crate) fn statements(engine: &Engine, ast: &AST, tag: Dynamic, scope: &mut Scope<'_>) -> Called {
    let mut caches = Caches::new();
    let mut global = engine.new_global_runtime_state();
    global.lib.push(ast.shared_lib().clone());
    global.tag = tag;
    #[expect(deprecated, reason = "the engine has no other way to keep caches")]
    engine.eval_statements_raw(&mut global, &mut caches, scope, ast.statements())
}

/// Host functions about to be called many times by one host function.
pub(crate) struct Host<'a> {
    context: &'a NativeCallContext<'a>,
    global: GlobalRuntimeState,
    caches: Caches,
}

impl<'a> Host<'a> {
    pub(crate) fn new(context: &'a NativeCallContext<'a>) -> Self {
        Self { context, global: context.global_runtime_state().clone(), caches: Caches::new() }
    }

    /// Calls a host function or operator; `changing` its first argument where that is asked for.
    pub(crate) fn call(&mut self, name: &str, changing: bool, arguments: &mut [Dynamic]) -> Called {
        let mut arguments: Vec<&mut Dynamic> = arguments.iter_mut().collect();
        let (engine, mut scope) = (self.context.engine(), Scope::new());
        let mut context = EvalContext::new(engine, &mut self.global, &mut self.caches, &mut scope, None);
        context.call_native_fn_raw(name, changing, &mut arguments)
    }
}

/// A closure about to be called many times by one host function.
pub(crate) struct Closure<'a> {
    context: &'a NativeCallContext<'a>,
    pointer: &'a FnPtr,
    global: GlobalRuntimeState,
    caches: Caches,
}

impl<'a> Closure<'a> {
    pub(crate) fn new(context: &'a NativeCallContext<'a>, pointer: &'a FnPtr) -> Self {
        let global = context.global_runtime_state().clone();
        Self { context, pointer, global, caches: Caches::new() }
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
        EvalContext::new(engine, &mut self.global, &mut self.caches, &mut scope, None).call_fn_raw(
            self.pointer.fn_name(),
            false,
            false,
            &mut arguments,
        )
    }
}
