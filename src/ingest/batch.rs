//! The records of a piece of text: where they and their fields lie.

use std::ops::Range;

use super::csv_tokenizer::Trouble;
use super::limit::Limit;
use crate::model::limits::{self, CELL_CHARACTERS, TEXT_COLUMNS, TEXT_ROW};

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
    pub(super) rewritten: String,
    /// Some character may be one that a wrong decoding leaves behind.
    pub(super) odd: bool,
    /// Some field is longer than a cell may be, in bytes at least.
    long: bool,
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

    /// Whether a field may be longer than a cell may be.
    pub(super) fn long(self) -> bool {
        self.index.long
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

    /// The lines on which these records begin.
    pub(super) fn lines(self, records: Range<usize>) -> impl Iterator<Item = u32> {
        self.index.marks.get(records).unwrap_or_default().iter().map(|mark| mark.line)
    }

    /// One field of each of these records.
    pub(super) fn column(self, records: Range<usize>, at: usize) -> impl Iterator<Item = &'t str> {
        let before = |record: usize| record.checked_sub(1).and_then(|before| self.index.marks.get(before));
        let mut first = before(records.start).map_or(0, |mark| place(mark.fields));
        self.index.marks.get(records).unwrap_or_default().iter().map(move |mark| {
            let spans = self.index.spans.get(first..place(mark.fields)).unwrap_or_default();
            let span = spans.get(at);
            first = place(mark.fields);
            span.map_or("", |span| self.field(*span))
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

    /// Whether a field is longer than a cell may be.
    pub(super) fn is_long(&self) -> bool {
        self.fields().any(limits::is_too_long)
    }

    /// The fields from the last to the first.
    pub(super) fn fields_back(&self) -> impl Iterator<Item = &'t str> {
        self.spans.iter().rev().map(|span| self.batch.field(*span))
    }

    /// The fields in order.
    pub(super) fn fields(&self) -> impl Iterator<Item = &'t str> {
        self.spans.iter().map(|span| self.batch.field(*span))
    }
}

/// Positions in a piece of text fit easily: it is never much longer than a row may be.
pub(super) fn narrow(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

pub(super) fn place(at: u32) -> usize {
    usize::try_from(at).unwrap_or(usize::MAX)
}

impl Index {
    pub(super) fn clear(&mut self) {
        self.spans.clear();
        self.marks.clear();
        self.rewritten.clear();
        self.long = false;
    }

    /// Number of fields.
    pub(super) fn cells(&self) -> u64 {
        u64::try_from(self.spans.len()).unwrap_or(u64::MAX)
    }

    /// Appends a field.
    pub(super) fn field(&mut self, start: usize, end: usize) {
        self.spans.push(Span { start: narrow(start), end: narrow(end) });
    }

    /// Number of fields before the record that is being split.
    fn before(&self) -> usize {
        self.marks.last().map_or(0, |mark| place(mark.fields))
    }

    /// Number of fields of the record that is being split.
    pub(super) fn begun(&self) -> usize {
        self.spans.len().saturating_sub(self.before())
    }

    /// Drops the fields of a record that is not whole.
    pub(super) fn drop_rest(&mut self) {
        self.spans.truncate(self.before());
    }

    /// Ends a record of so many bytes that began on one line and ends on another.
    pub(super) fn record(&mut self, first: u32, line: u32, bytes: usize) -> Result<(), Trouble> {
        if bytes > TEXT_ROW {
            return Err(Trouble::TooLarge(line, Limit::Row));
        }
        if self.begun() > TEXT_COLUMNS {
            return Err(Trouble::TooLarge(line, Limit::Columns));
        }
        let long = |span: &Span| place(span.end.saturating_sub(span.start)) > CELL_CHARACTERS;
        self.long |= bytes > CELL_CHARACTERS && self.spans.iter().skip(self.before()).any(long);
        self.marks.push(Mark { line: first, fields: narrow(self.spans.len()) });
        Ok(())
    }
}
