//! Builds typed tables from the rows of a submission.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::typing::{self, Typed, Wrong};
use super::words::Words;
use super::{keys, notices, references};
use crate::model::column::{Column, Storage};
use crate::model::declare::{ColumnDecl, Declarations, TableDecl};
use crate::model::finding::{ExcerptCell, Finding, Location, column_name};
use crate::model::gather::{Gather, Kind, Notice};
use crate::model::grid;
use crate::model::kind;
use crate::model::memory::{Memory, Store};
use crate::model::origins::Origins;
use crate::model::privacy::Masking;
use crate::model::row::{RawCell, TableSink};
use crate::model::table::{Segment, Source, Table};

/// Takes rows, gives tables and findings.
pub struct Builder {
    decls: Arc<Declarations>,
    masking: Masking,
    tables: Vec<Growing>,
    /// Position of the table whose rows come now.
    current: Option<usize>,
    gather: Gather,
    found: Vec<Finding>,
}

/// A table that still grows.
struct Growing {
    table: Table,
    /// The words of enumerated columns; none for others.
    words: Vec<Words>,
    /// For each column whether percentages, and plain numbers, were met.
    units: Vec<(bool, bool)>,
}

impl Builder {
    /// No rows yet, and no bound to the memory they take.
    pub fn new(decls: Arc<Declarations>, masking: Masking) -> Self {
        Self::within(&Memory::unlimited(), decls, masking)
    }

    /// No rows yet; those to come are kept within the memory of the run.
    pub fn within(memory: &Arc<Memory>, decls: Arc<Declarations>, masking: Masking) -> Self {
        let store = Store::new(memory);
        let tables = decls.tables.iter().map(|decl| Growing::new(decl, &store)).collect();
        Self { decls, masking, tables, current: None, gather: Gather::default(), found: Vec::new() }
    }

    /// Every declared table, those without a source empty and not present, and everything that was found.
    pub fn finish(mut self) -> (BTreeMap<String, Arc<Table>>, Vec<Finding>) {
        for growing in &mut self.tables {
            growing.table.columns.iter_mut().for_each(Column::close);
            mixed_units(growing, &mut self.gather);
            keys::check(&growing.table, self.masking, &mut self.gather);
        }
        let tables: BTreeMap<_, _> = self
            .tables
            .into_iter()
            .map(|growing| (growing.table.decl.id.clone(), Arc::new(growing.table)))
            .collect();
        references::check(&self.decls, &tables, self.masking, &mut self.gather);
        let mut findings = self.found;
        findings.extend(self.gather.finish());
        findings.sort_by(|one, other| order(one).cmp(&order(other)));
        (tables, findings)
    }
}

fn order(finding: &Finding) -> (&str, &str, &str, &[Location]) {
    (&finding.rule, &finding.target, &finding.message.zh, &finding.locations)
}

impl Growing {
    fn new(decl: &Arc<TableDecl>, store: &Arc<Store>) -> Self {
        let table = Table {
            decl: Arc::clone(decl),
            present: false,
            columns: decl.columns.iter().map(|column| Column::new(column.kind, store)).collect(),
            source_rows: Origins::default(),
            segments: Vec::new(),
        };
        let words = decl.columns.iter().map(Words::new).collect();
        Self { table, words, units: vec![(false, false); decl.columns.len()] }
    }

    fn row(&mut self, row: u32, cells: &[RawCell], masking: Masking, gather: &mut Gather) {
        let Self { table, words, units } = self;
        let Some(segment) = table.segments.last() else { return };
        let place = |at: usize| Some(cell_place(&table.decl, segment, row, cells, at, masking));
        let each = table.columns.iter_mut().zip(words).zip(units).zip(&table.decl.columns).enumerate();
        for (at, (((column, words), units), decl)) in each {
            let cell = cells.get(at).unwrap_or(&RawCell::Empty);
            let found = segment.headers.get(at).is_some_and(Option::is_some);
            let typed = typing::typed(cell, decl, words);
            if let Some((rule, detail, notice)) = complaint(&typed, &table.decl, decl, found) {
                let target = format!("{}.{}", table.decl.id, decl.id);
                let grid = cell_grid(&table.decl, cells, masking);
                gather.add_in(
                    grid.as_deref(),
                    Kind { rule, target: &target, detail },
                    || notice,
                    || place(at),
                );
            }
            units.0 |= matches!(typed, Typed::Percent(_));
            units.1 |= matches!(typed, Typed::Decimal(_));
            push(column, typed);
        }
        table.source_rows.push(row);
    }
}

/// Appends a cell; what is not of the column's type becomes an empty cell.
fn push(column: &mut Column, typed: Typed<'_>) {
    match (column.storage(), typed) {
        (Storage::Text, Typed::Text(text)) => column.push_text(&text),
        (Storage::Text, Typed::LostDigits(digits)) => column.push_text(&digits),
        (Storage::Integer, Typed::Integer(number)) => column.push_integer(Some(number)),
        (Storage::Decimal, Typed::Decimal(number) | Typed::Percent(number)) => {
            column.push_decimal(Some(number))
        }
        (Storage::Date, Typed::Date(date)) => column.push_days(Some(date.days())),
        (Storage::YesNo, Typed::YesNo(yes)) => column.push_yes_no(Some(yes)),
        (Storage::Enumerated, Typed::Enumerated(number)) => column.push_number(Some(number)),
        _ => column.push_empty(),
    }
}

/// What there is to say about a cell. An empty cell of a column that is not in the source is no news: the missing
/// column was reported.
fn complaint(
    typed: &Typed<'_>,
    table: &TableDecl,
    column: &ColumnDecl,
    found: bool,
) -> Option<(&'static str, &'static str, Notice)> {
    match typed {
        Typed::Empty if column.required && found => {
            Some((kind::MISSING_VALUE, "", notices::missing_value(table, column)))
        }
        Typed::LostDigits(_) => Some((kind::LOST_DIGITS, "", notices::lost_digits(table, column))),
        Typed::Wrong(wrong) => {
            let rule = if *wrong == Wrong::Value { kind::UNKNOWN_VALUE } else { kind::WRONG_TYPE };
            Some((rule, wrong.key(), notices::wrong(*wrong, table, column)))
        }
        _ => None,
    }
}

fn mixed_units(growing: &Growing, gather: &mut Gather) {
    let table = &growing.table.decl;
    for (column, units) in table.columns.iter().zip(&growing.units) {
        if *units == (true, true) {
            let target = format!("{}.{}", table.id, column.id);
            let kind = Kind { rule: kind::MIXED_UNITS, target: &target, detail: "" };
            gather.add(kind, || notices::mixed_units(table, column), || None);
        }
    }
}

/// The grid of a row as it was read.
fn cell_grid(table: &TableDecl, cells: &[RawCell], masking: Masking) -> Option<String> {
    let code = typing::shown(cells.get(grid::column(table)?)?);
    (!code.is_empty()).then(|| grid::shown(&code, masking).into_owned())
}

/// Where a cell stands, with the row as it was read.
fn cell_place(
    table: &TableDecl,
    segment: &Segment,
    row: u32,
    cells: &[RawCell],
    marked: usize,
    masking: Masking,
) -> Location {
    let columns = table.columns.iter().zip(&segment.headers).zip(cells).enumerate();
    let excerpt: Vec<_> = columns
        .filter_map(|(at, ((decl, found), cell))| {
            let (_, header) = found.as_ref()?;
            let value = masked(decl, &typing::shown(cell), masking);
            Some(ExcerptCell { header: header.clone(), value, marked: at == marked })
        })
        .collect();
    let found = segment.headers.get(marked).and_then(Option::as_ref);
    Location {
        file: segment.source.file.clone(),
        sheet: segment.source.sheet.clone(),
        row: Some(row),
        column: found.map(|(_, header)| header.clone()),
        cell: found.map(|(column, _)| format!("{}{row}", column_name(*column))),
        value: excerpt.iter().find(|cell| cell.marked).map(|cell| cell.value.clone()),
        grid: None,
        excerpt,
    }
}

/// A cell as it may be shown.
fn masked(decl: &ColumnDecl, text: &str, masking: Masking) -> String {
    match decl.privacy {
        None => masking.text(text),
        privacy => masking.cell(privacy, text),
    }
}

impl TableSink for Builder {
    fn begin(&mut self, table: &Arc<TableDecl>, source: Arc<Source>, headers: Vec<Option<(u32, String)>>) {
        self.current = self.tables.iter().position(|growing| growing.table.decl.id == table.id);
        let Some(growing) = self.current.and_then(|at| self.tables.get_mut(at)) else { return };
        growing.table.present = true;
        let first = growing.table.len();
        growing.table.segments.push(Segment { source, first, headers });
    }

    fn row(&mut self, row: u32, cells: &[RawCell]) {
        let Some(growing) = self.current.and_then(|at| self.tables.get_mut(at)) else { return };
        growing.row(row, cells, self.masking, &mut self.gather);
    }

    fn found(&mut self, finding: Finding) {
        self.found.push(finding);
    }
}
