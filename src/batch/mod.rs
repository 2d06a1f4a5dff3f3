//! A batch of submissions: which there are, who assesses them, and what becomes of their results.
//!
//! ```text
//! paths ─▶ plan (largest first) ─▶ work (one pool) ─▶ gather (order of the report) ─▶ outputs, fed as they end
//!                                        └▶ progress
//! ```

pub mod addressee;
pub mod cache;
mod crew;
pub mod gather;
mod links;
mod manifest;
pub mod merge;
mod options;
pub mod outputs;
pub mod plan;
pub mod progress;
pub mod rulings;
mod run;
pub mod shard;
pub mod visit;
pub mod work;
mod worker;

pub use options::{CheckOptions, Gate, Output, Results};
pub use run::Prepared;
