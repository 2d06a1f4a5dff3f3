//! A column of years beside days that are written without theirs: 年份 | 发生日期 with 2024 | 3月1日.

use std::borrow::Cow;

use super::header::Layout;
use super::row::Row;
use crate::model::row::RawCell;
use crate::model::written::date;
use crate::table::normalize;
use crate::table::table_schema::{ColumnType, TableDecl};

/// Headers of such a column, in the form in which names are compared.
/// Those of plans and reports (年度, 统计年度) are none: what happened for them may be of the year before.
const NAMES: [&str; 4] = ["年", "年份", "年份(年)", "year"];

/// Days of one row that lie so far apart are not taken for days of one year: it may have turned between them.
const APART: i32 = 180;

/// Where the years and the days stand.
pub(super) struct YearColumn {
    year: u32,
    days: Vec<u32>,
}

impl YearColumn {
    /// The column of years of a table that has days, if its header has exactly one; it is no longer among the columns
    /// that name nothing declared.
    pub(super) fn take(table: &TableDecl, layout: &mut Layout) -> Option<Self> {
        let is_day = |kind| matches!(kind, ColumnType::Date | ColumnType::Month);
        let declared = table.columns.iter().zip(&layout.columns);
        let days: Vec<u32> = declared
            .filter(|(column, _)| is_day(column.kind))
            .filter_map(|(_, place)| place.as_ref().map(|(place, _)| *place))
            .collect();
        let is_year = |header: &str| NAMES.contains(&normalize::name(header).as_str());
        let years: Vec<u32> =
            layout.undeclared.iter().filter(|(_, header)| is_year(header)).map(|(place, _)| *place).collect();
        let [year] = years.as_slice() else { return None };
        if days.is_empty() {
            return None;
        }
        layout.undeclared.retain(|(place, _)| place != year);
        Some(Self { year: *year, days })
    }

    /// Puts the year of the row before its days that have none; the columns of these.
    pub(super) fn complete(&self, row: &mut Row<'_>) -> Vec<u32> {
        let Some(year) = row.value(self.year).and_then(year) else { return Vec::new() };
        let lacks = |place: &u32| match row.value(*place) {
            Some(RawCell::Text(text)) if date::lacks_year(text) => Some((*place, format!("{year}年{text}"))),
            _ => None,
        };
        let completed: Vec<(u32, String)> = self.days.iter().filter_map(lacks).collect();
        let days = || completed.iter().filter_map(|(_, text)| day(text));
        let apart = days().max().zip(days().min()).map(|(last, first)| last.saturating_sub(first));
        if apart.is_some_and(|days| days >= APART) {
            return Vec::new();
        }
        let places = completed.iter().map(|(place, _)| *place).collect();
        for (place, text) in completed {
            row.replace(place, RawCell::Text(Cow::Owned(text)));
        }
        places
    }
}

/// The number of a day, or of the first of a month.
fn day(text: &str) -> Option<i32> {
    match date::parse(text)? {
        date::Written::Day(day) | date::Written::Month(day) => Some(day.days()),
    }
}

fn year(cell: &RawCell<'_>) -> Option<i16> {
    match cell {
        RawCell::Number(number) => date::year(&number.to_string()),
        RawCell::Text(text) => date::year(text),
        _ => None,
    }
}
