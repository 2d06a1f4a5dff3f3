//! Passes over the cells of chosen rows, a chunk at a time.

use rust_decimal::Decimal;

use super::rows::Rows;
use super::selection::{Chosen, Spread};
use crate::table::column::{CHUNK, Chunk, View};

/// Tells `each` every chosen row, with its row of the chunk and the cells of the chunk.
fn each(rows: &Rows, column: usize, mut each: impl FnMut(u32, usize, View<'_>)) {
    let Some(cells) = rows.of.table.columns.get(column) else { return };
    for spread in rows.chosen.spreads(CHUNK) {
        let chunk = cells.chunk(spread.chunk);
        let (view, start) = (chunk.view(), spread.chunk.saturating_mul(CHUNK));
        let mut tell = |at: usize| {
            if let Ok(row) = u32::try_from(start.saturating_add(at)) {
                each(row, at, view);
            }
        };
        match spread.rows {
            None => spread.range.for_each(tell),
            Some(rows) => rows.iter().for_each(|row| tell((*row as usize).saturating_sub(start))),
        }
    }
}

/// Chooses rows chunk by chunk: `pick` says, of the cells of a chunk, which of them.
fn chosen<const N: usize>(
    rows: &Rows,
    columns: [usize; N],
    mut pick: impl FnMut(&mut Picking<'_>, [View<'_>; N]),
) -> Chosen {
    let table = &rows.of.table;
    let mut found = Vec::new();
    for spread in rows.chosen.spreads(CHUNK) {
        let open: Option<Vec<Chunk<'_>>> =
            columns.iter().map(|column| Some(table.columns.get(*column)?.chunk(spread.chunk))).collect();
        let Some(Ok(chunks)) = open.map(<[Chunk<'_>; N]>::try_from) else { break };
        pick(&mut Picking { spread, found: &mut found }, chunks.each_ref().map(Chunk::view));
    }
    if found.len() == rows.chosen.len() { rows.chosen.clone() } else { found.into_iter().collect() }
}

/// Rows of one chunk among which is chosen.
struct Picking<'a> {
    spread: Spread<'a>,
    found: &'a mut Vec<u32>,
}

impl Picking<'_> {
    /// Chooses those of which it `holds`, which is told their place in the chunk: a loop for each type of cells.
    fn those(&mut self, holds: impl Fn(usize) -> bool) {
        let start = u32::try_from(self.spread.chunk.saturating_mul(CHUNK)).unwrap_or(u32::MAX);
        match self.spread.rows {
            None => {
                let range = self.spread.range.clone();
                let rows = range.filter(|at| holds(*at)).filter_map(|at| u32::try_from(at).ok());
                self.found.extend(rows.map(|at| start.saturating_add(at)));
            }
            Some(rows) => {
                self.found.extend(rows.iter().filter(|row| holds(row.saturating_sub(start) as usize)));
            }
        }
    }
}

/// The rows whose cell is empty, or those whose cell is not.
pub(crate) fn empty(rows: &Rows, column: usize, wanted: bool) -> Chosen {
    chosen(rows, [column], |picking, [cells]| match cells {
        View::Text(cells) => picking.those(|at| cells.get(at).is_empty() == wanted),
        View::Integer(cells) => picking.those(|at| cells.get(at).is_none() == wanted),
        View::Decimal(cells) => picking.those(|at| cells.get(at).is_none() == wanted),
        View::Date(cells) => picking.those(|at| cells.get(at).is_none() == wanted),
        View::YesNo(cells) => picking.those(|at| cells.get(at).is_none() == wanted),
        View::Enumerated(cells) => picking.those(|at| cells.get(at).is_none() == wanted),
    })
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
pub(crate) fn each_amount(rows: &Rows, column: usize, mut tell: impl FnMut(Decimal)) {
    each(rows, column, |_, at, cells| {
        if let Some(number) = amount(cells, at) {
            tell(number);
        }
    });
}

/// Every row with a day in the column, and the day as a number.
pub(crate) fn each_day(rows: &Rows, column: usize, mut tell: impl FnMut(u32, i32)) {
    each(rows, column, |row, at, cells| {
        if let Some(day) = day(cells, at) {
            tell(row, day);
        }
    });
}

/// What a cell is compared with: the same for all rows, or another cell of the row.
pub(crate) enum Other<T> {
    Value(T),
    Column(usize),
}

impl<T> Other<T> {
    /// The other column, where it is one.
    pub(crate) fn column(&self) -> Option<usize> {
        match self {
            Self::Value(_) => None,
            Self::Column(column) => Some(*column),
        }
    }
}

/// Rows whose day and the other day are both there and stand in the given order.
pub(crate) fn days(
    rows: &Rows,
    column: usize,
    other: &Other<i32>,
    wrong: impl Fn(&i32, &i32) -> bool,
) -> Chosen {
    match other {
        Other::Value(value) => chosen(rows, [column], |picking, [cells]| {
            if let View::Date(cells) = cells {
                picking.those(|at| cells.get(at).is_some_and(|own| wrong(&own, value)));
            }
        }),
        Other::Column(other) => chosen(rows, [column, *other], |picking, cells| {
            if let [View::Date(cells), View::Date(others)] = cells {
                picking.those(|at| {
                    let pair = cells.get(at).zip(others.get(at));
                    pair.is_some_and(|(own, other)| wrong(&own, &other))
                });
            }
        }),
    }
}

/// Rows whose number and the other number are both there and stand in the given order.
pub(crate) fn amounts(
    rows: &Rows,
    column: usize,
    other: &Other<Decimal>,
    wrong: impl Fn(&Decimal, &Decimal) -> bool,
) -> Chosen {
    match other {
        Other::Value(value) => chosen(rows, [column], |picking, [cells]| {
            picking.those(|at| amount(cells, at).is_some_and(|own| wrong(&own, value)));
        }),
        Other::Column(other) => chosen(rows, [column, *other], |picking, [cells, others]| {
            picking.those(|at| {
                let pair = amount(cells, at).zip(amount(others, at));
                pair.is_some_and(|(own, other)| wrong(&own, &other))
            });
        }),
    }
}
