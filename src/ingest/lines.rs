//! Physical lines of a decoded file, numbered as an editor numbers them.

use std::io::Read;

use super::encoding::{DecodeError, Decoding, Encoding};
use super::error::{IngestError, Limit};
use super::input::Input;

/// The longest row that is read.
pub(super) const MAX_ROW: usize = 4 << 20;

/// Lines end with LF, CR LF or CR.
pub(super) struct Lines<R> {
    decoding: Decoding<R>,
    encoding: Encoding,
    file: String,
    piece: String,
    at: usize,
    /// Number of the line read last, from 1.
    number: u32,
    /// The last line ended with CR: an LF that follows belongs to it.
    after_cr: bool,
}

impl<R: Read> Lines<R> {
    pub(super) fn new(source: R, input: &Input, encoding: Encoding) -> Self {
        Self {
            decoding: Decoding::new(source, encoding),
            encoding,
            file: input.name.clone(),
            piece: String::new(),
            at: 0,
            number: 0,
            after_cr: false,
        }
    }

    /// Number of the line read last, from 1.
    pub(super) fn number(&self) -> u32 {
        self.number
    }

    /// Appends the next line, without its end, to `line`; false where there is none.
    pub(super) fn next(&mut self, line: &mut String) -> Result<bool, IngestError> {
        let before = line.len();
        let mut found = false;
        loop {
            if self.at >= self.piece.len() && !self.refill()? {
                break;
            }
            self.skip_lf();
            let rest = self.piece.get(self.at..).unwrap_or_default();
            if rest.is_empty() {
                continue;
            }
            found = true;
            let end = rest.bytes().position(|b| matches!(b, b'\n' | b'\r'));
            line.push_str(rest.get(..end.unwrap_or(rest.len())).unwrap_or_default());
            self.after_cr = end.is_some_and(|end| rest.as_bytes().get(end) == Some(&b'\r'));
            self.at = self.at.saturating_add(end.map_or(rest.len(), |end| end.saturating_add(1)));
            if end.is_some() || line.len() > MAX_ROW {
                break;
            }
        }
        if found {
            self.number = self.number.saturating_add(1);
            self.check(line, before)?;
        }
        Ok(found)
    }

    fn skip_lf(&mut self) {
        if std::mem::take(&mut self.after_cr) && self.piece.as_bytes().get(self.at) == Some(&b'\n') {
            self.at = self.at.saturating_add(1);
        }
    }

    fn check(&self, line: &str, before: usize) -> Result<(), IngestError> {
        if line.len() > MAX_ROW {
            return Err(self.too_large(Limit::Row));
        }
        if line.get(before..).is_some_and(|new| new.contains('\0')) {
            return Err(IngestError::Nul { file: self.file.clone(), line: self.number });
        }
        Ok(())
    }

    pub(super) fn too_large(&self, limit: Limit) -> IngestError {
        IngestError::TooLarge { file: self.file.clone(), row: Some(self.number), limit }
    }

    pub(super) fn quote(&self, line: u32, field: usize) -> IngestError {
        let field = u32::try_from(field).unwrap_or(u32::MAX).saturating_add(1);
        IngestError::Quote { file: self.file.clone(), line, field }
    }

    fn refill(&mut self) -> Result<bool, IngestError> {
        self.at = 0;
        self.decoding.next(&mut self.piece).map_err(|error| match error {
            DecodeError::Io(error) => {
                IngestError::Unreadable { file: self.file.clone(), cause: error.to_string() }
            }
            // The whole file was checked before; it must have changed since.
            DecodeError::Malformed => IngestError::Encoding {
                file: self.file.clone(),
                line: self.number.saturating_add(1),
                asked: Some(self.encoding),
            },
        })
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<String> {
        let input = Input::text("t.csv", text);
        let mut lines = Lines::new(text.as_bytes(), &input, Encoding::Utf8);
        let mut all = Vec::new();
        let mut line = String::new();
        while lines.next(&mut line).unwrap() {
            all.push(std::mem::take(&mut line));
        }
        assert_eq!(usize::try_from(lines.number()).unwrap(), all.len());
        all
    }

    #[test]
    fn every_kind_of_line_end_is_met() {
        assert_eq!(lines("a\nb\r\nc\rd"), ["a", "b", "c", "d"]);
        assert_eq!(lines("a\r\n\r\nb\n"), ["a", "", "b"]);
        assert_eq!(lines("a\r\rb\r"), ["a", "", "b"]);
        assert!(lines("").is_empty());
    }

    #[test]
    fn a_line_end_may_fall_between_two_pieces() {
        let long = "网".repeat(21845);
        for pad in ["", "a", "ab", "abc"] {
            let text = format!("{pad}{long}\r\n第二\r\n");
            assert_eq!(lines(&text), [format!("{pad}{long}"), "第二".to_owned()]);
        }
    }

    #[test]
    fn a_nul_is_located() {
        let input = Input::text("t.csv", "");
        let mut lines = Lines::new(&b"a\nb\0c\n"[..], &input, Encoding::Utf8);
        let mut line = String::new();
        lines.next(&mut line).unwrap();
        let wrong = lines.next(&mut line).unwrap_err();
        assert_eq!(wrong, IngestError::Nul { file: "t.csv".to_owned(), line: 2 });
    }
}
