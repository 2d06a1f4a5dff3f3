//! Packs of rules: the built-in one and those laid over it, loaded, compiled and checked as a whole.

mod book;
mod explain;
mod fault;
mod matrix;
mod pack;
mod testing;

pub use book::Rulebook;
pub use fault::PackFault;
pub use pack::Pack;
pub use testing::{Example, RuleTests, rule_tests, rule_tests_of};
