//! Reads the sheets of an XLSX workbook as streams of rows.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use calamine::{Reader, SheetType, SheetVisible, Xlsx, XlsxCellReader, XlsxError};

use super::cells::Formats;
use super::error::{IngestError, Limit};
use super::guard;
use super::info::SheetInfo;
use super::input::{Input, Stream};
use super::merges::Merges;
use super::row::Row;
use super::sheet::{Out, SheetReader};
use crate::model::declare::TableDecl;
use crate::model::row::{RawCell, Rows};
use crate::model::table::Source;

/// Rows and columns a sheet may have.
const MAX_ROWS: u32 = 1_048_576;
const MAX_COLUMNS: u32 = 16_384;

/// Cells read from one workbook: filled, with a format only, or filled from a merged area.
const CELL_BUDGET: usize = 50_000_000;

/// A workbook that passed the guard.
pub(super) struct Workbook<'a> {
    file: &'a str,
    book: Xlsx<Box<dyn Stream + 'a>>,
    has_merges: bool,
    budget: usize,
}

/// A worksheet's name and whether it is hidden.
#[derive(Clone, Debug)]
pub(super) struct Sheet {
    pub(super) name: String,
    pub(super) hidden: bool,
}

impl<'a> Workbook<'a> {
    pub(super) fn open(input: &'a Input) -> Result<Self, IngestError> {
        let has_merges = guard::check(input)?;
        let stream = input.stream()?;
        let book = caught(|| Xlsx::new(stream)).map_err(|cause| IngestError::Damaged {
            file: input.name.clone(),
            sheet: None,
            row: None,
            cause,
        })?;
        Ok(Self { file: &input.name, book, has_merges, budget: CELL_BUDGET })
    }

    /// Its worksheets in order, hidden ones too.
    pub(super) fn sheets(&self) -> Vec<Sheet> {
        let sheets = self.book.sheets_metadata().iter();
        sheets
            .filter(|sheet| sheet.typ == SheetType::WorkSheet)
            .map(|sheet| Sheet { name: sheet.name.clone(), hidden: sheet.visible != SheetVisible::Visible })
            .collect()
    }

    /// Whether a sheet has any filled cell.
    pub(super) fn is_filled(&mut self, sheet: &Sheet) -> Result<bool, IngestError> {
        let mut row = Row::default();
        let mut rows = self.rows(&sheet.name)?;
        while rows.next(&mut row)? {
            if !row.is_empty() {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Reads a sheet as a table.
    pub(super) fn read(
        &mut self,
        sheet: &Sheet,
        table: &Arc<TableDecl>,
        out: &mut Out<'_>,
    ) -> Result<SheetInfo, IngestError> {
        let source = Arc::new(Source { file: self.file.to_owned(), sheet: Some(sheet.name.clone()) });
        let mut merges = self.merges(&sheet.name)?;
        let mut reader = SheetReader::new(table, source, out);
        let mut reading = self.rows(&sheet.name)?;
        let (mut row, mut rows) = (Row::default(), Rows::new(table.columns.len()));
        while reading.next(&mut row)? {
            if !row.is_empty() {
                reading.spend(merges.fill(&mut row))?;
            }
            reader.row(&mut row, &merges, &mut rows);
        }
        Ok(SheetInfo { hidden: sheet.hidden, ..reader.finish(&merges, &mut rows) })
    }

    fn merges(&mut self, sheet: &str) -> Result<Merges, IngestError> {
        if !self.has_merges {
            return Ok(Merges::default());
        }
        let areas = caught(|| self.book.merge_cells_by_sheet_name(sheet));
        let areas = areas.map_err(|cause| damaged(self.file, sheet, None, cause))?;
        Ok(Merges::new(&areas))
    }

    fn rows<'b>(&'b mut self, sheet: &'b str) -> Result<Reading<'b, 'a>, IngestError> {
        let is_1904 = self.book.has_1904_epoch();
        let cells = caught(|| self.book.worksheet_cells_reader(sheet));
        let cells = cells.map_err(|cause| damaged(self.file, sheet, None, cause))?;
        let formats = Formats::new(cells.styles(), is_1904);
        let budget = &mut self.budget;
        Ok(Reading { file: self.file, sheet, cells, formats, budget, ahead: None, last: 0, ended: false })
    }
}

/// The rows of a sheet, streamed.
struct Reading<'b, 'a> {
    file: &'b str,
    sheet: &'b str,
    cells: XlsxCellReader<'b, Box<dyn Stream + 'a>>,
    formats: Formats,
    budget: &'b mut usize,
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
        let next = caught(|| self.cells.next_cell_with_style_id()).map_err(|cause| self.damaged(cause))?;
        let Some((cell, style)) = next else {
            self.ended = true;
            return Ok(None);
        };
        let (row, column) = cell.get_position();
        if row >= MAX_ROWS || column >= MAX_COLUMNS {
            return Err(self.damaged("a cell outside the sheet / 单元格位置超出工作表".to_owned()));
        }
        let raw = self.formats.raw(cell.get_value(), style);
        let row = row.saturating_add(1);
        if row < self.last {
            return Err(self.damaged("rows out of order / 行的顺序混乱".to_owned()));
        }
        self.last = row;
        self.spend(1)?;
        Ok(Some(Placed { row, column: column.saturating_add(1), cell: raw }))
    }

    /// Takes cells off the budget.
    fn spend(&mut self, cells: usize) -> Result<(), IngestError> {
        let (file, row) = (self.file.to_owned(), Some(self.last));
        *self.budget =
            self.budget.checked_sub(cells).ok_or(IngestError::TooLarge { file, row, limit: Limit::Cells })?;
        Ok(())
    }

    fn damaged(&self, cause: String) -> IngestError {
        damaged(self.file, self.sheet, Some(self.last), cause)
    }
}

fn damaged(file: &str, sheet: &str, row: Option<u32>, cause: String) -> IngestError {
    let row = row.filter(|row| *row > 0);
    IngestError::Damaged { file: file.to_owned(), sheet: Some(sheet.to_owned()), row, cause }
}

/// Runs a step of the workbook reader. It computes positions unchecked: a hostile one panics where overflow is
/// checked, and must not take the other organizations down.
fn caught<T>(step: impl FnOnce() -> Result<T, XlsxError>) -> Result<T, String> {
    match catch_unwind(AssertUnwindSafe(step)) {
        Ok(result) => result.map_err(|error| error.to_string()),
        Err(_) => Err("a position out of range / 位置超出范围".to_owned()),
    }
}
