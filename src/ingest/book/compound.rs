//! Compound files, in which old workbooks and encrypted ones are kept: their streams by name.

/// Bytes before the first sector.
const HEADER: usize = 512;

/// Sectors that end a chain or stand for none.
const LAST: u32 = 0xffff_fff9;

/// Bytes of an entry of the directory.
const ENTRY: usize = 128;

/// Streams of workbooks, one of which is at the top.
const BOOKS: [&str; 3] = ["Workbook", "Book", "EncryptedPackage"];

/// A compound file.
pub(super) struct Compound<'a> {
    bytes: &'a [u8],
    sector: usize,
    /// For each sector the one after it.
    next: Vec<u32>,
    /// Names of the streams, with where they begin and how many bytes they have.
    streams: Vec<(String, u32, usize)>,
    /// Streams of fewer bytes lie together, in sectors of their own, in a stream that begins here.
    small: usize,
    small_start: u32,
    /// For each of those sectors the one after it.
    small_next: Vec<u32>,
}

/// Bytes of a sector of small streams.
const SMALL_SECTOR: usize = 64;

impl<'a> Compound<'a> {
    /// The compound file that `bytes` are, as far as it can be made out.
    pub(super) fn of(bytes: &'a [u8]) -> Option<Self> {
        let shift = half(bytes, 30)?;
        let sector =
            if (7..=16).contains(&shift) { 1_usize.checked_shl(shift.into())? } else { return None };
        let small = usize::try_from(word(bytes, 56)?).ok()?;
        let (next, streams, small_next) = (Vec::new(), Vec::new(), Vec::new());
        let mut file = Self { bytes, sector, next, streams, small, small_start: LAST, small_next };
        let entries = sector.div_euclid(4);
        // No honest file has more tables than tell of all its sectors; one whose lists lead back to themselves has no end.
        let most = bytes.len().div_euclid(sector).div_euclid(entries).saturating_add(1);
        let mut tables: Vec<u32> =
            (0..109).filter_map(|at| word(bytes, entry_at(at).saturating_add(76))).collect();
        let mut more = word(bytes, 68)?;
        while more < LAST && tables.len() < most {
            let list = file.at(more)?;
            tables.extend((0..entries.saturating_sub(1)).filter_map(|at| word(list, entry_at(at))));
            more = word(list, entry_at(entries.saturating_sub(1)))?;
        }
        for table in tables.into_iter().filter(|table| *table < LAST).take(most) {
            let list = file.at(table)?;
            file.next.extend((0..entries).filter_map(|at| word(list, entry_at(at))));
        }
        let directory = file.chain(word(bytes, 48)?);
        file.small_start = word(&directory, 116).unwrap_or(LAST);
        file.streams = top(&directory);
        if !BOOKS.iter().any(|name| file.has(name)) {
            file.streams = directory.chunks(ENTRY).filter_map(entry).collect();
        }
        let small_next = file.chain(word(bytes, 60)?);
        file.small_next = small_next.chunks_exact(4).filter_map(|next| word(next, 0)).collect();
        Some(file)
    }

    /// Whether there is a stream of this name, in small or capital letters.
    pub(super) fn has(&self, name: &str) -> bool {
        self.streams.iter().any(|(own, ..)| own.eq_ignore_ascii_case(name))
    }

    /// The bytes of a stream.
    pub(super) fn stream(&self, name: &str) -> Option<Vec<u8>> {
        let (_, start, length) = self.streams.iter().find(|(own, ..)| own.eq_ignore_ascii_case(name))?;
        let is_small = *length < self.small && !self.small_next.is_empty();
        let mut bytes = if is_small { self.small_chain(*start, *length) } else { self.chain(*start) };
        bytes.truncate(*length);
        Some(bytes)
    }

    /// The bytes of a small stream.
    fn small_chain(&self, start: u32, length: usize) -> Vec<u8> {
        let all = self.chain(self.small_start);
        let (mut bytes, mut next) = (Vec::new(), Some(start));
        while let Some(sector) = next.and_then(|sector| usize::try_from(sector).ok()) {
            let from = sector.saturating_mul(SMALL_SECTOR);
            let Some(rest) = all.get(from..).filter(|rest| !rest.is_empty() && bytes.len() < length) else {
                break;
            };
            bytes.extend(rest.iter().take(SMALL_SECTOR));
            next = self.small_next.get(sector).copied();
        }
        bytes
    }

    fn at(&self, sector: u32) -> Option<&'a [u8]> {
        let start =
            usize::try_from(sector).ok()?.checked_mul(self.sector)?.checked_add(HEADER.max(self.sector))?;
        self.bytes.get(start..start.checked_add(self.sector)?.min(self.bytes.len()))
    }

    fn chain(&self, start: u32) -> Vec<u8> {
        let (mut all, mut sector) = (Vec::new(), start);
        while let Some(bytes) = self.at(sector).filter(|_| sector < LAST && all.len() <= self.bytes.len()) {
            all.extend_from_slice(bytes);
            let next = usize::try_from(sector).ok().and_then(|sector| self.next.get(sector));
            sector = next.copied().unwrap_or(LAST);
        }
        all
    }
}

/// Where a number of four bytes stands in a list.
fn entry_at(at: usize) -> usize {
    at.saturating_mul(4)
}

/// The entries at the top of a directory: those of objects inside have the same names.
fn top(directory: &[u8]) -> Vec<(String, u32, usize)> {
    let entries: Vec<&[u8]> = directory.chunks(ENTRY).collect();
    let (mut found, mut seen) = (Vec::new(), vec![false; entries.len()]);
    let mut next = vec![word(directory, 76)];
    while let Some(id) = next.pop() {
        let id = id.and_then(|id| usize::try_from(id).ok()).unwrap_or(usize::MAX);
        let (Some(bytes), Some(seen)) = (entries.get(id), seen.get_mut(id)) else { continue };
        if !std::mem::replace(seen, true) {
            found.extend(entry(bytes));
            next.extend([word(bytes, 68), word(bytes, 72)]);
        }
    }
    found
}

fn entry(bytes: &[u8]) -> Option<(String, u32, usize)> {
    let length = usize::from(half(bytes, 64)?).checked_sub(2)?;
    let units: Vec<u16> =
        (0..length.div_euclid(2)).filter_map(|at| half(bytes, at.saturating_mul(2))).collect();
    let name = String::from_utf16_lossy(&units);
    Some((name, word(bytes, 116)?, usize::try_from(word(bytes, 120)?).ok()?))
        .filter(|(name, ..)| !name.is_empty())
}

/// Two bytes at a place, as a number.
pub(super) fn half(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at.checked_add(2)?)?.try_into().ok()?))
}

/// Four bytes at a place, as a number.
pub(super) fn word(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?))
}

#[cfg(test)]
#[expect(clippy::indexing_slicing, reason = "tests")]
mod tests {
    use super::*;

    /// A file of four sectors: the table of sectors, the directory, small streams, the table of their sectors.
    fn file(entries: &[(&str, [u32; 5])]) -> Vec<u8> {
        let words = |words: &[u32]| words.iter().flat_map(|word| word.to_le_bytes()).collect::<Vec<u8>>();
        let mut header = vec![0; HEADER];
        header[30] = 9;
        for (at, word) in [(48, 1), (56, 4096), (60, 3), (68, u32::MAX), (76, 0)] {
            header[at..at + 4].copy_from_slice(&u32::to_le_bytes(word));
        }
        header[80..].fill(0xff);
        let end = 0xffff_fffe;
        let mut sectors = [words(&[end, end, end, end]), Vec::new(), vec![1; 64], words(&[2, end, end])];
        sectors[2].extend([[2; 64], [3; 64]].concat());
        for (name, [left, right, child, start, length]) in entries {
            let mut entry: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
            let bytes = u8::try_from(entry.len() + 2).unwrap_or(0);
            entry.resize(ENTRY, 0);
            entry[64] = bytes;
            entry[68..80].copy_from_slice(&words(&[*left, *right, *child]));
            entry[116..124].copy_from_slice(&words(&[*start, *length]));
            sectors[1].extend(entry);
        }
        sectors.iter_mut().for_each(|sector| sector.resize(HEADER, 0xff));
        [header, sectors.concat()].concat()
    }

    #[test]
    fn streams_are_small_too_and_at_the_top() {
        let none = u32::MAX;
        let bytes = file(&[
            ("", [none, none, 3, 2, 192]),
            ("Workbook", [none, none, none, 1, 10]),
            ("Object", [none, none, 1, 0, 0]),
            ("BOOK", [2, none, none, 0, 100]),
        ]);
        let file = Compound::of(&bytes);
        let stream = |name| file.as_ref().and_then(|file| file.stream(name));
        assert_eq!(stream("Workbook"), None, "it is that of an object");
        assert_eq!(stream("Book"), Some([[1; 64], [3; 64]].concat()[..100].to_vec()));
    }

    #[test]
    fn a_directory_without_order_is_taken_as_a_list() {
        let none = u32::MAX;
        let root = ("Root Entry", [none, none, none, 2, 192]);
        let bytes = file(&[root, ("Workbook", [1, 1, none, 1, 3])]);
        assert_eq!(Compound::of(&bytes).and_then(|file| file.stream("workbook")), Some(vec![2; 3]));
    }
}
