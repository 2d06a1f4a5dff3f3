//! Columns: typed pages of [`CHUNK`] rows, so that a predicate over a table is a pass over slices, and a table may be
//! larger than memory.
//!
//! ```text
//! push ──▶ tail ──every CHUNK rows──▶ page, in memory or put aside ──▶ chunk(n).view(): slices · get(row): one cell
//! ```

mod dictionary;
mod disk;
mod growing;
mod held;
mod lookup;
pub(super) mod page;
mod unclear;
mod view;

use std::borrow::Cow;
use std::sync::Arc;

use rust_decimal::Decimal;

pub use self::dictionary::Dictionary;
use self::dictionary::{Habit, Interner};
use self::held::Held;
pub use self::lookup::Lookup;
pub use self::page::CHUNK;
use self::page::Page;
use self::unclear::Unclear;
pub use self::view::{Cells, Chunk, Codes, Decimals, Texts, View};
use super::date::Date;
use super::memory::{MemoryBudget, Slot, Store};
use super::table_schema::{ColumnDecl, ColumnType};

/// How the cells of a column are stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Storage {
    /// Text, code and codes.
    Text,
    /// Whole numbers.
    Integer,
    /// Exact decimal numbers.
    Decimal,
    /// Days since 1970-01-01; months as their first day.
    Date,
    /// Yes or no.
    YesNo,
    /// Storage numbers of declared values.
    Enumerated,
}

/// The cells of one column.
#[derive(Debug)]
pub struct Column {
    storage: Storage,
    pages: Vec<Slot>,
    /// The page that still grows.
    tail: Page,
    repeats: Repeats,
    habit: Habit,
    store: Arc<Store>,
    /// What the dictionary is counted with.
    counted: usize,
    surplus: u64,
    /// Cells that were filled but not understood; they are stored as empty ones.
    unclear: Option<Box<Unclear>>,
}

/// Whether a text column repeats itself.
#[derive(Debug)]
enum Repeats {
    /// Too few rows to tell.
    Unsure,
    Known(Interner),
    /// It does not, or no longer does, or is complete; pages made before may refer to the dictionary.
    Done(Dictionary),
}

/// One cell, typed.
#[derive(Clone, Debug, PartialEq)]
pub enum CellValue<'a> {
    /// Nothing in it (text columns give empty text instead).
    Empty,
    /// Text, code or codes.
    Text(Cow<'a, str>),
    /// A whole number.
    Integer(i64),
    /// A decimal number.
    Decimal(Decimal),
    /// A day, or the first day of a month.
    Date(Date),
    /// Yes or no.
    YesNo(bool),
    /// Storage number of a declared value.
    Enumerated(u16),
}

static NO_WORDS: Dictionary = Dictionary::new();
static NO_ROWS: Page = Page::Blank(0);

impl Column {
    /// No rows yet.
    pub(crate) fn new(decl: &ColumnDecl, store: &Arc<Store>) -> Self {
        let storage = match decl.kind {
            ColumnType::Text | ColumnType::Code | ColumnType::Codes => Storage::Text,
            ColumnType::Integer => Storage::Integer,
            ColumnType::Decimal => Storage::Decimal,
            ColumnType::Date | ColumnType::Month => Storage::Date,
            ColumnType::YesNo => Storage::YesNo,
            ColumnType::Enumerated => Storage::Enumerated,
        };
        let habit = match (&decl.refers, decl.key) {
            (Some(_), _) => Habit::Refers,
            (None, true) => Habit::Unique,
            (None, false) => Habit::Unknown,
        };
        Self::of(storage, habit, store)
    }

    fn of(storage: Storage, habit: Habit, store: &Arc<Store>) -> Self {
        Self {
            storage,
            pages: Vec::new(),
            tail: Page::Blank(0),
            repeats: Repeats::Unsure,
            habit,
            store: Arc::clone(store),
            counted: 0,
            surplus: 0,
            unclear: None,
        }
    }

    /// Rows whose cell was filled but not understood, in order.
    pub fn unclear(&self) -> Vec<u32> {
        self.unclear.as_ref().map_or_else(Vec::new, |unclear| unclear.rows())
    }

    /// What stands in a cell that was not understood.
    pub fn unclear_word(&self, row: usize) -> Option<Cow<'_, str>> {
        self.unclear.as_ref()?.word(row)
    }

    /// The memory of the run.
    pub fn memory(&self) -> &MemoryBudget {
        self.store.memory()
    }

    /// How its cells are stored.
    pub fn storage(&self) -> Storage {
        self.storage
    }

    /// Number of chunks; all but the last have [`CHUNK`] rows.
    pub fn chunks(&self) -> usize {
        self.pages.len().saturating_add(usize::from(self.tail.rows() > 0))
    }

    /// Whether all of it is in memory.
    pub fn is_held(&self) -> bool {
        self.pages.iter().all(|slot| matches!(slot, Slot::Held(..)))
    }

    /// The rows from `at * CHUNK` on; none beyond the end.
    pub fn chunk(&self, at: usize) -> Chunk<'_> {
        Chunk { page: self.held(at), dictionary: self.dictionary(), storage: self.storage }
    }

    /// The distinct texts of those of its chunks that are coded.
    pub fn dictionary(&self) -> &Dictionary {
        match &self.repeats {
            Repeats::Unsure => &NO_WORDS,
            Repeats::Known(interner) => &interner.dictionary,
            Repeats::Done(dictionary) => dictionary,
        }
    }

    fn held(&self, at: usize) -> Held<'_> {
        match self.pages.get(at) {
            Some(Slot::Held(page, _)) => Held::Here(page),
            Some(Slot::Aside(spot)) => Held::Loaded(self.store.load(*spot)),
            None if at == self.pages.len() => Held::Here(&self.tail),
            None => Held::Here(&NO_ROWS),
        }
    }

    /// The cell of `row`.
    pub fn get(&self, row: usize) -> CellValue<'_> {
        let cell = match self.storage {
            Storage::Text => Some(CellValue::Text(self.text(row))),
            Storage::Integer => self.integer(row).map(CellValue::Integer),
            Storage::Decimal => self.decimal(row).map(CellValue::Decimal),
            Storage::Date => self.days(row).map(|days| CellValue::Date(Date::from_days(days))),
            Storage::YesNo => self.yes_no(row).map(CellValue::YesNo),
            Storage::Enumerated => self.number(row).map(CellValue::Enumerated),
        };
        cell.unwrap_or(CellValue::Empty)
    }

    /// The whole number of `row`; none where it is empty and for columns of another type.
    pub fn integer(&self, row: usize) -> Option<i64> {
        match self.held(row / CHUNK).page() {
            Page::Integer(page) => page.get(row % CHUNK),
            _ => None,
        }
    }

    /// The decimal number of `row`, likewise.
    pub fn decimal(&self, row: usize) -> Option<Decimal> {
        match self.held(row / CHUNK).page() {
            Page::Decimal(page) => page.cells().get(row % CHUNK),
            _ => None,
        }
    }

    /// The day of `row`, likewise.
    pub fn days(&self, row: usize) -> Option<i32> {
        match self.held(row / CHUNK).page() {
            Page::Date(page) => page.get(row % CHUNK),
            _ => None,
        }
    }

    /// Yes or no in `row`, likewise.
    pub fn yes_no(&self, row: usize) -> Option<bool> {
        match self.held(row / CHUNK).page() {
            Page::YesNo(page) => page.get(row % CHUNK),
            _ => None,
        }
    }

    /// The storage number of the declared value in `row`, likewise.
    pub fn number(&self, row: usize) -> Option<u16> {
        match self.held(row / CHUNK).page() {
            Page::Enumerated(page) => page.get(row % CHUNK),
            _ => None,
        }
    }

    /// The text of `row`; empty for columns of another type and beyond the end.
    pub fn text(&self, row: usize) -> Cow<'_, str> {
        let (at, dictionary) = (row % CHUNK, self.dictionary());
        match self.held(row / CHUNK) {
            Held::Here(page) => Cow::Borrowed(page.text(at, dictionary)),
            Held::Loaded(page) => match &*page {
                Page::Coded(codes) => Cow::Borrowed(codes.get(at).map_or("", |code| dictionary.get(code))),
                page => Cow::Owned(page.text(at, dictionary).to_owned()),
            },
        }
    }
}

impl Drop for Column {
    fn drop(&mut self) {
        self.memory().uncount(self.counted);
        for slot in self.pages.drain(..) {
            self.store.discard(slot);
        }
    }
}

#[cfg(test)]
mod tests;
