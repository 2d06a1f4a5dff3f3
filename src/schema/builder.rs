//! Builds typed tables from the rows of a submission.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::column_builder::{ColumnBuilder, Given};
use super::nothing::Placeholders;
use super::quantities::{Quantities, percentages};
use super::typing::{self, Typed};
use super::unnest::unnested;
use super::{keys, outline, references, repeats, resolve};
use crate::model::finding::{Finding, Location};
use crate::model::finding_collector::FindingCollector;
use crate::model::privacy::{Masking, Redactor, declared, holds};
use crate::model::row::{RawCell, Rows, TableSink};
use crate::table::column::{Column, Storage};
use crate::table::memory::{MemoryBudget, Store};
use crate::table::origins::Origins;
use crate::table::table_schema::{Declarations, TableDecl};
use crate::table::{Segment, Source, Table, Unread};

/// Takes rows, gives tables and findings.
pub struct Builder {
    decls: Arc<Declarations>,
    masking: Masking,
    tables: Vec<TableBuilder>,
    placeholders: Arc<Placeholders>,
    /// Position of the table whose rows come now.
    current: Option<usize>,
    gather: FindingCollector,
    found: Vec<Finding>,
}

/// What was built of the rows of a submission.
pub struct Built {
    /// Every declared table by id.
    pub tables: BTreeMap<String, Arc<Table>>,
    /// What was found.
    pub findings: Vec<Finding>,
    /// Masks the personal data of the tables.
    pub redactor: Arc<Redactor>,
}

/// A table that still grows.
struct TableBuilder {
    table: Table,
    /// One for each column.
    filling: Vec<ColumnBuilder>,
}

/// From this many rows on the columns are filled in parallel.
const MANY: usize = 2048;

impl Builder {
    /// No rows yet, and no bound to the memory they take.
    pub fn new(decls: Arc<Declarations>, masking: Masking) -> Self {
        Self::within(&MemoryBudget::unlimited(), decls, masking)
    }

    /// No rows yet; those to come are kept within the memory of the run.
    pub fn within(memory: &Arc<MemoryBudget>, decls: Arc<Declarations>, masking: Masking) -> Self {
        let store = Store::new(memory);
        let tables = decls.tables.iter().map(|decl| TableBuilder::new(decl, &store)).collect();
        let placeholders = Arc::new(Placeholders::new(&decls.nothing));
        let (gather, found) = (FindingCollector::default(), Vec::new());
        Self { decls, masking, tables, placeholders, current: None, gather, found }
    }

    /// Every declared table, those without a source empty and not present, and everything that was found.
    pub fn finish(mut self) -> Built {
        for growing in &mut self.tables {
            growing.table.columns.iter_mut().for_each(Column::close);
            for filling in std::mem::take(&mut growing.filling) {
                self.found.extend(filling.finish(&growing.table.decl));
            }
        }
        let mut tables: BTreeMap<_, _> = self
            .tables
            .into_iter()
            .map(|growing| (growing.table.decl.id.clone(), Arc::new(growing.table)))
            .collect();
        let lost = resolve::resolve(&self.decls, &mut tables, &mut self.gather);
        outline::derive(&self.decls, &mut tables, &mut self.gather);
        let redactor = Redactor::new(self.masking, &tables);
        let words = || self.decls.tables.iter().flat_map(|table| declared(table));
        let own = |text: &str, bytes| holds(words(), text, &bytes);
        let mut findings = self.found;
        let mut repeated = FindingCollector::default();
        tables.values().for_each(|table| repeats::check(table, &mut repeated));
        findings.extend(repeated.finish());
        findings.iter_mut().for_each(|finding| redactor.finding(finding, own));
        for decl in &self.decls.tables {
            if let Some(table) = tables.get(&decl.id) {
                keys::check(table, &redactor, &mut self.gather);
            }
        }
        references::check(&self.decls, &tables, &lost, &redactor, &mut self.gather);
        findings.extend(self.gather.finish());
        findings.sort_by(|one, other| order(one).cmp(&order(other)));
        Built { tables, findings, redactor: Arc::new(redactor) }
    }
}

fn order(finding: &Finding) -> (&str, &str, &str, &[Location]) {
    (&finding.rule, &finding.target, &finding.message.zh, &finding.locations)
}

impl TableBuilder {
    fn new(decl: &Arc<TableDecl>, store: &Arc<Store>) -> Self {
        let table = Table {
            decl: Arc::clone(decl),
            present: false,
            columns: decl.columns.iter().map(|column| Column::new(column, store)).collect(),
            source_rows: Origins::default(),
            segments: Vec::new(),
            unread: Vec::new(),
        };
        Self { table, filling: Vec::new() }
    }

    fn rows(&mut self, rows: &Rows<'_>, masking: Masking) {
        let Self { table, filling } = self;
        let Some(segment) = table.segments.last() else { return };
        let unnested = unnested(&table.decl, rows);
        let rows = unnested.as_ref().unwrap_or(rows);
        let told = percentages(&table.decl, &segment.headers, rows);
        let rows = told.as_ref().unwrap_or(rows);
        let quantities = Quantities::of(&table.decl, &segment.headers);
        let settled = quantities.map(|quantities| quantities.settled(rows));
        let rows = settled.as_ref().unwrap_or(rows);
        let given = Given { table: &table.decl, segment, rows, masking };
        if rows.len() < MANY {
            let each = table.columns.iter_mut().zip(filling).zip(&table.decl.columns);
            each.for_each(|((column, filling), decl)| filling.fill(column, decl, given));
        } else {
            let each = table.columns.par_iter_mut().zip(filling).zip(&table.decl.columns);
            each.for_each(|((column, filling), decl)| filling.fill(column, decl, given));
        }
        rows.numbers().iter().for_each(|row| table.source_rows.push(*row));
    }
}

/// Appends a cell as it was `typed`; what is filled but not of the column's type becomes an unclear cell.
pub(super) fn push(column: &mut Column, typed: &Typed<'_>, cell: &RawCell<'_>) {
    match (column.storage(), typed) {
        (_, Typed::Wrong(wrong)) if wrong.is_unclear() => column.push_unclear(&typing::display_text(cell)),
        (Storage::Text, Typed::Text(text)) => column.push_text(text),
        (Storage::Text, Typed::LostDigits(digits)) => column.push_text(digits),
        (Storage::Integer, Typed::Integer(number)) => column.push_integer(Some(*number)),
        (Storage::Decimal, Typed::Decimal(number) | Typed::Percent(number)) => {
            column.push_decimal(Some(*number));
        }
        (Storage::Date, Typed::Date(date)) => column.push_days(Some(date.days())),
        (Storage::YesNo, Typed::YesNo(yes)) => column.push_yes_no(Some(*yes)),
        (Storage::Enumerated, Typed::Enumerated(number)) => column.push_number(Some(*number)),
        _ => column.push_empty(),
    }
}

impl TableSink for Builder {
    fn begin(&mut self, table: &Arc<TableDecl>, source: Arc<Source>, headers: Vec<Option<(u32, String)>>) {
        self.current = self.tables.iter().position(|growing| growing.table.decl.id == table.id);
        let Some(growing) = self.current.and_then(|at| self.tables.get_mut(at)) else { return };
        growing.table.present = true;
        if growing.filling.is_empty() {
            growing.filling = ColumnBuilder::all(table, &self.placeholders);
        }
        let first = growing.table.len();
        growing.table.segments.push(Segment { source, first, headers, unknown: Vec::new() });
    }

    fn unknown_headers(&mut self, headers: Vec<String>) {
        let growing = self.current.and_then(|at| self.tables.get_mut(at));
        if let Some(segment) = growing.and_then(|growing| growing.table.segments.last_mut()) {
            segment.unknown = headers;
        }
    }

    fn unread(&mut self, table: &Arc<TableDecl>, unread: Unread) {
        let mut tables = self.tables.iter_mut().map(|growing| &mut growing.table);
        if let Some(known) = tables.find(|known| known.decl.id == table.id) {
            known.unread.push(unread);
        }
    }

    fn rows(&mut self, rows: &Rows<'_>) {
        let Some(growing) = self.current.and_then(|at| self.tables.get_mut(at)) else { return };
        growing.rows(rows, self.masking);
    }

    fn found(&mut self, finding: Finding) {
        self.found.push(finding);
    }
}
