//! Turns the rows of one file or sheet into rows of its table: finds the header, leaves out what is no data,
//! puts cells in declared order.

use std::borrow::Cow;
use std::ops::{Range, RangeInclusive};
use std::sync::Arc;

use super::batch::{Batch, Record};
use super::header::{self, Layout};
use super::info::{ColumnInfo, LeftOut, SheetInfo};
use super::levels::Levels;
use super::merges::Merges;
use super::non_data_rows;
use super::reporter::{self, Reporter};
use super::row::Row;
use super::upright::Upright;
use crate::model::finding_collector::FindingCollector;
use crate::model::row::{RawCell, Rows, TableSink};
use crate::resources::meter;
use crate::table::normalize;
use crate::table::table_schema::{ColumnDecl, TableDecl};
use crate::table::{NotKnown, Source, Unread};

/// Rows among which the header is looked for.
pub(super) const HELD: usize = 10;

/// Rows left out that are named one by one.
const NAMED_SKIPPED: usize = 20;

/// Rows of a workbook handed on together.
const TOGETHER: usize = 1024;

/// Where the rows and findings of a submission go.
pub(super) struct Out<'a> {
    pub(super) sink: &'a mut dyn TableSink,
    pub(super) findings: FindingCollector,
}

impl<'a> Out<'a> {
    pub(super) fn new(sink: &'a mut dyn TableSink) -> Self {
        Self { sink, findings: FindingCollector::default() }
    }

    /// A source begins.
    fn begin(&mut self, table: &Arc<TableDecl>, source: Arc<Source>, headers: Vec<Option<(u32, String)>>) {
        // What the tables take is bounded elsewhere.
        meter::unmetered(|| self.sink.begin(table, source, headers), |()| 0);
    }

    /// Headers of the source that is read now which no declared column carries.
    fn unknown_headers(&mut self, layout: &Layout) {
        let headers = layout.undeclared.iter().map(|(_, header)| header.clone()).collect();
        meter::unmetered(|| self.sink.unknown_headers(headers), |()| 0);
    }

    /// A source seems to be of the table and is not read as one.
    pub(super) fn unread(&mut self, table: &Arc<TableDecl>, unread: Unread) {
        meter::unmetered(|| self.sink.unread(table, unread), |()| 0);
    }

    /// Hands rows over.
    fn rows(&mut self, rows: &Rows<'_>) {
        meter::unmetered(|| self.sink.rows(rows), |()| 0);
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
    Looking(Vec<Row<'static>>),
    /// The header was found.
    Reading(Data),
    /// The header has the levels of a tree side by side.
    Side(Box<Levels>),
    /// There is no header: the items stand beside their values.
    Upright(Box<Upright>),
    /// There is no header.
    Lost,
}

impl<'a, 'b> SheetReader<'a, 'b> {
    pub(super) fn new(table: &'a Arc<TableDecl>, source: Arc<Source>, out: &'a mut Out<'b>) -> Self {
        let info =
            SheetInfo { sheet: source.sheet.clone(), table: Some(table.id.clone()), ..SheetInfo::default() };
        Self { table, source, out, state: State::Looking(Vec::new()), info }
    }

    /// Takes the next records of a CSV file, or the last.
    pub(super) fn records(&mut self, batch: Batch<'_>, last: bool) {
        let merges = Merges::default();
        let (mut rows, mut row) = (Rows::new(self.table.columns.len()), Row::default());
        let mut held = match &mut self.state {
            State::Looking(held) => std::mem::take(held),
            _ => Vec::new(),
        };
        let mut plain = 0..0;
        for (at, record) in batch.records().enumerate() {
            plain.end = at;
            if matches!(&self.state, State::Reading(data) if data.is_plain(&record, batch)) {
                continue;
            }
            self.plain(batch, plain, &mut rows);
            plain = at.saturating_add(1)..at;
            row.set(&record);
            if !matches!(self.state, State::Looking(_)) {
                self.row(&mut row, &merges, &mut rows);
            } else if !row.is_empty() {
                held.push(std::mem::take(&mut row));
                if held.len() >= HELD {
                    self.decide(std::mem::take(&mut held), &merges, &mut rows);
                }
            }
        }
        if last && matches!(self.state, State::Looking(_)) {
            self.decide(held, &merges, &mut rows);
        } else if let State::Looking(of_before) = &mut self.state {
            *of_before = held.iter().map(Row::to_owned).collect();
        }
        plain.end = batch.len();
        self.plain(batch, plain, &mut rows);
        self.hand_on(&mut rows);
    }

    /// Takes records that are rows of data without more ado.
    fn plain<'t>(&mut self, batch: Batch<'t>, records: Range<usize>, rows: &mut Rows<'t>) {
        let State::Reading(data) = &self.state else { return };
        let more = u64::try_from(records.len()).unwrap_or(u64::MAX);
        rows.extend(batch.lines(records.clone()), |at, cells| {
            if let Some(source) = data.sources.get(at).copied().flatten() {
                let fields = batch.column(records.clone(), source);
                cells.extend(fields.map(|field| RawCell::Text(Cow::Borrowed(field))));
            }
        });
        self.info.rows = self.info.rows.saturating_add(more);
    }

    fn hand_on(&mut self, rows: &mut Rows<'_>) {
        if !rows.is_empty() {
            self.out.rows(rows);
            rows.clear();
        }
    }

    /// Takes the next row; rows of data are put into `rows`, and handed on from time to time.
    pub(super) fn row<'t>(&mut self, row: &mut Row<'t>, merges: &Merges, rows: &mut Rows<'t>) {
        if row.is_empty() {
            return;
        }
        for column in &row.twice {
            self.reporter().duplicate_cell(row.number, *column);
        }
        match &mut self.state {
            State::Looking(held) => {
                held.push(row.to_owned());
                if held.len() >= HELD {
                    let held = std::mem::take(held);
                    self.decide(held, merges, rows);
                }
            }
            State::Reading(data) => {
                let mut reporter =
                    Reporter { table: self.table, source: &self.source, findings: &mut self.out.findings };
                data.row(row, &mut reporter, &mut self.info, rows);
            }
            State::Side(levels) => side_row(levels, self.table, row, &mut self.info, rows),
            State::Upright(form) => form.take(self.table, row),
            State::Lost => {}
        }
        if rows.len() >= TOGETHER {
            self.hand_on(rows);
        }
    }

    /// Ends the source.
    pub(super) fn finish(mut self, merges: &Merges, rows: &mut Rows<'_>) -> SheetInfo {
        if let State::Looking(held) = &mut self.state {
            let held = std::mem::take(held);
            self.decide(held, merges, rows);
        }
        if let State::Upright(form) = std::mem::replace(&mut self.state, State::Lost) {
            self.upright(*form, rows);
        }
        self.hand_on(rows);
        self.info
    }

    /// The one row of a form.
    fn upright(&mut self, form: Upright, rows: &mut Rows<'_>) {
        self.info.header = Some(form.row);
        self.info.rows = 1;
        self.columns(&form.headers);
        self.out.begin(self.table, Arc::clone(&self.source), form.headers);
        rows.push(form.row);
        form.values.into_iter().for_each(|(at, cell)| rows.fill(at, cell));
    }

    /// Begins a tree whose levels stand side by side.
    fn side(&mut self, mut levels: Levels, held: &[Row<'_>], rows: &mut Rows<'_>) {
        self.info.header = Some(levels.layout.row);
        self.columns(&levels.layout.columns);
        self.out.begin(self.table, Arc::clone(&self.source), levels.layout.columns.clone());
        levels.layout.titles = non_data_rows::titles(held, levels.layout.position);
        let first = levels.layout.position.saturating_add(1);
        for row in held.get(first..).unwrap_or_default() {
            side_row(&mut levels, self.table, row, &mut self.info, rows);
        }
        self.state = State::Side(Box::new(levels));
    }

    fn columns(&mut self, headers: &[Option<(u32, String)>]) {
        let declared = self.table.columns.iter().enumerate();
        let found = declared.zip(headers).filter_map(|(decl, found)| Some((decl, found.as_ref()?)));
        let column = |((at, decl), (place, header)): ((usize, &ColumnDecl), &(u32, String))| {
            let rank = header::rank(self.table, header, at);
            ColumnInfo { place: *place, header: header.clone(), column: decl.id.clone(), rank }
        };
        self.info.columns = found.map(column).collect();
    }

    /// Finds the header among the rows held and reads those after it.
    fn decide<'t>(&mut self, mut held: Vec<Row<'t>>, merges: &Merges, rows: &mut Rows<'t>) {
        self.state = State::Lost;
        if let Some(levels) = Levels::find(self.table, &held) {
            return self.side(levels, &held, rows);
        }
        let layout = header::find(self.table, &held, merges);
        let named = layout.as_ref().map_or(0, |layout| layout.columns.iter().flatten().count());
        if let Some(form) = Upright::of(self.table, &held, named) {
            self.state = State::Upright(Box::new(form));
            return;
        }
        let Some(layout) = layout else {
            self.without_header(&held);
            return;
        };
        self.reporter().header(&layout);
        self.info.header = Some(layout.row);
        self.info.ignored = layout.undeclared.iter().map(|(_, header)| header.clone()).collect();
        self.columns(&layout.columns);
        self.out.begin(self.table, Arc::clone(&self.source), layout.columns.clone());
        self.out.unknown_headers(&layout);
        let first = layout.position.saturating_add(1);
        let titles = non_data_rows::titles(&held, layout.position);
        let mut data = Data::new(Layout { titles, ..layout });
        for row in held.get_mut(first..).unwrap_or_default() {
            let mut reporter =
                Reporter { table: self.table, source: &self.source, findings: &mut self.out.findings };
            data.row(row, &mut reporter, &mut self.info, rows);
        }
        self.state = State::Reading(data);
    }

    /// Rows without a header may hold anything; a lone one is a title, and the table is empty.
    fn without_header(&mut self, held: &[Row<'_>]) {
        self.reporter().no_header(held.first().map(|row| row.number));
        let source = Arc::clone(&self.source);
        if held.len() > 1 {
            self.out.unread(self.table, Unread { source, why: NotKnown::Header });
        } else {
            let nowhere = vec![None; self.table.columns.len()];
            self.out.begin(self.table, source, nowhere);
        }
    }

    fn reporter(&mut self) -> Reporter<'_> {
        Reporter { table: self.table, source: &self.source, findings: &mut self.out.findings }
    }
}

/// Takes a row under a header of levels.
fn side_row(
    levels: &mut Levels,
    table: &TableDecl,
    row: &Row<'_>,
    info: &mut SheetInfo,
    rows: &mut Rows<'_>,
) {
    if let Some(why) = non_data_rows::left_out(table, &levels.layout, row) {
        return skip(info, row.number, why);
    }
    info.rows = info.rows.saturating_add(levels.take(row, rows));
}

/// Reads the rows under a header.
struct Data {
    layout: Layout,
    /// For each source column, from 1, the declared one.
    declared: Vec<Option<usize>>,
    /// For each declared column the source column, from 0.
    sources: Vec<Option<usize>>,
    /// The number of fields a record may have if it is nothing special.
    widths: RangeInclusive<usize>,
}

impl Data {
    fn new(layout: Layout) -> Self {
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
        Self { layout, declared, sources, widths }
    }

    /// Whether a record is a row of data about which there is nothing to say.
    fn is_plain(&self, record: &Record<'_>, batch: Batch<'_>) -> bool {
        let is_odd = || batch.odd() && record.fields().any(reporter::has_odd_character);
        let is_long = || batch.long() && record.is_long();
        let mut filled = record.fields().filter(|field| !normalize::is_blank(field));
        self.widths.contains(&record.width())
            && filled.next().is_some_and(|first| !non_data_rows::may_be_label(first))
            // What stands alone may be a title.
            && filled.next().is_some()
            && !non_data_rows::may_repeat_header(&self.layout, record)
            && !is_odd()
            && !is_long()
    }

    fn row<'t>(
        &mut self,
        row: &mut Row<'t>,
        reporter: &mut Reporter<'_>,
        info: &mut SheetInfo,
        rows: &mut Rows<'t>,
    ) {
        if let Some(why) = non_data_rows::left_out(reporter.table, &self.layout, row) {
            return skip(info, row.number, why);
        }
        let fit = fit(&self.layout, row);
        if fit != Fit::Good {
            reporter.ragged(&self.layout, row.number);
        }
        if fit == Fit::Unreadable {
            return skip(info, row.number, LeftOut::Ragged);
        }
        reporter.odd_characters(&self.layout, row);
        reporter.long_cells(&self.layout, row);
        rows.push(row.number);
        for (column, cell) in row.drain() {
            let declared =
                usize::try_from(column).ok().and_then(|at| self.declared.get(at).copied().flatten());
            if let Some(at) = declared {
                rows.fill(at, cell);
            }
        }
        info.rows = info.rows.saturating_add(1);
    }
}

fn skip(info: &mut SheetInfo, row: u32, why: LeftOut) {
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
