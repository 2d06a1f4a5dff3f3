//! The packages of the script engine.

use rhai::packages::{
    ArithmeticPackage, BasicArrayPackage, BasicIteratorPackage, BasicMapPackage, BasicMathPackage,
    BasicStringPackage, LogicPackage, MoreStringPackage, Package,
};
use rhai::{Engine, Module};

use crate::script::function::bare_engine;

/// An engine with nothing but the script engine's own functions, not charged.
pub(crate) fn packages_alone() -> Engine {
    let mut engine = bare_engine::new();
    engine.set_fast_operators(false);
    engine.register_global_module(packages().build_index().clone().into());
    engine
}

/// Everything but what sleeps, exits, evaluates text or builds blobs, in one module: a name that is not there is
/// searched for once.
pub(crate) fn packages() -> Module {
    let mut all = Module::new();
    ArithmeticPackage::init(&mut all);
    LogicPackage::init(&mut all);
    BasicStringPackage::init(&mut all);
    MoreStringPackage::init(&mut all);
    BasicIteratorPackage::init(&mut all);
    BasicMathPackage::init(&mut all);
    BasicArrayPackage::init(&mut all);
    BasicMapPackage::init(&mut all);
    // Otherwise every miss would hash all of them again.
    all.register_lazy_functions();
    all
}
