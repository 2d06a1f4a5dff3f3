//! The Rhai host: what a rule sees of a submission, and how it says what it decided.
//!
//! Tables are host types over columnar storage; a misspelt column, a comparison of different types or an
//! undeclared value is an error at its place in the rule, never `false`.
//!
//! It is a small compiler. A room uses only those above it in this list (`tests/architecture.rs` holds them to it):
//!
//! | room | holds |
//! |---|---|
//! | `syntax` | the tree of a script and its one reader, tokens, characters of a Chinese keyboard in code |
//! | `error` | what goes wrong, in words a rule author understands; knows no type of a table |
//! | `value` | loaded tables and their indexes, selections, cell references, decisions, reference data |
//! | `function` | what a host function is: one declaration, from which all else is derived |
//! | `compile` | closures to kernels over columns |
//! | `stdlib` | the host functions, declared a file a family |
//! | `runtime` | engine, rules, runs, limits, masking, the prompt |
//! | `testing`, `function_reference`, `lint` | tests of rules, what scripts can name, lints |
//!
//! Three files touch the internals of the script engine: `syntax::reader` reads its AST, `value::calls` and
//! `stdlib::engine_function::plain` use its caches. Internals are volatile: the version is pinned exactly.
//!
//! # What is remembered
//!
//! All of it is worked out when first asked for, outside of what the asking rule is charged for memory. The last column
//! says how many more instructions `check fixtures/clean` takes without the store (callgrind, one thread); what brings
//! less than 1 % is kept only for the reason given.
//!
//! | store | by | holds | lives as long as | without it |
//! |---|---|---|---|---|
//! | `value::column_codes` | column | a number for each different cell, rows by number | the submission | +18.1 % |
//! | `value::unclear_index` | column | rows whose cell was not understood | the submission | 0 (1) |
//! | `value::loaded_table`, lapsed | column | rows whose standard is gone on the as-of day | the submission | +6.3 % |
//! | `value::boundary::column_boundaries` | column | the boundaries drawn | the submission | +3.6 % |
//! | `compile::shared_scan` | table, closure | a bit a row for every closure over the whole table | the submission | 0 (2) |
//! | `compile::result_cache` | table, closure, captured values, rows | the rows chosen, and the rounds that took | the submission | +12.3 % |
//! | `compile::eval_memo` | place in a kernel, text | what the place comes to for the text | one pass of a kernel | +14.1 % |
//! | `value::memo` (numbers, standings, titles) | text | what the text says | the thread; at most 4,096 texts each | +56 % |
//! | `value::patterns` | pattern | the compiled pattern | the thread; at most 64 | +44 % |
//! | `stdlib::engine_function::plain` | signature | functions of the script engine once looked up | the process | +6.9 % |
//!
//! 1. A column of nothing but such cells would be walked for each look-up of a row in it.
//! 2. A table larger than memory would be read from disk for each closure.
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
pub use function_reference::function_reference;
pub use runtime::coverage::Probe;
pub use runtime::data_use::DataUse;
pub use runtime::lost::{Layer, Lost};
pub use runtime::prompt::Prompt;
pub use runtime::rule::{Libraries, Metadata, Rule};
pub use runtime::run::{Run, RunResult};
pub(crate) use value::boundary::area::{Boundary, is_drawn as is_boundary, read as read_boundary};
pub use value::loaded_table::Loaded;
pub use value::rule_context::RuleContext;
