//! Records of a CSV file, strictly: a quote that is not closed properly is an error, never a longer field.
//!
//! The `csv` crate takes an unclosed quote to the end of the file without a word, and numbers a record after
//! blank lines by the first of them; hence this reader.

use std::io::Read;
use std::ops::Range;

use super::encoding::Encoding;
use super::error::{IngestError, Limit};
use super::input::{Input, Stream};
use super::lines::Lines;

/// The longest field that is read.
const MAX_FIELD: usize = 64 << 10;

/// The most columns a row may have.
const MAX_COLUMNS: usize = 1024;

/// Lines looked at to tell the separator.
const SNIFFED: usize = 10;

/// Reads records.
pub(super) struct Records<R> {
    lines: Lines<R>,
    separator: u8,
    line: String,
    text: String,
    fields: Vec<Range<usize>>,
    number: u32,
}

impl<'a> Records<Box<dyn Stream + 'a>> {
    /// The records of a file whose encoding is known; the separator is told from its first lines.
    pub(super) fn of(input: &'a Input, encoding: Encoding) -> Result<Self, IngestError> {
        let separator = sniff(Lines::new(input.stream()?, input, encoding))?;
        Ok(Self::new(Lines::new(input.stream()?, input, encoding), separator))
    }
}

impl<R: Read> Records<R> {
    fn new(lines: Lines<R>, separator: u8) -> Self {
        Self { lines, separator, line: String::new(), text: String::new(), fields: Vec::new(), number: 0 }
    }

    /// Moves to the next record; false at the end.
    pub(super) fn next(&mut self) -> Result<bool, IngestError> {
        self.line.clear();
        self.text.clear();
        self.fields.clear();
        if !self.lines.next(&mut self.line)? {
            return Ok(false);
        }
        self.number = self.lines.number();
        if self.line.contains('"') {
            self.split_quoted()?;
        } else {
            self.split_plain();
        }
        self.check()?;
        Ok(true)
    }

    /// Line on which the record begins.
    pub(super) fn number(&self) -> u32 {
        self.number
    }

    /// Number of fields.
    pub(super) fn width(&self) -> u32 {
        u32::try_from(self.fields.len()).unwrap_or(u32::MAX)
    }

    /// The fields in order.
    pub(super) fn fields(&self) -> impl Iterator<Item = &str> {
        self.fields.iter().map(|range| self.text.get(range.clone()).unwrap_or_default())
    }

    fn split_plain(&mut self) {
        std::mem::swap(&mut self.line, &mut self.text);
        let mut start = 0;
        for (at, byte) in self.text.bytes().enumerate() {
            if byte == self.separator {
                self.fields.push(start..at);
                start = at.saturating_add(1);
            }
        }
        self.fields.push(start..self.text.len());
    }

    fn split_quoted(&mut self) -> Result<(), IngestError> {
        let mut at = 0;
        loop {
            let start = self.text.len();
            at = if self.rest(at).starts_with('"') { self.quoted(at)? } else { self.bare(at) };
            self.fields.push(start..self.text.len());
            if at >= self.line.len() {
                return Ok(());
            }
            // Past the separator. A separator at the very end opens one more, empty field.
            at = at.saturating_add(1);
            if at == self.line.len() {
                self.fields.push(self.text.len()..self.text.len());
                return Ok(());
            }
        }
    }

    fn rest(&self, at: usize) -> &str {
        self.line.get(at..).unwrap_or_default()
    }

    /// Takes a field without quotes; where its separator, or the end, is.
    fn bare(&mut self, at: usize) -> usize {
        let separator = char::from(self.separator);
        let field = self.line.get(at..).and_then(|rest| rest.split(separator).next()).unwrap_or_default();
        self.text.push_str(field);
        at.saturating_add(field.len())
    }

    /// Takes a field that opens with a quote at `at`, from further lines if need be.
    fn quoted(&mut self, at: usize) -> Result<usize, IngestError> {
        let (opened, field, start) = (self.lines.number(), self.fields.len(), self.text.len());
        let mut at = at.saturating_add(1);
        loop {
            let rest = self.line.get(at..).unwrap_or_default();
            let Some(quote) = rest.find('"') else {
                self.text.push_str(rest);
                self.text.push('\n');
                at = self.line.len();
                let full = self.text.len().saturating_sub(start) > MAX_FIELD;
                if full || !self.lines.next(&mut self.line)? {
                    return Err(self.lines.quote(opened, field));
                }
                continue;
            };
            self.text.push_str(rest.get(..quote).unwrap_or_default());
            at = at.saturating_add(quote).saturating_add(1);
            if !self.rest(at).starts_with('"') {
                return self.closed(at).ok_or_else(|| self.lines.quote(opened, field));
            }
            self.text.push('"');
            at = at.saturating_add(1);
        }
    }

    /// After a closing quote at most spaces may stand before the separator or the end.
    fn closed(&self, at: usize) -> Option<usize> {
        let rest = self.rest(at);
        let blank = rest.len().saturating_sub(rest.trim_start_matches(' ').len());
        let after = rest.as_bytes().get(blank);
        after.is_none_or(|byte| *byte == self.separator).then_some(at.saturating_add(blank))
    }

    fn check(&self) -> Result<(), IngestError> {
        if self.fields.len() > MAX_COLUMNS {
            return Err(self.lines.too_large(Limit::Columns));
        }
        if self.fields.iter().any(|field| field.len() > MAX_FIELD) {
            return Err(self.lines.too_large(Limit::Field));
        }
        Ok(())
    }
}

/// The separator: a comma, unless the line with the most separators has semicolons or tabs and no comma.
fn sniff<R: Read>(mut lines: Lines<R>) -> Result<u8, IngestError> {
    let (mut best, mut most) = (b',', 0);
    let mut line = String::new();
    for _ in 0..SNIFFED {
        line.clear();
        if !lines.next(&mut line)? {
            break;
        }
        for separator in [b',', b'\t', b';'] {
            let count = count(&line, separator);
            if count > most && (separator == b',' || count_of_commas(&line) == 0) {
                (best, most) = (separator, count);
            }
        }
    }
    Ok(best)
}

fn count_of_commas(line: &str) -> usize {
    count(line, b',')
}

/// How often the separator stands outside quotes.
fn count(line: &str, separator: u8) -> usize {
    let mut quoted = false;
    let outside = line.bytes().filter(|byte| {
        quoted ^= *byte == b'"';
        *byte == separator && !quoted
    });
    outside.count()
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    fn records(text: &str) -> Result<Vec<(u32, Vec<String>)>, IngestError> {
        let input = Input::text("t.csv", text);
        let mut records = Records::of(&input, Encoding::Utf8)?;
        let mut all = Vec::new();
        while records.next()? {
            all.push((records.number(), records.fields().map(str::to_owned).collect()));
        }
        Ok(all)
    }

    fn fields(text: &str) -> Vec<Vec<String>> {
        records(text).unwrap().into_iter().map(|(_, fields)| fields).collect()
    }

    #[test]
    fn quoted_fields_keep_separators_quotes_and_newlines() {
        assert_eq!(fields("a,\"b,1\",\"say \"\"hi\"\"\"\n"), [["a", "b,1", "say \"hi\""]]);
        assert_eq!(fields("\"x\r\ny\",z"), [["x\ny", "z"]]);
        assert_eq!(fields("\"\",\"\"  ,"), [["", "", ""]]);
        assert_eq!(fields("a,5\" pipe,b"), [["a", "5\" pipe", "b"]]);
    }

    #[test]
    fn records_are_numbered_by_the_line_they_begin_on() {
        let numbers: Vec<_> =
            records("a,b\n\n\"x\ny\",2\nlast,3\n").unwrap().iter().map(|(n, _)| *n).collect();
        assert_eq!(numbers, [1, 2, 3, 5]);
    }

    #[test]
    fn a_quote_that_is_not_closed_is_an_error_where_it_opens() {
        let unclosed = |line, field| IngestError::Quote { file: "t.csv".to_owned(), line, field };
        assert_eq!(records("a,b\n1,\"x\n2,y\n3,z\n").unwrap_err(), unclosed(2, 2));
        assert_eq!(records("a,b\n1,\"x\n2,\"y\"\n").unwrap_err(), unclosed(2, 2));
        assert_eq!(records("a,b\n\"1\"x,2\n").unwrap_err(), unclosed(2, 1));
    }

    #[test]
    fn the_separator_is_told_from_the_first_lines() {
        assert_eq!(fields("a;b;c\n1;2,5;3"), [["a", "b", "c"], ["1", "2,5", "3"]]);
        assert_eq!(fields("表\na\tb\n1\t2"), [vec!["表"], vec!["a", "b"], vec!["1", "2"]]);
        assert_eq!(fields("a,b\n1,2;3;4;5"), [["a", "b"], ["1", "2;3;4;5"]]);
    }

    #[test]
    fn caps_are_kept() {
        let limit = |error: IngestError| match error {
            IngestError::TooLarge { limit, row, .. } => (limit, row),
            _ => (Limit::File, None),
        };
        let wide = ",".repeat(MAX_COLUMNS);
        assert_eq!(limit(records(&format!("a,b\n{wide}\n")).unwrap_err()), (Limit::Columns, Some(2)));
        let long = "x".repeat(MAX_FIELD + 1);
        assert_eq!(limit(records(&format!("a,b\n{long},1\n")).unwrap_err()), (Limit::Field, Some(2)));
        let endless = "x".repeat(super::super::lines::MAX_ROW + 1);
        assert_eq!(limit(records(&endless).unwrap_err()), (Limit::Row, Some(1)));
    }
}
