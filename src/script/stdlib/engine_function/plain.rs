//! Functions of the script engine as it has them. There is no way to ask for one but to call it, so each is found by two
//! calls with samples when it is first needed, after which the engine keeps it in a cache that can be read.

use std::any::TypeId;
use std::ops::{Range, RangeInclusive};
use std::sync::OnceLock;

use rhai::plugin::RhaiResult;
use rhai::{
    Array, Caches, Dynamic, Engine, EvalAltResult, EvalContext, FnPtr, ImmutableString, Map,
    NativeCallContext, Position, RhaiFunc, Scope,
};
use rust_decimal::Decimal;

use super::packages::packages_alone;
use crate::resources::meter;
use crate::script::function::charged::refused;

/// A function of the script engine.
pub(crate) struct Plain {
    name: &'static str,
    kinds: &'static str,
    changes: bool,
    found: OnceLock<Option<RhaiFunc>>,
}

/// Stands for anything: there is no function for just this type.
#[derive(Clone)]
struct Anything;

/// The type a letter of the table stands for.
pub(crate) fn type_of(kind: char) -> TypeId {
    match kind {
        'A' => TypeId::of::<Array>(),
        'M' => TypeId::of::<Map>(),
        'S' => TypeId::of::<ImmutableString>(),
        'I' => TypeId::of::<i64>(),
        'C' => TypeId::of::<char>(),
        'U' => TypeId::of::<()>(),
        'F' => TypeId::of::<FnPtr>(),
        'R' => TypeId::of::<Range<i64>>(),
        'Q' => TypeId::of::<RangeInclusive<i64>>(),
        'N' => TypeId::of::<Decimal>(),
        _ => TypeId::of::<Dynamic>(),
    }
}

fn sample(kind: char) -> Dynamic {
    match kind {
        'A' => Array::new().into(),
        'M' => Map::new().into(),
        'S' => ImmutableString::new().into(),
        'I' => 0_i64.into(),
        'C' => 'a'.into(),
        'U' => Dynamic::UNIT,
        'F' => FnPtr::new("sample").map_or(Dynamic::UNIT, Into::into),
        'R' => Dynamic::from(0..0_i64),
        'Q' => Dynamic::from(0..=0_i64),
        'N' => Dynamic::from_decimal(Decimal::ONE),
        _ => Dynamic::from(Anything),
    }
}

impl Plain {
    pub(crate) const fn new(name: &'static str, kinds: &'static str, changes: bool) -> Self {
        Self { name, kinds, changes, found: OnceLock::new() }
    }

    /// Calls it.
    pub(crate) fn call(
        &self,
        context: Option<NativeCallContext<'_>>,
        arguments: &mut [&mut Dynamic],
    ) -> RhaiResult {
        let found = self.found.get_or_init(|| meter::unmetered(|| self.find(), |_| 0));
        let constant = || arguments.first().is_some_and(|first| first.is_read_only());
        match found {
            Some(function) if !function.is_pure() && constant() => {
                Err(EvalAltResult::ErrorNonPureMethodCallOnConstant(self.name.to_owned(), Position::NONE)
                    .into())
            }
            Some(RhaiFunc::Plugin { func }) => func.call(context.filter(|_| func.has_context()), arguments),
            Some(RhaiFunc::StaticPlugin { func }) => {
                func.call(context.filter(|_| func.has_context()), arguments)
            }
            Some(RhaiFunc::Pure { func, has_context, .. } | RhaiFunc::Method { func, has_context, .. }) => {
                func(context.filter(|_| *has_context), arguments)
            }
            _ => refused(self.name),
        }
    }

    fn find(&self) -> Option<RhaiFunc> {
        static ENGINE: OnceLock<Engine> = OnceLock::new();
        let engine = ENGINE.get_or_init(packages_alone);
        let (mut global, mut caches, mut scope) =
            (engine.new_global_runtime_state(), Caches::new(), Scope::new());
        // What is called once is not kept.
        for _ in 0..2 {
            let mut samples: Vec<Dynamic> = self.kinds.chars().map(sample).collect();
            let mut samples: Vec<&mut Dynamic> = samples.iter_mut().collect();
            let mut context = EvalContext::new(engine, &mut global, &mut caches, &mut scope, None);
            let _answer = context.call_native_fn_raw(self.name, self.changes, &mut samples);
        }
        let known = caches.fn_resolution_cache_mut().dict.values().flatten().next()?;
        Some(known.func.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::script::stdlib::engine_function::table::KNOWN;

    #[test]
    fn every_function_of_the_table_is_found() {
        let lost = |known: &&crate::script::stdlib::engine_function::table::Known| {
            Plain::new(known.name, known.kinds, known.changes)
                .find()
                .is_none_or(|f| f.is_method() != known.changes)
        };
        let lost: Vec<_> = KNOWN.iter().filter(lost).map(|known| (known.name, known.kinds)).collect();
        assert!(lost.is_empty(), "{lost:?}");
    }
}
