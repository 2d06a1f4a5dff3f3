//! Days as offices write them, made once for a run.

use std::ops::RangeInclusive;

use crate::table::date::Date;

/// Forms of a date, in the order in which organizations take turns.
const FORMS: [fn(i16, i8, i8) -> String; 4] = [
    |year, month, day| format!("{year}-{month:02}-{day:02}"),
    |year, month, day| format!("{year}/{month}/{day}"),
    |year, month, day| format!("{year}{month:02}{day:02}"),
    |year, month, day| format!("{year}年{month}月{day}日"),
];

/// The days of the demo in every form.
#[derive(Debug)]
pub(super) struct Calendar {
    first: i32,
    texts: [Vec<String>; 4],
}

/// One form of all days.
#[derive(Clone, Copy, Debug)]
pub(super) struct Days<'a> {
    first: i32,
    texts: &'a [String],
}

/// The days told, from the first that anybody entered the service to the last that anything ends.
const FROM: (i16, i8, i8) = (2012, 1, 1);
const TO: (i16, i8, i8) = (2031, 12, 31);

impl Calendar {
    /// Writes out all days.
    pub(super) fn new() -> Self {
        let first = day(FROM);
        let all: Vec<_> = covered().filter_map(|day| Date::from_days(day).ymd()).collect();
        let texts =
            FORMS.map(|form| all.iter().map(|(year, month, day)| form(*year, *month, *day)).collect());
        Self { first, texts }
    }

    /// A form by its turn.
    pub(super) fn form(&self, turn: u64) -> Days<'_> {
        let at = usize::try_from(turn % FORMS.len() as u64).unwrap_or(0);
        Days { first: self.first, texts: self.texts.get(at).map_or(&[], Vec::as_slice) }
    }
}

impl<'a> Days<'a> {
    /// A day as text.
    pub(super) fn text(&self, day: i32) -> &'a str {
        let at = usize::try_from(day.saturating_sub(self.first)).ok();
        at.and_then(|at| self.texts.get(at)).map(String::as_str).unwrap_or_default()
    }
}

/// The days that have a text.
pub(super) fn covered() -> RangeInclusive<i32> {
    day(FROM)..=day(TO)
}

/// Days since 1970-01-01.
pub(super) fn day((year, month, day): (i16, i8, i8)) -> i32 {
    Date::from_ymd(year, month, day).map_or(0, Date::days)
}
