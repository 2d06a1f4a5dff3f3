//! The bytes of one file: small files are held, large ones read again for each pass.

use std::borrow::Cow;
use std::fs::File;
use std::io::{self, BufReader, Cursor, Read, Seek};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::encoding::{self, Encoding};
use super::error::{IngestError, Limit};

/// Files up to this size are held in memory.
const HELD: u64 = 32 << 20;

/// The greatest file that is read: text is read piece by piece, so that only its rows have to be counted.
const MAX_FILE: u64 = 64 << 30;

/// Something that can be read from any position.
pub(super) trait Stream: Read + Seek {}

impl<T: Read + Seek> Stream for T {}

/// One file of a submission.
pub(super) struct Input {
    /// Name inside the submission, with `/`.
    pub(super) name: String,
    /// Size.
    pub(super) bytes: u64,
    content: Content,
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

enum Content {
    Held(Vec<u8>),
    OnDisk(PathBuf),
}

impl Input {
    /// The file at `path`.
    pub(super) fn open(path: &Path, name: String) -> Result<Self, IngestError> {
        let unreadable =
            |error: io::Error| IngestError::Unreadable { file: name.clone(), cause: error.to_string() };
        let bytes = std::fs::metadata(path).map_err(unreadable)?.len();
        if bytes > MAX_FILE {
            return Err(IngestError::TooLarge { file: name, row: None, limit: Limit::File });
        }
        let content = if bytes <= HELD {
            Content::Held(std::fs::read(path).map_err(unreadable)?)
        } else {
            Content::OnDisk(path.to_owned())
        };
        Ok(Self { name, bytes, content })
    }

    /// Text that never was a file.
    pub(super) fn text(name: &str, text: &str) -> Self {
        let bytes = u64::try_from(text.len()).unwrap_or(u64::MAX);
        Self { name: name.to_owned(), bytes, content: Content::Held(text.as_bytes().to_vec()) }
    }

    /// Reads from the start.
    pub(super) fn stream(&self) -> Result<Box<dyn Stream + '_>, IngestError> {
        match &self.content {
            Content::Held(bytes) => Ok(Box::new(Cursor::new(bytes.as_slice()))),
            Content::OnDisk(path) => match File::open(path) {
                Ok(file) => Ok(Box::new(BufReader::with_capacity(64 * 1024, file))),
                Err(error) => Err(self.unreadable(&error)),
            },
        }
    }

    /// The first bytes.
    pub(super) fn magic(&self) -> Result<[u8; 4], IngestError> {
        let mut magic = [0; 4];
        let mut start = self.stream()?.take(4);
        let mut filled = 0;
        while let Some(rest) = magic.get_mut(filled..).filter(|rest| !rest.is_empty()) {
            match start.read(rest).map_err(|error| self.unreadable(&error))? {
                0 => break,
                read => filled = filled.saturating_add(read),
            }
        }
        Ok(magic)
    }

    /// Adds name, length and bytes to a digest.
    pub(super) fn digest(&self, into: &mut Sha256) -> Result<(), IngestError> {
        into.update(self.name.as_bytes());
        into.update([0]);
        into.update(self.bytes.to_le_bytes());
        let mut stream = self.stream()?;
        let mut piece = vec![0; 64 * 1024];
        loop {
            let read = stream.read(&mut piece).map_err(|error| self.unreadable(&error))?;
            match piece.get(..read) {
                Some(bytes) if read > 0 => into.update(bytes),
                _ => return Ok(()),
            }
        }
    }

    /// The file as text: in the encoding asked for, else UTF-8, else GB18030, and the whole of it.
    pub(super) fn decoded(&self, asked: Option<Encoding>) -> Result<Decoded<'_>, IngestError> {
        if matches!(self.magic()?, [0xff, 0xfe, ..] | [0xfe, 0xff, ..]) {
            return Err(IngestError::Utf16 { file: self.name.clone() });
        }
        let candidates = match &asked {
            Some(encoding) => std::slice::from_ref(encoding),
            None => [Encoding::Utf8, Encoding::Gb18030].as_slice(),
        };
        for candidate in candidates {
            let text = match &self.content {
                Content::Held(bytes) => encoding::decoded(bytes, *candidate).map(Text::Held),
                Content::OnDisk(_) => encoding::check(self.stream()?, *candidate)
                    .map_err(|error| self.unreadable(&error))?
                    .then_some(Text::OnDisk(self)),
            };
            if let Some(text) = text {
                return Ok(Decoded { encoding: *candidate, text });
            }
        }
        // The encoding that got furthest says most about where the file is broken.
        let mut line = 0;
        for candidate in candidates {
            let wrong = encoding::wrong_line(self.stream()?, *candidate);
            line = line.max(wrong.map_err(|error| self.unreadable(&error))?);
        }
        Err(IngestError::Encoding { file: self.name.clone(), line, asked })
    }

    pub(super) fn unreadable(&self, error: &io::Error) -> IngestError {
        IngestError::Unreadable { file: self.name.clone(), cause: error.to_string() }
    }
}
