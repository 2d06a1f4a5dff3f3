//! Merged areas of a sheet: what a cell that shows another's value stands for.

use std::collections::BTreeMap;

use super::row::Row;
use crate::model::row::RawCell;

/// Merged areas, 1-based, by first row.
#[derive(Debug, Default)]
pub(super) struct Merges {
    areas: Vec<Area>,
    /// The next area that no row has reached.
    next: usize,
    /// Areas that reach below the current row, by column, with the value of their first cell.
    open: BTreeMap<u32, (u32, RawCell<'static>)>,
}

/// A merged area.
#[derive(Clone, Copy, Debug)]
pub(super) struct Area {
    pub(super) top: u32,
    pub(super) bottom: u32,
    pub(super) left: u32,
    pub(super) right: u32,
}

impl Merges {
    /// The merged areas of a sheet.
    pub(super) fn new(mut areas: Vec<Area>) -> Self {
        areas.sort_by_key(|area| (area.top, area.left));
        Self { areas, ..Self::default() }
    }

    /// The first column of the merged area that begins in this row and covers this column.
    pub(super) fn first_column(&self, row: u32, column: u32) -> Option<u32> {
        let after = self.areas.partition_point(|area| (area.top, area.left) <= (row, column));
        let area = after.checked_sub(1).and_then(|at| self.areas.get(at))?;
        (area.top == row && area.right >= column).then_some(area.left)
    }

    /// Whether an area begins in this row.
    pub(super) fn begin_in(&self, row: u32) -> bool {
        self.in_row(row).next().is_some()
    }

    /// The last row of areas that begin in this row, of those that reach over fewer than so many more.
    pub(super) fn bottom(&self, row: u32, rows: usize) -> Option<u32> {
        let most = row.saturating_add(u32::try_from(rows).unwrap_or(u32::MAX));
        self.in_row(row).map(|area| area.bottom).filter(|bottom| *bottom < most && *bottom > row).max()
    }

    fn in_row(&self, row: u32) -> impl Iterator<Item = &Area> {
        let first = self.areas.partition_point(|area| area.top < row);
        let areas = self.areas.get(first..).unwrap_or_default();
        areas.iter().take_while(move |area| area.top == row)
    }

    /// Gives the row the values of areas that began further up, and notes those that begin in it. Returns how
    /// many cells were filled.
    pub(super) fn fill(&mut self, row: &mut Row<'_>) -> usize {
        self.open.retain(|_, (bottom, _)| *bottom >= row.number);
        for (column, (_, value)) in &self.open {
            if row.get(*column).is_none() {
                row.fills.push((*column, value.clone()));
            }
        }
        while let Some(area) = self.areas.get(self.next).copied().filter(|area| area.top <= row.number) {
            self.next = self.next.saturating_add(1);
            let value = row.get(area.left).filter(|_| area.top == row.number && area.bottom > row.number);
            if let Some(value) = value {
                self.open.insert(area.left, (area.bottom, value.clone().into_owned()));
            }
        }
        row.fills.len()
    }
}
