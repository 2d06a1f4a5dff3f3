//! Workbooks in the form of records since 2007 (MS-XLSB): parts of a package that hold no markup.

use std::borrow::Cow;
use std::collections::HashMap;
use std::io::Read;

use super::compound::{half, word};
use super::number_format::NumberFormat;
use super::package::{self, Relation, Zip};
use super::records::{cut, double, fault, records, short_number, wide};
use super::tally::{SharedTexts, Tally};
use super::{Loaded, Sheet, Whole};
use crate::ingest::budget::Budget;
use crate::ingest::damage::{Damage, Failure};
use crate::ingest::error::IngestError;
use crate::ingest::guard;
use crate::ingest::input::Input;
use crate::ingest::limit::Limit;
use crate::ingest::merges::Area;
use crate::ingest::row::Row;
use crate::model::row::RawCell;

/// The part that lists the sheets, and what it is related to.
pub(super) const MAIN: &str = "xl/workbook.bin";
const RELATIONS: &str = "xl/_rels/workbook.bin.rels";
const FOLDER: &str = "xl";

/// Kinds of records outside of sheets: a shared text, a number format, the style of cells with the list of them, what the
/// workbook says of itself, a sheet, how it is calculated.
const TEXT: u16 = 19;
const FORMAT: u16 = 44;
const STYLE: u16 = 47;
const STYLES: u16 = 617;
const STYLES_END: u16 = 618;
const PROPERTIES: u16 = 153;
const SHEET: u16 = 156;
const CALCULATION: u16 = 157;

/// Kinds of records in a sheet: a row, the end of them, the first and the last kind of cell, of cell without its column, a text with
/// formats, a merged area.
const ROW: u16 = 0;
const END: u16 = 146;
const CELLS: std::ops::RangeInclusive<u16> = 1..=11;
const SHORT: std::ops::RangeInclusive<u16> = 12..=18;
const RICH: u16 = 62;
const MERGED: u16 = 176;

/// Rows and columns of a sheet.
const MAX_ROWS: u32 = 1_048_576;
const MAX_COLUMNS: u32 = 16_384;

/// What cells of all sheets share.
#[derive(Default)]
struct Shared {
    strings: Vec<String>,
    formats: Vec<NumberFormat>,
    is_1904: bool,
    /// All formulas are calculated when it is opened.
    recalculates: bool,
}

/// The parts of the package.
struct Parts<'a, 'z> {
    input: &'a Input,
    archive: &'z mut Zip<'a>,
    places: HashMap<String, usize>,
    budget: &'z mut Budget,
}

impl Parts<'_, '_> {
    /// The bytes of a part that passed the guard, if there is such a part.
    fn bytes(&mut self, name: &str) -> Result<Option<Vec<u8>>, IngestError> {
        let Some(at) = self.places.get(name).copied() else { return Ok(None) };
        guard::check_part(self.input, self.archive, at, self.budget)?;
        let mut part = self.archive.by_index(at).map_err(|error| guard::damaged(self.input, error.into()))?;
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).map_err(|error| self.input.unreadable(&error))?;
        Ok(Some(bytes))
    }

    fn relations(&mut self) -> Result<Vec<Relation>, IngestError> {
        let Some(at) = self.places.get(RELATIONS).copied() else { return Ok(Vec::new()) };
        guard::check_part(self.input, self.archive, at, self.budget)?;
        let read = package::markup(self.archive, at).and_then(package::relations);
        read.map_err(|failure| guard::damaged(self.input, failure))
    }
}

/// The sheets of the workbook in `archive`, and what is in them.
pub(super) fn sheets<'a>(
    input: &'a Input,
    archive: &mut Zip<'a>,
    budget: &mut Budget,
) -> Result<Whole, IngestError> {
    let damaged = |failure| guard::damaged(input, failure);
    let missing = |name: &str| damaged(Failure::Damaged(Damage::Missing, name.to_owned()));
    let mut parts = Parts { input, places: package::places(archive), archive, budget };
    let relations = parts.relations()?;
    let book = parts.bytes(MAIN)?.ok_or_else(|| missing(MAIN))?;
    let related = |kind: &str, usual: &str| {
        let target =
            relations.iter().find(|one| one.kind.ends_with(kind)).map_or(usual, |one| one.target.as_str());
        package::resolved(FOLDER, target)
    };
    let styles = parts.bytes(&related("/styles", "styles.bin"))?.unwrap_or_default();
    let strings = parts.bytes(&related("/sharedstrings", "sharedstrings.bin"))?.unwrap_or_default();
    let strings = texts(input, &strings, parts.budget)?;
    let mut shared = Shared { strings, formats: formats(&styles).map_err(damaged)?, ..Shared::default() };
    let (mut sheets, mut loaded) = (Vec::new(), Vec::new());
    for record in records(&book) {
        let (kind, data) = record.map_err(damaged)?;
        match kind {
            PROPERTIES => shared.is_1904 = data.first().is_some_and(|flags| flags & 1 != 0),
            CALCULATION => shared.recalculates = data.get(24).is_some_and(|flags| flags & 1 != 0),
            SHEET => {
                let (relation, next) = wide(data, 8);
                let relation = relations.iter().find(|one| one.id == relation);
                let relation = relation.filter(|one| one.kind.ends_with("/worksheet"));
                let Some(relation) = relation else { continue };
                let (name, _) = wide(data, next);
                let part = package::resolved(FOLDER, &relation.target);
                let bytes = parts.bytes(&part)?.ok_or_else(|| missing(&part))?;
                let hidden = word(data, 0).is_some_and(|state| state != 0);
                let sheet = Sheet { name, hidden, number: loaded.len() };
                loaded.push(read(input, &sheet, &bytes, &shared, parts.budget)?);
                sheets.push(sheet);
            }
            _ => {}
        }
    }
    Ok((sheets, loaded))
}

/// The texts that cells share.
fn texts(input: &Input, bytes: &[u8], budget: &mut Budget) -> Result<Vec<String>, IngestError> {
    let mut texts = SharedTexts::of(input, budget);
    for record in records(bytes) {
        let (kind, data) = record.map_err(|failure| guard::damaged(input, failure))?;
        if kind == TEXT {
            texts.take(wide(data, 1).0)?;
        }
    }
    Ok(texts.all())
}

/// The rows and merged areas of a sheet.
fn read(
    input: &Input,
    sheet: &Sheet,
    bytes: &[u8],
    shared: &Shared,
    budget: &mut Budget,
) -> Result<Loaded, IngestError> {
    let (loaded, row) = (Loaded::default(), Row::default());
    let mut reader = SheetReader { shared, tally: Tally::of(input, sheet, budget), loaded, row, column: 0 };
    let mut is_ended = false;
    for record in records(bytes) {
        let (kind, data) = record.map_err(|failure| reader.tally.failed(reader.row.number, failure))?;
        match kind {
            MERGED => reader.merge(data)?,
            END => is_ended = true,
            // Behind the cells, other programs and later versions number what they add as cells are.
            _ if is_ended => {}
            ROW => reader.begin_row(data)?,
            _ if is_cell(kind) => reader.cell(kind, data)?,
            _ => {}
        }
    }
    if !is_ended {
        return Err(reader.tally.failed(reader.row.number, cut()));
    }
    reader.tally.charge(reader.row.number)?;
    keep(&mut reader.loaded, reader.row);
    Ok(reader.loaded)
}

/// Reads the records of a sheet.
struct SheetReader<'r> {
    shared: &'r Shared,
    tally: Tally<'r>,
    loaded: Loaded,
    row: Row<'static>,
    column: u32,
}

impl SheetReader<'_> {
    fn begin_row(&mut self, data: &[u8]) -> Result<(), IngestError> {
        let number = word(data, 0).map_or(0, |row| row.saturating_add(1));
        if number <= self.row.number || number > MAX_ROWS {
            return Err(self.tally.outside(number));
        }
        keep(&mut self.loaded, std::mem::take(&mut self.row));
        self.row.begin(number, None);
        self.column = 0;
        self.tally.count(Limit::Rows, 0, number)
    }

    fn merge(&mut self, data: &[u8]) -> Result<(), IngestError> {
        self.loaded.merges.extend(area(data));
        self.tally.count(Limit::Merges, 0, self.row.number)
    }

    fn cell(&mut self, kind: u16, data: &[u8]) -> Result<(), IngestError> {
        let is_short = SHORT.contains(&kind);
        let before = self.column;
        self.column = if is_short {
            before.saturating_add(1)
        } else {
            word(data, 0).map_or(0, |at| at.saturating_add(1))
        };
        let rest = data.get(if is_short { 0 } else { 4 }..).unwrap_or_default();
        if self.column <= before || self.column > MAX_COLUMNS || self.row.number == 0 {
            return Err(self.tally.outside(self.row.number));
        }
        let cell = cell(if is_short { kind.saturating_sub(11) } else { kind }, rest, self.shared);
        let bytes = if let RawCell::Text(text) = &cell { text.len() } else { 0 };
        self.row.push(self.column, cell);
        self.tally.count(Limit::Cells, bytes, self.row.number)
    }
}

fn is_cell(kind: u16) -> bool {
    CELLS.contains(&kind) || SHORT.contains(&kind) || kind == RICH
}

fn keep(loaded: &mut Loaded, row: Row<'static>) {
    if !row.is_empty() {
        loaded.rows.push(row);
    }
}

/// A cell of this kind; its record begins with its style.
fn cell(kind: u16, data: &[u8], shared: &Shared) -> RawCell<'static> {
    let style = word(data, 0).map_or(0, |style| style & 0x00ff_ffff);
    let format = usize::try_from(style).ok().and_then(|style| shared.formats.get(style));
    let plain = NumberFormat::plain();
    let format = format.unwrap_or(&plain);
    let text = |text: String| RawCell::Text(Cow::Owned(format.text(Cow::Owned(text)).into_owned()));
    let damaged = || RawCell::Damaged(Cow::Borrowed("?"));
    let number = |number: Option<f64>| match number {
        Some(number) if number.is_finite() => format.number(number, shared.is_1904),
        _ => damaged(),
    };
    match kind {
        1 => RawCell::Empty,
        2 => number(word(data, 4).map(short_number)),
        3 | 11 => RawCell::Fault(Cow::Borrowed(fault(data.get(4)))),
        4 | 10 => data.get(4).map_or_else(damaged, |yes| RawCell::Logical(*yes != 0)),
        9 if shared.recalculates && double(data, 4) == Some(0.0) => RawCell::Uncalculated,
        5 | 9 => number(double(data, 4)),
        6 | 8 => text(wide(data, 4).0),
        RICH => text(wide(data, 5).0),
        _ => {
            let at = word(data, 4).and_then(|at| usize::try_from(at).ok());
            at.and_then(|at| shared.strings.get(at)).map_or_else(damaged, |shared| text(shared.clone()))
        }
    }
}

fn area(data: &[u8]) -> Option<Area> {
    let one = |at| Some(word(data, at)?.saturating_add(1));
    let area = Area { top: one(0)?, bottom: one(4)?, left: one(8)?, right: one(12)? };
    let is_in = area.top <= area.bottom
        && area.left <= area.right
        && area.bottom <= MAX_ROWS
        && area.right <= MAX_COLUMNS;
    is_in.then_some(area)
}

/// The number formats of the cells, by their styles.
fn formats(bytes: &[u8]) -> Result<Vec<NumberFormat>, Failure> {
    let (mut codes, mut formats, mut of_cells) = (HashMap::new(), Vec::new(), false);
    for record in records(bytes) {
        let (kind, data) = record?;
        match kind {
            FORMAT => codes.extend(half(data, 0).map(|id| (id, NumberFormat::of(&wide(data, 2).0)))),
            STYLES => of_cells = true,
            STYLES_END => of_cells = false,
            STYLE if of_cells => {
                let id = half(data, 2).unwrap_or(0);
                let built_in = || NumberFormat::built_in(id.into());
                formats.push(codes.get(&id).cloned().unwrap_or_else(built_in));
            }
            _ => {}
        }
    }
    Ok(formats)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn what_stands_behind_the_cells_is_no_cell() {
        let record = |kind: &[u8], data: &[u8]| [kind, &[u8::try_from(data.len()).unwrap()], data].concat();
        let number = [&[1, 0, 0, 0, 0, 0, 0, 0][..], &1.5_f64.to_le_bytes()].concat();
        let part = [
            record(&[0], &[6, 0, 0, 0]),
            record(&[5], &number),
            record(&[0x92, 0x01], &[]),
            record(&[0xb0, 0x01], &[0; 16]),
            record(&[0x23], &[2, 14, 1, 0]),
            record(&[1], &[0, 0, 0, 0, 8, 0, 0, 0, 0]),
            record(&[0x24], &[]),
        ]
        .concat();
        let sheet = Sheet { name: "网格".to_owned(), hidden: false, number: 0 };
        let input = Input::text("网格.xlsb", "");
        let read = read(&input, &sheet, &part, &Shared::default(), &mut Budget::default()).unwrap();
        assert_eq!((read.rows.len(), read.merges.len()), (1, 1));
        assert_eq!((read.rows[0].number, read.rows[0].cells()), (7, &[(2, RawCell::Number(1.5))][..]));
    }
}
