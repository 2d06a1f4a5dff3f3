//! Packs of rules: the built-in one and those laid over it, loaded, compiled and checked as a whole.

mod book;
mod chain;
mod explain;
mod fault;
mod matrix;
mod pack;
mod place;
mod reader;
mod testing;
mod wrong;

pub use book::{Rulebook, Sources};
pub use fault::PackFault;
pub use pack::Pack;
pub use place::Place;
pub use testing::{Example, RuleTests, rule_tests, rule_tests_of};
pub use wrong::Wrong;
