//! The end of a ZIP archive: how many entries its directory says it has, before anybody keeps them all.

use std::io::{self, Read, Seek, SeekFrom};

use memchr::memmem;

/// The longest end there is: a record, a comment of 65,535 bytes, and what precedes it in large archives.
const END: u64 = (64 << 10) + 1_024;

/// How many entries an archive says it has, the most where several ends may be meant; nothing where it has no end.
pub(super) fn entries(stream: &mut (impl Read + Seek + ?Sized)) -> io::Result<Option<u64>> {
    let length = stream.seek(SeekFrom::End(0))?;
    stream.seek(SeekFrom::Start(length.saturating_sub(END)))?;
    let mut end = Vec::new();
    stream.take(END).read_to_end(&mut end)?;
    stream.seek(SeekFrom::Start(0))?;
    let number = |at: usize, length: usize| {
        let bytes = end.get(at..at.checked_add(length)?)?;
        Some(bytes.iter().rev().fold(0_u64, |value, byte| (value << 8) | u64::from(*byte)))
    };
    let small = memmem::find_iter(&end, b"PK\x05\x06").filter_map(|at| number(at.checked_add(10)?, 2));
    // Beyond 65,535 the record of large archives has the count.
    let large = memmem::find_iter(&end, b"PK\x06\x06").filter_map(|at| number(at.checked_add(32)?, 8));
    Ok(small.chain(large).max())
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use std::io::Cursor;

    use super::*;

    #[test]
    fn the_end_of_an_archive_says_how_many_entries_it_has() {
        let end =
            |count: u16| [&b"junkPK\x05\x06\0\0\0\0"[..], &[1, 0], &count.to_le_bytes(), &[0; 10]].concat();
        let large =
            [&b"PK\x06\x06"[..], &[0; 28], &9_000_000_u64.to_le_bytes(), &[0; 16], &end(65_535)].concat();
        let told = |bytes: Vec<u8>| entries(&mut Cursor::new(bytes)).unwrap();
        assert_eq!(told(end(3)), Some(3));
        assert_eq!(told(large), Some(9_000_000));
        assert_eq!(told(b"PK\x03\x04".to_vec()), None);
    }
}
