//! Columns: typed, contiguous storage, so that a predicate over a table is a pass over arrays.

use rust_decimal::Decimal;

use super::date::Date;

/// Text cells, end to end in one buffer; an empty cell is empty text.
#[derive(Clone, Debug, Default)]
pub struct TextColumn {
    buffer: String,
    ends: Vec<usize>,
}

impl TextColumn {
    /// Appends a cell.
    pub fn push(&mut self, text: &str) {
        self.buffer.push_str(text);
        self.ends.push(self.buffer.len());
    }

    /// The cell of `row`; empty beyond the end.
    pub fn get(&self, row: usize) -> &str {
        let start = row.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        self.ends.get(row).and_then(|end| self.buffer.get(start..*end)).unwrap_or("")
    }
}

/// Cells of a fixed-size type, some of them empty.
#[derive(Clone, Debug)]
pub struct Nullable<T> {
    values: Vec<T>,
    filled: Vec<bool>,
}

impl<T> Default for Nullable<T> {
    fn default() -> Self {
        Self { values: Vec::new(), filled: Vec::new() }
    }
}

impl<T: Copy + Default> Nullable<T> {
    /// Appends a cell.
    pub fn push(&mut self, value: Option<T>) {
        self.filled.push(value.is_some());
        self.values.push(value.unwrap_or_default());
    }

    /// The cell of `row`; `None` where it is empty or beyond the end.
    pub fn get(&self, row: usize) -> Option<T> {
        let filled = self.filled.get(row).copied().unwrap_or(false);
        filled.then(|| self.values.get(row).copied()).flatten()
    }
}

/// The cells of one column.
#[derive(Clone, Debug)]
pub enum Column {
    /// Text, code and codes.
    Text(TextColumn),
    /// Whole numbers.
    Integer(Nullable<i64>),
    /// Exact decimal numbers.
    Decimal(Nullable<Decimal>),
    /// Days since 1970-01-01; months as their first day.
    Date(Nullable<i32>),
    /// Yes or no.
    YesNo(Nullable<bool>),
    /// Storage numbers of declared values.
    Enumerated(Nullable<u16>),
}

/// One cell, typed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum CellValue<'a> {
    /// Nothing in it (text columns give empty text instead).
    Empty,
    /// Text, code or codes.
    Text(&'a str),
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

impl Column {
    /// The cell of `row`.
    pub fn get(&self, row: usize) -> CellValue<'_> {
        match self {
            Self::Text(cells) => CellValue::Text(cells.get(row)),
            Self::Integer(cells) => cells.get(row).map_or(CellValue::Empty, CellValue::Integer),
            Self::Decimal(cells) => cells.get(row).map_or(CellValue::Empty, CellValue::Decimal),
            Self::Date(cells) => {
                cells.get(row).map_or(CellValue::Empty, |days| CellValue::Date(Date::from_days(days)))
            }
            Self::YesNo(cells) => cells.get(row).map_or(CellValue::Empty, CellValue::YesNo),
            Self::Enumerated(cells) => cells.get(row).map_or(CellValue::Empty, CellValue::Enumerated),
        }
    }
}
