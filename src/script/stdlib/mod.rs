//! The functions that rules can call. Each is declared once, in its family's file below [`families`]; what carries it
//! out stands beside.

pub(crate) mod answer_memo;
pub(crate) mod apart;
pub(crate) mod boundaries;
pub(crate) mod comparisons;
pub(crate) mod conditions;
pub(crate) mod conjunction;
pub(crate) mod decisions;
pub(crate) mod engine_function;
pub(crate) mod excess;
pub(crate) mod families;
pub(crate) mod identity;
pub(crate) mod kernels;
mod legibility;
pub(crate) mod lists;
pub(crate) mod lookups;
pub(crate) mod operators;
pub(crate) mod places;
pub(crate) mod reuse;
pub(crate) mod selections;
pub(crate) mod spread;
pub(crate) mod submission;
pub(crate) mod suspicion;
pub(crate) mod tally;
#[cfg(test)]
mod tests;
pub(crate) mod titles;

use std::collections::BTreeSet;
use std::sync::OnceLock;

use rhai::{Engine, Module};

use super::function::{Circumstance, FunctionTable, HostFunction};
use super::value::decision::RuleDecision;
use super::value::enumerated::Choice;
use super::value::rows::{Group, Row, Rows};
use super::value::rule_context::{self, Tables};
use super::value::tree::Tree;
use crate::table::date::Date;

/// The families, in the order of the function reference.
const FAMILIES: &[&[HostFunction]] = &[
    families::submission::FUNCTIONS,
    families::rows::FUNCTIONS,
    families::comparisons::FUNCTIONS,
    families::boundaries::FUNCTIONS,
    families::trees::FUNCTIONS,
    families::dates::FUNCTIONS,
    families::enumerated::FUNCTIONS,
    families::texts::FUNCTIONS,
    families::lists::FUNCTIONS,
    families::decisions::FUNCTIONS,
    #[cfg(test)]
    tests::ADDED,
];

/// All functions of the host.
pub(crate) fn functions() -> &'static FunctionTable {
    static TABLE: OnceLock<FunctionTable> = OnceLock::new();
    TABLE.get_or_init(|| FunctionTable::new(FAMILIES))
}

/// Registers them, and the types of their values.
pub(crate) fn register(engine: &mut Engine) {
    types(engine);
    let mut module = Module::new();
    functions().iter().for_each(|one| one.register(&mut module));
    engine.register_global_module(module.build_index().clone().into());
}

fn types(engine: &mut Engine) {
    engine
        .register_type_with_name::<Tables>("tables")
        .register_type_with_name::<Rows>("rows")
        .register_type_with_name::<Row>("row")
        .register_type_with_name::<Group>("group")
        .register_type_with_name::<Tree>("tree")
        .register_type_with_name::<Date>("date")
        .register_type_with_name::<Choice>("choice")
        .register_type_with_name::<RuleDecision>("decision")
        .register_indexer_get(rule_context::table)
        .register_indexer_get(selections::cell)
        .register_iterator::<Rows>();
}

/// The English name of a function that rules may call by its Chinese one.
pub(crate) fn in_english(name: &str) -> &str {
    functions().in_english(name)
}

/// English names of what can be called on rows.
pub(crate) fn of_rows() -> &'static BTreeSet<&'static str> {
    static NAMES: OnceLock<BTreeSet<&'static str>> = OnceLock::new();
    NAMES.get_or_init(|| functions().iter().filter(|one| one.is_of_rows()).map(|one| one.name).collect())
}

impl Circumstance {
    /// The functions that read it, as rules may write them.
    pub fn functions(self) -> Vec<&'static str> {
        functions().reading(self)
    }
}
