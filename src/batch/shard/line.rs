//! A line that shows whether it is as it was written: `{"sha256":"…","body":…}`.

use std::fs::File;
use std::io::{self, BufRead, Read};
use std::path::Path;

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::model::digest::Digest;

const BEFORE: &str = r#"{"sha256":""#;
const BETWEEN: &str = r#"","body":"#;
const AFTER: &str = "}";

/// Bytes of the longest line with its newline. An assessment takes a hundredth of it, and so do the rulings of a county.
pub const MOST: usize = 32 << 20;

/// Why a line is not read.
#[derive(Debug)]
pub enum Unread {
    /// The system refused.
    System(io::Error),
    /// It is longer than any that was written.
    TooLong,
}

impl From<Unread> for io::Error {
    fn from(why: Unread) -> Self {
        match why {
            Unread::System(error) => error,
            Unread::TooLong => io::ErrorKind::FileTooLarge.into(),
        }
    }
}

/// Reads the next line with its newline into `line`; how many bytes it has, 0 at the end.
///
/// # Errors
///
/// It cannot be read, or is longer than [`MOST`].
pub fn next(from: &mut impl BufRead, line: &mut Vec<u8>) -> Result<usize, Unread> {
    next_within(from, line, MOST)
}

/// The same of lines that are no longer than `most` bytes.
///
/// # Errors
///
/// It cannot be read, or is longer.
pub fn next_within(from: &mut impl BufRead, line: &mut Vec<u8>, most: usize) -> Result<usize, Unread> {
    line.clear();
    let limit = u64::try_from(most).unwrap_or(u64::MAX).saturating_add(1);
    let bytes = from.by_ref().take(limit).read_until(b'\n', line).map_err(Unread::System)?;
    if bytes > most { Err(Unread::TooLong) } else { Ok(bytes) }
}

/// Whether a file begins as its first line does.
pub fn begins(path: &Path) -> bool {
    let mut start = Vec::new();
    let read = File::open(path).and_then(|file| file.take(BEFORE.len() as u64).read_to_end(&mut start));
    read.is_ok() && start == BEFORE.as_bytes()
}

/// Length of a digest in hexadecimal.
const DIGEST: usize = 64;

/// The line with its newline, and its digest. `above` is the digest of the first line: a line belongs to its file.
///
/// # Errors
///
/// A value has no JSON form, or a line would be longer than [`MOST`].
pub fn write<T: Serialize>(body: &T, above: &str) -> io::Result<(String, String)> {
    let body = serde_json::to_string(body)?;
    let digest = digest(&body, above);
    let line = format!("{BEFORE}{digest}{BETWEEN}{body}{AFTER}\n");
    if line.len() > MOST {
        return Err(io::ErrorKind::FileTooLarge.into());
    }
    Ok((line, digest))
}

/// What a line without its newline says, and its digest; nothing where it is not as it was written.
pub fn read<T: DeserializeOwned>(line: &str, above: &str) -> Option<(T, String)> {
    let (told, rest) = line.strip_prefix(BEFORE)?.split_at_checked(DIGEST)?;
    let body = rest.strip_prefix(BETWEEN)?.strip_suffix(AFTER)?;
    let whole = digest(body, above) == told;
    whole.then(|| Some((serde_json::from_str(body).ok()?, told.to_owned())))?
}

fn digest(body: &str, above: &str) -> String {
    Digest::default().part(above.as_bytes()).part(body.as_bytes()).hex()
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn a_line_without_end_is_given_up() {
        let mut read = Vec::new();
        let endless = next(&mut io::BufReader::new(io::repeat(b'x')), &mut read);
        assert!(matches!(endless, Err(Unread::TooLong)));
        assert!(write(&"x".repeat(MOST), "").is_err());
    }

    #[test]
    fn a_line_that_was_cut_or_changed_or_moved_says_nothing() {
        let (line, digest) = write(&vec!["甲", "乙"], "above").unwrap();
        let line = line.trim_end();
        assert!(serde_json::from_str::<serde_json::Value>(line).is_ok());
        assert_eq!(read::<Vec<String>>(line, "above"), Some((vec!["甲".into(), "乙".into()], digest)));
        assert_eq!(read::<Vec<String>>(line, "other"), None);
        assert_eq!(read::<Vec<String>>(&line.replace('甲', "丙"), "above"), None);
        let mut lines: &[u8] = b"a\nbc";
        let mut taken = Vec::new();
        let mut lengths = Vec::new();
        while let Some(bytes) = next(&mut lines, &mut taken).ok().filter(|bytes| *bytes > 0) {
            lengths.push(bytes);
        }
        assert_eq!(lengths, [2, 2]);
        for (at, _) in line.char_indices() {
            assert_eq!(read::<Vec<String>>(line.get(..at).unwrap(), "above"), None);
        }
    }
}
