//! One report, many writers. Knows nothing of rules or tables: everything comes in as [`crate::model`] values.
//!
//! ```text
//! findings ──finding──▶ Report ──output─┬─ json      (the contract)
//!                                       ├─ csv
//!                                       ├─ ci (SARIF, JUnit …)
//!                                       ├─ docx ─▶ paper
//!                                       ├─ html ─▶ output::html
//!                                       └─ terminal ─┐
//! faults ──────────────────────────────── fault ─────┴─ diagnostic (miette) ← excerpt, place
//! ```
//!
//! Below them: [`words`] (the vocabulary), [`escape`] (nothing from data reaches a terminal raw), `layout`,
//! `table`, `paint` (aligned, coloured text), [`write`] (whole files or none).

mod attachment;
pub mod comparison;
pub mod coverage;
mod declared;
pub mod definitions;
pub mod diagnosis;
mod diagnostic;
pub mod difference;
pub mod effective;
pub mod escape;
pub mod evaluation;
mod excerpt;
pub mod explanation;
pub mod fault;
mod finding;
mod grids;
pub mod history;
mod html;
pub mod json;
mod layout;
pub mod lint;
pub mod matrix;
pub mod output;
mod page;
mod paint;
mod paper;
mod picture;
mod place;
mod plan;
mod problem;
pub mod sample;
pub mod summary;
mod table;
pub mod template;
pub mod temporary_file;
pub mod terminal;
pub mod test_result;
pub mod words;
mod workbook;
pub mod write;
mod xml;

pub use finding::{fingerprint, in_order, report_findings};
pub use grids::{grid_counts, grid_findings};
pub use place::first as first_place;
