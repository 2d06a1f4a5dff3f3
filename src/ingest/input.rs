//! The bytes of one file, from one open handle: small files are held, of large ones every block that is read again is
//! compared with what it was when it was digested. What is parsed is what was digested, or the file is refused.

use std::borrow::Cow;
use std::cell::RefCell;
use std::fs::File;
use std::io::{self, Read, Seek};
use std::path::Path;

use sha2::{Digest, Sha256};

use super::blocks::Blocks;
use super::encoding::{self, Encoding, Wanted};
use super::error::IngestError;
use super::limit::{Exceeded, Limit};
use super::source::{ArchiveError, ArchiveFault, Packed, Unpacking};
use super::stamp::Stamp;
use super::stream::Reader;
use crate::model::system::{self, Refusal};
use crate::resources::meter::{self, LimitExceeded};

/// Files up to this size are held in memory, where there is that much.
const HELD: u64 = 32 << 20;

/// Something that can be read from any position.
pub trait Stream: Read + Seek {}

impl<T: Read + Seek> Stream for T {}

/// One file of a submission.
pub(super) struct Input {
    /// Name inside the submission, with `/`.
    pub(super) name: String,
    /// Size.
    pub(super) bytes: u64,
    pub(super) content: Content,
    /// The file as the system told it when it was opened; nothing for text that never was a file.
    opened: Option<(File, Stamp)>,
    /// Whether reading is held to the limits of files.
    metered: bool,
    /// What stopped a stream: the libraries between it and us tell of an error, not of which.
    stopped: RefCell<Option<Stop>>,
}

/// A file that is text from end to end.
pub(super) struct Decoded<'a> {
    /// Its encoding.
    pub(super) encoding: Encoding,
    /// What it says.
    pub(super) text: Text<'a>,
}

/// The text of a file.
pub(super) enum Text<'a> {
    /// In memory.
    Held(Cow<'a, str>),
    /// To be decoded piece by piece.
    OnDisk(&'a Input),
}

/// Where the bytes are.
pub(super) enum Content {
    /// In memory.
    Held(Vec<u8>),
    /// On disk.
    OnDisk(Blocks),
    /// In an archive.
    Packed(Packed),
}

/// What stops reading a file.
#[derive(Clone, Debug)]
pub(super) enum Stop {
    /// The file is another than it was.
    Changed,
    /// Reading went beyond its limit.
    LimitExceeded(LimitExceeded),
    /// The system refused.
    Refused(Refusal),
    /// What an archive packs is not what it declares; what a library says, in English.
    Damaged(String),
}

impl Input {
    /// The file at `path`, which may have as many bytes as `most` says; no more than `memory` of them are held.
    pub(super) fn open(path: &Path, name: String, most: Limit, memory: u64) -> Result<Self, IngestError> {
        let refused = |error: io::Error| IngestError::unreadable(name.clone(), &error);
        let (file, metadata) = match system::open_regular(path) {
            Ok(Some(opened)) => opened,
            Err(error) if error.kind() == io::ErrorKind::NotFound && path.symlink_metadata().is_err() => {
                return Err(IngestError::Missing { path: path.display().to_string() });
            }
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(refused(error)),
            _ => return Err(IngestError::NotAFile { file: name }),
        };
        let stamp = Stamp::new(name.clone(), &metadata);
        if stamp.bytes > most.most() {
            return Err(IngestError::too_large(&name, None, None, most));
        }
        let content = if stamp.bytes <= HELD.min(memory) {
            let mut bytes = Vec::with_capacity(usize::try_from(stamp.bytes).unwrap_or(0));
            (&file).take(stamp.bytes.saturating_add(1)).read_to_end(&mut bytes).map_err(refused)?;
            Content::Held(bytes)
        } else {
            Content::OnDisk(Blocks::of(file.try_clone().map_err(refused)?, stamp.bytes))
        };
        let (bytes, opened) = (stamp.bytes, Some((file, stamp)));
        let input = Self { bytes, opened, metered: true, ..Self::new(name, content) };
        input.unchanged().map(|()| input)
    }

    /// Text that never was a file.
    pub(super) fn text(name: &str, text: &str) -> Self {
        Self::new(name.to_owned(), Content::Held(text.as_bytes().to_vec()))
    }

    /// An entry of an archive, unpacked anew whenever it is read.
    pub(super) fn unpacking(name: String, packed: Packed) -> Self {
        Self { metered: true, ..Self::new(name, Content::Packed(packed)) }
    }

    /// An entry of an archive that is read from its start alone; no more than `memory` bytes of it are held.
    pub(super) fn unpacked(
        name: String,
        packed: Packed,
        most: Limit,
        memory: u64,
    ) -> Result<Self, IngestError> {
        if packed.bytes > HELD.min(memory) && packed.bytes <= most.most() {
            return Ok(Self::unpacking(name, packed));
        }
        Self::unpacked_whole(name, packed, most)
    }

    /// An entry of an archive, in memory.
    pub(super) fn unpacked_whole(name: String, packed: Packed, most: Limit) -> Result<Self, IngestError> {
        if packed.bytes > most.most() {
            return Err(IngestError::too_large(&name, None, None, most));
        }
        let mut bytes = Vec::with_capacity(usize::try_from(packed.bytes).unwrap_or(0));
        let input = Self::unpacking(name, packed);
        input.stream().read_to_end(&mut bytes).map_err(|error| input.unreadable(&error))?;
        Ok(Self { content: Content::Held(bytes), ..input })
    }

    fn new(name: String, content: Content) -> Self {
        let bytes = match &content {
            Content::Held(bytes) => u64::try_from(bytes.len()).unwrap_or(u64::MAX),
            Content::OnDisk(_) => 0,
            Content::Packed(packed) => packed.bytes,
        };
        Self { name, bytes, content, opened: None, metered: false, stopped: RefCell::new(None) }
    }

    /// The file as the system told it when it was opened.
    pub(super) fn stamp(&self) -> Option<&Stamp> {
        self.opened.as_ref().map(|(_, stamp)| stamp)
    }

    /// The file is as it was when it was opened.
    ///
    /// # Errors
    /// It changed, as far as the system tells.
    pub(super) fn unchanged(&self) -> Result<(), IngestError> {
        let Some((file, before)) = &self.opened else { return Ok(()) };
        let held = match &self.content {
            Content::Held(bytes) => u64::try_from(bytes.len()).unwrap_or(u64::MAX),
            Content::OnDisk(_) | Content::Packed(_) => self.bytes,
        };
        let now = file.metadata().map_err(|error| IngestError::unreadable(self.name.clone(), &error))?;
        if held == self.bytes && Stamp::new(self.name.clone(), &now) == *before {
            return Ok(());
        }
        Err(IngestError::Changed { file: self.name.clone() })
    }

    /// Notes what stops reading; the error for the libraries in between.
    pub(super) fn stop(&self, stop: Stop) -> io::Error {
        // Only the first is kept: the others follow from it.
        self.stopped.borrow_mut().get_or_insert(stop);
        io::Error::other("reading was stopped")
    }

    /// What stopped reading, if anything did.
    pub(super) fn take_stop(&self) -> Option<Stop> {
        self.stopped.take()
    }

    /// What went wrong: what stopped reading, if anything did, else what the caller says.
    pub(super) fn failed(&self, otherwise: impl FnOnce() -> IngestError) -> IngestError {
        let file = self.name.clone();
        match self.stopped.take() {
            None => otherwise(),
            Some(Stop::Changed) => IngestError::Changed { file },
            Some(Stop::Refused(why)) => IngestError::Unreadable { file, why },
            Some(Stop::Damaged(said)) => {
                IngestError::Archive { file, error: ArchiveError::whole(ArchiveFault::Damaged(said)) }
            }
            Some(Stop::LimitExceeded(beyond)) => {
                let limits = meter::limits();
                let limit = match beyond {
                    LimitExceeded::Time => Exceeded::Time(limits.millis / 1_000),
                    _ => Exceeded::memory(limits.live.unsigned_abs()),
                };
                self.too_large(None, None, limit)
            }
        }
    }

    /// Whether reading may go on.
    ///
    /// # Errors
    /// It takes too much memory, or too long. Text that never was a file is not metered.
    pub(super) fn poll(&self) -> io::Result<()> {
        match self.metered.then(|| meter::charge(1)).flatten() {
            Some(beyond) => Err(self.stop(Stop::LimitExceeded(beyond))),
            None => Ok(()),
        }
    }

    /// Reads from the start.
    pub(super) fn stream(&self) -> Box<dyn Stream + '_> {
        match &self.content {
            Content::Packed(packed) => Box::new(Unpacking::new(packed, self)),
            Content::Held(_) | Content::OnDisk(_) => Box::new(Reader::new(self)),
        }
    }

    /// The first bytes.
    pub(super) fn magic(&self) -> Result<[u8; 4], IngestError> {
        let mut magic = [0; 4];
        let mut start = self.stream().take(4);
        let mut filled = 0;
        while let Some(rest) = magic.get_mut(filled..).filter(|rest| !rest.is_empty()) {
            match start.read(rest).map_err(|error| self.unreadable(&error))? {
                0 => break,
                read => filled = filled.saturating_add(read),
            }
        }
        Ok(magic)
    }

    /// All bytes, of a file that can be held.
    pub(super) fn whole(&self) -> Result<Cow<'_, [u8]>, IngestError> {
        if let Content::Held(bytes) = &self.content {
            return Ok(Cow::Borrowed(bytes));
        }
        if self.bytes > HELD {
            return Err(self.too_large(None, None, Limit::Part));
        }
        let mut bytes = Vec::new();
        self.stream().read_to_end(&mut bytes).map_err(|error| self.unreadable(&error))?;
        Ok(Cow::Owned(bytes))
    }

    /// Adds name, length and bytes to a digest.
    pub(super) fn digest(&self, into: &mut Sha256) -> Result<(), IngestError> {
        into.update(self.name.as_bytes());
        into.update([0]);
        into.update(self.bytes.to_le_bytes());
        let mut stream = self.stream();
        let mut piece = vec![0; 64 * 1024];
        loop {
            let read = stream.read(&mut piece).map_err(|error| self.unreadable(&error))?;
            match piece.get(..read) {
                Some(bytes) if read > 0 => into.update(bytes),
                _ => return Ok(()),
            }
        }
    }

    /// The file as text in an encoding that is wanted, and the whole of it.
    pub(super) fn decoded(&self, wanted: Wanted) -> Result<Decoded<'_>, IngestError> {
        if encoding::begins_as_utf16(&self.magic()?) {
            return self.as_utf16();
        }
        let candidates = match &wanted {
            Wanted::Asked(encoding) | Wanted::Fixed(encoding) => std::slice::from_ref(encoding),
            Wanted::Either => [Encoding::Utf8, Encoding::Gb18030].as_slice(),
        };
        for candidate in candidates {
            let text = match &self.content {
                Content::Held(bytes) => encoding::decoded(bytes, *candidate).map(Text::Held),
                Content::OnDisk(_) | Content::Packed(_) => encoding::check(self.stream(), *candidate)
                    .map_err(|error| self.unreadable(&error))?
                    .then_some(Text::OnDisk(self)),
            };
            if let Some(text) = text {
                self.is_one_encoding(*candidate, wanted)?;
                return Ok(Decoded { encoding: *candidate, text });
            }
        }
        // The encoding that got furthest says most about where the file is broken.
        let mut line = 0;
        for candidate in candidates {
            let wrong = encoding::wrong_line(self.stream(), *candidate);
            line = line.max(wrong.map_err(|error| self.unreadable(&error))?);
        }
        Err(IngestError::Encoding { file: self.name.clone(), line, wanted })
    }

    /// The file as UTF-16, which is read where it can be held.
    fn as_utf16(&self) -> Result<Decoded<'_>, IngestError> {
        let Content::Held(bytes) = &self.content else {
            return Err(IngestError::Utf16 { file: self.name.clone() });
        };
        let text = encoding::decoded(bytes, Encoding::Utf16);
        let text = text.ok_or_else(|| IngestError::Utf16 { file: self.name.clone() })?;
        Ok(Decoded { encoding: Encoding::Utf16, text: Text::Held(text) })
    }

    /// What passes as GB18030 is not Big5, nor UTF-8 in some of its lines. Of files that are not held this is not known.
    fn is_one_encoding(&self, encoding: Encoding, wanted: Wanted) -> Result<(), IngestError> {
        let Content::Held(bytes) = &self.content else { return Ok(()) };
        if encoding != Encoding::Gb18030 || wanted != Wanted::Either {
            return Ok(());
        }
        let file = self.name.clone();
        if let Some(line) = encoding::line_in_utf8(bytes) {
            return Err(IngestError::MixedEncodings { file, line });
        }
        if encoding::is_big5(bytes) { Err(IngestError::Big5 { file }) } else { Ok(()) }
    }

    /// It holds too much, or takes too much, as it was found in a sheet and a row of it.
    pub(super) fn too_large(
        &self,
        sheet: Option<&str>,
        row: Option<u32>,
        limit: impl Into<Exceeded>,
    ) -> IngestError {
        IngestError::too_large(&self.name, sheet, row, limit)
    }

    /// A failure to read bytes.
    pub(super) fn unreadable(&self, error: &io::Error) -> IngestError {
        self.failed(|| IngestError::unreadable(self.name.clone(), error))
    }

    /// The same from inside a stream.
    pub(super) fn refused(&self, error: &io::Error) -> io::Error {
        self.stop(Stop::Refused(system::refusal(error)))
    }
}
