//! Strict decoding: UTF-8 over the whole file, else GB18030 over the whole file, else nothing.
//!
//! UTF-8 goes first because most UTF-8 Chinese text would also pass as GB18030, while GB18030 text of more than
//! a few characters never passes as UTF-8.

use std::fmt;
use std::io::{self, Read};

use encoding_rs::{Decoder, DecoderResult, GB18030, UTF_8};

/// The encodings of text files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Encoding {
    /// UTF-8, with or without byte order mark.
    #[value(name = "utf-8")]
    Utf8,
    /// GB18030, of which GBK and GB2312 are parts.
    #[value(name = "gb18030", alias = "gbk")]
    Gb18030,
}

impl fmt::Display for Encoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Utf8 => "UTF-8",
            Self::Gb18030 => "GB18030",
        })
    }
}

/// Bytes read at a time.
const CHUNK: usize = 64 * 1024;

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
    decoder: Decoder,
    raw: Vec<u8>,
    start: usize,
    end: usize,
    ended: bool,
}

impl<R: Read> Decoding<R> {
    pub(super) fn new(source: R, encoding: Encoding) -> Self {
        let decoder = match encoding {
            Encoding::Utf8 => UTF_8.new_decoder_with_bom_removal(),
            Encoding::Gb18030 => GB18030.new_decoder_without_bom_handling(),
        };
        Self { source, decoder, raw: vec![0; CHUNK], start: 0, end: 0, ended: false }
    }

    /// Puts the next piece into `text`; false at the end. What was decoded before an error is in `text`.
    pub(super) fn next(&mut self, text: &mut String) -> Result<bool, DecodeError> {
        text.clear();
        text.reserve(CHUNK.saturating_mul(3));
        while text.is_empty() {
            if self.start == self.end {
                if self.ended {
                    return Ok(false);
                }
                self.refill().map_err(DecodeError::Io)?;
            }
            let raw = self.raw.get(self.start..self.end).unwrap_or_default();
            let (result, read) = self.decoder.decode_to_string_without_replacement(raw, text, self.ended);
            self.start = self.start.saturating_add(read);
            if matches!(result, DecoderResult::Malformed(..)) {
                return Err(DecodeError::Malformed);
            }
        }
        Ok(true)
    }

    fn refill(&mut self) -> io::Result<()> {
        self.start = 0;
        self.end = self.source.read(&mut self.raw)?;
        self.ended = self.end == 0;
        Ok(())
    }
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
    u32::try_from(text.bytes().filter(|b| *b == b'\n').count()).unwrap_or(u32::MAX)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    fn decode(bytes: &[u8], encoding: Encoding) -> Option<String> {
        let mut decoding = Decoding::new(bytes, encoding);
        let (mut all, mut piece) = (String::new(), String::new());
        while decoding.next(&mut piece).ok()? {
            all.push_str(&piece);
        }
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
        let text = "网格".repeat(CHUNK);
        assert_eq!(decode(text.as_bytes(), Encoding::Utf8), Some(text.clone()));
        let (gb, ..) = GB18030.encode(&text);
        assert_eq!(decode(&gb, Encoding::Gb18030), Some(text));
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
