//! Cells that were filled but not understood: their rows in order, and what stands in them. Both are columns
//! themselves, so that they are put aside and counted like the rest.

use std::borrow::Cow;
use std::sync::Arc;

use super::dictionary::Habit;
use super::view::View;
use super::{Column, Storage};
use crate::table::memory::Store;

/// The unclear cells of one column.
#[derive(Debug)]
pub(super) struct Unclear {
    rows: Column,
    words: Column,
    count: usize,
}

impl Unclear {
    pub(super) fn new(store: &Arc<Store>) -> Self {
        let rows = Column::of(Storage::Integer, Habit::Unique, store);
        Self { rows, words: Column::of(Storage::Text, Habit::Unknown, store), count: 0 }
    }

    /// One more; rows come in order.
    pub(super) fn push(&mut self, row: usize, word: &str) {
        self.rows.push_integer(i64::try_from(row).ok());
        self.words.push_text(word);
        self.count = self.count.saturating_add(1);
    }

    pub(super) fn close(&mut self) {
        self.rows.close();
        self.words.close();
    }

    pub(super) fn rows(&self) -> Vec<u32> {
        let mut rows = Vec::with_capacity(self.count);
        for at in 0..self.rows.chunks() {
            let chunk = self.rows.chunk(at);
            if let View::Integer(cells) = chunk.view() {
                let own = (0..chunk.rows()).filter_map(|at| u32::try_from(cells.get(at)?).ok());
                rows.extend(own);
            }
        }
        rows
    }

    /// What stands in the cell of a row; binary search over the rows.
    pub(super) fn word(&self, row: usize) -> Option<Cow<'_, str>> {
        let wanted = i64::try_from(row).ok()?;
        let (mut low, mut high) = (0, self.count);
        while low < high {
            let middle = low.midpoint(high);
            match self.rows.integer(middle)?.cmp(&wanted) {
                std::cmp::Ordering::Less => low = middle.saturating_add(1),
                std::cmp::Ordering::Greater => high = middle,
                std::cmp::Ordering::Equal => return Some(self.words.text(middle)),
            }
        }
        None
    }
}
