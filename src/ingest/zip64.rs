//! What a ZIP says of itself beyond its classic form, looked at before the library does: that makes room for as many
//! entries as are declared before it reads the first.

use std::io::{self, Read, Seek, SeekFrom};

use super::input::{Input, Stream};

/// How the record at the end of every ZIP begins, and its bytes without the comment.
const END: &[u8] = b"PK\x05\x06";
const END_BYTES: usize = 22;

/// How the pointer begins that stands before it in a ZIP64, and its bytes.
const LOCATOR: &[u8] = b"PK\x06\x07";
const LOCATOR_BYTES: usize = 20;

/// How the record begins to which that points, and its bytes.
const RECORD: &[u8] = b"PK\x06\x06";
const RECORD_BYTES: usize = 56;

/// Bytes from the end in which the library looks for an end: those of the longest comment, and some more.
const TAIL: u64 = (1 << 16) + 1_024;

/// Entries that a ZIP declares in a record of ZIP64; none where it has no such record. Of several ends that the library
/// might take, the greatest figure.
///
/// # Errors
/// It cannot be read, or the record is not where every archiver puts it: directly before the pointer to it.
pub(super) fn declared(input: &Input) -> io::Result<Option<u64>> {
    let start = input.bytes.saturating_sub(TAIL);
    let mut stream = input.stream();
    stream.seek(SeekFrom::Start(start))?;
    let tail = read(stream.as_mut())?;
    let ends = tail.windows(END_BYTES).enumerate().filter(|(_, end)| end.starts_with(END));
    let mut most = None;
    for (at, _) in ends.filter(|(_, end)| may_be_zip64(end)) {
        let Some(locator) = at.checked_sub(LOCATOR_BYTES) else { continue };
        if tail.get(locator..).is_some_and(|rest| rest.starts_with(LOCATOR)) {
            let entries = entries(&tail, locator, start);
            most = most.max(Some(entries.ok_or_else(|| io::Error::other("a ZIP64 record is out of place"))?));
        }
    }
    Ok(most)
}

fn read(stream: &mut (dyn Stream + '_)) -> io::Result<Vec<u8>> {
    let mut tail = Vec::new();
    stream.take(TAIL).read_to_end(&mut tail)?;
    Ok(tail)
}

/// Whether an end leaves one of its figures (entries, size and offset of the directory) to a record of ZIP64.
fn may_be_zip64(end: &[u8]) -> bool {
    let is_full = |from: usize, to: usize| {
        end.get(from..to).is_some_and(|figure| figure.iter().all(|byte| *byte == 0xff))
    };
    is_full(10, 12) || is_full(12, 16) || is_full(16, 20)
}

/// The entries that the record before the pointer at `locator` declares, if that is what it points to and there is no
/// other; `start` is where the tail begins in the file.
fn entries(tail: &[u8], locator: usize, start: u64) -> Option<u64> {
    let at = locator.checked_sub(RECORD_BYTES)?;
    let record = tail.get(at..locator)?;
    let alone =
        record.starts_with(RECORD) && !record.get(1..)?.windows(RECORD.len()).any(|part| part == RECORD);
    let pointed = number(tail, locator.checked_add(8)?)? == start.checked_add(u64::try_from(at).ok()?)?;
    let figures = Some([number(record, 24)?, number(record, 32)?]).filter(|_| alone && pointed);
    figures.map(|[here, all]| here.max(all))
}

fn number(bytes: &[u8], at: usize) -> Option<u64> {
    let figure = bytes.get(at..at.checked_add(8)?)?;
    Some(u64::from_le_bytes(figure.try_into().ok()?))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    /// The end of a ZIP64 that declares so many entries, with its record at `at`.
    fn end(entries: u64, at: u64) -> Vec<u8> {
        let mut record = [RECORD, &44_u64.to_le_bytes(), &[45, 0, 45, 0], &[0; 8]].concat();
        [entries, entries, 46, 0].iter().for_each(|figure| record.extend(figure.to_le_bytes()));
        let locator = [LOCATOR, &[0; 4], &at.to_le_bytes(), &1_u32.to_le_bytes()].concat();
        [record, locator, END.to_vec(), vec![0; 4], vec![0xff; 12], vec![0; 2]].concat()
    }

    fn of(bytes: &[u8]) -> io::Result<Option<u64>> {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        io::Write::write_all(&mut file, bytes).unwrap();
        let most = super::super::limit::Limit::Archive;
        declared(&Input::open(file.path(), "甲.zip".to_owned(), most, u64::MAX).unwrap())
    }

    #[test]
    fn the_entries_of_a_zip64_are_those_it_declares() {
        for before in [0, 7, 200_000] {
            let file = |entries, at| [vec![b'x'; before], end(entries, at)].concat();
            let at = u64::try_from(before).unwrap();
            assert_eq!(of(&file(500_000, at)).unwrap(), Some(500_000));
            assert!(of(&file(3, at + 1)).is_err(), "it points elsewhere");
            let commented = [file(70_000, at), b"a comment".to_vec()].concat();
            assert_eq!(of(&commented).unwrap(), Some(70_000));
            let two = [file(70_000, at), end(3, at + u64::try_from(end(0, 0).len()).unwrap())].concat();
            assert_eq!(of(&two).unwrap(), Some(70_000));
        }
    }

    #[test]
    fn a_classic_zip_declares_nothing() {
        let classic = [b"PK\x03\x04".as_slice(), END, &[0; 18]].concat();
        let unused = [end(500_000, 0).get(..76).unwrap(), END, &[0; 18]].concat();
        for bytes in [b"".as_slice(), b"PK", &classic, &unused] {
            assert_eq!(of(bytes).unwrap(), None);
        }
        assert!(of(end(3, 0).get(30..).unwrap()).is_err(), "the record is cut off");
    }
}
