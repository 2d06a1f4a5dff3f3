//! Passes over the cells of chosen rows, a chunk at a time.

use rust_decimal::Decimal;

use super::chosen::Chosen;
use super::rows::Rows;
use crate::model::column::{CHUNK, Chunk, View};

/// Tells `each` every chosen row, with its row of the chunk and the cells of the chunk in each of the columns.
fn each<const N: usize>(rows: &Rows, columns: [usize; N], mut each: impl FnMut(u32, usize, &[View<'_>; N])) {
    let table = &rows.of.table;
    for spread in rows.chosen.spreads(CHUNK) {
        let open: Option<Vec<Chunk<'_>>> =
            columns.iter().map(|column| Some(table.columns.get(*column)?.chunk(spread.chunk))).collect();
        let Some(Ok(chunks)) = open.map(<[Chunk<'_>; N]>::try_from) else { return };
        let views = chunks.each_ref().map(Chunk::view);
        let start = spread.chunk.saturating_mul(CHUNK);
        let mut tell = |at: usize| {
            if let Ok(row) = u32::try_from(start.saturating_add(at)) {
                each(row, at, &views);
            }
        };
        match spread.rows {
            None => spread.range.for_each(tell),
            Some(rows) => rows.iter().for_each(|row| tell((*row as usize).saturating_sub(start))),
        }
    }
}

fn filled(view: View<'_>, at: usize) -> bool {
    match view {
        View::Text(cells) => !cells.get(at).is_empty(),
        View::Integer(cells) => cells.get(at).is_some(),
        View::Decimal(cells) => cells.get(at).is_some(),
        View::Date(cells) => cells.get(at).is_some(),
        View::YesNo(cells) => cells.get(at).is_some(),
        View::Enumerated(cells) => cells.get(at).is_some(),
    }
}

/// The rows whose cell is empty, or those whose cell is not.
pub(super) fn empty(rows: &Rows, column: usize, wanted: bool) -> Chosen {
    let mut found = Vec::new();
    each(rows, [column], |row, at, [cells]| {
        if filled(*cells, at) != wanted {
            found.push(row);
        }
    });
    if found.len() == rows.chosen.len() { rows.chosen.clone() } else { found.into_iter().collect() }
}

fn amount(view: View<'_>, at: usize) -> Option<Decimal> {
    match view {
        View::Integer(cells) => cells.get(at).map(Decimal::from),
        View::Decimal(cells) => cells.get(at),
        _ => None,
    }
}

fn day(view: View<'_>, at: usize) -> Option<i32> {
    match view {
        View::Date(cells) => cells.get(at),
        _ => None,
    }
}

/// Every number in the column.
pub(super) fn each_amount(rows: &Rows, column: usize, mut tell: impl FnMut(Decimal)) {
    each(rows, [column], |_, at, [cells]| {
        if let Some(number) = amount(*cells, at) {
            tell(number);
        }
    });
}

/// Every row with a day in the column, and the day as a number.
pub(super) fn each_day(rows: &Rows, column: usize, mut tell: impl FnMut(u32, i32)) {
    each(rows, [column], |row, at, [cells]| {
        if let Some(day) = day(*cells, at) {
            tell(row, day);
        }
    });
}

/// What a cell is compared with: the same for all rows, or another cell of the row.
pub(super) enum Other<T> {
    Value(T),
    Column(usize),
}

fn compared<T: Copy>(
    rows: &Rows,
    column: usize,
    other: &Other<T>,
    read: impl Fn(View<'_>, usize) -> Option<T>,
    wrong: impl Fn(&T, &T) -> bool,
) -> Chosen {
    let mut found = Vec::new();
    match other {
        Other::Value(value) => each(rows, [column], |row, at, [cells]| {
            if read(*cells, at).is_some_and(|own| wrong(&own, value)) {
                found.push(row);
            }
        }),
        Other::Column(other) => each(rows, [column, *other], |row, at, [cells, others]| {
            let pair = read(*cells, at).zip(read(*others, at));
            if pair.is_some_and(|(own, other)| wrong(&own, &other)) {
                found.push(row);
            }
        }),
    }
    found.into_iter().collect()
}

/// Rows whose day and the other day are both there and stand in the given order.
pub(super) fn days(rows: &Rows, column: usize, other: &Other<i32>, wrong: fn(&i32, &i32) -> bool) -> Chosen {
    compared(rows, column, other, day, wrong)
}

/// Rows whose number and the other number are both there and stand in the given order.
pub(super) fn amounts(
    rows: &Rows,
    column: usize,
    other: &Other<Decimal>,
    wrong: fn(&Decimal, &Decimal) -> bool,
) -> Chosen {
    compared(rows, column, other, amount, wrong)
}
