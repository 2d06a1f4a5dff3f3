//! The log of assessments: JSON lines, each with the digest of the line before it. Whoever knows the digest of the last
//! line can tell whether any line up to it was removed, changed or moved.
//!
//! The digest of a line is its SHA-256 without the newline, as `sha256sum` reckons it.

mod chain;
mod entry;
mod error;

use std::fs::{File, OpenOptions};
use std::io::{self, BufReader, Seek, SeekFrom, Write};
use std::path::Path;

pub use self::chain::{Chain, Link, read};
pub use self::entry::{Entry, FORM, Judged, schema};
pub use self::error::LogError;
use crate::model::digest::hex;
use sha2::{Digest as _, Sha256};

/// What the first entry names in the place of the digest of the line before it.
pub const NOTHING: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// The digest of a line without its newline.
fn digest(line: &[u8]) -> String {
    hex(&Sha256::digest(line))
}

/// Opens a log to read and to add to, which is made where there is none. A pipe or a device is none.
fn open(path: &Path) -> io::Result<File> {
    if path.exists() && !path.is_file() {
        return Err(io::ErrorKind::InvalidInput.into());
    }
    OpenOptions::new().read(true).append(true).create(true).open(path)
}

/// Adds an entry at the end of a log, which is made where there is none; its number and the digest of its line.
///
/// # Errors
///
/// The log cannot be read or written, or is not as it was written.
pub fn append(path: &Path, entry: &Entry) -> Result<(u64, String), LogError> {
    let failed = |error: io::Error| LogError::system(path, error);
    let mut file = open(path).map_err(failed)?;
    // Other runs may write to it; the lock goes with the file.
    file.lock().map_err(failed)?;
    file.seek(SeekFrom::Start(0)).map_err(failed)?;
    let last = read(path, BufReader::new(&file), |_| ())?.last;
    let (number, previous) =
        last.map_or((1, NOTHING.to_owned()), |last| (last.number.saturating_add(1), last.digest));
    let line = serde_json::to_string(&Entry { number, previous, ..entry.clone() })
        .map_err(|error| failed(error.into()))?;
    let written = file.write_all(format!("{line}\n").as_bytes()).and_then(|()| file.sync_all());
    written.map_err(failed)?;
    Ok((number, digest(line.as_bytes())))
}

/// Whether a run may add to a log: what is there follows from each other, and it can be written.
///
/// # Errors
///
/// It cannot be read or written, or is not as it was written.
pub fn check(path: &Path) -> Result<(), LogError> {
    let failed = |error: io::Error| LogError::system(path, error);
    let file = open(path).map_err(failed)?;
    file.lock_shared().map_err(failed)?;
    read(path, BufReader::new(&file), |_| ()).map(|_| ())
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use std::fs;

    use super::*;

    fn log(entries: usize) -> (tempfile::TempDir, std::path::PathBuf, String) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("评价.log");
        let mut last = String::new();
        for number in 1..=entries {
            let entry = Entry { report: format!("{number:064}"), ..Entry::default() };
            let (told, digest) = append(&path, &entry).unwrap();
            assert_eq!(usize::try_from(told).unwrap(), number);
            last = digest;
        }
        (folder, path, last)
    }

    fn chain(path: &Path) -> Result<Chain, LogError> {
        read(path, BufReader::new(fs::File::open(path).unwrap()), |_| ())
    }

    #[test]
    fn entries_follow_each_other() {
        let (_folder, path, last) = log(3);
        let found = chain(&path).unwrap().last.unwrap();
        assert_eq!((found.number, found.digest), (3, last));
    }

    /// With the digest of the last line at hand, any change of any byte is found.
    #[test]
    fn whatever_is_changed_removed_or_moved_is_found() {
        let (_folder, path, last) = log(4);
        let text = fs::read(&path).unwrap();
        let stands = |bytes: &[u8]| {
            fs::write(&path, bytes).unwrap();
            chain(&path).is_ok_and(|chain| chain.last.is_some_and(|link| link.digest == last))
        };
        assert!(stands(&text));
        for at in 0..text.len() {
            let mut changed = text.clone();
            *changed.get_mut(at).unwrap() ^= 1;
            assert!(!stands(&changed), "{at}");
            assert!(!stands(text.get(..at).unwrap()), "cut at {at}");
        }
        let lines: Vec<&[u8]> = text.split_inclusive(|byte| *byte == b'\n').collect();
        for at in 0..lines.len() {
            let mut fewer = lines.clone();
            fewer.remove(at);
            assert!(!stands(&fewer.concat()), "without {at}");
            let mut moved = lines.clone();
            moved.swap(at, (at + 1) % lines.len());
            assert!(!stands(&moved.concat()), "{at} moved");
        }
    }

    #[test]
    fn a_log_that_does_not_stand_takes_no_entry() {
        let (_folder, path, _) = log(2);
        let text = fs::read_to_string(&path).unwrap();
        fs::write(&path, text.trim_end()).unwrap();
        assert!(matches!(append(&path, &Entry::default()), Err(LogError::Broken { row: 2, .. })));
        assert_eq!(fs::read_to_string(&path).unwrap(), text.trim_end());
    }
}
