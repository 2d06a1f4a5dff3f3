//! JSON lines: an organization a line, then perhaps the report without them; compressed, too.

use std::io;

use super::packer::Packer;
use super::{Out, ReportWriter};
use crate::model::report::{Organization, Report};
use crate::report::json;

/// Writes JSON lines.
#[derive(Default)]
pub(super) struct LinesWriter {
    packer: Packer,
    /// Whether it is packed.
    packs: bool,
    /// Whether the report stands on the last line.
    ends: bool,
}

impl LinesWriter {
    /// Organizations, then the report; packed where that is wanted.
    pub(super) fn whole(packs: bool) -> Self {
        Self { packs, ends: true, ..Self::default() }
    }

    /// Organizations and nothing else.
    pub(super) fn of_organizations() -> Self {
        Self::default()
    }
}

impl ReportWriter for LinesWriter {
    fn begin(&mut self, _: &Report, _: &mut Out<'_>) -> io::Result<()> {
        self.packer = Packer::begin(self.packs)?;
        Ok(())
    }

    fn organization(&mut self, one: &Organization, out: &mut Out<'_>) -> io::Result<()> {
        self.packer.write(&json::line(one)?, out.target)
    }

    fn end(&mut self, report: &Report, out: &mut Out<'_>) -> io::Result<()> {
        if self.ends {
            self.packer.write(&json::line(report)?, out.target)?;
        }
        self.packer.end(out.target)
    }
}
