//! Text on its way to a target, plain or compressed with Zstandard.

use std::io::{self, Write};

use zstd::stream::write::Encoder;

use super::Target;

/// A level that takes no longer than making what it packs.
const LEVEL: i32 = 9;

/// Packs what is written, or passes it on as it is.
#[derive(Default)]
pub(super) struct Packer(Option<Encoder<'static, Vec<u8>>>);

impl Packer {
    /// One that packs where that is wanted.
    ///
    /// # Errors
    /// There is no memory to pack in.
    pub(super) fn begin(packs: bool) -> io::Result<Self> {
        if !packs {
            return Ok(Self(None));
        }
        let mut packer = Encoder::new(Vec::new(), LEVEL)?;
        packer.include_checksum(true)?;
        Ok(Self(Some(packer)))
    }

    /// Takes more text.
    ///
    /// # Errors
    /// The target cannot be written.
    pub(super) fn write(&mut self, text: &str, target: &mut Target) -> io::Result<()> {
        let Some(packer) = &mut self.0 else { return target.write(text.as_bytes()) };
        packer.write_all(text.as_bytes())?;
        target.write(&std::mem::take(packer.get_mut()))
    }

    /// Ends what is packed.
    ///
    /// # Errors
    /// The target cannot be written.
    pub(super) fn end(&mut self, target: &mut Target) -> io::Result<()> {
        self.0.take().map_or(Ok(()), |packer| target.write(&packer.finish()?))
    }
}
