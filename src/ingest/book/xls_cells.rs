//! The cells of a sheet of a workbook of the form before 2007.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::biff::{Pieces, Records};
use super::compound::half;
use super::number_format::NumberFormat;
use super::records::{double, fault, short_number};
use super::tally::Tally;
use super::xls::Shared;
use super::{Loaded, Sheet};
use crate::ingest::budget::Budget;
use crate::ingest::error::IngestError;
use crate::ingest::input::Input;
use crate::ingest::limit::Limit;
use crate::ingest::merges::Area;
use crate::ingest::row::Row;
use crate::model::row::RawCell;

/// Kinds of records: short numbers side by side, a text that a formula made, merged areas, formulas that were not calculated.
const SHORTS: u16 = 0x00bd;
const MADE: u16 = 0x0207;
const MERGED: u16 = 0x00e5;
const UNCALCULATED: u16 = 0x005e;

/// Kinds of cells, as the later versions number them: a whole number, a number, a text, a truth value or an error, a formula,
/// a short number, a text with formats, a shared text.
const WHOLE: u16 = 0x0202;
const NUMBER: u16 = 0x0203;
const TEXT: u16 = 0x0204;
const LOGICAL: u16 = 0x0205;
const FORMULA: u16 = 0x0006;
const SHORT: u16 = 0x027e;
const RICH: u16 = 0x00d6;
const SHARED: u16 = 0x00fd;

/// Columns a sheet may have.
const MAX_COLUMNS: u32 = 16_384;

/// Reads the records of a sheet.
struct SheetReader<'r> {
    shared: &'r Shared,
    tally: Tally<'r>,
    rows: BTreeMap<u16, Row<'static>>,
    merges: Vec<Area>,
    /// The cell of a formula whose text comes in a record of its own.
    made: Option<Head<'r>>,
    /// Whether formulas were not calculated when it was saved.
    is_stale: bool,
}

/// Where a cell stands, from 0, and how it shows what is in it.
#[derive(Clone, Copy)]
struct Head<'r> {
    row: u16,
    column: u16,
    format: &'r NumberFormat,
}

/// The rows and merged areas of a sheet.
pub(super) fn read(
    input: &Input,
    sheet: &Sheet,
    mut records: Records<'_>,
    shared: &Shared,
    budget: &mut Budget,
) -> Result<Loaded, IngestError> {
    let (tally, rows) = (Tally::of(input, sheet, budget), BTreeMap::new());
    let mut reader = SheetReader { shared, tally, rows, merges: Vec::new(), made: None, is_stale: false };
    loop {
        let next = records.next().map_err(|failure| reader.tally.failed(reader.last(), failure))?;
        let Some((kind, data)) = next else { break };
        let kind = shared.kind(kind);
        match kind {
            SHORTS => reader.shorts(data)?,
            MERGED => reader.merged(data)?,
            UNCALCULATED => reader.is_stale = true,
            MADE => reader.made(records.pieces(data, 0))?,
            WHOLE | NUMBER | TEXT | LOGICAL | FORMULA | SHORT | RICH | SHARED => {
                let Some(head) = reader.head(data) else { continue };
                let pieces = records.pieces(data, shared.head());
                let cell = reader.cell(kind, head, data.get(shared.head()..).unwrap_or_default(), pieces);
                reader.push(head, cell)?;
            }
            _ => {}
        }
    }
    reader.tally.charge(reader.last())?;
    let rows = reader.rows.into_values().filter(|row| !row.is_empty());
    let settled = rows.map(|mut row| {
        row.settle();
        row
    });
    Ok(Loaded { rows: settled.collect(), merges: reader.merges })
}

impl Shared {
    /// Bytes before the value of a cell.
    fn head(&self) -> usize {
        if self.texts.version == 2 { 7 } else { 6 }
    }

    /// A kind of record as the later versions number it.
    fn kind(&self, kind: u16) -> u16 {
        match (kind, self.texts.version) {
            (0x0002..=0x0005 | 0x0007, 2) => kind | 0x0200,
            (0x0206 | 0x0406, 3..) => FORMULA,
            // Whole numbers are of the oldest version alone.
            (WHOLE, _) => 0,
            (kind, _) => kind,
        }
    }
}

impl<'r> SheetReader<'r> {
    /// The last row that was come to, from 1; none is 0.
    fn last(&self) -> u32 {
        self.rows.last_key_value().map_or(0, |(row, _)| u32::from(*row).saturating_add(1))
    }

    fn head(&self, data: &[u8]) -> Option<Head<'r>> {
        let style = if self.shared.texts.version == 2 {
            data.get(5).map(|format| u16::from(format & 0x3f))
        } else {
            half(data, 4)
        };
        let format = self.shared.of_cell(style?);
        Some(Head { row: half(data, 0)?, column: half(data, 2)?, format })
    }

    /// What stands in a cell.
    fn cell(&mut self, kind: u16, head: Head<'r>, data: &[u8], pieces: Pieces<'_>) -> RawCell<'static> {
        match kind {
            WHOLE => self.number(head, half(data, 0).map(f64::from)),
            NUMBER => self.number(head, double(data, 0)),
            SHORT => self.number(head, short(data, 0)),
            LOGICAL => logical(data.first(), data.get(1)),
            FORMULA => self.formula(head, data),
            SHARED => {
                let text = half(data, 0).and_then(|at| self.shared.strings.get(usize::from(at)));
                let text = if data.get(2..4) == Some(&[0, 0]) { text } else { self.long(data) };
                text.map_or_else(damaged, |text| shown(head, text.clone()))
            }
            _ => {
                let text = self.shared.texts.read(pieces, self.shared.texts.version > 2);
                text.map_or_else(damaged, |text| shown(head, text))
            }
        }
    }

    /// A shared text with a number of four bytes.
    fn long(&self, data: &[u8]) -> Option<&'r String> {
        let at = super::compound::word(data, 0).and_then(|at| usize::try_from(at).ok())?;
        self.shared.strings.get(at)
    }

    fn number(&self, head: Head<'_>, number: Option<f64>) -> RawCell<'static> {
        match number {
            Some(number) if number.is_finite() => head.format.number(number, self.shared.is_1904),
            _ => damaged(),
        }
    }

    /// What a formula made: a number, or what the first byte says.
    fn formula(&mut self, head: Head<'r>, data: &[u8]) -> RawCell<'static> {
        if data.get(6..8) != Some(&[0xff, 0xff]) {
            let number = double(data, 0);
            let is_stale = self.is_stale && number == Some(0.0);
            return if is_stale { RawCell::Uncalculated } else { self.number(head, number) };
        }
        match data.first() {
            Some(0) => {
                self.made = Some(head);
                RawCell::Empty
            }
            Some(1) => logical(data.get(2), Some(&0)),
            Some(2) => logical(data.get(2), Some(&1)),
            Some(3) => RawCell::Empty,
            _ => damaged(),
        }
    }

    /// The text that the formula read last made.
    fn made(&mut self, pieces: Pieces<'_>) -> Result<(), IngestError> {
        let Some(head) = self.made.take() else { return Ok(()) };
        let text = self.shared.texts.read(pieces, self.shared.texts.version > 2);
        self.push(head, text.map_or_else(damaged, |text| shown(head, text)))
    }

    /// Short numbers side by side: the style of each, then the number.
    fn shorts(&mut self, data: &[u8]) -> Result<(), IngestError> {
        let (Some(row), Some(first)) = (half(data, 0), half(data, 2)) else { return Ok(()) };
        let count = data.len().saturating_sub(6).div_euclid(6);
        for (at, column) in (0..count).zip(first..) {
            let from = at.saturating_mul(6).saturating_add(4);
            let format = self.shared.of_cell(half(data, from).unwrap_or(0));
            let head = Head { row, column, format };
            let cell = self.number(head, short(data, from.saturating_add(2)));
            self.push(head, cell)?;
        }
        Ok(())
    }

    fn merged(&mut self, data: &[u8]) -> Result<(), IngestError> {
        for at in (2..data.len()).step_by(8) {
            let one =
                |more: usize| half(data, at.saturating_add(more)).map(|at| u32::from(at).saturating_add(1));
            let (Some(top), Some(bottom), Some(left), Some(right)) = (one(0), one(2), one(4), one(6)) else {
                break;
            };
            if top <= bottom && left <= right {
                self.merges.push(Area { top, bottom, left, right });
                self.tally.count(Limit::Merges, 0, top)?;
            }
        }
        Ok(())
    }

    fn push(&mut self, head: Head<'r>, cell: RawCell<'static>) -> Result<(), IngestError> {
        let one = |at: u16| u32::from(at).saturating_add(1);
        let (number, column) = (one(head.row), one(head.column));
        if column > MAX_COLUMNS {
            return Err(self.tally.outside(number));
        }
        let bytes = if let RawCell::Text(text) = &cell { text.len() } else { 0 };
        let is_new = !self.rows.contains_key(&head.row);
        let row = self.rows.entry(head.row).or_default();
        if is_new {
            row.begin(number, None);
            self.tally.count(Limit::Rows, 0, number)?;
        }
        row.push(column, cell);
        self.tally.count(Limit::Cells, bytes, number)
    }
}

fn damaged() -> RawCell<'static> {
    RawCell::Damaged(Cow::Borrowed("?"))
}

fn shown(head: Head<'_>, text: String) -> RawCell<'static> {
    RawCell::Text(Cow::Owned(head.format.text(Cow::Owned(text)).into_owned()))
}

fn short(data: &[u8], at: usize) -> Option<f64> {
    super::compound::word(data, at).map(short_number)
}

/// A truth value, or an error where the second byte says so.
fn logical(value: Option<&u8>, is_error: Option<&u8>) -> RawCell<'static> {
    match (value, is_error) {
        (Some(value), Some(0)) => RawCell::Logical(*value != 0),
        (value @ Some(_), Some(_)) => RawCell::Fault(Cow::Borrowed(fault(value))),
        _ => damaged(),
    }
}
