//! Strict decoding: UTF-8 over the whole file, else GB18030 over the whole file, else nothing.
//!
//! UTF-8 goes first because most UTF-8 Chinese text would also pass as GB18030, while GB18030 text of more than
//! a few characters never passes as UTF-8.

use std::borrow::Cow;
use std::fmt;
use std::io::{self, Read};

use encoding_rs::{BIG5, Decoder, DecoderResult, GB18030, UTF_16BE, UTF_16LE};
use memchr::memchr_iter;

/// The encodings of text files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Encoding {
    /// UTF-8, with or without byte order mark.
    #[value(name = "utf-8")]
    Utf8,
    /// GB18030, of which GBK and GB2312 are parts.
    #[value(name = "gb18030", alias = "gbk")]
    Gb18030,
    /// UTF-16, as spreadsheet programs write what they call Unicode text.
    #[value(name = "utf-16")]
    Utf16,
}

impl fmt::Display for Encoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Utf8 => "UTF-8",
            Self::Gb18030 => "GB18030",
            Self::Utf16 => "UTF-16",
        })
    }
}

/// In which encoding a text has to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// UTF-8, else GB18030.
    Either,
    /// The one the user asked for.
    Asked(Encoding),
    /// The one that all files of its form are in.
    Fixed(Encoding),
}

/// Bytes read at a time.
const CHUNK: usize = 128 << 10;

/// Why decoding stopped.
#[derive(Debug)]
pub(super) enum DecodeError {
    /// The system refused.
    Io(io::Error),
    /// Bytes that are not in the encoding.
    Malformed,
}

/// Decodes a stream of bytes piece by piece.
pub(super) struct Decoding<R> {
    source: R,
    decoder: Option<Decoder>,
    raw: Vec<u8>,
    /// Bytes at the start of `raw` that begin a character.
    kept: usize,
    begun: bool,
}

impl<R: Read> Decoding<R> {
    pub(super) fn new(source: R, encoding: Encoding) -> Self {
        let decoder = match encoding {
            Encoding::Utf8 => None,
            Encoding::Gb18030 => Some(GB18030.new_decoder_without_bom_handling()),
            Encoding::Utf16 => Some(UTF_16LE.new_decoder_with_bom_removal()),
        };
        Self { source, decoder, raw: vec![0; CHUNK], kept: 0, begun: false }
    }

    /// Appends the next piece to `text`; false at the end. What was decoded before an error is in `text`.
    pub(super) fn next(&mut self, text: &mut String) -> Result<bool, DecodeError> {
        let filled = self.refill().map_err(DecodeError::Io)?;
        let ended = filled < self.raw.len();
        let raw = self.raw.get(..filled).unwrap_or_default();
        let begun = std::mem::replace(&mut self.begun, true);
        let Some(decoder) = &mut self.decoder else {
            let whole = if ended { raw.len() } else { whole(raw) };
            let (ready, rest) = raw.split_at_checked(whole).unwrap_or((raw, &[]));
            let ready = if begun { ready } else { without_mark(ready) };
            self.kept = rest.len();
            push(ready, text)?;
            self.raw.copy_within(whole..filled, 0);
            return Ok(!ended);
        };
        let room = decoder.max_utf8_buffer_length_without_replacement(raw.len());
        text.reserve(room.unwrap_or(raw.len()));
        match decoder.decode_to_string_without_replacement(raw, text, ended) {
            (DecoderResult::InputEmpty, _) => Ok(!ended),
            _ => Err(DecodeError::Malformed),
        }
    }

    /// Fills the buffer; it stays partly empty at the end alone.
    fn refill(&mut self) -> io::Result<usize> {
        let mut filled = std::mem::take(&mut self.kept);
        while let Some(rest) = self.raw.get_mut(filled..).filter(|rest| !rest.is_empty()) {
            match self.source.read(rest) {
                Ok(0) => break,
                Ok(read) => filled = filled.saturating_add(read),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(filled)
    }
}

/// How much of `raw` is whole characters, if it is UTF-8.
fn whole(raw: &[u8]) -> usize {
    let wanted = |lead: &u8| match lead {
        0xc0..=0xdf => 2,
        0xe0..=0xef => 3,
        0xf0.. => 4,
        _ => 1,
    };
    let cut = raw.iter().rev().zip(1..=3).find(|(byte, there)| **byte >= 0xc0 && wanted(byte) > *there);
    raw.len().saturating_sub(cut.map_or(0, |(_, there)| there))
}

fn without_mark(raw: &[u8]) -> &[u8] {
    raw.strip_prefix(b"\xef\xbb\xbf").unwrap_or(raw)
}

/// Appends what is UTF-8.
fn push(raw: &[u8], text: &mut String) -> Result<(), DecodeError> {
    if let Ok(good) = simdutf8::basic::from_utf8(raw) {
        text.push_str(good);
        return Ok(());
    }
    let good = raw.utf8_chunks().next().map_or("", |chunk| chunk.valid());
    text.push_str(good);
    Err(DecodeError::Malformed)
}

/// The text of `raw`, if all of it is in `encoding`.
pub(super) fn decoded(raw: &[u8], encoding: Encoding) -> Option<Cow<'_, str>> {
    match encoding {
        Encoding::Utf8 => simdutf8::basic::from_utf8(without_mark(raw)).ok().map(Cow::Borrowed),
        Encoding::Gb18030 => GB18030.decode_without_bom_handling_and_without_replacement(raw),
        Encoding::Utf16 => utf16(raw),
    }
}

/// The text of `raw`, if it is UTF-16 in the order that its mark, or its first letter, tells.
fn utf16(raw: &[u8]) -> Option<Cow<'_, str>> {
    let (encoding, rest) = match raw {
        [0xfe, 0xff, rest @ ..] => (UTF_16BE, rest),
        [0, first, ..] if *first != 0 => (UTF_16BE, raw),
        [0xff, 0xfe, rest @ ..] => (UTF_16LE, rest),
        _ => (UTF_16LE, raw),
    };
    encoding.decode_without_bom_handling_and_without_replacement(rest)
}

/// Whether bytes begin as UTF-16 does: with its mark, or with a letter of ASCII as two bytes.
pub(super) fn begins_as_utf16(start: &[u8]) -> bool {
    matches!(start, [0xff, 0xfe, ..] | [0xfe, 0xff, ..])
        || matches!(start, [first, 0, second, 0] | [0, first, 0, second] if *first != 0 && *second != 0)
}

/// The first line of `raw`, which is text in GB18030, that was written in UTF-8 all the same, as what programs append is.
pub(super) fn line_in_utf8(raw: &[u8]) -> Option<u32> {
    let is_utf8 = |line: &[u8]| {
        let text = std::str::from_utf8(line).ok();
        text.is_some_and(|text| text.chars().filter(|c| ('\u{4e00}'..='\u{9fff}').contains(c)).count() > 2)
    };
    let at = raw.split(|byte| *byte == b'\n').position(is_utf8)?;
    u32::try_from(at).ok()?.checked_add(1)
}

/// Whether `raw`, which may be text in GB18030, is Big5: nearly all characters are among the frequent ones of that, and
/// few among the frequent ones of GB18030.
pub(super) fn is_big5(raw: &[u8]) -> bool {
    let (mut pairs, mut of_big5, mut of_gb) = (0_usize, 0_usize, 0_usize);
    let mut bytes = raw.iter().copied();
    while let Some(lead) = bytes.next() {
        if lead < 0x81 {
            continue;
        }
        let trail = bytes.next().unwrap_or(0);
        pairs = pairs.saturating_add(1);
        let is_trail = matches!(trail, 0x40..=0x7e | 0xa1..=0xfe);
        of_big5 = of_big5.saturating_add(usize::from((0xa1..=0xc6).contains(&lead) && is_trail));
        of_gb = of_gb.saturating_add(usize::from((0xa1..=0xd7).contains(&lead) && trail >= 0xa1));
    }
    let most = |count: usize, tenths: usize| count.saturating_mul(10) >= pairs.saturating_mul(tenths);
    pairs > 7
        && most(of_big5, 9)
        && !most(of_gb, 8)
        && BIG5.decode_without_bom_handling_and_without_replacement(raw).is_some()
}

/// Whether the whole of `source` is text in `encoding`.
pub(super) fn check<R: Read>(source: R, encoding: Encoding) -> io::Result<bool> {
    walk(source, encoding, |_| {})
}

/// The first line of `source` that is not text in `encoding`.
pub(super) fn wrong_line<R: Read>(source: R, encoding: Encoding) -> io::Result<u32> {
    let mut line = 1_u32;
    walk(source, encoding, |text| line = line.saturating_add(breaks(text)))?;
    Ok(line)
}

/// Decodes `source` piece by piece to its end or to what is not in `encoding`; whether it got to the end.
fn walk<R: Read>(source: R, encoding: Encoding, mut see: impl FnMut(&str)) -> io::Result<bool> {
    let mut decoding = Decoding::new(source, encoding);
    let mut text = String::new();
    loop {
        text.clear();
        let step = decoding.next(&mut text);
        see(&text);
        match step {
            Ok(true) => {}
            Ok(false) => return Ok(true),
            Err(DecodeError::Malformed) => return Ok(false),
            Err(DecodeError::Io(error)) => return Err(error),
        }
    }
}

fn breaks(text: &str) -> u32 {
    u32::try_from(memchr_iter(b'\n', text.as_bytes()).count()).unwrap_or(u32::MAX)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    fn decode(bytes: &[u8], encoding: Encoding) -> Option<String> {
        let mut decoding = Decoding::new(bytes, encoding);
        let mut all = String::new();
        while decoding.next(&mut all).ok()? {}
        assert_eq!(decoded(bytes, encoding).as_deref(), Some(all.as_str()));
        Some(all)
    }

    #[test]
    fn both_encodings_decode_strictly() {
        let text = "网格编码,名称\r\n001,东山镇㐂𠮷\n";
        let (gb, _, lossy) = GB18030.encode(text);
        assert!(!lossy);
        assert_eq!(decode(text.as_bytes(), Encoding::Utf8).as_deref(), Some(text));
        assert_eq!(decode(&gb, Encoding::Gb18030).as_deref(), Some(text));
        assert_eq!(decode(&gb, Encoding::Utf8), None);
        assert_eq!(decode(b"", Encoding::Utf8).as_deref(), Some(""));
    }

    #[test]
    fn a_byte_order_mark_is_no_text() {
        assert_eq!(decode(b"\xef\xbb\xbfid", Encoding::Utf8).as_deref(), Some("id"));
    }

    #[test]
    fn pieces_may_split_a_character() {
        for pad in ["", "a", "ab", "abc"] {
            let text = format!("{pad}{}", "网𠮷é格".repeat(CHUNK / 4));
            assert_eq!(decode(text.as_bytes(), Encoding::Utf8), Some(text.clone()));
            let (gb, ..) = GB18030.encode(&text);
            assert_eq!(decode(&gb, Encoding::Gb18030), Some(text));
        }
    }

    #[test]
    fn the_first_wrong_line_is_named() {
        for (bytes, line) in [(&b"a\nb\n\xff\xff\n"[..], 3), (b"a\n\xe7\xbd", 2)] {
            assert!(!check(bytes, Encoding::Utf8).unwrap());
            assert_eq!(wrong_line(bytes, Encoding::Utf8).unwrap(), line);
        }
        assert!(check(&b"a\nb\n"[..], Encoding::Utf8).unwrap());
    }
}
