//! A batch of submissions: which there are, who assesses them, and what becomes of their results.
//!
//! ```text
//! paths ─▶ plan (largest first) ─▶ work (one pool) ─▶ gather (order of the report) ─┬▶ lines, as they end
//!                                        └▶ progress                                └▶ outputs, at the end
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

pub use options::{CheckOptions, Format, Gate, Output, Results};
pub use run::Prepared;
