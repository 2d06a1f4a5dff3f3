//! The encoding of a text file: its mark, else strict UTF-8, else what its characters are most likely to be.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{BIG5, Encoding, GB18030, GBK, UTF_8, UTF_16BE, UTF_16LE};

/// The encoding of `bytes`, the whole of a file or its start, unless it can be no text.
pub(super) fn detect(bytes: &[u8], is_whole: bool) -> Option<&'static Encoding> {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return Some(encoding);
    }
    if let Some(wide) = wide(bytes) {
        return Some(wide);
    }
    if memchr::memchr(0, bytes).is_some() {
        return None;
    }
    if is_utf8(bytes, is_whole) || is_mostly_utf8(bytes) {
        return Some(UTF_8);
    }
    if decodes(bytes, GB18030, is_whole) && !is_likely_big5(bytes) {
        return Some(GB18030);
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, is_whole);
    let guess = detector.guess(None, Utf8Detection::Deny);
    let guess = if guess == GBK { GB18030 } else { guess };
    // Any bytes are text in an encoding of single bytes: what is not nearly all ASCII is none.
    let is_likely = guess.is_ascii_compatible() && (!guess.is_single_byte() || is_nearly_ascii(bytes));
    if is_likely && decodes(bytes, guess, is_whole) {
        return Some(guess);
    }
    [UTF_8, GB18030].into_iter().find(|encoding| nearly_decodes(bytes, encoding))
}

/// Characters of which one may be damaged.
const DAMAGED: usize = 200;

/// Whether bytes are in an encoding but for a few that were damaged.
fn nearly_decodes(bytes: &[u8], encoding: &'static Encoding) -> bool {
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    let damaged = text.chars().filter(|c| *c == char::REPLACEMENT_CHARACTER).count();
    damaged.saturating_mul(DAMAGED) <= text.chars().count()
}

fn is_nearly_ascii(bytes: &[u8]) -> bool {
    let plain = bytes.iter().filter(|byte| byte.is_ascii_graphic() || byte.is_ascii_whitespace()).count();
    plain.saturating_mul(10) >= bytes.len().saturating_mul(9)
}

/// The text of a whole file, with whether something in it could not be decoded.
pub(super) fn decode<'b>(bytes: &'b [u8], encoding: &'static Encoding) -> (Cow<'b, str>, bool) {
    encoding.decode_without_bom_handling(without_mark(bytes))
}

/// What follows the byte order mark.
pub(super) fn without_mark(bytes: &[u8]) -> &[u8] {
    let mark = Encoding::for_bom(bytes).map_or(0, |(_, length)| length);
    bytes.get(mark..).unwrap_or_default()
}

/// UTF-16 without a mark: some of its bytes are zero, and it reads as text in one of its two orders.
fn wide(bytes: &[u8]) -> Option<&'static Encoding> {
    // Letters of ASCII in pairs would read as ideographs.
    if memchr::memchr(0, bytes).is_none() || is_nearly_ascii(bytes) {
        return None;
    }
    let whole = bytes.get(..bytes.len() & !1).unwrap_or_default();
    let is_likely = |c: &char| c.is_ascii_graphic() || c.is_whitespace() || is_east_asian(*c);
    let likely = |encoding: &'static Encoding| {
        let text = encoding.decode_without_bom_handling_and_without_replacement(whole)?;
        let (all, likely) = (text.chars().count(), text.chars().filter(is_likely).count());
        (likely.saturating_mul(10) >= all.saturating_mul(9)).then_some((likely, encoding))
    };
    let both = [UTF_16BE, UTF_16LE].into_iter().filter_map(likely);
    both.max_by_key(|(likely, _)| *likely).map(|(_, encoding)| encoding)
}

/// Whether characters of several bytes far outnumber what was damaged: other encodings make few of them by chance.
fn is_mostly_utf8(bytes: &[u8]) -> bool {
    let (mut damaged, mut long) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        damaged = damaged.saturating_add(usize::from(!chunk.invalid().is_empty()));
        long = long.saturating_add(chunk.valid().chars().filter(|c| !c.is_ascii()).count());
    }
    long > damaged.saturating_mul(MOSTLY)
}

/// Characters to each damaged one beyond which a text is in UTF-8.
const MOSTLY: usize = 20;

/// Ideographs in use, their punctuation and full-width forms.
fn is_east_asian(c: char) -> bool {
    matches!(c, '\u{2000}'..='\u{206f}' | '\u{3000}'..='\u{303f}' | '\u{4e00}'..='\u{9fff}' | '\u{ff00}'..='\u{ffef}')
}

/// Whether all bytes are UTF-8; of a start, all but a character that is cut.
fn is_utf8(bytes: &[u8], is_whole: bool) -> bool {
    match std::str::from_utf8(bytes) {
        Ok(_) => true,
        Err(error) => !is_whole && error.error_len().is_none(),
    }
}

/// Whether all bytes are in an encoding; of a start, all but the last ones.
fn decodes(bytes: &[u8], encoding: &'static Encoding, is_whole: bool) -> bool {
    let longest = if is_whole { 0 } else { 3 };
    (0..=longest).any(|cut| {
        let bytes = bytes.get(..bytes.len().saturating_sub(cut)).unwrap_or_default();
        encoding.decode_without_bom_handling_and_without_replacement(bytes).is_some()
    })
}

/// Whether text that decodes as GB18030 is Big5: nearly all pairs are among the frequent ones of that, and few among
/// those of GB18030.
fn is_likely_big5(bytes: &[u8]) -> bool {
    let (mut pairs, mut of_big5, mut of_gb) = (0_usize, 0_usize, 0_usize);
    let mut rest = bytes.iter().copied();
    while let Some(lead) = rest.next() {
        if lead < 0x81 {
            continue;
        }
        let trail = rest.next().unwrap_or(0);
        pairs = pairs.saturating_add(1);
        let is_trail = matches!(trail, 0x40..=0x7e | 0xa1..=0xfe);
        of_big5 = of_big5.saturating_add(usize::from((0xa1..=0xc6).contains(&lead) && is_trail));
        of_gb = of_gb.saturating_add(usize::from((0xa1..=0xd7).contains(&lead) && trail >= 0xa1));
    }
    let most = |count: usize, tenths: usize| count.saturating_mul(10) >= pairs.saturating_mul(tenths);
    pairs > 7 && most(of_big5, 9) && !most(of_gb, 8) && decodes(bytes, BIG5, false)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]
mod tests {
    use super::*;

    const TEXT: &str = "Q/LJWG JC1-2024 基础标识编码规则\n本文件规定了基础标识的编码对象、编码结构。\n";

    #[test]
    fn encodings_are_told_by_bytes() {
        let marked = [b"\xef\xbb\xbf", TEXT.as_bytes()].concat();
        let wide: Vec<u8> = TEXT.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let marked_wide =
            [b"\xfe\xff".to_vec(), TEXT.encode_utf16().flat_map(u16::to_be_bytes).collect()].concat();
        for (bytes, encoding) in [
            (TEXT.as_bytes().to_vec(), UTF_8),
            (marked, UTF_8),
            (wide, UTF_16LE),
            (marked_wide, UTF_16BE),
            (GB18030.encode(&format!("{TEXT}𠮷㐂")).0.into_owned(), GB18030),
            (
                b"It says \x93\xa7 4.1\x94 of a caf\xe9 in plain words of English".to_vec(),
                encoding_rs::WINDOWS_1252,
            ),
            (BIG5.encode("基礎標識編碼規則規定了編碼對象").0.into_owned(), BIG5),
        ] {
            assert_eq!(detect(&bytes, true), Some(encoding));
            let (text, is_lossy) = decode(&bytes, encoding);
            assert!(!is_lossy && ["編碼", "编码", "café"].iter().any(|word| text.contains(word)), "{text}");
        }
    }

    #[test]
    fn one_damaged_byte_costs_one_character() {
        let mut bytes = TEXT.repeat(5).into_bytes();
        bytes[40] = 0xff;
        assert_eq!(detect(&bytes, true), Some(UTF_8));
        assert_eq!(detect(&[0xff; 300], true), None);
        // One byte more of a pair makes this text of GB18030 too.
        let mut bytes = TEXT.repeat(5).into_bytes();
        let at = TEXT.find('础').unwrap();
        bytes.splice(at..=at, [0xb0]);
        assert_eq!(detect(&bytes, true), Some(UTF_8));
    }

    #[test]
    fn utf_16_without_a_mark_is_told_by_how_it_reads() {
        for text in ["第一章　总则", "第一章　总则\n一、一般要求\n"] {
            let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
            let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
            assert_eq!(
                (detect(&little, true), detect(&big, true)),
                (Some(UTF_16LE), Some(UTF_16BE)),
                "{text}"
            );
        }
        assert_eq!(detect(b"plain words\0 of ascii letters", true), None);
    }

    #[test]
    fn a_start_may_cut_a_character() {
        let bytes = TEXT.as_bytes();
        let cut = TEXT.find('础').unwrap() + 1;
        assert_eq!(detect(&bytes[..cut], false), Some(UTF_8));
        assert_eq!(detect(b"\x00\x01\x02\x03\xff", true), None);
    }
}
