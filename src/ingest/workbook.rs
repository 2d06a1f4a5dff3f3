//! Reads the sheets of a workbook as streams of rows.

use std::collections::BTreeSet;
use std::slice;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::book::{self, Cells, Loaded, Package, Placed, Sheet};
use super::budget::Budget;
use super::damage::{Damage, Failure};
use super::error::IngestError;
use super::info::SheetInfo;
use super::input::Input;
use super::limit::{Exceeded, Limit};
use super::merges::Merges;
use super::metered::Metered;
use super::row::Row;
use super::sheet::{HELD, Out, SheetReader};
use crate::model::limits::LARGE;
use crate::model::row::Rows;
use crate::table::Source;
use crate::table::table_schema::TableDecl;

/// A workbook that passed the guard.
pub(super) struct Workbook<'a> {
    input: &'a Input,
    content: Content<'a>,
    sheets: Vec<Sheet>,
    budget: Budget,
    _alone: Option<MutexGuard<'static, ()>>,
}

/// What a workbook holds, by its form.
enum Content<'a> {
    /// Parts that are read as they are needed.
    Package(Box<Package<'a>>),
    /// Sheets that were read whole.
    Loaded(Vec<Loaded>),
}

/// Workbooks that take much memory are read one after the other.
static ALONE: Mutex<()> = Mutex::new(());

/// The first rows of a sheet that have something in them, and its merged areas.
pub(super) struct Head {
    pub(super) rows: Vec<Row<'static>>,
    pub(super) merges: Merges,
}

impl<'a> Workbook<'a> {
    pub(super) fn open(input: &'a Input, metered: &mut Metered) -> Result<Self, IngestError> {
        let mut budget = Budget::default();
        if let Some((sheets, loaded)) = book::loaded(input, &mut budget)? {
            return Ok(Self { input, content: Content::Loaded(loaded), sheets, budget, _alone: None });
        }
        let (mut package, sheets) = Package::open(input, &mut budget)?;
        if budget.memory() > metered.memory() {
            return Err(input.too_large(None, None, Exceeded::memory(metered.memory())));
        }
        let large = budget.memory() > LARGE;
        let alone = large.then(|| metered.pause(|| ALONE.lock().unwrap_or_else(PoisonError::into_inner)));
        package.fill()?;
        Ok(Self { input, content: Content::Package(Box::new(package)), sheets, budget, _alone: alone })
    }

    /// Its worksheets in order, hidden ones too.
    pub(super) fn sheets(&self) -> Vec<Sheet> {
        self.sheets.clone()
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
        reader.count_days_from_1904(self.is_1904());
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
        let mut found = BTreeSet::new();
        let Content::Package(package) = &mut self.content else { return Ok(found) };
        let mut cells = package.cells(sheet, &mut self.budget)?;
        while let Some(cell) =
            cells.next().map_err(|failure| book::failed(self.input, sheet, None, failure))?
        {
            let exceeded = |limit| self.input.too_large(Some(&sheet.name), None, limit);
            self.budget.cells(1).map_err(exceeded)?;
            if cell.is_formula {
                found.insert((cell.row, cell.column));
            }
        }
        Ok(found)
    }

    /// Whether its days are counted from 1904.
    fn is_1904(&self) -> bool {
        matches!(&self.content, Content::Package(package) if package.is_1904())
    }

    fn merges(&mut self, sheet: &Sheet) -> Result<Merges, IngestError> {
        Ok(Merges::new(match &mut self.content {
            Content::Package(package) => package.merges(sheet, &mut self.budget)?,
            Content::Loaded(sheets) => {
                sheets.get(sheet.number).map(|sheet| sheet.merges.clone()).unwrap_or_default()
            }
        }))
    }

    fn rows<'b>(&'b mut self, sheet: &'b Sheet) -> Result<Reading<'b>, IngestError> {
        let source = match &mut self.content {
            Content::Package(package) => Origin::Cells(Box::new(package.cells(sheet, &mut self.budget)?)),
            Content::Loaded(sheets) => {
                let rows = sheets.get(sheet.number).map_or(&[][..], |sheet| sheet.rows.as_slice());
                Origin::Rows(rows.iter())
            }
        };
        let (input, budget) = (self.input, &mut self.budget);
        Ok(Reading { input, sheet, source, budget, ahead: None, last: 0, ended: false })
    }
}

/// Where the rows of a sheet come from.
enum Origin<'b> {
    Cells(Box<Cells<'b>>),
    Rows(slice::Iter<'b, Row<'static>>),
}

/// The rows of a sheet, streamed.
struct Reading<'b> {
    input: &'b Input,
    sheet: &'b Sheet,
    source: Origin<'b>,
    budget: &'b mut Budget,
    /// The first cell of the next row.
    ahead: Option<Placed<'b>>,
    /// Row of the cell read last.
    last: u32,
    /// The end was reached; asking the reader again would be an error.
    ended: bool,
}

impl<'b> Reading<'b> {
    /// Moves to the next row that has cells; false at the end.
    fn next(&mut self, row: &mut Row<'b>) -> Result<bool, IngestError> {
        if let Origin::Rows(rows) = &mut self.source {
            let Some(next) = rows.next() else { return Ok(false) };
            *row = next.clone();
            self.last = row.number;
            self.charge(|budget| budget.row().and_then(|()| budget.cells(next.cells().len())))?;
            return Ok(true);
        }
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
        let Origin::Cells(cells) = &mut self.source else { return Ok(None) };
        let next = cells.next();
        let next = next.map_err(|failure| book::failed(self.input, self.sheet, self.place(), failure))?;
        let Some(cell) = next else {
            self.ended = true;
            return Ok(None);
        };
        if cell.row < self.last {
            return Err(self.damaged(Damage::Order));
        }
        self.last = cell.row;
        self.charge(|budget| budget.cells(1))?;
        Ok(Some(cell))
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
        book::failed(self.input, self.sheet, self.place(), Failure::Damaged(damage, String::new()))
    }
}
