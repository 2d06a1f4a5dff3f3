//! Pages: the cells of [`CHUNK`] rows of one column, compact and of one type.

use std::ops::Range;

use rust_decimal::Decimal;

use super::dictionary::Dictionary;

/// Rows of a page. Small enough that a few columns of it stay in cache, and that loading one again is quick.
pub const CHUNK: usize = 4096;

/// Cells of a fixed-size type.
#[derive(Debug, Default)]
pub(crate) struct Fixed<T> {
    pub(super) values: Vec<T>,
    /// Which cells are filled; nothing at all while every cell is.
    pub(super) filled: Vec<bool>,
}

impl<T: Copy + Default> Fixed<T> {
    fn push(&mut self, value: Option<T>) {
        if value.is_none() && self.filled.is_empty() {
            self.filled.resize(self.values.len(), true);
            self.filled.push(false);
        } else if !self.filled.is_empty() {
            self.filled.push(value.is_some());
        }
        self.values.push(value.unwrap_or_default());
    }

    pub(super) fn get(&self, at: usize) -> Option<T> {
        let filled = self.filled.is_empty() || self.filled.get(at).copied().unwrap_or(false);
        filled.then(|| self.values.get(at).copied()).flatten()
    }

    fn blank(&mut self, rows: usize) {
        if rows > 0 {
            self.values.resize(rows, T::default());
            self.filled.resize(rows, false);
        }
    }

    fn clear(&mut self) {
        self.values.clear();
        self.filled.clear();
    }

    fn shrink(&mut self) {
        self.values.shrink_to_fit();
        self.filled.shrink_to_fit();
    }

    fn bytes(&self) -> usize {
        self.values.capacity().saturating_mul(size_of::<T>()).saturating_add(self.filled.capacity())
    }
}

/// Scale of an empty cell.
pub(super) const EMPTY: u8 = u8::MAX;
/// Scale of a number that needs more than 64 bits.
pub(super) const WIDE: u8 = u8::MAX - 1;

/// Decimal numbers as whole numbers and where the point goes.
#[derive(Debug, Default)]
pub(crate) struct Numbers {
    pub(super) mantissas: Vec<i64>,
    pub(super) scales: Vec<u8>,
    /// Numbers that need more, by row of the page.
    pub(super) wide: Vec<(u32, Decimal)>,
}

impl Numbers {
    fn push(&mut self, value: Option<Decimal>) {
        let fits = value.and_then(|number| {
            let scale = u8::try_from(number.scale()).ok()?;
            // The sign of a zero would be lost.
            let signed_zero = number.is_zero() && number.is_sign_negative();
            Some((i64::try_from(number.mantissa()).ok().filter(|_| !signed_zero)?, scale))
        });
        let (mantissa, scale) = match (fits, value) {
            (Some(fits), _) => fits,
            (None, Some(number)) => {
                self.wide.push((u32::try_from(self.scales.len()).unwrap_or(u32::MAX), number));
                (0, WIDE)
            }
            (None, None) => (0, EMPTY),
        };
        self.mantissas.push(mantissa);
        self.scales.push(scale);
    }

    fn blank(&mut self, rows: usize) {
        self.mantissas.resize(rows, 0);
        self.scales.resize(rows, EMPTY);
    }

    fn clear(&mut self) {
        self.mantissas.clear();
        self.scales.clear();
        self.wide.clear();
    }

    fn bytes(&self) -> usize {
        let wide = self.wide.capacity().saturating_mul(size_of::<(u32, Decimal)>());
        self.mantissas
            .capacity()
            .saturating_mul(8)
            .saturating_add(self.scales.capacity())
            .saturating_add(wide)
    }
}

/// Text cells end to end; an empty cell is empty text.
#[derive(Debug, Default)]
pub(crate) struct Plain {
    pub(super) bytes: String,
    /// Readers bound the length of a cell, so that those of a page stay far below 4 GiB.
    pub(super) ends: Vec<u32>,
}

impl Plain {
    fn push(&mut self, text: &str) {
        self.bytes.push_str(text);
        self.ends.push(u32::try_from(self.bytes.len()).unwrap_or(u32::MAX));
    }

    /// The same without room to grow.
    pub(super) fn exact(&self) -> Self {
        Self { bytes: self.bytes.as_str().into(), ends: self.ends.as_slice().into() }
    }
}

/// Where text number `at` lies.
pub(super) fn span(ends: &[u32], at: usize) -> Option<Range<usize>> {
    let start = at.checked_sub(1).map_or(Some(0), |before| ends.get(before).copied())?;
    Some(start as usize..*ends.get(at)? as usize)
}

/// Numbers of dictionary entries, as small as they can be.
#[derive(Debug)]
pub(crate) enum Coded {
    Byte(Vec<u8>),
    Short(Vec<u16>),
    Long(Vec<u32>),
}

impl Coded {
    /// The same codes in the smallest form that holds them.
    pub(super) fn packed(codes: &[u32]) -> Self {
        let most = codes.iter().copied().max().unwrap_or(0);
        if u8::try_from(most).is_ok() {
            Self::Byte(codes.iter().map(|code| u8::try_from(*code).unwrap_or(u8::MAX)).collect())
        } else if u16::try_from(most).is_ok() {
            Self::Short(codes.iter().map(|code| u16::try_from(*code).unwrap_or(u16::MAX)).collect())
        } else {
            Self::Long(codes.to_vec())
        }
    }

    pub(super) fn get(&self, at: usize) -> Option<u32> {
        match self {
            Self::Byte(codes) => codes.get(at).copied().map(u32::from),
            Self::Short(codes) => codes.get(at).copied().map(u32::from),
            Self::Long(codes) => codes.get(at).copied(),
        }
    }

    pub(super) fn rows(&self) -> usize {
        match self {
            Self::Byte(codes) => codes.len(),
            Self::Short(codes) => codes.len(),
            Self::Long(codes) => codes.len(),
        }
    }

    fn bytes(&self) -> usize {
        match self {
            Self::Byte(codes) => codes.capacity(),
            Self::Short(codes) => codes.capacity().saturating_mul(2),
            Self::Long(codes) => codes.capacity().saturating_mul(4),
        }
    }
}

/// The cells of some rows.
#[derive(Debug)]
pub(crate) enum Page {
    /// Empty cells, so many.
    Blank(usize),
    Plain(Plain),
    Coded(Coded),
    Integer(Fixed<i64>),
    Decimal(Numbers),
    Date(Fixed<i32>),
    YesNo(Fixed<bool>),
    Enumerated(Fixed<u16>),
}

impl Page {
    pub(crate) fn rows(&self) -> usize {
        match self {
            Self::Blank(rows) => *rows,
            Self::Plain(page) => page.ends.len(),
            Self::Coded(page) => page.rows(),
            Self::Integer(page) => page.values.len(),
            Self::Decimal(page) => page.scales.len(),
            Self::Date(page) => page.values.len(),
            Self::YesNo(page) => page.values.len(),
            Self::Enumerated(page) => page.values.len(),
        }
    }

    /// Memory it takes.
    pub(crate) fn bytes(&self) -> usize {
        match self {
            Self::Blank(_) => 0,
            Self::Plain(page) => page.bytes.capacity().saturating_add(page.ends.capacity().saturating_mul(4)),
            Self::Coded(page) => page.bytes(),
            Self::Integer(page) => page.bytes(),
            Self::Decimal(page) => page.bytes(),
            Self::Date(page) => page.bytes(),
            Self::YesNo(page) => page.bytes(),
            Self::Enumerated(page) => page.bytes(),
        }
    }

    /// No rows, the memory kept.
    pub(crate) fn clear(&mut self) {
        match self {
            Self::Blank(rows) => *rows = 0,
            Self::Plain(page) => {
                page.bytes.clear();
                page.ends.clear();
            }
            Self::Coded(page) => *page = Coded::Byte(Vec::new()),
            Self::Integer(page) => page.clear(),
            Self::Decimal(page) => page.clear(),
            Self::Date(page) => page.clear(),
            Self::YesNo(page) => page.clear(),
            Self::Enumerated(page) => page.clear(),
        }
    }

    /// Gives back memory it does not use.
    pub(super) fn shrink(&mut self) {
        match self {
            Self::Blank(_) | Self::Coded(_) => {}
            Self::Plain(page) => {
                page.bytes.shrink_to_fit();
                page.ends.shrink_to_fit();
            }
            Self::Integer(page) => page.shrink(),
            Self::Decimal(page) => {
                page.mantissas.shrink_to_fit();
                page.scales.shrink_to_fit();
            }
            Self::Date(page) => page.shrink(),
            Self::YesNo(page) => page.shrink(),
            Self::Enumerated(page) => page.shrink(),
        }
    }

    /// Makes `rows` empty cells of a page without any.
    pub(super) fn blank(&mut self, rows: usize) {
        match self {
            Self::Blank(all) => *all = rows,
            Self::Plain(page) => page.ends.resize(rows, 0),
            Self::Coded(_) => {}
            Self::Integer(page) => page.blank(rows),
            Self::Decimal(page) => page.blank(rows),
            Self::Date(page) => page.blank(rows),
            Self::YesNo(page) => page.blank(rows),
            Self::Enumerated(page) => page.blank(rows),
        }
    }

    pub(super) fn push_text(&mut self, text: &str) {
        if let Self::Plain(page) = self {
            page.push(text);
        }
    }

    pub(super) fn push_integer(&mut self, value: Option<i64>) {
        if let Self::Integer(page) = self {
            page.push(value);
        }
    }

    pub(super) fn push_decimal(&mut self, value: Option<Decimal>) {
        if let Self::Decimal(page) = self {
            page.push(value);
        }
    }

    pub(super) fn push_days(&mut self, value: Option<i32>) {
        if let Self::Date(page) = self {
            page.push(value);
        }
    }

    pub(super) fn push_yes_no(&mut self, value: Option<bool>) {
        if let Self::YesNo(page) = self {
            page.push(value);
        }
    }

    pub(super) fn push_number(&mut self, value: Option<u16>) {
        if let Self::Enumerated(page) = self {
            page.push(value);
        }
    }

    /// The text of a cell.
    pub(super) fn text<'a>(&'a self, at: usize, dictionary: &'a Dictionary) -> &'a str {
        match self {
            Self::Plain(page) => span(&page.ends, at).and_then(|span| page.bytes.get(span)).unwrap_or(""),
            Self::Coded(page) => page.get(at).map_or("", |code| dictionary.get(code)),
            _ => "",
        }
    }
}
