//! Turns the rows of one file or sheet into rows of its table: finds the header, leaves out what is no data,
//! puts cells in declared order.

use std::sync::Arc;

use super::header::{self, Layout};
use super::info::SheetInfo;
use super::merges::Merges;
use super::remark;
use super::reporter::Reporter;
use super::row::Row;
use crate::model::declare::TableDecl;
use crate::model::gather::Gather;
use crate::model::row::{RawCell, TableSink};
use crate::model::table::Source;

/// Rows among which the header is looked for.
const HELD: usize = 10;

/// Rows left out that are named one by one.
const NAMED_SKIPPED: usize = 20;

/// Where the rows and findings of a submission go.
pub(super) struct Out<'a> {
    pub(super) sink: &'a mut dyn TableSink,
    pub(super) findings: Gather,
}

impl<'a> Out<'a> {
    pub(super) fn new(sink: &'a mut dyn TableSink) -> Self {
        Self { sink, findings: Gather::default() }
    }

    /// Hands the findings over.
    pub(super) fn finish(self) {
        for finding in self.findings.finish() {
            self.sink.found(finding);
        }
    }
}

/// Reads one file or sheet as one table.
pub(super) struct SheetReader<'a, 'b> {
    table: &'a Arc<TableDecl>,
    source: Arc<Source>,
    out: &'a mut Out<'b>,
    state: State,
    info: SheetInfo,
}

enum State {
    /// No header yet: the rows so far.
    Looking(Vec<Row>),
    /// The header was found.
    Reading(Data),
    /// There is no header.
    Lost,
}

impl<'a, 'b> SheetReader<'a, 'b> {
    pub(super) fn new(table: &'a Arc<TableDecl>, source: Arc<Source>, out: &'a mut Out<'b>) -> Self {
        let info =
            SheetInfo { sheet: source.sheet.clone(), table: Some(table.id.clone()), ..SheetInfo::default() };
        Self { table, source, out, state: State::Looking(Vec::new()), info }
    }

    /// Takes the next row.
    pub(super) fn row(&mut self, row: &mut Row, merges: &Merges) {
        if row.is_empty() {
            return;
        }
        for column in &row.twice {
            self.reporter().duplicate_cell(row.number, *column);
        }
        match &mut self.state {
            State::Looking(held) => {
                held.push(row.clone());
                if held.len() >= HELD {
                    self.decide(merges);
                }
            }
            State::Reading(data) => data.row(row, self.table, &self.source, self.out, &mut self.info),
            State::Lost => {}
        }
    }

    /// Ends the source.
    pub(super) fn finish(mut self, merges: &Merges) -> SheetInfo {
        if matches!(self.state, State::Looking(_)) {
            self.decide(merges);
        }
        self.info
    }

    /// Finds the header among the rows held and reads those after it.
    fn decide(&mut self, merges: &Merges) {
        let State::Looking(mut held) = std::mem::replace(&mut self.state, State::Lost) else { return };
        let Some(layout) = header::find(self.table, &held, merges) else {
            self.reporter().no_header(held.first().map(|row| row.number));
            let nowhere = vec![None; self.table.columns.len()];
            self.out.sink.begin(self.table, Arc::clone(&self.source), nowhere);
            return;
        };
        self.reporter().header(&layout);
        describe(&mut self.info, self.table, &layout);
        self.out.sink.begin(self.table, Arc::clone(&self.source), layout.columns.clone());
        let first = layout.position.saturating_add(1);
        let mut data = Data::new(layout);
        for row in held.get_mut(first..).unwrap_or_default() {
            data.row(row, self.table, &self.source, self.out, &mut self.info);
        }
        self.state = State::Reading(data);
    }

    fn reporter(&mut self) -> Reporter<'_> {
        Reporter { table: self.table, source: &self.source, findings: &mut self.out.findings }
    }
}

fn describe(info: &mut SheetInfo, table: &TableDecl, layout: &Layout) {
    let found = table.columns.iter().zip(&layout.columns);
    info.header = Some(layout.row);
    info.columns = found
        .filter_map(|(decl, found)| found.as_ref().map(|(_, header)| (header.clone(), decl.id.clone())))
        .collect();
    info.ignored = layout.undeclared.iter().map(|(_, header)| header.clone()).collect();
}

/// Reads the rows under a header.
struct Data {
    layout: Layout,
    /// For each source column, from 1, the declared one.
    declared: Vec<Option<usize>>,
    /// Cells in declared order, reused.
    cells: Vec<RawCell>,
}

impl Data {
    fn new(layout: Layout) -> Self {
        let cells = vec![RawCell::Empty; layout.columns.len()];
        let mut declared = Vec::new();
        for (at, found) in layout.columns.iter().enumerate() {
            let Some(column) = found.as_ref().and_then(|(column, _)| usize::try_from(*column).ok()) else {
                continue;
            };
            if declared.len() <= column {
                declared.resize(column.saturating_add(1), None);
            }
            if let Some(slot) = declared.get_mut(column) {
                *slot = Some(at);
            }
        }
        Self { layout, declared, cells }
    }

    fn row(
        &mut self,
        row: &mut Row,
        table: &TableDecl,
        source: &Source,
        out: &mut Out<'_>,
        info: &mut SheetInfo,
    ) {
        if remark::is_no_data(table, &self.layout, row) {
            return skip(info, row.number);
        }
        let mut reporter = Reporter { table, source, findings: &mut out.findings };
        let fit = fit(&self.layout, row);
        if fit != Fit::Good {
            reporter.ragged(&self.layout, row.number);
        }
        if fit == Fit::Unreadable {
            return skip(info, row.number);
        }
        reporter.odd_characters(&self.layout, row);
        self.exchange(row);
        self.fill(&mut row.fills);
        out.sink.row(row.number, &self.cells);
        self.exchange(row);
        self.cells.fill(RawCell::Empty);
        info.rows = info.rows.saturating_add(1);
    }

    /// Swaps the filled cells of a row with those in declared order; done twice, it gives them back.
    fn exchange(&mut self, row: &mut Row) {
        for (column, cell) in row.cells_mut() {
            if let Some(slot) = self.slot(*column) {
                std::mem::swap(slot, cell);
            }
        }
    }

    fn fill(&mut self, fills: &mut Vec<(u32, RawCell)>) {
        for (column, value) in fills.drain(..) {
            if let Some(slot) = self.slot(column).filter(|slot| **slot == RawCell::Empty) {
                *slot = value;
            }
        }
    }

    fn slot(&mut self, column: u32) -> Option<&mut RawCell> {
        let declared = usize::try_from(column).ok().and_then(|at| self.declared.get(at).copied().flatten());
        declared.and_then(|at| self.cells.get_mut(at))
    }
}

fn skip(info: &mut SheetInfo, row: u32) {
    info.skipped_total = info.skipped_total.saturating_add(1);
    if info.skipped.len() < NAMED_SKIPPED {
        info.skipped.push(row);
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
fn fit(layout: &Layout, row: &Row) -> Fit {
    let (Some(width), Some(expected)) = (row.width, layout.width) else { return Fit::Good };
    if row.cells().last().is_some_and(|(column, _)| *column > expected) {
        return Fit::Unreadable;
    }
    if width > expected || width < layout.last { Fit::Ragged } else { Fit::Good }
}
