//! Compound files, in which old workbooks and encrypted ones are kept: their streams by name.

/// Bytes before the first sector.
const HEADER: usize = 512;

/// Sectors that end a chain or stand for none.
const LAST: u32 = 0xffff_fff9;

/// Bytes of an entry of the directory.
const ENTRY: usize = 128;

/// A compound file.
pub(super) struct Compound<'a> {
    bytes: &'a [u8],
    sector: usize,
    /// For each sector the one after it.
    next: Vec<u32>,
    /// Names of the streams, with where they begin and how many bytes they have.
    streams: Vec<(String, u32, usize)>,
}

impl<'a> Compound<'a> {
    /// The compound file that `bytes` are, as far as it can be made out.
    pub(super) fn of(bytes: &'a [u8]) -> Option<Self> {
        let shift = half(bytes, 30)?;
        let sector =
            if (7..=16).contains(&shift) { 1_usize.checked_shl(shift.into())? } else { return None };
        let mut file = Self { bytes, sector, next: Vec::new(), streams: Vec::new() };
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
        file.streams = directory.chunks(ENTRY).filter_map(entry).collect();
        Some(file)
    }

    /// Whether there is a stream of this name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.streams.iter().any(|(own, ..)| own == name)
    }

    /// The bytes of a stream that is not small.
    pub(super) fn stream(&self, name: &str) -> Option<Vec<u8>> {
        let (_, start, length) = self.streams.iter().find(|(own, ..)| own == name)?;
        let mut bytes = self.chain(*start);
        bytes.truncate(*length);
        Some(bytes)
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
