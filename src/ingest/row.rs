//! A row as it stands in a file or sheet, before columns are known: sparse, and reused from row to row.

use std::borrow::Cow;

use super::batch::Record;
use crate::model::limits;
use crate::model::row::RawCell;
use crate::table::normalize;

/// The filled cells of one row, in the order of their columns.
#[derive(Clone, Debug, Default)]
pub(super) struct Row<'a> {
    /// 1-based row, as a spreadsheet counts.
    pub(super) number: u32,
    /// Number of cells the row has, filled or not, where the file says so (CSV).
    pub(super) width: Option<u32>,
    /// Cells filled from a merged area that begins further up: 1-based column and value.
    pub(super) fills: Vec<(u32, RawCell<'a>)>,
    /// Columns for which the row has a second value.
    pub(super) twice: Vec<u32>,
    /// Columns whose text is longer than a cell may be, and was not read.
    pub(super) long: Vec<u32>,
    cells: Vec<(u32, RawCell<'a>)>,
}

/// A text without what keeps a spreadsheet from changing it: `="001"`, `'001`, and control characters.
pub(super) fn unprotected(text: &str) -> Cow<'_, str> {
    if !is_protected(text) {
        return Cow::Borrowed(text);
    }
    let bare = normalize::trimmed(text);
    let bare =
        bare.strip_prefix('=').and_then(|rest| rest.strip_prefix('"')?.strip_suffix('"')).unwrap_or(bare);
    let bare =
        bare.strip_prefix('\'').filter(|rest| !rest.is_empty() && !rest.contains('\'')).unwrap_or(bare);
    let is_kept = |c: &char| !c.is_control() || matches!(c, '\n' | '\t');
    Cow::Owned(bare.chars().filter(is_kept).collect())
}

/// Whether a text has such a sign.
pub(super) fn is_protected(text: &str) -> bool {
    let control = |byte: u8| byte < b' ' && !matches!(byte, b'\n' | b'\r' | b'\t') || byte == 0x7f;
    match text.as_bytes() {
        [b'=', b'"', .., b'"'] => text.len() > 3,
        [b'\'', rest @ ..] => !rest.is_empty() && !rest.contains(&b'\''),
        bytes => bytes.iter().any(|byte| control(*byte)),
    }
}

impl<'a> Row<'a> {
    /// Begins a new row; the memory of the last is kept.
    pub(super) fn begin(&mut self, number: u32, width: Option<u32>) {
        self.number = number;
        self.width = width;
        self.fills.clear();
        self.twice.clear();
        self.long.clear();
        self.cells.clear();
    }

    /// Takes a record of a CSV file.
    pub(super) fn set(&mut self, record: &Record<'a>) {
        self.begin(record.line, Some(u32::try_from(record.width()).unwrap_or(u32::MAX)));
        for (field, column) in record.fields().zip(1..) {
            self.push(column, RawCell::Text(Cow::Borrowed(field)));
        }
    }

    /// Appends a cell; what shows nothing is not a filled cell, and what is too long is filled but not read.
    pub(super) fn push(&mut self, column: u32, cell: RawCell<'a>) {
        match cell {
            RawCell::Empty => {}
            RawCell::Text(text) if normalize::is_blank(&text) => {}
            RawCell::Text(text) if limits::is_too_long(&text) => {
                self.long.push(column);
                self.cells.push((column, RawCell::Unread));
            }
            other => self.cells.push((column, other)),
        }
    }

    /// Puts cells that came in any order into the order of their columns; of two for one column the first stays.
    pub(super) fn settle(&mut self) {
        if self.cells.is_sorted_by(|one, other| one.0 < other.0) {
            return;
        }
        self.cells.sort_by_key(|(column, _)| *column);
        let twice = &mut self.twice;
        self.cells.dedup_by(|second, first| {
            let same = second.0 == first.0;
            if same {
                twice.push(first.0);
            }
            same
        });
    }

    /// Takes off signs that only protect a text from being changed; the columns that had some.
    pub(super) fn unprotect(&mut self) -> Vec<u32> {
        let mut columns = Vec::new();
        for (column, cell) in &mut self.cells {
            if let RawCell::Text(text) = cell
                && is_protected(text)
            {
                *text = Cow::Owned(unprotected(text).into_owned());
                columns.push(*column);
            }
        }
        columns
    }

    /// The filled cells, by column.
    pub(super) fn cells(&self) -> &[(u32, RawCell<'a>)] {
        &self.cells
    }

    /// Takes the values out: the filled cells, then those of merged areas.
    pub(super) fn drain(&mut self) -> impl Iterator<Item = (u32, RawCell<'a>)> {
        self.cells.drain(..).chain(self.fills.drain(..))
    }

    /// The cell in a column.
    pub(super) fn get(&self, column: u32) -> Option<&RawCell<'a>> {
        let at = self.cells.binary_search_by_key(&column, |(at, _)| *at).ok()?;
        self.cells.get(at).map(|(_, cell)| cell)
    }

    /// The value in a column: of its cell, or of a merged area that begins further up.
    pub(super) fn value(&self, column: u32) -> Option<&RawCell<'a>> {
        let filled = || self.fills.iter().find(|(at, _)| *at == column).map(|(_, cell)| cell);
        self.get(column).or_else(filled)
    }

    /// Puts a value in place of that in a column.
    pub(super) fn replace(&mut self, column: u32, value: RawCell<'a>) {
        let mut all = self.cells.iter_mut().chain(&mut self.fills);
        if let Some((_, cell)) = all.find(|(at, _)| *at == column) {
            *cell = value;
        }
    }

    /// Whether nothing is filled in.
    pub(super) fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }

    /// The row with texts of its own.
    pub(super) fn to_owned(&self) -> Row<'static> {
        let owned = |cells: &[(u32, RawCell<'a>)]| {
            cells.iter().map(|(column, cell)| (*column, cell.clone().into_owned())).collect()
        };
        Row {
            number: self.number,
            width: self.width,
            fills: owned(&self.fills),
            twice: self.twice.clone(),
            long: self.long.clone(),
            cells: owned(&self.cells),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_that_protect_a_text_are_no_part_of_it() {
        for (text, is) in [
            ("=\"001\"", "001"),
            ("'D02", "D02"),
            ("\u{1}D02\u{1f}", "D02"),
            ("'90年代'", "'90年代'"),
            ("'", "'"),
            ("=A1", "=A1"),
            ("a'b", "a'b"),
            ("一\n二", "一\n二"),
        ] {
            assert_eq!(unprotected(text), is, "{text:?}");
        }
    }
}
