//! Turns the rows of one file or sheet into rows of its table: finds the header, leaves out what is no data,
//! puts cells in declared order.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use super::batch::Batch;
use super::data_rows::{Data, skip};
use super::header::{self, Layout};
use super::info::{ColumnInfo, SheetInfo};
use super::levels::Levels;
use super::merges::Merges;
use super::non_data_rows;
use super::reporter::Reporter;
use super::row::Row;
use super::upright::Upright;
use super::year_column::YearColumn;
use crate::model::finding_collector::FindingCollector;
use crate::model::row::{RawCell, Rows, TableSink};
use crate::resources::meter;
use crate::table::table_schema::{ColumnDecl, ColumnType, TableDecl};
use crate::table::{NotKnown, Source, Unread};

/// Rows among which the header is looked for.
pub(super) const HELD: usize = 10;

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
    /// Days are counted from 1904.
    is_1904: bool,
    /// How a header is told that need not be looked for.
    given: Option<GivenHeader>,
}

/// How a header is told that need not be looked for.
pub(super) struct GivenHeader {
    /// By column, what it is called where its rows come from.
    pub(super) called: Vec<String>,
    /// Columns, from 1, that are there for another reason than to be read.
    pub(super) aside: Vec<u32>,
}

impl GivenHeader {
    /// Calls the column at a place, from 1, by its own name.
    pub(super) fn rename(&self, place: u32, header: &mut String) {
        let at = usize::try_from(place).ok().and_then(|place| place.checked_sub(1));
        if let Some(name) = at.and_then(|at| self.called.get(at)) {
            header.clone_from(name);
        }
    }
}

enum State {
    /// No header yet: the rows so far.
    Looking(Vec<Row<'static>>),
    /// The header was found.
    Reading(Box<Data>),
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
        Self { table, source, out, state: State::Looking(Vec::new()), info, is_1904: false, given: None }
    }

    /// Numbers in columns of days count from 1904, whatever their format.
    pub(super) fn count_days_from_1904(&mut self, is_1904: bool) {
        self.is_1904 = is_1904;
    }

    /// Takes the header, which need not be looked for.
    pub(super) fn header(&mut self, header: Row<'static>, given: GivenHeader) {
        self.given = Some(given);
        self.decide(vec![header], &Merges::default(), &mut Rows::new(self.table.columns.len()));
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
        let form = if self.given.is_some() { None } else { Upright::of(self.table, &held, named) };
        if let Some(form) = form {
            self.state = State::Upright(Box::new(form));
            return;
        }
        let Some(mut layout) = layout else {
            self.without_header(&held);
            return;
        };
        self.columns(&layout.columns);
        if let Some(given) = &self.given {
            layout.rename(given);
            // They were recognised by the names under which they are looked up.
            self.info.columns.iter_mut().for_each(|column| given.rename(column.place, &mut column.header));
        }
        let years = YearColumn::take(self.table, &mut layout);
        self.reporter().header(&layout);
        self.info.header = Some(layout.row);
        self.info.ignored = layout.undeclared.iter().map(|(_, header)| header.clone()).collect();
        self.out.begin(self.table, Arc::clone(&self.source), layout.columns.clone());
        self.out.unknown_headers(&layout);
        let first = layout.position.saturating_add(1);
        let titles = non_data_rows::titles(&held, layout.position);
        let mut data = Data::new(Layout { titles, ..layout });
        data.is_queried = self.given.is_some();
        data.years = years;
        if self.is_1904 {
            let is_day = |column: &ColumnDecl| matches!(column.kind, ColumnType::Date | ColumnType::Month);
            data.from_1904 = self.table.columns.iter().map(is_day).collect();
        }
        for row in held.get_mut(first..).unwrap_or_default() {
            let mut reporter =
                Reporter { table: self.table, source: &self.source, findings: &mut self.out.findings };
            data.row(row, &mut reporter, &mut self.info, rows);
        }
        self.state = State::Reading(Box::new(data));
    }

    /// Rows without a header may hold anything; a lone one is a title, and the table is empty.
    fn without_header(&mut self, held: &[Row<'_>]) {
        self.reporter().no_header(held.first().map(|row| row.number));
        let source = Arc::clone(&self.source);
        if held.len() > 1 || self.given.is_some() {
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
    if let Some(why) = non_data_rows::aside(table, &levels.layout, row) {
        return skip(info, row.number, why);
    }
    info.rows = info.rows.saturating_add(levels.take(row, rows));
}
