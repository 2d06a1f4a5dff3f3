//! Workbooks of the form before 2007. A library reads the cells; the formats of their numbers it keeps for itself, and
//! these are looked up in the records of the sheets.

use std::collections::HashMap;
use std::io::Cursor;

use calamine::{Data, Reader, SheetType, SheetVisible, Xls, XlsError};

use super::compound::{Compound, half, word};
use super::number_format::{EPOCH_1904, NumberFormat};
use super::{Loaded, Sheet};
use crate::ingest::damage::{Damage, Failure};
use crate::ingest::merges::Area;
use crate::ingest::row::Row;
use crate::model::row::RawCell;
use crate::resources::unwind;

/// The sheets of a workbook, and whether its days are counted from 1904.
pub(super) fn sheets(bytes: &[u8]) -> Result<(Vec<Sheet>, Vec<Loaded>), Failure> {
    let inside = || Failure::Damaged(Damage::Inside, String::new());
    unwind::caught(|| read(bytes)).map_err(|_| inside())?
}

fn read(bytes: &[u8]) -> Result<(Vec<Sheet>, Vec<Loaded>), Failure> {
    // The library makes room for every cell between the first and the last.
    if is_far_flung(bytes) {
        return Err(Failure::Damaged(Damage::Far, String::new()));
    }
    let mut book = Xls::new(Cursor::new(bytes)).map_err(|error| failure(&error))?;
    let formats = Formats::of(bytes);
    let is_1904 = book.has_1904_epoch();
    let (mut sheets, mut loaded) = (Vec::new(), Vec::new());
    for (at, listed) in book.sheets_metadata().to_vec().into_iter().enumerate() {
        if listed.typ != SheetType::WorkSheet {
            continue;
        }
        let range = book.worksheet_range(&listed.name).map_err(|error| failure(&error))?;
        let (top, left) = range.start().unwrap_or_default();
        let mut rows = Vec::new();
        for (row, cells) in range.rows().zip(top..).map(|(cells, row)| (row, cells)) {
            let mut read = Row::default();
            read.begin(row.saturating_add(1), None);
            for (cell, column) in cells.iter().zip(left..) {
                read.push(column.saturating_add(1), raw(cell, formats.of_cell(at, row, column), is_1904));
            }
            if !read.is_empty() {
                rows.push(read);
            }
        }
        let areas = book.merge_cells_by_sheet_name(&listed.name).unwrap_or_default();
        let one = |at: u32| at.saturating_add(1);
        let area = |area: &calamine::Dimensions| Area {
            top: one(area.start.0),
            bottom: one(area.end.0),
            left: one(area.start.1),
            right: one(area.end.1),
        };
        let hidden = listed.visible != SheetVisible::Visible;
        sheets.push(Sheet { name: listed.name, hidden, number: loaded.len() });
        loaded.push(Loaded { rows, merges: areas.iter().map(area).collect() });
    }
    Ok((sheets, loaded))
}

fn failure(error: &XlsError) -> Failure {
    match error {
        XlsError::Password => Failure::Password,
        other => Failure::Damaged(Damage::Content, other.to_string()),
    }
}

fn raw(cell: &Data, format: Option<&NumberFormat>, is_1904: bool) -> RawCell<'static> {
    let number = |number: f64| match format {
        Some(format) => format.number(number, is_1904),
        None => RawCell::Number(number),
    };
    match cell {
        Data::Empty => RawCell::Empty,
        Data::Int(whole) => number(whole.to_string().parse().unwrap_or_default()),
        Data::Float(float) => number(*float),
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => {
            RawCell::Text(text.clone().into())
        }
        Data::Bool(yes) => RawCell::Logical(*yes),
        Data::DateTime(date) if date.is_duration() => RawCell::Number(date.as_f64()),
        Data::DateTime(date) => {
            RawCell::Serial(if is_1904 { date.as_f64() + EPOCH_1904 } else { date.as_f64() })
        }
        Data::Error(fault) => RawCell::Fault(fault.to_string().into()),
    }
}

/// Cells, empty ones too, for which a sheet may take room whatever it holds, and for each one that is filled.
const ROOM: u64 = 2_000_000;
const ROOM_OF_A_CELL: u64 = 64;

/// Whether a sheet has few cells that lie far from each other.
fn is_far_flung(bytes: &[u8]) -> bool {
    let Some(stream) = globals(bytes) else { return false };
    let starts = records(&stream, 0).filter(|(kind, _)| *kind == SHEET).filter_map(|(_, data)| word(data, 0));
    starts.collect::<Vec<_>>().into_iter().any(|start| Extent::of(&stream, start).is_far_flung())
}

/// The stream of the workbook.
fn globals(bytes: &[u8]) -> Option<Vec<u8>> {
    let file = Compound::of(bytes)?;
    file.stream("Workbook").or_else(|| file.stream("Book"))
}

/// What the filled cells of a sheet span.
#[derive(Default)]
struct Extent {
    /// First and last row and column.
    rows: Option<(u16, u16)>,
    columns: Option<(u16, u16)>,
    cells: u64,
}

impl Extent {
    fn of(stream: &[u8], start: u32) -> Self {
        let mut extent = Self::default();
        for (kind, data) in records(stream, usize::try_from(start).unwrap_or(usize::MAX)) {
            let (Some(row), Some(first)) = (half(data, 0), half(data, 2)) else { continue };
            if FILLED.contains(&kind) {
                extent.add(row, (first, first));
            } else if kind == NUMBERS {
                let last = half(data, data.len().saturating_sub(2)).unwrap_or(first);
                extent.add(row, (first, last.max(first)));
            }
        }
        extent
    }

    fn add(&mut self, row: u16, (first, last): (u16, u16)) {
        let (top, bottom) = self.rows.unwrap_or((row, row));
        let (left, right) = self.columns.unwrap_or((first, last));
        self.rows = Some((top.min(row), bottom.max(row)));
        self.columns = Some((left.min(first), right.max(last)));
        self.cells = self.cells.saturating_add(u64::from(last.abs_diff(first))).saturating_add(1);
    }

    fn is_far_flung(&self) -> bool {
        let span = |ends: Option<(u16, u16)>| {
            ends.map_or(0, |(first, last)| u64::from(last.abs_diff(first)).saturating_add(1))
        };
        let room = span(self.rows).saturating_mul(span(self.columns));
        room > ROOM && room > self.cells.saturating_mul(ROOM_OF_A_CELL)
    }
}

/// The formats of the numbers of a workbook that show more than the number.
#[derive(Default)]
struct Formats {
    by_style: Vec<NumberFormat>,
    /// For each sheet the styles of its numbers, by row and column.
    styles: Vec<HashMap<(u16, u16), u16>>,
}

impl Formats {
    fn of(bytes: &[u8]) -> Self {
        let Some(stream) = globals(bytes) else { return Self::default() };
        let (mut codes, mut ids, mut starts) = (HashMap::new(), Vec::new(), Vec::new());
        for (kind, data) in records(&stream, 0) {
            match kind {
                FORMAT => codes.extend(half(data, 0).zip(text(data))),
                STYLE => ids.extend(half(data, 2)),
                SHEET => starts.extend(word(data, 0)),
                _ => {}
            }
        }
        let format = |id: &u16| {
            codes.get(id).map_or_else(|| NumberFormat::built_in((*id).into()), |code| NumberFormat::of(code))
        };
        let by_style = ids.iter().map(format).collect();
        Self { by_style, styles: starts.into_iter().map(|start| styles(&stream, start)).collect() }
    }

    fn of_cell(&self, sheet: usize, row: u32, column: u32) -> Option<&NumberFormat> {
        let place = (u16::try_from(row).ok()?, u16::try_from(column).ok()?);
        self.by_style.get(usize::from(*self.styles.get(sheet)?.get(&place)?))
    }
}

/// Kinds of records: a number format, the style of cells, where a sheet begins, the end of a part.
const FORMAT: u16 = 0x041e;
const STYLE: u16 = 0x00e0;
const SHEET: u16 = 0x0085;
const END: u16 = 0x000a;

/// Kinds of records that fill a cell: a formula, texts, a truth value or an error, a number, a short number; and of short
/// numbers side by side.
const FILLED: [u16; 7] = [0x0006, 0x00d6, 0x00fd, 0x0203, 0x0204, 0x0205, 0x027e];
const NUMBERS: u16 = 0x00bd;

/// The records from a place to the end of their part.
fn records(stream: &[u8], start: usize) -> impl Iterator<Item = (u16, &[u8])> {
    let mut at = start;
    let all = std::iter::from_fn(move || {
        let (kind, length) = (half(stream, at)?, usize::from(half(stream, at.checked_add(2)?)?));
        let from = at.checked_add(4)?;
        at = from.checked_add(length)?;
        Some((kind, stream.get(from..at)?))
    });
    all.take_while(|(kind, _)| *kind != END)
}

/// The text of a format.
fn text(data: &[u8]) -> Option<String> {
    let length = usize::from(half(data, 2)?);
    let is_wide = data.get(4)? & 1 != 0;
    let units: Vec<u16> = if is_wide {
        (0..length).filter_map(|at| half(data, at.saturating_mul(2).saturating_add(5))).collect()
    } else {
        data.get(5..)?.iter().take(length).map(|byte| u16::from(*byte)).collect()
    };
    Some(String::from_utf16_lossy(&units))
}

/// The styles of the numbers of the sheet that begins at a place.
fn styles(stream: &[u8], start: u32) -> HashMap<(u16, u16), u16> {
    let mut styles = HashMap::new();
    for (kind, data) in records(stream, usize::try_from(start).unwrap_or(usize::MAX)) {
        let (Some(row), Some(column)) = (half(data, 0), half(data, 2)) else { continue };
        match kind {
            // A number, a short number, a formula.
            0x0203 | 0x027e | 0x0006 => styles.extend(half(data, 4).map(|style| ((row, column), style))),
            // Short numbers side by side: the style of each, then the number.
            NUMBERS => {
                let count = data.len().saturating_sub(6).div_euclid(6);
                let style = |at: usize| half(data, at.saturating_mul(6).saturating_add(4));
                let each = (0..count).filter_map(style).zip(column..);
                styles.extend(each.map(|(style, column)| ((row, column), style)));
            }
            _ => {}
        }
    }
    styles
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    fn number(row: u16, column: u16) -> Vec<u8> {
        let head = [0x0203, 14, row, column, 0].map(u16::to_le_bytes).concat();
        [head, 1.5_f64.to_le_bytes().to_vec()].concat()
    }

    #[test]
    fn few_cells_far_from_each_other_are_found_and_full_sheets_are_not() {
        let end = [END, 0].map(u16::to_le_bytes).concat();
        let of = |cells: Vec<Vec<u8>>| Extent::of(&[cells.concat(), end.clone()].concat(), 0).is_far_flung();
        assert!(of(vec![number(0, 0), number(65_535, 255)]));
        assert!(!of(vec![number(0, 0), number(65_535, 9)]));
        assert!(!of(vec![number(65_535, 255)]));
        let full: Vec<_> =
            (0..4_000).flat_map(|row| (0..20).map(move |column| number(row, column))).collect();
        assert!(!of([full, vec![number(60_000, 40)]].concat()));
        let groups = [NUMBERS, 18, 7, 3, 0, 0, 0, 0, 0, 0, 4].map(u16::to_le_bytes).concat();
        let extent = Extent::of(&groups, 0);
        assert_eq!((extent.rows, extent.columns, extent.cells), (Some((7, 7)), Some((3, 4)), 2));
        assert!(u32::try_from(ROOM).unwrap() > 1_048_576, "a full sheet of sixteen columns is honest");
    }
}
