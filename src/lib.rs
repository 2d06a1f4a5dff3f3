//! `wangge` checks an organization's exported data against T/CSSG 001 / T/CA 007.
//!
//! ```text
//! submission files ──ingest──▶ rows ──schema──▶ typed tables ──engine (rules)──▶ decisions
//! rulings, catalog, policies ────────────────────────────────▶ score ──▶ Report ──report──▶ outputs
//! ```
//!
//! Dependencies point one way: `docs/architecture.md` lists the folders floor by floor and says what goes where,
//! `tests/architecture.rs` holds the code to it.
//!
//! # As a library
//!
//! Packs are loaded once; each submission is read, judged and scored; reports are written from the results.
//!
//! ```
//! use std::path::Path;
//!
//! use wangge::assessment::assess::{Rulings, assess};
//! use wangge::assessment::session::{Choices, Session};
//! use wangge::report::json;
//! use wangge::table::date::Date;
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! // The built-in pack, as of a day on which dates are judged. What is wrong with packs comes all together.
//! let day = Date::from_iso("2026-06-30").ok_or("no such day")?;
//! let session = Session::load(&Choices::as_of(day)).map_err(|faults| format!("{faults:#?}"))?;
//!
//! // One submission: a folder of tables, or a workbook. Nobody has ruled on anything.
//! let nobody = Rulings { all: &[], self_evaluation: false };
//! let assessed = assess(&session, Path::new("fixtures/formats/utf8"), nobody).map_err(|fault| format!("{fault:#?}"))?;
//! let score = &assessed.organization.score;
//! assert!(score.low <= score.high);
//!
//! // The report as JSON: `docs/report.schema.json` is its schema.
//! let mut report = session.report();
//! report.organizations.push(assessed.organization);
//! assert!(json::to_string(&report)?.contains("\"organizations\""));
//! # Ok(())
//! # }
//! ```
//!
//! Rules run in this process then: one that exhausts it ends it. `wangge check` runs them in processes of their own
//! ([`sandbox`]), which is what to call for packs that one does not trust.

pub mod assessment;
pub mod attachment;
pub mod batch;
pub mod cli;
pub mod command;
pub mod console;
pub mod database;
pub mod demo;
pub mod document;
pub mod engine;
pub mod exit;
pub mod gate;
pub mod ingest;
pub mod model;
pub mod report;
pub mod resources;
pub mod rulebook;
pub mod sandbox;
pub mod schema;
pub mod score;
pub mod script;
pub mod standard_text;
pub mod table;

// Rules and tables are many small pieces: the system's allocator takes a fifth of a run. It counts, since what a rule
// may allocate is bounded wherever rules are run.
#[global_allocator]
static ALLOCATOR: resources::native::Counting = resources::native::Counting;
