//! The bytes of an entry of an archive, unpacked as they are read: exactly as many as the archive declares, with the
//! checksum it declares, or reading fails.

use std::io::{self, Read, Seek, SeekFrom, Take};
use std::rc::Rc;

use flate2::Crc;
use flate2::read::DeflateDecoder;

use crate::ingest::input::{Input, Stop, Stream};

/// An entry, packed in the file of its archive.
#[derive(Clone)]
pub(in crate::ingest) struct Packed {
    /// The file of the archive.
    pub(in crate::ingest) archive: Rc<Input>,
    /// Where its packed bytes begin.
    pub(super) start: u64,
    /// How many they are.
    pub(super) packed: u64,
    /// How many they unpack to.
    pub(in crate::ingest) bytes: u64,
    /// CRC-32 of the unpacked bytes.
    pub(super) crc: u32,
    /// Whether they are deflated; stored as they are otherwise.
    pub(super) deflated: bool,
}

/// Reads an entry. It can be set to any position, at the cost of unpacking all that lies before.
pub(in crate::ingest) struct Unpacking<'a> {
    packed: &'a Packed,
    /// The entry, which is told what stopped reading.
    input: &'a Input,
    /// Nothing before the first byte was asked for.
    from: Option<Source<'a>>,
    crc: Crc,
    at: u64,
}

/// Unpacks the bytes of an entry.
enum Source<'a> {
    Stored(Take<Box<dyn Stream + 'a>>),
    Deflated(Box<DeflateDecoder<Take<Box<dyn Stream + 'a>>>>),
}

impl Packed {
    fn source(&self) -> io::Result<Source<'_>> {
        let mut stream = self.archive.stream();
        stream.seek(SeekFrom::Start(self.start))?;
        let packed = stream.take(self.packed);
        Ok(if self.deflated {
            Source::Deflated(Box::new(DeflateDecoder::new(packed)))
        } else {
            Source::Stored(packed)
        })
    }
}

impl Read for Source<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::Stored(stored) => stored.read(into),
            Self::Deflated(deflated) => deflated.read(into),
        }
    }
}

impl<'a> Unpacking<'a> {
    /// At the start of an entry.
    pub(in crate::ingest) fn new(packed: &'a Packed, input: &'a Input) -> Self {
        Self { packed, input, from: None, crc: Crc::new(), at: 0 }
    }

    /// Unpacks more; none at the end of the packed bytes.
    fn unpack(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let from = match self.from.take() {
            Some(from) => Ok(from),
            None => self.packed.source(),
        };
        let read = from.and_then(|from| self.from.insert(from).read(into));
        read.map_err(|error| self.stopped(error.to_string()))
    }

    /// What stopped reading: what stopped the archive, or else what is wrong with the entry.
    fn stopped(&self, said: String) -> io::Error {
        let stop = self.packed.archive.take_stop();
        self.input.stop(stop.unwrap_or(Stop::Damaged(said)))
    }

    /// Whether what was read to the end is what the archive declares.
    fn check_end(&mut self) -> io::Result<()> {
        let more = self.unpack(&mut [0])?;
        let wrong = match more {
            0 if self.crc.sum() == self.packed.crc => return Ok(()),
            0 => "an entry fails its checksum",
            _ => "an entry is longer than declared",
        };
        Err(self.stopped(wrong.to_owned()))
    }
}

impl Read for Unpacking<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let left = usize::try_from(self.packed.bytes.saturating_sub(self.at)).unwrap_or(usize::MAX);
        let most = into.len().min(left);
        let Some(into) = into.get_mut(..most).filter(|into| !into.is_empty()) else { return Ok(0) };
        let read = self.unpack(into)?;
        if read == 0 {
            return Err(self.stopped("an entry is shorter than declared".to_owned()));
        }
        self.crc.update(into.get(..read).unwrap_or_default());
        self.at = self.at.saturating_add(u64::try_from(read).unwrap_or(0));
        if self.at == self.packed.bytes {
            self.check_end()?;
        }
        Ok(read)
    }
}

impl Seek for Unpacking<'_> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let at = match to {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::End(by) => self.packed.bytes.checked_add_signed(by),
            SeekFrom::Current(by) => self.at.checked_add_signed(by),
        };
        let at = at.ok_or_else(|| io::Error::from(io::ErrorKind::InvalidInput))?;
        if at < self.at {
            *self = Self::new(self.packed, self.input);
        }
        let skipped = at.saturating_sub(self.at);
        io::copy(&mut self.by_ref().take(skipped), &mut io::sink())?;
        Ok(self.at)
    }
}
