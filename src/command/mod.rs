//! One module for each command: wiring only.

pub mod assess;
pub mod base;
pub mod cache;
pub mod check;
pub mod closed;
pub mod console;
pub mod contain;
pub mod demo;
pub mod explain;
mod kept;
pub mod load;
pub mod merge;
pub mod rules;
pub mod schema;
mod self_score;
pub mod shard;
pub mod stop;
mod team;
pub mod visit;

pub use console::Console;
