//! JSON lines: an organization a line, then the report without them.

use std::io;

use super::{Out, ReportWriter};
use crate::model::report::{Organization, Report};
use crate::report::json;

/// Writes JSON lines.
pub(super) struct LinesWriter;

impl ReportWriter for LinesWriter {
    fn organization(&mut self, one: &Organization, out: &mut Out<'_>) -> io::Result<()> {
        out.target.write(json::line(one)?.as_bytes())
    }

    fn end(&mut self, report: &Report, out: &mut Out<'_>) -> io::Result<()> {
        out.target.write(json::line(report)?.as_bytes())
    }
}
