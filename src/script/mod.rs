//! The Rhai host: what a rule sees of a submission, and how it says what it decided.
//!
//! Tables are host types over columnar storage; a misspelt column, a comparison of different types or an
//! undeclared value is an error at its place in the rule, never `false`.
#![expect(clippy::needless_pass_by_value, reason = "host functions take what the script engine hands over")]
#![expect(clippy::unnecessary_box_returns, reason = "the script engine boxes its errors")]

mod compile;
mod error;
mod function;
mod function_reference;
pub mod lint;
mod runtime;
mod stdlib;
mod syntax;
pub mod testing;
mod value;

pub use error::RuleFault;
pub use function::Circumstance;
pub use function_reference::manual;
pub use runtime::coverage::Probe;
pub use runtime::lost::{Layer, Lost};
pub use runtime::prompt::Prompt;
pub use runtime::rule::{Libraries, Metadata, Rule};
pub use runtime::run::{Run, RunResult};
pub use value::loaded_table::Loaded;
pub use value::rule_context::Surroundings;
