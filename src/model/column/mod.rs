//! Columns: typed pages of [`CHUNK`] rows, so that a predicate over a table is a pass over slices, and a table may be
//! larger than memory.
//!
//! ```text
//! push ──▶ tail ──every CHUNK rows──▶ page, in memory or put aside ──▶ chunk(n).view(): slices · get(row): one cell
//! ```

mod dictionary;
mod disk;
mod held;
mod lookup;
pub(super) mod page;
mod view;

use std::borrow::Cow;
use std::sync::Arc;

use rust_decimal::Decimal;

pub use self::dictionary::Dictionary;
use self::dictionary::{Habit, Interner};
use self::held::Held;
pub use self::lookup::Lookup;
pub use self::page::CHUNK;
use self::page::{Coded, Page};
pub use self::view::{Cells, Chunk, Codes, Decimals, Texts, View};
use super::date::Date;
use super::declare::{ColumnDecl, ColumnType};
use super::memory::{Memory, Slot, Store};

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
        Self {
            storage,
            pages: Vec::new(),
            tail: Page::Blank(0),
            repeats: Repeats::Unsure,
            habit: match (&decl.refers, decl.key) {
                (Some(_), _) => Habit::Refers,
                (None, true) => Habit::Unique,
                (None, false) => Habit::Unknown,
            },
            store: Arc::clone(store),
            counted: 0,
        }
    }

    /// The memory of the run.
    pub fn memory(&self) -> &Memory {
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

// ---- growing -------------------------------------------------------------------------------------------------

impl Column {
    /// Appends a text cell.
    pub(crate) fn push_text(&mut self, text: &str) {
        if let (Repeats::Known(interner), Page::Coded(Coded::Long(codes))) =
            (&mut self.repeats, &mut self.tail)
        {
            codes.push(interner.code(text));
        } else if self.tail_takes(!text.is_empty()) {
            self.tail.push_text(text);
        }
        self.pushed();
    }

    /// Appends a whole number.
    pub(crate) fn push_integer(&mut self, value: Option<i64>) {
        if self.tail_takes(value.is_some()) {
            self.tail.push_integer(value);
        }
        self.pushed();
    }

    /// Appends a decimal number.
    pub(crate) fn push_decimal(&mut self, value: Option<Decimal>) {
        if self.tail_takes(value.is_some()) {
            self.tail.push_decimal(value);
        }
        self.pushed();
    }

    /// Appends a day.
    pub(crate) fn push_days(&mut self, value: Option<i32>) {
        if self.tail_takes(value.is_some()) {
            self.tail.push_days(value);
        }
        self.pushed();
    }

    /// Appends yes or no.
    pub(crate) fn push_yes_no(&mut self, value: Option<bool>) {
        if self.tail_takes(value.is_some()) {
            self.tail.push_yes_no(value);
        }
        self.pushed();
    }

    /// Appends the storage number of a declared value.
    pub(crate) fn push_number(&mut self, value: Option<u16>) {
        if self.tail_takes(value.is_some()) {
            self.tail.push_number(value);
        }
        self.pushed();
    }

    /// Appends an empty cell.
    pub(crate) fn push_empty(&mut self) {
        match self.storage {
            Storage::Text => self.push_text(""),
            Storage::Integer => self.push_integer(None),
            Storage::Decimal => self.push_decimal(None),
            Storage::Date => self.push_days(None),
            Storage::YesNo => self.push_yes_no(None),
            Storage::Enumerated => self.push_number(None),
        }
    }

    /// Readies the tail for a cell. Empty cells before the first filled one are only counted: then false.
    fn tail_takes(&mut self, filled: bool) -> bool {
        let Page::Blank(rows) = self.tail else { return true };
        if !filled {
            self.tail = Page::Blank(rows.saturating_add(1));
            return false;
        }
        let fresh = match self.storage {
            Storage::Text => Page::Plain(page::Plain::default()),
            Storage::Integer => Page::Integer(page::Fixed::default()),
            Storage::Decimal => Page::Decimal(page::Numbers::default()),
            Storage::Date => Page::Date(page::Fixed::default()),
            Storage::YesNo => Page::YesNo(page::Fixed::default()),
            Storage::Enumerated => Page::Enumerated(page::Fixed::default()),
        };
        // A small table needs no full page.
        let recycled = if self.pages.is_empty() { None } else { self.memory().recycled(&fresh) };
        self.tail = recycled.unwrap_or(fresh);
        self.tail.blank(rows);
        true
    }

    fn pushed(&mut self) {
        if self.tail.rows() >= CHUNK {
            self.seal();
        }
    }

    /// The tail becomes a page.
    fn seal(&mut self) {
        let rows = self.pages.len().saturating_add(1).saturating_mul(CHUNK);
        let mut full = std::mem::replace(&mut self.tail, Page::Blank(0));
        if let (Repeats::Unsure, Page::Plain(page)) = (&self.repeats, &full)
            && self.habit != Habit::Unique
        {
            let mut interner = Interner::default();
            let texts = (0..page.ends.len()).map(|at| full.text(at, &NO_WORDS));
            let codes: Vec<u32> = texts.map(|text| interner.code(text)).collect();
            if interner.pays(rows, self.habit) {
                self.repeats = Repeats::Known(interner);
                full = Page::Coded(Coded::Long(codes));
            } else {
                self.repeats = Repeats::Done(Dictionary::default());
            }
        }
        if let Page::Plain(grown) = full {
            // The page takes what it needs; the buffer that grew grows no more.
            full = Page::Plain(grown.exact());
            self.tail = Page::Plain(grown);
            self.tail.clear();
        } else if let Page::Coded(Coded::Long(mut codes)) = full {
            full = Page::Coded(Coded::packed(&codes));
            if matches!(&self.repeats, Repeats::Known(interner) if interner.pays(rows, self.habit)) {
                codes.clear();
                self.tail = Page::Coded(Coded::Long(codes));
            } else {
                self.settle();
            }
        }
        self.pages.push(self.store.keep(full));
    }

    /// No more texts are numbered.
    fn settle(&mut self) {
        if let Repeats::Known(interner) = &mut self.repeats {
            let mut dictionary = std::mem::take(&mut interner.dictionary);
            dictionary.shrink();
            self.counted = dictionary.memory();
            self.memory().count(self.counted);
            self.repeats = Repeats::Done(dictionary);
        }
    }

    /// Says that no more rows will come.
    pub(crate) fn close(&mut self) {
        if self.tail.rows() > 0 {
            let rows = self.tail.rows();
            let mut last = std::mem::replace(&mut self.tail, Page::Blank(0));
            if let Page::Coded(Coded::Long(codes)) = &last {
                last = Page::Coded(Coded::packed(codes));
            } else if rows < CHUNK / 2 {
                last.shrink();
            }
            self.pages.push(self.store.keep(last));
        }
        self.settle();
        self.pages.shrink_to_fit();
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
