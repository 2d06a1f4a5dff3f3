//! The Rhai host: what a rule sees of a submission, and how it says what it decided.
//!
//! Tables are host types over columnar storage; a misspelt column, a comparison of different types or an
//! undeclared value is an error at its place in the rule, never `false`.
#![expect(clippy::needless_pass_by_value, reason = "host functions take what the script engine hands over")]
#![expect(clippy::unnecessary_box_returns, reason = "the script engine boxes its errors")]

mod apart;
mod api;
mod bearable;
mod bounds;
mod calls;
mod choice;
mod chosen;
mod circumstance;
mod compare;
mod conditions;
mod conjunction;
mod context;
mod coverage;
mod days;
mod decide;
mod doubt;
mod drawing;
mod drawings;
mod engine;
mod excess;
mod fault;
mod forms;
mod geometry;
mod identity;
mod joined;
mod keyed;
pub mod lint;
mod lists;
mod loaded;
mod lookups;
mod lost;
mod lower;
mod manual;
mod maybe;
mod memo;
mod natives;
mod numbered;
mod numbering;
mod operators;
mod passes;
mod patterns;
mod personal;
mod prompt;
mod registry;
mod remembered;
mod reuse;
mod rings;
mod rows;
mod rule;
mod run;
mod signs;
mod spots;
mod spread;
mod standards;
mod suspicion;
mod sweep;
mod tally;
pub mod testing;
mod texts;
mod titles;
mod tokens;
mod tree;
mod unclear;
mod values;

pub use circumstance::Circumstance;
pub use context::Surroundings;
pub use coverage::Probe;
pub use fault::RuleFault;
pub use loaded::Loaded;
pub use lost::{Layer, Lost};
pub use manual::manual;
pub use prompt::Prompt;
pub use rule::{Libraries, Metadata, Rule};
pub use run::{Run, RunResult};
