//! The rows under a header as rows of their table: what is no data is left out and counted, cells are put in declared order.

use std::ops::RangeInclusive;

use super::batch::{Batch, Record};
use super::book::EPOCH_1904;
use super::header::Layout;
use super::info::SheetInfo;
use super::non_data_rows;
use super::reporter::{self, Reporter};
use super::row::{self, Row};
use super::year_column::YearColumn;
use crate::model::diagnosis::LeftOutReason;
use crate::model::row::{RawCell, Rows};
use crate::table::normalize;

/// Rows left out that are named one by one.
const NAMED_SKIPPED: usize = 20;

/// Reads the rows under a header.
pub(super) struct Data {
    pub(super) layout: Layout,
    /// For each source column, from 1, the declared one.
    declared: Vec<Option<usize>>,
    /// For each declared column the source column, from 0.
    pub(super) sources: Vec<Option<usize>>,
    /// The number of fields a record may have if it is nothing special.
    widths: RangeInclusive<usize>,
    /// For each declared column whether its numbers are days that count from 1904.
    pub(super) from_1904: Vec<bool>,
    /// The rows are those of a query: each is data, whatever stands in it, unless nothing does.
    pub(super) is_queried: bool,
    /// Years for days that are written without them.
    pub(super) years: Option<YearColumn>,
    /// A row of data was met; before it rows may stand that explain the header.
    begun: bool,
}

/// A number in a column of days that count from 1904, whatever its format and whether it is kept as text.
fn counted_from_1904(cell: RawCell<'_>) -> RawCell<'_> {
    let number = match &cell {
        RawCell::Number(number) => Some(*number),
        RawCell::Text(text) => text.trim().parse().ok(),
        _ => None,
    };
    let number = number.filter(|number| DAYS_FROM_1904.contains(number));
    number.map_or(cell, |number| RawCell::Serial(number + EPOCH_1904))
}

/// Numbers that mean days of a workbook that counts from 1904: from 1954 on.
const DAYS_FROM_1904: RangeInclusive<f64> = 18_500.0..=78_500.0;

impl Data {
    pub(super) fn new(layout: Layout) -> Self {
        let place = |column: u32| usize::try_from(column).unwrap_or(usize::MAX);
        let source = |found: &Option<(u32, String)>| found.as_ref().map(|(column, _)| place(*column));
        let sources: Vec<_> = layout.columns.iter().map(source).collect();
        let last = sources.iter().flatten().max().copied().unwrap_or(0);
        let mut declared = vec![None; last.saturating_add(1)];
        for (at, source) in sources.iter().enumerate() {
            if let Some(slot) = source.and_then(|source| declared.get_mut(source)) {
                *slot = Some(at);
            }
        }
        let sources =
            sources.into_iter().map(|source| source.and_then(|source| source.checked_sub(1))).collect();
        let widths = place(layout.last)..=layout.width.map_or(0, place);
        Self {
            layout,
            declared,
            sources,
            widths,
            from_1904: Vec::new(),
            is_queried: false,
            years: None,
            begun: false,
        }
    }

    /// Whether a record is a row of data about which there is nothing to say.
    pub(super) fn is_plain(&self, record: &Record<'_>, batch: Batch<'_>) -> bool {
        let is_odd = || batch.odd() && record.fields().any(reporter::has_odd_character);
        let is_long = || batch.long() && record.is_long();
        let filled = || record.fields().filter(|field| !normalize::is_blank(field));
        let ends =
            || Some((filled().next()?, record.fields_back().find(|field| !normalize::is_blank(field))?));
        self.begun
            && self.years.is_none()
            && self.widths.contains(&record.width())
            // What stands alone may be a title.
            && filled().nth(1).is_some()
            && ends().is_some_and(|(first, last)| non_data_rows::are_plain(&self.layout, record, first, last))
            && !non_data_rows::may_repeat_header(&self.layout, record)
            && !record.fields().any(row::is_protected)
            && !is_odd()
            && !is_long()
    }

    pub(super) fn row<'t>(
        &mut self,
        row: &mut Row<'t>,
        reporter: &mut Reporter<'_>,
        info: &mut SheetInfo,
        rows: &mut Rows<'t>,
    ) {
        let protected = row.unprotect();
        if self.is_queried {
            if self.layout.columns.iter().flatten().all(|(place, _)| row.get(*place).is_none()) {
                return skip(info, row.number, LeftOutReason::Blank);
            }
        } else if let Some(why) = non_data_rows::left_out(reporter.table, &self.layout, row) {
            return skip(info, row.number, why);
        }
        if !self.begun && !self.is_queried && non_data_rows::explains(reporter.table, &self.layout, row) {
            reporter.explaining_row(row.number);
            return skip(info, row.number, LeftOutReason::Explanation);
        }
        self.begun = true;
        reporter.protected(&self.layout, row.number, &protected);
        let completed = self.years.as_ref().map(|years| years.complete(row)).unwrap_or_default();
        reporter.years_beside(&self.layout, row.number, &completed);
        let fit = fit(&self.layout, row);
        if fit != Fit::Good {
            reporter.ragged(&self.layout, row.number);
        }
        if fit == Fit::Unreadable {
            return skip(info, row.number, LeftOutReason::Ragged);
        }
        reporter.odd_characters(&self.layout, row);
        reporter.long_cells(&self.layout, row);
        rows.push(row.number);
        for (column, cell) in row.drain() {
            let declared =
                usize::try_from(column).ok().and_then(|at| self.declared.get(at).copied().flatten());
            let Some(at) = declared else { continue };
            let is_1904 = self.from_1904.get(at).is_some_and(|days| *days);
            rows.fill(at, if is_1904 { counted_from_1904(cell) } else { cell });
        }
        info.rows = info.rows.saturating_add(1);
    }
}

/// Counts a row that is left out, and names it if it is one of the first.
pub(super) fn skip(info: &mut SheetInfo, row: u32, why: LeftOutReason) {
    let total = info.skipped_total.entry(why).or_default();
    *total = total.saturating_add(1);
    if info.skipped.len() < NAMED_SKIPPED {
        info.skipped.push((row, why));
    }
}

/// How a record's number of fields compares with the header's.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fit {
    /// As it should be.
    Good,
    /// Fewer, or more but empty ones: read, and reported.
    Ragged,
    /// More, with something in them: nobody knows which cell is which.
    Unreadable,
}

/// Trailing cells without a header may be there or not; everything else has to agree.
fn fit(layout: &Layout, row: &Row<'_>) -> Fit {
    let (Some(width), Some(expected)) = (row.width, layout.width) else { return Fit::Good };
    if row.cells().last().is_some_and(|(column, _)| *column > expected) {
        return Fit::Unreadable;
    }
    if width > expected || width < layout.last { Fit::Ragged } else { Fit::Good }
}
