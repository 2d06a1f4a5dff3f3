//! The blocks of a file on disk. What a block was when it was first read is remembered by a codes hash of 64 bits whose
//! key nobody knows: the file can be read as often as need be, and is always the same or refused.

use std::cell::RefCell;
use std::collections::hash_map::RandomState;
use std::fs::File;
use std::hash::BuildHasher;
use std::io::{self, ErrorKind, Read, Seek, SeekFrom};

/// Bytes of a block.
pub(super) const BLOCK: u64 = 128 << 10;

/// A file, block by block.
pub(super) struct Blocks {
    file: File,
    bytes: u64,
    key: RandomState,
    /// The hash of each block that was read before.
    known: RefCell<Vec<Option<u64>>>,
}

impl Blocks {
    /// The blocks of a file of so many bytes.
    pub(super) fn of(file: File, bytes: u64) -> Self {
        let blocks = usize::try_from(bytes.div_ceil(BLOCK)).unwrap_or(usize::MAX);
        Self { file, bytes, key: RandomState::new(), known: RefCell::new(vec![None; blocks]) }
    }

    /// Reads a block, from 0; whether it is what it was.
    ///
    /// # Errors
    /// The system refuses.
    pub(super) fn read(&self, number: u64, into: &mut Vec<u8>) -> io::Result<bool> {
        let start = number.saturating_mul(BLOCK);
        let wanted = self.bytes.saturating_sub(start).min(BLOCK);
        into.clear();
        (&self.file).seek(SeekFrom::Start(start))?;
        let mut left = (&self.file).take(wanted);
        loop {
            match left.read_to_end(into) {
                Ok(_) => break,
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        let hash = self.key.hash_one(into.as_slice());
        let mut known = self.known.borrow_mut();
        let before = usize::try_from(number).ok().and_then(|at| known.get_mut(at));
        let same = before.is_some_and(|before| *before.get_or_insert(hash) == hash);
        Ok(same && u64::try_from(into.len()) == Ok(wanted))
    }
}
