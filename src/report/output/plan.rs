//! Plans alone: to be read on a screen, or as JSON.

use std::io;

use super::{Out, ReportWriter};
use crate::model::report::Report;
use crate::report::json;
use crate::report::page::Page;
use crate::report::plan::{PlanDocument, alone};
use crate::report::terminal::TerminalOptions;

/// Writes plans for a screen.
pub(super) struct PlanWriter(pub(super) TerminalOptions);

impl ReportWriter for PlanWriter {
    fn end(&mut self, report: &Report, out: &mut Out<'_>) -> io::Result<()> {
        let mut page = Page::new(self.0.lang, self.0.color, self.0.width);
        for one in &report.organizations {
            alone(&mut page, one, out.titles.catalog);
        }
        out.target.write(page.finish().as_bytes())
    }
}

/// Writes plans as JSON.
pub(super) struct PlanJsonWriter;

impl ReportWriter for PlanJsonWriter {
    fn end(&mut self, report: &Report, out: &mut Out<'_>) -> io::Result<()> {
        out.target.write(json::to_string(&PlanDocument::of(report))?.as_bytes())
    }
}
