//! `wangge` checks an organization's exported data against T/CSSG 001 / T/CA 007.
//!
//! ```text
//! submission files ──ingest──▶ rows ──schema──▶ typed tables ──engine (rules)──▶ decisions
//! rulings, catalog, policies ────────────────────────────────▶ score ──▶ Report ──report──▶ outputs
//! ```
//!
//! Dependencies point one way: `cli`, `command` → `ingest`, `schema`, `rulebook`, `engine`, `score`,
//! `report`, `demo` → `model`; `script` is used by `rulebook` and `engine` alone (and by `command` to hand over).

pub mod cli;
pub mod command;
pub mod demo;
pub mod engine;
pub mod exit;
pub mod ingest;
pub mod model;
pub mod report;
pub mod resources;
pub mod rulebook;
pub mod schema;
pub mod score;
pub mod script;
pub mod table;

// Rules and tables are many small pieces: the system's allocator takes a fifth of a run. It counts, since what a rule
// may allocate is bounded wherever rules are run.
#[global_allocator]
static ALLOCATOR: resources::native::Counting = resources::native::Counting;
