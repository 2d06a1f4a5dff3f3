//! The report as a person reads it on a screen.

use std::io;

use super::{Out, ReportWriter};
use crate::model::report::Report;
use crate::report::terminal::{TerminalOptions, render};

/// Writes for a screen.
pub(super) struct TerminalWriter(pub(super) TerminalOptions);

impl ReportWriter for TerminalWriter {
    fn end(&mut self, report: &Report, out: &mut Out<'_>) -> io::Result<()> {
        out.target.write(render(report, out.titles.catalog, &self.0).as_bytes())
    }
}
