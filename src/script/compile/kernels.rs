//! Kernels: conditions over the cells of a chunk as passes over slices. Each narrows a mask of rows.
#![expect(clippy::needless_bitwise_bool, reason = "without branches these loops become vector instructions")]

use rust_decimal::Decimal;

use super::chunk_view::{ChunkView, narrow};
use super::ir::Comparison;
use super::plan::{Amount, Day, Number};
use crate::table::column::{CHUNK, Cells, Decimals, Texts, View};

/// Which rows are still in.
pub(crate) type Mask = [bool];

static ALL: [bool; CHUNK] = [true; CHUNK];

enum Operand<'a, T> {
    Cells(Cells<'a, T>),
    Constant(T),
}

impl Comparison {
    /// The comparison that says the same of the two the other way round.
    fn turned(self) -> Self {
        match self {
            Self::Less => Self::Greater,
            Self::LessOrEqual => Self::GreaterOrEqual,
            Self::Greater => Self::Less,
            Self::GreaterOrEqual => Self::LessOrEqual,
            same => same,
        }
    }
}

/// `cells` compared with one value.
fn against<T: Copy + Ord>(cells: &Cells<'_, T>, comparison: Comparison, other: T, mask: &mut Mask) {
    match comparison {
        Comparison::Equal => each(cells, mask, false, |cell| cell == other),
        Comparison::Different => each(cells, mask, true, |cell| cell != other),
        Comparison::Less => each(cells, mask, false, |cell| cell < other),
        Comparison::LessOrEqual => each(cells, mask, false, |cell| cell <= other),
        Comparison::Greater => each(cells, mask, false, |cell| cell > other),
        Comparison::GreaterOrEqual => each(cells, mask, false, |cell| cell >= other),
    }
}

#[inline]
fn each<T: Copy>(cells: &Cells<'_, T>, mask: &mut Mask, empty: bool, holds: impl Fn(T) -> bool) {
    match cells.filled {
        None => {
            for (row, cell) in mask.iter_mut().zip(cells.values) {
                *row &= holds(*cell);
            }
        }
        Some(filled) => {
            for ((row, cell), filled) in mask.iter_mut().zip(cells.values).zip(filled) {
                *row &= (*filled & holds(*cell)) | (!*filled & empty);
            }
        }
    }
}

/// The cells of two columns compared.
fn both<T: Copy + Ord>(a: &Cells<'_, T>, comparison: Comparison, b: &Cells<'_, T>, mask: &mut Mask) {
    match comparison {
        Comparison::Equal => pairs(a, b, mask, comparison, |a, b| a == b),
        Comparison::Different => pairs(a, b, mask, comparison, |a, b| a != b),
        Comparison::Less => pairs(a, b, mask, comparison, |a, b| a < b),
        Comparison::LessOrEqual => pairs(a, b, mask, comparison, |a, b| a <= b),
        Comparison::Greater => pairs(a, b, mask, comparison, |a, b| a > b),
        Comparison::GreaterOrEqual => pairs(a, b, mask, comparison, |a, b| a >= b),
    }
}

#[inline]
fn pairs<T: Copy>(
    a: &Cells<'_, T>,
    b: &Cells<'_, T>,
    mask: &mut Mask,
    comparison: Comparison,
    holds: impl Fn(T, T) -> bool,
) {
    let (one, none) = (comparison.with_empty(), comparison.of_empties());
    let filled = a.filled.unwrap_or(&ALL).iter().zip(b.filled.unwrap_or(&ALL));
    let cells = a.values.iter().zip(b.values).zip(filled);
    for (row, ((a, b), (has_a, has_b))) in mask.iter_mut().zip(cells) {
        let (full, empty) = (*has_a & *has_b, !*has_a & !*has_b);
        *row &= (full & holds(*a, *b)) | (empty & none) | (!full & !empty & one);
    }
}

fn compared<T: Copy + Ord>(a: &Operand<'_, T>, comparison: Comparison, b: &Operand<'_, T>, mask: &mut Mask) {
    match (a, b) {
        (Operand::Cells(a), Operand::Constant(b)) => against(a, comparison, *b, mask),
        (Operand::Constant(a), Operand::Cells(b)) => against(b, comparison.turned(), *a, mask),
        (Operand::Cells(a), Operand::Cells(b)) => both(a, comparison, b, mask),
        (Operand::Constant(a), Operand::Constant(b)) => {
            if !comparison.holds(a.cmp(b)) {
                mask.fill(false);
            }
        }
    }
}

/// `None` where a column is not of the type it was planned for.
type Done = Option<()>;

pub(crate) fn numbers(
    lanes: &ChunkView<'_>,
    comparison: Comparison,
    a: Number,
    b: Number,
    mask: &mut Mask,
) -> Done {
    let operand = |number| match number {
        Number::Constant(number) => Some(Operand::Constant(number)),
        Number::Column(column) => Some(Operand::Cells(whole(lanes, column)?)),
    };
    compared(&operand(a)?, comparison, &operand(b)?, mask);
    Some(())
}

fn whole<'l>(lanes: &'l ChunkView<'_>, column: usize) -> Option<Cells<'l, i64>> {
    match lanes.view(column)? {
        View::Integer(cells) => narrow(cells, &lanes.range),
        _ => None,
    }
}

pub(crate) fn days(lanes: &ChunkView<'_>, comparison: Comparison, a: Day, b: Day, mask: &mut Mask) -> Done {
    let operand = |day| match day {
        Day::Constant(day) => Some(Operand::Constant(day)),
        Day::Column(column) => match lanes.view(column)? {
            View::Date(cells) => Some(Operand::Cells(narrow(cells, &lanes.range)?)),
            _ => None,
        },
    };
    compared(&operand(a)?, comparison, &operand(b)?, mask);
    Some(())
}

fn flags<'l>(lanes: &'l ChunkView<'_>, column: usize) -> Option<Cells<'l, bool>> {
    match lanes.view(column)? {
        View::YesNo(cells) => narrow(cells, &lanes.range),
        _ => None,
    }
}

/// A yes-no column as a condition; `None` at an empty cell of a row that is still in.
pub(crate) fn flag(lanes: &ChunkView<'_>, column: usize, mask: &mut Mask) -> Done {
    let cells = flags(lanes, column)?;
    if let Some(filled) = cells.filled
        && mask.iter().zip(filled).any(|(row, filled)| *row && !*filled)
    {
        return None;
    }
    each(&cells, mask, false, |cell| cell);
    Some(())
}

pub(crate) fn flag_is(
    lanes: &ChunkView<'_>,
    column: usize,
    yes: bool,
    comparison: Comparison,
    mask: &mut Mask,
) -> Done {
    against(&flags(lanes, column)?, comparison, yes, mask);
    Some(())
}

pub(crate) fn among(
    lanes: &ChunkView<'_>,
    column: usize,
    numbers: &[u16],
    blank: bool,
    mask: &mut Mask,
) -> Done {
    let View::Enumerated(cells) = lanes.view(column)? else { return None };
    let cells = narrow(cells, &lanes.range)?;
    match numbers {
        [] => each(&cells, mask, blank, |_| false),
        [one] => each(&cells, mask, blank, |cell| cell == *one),
        [one, two] => each(&cells, mask, blank, |cell| (cell == *one) | (cell == *two)),
        many => each(&cells, mask, blank, |cell| many.contains(&cell)),
    }
    Some(())
}

pub(crate) fn blank(lanes: &ChunkView<'_>, column: usize, mask: &mut Mask) -> Done {
    let range = &lanes.range;
    match lanes.view(column)? {
        View::Integer(cells) => each(&narrow(cells, range)?, mask, true, |_| false),
        View::Date(cells) => each(&narrow(cells, range)?, mask, true, |_| false),
        View::YesNo(cells) => each(&narrow(cells, range)?, mask, true, |_| false),
        View::Enumerated(cells) => each(&narrow(cells, range)?, mask, true, |_| false),
        View::Decimal(cells) => {
            for (row, at) in mask.iter_mut().zip(range.clone()) {
                *row = *row && cells.get(at).is_none();
            }
        }
        View::Text(_) => return None,
    }
    Some(())
}

/// Empty texts among those that lie end to end.
pub(crate) fn blank_text(
    lanes: &ChunkView<'_>,
    column: usize,
    blank: impl Fn(&str) -> bool,
    mask: &mut Mask,
) -> Done {
    let texts = lanes.texts(column)?;
    let Texts::Plain { ends, .. } = texts else { return None };
    let range = &lanes.range;
    let mut start = range.start.checked_sub(1).and_then(|before| ends.get(before)).copied().unwrap_or(0);
    for ((row, at), end) in mask.iter_mut().zip(range.clone()).zip(ends.get(range.clone())?) {
        *row = *row && (start == *end || blank(texts.get(at)));
        start = *end;
    }
    Some(())
}

/// Two columns of texts compared.
pub(crate) fn texts(
    lanes: &ChunkView<'_>,
    comparison: Comparison,
    a: usize,
    b: usize,
    mask: &mut Mask,
) -> Done {
    let (a, b) = (lanes.texts(a)?, lanes.texts(b)?);
    for (row, at) in mask.iter_mut().zip(lanes.range.clone()) {
        *row = *row && comparison.holds(a.get(at).cmp(b.get(at)));
    }
    Some(())
}

pub(crate) fn decimals(
    lanes: &ChunkView<'_>,
    comparison: Comparison,
    a: Amount,
    b: Amount,
    mask: &mut Mask,
) -> Done {
    let (a, b) = (Amounts::open(lanes, a)?, Amounts::open(lanes, b)?);
    for (row, at) in mask.iter_mut().zip(lanes.range.clone()) {
        if *row {
            *row = match (a.get(at), b.get(at)) {
                (Some(a), Some(b)) => comparison.holds(a.cmp(&b)),
                (None, None) => comparison.of_empties(),
                _ => comparison.with_empty(),
            };
        }
    }
    Some(())
}

enum Amounts<'l> {
    Decimal(Decimals<'l>),
    Whole(Cells<'l, i64>),
    Constant(Decimal),
}

impl<'l> Amounts<'l> {
    fn open(lanes: &'l ChunkView<'_>, amount: Amount) -> Option<Self> {
        match amount {
            Amount::Constant(number) => Some(Self::Constant(number)),
            Amount::Column(column) => match lanes.view(column)? {
                View::Decimal(cells) => Some(Self::Decimal(cells)),
                _ => None,
            },
            Amount::Whole(column) => match lanes.view(column)? {
                View::Integer(cells) => Some(Self::Whole(cells)),
                _ => None,
            },
        }
    }

    fn get(&self, at: usize) -> Option<Decimal> {
        match self {
            Self::Constant(number) => Some(*number),
            Self::Decimal(cells) => cells.get(at),
            Self::Whole(cells) => cells.get(at).map(Decimal::from),
        }
    }
}
