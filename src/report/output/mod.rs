//! What becomes of a report. Each format is a [`ReportWriter`] and a line of [`FORMATS`]; everything else that names
//! formats (the option `-o`, its help and errors, the documents) follows from that list.
//!
//! ```text
//!            ┌ begin ────────── what holds for the whole run
//! Report ──▶ ┤ organization ─── one after the other, in the order of the report, as they end
//!            └ end ──────────── the summary, what could not be read
//!                └▶ ReportWriter ─▶ Target: stdout, a file, a folder of files, each whole or not at all
//! ```

mod ci;
pub(super) mod csv;
mod csv_scores;
mod docx;
mod format;
mod html;
mod json;
mod lines;
mod packer;
mod plan;
mod target;
mod terminal;
mod worksheet;
mod xlsx;

use std::io;

pub use self::format::{
    FORMATS, Format, default_format, evaluation_plan, help, json as json_format, names, plan, worksheet,
};
pub use self::target::Target;
use super::problem;
use super::summary::Titles;
use crate::model::last_list::LastProblem;
use crate::model::policy::Policies;
use crate::model::report::{Organization, Report};
use crate::model::text::Lang;

/// What a report says is to be put right, as the list of a workbook has it.
pub fn list_lines(one: &Organization, lang: Lang) -> Vec<LastProblem> {
    problem::lines(one, lang)
}

/// Writes reports in one format. An error ends this output and no other.
pub trait ReportWriter: Send {
    /// Begins: `run` says what is known before the first organization, and has none.
    ///
    /// # Errors
    /// The target cannot be written.
    fn begin(&mut self, _run: &Report, _out: &mut Out<'_>) -> io::Result<()> {
        Ok(())
    }

    /// Takes the next organization in the order of the report.
    ///
    /// # Errors
    /// The target cannot be written.
    fn organization(&mut self, _one: &Organization, _out: &mut Out<'_>) -> io::Result<()> {
        Ok(())
    }

    /// Ends. `report` has its organizations where the format [needs all](Format::needs_all) of them, and none else.
    ///
    /// # Errors
    /// The target cannot be written.
    fn end(&mut self, report: &Report, out: &mut Out<'_>) -> io::Result<()>;
}

/// What a writer is given beside the report.
pub struct Out<'a> {
    /// Where the bytes go.
    pub target: &'a mut Target,
    /// Titles of items, requirements and clauses.
    pub titles: Titles<'a>,
    /// Readings of the standard, with what each decides.
    pub policies: &'a Policies,
}
