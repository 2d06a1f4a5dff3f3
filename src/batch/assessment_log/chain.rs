//! Reads a log from its beginning and holds each line to the one before.

use std::io::BufRead;
use std::path::Path;

use super::entry::{Entry, FORM};
use super::{LogError, NOTHING, digest};
use crate::batch::shard::line;

/// Bytes of the longest line: a thousand times what an entry takes.
const MOST: usize = 4 << 20;

/// A log whose entries follow each other.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Chain {
    /// The last entry, if there is any.
    pub last: Option<Link>,
}

/// An entry at its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Which one it is, from 1.
    pub number: u64,
    /// Digest of its line.
    pub digest: String,
    /// What it tells.
    pub entry: Entry,
}

/// Reads a log; each entry is handed on as it comes. O(bytes), one line in memory.
///
/// # Errors
///
/// It cannot be read, or some line does not follow from the one before.
pub fn read(path: &Path, mut from: impl BufRead, mut each: impl FnMut(&Link)) -> Result<Chain, LogError> {
    let (mut chain, mut text) = (Chain::default(), Vec::new());
    loop {
        let row = chain.last.as_ref().map_or(1, |last| last.number.saturating_add(1));
        let read = line::next_within(&mut from, &mut text, MOST);
        if read.map_err(|why| LogError::system(path, why.into()))? == 0 {
            return Ok(chain);
        }
        let broken = || LogError::Broken { file: path.display().to_string(), row };
        let told = text.strip_suffix(b"\n").ok_or_else(broken)?;
        let entry: Entry = serde_json::from_slice(told).map_err(|_| broken())?;
        let previous = chain.last.as_ref().map_or(NOTHING, |last| last.digest.as_str());
        if entry.form != FORM || entry.number != row || entry.previous != previous {
            return Err(broken());
        }
        let link = Link { number: row, digest: digest(told), entry };
        each(&link);
        chain.last = Some(link);
    }
}
