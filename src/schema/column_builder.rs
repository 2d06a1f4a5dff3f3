//! Fills a column of a table with the cells of rows as they come, and gathers what is wrong with them.

use std::sync::Arc;

use super::builder::push;
use super::nothing::Placeholders;
use super::notices;
use super::typing::{self, Typed, Wrong};
use super::words::{self, Words};
use crate::model::finding::{ExcerptCell, Finding, Location};
use crate::model::finding_collector::{FindingCollector, FindingKey, Notice};
use crate::model::finding_ids;
use crate::model::grid;
use crate::model::privacy::Masking;
use crate::model::row::{RawCell, Rows};
use crate::table::Segment;
use crate::table::column::Column;
use crate::table::table_schema::{ColumnDecl, ColumnType, Privacy, TableDecl};

/// What is known of a column while it is filled.
pub(super) struct ColumnBuilder {
    at: usize,
    /// `table.column`.
    target: String,
    /// The words of an enumerated column; none for others.
    words: Words,
    placeholders: Arc<Placeholders>,
    /// Whether percentages were met.
    percentages: bool,
    /// Whether plain numbers were met.
    plain: bool,
    /// The first row of the source that is read, and the last cell of it that said something of its own.
    above: (usize, Option<RawCell<'static>>),
    gather: FindingCollector,
}

/// The table whose column is filled, and the rows it is filled from.
#[derive(Clone, Copy)]
pub(super) struct Given<'a> {
    pub(super) table: &'a TableDecl,
    pub(super) segment: &'a Segment,
    pub(super) rows: &'a Rows<'a>,
    pub(super) masking: Masking,
}

impl ColumnBuilder {
    /// For each column of a table.
    pub(super) fn all(table: &TableDecl, placeholders: &Arc<Placeholders>) -> Vec<Self> {
        let columns = table.columns.iter().enumerate();
        columns
            .map(|(at, column)| Self {
                at,
                target: format!("{}.{}", table.id, column.id),
                words: Words::new(column),
                placeholders: Arc::clone(placeholders),
                percentages: false,
                plain: false,
                above: (0, None),
                gather: FindingCollector::default(),
            })
            .collect()
    }

    /// Appends the cells of rows to the column.
    pub(super) fn fill(&mut self, column: &mut Column, decl: &ColumnDecl, given: Given<'_>) {
        let found = given.segment.headers.get(self.at).is_some_and(Option::is_some);
        let held = self.above.1.take().filter(|_| self.above.0 == given.segment.first);
        let mut above = held.as_ref();
        let repeatable = is_repeatable(given.table, decl);
        for (row, cell) in given.rows.column(self.at).iter().enumerate() {
            let repeats = if is_ditto(cell) { repeatable } else { Repeats::Never };
            let (typed, read) = match (repeats, above) {
                (Repeats::Never, _) | (_, None) => (self.typed(cell, decl), cell),
                (Repeats::Value, Some(above)) => (self.typed(above, decl), above),
                (Repeats::Words, Some(_)) => (Typed::Wrong(Wrong::Ditto), cell),
            };
            let as_above = !std::ptr::eq(read, cell) && !matches!(typed, Typed::Wrong(_));
            if let Some((rule, detail)) = if as_above { AS_ABOVE } else { complaint(&typed, decl, found) } {
                let told = || {
                    if as_above {
                        notices::as_above(given.table, decl)
                    } else {
                        notice(&typed, given.table, decl)
                    }
                };
                let kind = FindingKey { rule, target: &self.target, detail };
                let grid = grid_of(given, row);
                self.gather.add_in(grid.as_deref(), kind, told, || Some(place(given, row, self.at)));
            }
            self.percentages |= matches!(typed, Typed::Percent(_));
            self.plain |= matches!(typed, Typed::Decimal(_));
            push(column, &typed, read);
            if !is_ditto(cell) {
                above = Some(cell).filter(|_| !matches!(typed, Typed::Empty | Typed::Placeholder));
            }
        }
        self.above = (given.segment.first, above.cloned().map(RawCell::into_owned));
    }

    fn typed<'c>(&mut self, cell: &'c RawCell<'_>, decl: &ColumnDecl) -> Typed<'c> {
        typing::typed(cell, decl, &mut self.words, &self.placeholders)
    }

    /// What was found.
    pub(super) fn finish(mut self, table: &TableDecl) -> Vec<Finding> {
        if let Some(column) = table.columns.get(self.at).filter(|_| self.percentages && self.plain) {
            let kind = FindingKey { rule: finding_ids::MIXED_UNITS, target: &self.target, detail: "" };
            self.gather.add(kind, || notices::mixed_units(table, column), || None);
        }
        self.gather.finish()
    }
}

/// What a word for the same as above stands for in a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Repeats {
    /// Nothing: no two rows are alike in the column.
    Never,
    /// The value above: one of few, a day, a number, a code, the name of a person or department.
    Value,
    /// Words of which each row is to have its own.
    Words,
}

fn is_repeatable(table: &TableDecl, decl: &ColumnDecl) -> Repeats {
    let keys = table.columns.iter().filter(|column| column.key).count();
    let person = decl.privacy == Some(Privacy::Name) && !decl.names;
    match decl.kind {
        _ if decl.key && keys == 1 => Repeats::Never,
        ColumnType::Text if decl.like.is_some() || decl.common || person => Repeats::Value,
        ColumnType::Text => Repeats::Words,
        _ if decl.privacy.is_some() => Repeats::Words,
        _ => Repeats::Value,
    }
}

fn is_ditto(cell: &RawCell<'_>) -> bool {
    matches!(cell, RawCell::Text(text) if words::is_ditto(text))
}

/// The notice on cells that were read as the one above them.
const AS_ABOVE: Option<(&str, &str)> = Some((finding_ids::READ_AS_ABOVE, ""));

/// Whether there is something to say about a cell. An empty cell of a column that is not in the source is no news:
/// the missing column was reported.
fn complaint(typed: &Typed<'_>, column: &ColumnDecl, found: bool) -> Option<(&'static str, &'static str)> {
    match typed {
        Typed::Empty | Typed::Placeholder if column.required && found => {
            Some((finding_ids::MISSING_VALUE, ""))
        }
        Typed::Placeholder => Some((finding_ids::PLACEHOLDER, "")),
        Typed::LostDigits(_) => Some((finding_ids::LOST_DIGITS, "")),
        Typed::Wrong(Wrong::Value) => Some((finding_ids::UNKNOWN_VALUE, Wrong::Value.key())),
        Typed::Wrong(wrong) => Some((finding_ids::WRONG_TYPE, wrong.key())),
        _ => None,
    }
}

fn notice(typed: &Typed<'_>, table: &TableDecl, column: &ColumnDecl) -> Notice {
    match typed {
        Typed::LostDigits(_) => notices::lost_digits(table, column),
        Typed::Wrong(wrong) => notices::wrong(*wrong, table, column),
        Typed::Placeholder if !column.required => notices::placeholder(table, column),
        _ => notices::missing_value(table, column),
    }
}

/// The grid of a row as it was read.
fn grid_of(given: Given<'_>, row: usize) -> Option<String> {
    let column = grid::column(given.table)?;
    let code = typing::display_text(given.rows.row(row).nth(column)?);
    (!code.is_empty()).then(|| given.masking.raw(given.table, column, &code))
}

/// Where a cell stands, with the row as it was read. Names in it are masked once all are known.
fn place(given: Given<'_>, row: usize, marked: usize) -> Location {
    let place = |masking| place_as(Given { masking, ..given }, row, marked);
    let other = (given.masking == Masking::Off).then(|| Box::new(place(Masking::On)));
    Location { masked: other, ..place(given.masking) }
}

fn place_as(given: Given<'_>, row: usize, marked: usize) -> Location {
    let Given { table, segment, rows, masking } = given;
    let columns = segment.headers.iter().zip(rows.row(row)).enumerate();
    let excerpt: Vec<_> = columns
        .filter_map(|(at, (found, cell))| {
            let (_, header) = found.as_ref()?;
            let value = masking.raw(table, at, &typing::display_text(cell));
            Some(ExcerptCell { header: masking.text(header), value, marked: at == marked })
        })
        .collect();
    let found = segment.headers.get(marked).and_then(Option::as_ref);
    let number = rows.numbers().get(row).copied();
    let column = found.map(|(column, header)| (*column, header.as_str()));
    Location {
        value: excerpt.iter().find(|cell| cell.marked).map(|cell| cell.value.clone()),
        excerpt,
        ..Location::in_source(&segment.source, number, column)
    }
}
