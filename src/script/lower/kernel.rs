//! Plans run over columns, a chunk of rows at a time, so that the second condition sees what the first left in cache.

use std::borrow::Cow;
use std::cmp::Ordering;

use super::bind::{Day, Number, Plan, Words};
use super::ir::Arithmetic;
use crate::model::column::{CellValue, Column, Storage};
use crate::model::declare::ColumnType;
use crate::model::table::Table;
use crate::model::written;

/// Rows looked at together.
const CHUNK: usize = 4096;

/// The rows for which the plan holds; `None` where it cannot be sure.
pub(super) fn select(plan: &Plan, table: &Table, rows: &[u32]) -> Option<Vec<u32>> {
    let kernel = Kernel { table };
    let mut found = Vec::new();
    for chunk in rows.chunks(CHUNK) {
        found.extend(kernel.keep(plan, chunk)?);
    }
    Some(found)
}

struct Kernel<'a> {
    table: &'a Table,
}

impl Kernel<'_> {
    /// The rows, in order, for which the plan holds. A part of `&&` or `||` sees only the rows that interpreting
    /// would have it see.
    fn keep(&self, plan: &Plan, rows: &[u32]) -> Option<Vec<u32>> {
        match plan {
            Plan::Always(yes) => Some(if *yes { rows.to_vec() } else { Vec::new() }),
            Plan::And(parts) => {
                let mut left = rows.to_vec();
                for part in parts {
                    left = self.keep(part, &left)?;
                }
                Some(left)
            }
            Plan::Or(parts) => {
                let (mut held, mut left) = (Vec::new(), rows.to_vec());
                for part in parts {
                    let more = self.keep(part, &left)?;
                    left = without(&left, &more);
                    held = merged(&held, &more);
                }
                Some(held)
            }
            Plan::Not(inner) => Some(without(rows, &self.keep(inner, rows)?)),
            leaf => self.leaf(leaf, rows),
        }
    }

    fn leaf(&self, plan: &Plan, rows: &[u32]) -> Option<Vec<u32>> {
        match plan {
            Plan::Flag(column) => {
                let cells = self.flags(*column)?;
                let mut held = Vec::new();
                for row in rows {
                    if cells.yes_no(*row as usize)? {
                        held.push(*row);
                    }
                }
                Some(held)
            }
            Plan::FlagIs(column, yes, comparison) => {
                let cells = self.flags(*column)?;
                let holds = |row: usize| {
                    cells.yes_no(row).map_or(comparison.with_empty(), |cell| comparison.holds(cell.cmp(yes)))
                };
                Some(held(rows, holds))
            }
            Plan::Numbers(comparison, a, b) => self.numbers(rows, a, b, |order| match order {
                Pair::Both(order) => comparison.holds(order),
                Pair::One => comparison.with_empty(),
                Pair::None => comparison.of_empties(),
            }),
            Plan::Days(comparison, a, b) => {
                let (a, b) = (self.days(*a)?, self.days(*b)?);
                Some(held(rows, |row| match (a.get(row), b.get(row)) {
                    (Some(a), Some(b)) => comparison.holds(a.cmp(&b)),
                    (None, None) => comparison.of_empties(),
                    _ => comparison.with_empty(),
                }))
            }
            Plan::Texts(comparison, a, b) => {
                let (a, b) = (self.words(a)?, self.words(b)?);
                Some(held(rows, |row| comparison.holds(a.get(row).cmp(&b.get(row)))))
            }
            Plan::Among { column, numbers, blank } => {
                let cells = self.stored(*column, Storage::Enumerated)?;
                Some(held(rows, |row| cells.number(row).map_or(*blank, |number| numbers.contains(&number))))
            }
            Plan::OneOf(column, texts) => {
                let cells = self.text(*column)?;
                Some(held(rows, |row| texts.contains(&*cells.text(row))))
            }
            Plan::Holds(column, code) => {
                let cells = self.text(*column)?;
                Some(held(rows, |row| written::codes(&cells.text(row)).any(|one| one == code)))
            }
            Plan::Blank(column) => self.blank(*column, rows),
            Plan::Asked(column, ask) => {
                let cells = self.text(*column)?;
                Some(held(rows, |row| ask(&cells.text(row))))
            }
            Plan::Always(_) | Plan::And(_) | Plan::Or(_) | Plan::Not(_) => None,
        }
    }

    fn blank(&self, column: usize, rows: &[u32]) -> Option<Vec<u32>> {
        let cells = self.table.columns.get(column)?;
        Some(match cells.storage() {
            Storage::Text if self.is_list(column) => {
                held(rows, |row| written::codes(&cells.text(row)).next().is_none())
            }
            Storage::Text => held(rows, |row| cells.text(row).trim().is_empty()),
            _ => held(rows, |row| cells.get(row) == CellValue::Empty),
        })
    }

    fn is_list(&self, column: usize) -> bool {
        self.table.decl.columns.get(column).is_some_and(|decl| decl.kind == ColumnType::Codes)
    }

    fn flags(&self, column: usize) -> Option<&Column> {
        self.stored(column, Storage::YesNo)
    }

    fn text(&self, column: usize) -> Option<&Column> {
        self.stored(column, Storage::Text)
    }

    fn stored(&self, column: usize, storage: Storage) -> Option<&Column> {
        self.table.columns.get(column).filter(|cells| cells.storage() == storage)
    }

    fn words<'a>(&'a self, words: &'a Words) -> Option<Texts<'a>> {
        Some(match words {
            Words::Constant(text) => Texts::Constant(text),
            Words::Column(column) => Texts::Column(self.text(*column)?),
        })
    }

    fn days(&self, day: Day) -> Option<Days<'_>> {
        match day {
            Day::Constant(day) => Some(Days::Constant(day)),
            Day::Column(column) => self.stored(column, Storage::Date).map(Days::Column),
        }
    }

    /// Compares numbers row by row; gives up at an overflow or at arithmetic on an empty cell.
    fn numbers(
        &self,
        rows: &[u32],
        a: &Number,
        b: &Number,
        holds: impl Fn(Pair) -> bool,
    ) -> Option<Vec<u32>> {
        let mut held = Vec::new();
        for row in rows {
            let (a, b) = (self.number(a, *row as usize).ok()?, self.number(b, *row as usize).ok()?);
            let pair = match (a, b) {
                (Some(a), Some(b)) => Pair::Both(a.cmp(&b)),
                (None, None) => Pair::None,
                _ => Pair::One,
            };
            if holds(pair) {
                held.push(*row);
            }
        }
        Some(held)
    }

    /// The number; `Ok(None)` for an empty cell.
    fn number(&self, number: &Number, row: usize) -> Result<Option<i64>, Unsure> {
        match number {
            Number::Constant(number) => Ok(Some(*number)),
            Number::Column(column) => {
                self.stored(*column, Storage::Integer).map(|cells| cells.integer(row)).ok_or(Unsure)
            }
            Number::Sum(a, b, operator) => {
                let (a, b) = (self.number(a, row)?.ok_or(Unsure)?, self.number(b, row)?.ok_or(Unsure)?);
                let sum = match operator {
                    Arithmetic::Add => a.checked_add(b),
                    Arithmetic::Subtract => a.checked_sub(b),
                };
                sum.map(Some).ok_or(Unsure)
            }
            Number::Between(a, b) => {
                let day =
                    |day: Day| self.days(day).and_then(|days| days.get(row)).map(i64::from).ok_or(Unsure);
                day(*a)?.checked_sub(day(*b)?).map(Some).ok_or(Unsure)
            }
        }
    }
}

/// The interpreter would object: an empty cell in arithmetic, an overflow.
struct Unsure;

enum Pair {
    Both(Ordering),
    One,
    None,
}

enum Texts<'a> {
    Constant(&'a str),
    Column(&'a Column),
}

impl Texts<'_> {
    fn get(&self, row: usize) -> Cow<'_, str> {
        match self {
            Self::Constant(text) => Cow::Borrowed(text),
            Self::Column(cells) => cells.text(row),
        }
    }
}

enum Days<'a> {
    Constant(i32),
    Column(&'a Column),
}

impl Days<'_> {
    fn get(&self, row: usize) -> Option<i32> {
        match self {
            Self::Constant(day) => Some(*day),
            Self::Column(cells) => cells.days(row),
        }
    }
}

fn held(rows: &[u32], holds: impl Fn(usize) -> bool) -> Vec<u32> {
    rows.iter().copied().filter(|row| holds(*row as usize)).collect()
}

/// Rows of `all` that are not in `some`; both in order.
fn without(all: &[u32], some: &[u32]) -> Vec<u32> {
    let mut some = some.iter().peekable();
    let absent = |row: &u32| {
        while some.next_if(|other| *other < row).is_some() {}
        some.peek() != Some(&row)
    };
    all.iter().copied().filter(absent).collect()
}

/// Rows of either, in order.
fn merged(a: &[u32], b: &[u32]) -> Vec<u32> {
    let mut all: Vec<u32> = a.iter().chain(b).copied().collect();
    all.sort_unstable();
    all
}
