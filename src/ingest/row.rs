//! A row as it stands in a file or sheet, before columns are known: sparse, and reused from row to row.

use crate::model::fold;
use crate::model::row::RawCell;

/// The filled cells of one row, in the order of their columns.
#[derive(Clone, Debug, Default)]
pub(super) struct Row {
    /// 1-based row, as a spreadsheet counts.
    pub(super) number: u32,
    /// Number of cells the row has, filled or not, where the file says so (CSV).
    pub(super) width: Option<u32>,
    /// Cells filled from a merged area that begins further up: 1-based column and value.
    pub(super) fills: Vec<(u32, RawCell)>,
    /// Columns for which the row has a second value.
    pub(super) twice: Vec<u32>,
    cells: Vec<(u32, RawCell)>,
    used: usize,
}

impl Row {
    /// Begins a new row; the memory of the last is kept.
    pub(super) fn begin(&mut self, number: u32, width: Option<u32>) {
        self.number = number;
        self.width = width;
        self.fills.clear();
        self.twice.clear();
        self.used = 0;
    }

    /// Appends a text cell; what shows nothing is not a filled cell.
    pub(super) fn push_text(&mut self, column: u32, text: &str) {
        if fold::is_blank(text) {
            return;
        }
        match self.cells.get_mut(self.used) {
            Some((place, RawCell::Text(old))) => {
                *place = column;
                old.clear();
                old.push_str(text);
                self.used = self.used.saturating_add(1);
            }
            _ => self.put(column, RawCell::Text(text.to_owned())),
        }
    }

    /// Appends a cell of a workbook.
    pub(super) fn push(&mut self, column: u32, cell: RawCell) {
        match cell {
            RawCell::Empty => {}
            RawCell::Text(text) if fold::is_blank(&text) => {}
            other => self.put(column, other),
        }
    }

    fn put(&mut self, column: u32, cell: RawCell) {
        match self.cells.get_mut(self.used) {
            Some(slot) => *slot = (column, cell),
            None => self.cells.push((column, cell)),
        }
        self.used = self.used.saturating_add(1);
    }

    /// Puts cells that came in any order into the order of their columns; of two for one column the first stays.
    pub(super) fn settle(&mut self) {
        if self.cells().is_sorted_by(|one, other| one.0 < other.0) {
            return;
        }
        self.cells.truncate(self.used);
        self.cells.sort_by_key(|(column, _)| *column);
        let twice = &mut self.twice;
        self.cells.dedup_by(|second, first| {
            let same = second.0 == first.0;
            if same {
                twice.push(first.0);
            }
            same
        });
        self.used = self.cells.len();
    }

    /// The filled cells, by column.
    pub(super) fn cells(&self) -> &[(u32, RawCell)] {
        self.cells.get(..self.used).unwrap_or_default()
    }

    /// The same, to take values out.
    pub(super) fn cells_mut(&mut self) -> &mut [(u32, RawCell)] {
        self.cells.get_mut(..self.used).unwrap_or_default()
    }

    /// The cell in a column.
    pub(super) fn get(&self, column: u32) -> Option<&RawCell> {
        let cells = self.cells();
        let at = cells.binary_search_by_key(&column, |(at, _)| *at).ok()?;
        cells.get(at).map(|(_, cell)| cell)
    }

    /// Whether nothing is filled in.
    pub(super) fn is_empty(&self) -> bool {
        self.used == 0
    }
}
