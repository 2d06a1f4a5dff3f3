//! Where the records and fields of a text lie.
//!
//! Most pieces of most files have neither quotes nor stray line ends: they are split in one sweep for separators and
//! line feeds. All others go field by field, and a quote that is not closed properly is an error, never a longer
//! field.

use memchr::{memchr, memchr2, memchr2_iter, memchr3};

use super::error::Limit;

/// The longest row that is read.
pub(super) const MAX_ROW: usize = 4 << 20;

/// The longest field that is read.
pub(super) const MAX_FIELD: usize = 64 << 10;

/// The most columns a row may have.
pub(super) const MAX_COLUMNS: usize = 1024;

/// What stops the splitting of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Trouble {
    /// A quote that is not closed properly: the line on which it opens, and its field from 1.
    Quote(u32, u32),
    /// A NUL on this line.
    Nul(u32),
    /// A row beyond a limit.
    TooLarge(u32, Limit),
}

/// Where a field lies: in the text, or beyond its end in what was rewritten.
#[derive(Clone, Copy, Debug)]
struct Span {
    start: u32,
    end: u32,
}

/// One record.
#[derive(Clone, Copy, Debug)]
struct Mark {
    /// Line on which it begins.
    line: u32,
    /// Number of fields of this and all records before.
    fields: u32,
}

/// The records of a piece of text.
#[derive(Debug, Default)]
pub(super) struct Index {
    spans: Vec<Span>,
    marks: Vec<Mark>,
    /// Fields that do not stand in the text as they read: without doubled quotes, and with plain line feeds.
    rewritten: String,
    /// Some character may be one that a wrong decoding leaves behind.
    odd: bool,
}

/// The records of a piece of text, with the text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Batch<'t> {
    text: &'t str,
    index: &'t Index,
}

/// One record of a batch.
#[derive(Clone, Copy, Debug)]
pub(super) struct Record<'t> {
    batch: Batch<'t>,
    spans: &'t [Span],
    /// Line on which it begins.
    pub(super) line: u32,
}

impl<'t> Batch<'t> {
    pub(super) fn new(text: &'t str, index: &'t Index) -> Self {
        Self { text, index }
    }

    /// Number of records.
    pub(super) fn len(self) -> usize {
        self.index.marks.len()
    }

    /// Whether a character may be one that a wrong decoding leaves behind.
    pub(super) fn odd(self) -> bool {
        self.index.odd
    }

    /// The records in order.
    pub(super) fn records(self) -> impl Iterator<Item = Record<'t>> {
        let mut first = 0;
        self.index.marks.iter().map(move |mark| {
            let end = place(mark.fields);
            let spans = self.index.spans.get(first..end).unwrap_or_default();
            first = end;
            Record { batch: self, spans, line: mark.line }
        })
    }

    fn field(self, span: Span) -> &'t str {
        let (start, end) = (place(span.start), place(span.end));
        match start.checked_sub(self.text.len()) {
            None => self.text.get(start..end).unwrap_or_default(),
            Some(from) => {
                let to = end.saturating_sub(self.text.len());
                self.index.rewritten.get(from..to).unwrap_or_default()
            }
        }
    }
}

impl<'t> Record<'t> {
    /// Number of fields.
    pub(super) fn width(&self) -> usize {
        self.spans.len()
    }

    /// The field at this place, from 0.
    pub(super) fn field(&self, at: usize) -> &'t str {
        self.spans.get(at).map_or("", |span| self.batch.field(*span))
    }

    /// The fields in order.
    pub(super) fn fields(&self) -> impl Iterator<Item = &'t str> {
        self.spans.iter().map(|span| self.batch.field(*span))
    }
}

/// Positions in a piece of text fit easily: it is never much longer than a row may be.
fn narrow(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

fn place(at: u32) -> usize {
    usize::try_from(at).unwrap_or(usize::MAX)
}

impl Index {
    fn clear(&mut self) {
        self.spans.clear();
        self.marks.clear();
        self.rewritten.clear();
    }

    fn field(&mut self, start: usize, end: usize) {
        self.spans.push(Span { start: narrow(start), end: narrow(end) });
    }

    /// Number of fields before the record that is being split.
    fn before(&self) -> usize {
        self.marks.last().map_or(0, |mark| place(mark.fields))
    }

    /// Ends a record of so many bytes that began on one line and ends on another.
    fn record(&mut self, first: u32, line: u32, bytes: usize) -> Result<(), Trouble> {
        let before = self.before();
        if bytes > MAX_ROW {
            return Err(Trouble::TooLarge(line, Limit::Row));
        }
        if self.spans.len().saturating_sub(before) > MAX_COLUMNS {
            return Err(Trouble::TooLarge(line, Limit::Columns));
        }
        let long = |span: &Span| place(span.end.saturating_sub(span.start)) > MAX_FIELD;
        if bytes > MAX_FIELD && self.spans.iter().skip(before).any(long) {
            return Err(Trouble::TooLarge(line, Limit::Field));
        }
        self.marks.push(Mark { line: first, fields: narrow(self.spans.len()) });
        Ok(())
    }
}

/// Splits a text that comes in pieces.
#[derive(Debug)]
pub(super) struct Splitter {
    separator: u8,
    /// Lines taken so far.
    line: u32,
}

impl Splitter {
    pub(super) fn new(separator: u8) -> Self {
        Self { separator, line: 0 }
    }

    /// The line that comes next.
    pub(super) fn next_line(&self) -> u32 {
        self.line.saturating_add(1)
    }

    /// Finds the whole records at the front of a text; how many bytes they take.
    pub(super) fn split(&mut self, text: &str, ended: bool, index: &mut Index) -> Result<usize, Trouble> {
        index.clear();
        let bytes = text.as_bytes();
        let traits = Traits::of(bytes);
        index.odd = traits.odd;
        let taken = match traits.plain {
            true => self.sweep(bytes, index).and_then(|taken| self.last(bytes, taken, ended, index)),
            false => self.walk(text, ended, index),
        }?;
        index.spans.truncate(index.before());
        if bytes.len().saturating_sub(taken) > MAX_ROW {
            return Err(Trouble::TooLarge(self.next_line(), Limit::Row));
        }
        Ok(taken)
    }

    /// Every line that ends with LF, in a text without quotes.
    fn sweep(&mut self, bytes: &[u8], index: &mut Index) -> Result<usize, Trouble> {
        let (mut record, mut field) = (0, 0);
        for at in memchr2_iter(self.separator, b'\n', bytes) {
            if bytes.get(at) != Some(&b'\n') {
                index.field(field, at);
                field = at.saturating_add(1);
                continue;
            }
            let before = at.checked_sub(1).filter(|before| *before >= field);
            let end = before.filter(|before| bytes.get(*before) == Some(&b'\r')).unwrap_or(at);
            index.field(field, end);
            self.line = self.next_line();
            index.record(self.line, self.line, end.saturating_sub(record))?;
            field = at.saturating_add(1);
            record = field;
        }
        Ok(record)
    }

    /// The last line of a text without quotes, where no LF ends it.
    fn last(&mut self, bytes: &[u8], start: usize, ended: bool, index: &mut Index) -> Result<usize, Trouble> {
        let rest = bytes.get(start..).unwrap_or_default();
        if !ended || rest.is_empty() {
            return Ok(start);
        }
        let end = bytes.len().saturating_sub(usize::from(rest.last() == Some(&b'\r')));
        match index.spans.last().filter(|_| index.spans.len() > index.before()) {
            Some(span) => index.field(place(span.end).saturating_add(1), end),
            None => index.field(start, end),
        }
        self.line = self.next_line();
        index.record(self.line, self.line, end.saturating_sub(start))?;
        Ok(bytes.len())
    }

    /// Record by record, whatever stands in them.
    fn walk(&mut self, text: &str, ended: bool, index: &mut Index) -> Result<usize, Trouble> {
        let mut taken = 0;
        while taken < text.len() {
            let line = self.next_line();
            let rewritten = index.rewritten.len();
            let mut walker = Walker { text, separator: self.separator, ended, line, start: taken, at: taken };
            let Some(end) = walker.record(index)? else {
                index.rewritten.truncate(rewritten);
                break;
            };
            index.record(line, walker.line, end.saturating_sub(taken))?;
            (self.line, taken) = (walker.line, walker.at);
        }
        Ok(taken)
    }
}

/// Goes through one record field by field.
struct Walker<'t> {
    text: &'t str,
    separator: u8,
    ended: bool,
    /// The line it is on.
    line: u32,
    /// Where the record begins.
    start: usize,
    at: usize,
}

/// What comes after a field.
enum After {
    /// One more field.
    Field,
    /// The end of the record; the record ends before these bytes.
    End(usize),
}

impl Walker<'_> {
    fn rest(&self) -> &[u8] {
        self.text.as_bytes().get(self.at..).unwrap_or_default()
    }

    /// Takes a record; where it ends, or `None` if the text ends before it does.
    fn record(&mut self, index: &mut Index) -> Result<Option<usize>, Trouble> {
        self.check_line()?;
        let before = index.spans.len();
        loop {
            let field = narrow(index.spans.len().saturating_sub(before)).saturating_add(1);
            let taken = if self.rest().first() == Some(&b'"') {
                self.quoted(field, index)?
            } else {
                self.bare(index)
            };
            if taken.is_none() {
                return Ok(None);
            }
            match self.after() {
                Some(After::Field) => {}
                Some(After::End(end)) => return Ok(Some(end)),
                None => return Ok(None),
            }
        }
    }

    /// There is no NUL in the line that begins here.
    fn check_line(&self) -> Result<(), Trouble> {
        let rest = self.rest();
        let line = memchr2(b'\n', b'\r', rest).and_then(|end| rest.get(..end)).unwrap_or(rest);
        if self.at.saturating_sub(self.start) > MAX_ROW {
            return Err(Trouble::TooLarge(self.line, Limit::Row));
        }
        memchr(0, line).map_or(Ok(()), |_| Err(Trouble::Nul(self.line)))
    }

    /// Takes a field without quotes, up to what ends it.
    fn bare(&mut self, index: &mut Index) -> Option<()> {
        let length = match memchr3(self.separator, b'\n', b'\r', self.rest()) {
            Some(length) => length,
            None if self.ended => self.rest().len(),
            None => return None,
        };
        let start = self.at;
        self.skip(length);
        index.field(start, self.at);
        Some(())
    }

    /// Takes a separator or the end of a line.
    fn after(&mut self) -> Option<After> {
        let end = self.at;
        let length = match self.rest() {
            [] if self.ended => return Some(After::End(end)),
            [] | [b'\r'] if !self.ended => return None,
            [b'\r', b'\n', ..] => 2,
            _ => 1,
        };
        let is_separator = self.rest().first() == Some(&self.separator);
        self.skip(length);
        Some(if is_separator { After::Field } else { After::End(end) })
    }

    /// Takes a field that opens with a quote here, from further lines if need be.
    fn quoted(&mut self, field: u32, index: &mut Index) -> Result<Option<()>, Trouble> {
        let wrong = Trouble::Quote(self.line, field);
        let rewritten = index.rewritten.len();
        self.skip(1);
        let mut from = self.at;
        loop {
            let Some(length) = memchr3(b'"', b'\n', b'\r', self.rest()) else {
                return if self.ended { Err(wrong) } else { Ok(None) };
            };
            self.skip(length);
            match self.rest() {
                [b'"' | b'\r'] if !self.ended => return Ok(None),
                [b'"', b'"', ..] => from = self.rewrite(from, "\"", 2, index),
                [b'\n', ..] => self.skip(1),
                [b'\r', b'\n', ..] => from = self.rewrite(from, "\n", 2, index),
                [b'\r', ..] => from = self.rewrite(from, "\n", 1, index),
                _ => break,
            }
            if matches!(self.text.as_bytes().get(self.at.saturating_sub(1)), Some(b'\n' | b'\r')) {
                self.line = self.line.saturating_add(1);
                let kept = index.rewritten.len().saturating_sub(rewritten);
                if kept.saturating_add(self.at.saturating_sub(from)) > MAX_FIELD {
                    return Err(wrong);
                }
                self.check_line()?;
            }
        }
        if index.rewritten.len() == rewritten {
            index.field(from, self.at);
        } else {
            index.rewritten.push_str(self.text.get(from..self.at).unwrap_or_default());
            let beyond = |at: usize| self.text.len().saturating_add(at);
            index.field(beyond(rewritten), beyond(index.rewritten.len()));
        }
        self.skip(1);
        self.closed().ok_or(wrong)
    }

    fn skip(&mut self, bytes: usize) {
        self.at = self.at.saturating_add(bytes);
    }

    /// Takes what stands here as something else, after what was kept as it is; where the next begins.
    fn rewrite(&mut self, from: usize, other: &str, bytes: usize, index: &mut Index) -> usize {
        index.rewritten.push_str(self.text.get(from..self.at).unwrap_or_default());
        index.rewritten.push_str(other);
        self.skip(bytes);
        self.at
    }

    /// After a closing quote at most spaces may stand before the separator or the end: else `None`, and `Some(None)`
    /// where the text ends before that can be told.
    fn closed(&mut self) -> Option<Option<()>> {
        let blank = self.rest().iter().take_while(|byte| **byte == b' ').count();
        self.skip(blank);
        match self.rest().first() {
            None => Some(self.ended.then_some(())),
            Some(b'\n' | b'\r') => Some(Some(())),
            Some(byte) => (*byte == self.separator).then_some(Some(())),
        }
    }
}

/// What a piece of text has in it.
#[derive(Clone, Copy, Debug)]
struct Traits {
    /// No quote, no NUL, no CR but before LF.
    plain: bool,
    /// Some character may be one that a wrong decoding leaves behind.
    odd: bool,
}

impl Traits {
    /// Looks at all bytes, without a branch, so that many are looked at together.
    fn of(bytes: &[u8]) -> Self {
        let (mut special, mut odd) = (false, false);
        for (one, next) in bytes.iter().zip(bytes.get(1..).unwrap_or_default()) {
            let (one, next) = (*one, *next);
            special |= (one == b'"') | (one == 0) | ((one == b'\r') & (next != b'\n'));
            odd |= (one == 0xee) | (one == 0xf4) | ((one == 0xc2) & (next < 0xa0));
            odd |= ((one == 0xef) & ((next < 0xa4) | (next == 0xbf))) | ((one == 0xf3) & (next >= 0xb0));
        }
        special |= matches!(bytes.last(), Some(b'"' | 0));
        Self { plain: !special, odd }
    }
}
