//! Where the bytes of an output go.

use std::io::{self, Write};
use std::path::Path;

use crate::report::write::{Whole, WholeFolder};

/// Where the bytes of one output go. Nothing appears under its name before [`Target::finish`].
pub struct Target(Place);

enum Place {
    /// A stream, with the lines that are on it already and are not written again.
    Stream(Box<dyn Write + Send>, usize),
    /// A stream that is written at the end.
    Held(Box<dyn Write + Send>, Vec<u8>),
    /// A file.
    File(Whole),
    /// A folder of files.
    Folder(WholeFolder),
}

impl Target {
    /// A stream that takes whole lines at once; the first `told` of them are on it already.
    pub fn lines(stream: Box<dyn Write + Send>, told: usize) -> Self {
        Self(Place::Stream(stream, told))
    }

    /// A stream that takes everything at the end.
    pub fn held(stream: Box<dyn Write + Send>) -> Self {
        Self(Place::Held(stream, Vec::new()))
    }

    /// A file.
    pub fn file(file: Whole) -> Self {
        Self(Place::File(file))
    }

    /// A folder.
    ///
    /// # Errors
    /// It cannot be made, or something is in it.
    pub fn folder(path: &Path) -> io::Result<Self> {
        Ok(Self(Place::Folder(WholeFolder::begin(path)?)))
    }

    /// Whether it is a folder, in which each file has to be [begun](Target::begin_file).
    pub const fn is_folder(&self) -> bool {
        matches!(self.0, Place::Folder(_))
    }

    /// Begins the next file of a folder.
    ///
    /// # Errors
    /// It cannot be made, or this is no folder.
    pub fn begin_file(&mut self, name: &str) -> io::Result<()> {
        match &mut self.0 {
            Place::Folder(folder) => folder.begin_file(name),
            _ => Err(io::ErrorKind::NotADirectory.into()),
        }
    }

    /// Appends bytes: to the stream, the file, or the file begun last.
    ///
    /// # Errors
    /// They cannot be written.
    pub fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        match &mut self.0 {
            Place::Stream(stream, told) => {
                let rest = after_lines(bytes, told);
                if rest.is_empty() { Ok(()) } else { stream.write_all(rest).and_then(|()| stream.flush()) }
            }
            Place::Held(_, held) => {
                held.extend_from_slice(bytes);
                Ok(())
            }
            Place::File(file) => file.write(bytes),
            Place::Folder(folder) => folder.write(bytes),
        }
    }

    /// All is written: the file or folder appears.
    ///
    /// # Errors
    /// It cannot; then nothing of it is left.
    pub fn finish(self) -> io::Result<()> {
        match self.0 {
            Place::Stream(..) => Ok(()),
            Place::Held(mut stream, held) => stream.write_all(&held).and_then(|()| stream.flush()),
            Place::File(file) => file.finish(),
            Place::Folder(folder) => folder.finish(),
        }
    }
}

/// What comes after the first `lines` lines, of which those in `bytes` are counted off.
fn after_lines<'b>(mut bytes: &'b [u8], lines: &mut usize) -> &'b [u8] {
    while *lines > 0 && !bytes.is_empty() {
        let end = bytes.iter().position(|byte| *byte == b'\n').map_or(bytes.len(), |at| at.saturating_add(1));
        bytes = bytes.get(end..).unwrap_or_default();
        *lines = lines.saturating_sub(1);
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_were_told_are_not_written_again() {
        let mut told = 3;
        assert_eq!(after_lines(b"a\nb\n", &mut told), b"");
        assert_eq!(after_lines(b"c\nd\ne\n", &mut told), b"d\ne\n");
        assert_eq!((after_lines(b"f\n", &mut told), told), (&b"f\n"[..], 0));
    }
}
