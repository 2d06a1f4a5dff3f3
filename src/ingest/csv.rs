//! Records of a CSV file, batch by batch, strictly: what the file does not say plainly is an error with its place.
//!
//! The `csv` crate takes an unclosed quote to the end of the file without a word, and numbers a record after
//! blank lines by the first of them; hence this reader.

use std::borrow::Cow;

use memchr::memchr2;

use super::batch::{Batch, Index};
use super::csv_tokenizer::{Tokenizer, Trouble};
use super::encoding::DecodeError;
use super::error::IngestError;
use super::input::{Decoded, Input, Text};
use super::limit::Limit;
use super::pieces::Pieces;
use super::row::Row;
use super::sheet::HELD;

/// Bytes split together: few enough to stay in the processor's cache.
const BLOCK: usize = 128 << 10;

/// Lines looked at to tell the separator.
const SNIFFED: usize = 10;

/// Bytes in which these lines are looked for.
const HEAD: usize = 32 << 10;

/// What stands between fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Separator {
    /// A byte.
    Byte(u8),
    /// A comma of Chinese text; it takes three bytes, and is read as a sign that no text has.
    Wide,
}

/// The comma of Chinese text, and what stands for it.
const WIDE: char = '，';
const UNIT: char = '\u{1f}';

impl Separator {
    fn byte(self) -> u8 {
        match self {
            Self::Byte(byte) => byte,
            Self::Wide => b'\x1f',
        }
    }

    fn applied(self, text: &str) -> Cow<'_, str> {
        match self {
            Self::Wide => Cow::Owned(text.replace(WIDE, UNIT.encode_utf8(&mut [0; 1]))),
            Self::Byte(_) => Cow::Borrowed(text),
        }
    }
}

/// The text with its separators as [`Records`] takes them.
pub(super) fn separated<'a>(decoded: &'a Decoded<'a>, separator: Separator) -> Option<Decoded<'a>> {
    match (&decoded.text, separator) {
        (Text::Held(text), Separator::Wide) => {
            Some(Decoded { encoding: decoded.encoding, text: Text::Held(separator.applied(text)) })
        }
        _ => None,
    }
}

/// The first rows that have something in them, under each separator there may be; the most likely first.
pub(super) fn heads<'d>(
    input: &Input,
    decoded: &'d Decoded<'d>,
) -> Result<Vec<(Separator, Vec<Row<'static>>)>, IngestError> {
    let mut pieces = Pieces::of(decoded);
    let ended = look(input, &mut pieces, HEAD)?;
    let text = pieces.text();
    let first = separator(text);
    let mut all = vec![Separator::Byte(first)];
    let bytes = [b',', b'\t', b';', b'|', b'^'];
    all.extend(bytes.into_iter().filter(|byte| *byte != first).map(Separator::Byte));
    if text.contains(WIDE) && matches!(decoded.text, Text::Held(_)) {
        all.push(Separator::Wide);
    }
    let heads = all.into_iter().map(|one| (one, head(&one.applied(text), ended, one)));
    // Another sign that divides nothing tells nothing.
    let divides = |rows: &[Row<'_>]| rows.iter().any(|row| row.cells().len() > 1);
    Ok(heads.enumerate().filter(|(at, (_, rows))| *at == 0 || divides(rows)).map(|(_, head)| head).collect())
}

/// The first rows under a separator.
fn head(text: &str, ended: bool, separator: Separator) -> Vec<Row<'static>> {
    let (mut index, mut row, mut rows) = (Index::default(), Row::default(), Vec::new());
    // What is wrong further down is told when it is read.
    let _ = Tokenizer::new(separator.byte()).split(text, ended, &mut index);
    for record in Batch::new(text, &index).records() {
        row.set(&record);
        if !row.is_empty() {
            rows.push(row.to_owned());
        }
        if rows.len() >= HELD {
            break;
        }
    }
    rows
}

fn look(input: &Input, pieces: &mut Pieces<'_>, size: usize) -> Result<bool, IngestError> {
    pieces.look(size).map_err(|error| match error {
        DecodeError::Io(error) => input.unreadable(&error),
        // The whole file was checked before; it must have changed since.
        DecodeError::Malformed => IngestError::Changed { file: input.name.clone() },
    })
}

/// Reads records.
pub(super) struct Records<'a> {
    input: &'a Input,
    pieces: Pieces<'a>,
    splitter: Tokenizer,
    separator: Separator,
    index: Index,
    /// Bytes of the last batch.
    taken: usize,
    ended: bool,
    /// Cells read so far.
    cells: u64,
}

impl<'a> Records<'a> {
    /// The records of a text.
    pub(super) fn of(input: &'a Input, decoded: &'a Decoded<'a>, separator: Separator) -> Self {
        Self {
            input,
            pieces: Pieces::of(decoded),
            splitter: Tokenizer::new(separator.byte()),
            separator,
            index: Index::default(),
            taken: 0,
            ended: false,
            cells: 0,
        }
    }

    /// The sign between two cells of a record.
    pub(super) fn separator(&self) -> char {
        match self.separator {
            Separator::Byte(byte) => char::from(byte),
            Separator::Wide => WIDE,
        }
    }

    /// The next records, and whether they are the last; `None` at the end.
    pub(super) fn next(&mut self) -> Result<Option<(Batch<'_>, bool)>, IngestError> {
        self.input.poll().map_err(|error| self.input.unreadable(&error))?;
        self.pieces.take(std::mem::take(&mut self.taken));
        let mut size = BLOCK;
        while !self.ended && self.taken == 0 {
            self.ended = look(self.input, &mut self.pieces, size)?;
            let taken = self.splitter.split(self.pieces.text(), self.ended, &mut self.index);
            self.taken = taken.map_err(|trouble| self.located(trouble))?;
            // Nothing taken: a record is longer than the piece.
            size = size.saturating_mul(2);
        }
        self.cells = self.cells.saturating_add(self.index.cells());
        if self.cells > Limit::TextCells.most() {
            return Err(self.located(Trouble::TooLarge(self.splitter.next_line(), Limit::TextCells)));
        }
        Ok((self.taken > 0).then(|| (Batch::new(self.pieces.text(), &self.index), self.ended)))
    }

    fn located(&self, trouble: Trouble) -> IngestError {
        let file = self.input.name.clone();
        match trouble {
            Trouble::Quote(line, field) => IngestError::Quote { file, line, field },
            Trouble::Nul(line) => IngestError::Nul { file, line },
            Trouble::TooLarge(line, limit) => self.input.too_large(None, Some(line), limit),
        }
    }
}

/// The separator where no header tells: a comma, unless the line with the most separators has others and no comma.
fn separator(text: &str) -> u8 {
    let (mut best, mut most) = (b',', 0);
    let mut rest = text.as_bytes();
    for _ in 0..SNIFFED {
        let end = memchr2(b'\n', b'\r', rest).unwrap_or(rest.len());
        let (line, after) = rest.split_at_checked(end).unwrap_or((rest, &[]));
        for separator in [b',', b'\t', b';', b'|'] {
            let count = count(line, separator);
            if count > most && (separator == b',' || count_of_commas(line) == 0) {
                (best, most) = (separator, count);
            }
        }
        let ending = if after.starts_with(b"\r\n") { 2 } else { 1 };
        rest = after.get(ending..).unwrap_or_default();
    }
    best
}

fn count_of_commas(line: &[u8]) -> usize {
    count(line, b',')
}

/// How often the separator stands outside quotes.
fn count(line: &[u8], separator: u8) -> usize {
    let mut quoted = false;
    let outside = line.iter().filter(|byte| {
        quoted ^= **byte == b'"';
        **byte == separator && !quoted
    });
    outside.count()
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::super::encoding::Wanted;
    use super::*;
    use crate::model::limits::{CELL_CHARACTERS, TEXT_COLUMNS, TEXT_ROW};

    fn records(text: &str) -> Result<Vec<(u32, Vec<String>)>, IngestError> {
        let input = Input::text("t.csv", text);
        let decoded = input.decoded(Wanted::Either)?;
        let first = heads(&input, &decoded)?.into_iter().next();
        let separator = first.map_or(Separator::Byte(b','), |(separator, _)| separator);
        let mut records = Records::of(&input, &decoded, separator);
        let mut all = Vec::new();
        while let Some((batch, _)) = records.next()? {
            all.extend(
                batch.records().map(|record| (record.line, record.fields().map(str::to_owned).collect())),
            );
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
    fn every_kind_of_line_end_is_met() {
        let lines = |text| {
            records(text).unwrap().into_iter().map(|(n, fields)| (n, fields.concat())).collect::<Vec<_>>()
        };
        let expected = [(1, "a".to_owned()), (2, "b".to_owned()), (3, "c".to_owned()), (4, "d".to_owned())];
        assert_eq!(lines("a\nb\r\nc\rd"), expected);
        assert_eq!(lines("a\nb\nc\r\nd\r"), expected);
        assert_eq!(lines("a\r\n\r\nb\n"), [(1, "a".to_owned()), (2, String::new()), (3, "b".to_owned())]);
        assert_eq!(lines("a\r\rb\r"), [(1, "a".to_owned()), (2, String::new()), (3, "b".to_owned())]);
        assert!(lines("").is_empty());
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
            _ => (Limit::File.into(), None),
        };
        let wide = ",".repeat(TEXT_COLUMNS);
        assert_eq!(limit(records(&format!("a,b\n{wide}\n")).unwrap_err()), (Limit::Columns.into(), Some(2)));
        let endless = "x".repeat(TEXT_ROW + 1);
        assert_eq!(limit(records(&endless).unwrap_err()), (Limit::Row.into(), Some(1)));
    }

    #[test]
    fn long_fields_are_read_and_told() {
        let long = "x\n".repeat(CELL_CHARACTERS);
        let input = Input::text("t.csv", &format!("a,\"{long}\"\nb,c\n"));
        let decoded = input.decoded(Wanted::Either).unwrap();
        let mut records = Records::of(&input, &decoded, Separator::Byte(b','));
        let (batch, _) = records.next().unwrap().unwrap();
        assert!(batch.long());
        assert_eq!(batch.records().map(|record| record.line).collect::<Vec<_>>(), [1, 16_386]);
        assert_eq!(batch.records().next().unwrap().field(1), long);
    }
}
