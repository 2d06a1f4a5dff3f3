//! Lowering: closures given to table operations, turned from their AST into kernels over columns.
//!
//! ```text
//! AST ──translate──▶ Ir ──bind (table, captured values)──▶ Plan ──kernel──▶ rows
//! ```
//!
//! A kernel answers only when it is sure to answer what interpreting the closure would: at anything else (an empty
//! cell used as yes-no, an overflow, a comparison the host objects to) it gives up, and the closure is interpreted,
//! which also raises the error at its place. `translate` is the only module that touches rhai's internals.

mod bind;
mod ir;
mod kernel;
mod translate;

use std::collections::BTreeMap;
use std::sync::Arc;

use rhai::{AST, Dynamic, FnPtr, NativeCallContext};

use super::rows::Rows;
pub(super) use ir::Ir;

/// What became of a closure.
#[derive(Clone, Debug)]
pub(super) enum Lowering {
    /// Its body, over the row and the captured values.
    Lowered(Arc<Ir>),
    /// It is interpreted: its line, and why.
    Interpreted(usize, String),
}

impl Lowering {
    fn why(&self) -> Option<(usize, &str)> {
        match self {
            Self::Interpreted(line, why) => Some((*line, why)),
            Self::Lowered(_) => None,
        }
    }
}

/// The closures of a rule and its libraries by the name the script engine gave them.
#[derive(Clone, Debug, Default)]
pub(super) struct Closures(Arc<BTreeMap<String, Lowering>>);

impl Closures {
    /// Lowers every closure of `ast` that can be, beside those `known` already.
    pub(super) fn with(known: &Self, ast: &AST) -> Self {
        let mut all = (*known.0).clone();
        all.extend(translate::closures(ast));
        Self(Arc::new(all))
    }

    /// Line and reason of closures that are not in `known` and have to be interpreted.
    pub(super) fn interpreted_beside(&self, known: &Self) -> Vec<(usize, &str)> {
        let own = self.0.iter().filter(|(name, _)| !known.0.contains_key(*name));
        own.filter_map(|(_, lowering)| lowering.why()).collect()
    }

    fn get(&self, name: &str) -> Option<&Arc<Ir>> {
        match self.0.get(name) {
            Some(Lowering::Lowered(ir)) => Some(ir),
            _ => None,
        }
    }
}

/// Rows for which the closure holds; `None` where it has to be interpreted.
pub(super) fn select(context: &NativeCallContext<'_>, rows: &Rows, test: &FnPtr) -> Option<Vec<u32>> {
    let closures = context.tag()?.read_lock::<Closures>()?;
    let ir = closures.get(test.fn_name())?;
    let captured: Vec<Dynamic> = test.iter_curry().map(Dynamic::flatten_clone).collect();
    let plan = bind::bind(ir, &rows.of, &captured)?;
    kernel::select(&plan, &rows.of.table, &rows.chosen)
}
