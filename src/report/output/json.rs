//! The whole report as JSON, written as its organizations come: the same bytes as [`json::to_string`] of the whole, which
//! is never in memory.

use std::io;

use super::{Out, ReportWriter};
use crate::model::report::{Organization, Report};
use crate::report::json;

/// Where the organizations stand in a report that has none, and where among these characters they go. No text of a
/// report has a line break, so that this is found once.
const EMPTY: &str = "\n  \"organizations\": []";
const OPEN: usize = EMPTY.len() - 1;

/// Indents the lines of an organization.
const INDENT: &str = "\n    ";

/// Writes JSON.
#[derive(Default)]
pub(super) struct JsonWriter {
    /// Whether an organization was written.
    any: bool,
}

/// A report without organizations, up to where they go and from there.
fn around(report: &Report) -> io::Result<(String, String)> {
    let mut before = json::to_string(report)?;
    let at = before.find(EMPTY).map(|at| at.saturating_add(OPEN));
    let at = at.ok_or_else(|| io::Error::other("a report without organizations"))?;
    let after = before.split_off(at);
    Ok((before, after))
}

impl ReportWriter for JsonWriter {
    fn begin(&mut self, run: &Report, out: &mut Out<'_>) -> io::Result<()> {
        out.target.write(around(run)?.0.as_bytes())
    }

    fn organization(&mut self, one: &Organization, out: &mut Out<'_>) -> io::Result<()> {
        let text = json::to_string(one)?;
        let between = if std::mem::replace(&mut self.any, true) { "," } else { "" };
        let text = format!("{between}{INDENT}{}", text.trim_end().replace('\n', INDENT));
        out.target.write(text.as_bytes())
    }

    fn end(&mut self, report: &Report, out: &mut Out<'_>) -> io::Result<()> {
        let close = if self.any { "\n  " } else { "" };
        out.target.write(format!("{close}{}", around(report)?.1).as_bytes())
    }
}
