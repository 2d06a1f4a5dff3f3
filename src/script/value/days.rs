//! Days as far as they are known: of a date without its day the month is.

use std::cell::RefCell;

use super::loaded_table::IndexedTable;
use super::maybe::{Answer, Perhaps};
use super::unclear::Cause;
use crate::model::written::date::{self, Written};
use crate::resources::meter;
use crate::table::column::CellValue;
use crate::table::date::Date;
use crate::table::table_schema::ColumnType;

/// The first and the last day that a cell may mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Days {
    pub(crate) first: i32,
    pub(crate) last: i32,
}

impl Days {
    /// One day.
    pub(crate) fn of(day: i32) -> Self {
        Self { first: day, last: day }
    }

    fn of_month(first: Date) -> Option<Self> {
        let last = first.plus_months(1)?.plus_days(-1)?;
        Some(Self { first: first.days(), last: last.days() })
    }

    /// What a text says that is no day.
    pub(crate) fn in_words(text: &str) -> Option<Self> {
        // What days are read by is made once for all scripts.
        match meter::unmetered(|| date::parse(text), |_| 0)? {
            Written::Month(first) => Self::of_month(first),
            Written::Day(day) => Some(Self::of(day.days())),
        }
    }
}

thread_local! {
    // A rule runs from beginning to end on one thread.
    static ASSUMED: RefCell<Option<(Cause, i32)>> = const { RefCell::new(None) };
}

/// What was assumed before, put back in the end, also by a panic.
struct Restored(Option<(Cause, i32)>);

impl Drop for Restored {
    fn drop(&mut self) {
        ASSUMED.set(self.0.take());
    }
}

/// Does something as if this day stood in the cell.
pub(crate) fn assuming<T>(cell: &Cause, day: i32, work: impl FnOnce() -> T) -> T {
    let _restored = Restored(ASSUMED.replace(Some((cell.clone(), day))));
    work()
}

/// The day that is to be taken for what stands in the cell.
pub(crate) fn assumed(cell: &Cause) -> Option<Date> {
    ASSUMED.with_borrow(|known| {
        known.as_ref().filter(|(of, _)| of == cell).map(|(_, day)| Date::from_days(*day))
    })
}

/// The days that an unclear date cell may mean, where these are known.
pub(crate) fn of_cell(of: &IndexedTable, row: u32, column: usize) -> Option<Days> {
    let kind = of.table.decl.columns.get(column)?.kind;
    let word = of.table.unclear_word(row as usize, column).filter(|_| kind == ColumnType::Date)?;
    Days::in_words(&word)
}

/// What is known of a date cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Known {
    Empty,
    Between(Days),
    Nothing,
}

/// What is known of the date in a cell.
pub(crate) fn at(of: &IndexedTable, row: u32, column: usize) -> Known {
    match of.table.cell(row as usize, column) {
        CellValue::Date(day) => Known::Between(Days::of(day.days())),
        _ => match of.table.unclear_word(row as usize, column) {
            Some(word) => Days::in_words(&word).map_or(Known::Nothing, Known::Between),
            None => Known::Empty,
        },
    }
}

/// Whether two dates stand in an order that holds of all days they may mean, or of none.
pub(crate) fn compared(
    one: &Perhaps,
    own: Known,
    other: Known,
    wrong: &impl Fn(&i32, &i32) -> bool,
) -> Answer {
    let (own, other) = match (own, other) {
        (Known::Empty, _) | (_, Known::Empty) => return Answer::No,
        (Known::Between(own), Known::Between(other)) => (own, other),
        _ => return Answer::Unclear(one.cause.clone()),
    };
    let pairs =
        [(own.first, other.last), (own.last, other.first), (own.first, other.first), (own.last, other.last)];
    let held = pairs.iter().filter(|(own, other)| wrong(own, other)).count();
    match held {
        4 => Answer::Yes,
        0 => Answer::No,
        _ => Answer::Unclear(one.cause.clone()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_settles_what_lies_beside_it() {
        let days = |text: &str| Days::in_words(text).map(|days| (days.first, days.last));
        let day = |text: &str| Date::from_iso(text).map_or(0, Date::days);
        assert_eq!(days("2026年05月"), Some((day("2026-05-01"), day("2026-05-31"))));
        assert_eq!(days("2026-02-30"), None);
        assert_eq!(days("五月"), None);
    }
}
