//! Pages as slices, for kernels.

use std::ops::Range;

use rust_decimal::Decimal;

use super::dictionary::Dictionary;
use super::page::{CHUNK, Coded, EMPTY, Fixed, Numbers, Page, WIDE, span};
use super::{Held, Storage};

/// The cells of up to [`CHUNK`] rows that follow each other in one column.
#[derive(Debug)]
pub struct Chunk<'a> {
    pub(super) page: Held<'a>,
    pub(super) dictionary: &'a Dictionary,
    pub(super) storage: Storage,
}

/// The cells of a chunk by storage.
#[derive(Clone, Copy, Debug)]
pub enum View<'a> {
    /// Text, code and codes.
    Text(Texts<'a>),
    /// Whole numbers.
    Integer(Cells<'a, i64>),
    /// Exact decimal numbers.
    Decimal(Decimals<'a>),
    /// Days since 1970-01-01; months as their first day.
    Date(Cells<'a, i32>),
    /// Yes or no.
    YesNo(Cells<'a, bool>),
    /// Storage numbers of declared values.
    Enumerated(Cells<'a, u16>),
}

/// Cells of a fixed-size type.
#[derive(Clone, Copy, Debug)]
pub struct Cells<'a, T> {
    /// One for each row; the type's default where the cell is empty.
    pub values: &'a [T],
    /// Which cells are filled; `None` where all are.
    pub filled: Option<&'a [bool]>,
}

/// Decimal cells.
#[derive(Clone, Copy, Debug)]
pub struct Decimals<'a> {
    /// Their digits as whole numbers.
    pub mantissas: &'a [i64],
    /// Digits behind the point; more than 28 where the cell is empty or its digits do not fit, see [`Self::get`].
    pub scales: &'a [u8],
    wide: &'a [(u32, Decimal)],
}

/// Text cells.
#[derive(Clone, Copy, Debug)]
pub enum Texts<'a> {
    /// End to end: the cell of a row ends at its byte of `bytes`.
    Plain {
        /// Where each cell ends.
        ends: &'a [u32],
        /// All of them.
        bytes: &'a str,
    },
    /// By number in the dictionary of the column.
    Coded {
        /// The number of each row's text.
        codes: Codes<'a>,
        /// The texts; the same for all chunks of a column.
        dictionary: &'a Dictionary,
    },
}

/// Numbers of dictionary entries.
#[derive(Clone, Copy, Debug)]
pub enum Codes<'a> {
    /// All below 256.
    Byte(&'a [u8]),
    /// All below 65,536.
    Short(&'a [u16]),
    /// Any.
    Long(&'a [u32]),
}

static NO: [bool; CHUNK] = [false; CHUNK];
static LONGS: [i64; CHUNK] = [0; CHUNK];
static INTS: [i32; CHUNK] = [0; CHUNK];
static SHORTS: [u16; CHUNK] = [0; CHUNK];
static ENDS: [u32; CHUNK] = [0; CHUNK];
static EMPTIES: [u8; CHUNK] = [EMPTY; CHUNK];

fn some<T>(all: &'static [T; CHUNK], rows: usize) -> &'static [T] {
    all.get(..rows).unwrap_or(all)
}

impl Chunk<'_> {
    /// Number of rows.
    pub fn rows(&self) -> usize {
        self.page.page().rows()
    }

    /// The cells.
    pub fn view(&self) -> View<'_> {
        match self.page.page() {
            Page::Blank(rows) => blank(self.storage, *rows),
            Page::Plain(page) => View::Text(Texts::Plain { ends: &page.ends, bytes: &page.bytes }),
            Page::Coded(page) => {
                let codes = match page {
                    Coded::Byte(codes) => Codes::Byte(codes),
                    Coded::Short(codes) => Codes::Short(codes),
                    Coded::Long(codes) => Codes::Long(codes),
                };
                View::Text(Texts::Coded { codes, dictionary: self.dictionary })
            }
            Page::Integer(page) => View::Integer(page.cells()),
            Page::Decimal(page) => View::Decimal(page.cells()),
            Page::Date(page) => View::Date(page.cells()),
            Page::YesNo(page) => View::YesNo(page.cells()),
            Page::Enumerated(page) => View::Enumerated(page.cells()),
        }
    }
}

fn blank(storage: Storage, rows: usize) -> View<'static> {
    let filled = Some(some(&NO, rows));
    match storage {
        Storage::Text => View::Text(Texts::Plain { ends: some(&ENDS, rows), bytes: "" }),
        Storage::Integer => View::Integer(Cells { values: some(&LONGS, rows), filled }),
        Storage::Decimal => {
            View::Decimal(Decimals { mantissas: some(&LONGS, rows), scales: some(&EMPTIES, rows), wide: &[] })
        }
        Storage::Date => View::Date(Cells { values: some(&INTS, rows), filled }),
        Storage::YesNo => View::YesNo(Cells { values: some(&NO, rows), filled }),
        Storage::Enumerated => View::Enumerated(Cells { values: some(&SHORTS, rows), filled }),
    }
}

impl<T> Fixed<T> {
    fn cells(&self) -> Cells<'_, T> {
        let filled = (!self.filled.is_empty()).then_some(self.filled.as_slice());
        Cells { values: &self.values, filled }
    }
}

impl Numbers {
    pub(super) fn cells(&self) -> Decimals<'_> {
        Decimals { mantissas: &self.mantissas, scales: &self.scales, wide: &self.wide }
    }
}

impl<T: Copy> Cells<'_, T> {
    /// The cell of a row of the chunk.
    pub fn get(&self, at: usize) -> Option<T> {
        let filled = self.filled.is_none_or(|filled| filled.get(at).copied().unwrap_or(false));
        filled.then(|| self.values.get(at).copied()).flatten()
    }
}

impl Decimals<'_> {
    /// The cell of a row of the chunk.
    pub fn get(&self, at: usize) -> Option<Decimal> {
        match *self.scales.get(at)? {
            EMPTY => None,
            WIDE => {
                let found = self.wide.binary_search_by_key(&at, |(row, _)| *row as usize).ok()?;
                self.wide.get(found).map(|(_, number)| *number)
            }
            scale => {
                let mantissa = i128::from(*self.mantissas.get(at)?);
                Decimal::try_from_i128_with_scale(mantissa, u32::from(scale)).ok()
            }
        }
    }
}

impl<'a> Texts<'a> {
    /// The cell of a row of the chunk; empty beyond the end.
    pub fn get(&self, at: usize) -> &'a str {
        match *self {
            Self::Plain { ends, bytes } => span(ends, at).and_then(|span| bytes.get(span)).unwrap_or(""),
            Self::Coded { codes, dictionary } => codes.get(at).map_or("", |code| dictionary.get(code)),
        }
    }
}

impl Codes<'_> {
    /// The number of a row's text.
    pub fn get(&self, at: usize) -> Option<u32> {
        match self {
            Self::Byte(codes) => codes.get(at).copied().map(u32::from),
            Self::Short(codes) => codes.get(at).copied().map(u32::from),
            Self::Long(codes) => codes.get(at).copied(),
        }
    }

    /// Those of some rows alone.
    pub fn narrow(self, rows: Range<usize>) -> Option<Self> {
        Some(match self {
            Self::Byte(codes) => Self::Byte(codes.get(rows)?),
            Self::Short(codes) => Self::Short(codes.get(rows)?),
            Self::Long(codes) => Self::Long(codes.get(rows)?),
        })
    }

    /// Number of rows.
    pub fn len(&self) -> usize {
        match self {
            Self::Byte(codes) => codes.len(),
            Self::Short(codes) => codes.len(),
            Self::Long(codes) => codes.len(),
        }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}
