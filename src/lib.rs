//! `wangge` checks an organization's exported data against T/CSSG 001 / T/CA 007.
//!
//! ```text
//! submission files ──ingest──▶ rows ──schema──▶ typed tables ──engine (rules)──▶ decisions
//! rulings, catalog, policies ────────────────────────────────▶ score ──▶ Report ──report──▶ outputs
//! ```
//!
//! Dependencies point one way, from the top down:
//!
//! ```text
//! cli        command line
//! command    one module for each command: wiring only
//! batch      many submissions: tasks, workers, cache, shards, order of results
//! assessment one submission: rules, rulings, score
//! sandbox    processes that may die, and who sees to it · console  where results and messages go
//! engine, rulebook ─▶ script · ingest · schema · score · report · demo
//! model      the nouns
//! table      columns and their pages
//! resources  what a process uses, and its bounds
//! ```
//!
//! `tests/architecture.rs` lists what each may use.

pub mod assessment;
pub mod batch;
pub mod cli;
pub mod command;
pub mod console;
pub mod demo;
pub mod engine;
pub mod exit;
pub mod ingest;
pub mod model;
pub mod report;
pub mod resources;
pub mod rulebook;
pub mod sandbox;
pub mod schema;
pub mod score;
pub mod script;
pub mod table;

// Rules and tables are many small pieces: the system's allocator takes a fifth of a run. It counts, since what a rule
// may allocate is bounded wherever rules are run.
#[global_allocator]
static ALLOCATOR: resources::native::Counting = resources::native::Counting;
