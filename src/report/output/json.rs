//! The whole report as JSON, written as its organizations come; compressed, too.

use std::io::{self, Write};

use zstd::stream::write::Encoder;

use super::{Out, ReportWriter, Target};
use crate::model::report::{Organization, Report};
use crate::report::json::WholeWriter;

/// A level that takes no longer than making what it packs.
const LEVEL: i32 = 9;

/// Writes JSON.
pub(super) struct JsonWriter {
    /// Begun with the run.
    whole: Option<WholeWriter>,
    /// Packs what is written.
    packer: Option<Encoder<'static, Vec<u8>>>,
    /// Whether it is packed.
    packs: bool,
}

impl JsonWriter {
    /// Writes plain text, or packs it.
    pub(super) const fn new(packs: bool) -> Self {
        Self { whole: None, packer: None, packs }
    }

    fn write(&mut self, text: &str, target: &mut Target) -> io::Result<()> {
        let Some(packer) = &mut self.packer else { return target.write(text.as_bytes()) };
        packer.write_all(text.as_bytes())?;
        target.write(&std::mem::take(packer.get_mut()))
    }
}

impl ReportWriter for JsonWriter {
    fn begin(&mut self, run: &Report, _: &mut Out<'_>) -> io::Result<()> {
        self.whole = Some(WholeWriter::begin(run));
        if self.packs {
            let mut packer = Encoder::new(Vec::new(), LEVEL)?;
            packer.include_checksum(true)?;
            self.packer = Some(packer);
        }
        Ok(())
    }

    fn organization(&mut self, one: &Organization, out: &mut Out<'_>) -> io::Result<()> {
        let whole = self.whole.as_mut().ok_or(io::ErrorKind::InvalidInput)?;
        let text = whole.organization(one)?;
        self.write(&text, out.target)
    }

    fn end(&mut self, report: &Report, out: &mut Out<'_>) -> io::Result<()> {
        let whole = self.whole.as_mut().ok_or(io::ErrorKind::InvalidInput)?;
        let text = whole.end(report)?;
        self.write(&text, out.target)?;
        match self.packer.take() {
            Some(packer) => out.target.write(&packer.finish()?),
            None => Ok(()),
        }
    }
}
