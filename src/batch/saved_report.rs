//! A report that an earlier run wrote as JSON, plain or compressed, to be read back.

use std::fs::File;
use std::io::{self, BufReader, Read, Seek};
use std::path::Path;

use zstd::stream::read::Decoder;

use crate::model::fault::{Explain, Fault};
use crate::model::report::{Organization, Report};
use crate::model::system;
use crate::model::text::Text;
use crate::report::json::{self, ReadError};

/// How a compressed file begins (RFC 8878, 3.1.1).
const PACKED: [u8; 4] = [0x28, 0xb5, 0x2f, 0xfd];

/// Bytes that unpacking may look back over, as a power of two: what the format recommends every reader to have.
const WINDOW: u32 = 27;

/// What is said where the system does not give the file: code, Chinese, English.
pub type Unreadable = (&'static str, &'static str, &'static str);

/// A saved report, opened.
pub struct SavedReport<'p> {
    path: &'p Path,
    unreadable: Unreadable,
    file: File,
    is_packed: bool,
}

impl<'p> SavedReport<'p> {
    /// Opens it.
    ///
    /// # Errors
    /// The system refuses, or it is no file.
    pub fn open(path: &'p Path, unreadable: Unreadable) -> Result<Self, Fault> {
        let opened = system::open_file(path).and_then(|(mut file, _)| {
            let mut start = Vec::new();
            file.by_ref().take(PACKED.len() as u64).read_to_end(&mut start)?;
            Ok(Self { path, unreadable, file, is_packed: start == PACKED })
        });
        opened.map_err(|error| refused(path, unreadable, &error))
    }

    /// Reads it from its beginning: each organization is handed on as it comes, the rest is the result.
    ///
    /// # Errors
    /// It is no report of this version, was edited, or cannot be read. Organizations before the error have been handed on.
    pub fn read(&mut self, each: impl FnMut(Organization)) -> Result<Report, Fault> {
        let (path, unreadable) = (self.path, self.unreadable);
        let unpacked = self.unpacked().map_err(|error| refused(path, unreadable, &error))?;
        let read = json::read(BufReader::new(unpacked), each);
        let file = Some(path.display().to_string());
        read.map_err(|error: ReadError| Fault { file, ..error.fault() })
    }
}

/// Bytes at its beginning that tell a report.
const START: u64 = 4096;

impl SavedReport<'_> {
    /// The bytes it begins with, unpacked; fewer where it cannot be read further.
    pub fn start(&mut self) -> Vec<u8> {
        let mut start = Vec::new();
        // What cannot be read further is not looked at.
        let _ = self.unpacked().and_then(|unpacked| unpacked.take(START).read_to_end(&mut start));
        start
    }

    /// Its text from the beginning, unpacked.
    fn unpacked(&mut self) -> io::Result<Box<dyn Read + '_>> {
        self.file.rewind()?;
        let plain = BufReader::new(&self.file);
        if !self.is_packed {
            return Ok(Box::new(plain));
        }
        let mut unpacked = Decoder::with_buffer(plain)?;
        unpacked.window_log_max(WINDOW)?;
        Ok(Box::new(unpacked))
    }

    /// Whether its text, unpacked, is what a stream gives.
    ///
    /// # Errors
    /// One of them cannot be read.
    pub fn is_same(&mut self, other: impl Read) -> Result<bool, Fault> {
        let (path, unreadable) = (self.path, self.unreadable);
        let same = self.unpacked().and_then(|unpacked| is_same(unpacked, other));
        same.map_err(|error| refused(path, unreadable, &error))
    }
}

/// Whether two streams give the same bytes.
fn is_same(mut one: impl Read, mut other: impl Read) -> io::Result<bool> {
    let (mut first, mut second) = (vec![0; 64 << 10], vec![0; 64 << 10]);
    loop {
        let read = one.read(&mut first)?;
        if read == 0 {
            return Ok(other.read(second.get_mut(..1).unwrap_or_default())? == 0);
        }
        let (Some(first), Some(second)) = (first.get(..read), second.get_mut(..read)) else {
            return Ok(false);
        };
        match other.read_exact(second) {
            Ok(()) if first == second => {}
            Ok(()) => return Ok(false),
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(false),
            Err(error) => return Err(error),
        }
    }
}

fn refused(path: &Path, (code, zh, en): Unreadable, error: &io::Error) -> Fault {
    system::refusal(error).fault(code, &Text::new(zh, en), path)
}

/// Its personal data is not masked, and was not asked for. What is personal in a text is known where its column is
/// declared, not in a report: it is not masked later.
pub fn unmasked(path: &Path) -> Fault {
    Fault {
        code: "report.unmasked",
        message: Text::new("报告含未遮盖的个人信息", "the report holds personal data that is not masked"),
        help: Text::new(
            "确需写出个人信息的，加 --unmask；需要遮盖的，不加 --unmask 用 check 重新评估，已写出的报告不能事后遮盖",
            "add --unmask to write it all the same; to have it masked assess again without --unmask: a report cannot be masked later",
        ),
        file: Some(path.display().to_string()),
        ..Fault::default()
    }
}
