//! Records of workbooks before 2007 (BIFF), and the texts in them.

use encoding_rs::{
    BIG5, EUC_KR, Encoding, GB18030, IBM866, MACINTOSH, SHIFT_JIS, UTF_8, WINDOWS_874, WINDOWS_1250,
    WINDOWS_1251, WINDOWS_1252, WINDOWS_1253, WINDOWS_1254, WINDOWS_1255, WINDOWS_1256, WINDOWS_1257,
    WINDOWS_1258, X_MAC_CYRILLIC,
};

use super::compound::half;
use super::records::cut;
use crate::ingest::damage::{Damage, Failure};

/// Kinds of records: where a part begins, by version; where it ends; what goes on with the record before it.
const BEGIN: [(u16, u8); 4] = [(0x0009, 2), (0x0209, 3), (0x0409, 4), (0x0809, 5)];
const END: u16 = 0x000a;
const MORE: u16 = 0x003c;

/// The version whose texts are of two bytes a sign.
pub(super) const WIDE: u8 = 8;

/// The records of a part, without those of parts inside it, such as charts.
pub(super) struct Records<'b> {
    stream: &'b [u8],
    at: usize,
    /// How many parts are open.
    depth: u32,
}

impl<'b> Records<'b> {
    pub(super) fn at(stream: &'b [u8], start: usize) -> Self {
        Self { stream, at: start, depth: 0 }
    }

    /// The next record, with where its part begins as the first; `None` after the end of the part.
    pub(super) fn next(&mut self) -> Result<Option<(u16, &'b [u8])>, Failure> {
        let is_begin = |kind: u16| BEGIN.iter().any(|(begin, _)| *begin == kind);
        loop {
            let (kind, data) = self.record().ok_or_else(cut)?;
            match (kind, self.depth) {
                (kind, 0) if !is_begin(kind) => {
                    return Err(Failure::Damaged(Damage::Content, "no sheet".to_owned()));
                }
                (kind, 0) => {
                    self.depth = 1;
                    return Ok(Some((kind, data)));
                }
                (kind, depth) if is_begin(kind) => self.depth = depth.saturating_add(1),
                (END, 1) => return Ok(None),
                (END, depth) => self.depth = depth.saturating_sub(1),
                (kind, 1) => return Ok(Some((kind, data))),
                _ => {}
            }
        }
    }

    /// Where the part begins that lies at a place, or the last one before it: some programs reckon wrongly.
    pub(super) fn begin_of(stream: &'b [u8], place: usize) -> usize {
        let is_begin =
            |at| half(stream, at).is_some_and(|kind| BEGIN.iter().any(|(begin, _)| *begin == kind));
        let (mut all, mut last) = (Self::at(stream, 0), place);
        while !is_begin(place) && all.at < place {
            let begin = all.at;
            if !matches!(all.next(), Ok(Some(_))) {
                break;
            }
            if begin <= place {
                last = begin;
            }
            while matches!(all.next(), Ok(Some(_))) {}
            all.depth = 0;
        }
        last
    }

    /// What stands in a record that was read last, from a place, with what goes on in the records after it.
    pub(super) fn pieces(&self, data: &'b [u8], from: usize) -> Pieces<'b> {
        let mut after = Self { stream: self.stream, at: self.at, depth: self.depth };
        let mut later = Vec::new();
        while let Some((MORE, more)) = after.record() {
            later.push(more);
        }
        Pieces { now: data.get(from..).unwrap_or_default(), later: later.into_iter() }
    }

    fn record(&mut self) -> Option<(u16, &'b [u8])> {
        let kind = half(self.stream, self.at)?;
        let length = usize::from(half(self.stream, self.at.checked_add(2)?)?);
        let from = self.at.checked_add(4)?;
        let data = self.stream.get(from..from.checked_add(length)?)?;
        self.at = from.saturating_add(length);
        Some((kind, data))
    }
}

/// The version of the part that begins with a record.
pub(super) fn version(kind: u16, data: &[u8]) -> Option<u8> {
    let (_, version) = BEGIN.into_iter().find(|(begin, _)| *begin == kind)?;
    let is_wide = version == 5 && half(data, 0).is_some_and(|version| version >= 0x0600);
    Some(if is_wide { WIDE } else { version })
}

/// What stands in a record and in those that go on with it.
pub(super) struct Pieces<'b> {
    now: &'b [u8],
    later: std::vec::IntoIter<&'b [u8]>,
}

impl<'b> Pieces<'b> {
    /// What stands in a record alone.
    pub(super) fn of(data: &'b [u8], from: usize) -> Self {
        Self { now: data.get(from..).unwrap_or_default(), later: Vec::new().into_iter() }
    }

    fn byte(&mut self) -> Option<u8> {
        loop {
            if let Some((first, rest)) = self.now.split_first() {
                self.now = rest;
                return Some(*first);
            }
            self.now = self.later.next()?;
        }
    }

    fn half(&mut self) -> Option<u16> {
        Some(u16::from_le_bytes([self.byte()?, self.byte()?]))
    }

    fn word(&mut self) -> Option<u32> {
        Some(u32::from(self.half()?) | u32::from(self.half()?) << 16)
    }

    fn skip(&mut self, mut bytes: usize) -> Option<()> {
        while bytes > self.now.len() {
            bytes = bytes.saturating_sub(self.now.len());
            self.now = self.later.next()?;
        }
        self.now = self.now.get(bytes..)?;
        Some(())
    }

    /// Signs of one or two bytes. Each piece after the first begins by saying how many.
    fn signs(&mut self, count: usize, mut is_wide: bool) -> Option<String> {
        let mut units = Vec::with_capacity(count.min(self.now.len()));
        while units.len() < count {
            if self.now.is_empty() {
                self.now = self.later.next()?;
                if let Some((flags, rest)) = self.now.split_first() {
                    (is_wide, self.now) = (flags & 1 != 0, rest);
                }
            } else {
                units.push(if is_wide { self.half()? } else { self.byte()?.into() });
            }
        }
        Some(String::from_utf16_lossy(&units))
    }

    /// A text that cells share: behind it stand its formats, and how it is pronounced.
    pub(super) fn shared(&mut self) -> Option<String> {
        let (count, flags) = (self.half()?, self.byte()?);
        let formats = if flags & 8 == 0 { 0 } else { usize::from(self.half()?) };
        let spoken = if flags & 4 == 0 { 0 } else { usize::try_from(self.word()?).ok()? };
        let text = self.signs(count.into(), flags & 1 != 0)?;
        // The last text may go without what is behind it.
        let _ = self.skip(formats.saturating_mul(4).saturating_add(spoken));
        Some(text)
    }
}

/// How texts are written.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Texts {
    pub(super) version: u8,
    /// The code page of texts that are of one byte a sign, where it is told.
    pub(super) page: Option<u16>,
}

impl Texts {
    /// A text after its length, which has one byte or two.
    pub(super) fn read(self, mut pieces: Pieces<'_>, is_long: bool) -> Option<String> {
        let count = if is_long { pieces.half()? } else { pieces.byte()?.into() };
        // Empty ones may go without what is behind their length.
        if count == 0 {
            return Some(String::new());
        }
        if self.version == WIDE {
            let is_wide = pieces.byte()? & 1 != 0;
            return pieces.signs(count.into(), is_wide);
        }
        let bytes: Vec<u8> = (0..count).map_while(|_| pieces.byte()).collect();
        self.decoded(&bytes)
    }

    fn decoded(self, bytes: &[u8]) -> Option<String> {
        if bytes.is_ascii() {
            return Some(bytes.iter().copied().map(char::from).collect());
        }
        let Some(page) = self.page else {
            let told = GB18030.decode_without_bom_handling_and_without_replacement(bytes);
            let told = told.unwrap_or_else(|| WINDOWS_1252.decode_without_bom_handling(bytes).0);
            return Some(told.into_owned());
        };
        Some(encoding(page)?.decode_without_bom_handling(bytes).0.into_owned())
    }
}

/// The encoding of a code page.
fn encoding(page: u16) -> Option<&'static Encoding> {
    Some(match page {
        936 | 54936 => GB18030,
        950 => BIG5,
        932 => SHIFT_JIS,
        949 => EUC_KR,
        866 => IBM866,
        874 => WINDOWS_874,
        1250 => WINDOWS_1250,
        1251 => WINDOWS_1251,
        367 | 1252 | 0x8001 => WINDOWS_1252,
        1253 => WINDOWS_1253,
        1254 => WINDOWS_1254,
        1255 => WINDOWS_1255,
        1256 => WINDOWS_1256,
        1257 => WINDOWS_1257,
        1258 => WINDOWS_1258,
        10000 | 0x8000 => MACINTOSH,
        10007 => X_MAC_CYRILLIC,
        65001 => UTF_8,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(kind: u16, data: &[u8]) -> Vec<u8> {
        let length = u16::try_from(data.len()).unwrap_or(0);
        [&kind.to_le_bytes(), &length.to_le_bytes(), data].concat()
    }

    #[test]
    fn parts_inside_a_part_are_passed_over() {
        let begin = record(0x0809, &[0, 6, 16, 0]);
        let (one, end) = (record(0x0203, &[1]), record(END, &[]));
        let stream = [&begin, &one, &begin, &one, &end, &one, &end, &one].map(Vec::as_slice).concat();
        let mut records = Records::at(&stream, 0);
        let kinds: Vec<_> = std::iter::from_fn(|| records.next().ok().flatten()).map(|one| one.0).collect();
        assert_eq!(kinds, [0x0809, 0x0203, 0x0203]);
        assert!(Records::at(&one, 0).next().is_err());
        let mut cut = Records::at(&begin, 0);
        assert!(cut.next().is_ok() && cut.next().is_err());
    }

    #[test]
    fn a_part_is_found_that_lies_a_little_before_its_place() {
        let (begin, end) = (record(0x0809, &[0, 6, 16, 0]), record(END, &[]));
        let part = [&begin[..], &record(0x0203, &[1; 8]), &end].concat();
        let stream = [part.clone(), part.clone()].concat();
        let second = part.len();
        for place in [second, second.saturating_add(5), second.saturating_add(13)] {
            assert_eq!(Records::begin_of(&stream, place), second, "{place}");
        }
        assert_eq!(Records::begin_of(&stream, 3), 0);
        assert_eq!(Records::begin_of(&[], 3), 3);
    }

    #[test]
    fn a_text_goes_on_in_the_records_after_it() {
        let (begin, first) = (record(0x0809, &[0, 6]), [4, 0, 1, 0x51, 0x7f]);
        let stream = [
            begin,
            record(0x00fc, &first),
            record(MORE, &[]),
            record(MORE, &[1, 0x3c, 0x68]),
            record(MORE, &[0, b'a', b'b', 1, 0, 0, b'c']),
        ]
        .concat();
        let mut records = Records::at(&stream, 0);
        assert!(records.next().is_ok());
        let mut pieces = records.pieces(&first, 0);
        assert!(records.next().is_ok());
        assert_eq!(pieces.shared(), None, "the record is not read yet");
        let mut pieces = records.pieces(&first, 0);
        assert_eq!(pieces.shared().as_deref(), Some("网格ab"));
        assert_eq!(pieces.shared().as_deref(), Some("c"));
        assert_eq!(pieces.shared(), None);
    }

    #[test]
    fn texts_are_in_the_code_page_of_the_workbook() {
        let read = |version, page, bytes: &[u8]| Texts { version, page }.read(Pieces::of(bytes, 0), false);
        assert_eq!(read(5, Some(936), b"\x02\xcd\xf8").as_deref(), Some("网"));
        assert_eq!(read(5, None, b"\x02\xcd\xf8").as_deref(), Some("网"));
        assert_eq!(read(5, Some(1252), b"\x01\xe9").as_deref(), Some("é"));
        assert_eq!(read(5, Some(1), b"\x01\xe9"), None);
        assert_eq!(read(5, Some(1), b"\x01a").as_deref(), Some("a"));
        assert_eq!(read(WIDE, None, b"\0").as_deref(), Some(""));
        assert_eq!(read(WIDE, None, b"\x01\x01\x51\x7f").as_deref(), Some("网"));
    }
}
