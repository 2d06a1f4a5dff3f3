//! Reads the sheets of an XLSX workbook as streams of rows.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use calamine::{Reader, SheetType, SheetVisible, Xlsx, XlsxCellReader, XlsxError};

use super::budget::Budget;
use super::cells::Formats;
use super::damage::{Damage, Failure, Suspicion};
use super::error::IngestError;
use super::guard::{self, Parts};
use super::info::SheetInfo;
use super::input::{Input, Stream};
use super::limit::{Exceeded, Limit};
use super::merges::Merges;
use super::metered::Metered;
use super::row::Row;
use super::sheet::{HELD, Out, SheetReader};
use crate::model::limits::LARGE;
use crate::model::row::{RawCell, Rows};
use crate::resources::unwind;
use crate::table::Source;
use crate::table::table_schema::TableDecl;

/// Rows and columns a sheet may have.
const MAX_ROWS: u32 = 1_048_576;
const MAX_COLUMNS: u32 = 16_384;

/// A workbook that passed the guard.
pub(super) struct Workbook<'a> {
    input: &'a Input,
    book: Xlsx<Box<dyn Stream + 'a>>,
    budget: Budget,
    opened: Opened,
    /// The same for all sheets.
    formats: Option<Arc<Formats>>,
    _alone: Option<MutexGuard<'static, ()>>,
}

/// Workbooks that take much memory are read one after the other.
static ALONE: Mutex<()> = Mutex::new(());

/// A worksheet's name and whether it is hidden.
#[derive(Clone, Debug)]
pub(super) struct Sheet {
    pub(super) name: String,
    pub(super) hidden: bool,
    /// Its place among the sheets.
    number: usize,
}

/// The first rows of a sheet that have something in them, and its merged areas.
pub(super) struct Head {
    pub(super) rows: Vec<Row<'static>>,
    pub(super) merges: Merges,
}

impl<'a> Workbook<'a> {
    pub(super) fn open(input: &'a Input, metered: &mut Metered) -> Result<Self, IngestError> {
        let mut budget = Budget::default();
        let parts = guard::check(input, &mut budget)?;
        if budget.memory() > metered.memory() {
            return Err(input.too_large(None, None, Exceeded::memory(metered.memory())));
        }
        let large = budget.memory() > LARGE;
        let alone = large.then(|| metered.pause(|| ALONE.lock().unwrap_or_else(PoisonError::into_inner)));
        let stream = input.stream();
        let book = caught(|| Xlsx::new(stream)).map_err(|failure| guard::damaged(input, failure))?;
        let opened = Opened { parts, by: HashMap::new() };
        Ok(Self { input, book, budget, opened, formats: None, _alone: alone })
    }

    /// Its worksheets in order, hidden ones too.
    pub(super) fn sheets(&self) -> Vec<Sheet> {
        let sheets = self.book.sheets_metadata().iter().enumerate();
        sheets
            .filter(|(_, sheet)| sheet.typ == SheetType::WorkSheet)
            .map(|(number, sheet)| Sheet {
                name: sheet.name.clone(),
                hidden: sheet.visible != SheetVisible::Visible,
                number,
            })
            .collect()
    }

    /// The rows of a sheet among which its header is looked for.
    pub(super) fn head(&mut self, sheet: &Sheet) -> Result<Head, IngestError> {
        let mut head = Head { rows: Vec::new(), merges: self.merges(sheet)? };
        let mut row = Row::default();
        let mut rows = self.rows(sheet)?;
        while head.rows.len() < HELD && rows.next(&mut row)? {
            if !row.is_empty() {
                head.rows.push(row.to_owned());
            }
        }
        Ok(head)
    }

    /// Reads a sheet as a table.
    pub(super) fn read(
        &mut self,
        sheet: &Sheet,
        table: &Arc<TableDecl>,
        out: &mut Out<'_>,
    ) -> Result<SheetInfo, IngestError> {
        let source = Arc::new(Source { file: self.input.name.clone(), sheet: Some(sheet.name.clone()) });
        let mut merges = self.merges(sheet)?;
        let mut reader = SheetReader::new(table, source, out);
        let mut reading = self.rows(sheet)?;
        let (mut row, mut rows) = (Row::default(), Rows::new(table.columns.len()));
        while reading.next(&mut row)? {
            if !row.is_empty() {
                let filled = merges.fill(&mut row);
                reading.charge(|budget| budget.cells(filled))?;
            }
            reader.row(&mut row, &merges, &mut rows);
        }
        Ok(SheetInfo { hidden: sheet.hidden, ..reader.finish(&merges, &mut rows) })
    }

    /// The cells of a sheet that hold formulas, by 1-based row and column.
    pub(super) fn formulas(&mut self, sheet: &Sheet) -> Result<BTreeSet<(u32, u32)>, IngestError> {
        let cells = caught(|| self.book.worksheet_cells_reader(&sheet.name));
        let mut cells = cells.map_err(|failure| failed(self.input, sheet, None, failure))?;
        self.opened.note(self.input, sheet, &mut self.budget)?;
        let mut found = BTreeSet::new();
        while let Some(cell) =
            caught(|| cells.next_formula()).map_err(|failure| failed(self.input, sheet, None, failure))?
        {
            let exceeded = |limit| self.input.too_large(Some(&sheet.name), None, limit);
            self.budget.cells(1).map_err(exceeded)?;
            if !cell.get_value().is_empty() {
                let (row, column) = cell.get_position();
                found.insert((row.saturating_add(1), column.saturating_add(1)));
            }
        }
        Ok(found)
    }

    fn merges(&mut self, sheet: &Sheet) -> Result<Merges, IngestError> {
        if self.budget.held().of(Limit::Merges) == 0 {
            return Ok(Merges::default());
        }
        let areas = caught(|| self.book.merge_cells_by_sheet_name(&sheet.name));
        let areas = areas.map_err(|failure| failed(self.input, sheet, None, failure))?;
        self.opened.note(self.input, sheet, &mut self.budget)?;
        Ok(Merges::new(&areas))
    }

    fn rows<'b>(&'b mut self, sheet: &'b Sheet) -> Result<Reading<'b, 'a>, IngestError> {
        let is_1904 = self.book.has_1904_epoch();
        let cells = caught(|| self.book.worksheet_cells_reader(&sheet.name));
        let cells = cells.map_err(|failure| failed(self.input, sheet, None, failure))?;
        self.opened.note(self.input, sheet, &mut self.budget)?;
        let formats = self.formats.get_or_insert_with(|| Arc::new(Formats::new(cells.styles(), is_1904)));
        let formats = Arc::clone(formats);
        let (input, budget) = (self.input, &mut self.budget);
        Ok(Reading { input, sheet, cells, formats, budget, ahead: None, last: 0, ended: false })
    }
}

/// The parts that were opened for sheets.
struct Opened {
    parts: Parts,
    /// By where a part begins, the number of its sheet.
    by: HashMap<u64, usize>,
}

impl Opened {
    /// Notes the part that was just opened for a sheet, and charges for a pass over it. The library does not tell which
    /// part a sheet is: the place where the stream was last set to does.
    fn note(&mut self, input: &Input, sheet: &Sheet, budget: &mut Budget) -> Result<(), IngestError> {
        let file = input.name.clone();
        let start = input.sought.get();
        let Some(part) = self.parts.get(&start) else {
            let failure = Failure::Damaged(Damage::Missing, String::new());
            return Err(failed(input, sheet, None, failure));
        };
        if part.is_run {
            return Err(IngestError::Suspicious { file, part: part.name.clone(), reason: Suspicion::Run });
        }
        if *self.by.entry(start).or_insert(sheet.number) != sheet.number {
            return Err(IngestError::Suspicious { file, part: part.name.clone(), reason: Suspicion::Shared });
        }
        let charged = budget.unpack(part.bytes);
        charged.map_err(|limit| input.too_large(Some(&sheet.name), None, limit))
    }
}

/// The rows of a sheet, streamed.
struct Reading<'b, 'a> {
    input: &'a Input,
    sheet: &'b Sheet,
    cells: XlsxCellReader<'b, Box<dyn Stream + 'a>>,
    formats: Arc<Formats>,
    budget: &'b mut Budget,
    /// The first cell of the next row.
    ahead: Option<Placed<'b>>,
    /// Row of the cell read last.
    last: u32,
    /// The end was reached; asking the reader again would be an error.
    ended: bool,
}

/// A cell and where it stands, 1-based.
struct Placed<'b> {
    row: u32,
    column: u32,
    cell: RawCell<'b>,
}

impl<'b> Reading<'b, '_> {
    /// Moves to the next row that has cells; false at the end.
    fn next(&mut self, row: &mut Row<'b>) -> Result<bool, IngestError> {
        let Some(first) = self.take_ahead()? else { return Ok(false) };
        self.charge(Budget::row)?;
        row.begin(first.row, None);
        row.push(first.column, first.cell);
        while let Some(next) = self.cell()? {
            if next.row != row.number {
                self.ahead = Some(next);
                break;
            }
            row.push(next.column, next.cell);
        }
        row.settle();
        Ok(true)
    }

    fn take_ahead(&mut self) -> Result<Option<Placed<'b>>, IngestError> {
        match self.ahead.take() {
            Some(cell) => Ok(Some(cell)),
            None if self.ended => Ok(None),
            None => self.cell(),
        }
    }

    fn cell(&mut self) -> Result<Option<Placed<'b>>, IngestError> {
        let next = caught(|| self.cells.next_cell_with_style_id());
        let next = next.map_err(|failure| failed(self.input, self.sheet, self.place(), failure))?;
        let Some((cell, style)) = next else {
            self.ended = true;
            return Ok(None);
        };
        let (row, column) = cell.get_position();
        if row >= MAX_ROWS || column >= MAX_COLUMNS {
            return Err(self.damaged(Damage::Position));
        }
        let raw = self.formats.raw(cell.get_value(), style);
        let row = row.saturating_add(1);
        if row < self.last {
            return Err(self.damaged(Damage::Order));
        }
        self.last = row;
        self.charge(|budget| budget.cells(1))?;
        Ok(Some(Placed { row, column: column.saturating_add(1), cell: raw }))
    }

    /// Charges the budget.
    fn charge(&mut self, charge: impl FnOnce(&mut Budget) -> Result<(), Limit>) -> Result<(), IngestError> {
        charge(self.budget).map_err(|limit| self.input.too_large(Some(&self.sheet.name), self.place(), limit))
    }

    /// The row reached.
    fn place(&self) -> Option<u32> {
        Some(self.last).filter(|row| *row > 0)
    }

    fn damaged(&self, damage: Damage) -> IngestError {
        failed(self.input, self.sheet, self.place(), Failure::Damaged(damage, String::new()))
    }
}

/// What a library says of a sheet, unless it is we who stopped it.
fn failed(input: &Input, sheet: &Sheet, row: Option<u32>, failure: Failure) -> IngestError {
    input.failed(|| failure.of(&input.name, Some(&sheet.name), row))
}

/// Runs a step of the workbook reader. It computes positions unchecked: a hostile one panics where overflow is
/// checked, and must not take the other organizations down.
fn caught<T>(step: impl FnOnce() -> Result<T, XlsxError>) -> Result<T, Failure> {
    match unwind::caught(step) {
        Ok(result) => result.map_err(Failure::from),
        Err(_) => Err(Failure::Damaged(Damage::Inside, String::new())),
    }
}
