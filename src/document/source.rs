//! The file that is read.

use std::io::{self, Read, Seek, SeekFrom};

use super::error::Problem;
use super::limit::Limit;

/// Bytes that can be read anywhere.
pub(super) trait Stream: Read + Seek {}

impl<T: Read + Seek> Stream for T {}

/// One file.
pub(super) struct Source<'s> {
    stream: &'s mut dyn Stream,
    bytes: u64,
}

impl<'s> Source<'s> {
    pub(super) fn new(stream: &'s mut dyn Stream) -> io::Result<Self> {
        let bytes = stream.seek(SeekFrom::End(0))?;
        stream.seek(SeekFrom::Start(0))?;
        Ok(Self { stream, bytes })
    }

    /// Its bytes, from the start.
    pub(super) fn stream(&mut self) -> &mut dyn Stream {
        self.stream
    }

    /// All its bytes, if they are within a limit.
    pub(super) fn whole(&mut self, limit: Limit) -> Result<Vec<u8>, Problem> {
        if self.bytes > limit.most() {
            return Err(limit.into());
        }
        self.stream.seek(SeekFrom::Start(0))?;
        let mut bytes = Vec::new();
        // A file that grows is not followed.
        self.stream.take(self.bytes).read_to_end(&mut bytes)?;
        Ok(bytes)
    }
}
