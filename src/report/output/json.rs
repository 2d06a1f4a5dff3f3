//! The whole report as JSON, written as its organizations come; compressed, too.

use std::io;

use super::packer::Packer;
use super::{Out, ReportWriter};
use crate::model::report::{Organization, Report};
use crate::report::json::WholeWriter;

/// Writes JSON.
pub(super) struct JsonWriter {
    /// Begun with the run.
    whole: Option<WholeWriter>,
    packer: Packer,
    /// Whether it is packed.
    packs: bool,
}

impl JsonWriter {
    /// Writes plain text, or packs it.
    pub(super) fn new(packs: bool) -> Self {
        Self { whole: None, packer: Packer::default(), packs }
    }
}

impl ReportWriter for JsonWriter {
    fn begin(&mut self, run: &Report, _: &mut Out<'_>) -> io::Result<()> {
        self.whole = Some(WholeWriter::begin(run));
        self.packer = Packer::begin(self.packs)?;
        Ok(())
    }

    fn organization(&mut self, one: &Organization, out: &mut Out<'_>) -> io::Result<()> {
        let whole = self.whole.as_mut().ok_or(io::ErrorKind::InvalidInput)?;
        self.packer.write(&whole.organization(one)?, out.target)
    }

    fn end(&mut self, report: &Report, out: &mut Out<'_>) -> io::Result<()> {
        let whole = self.whole.as_mut().ok_or(io::ErrorKind::InvalidInput)?;
        self.packer.write(&whole.end(report)?, out.target)?;
        self.packer.end(out.target)
    }
}
