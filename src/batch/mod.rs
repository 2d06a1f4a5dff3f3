//! A batch of submissions: which there are, who assesses them, and what becomes of their results.
//!
//! ```text
//! paths ─▶ task queue (largest first) ─▶ executor (one pool of threads) ─▶ ordered collector ─▶ outputs, fed as they end
//!                                                └▶ progress
//! ```

pub mod addressee;
pub mod assessment_log;
pub mod cache;
mod changed;
pub mod executor;
mod gate_files;
mod last_list;
mod manifest;
pub mod merge;
mod options;
pub mod ordered_collector;
pub mod outputs;
mod passed_over;
pub mod progress;
pub mod reproduction;
pub mod ruling_lint;
pub mod rulings;
mod run;
pub mod saved_report;
pub mod saved_reports;
pub mod shard;
pub mod snapshot;
pub mod task_queue;
mod worker;
mod worker_pool;

pub use changed::ChangedBy;
pub use options::{CheckOptions, Output, OutputOptions, check_outputs};
pub use run::Prepared;
