//! Workbooks of the form before 2007 (BIFF, versions 2 to 8): what they say of themselves, and their sheets.

use std::collections::HashMap;

use super::biff::{self, Pieces, Records, Texts, WIDE};
use super::compound::{half, word};
use super::number_format::NumberFormat;
use super::tally::SharedTexts;
use super::{Loaded, Sheet, Whole, xls_cells};
use crate::ingest::budget::Budget;
use crate::ingest::damage::Failure;
use crate::ingest::error::IngestError;
use crate::ingest::guard;
use crate::ingest::input::Input;

/// Kinds of records: a password, the code page, whether days are counted from 1904, a sheet, the texts that cells share.
const PASSWORD: u16 = 0x002f;
const PAGE: u16 = 0x0042;
const DAYS: u16 = 0x0022;
const SHEET: u16 = 0x0085;
const TEXTS: u16 = 0x00fc;

/// What the cells of all sheets share.
#[derive(Default)]
pub(super) struct Shared {
    pub(super) texts: Texts,
    pub(super) strings: Vec<String>,
    pub(super) is_1904: bool,
    /// Number formats by the number that styles have for them, and that number for each style.
    codes: HashMap<u16, NumberFormat>,
    styles: Vec<u16>,
    /// The number formats of the styles; in the oldest version those of the codes, in their order.
    formats: Vec<NumberFormat>,
}

/// A sheet as the workbook lists it.
struct Listed {
    start: usize,
    hidden: bool,
    name: String,
}

/// Whether a file that is not a compound one begins as a sheet does.
pub(super) fn is_bare(magic: [u8; 4]) -> bool {
    matches!(magic, [9, 0 | 2 | 4 | 8, 4 | 6 | 8 | 16, 0])
}

/// The sheets of the workbook whose stream this is, and what is in them.
pub(super) fn sheets(input: &Input, stream: &[u8], budget: &mut Budget) -> Result<Whole, IngestError> {
    let (shared, mut listed) = contents(input, stream, budget)?;
    if listed.is_empty() {
        listed.push(Listed { start: 0, hidden: false, name: "Sheet1".to_owned() });
    }
    let (mut sheets, mut loaded) = (Vec::new(), Vec::<Loaded>::new());
    for Listed { start, hidden, name } in listed {
        let sheet = Sheet { name, hidden, number: loaded.len() };
        let records = Records::at(stream, Records::begin_of(stream, start));
        loaded.push(xls_cells::read(input, &sheet, records, &shared, budget)?);
        sheets.push(sheet);
    }
    Ok((sheets, loaded))
}

/// What the workbook says of itself.
fn contents(input: &Input, stream: &[u8], budget: &mut Budget) -> Result<(Shared, Vec<Listed>), IngestError> {
    let damaged = |failure| guard::damaged(input, failure);
    let (mut shared, mut listed) = (Shared::default(), Vec::new());
    let mut records = Records::at(stream, 0);
    while let Some((kind, data)) = records.next().map_err(damaged)? {
        match kind {
            PASSWORD => return Err(damaged(Failure::Password)),
            PAGE => shared.texts.page = half(data, 0),
            DAYS => shared.is_1904 = half(data, 0) == Some(1),
            // Other kinds are charts and macros, which hold no table.
            SHEET if data.get(5) == Some(&0) => listed.extend(shared.listed(data)),
            TEXTS => shared.strings = strings(input, records.pieces(data, 8), budget)?,
            kind => shared.format(kind, data),
        }
    }
    shared.settle();
    Ok((shared, listed))
}

/// The texts that cells share.
fn strings(input: &Input, mut pieces: Pieces<'_>, budget: &mut Budget) -> Result<Vec<String>, IngestError> {
    let mut texts = SharedTexts::of(input, budget);
    while let Some(text) = pieces.shared() {
        texts.take(text)?;
    }
    Ok(texts.all())
}

impl Shared {
    /// The number format of a cell by its style; in the oldest version by what stands beside it.
    pub(super) fn of_cell(&self, style: u16) -> &NumberFormat {
        static PLAIN: NumberFormat = NumberFormat::plain();
        self.formats.get(usize::from(style)).unwrap_or(&PLAIN)
    }

    fn listed(&self, data: &[u8]) -> Option<Listed> {
        let start = usize::try_from(word(data, 0)?).ok()?;
        let hidden = data.get(4).is_some_and(|state| state & 3 != 0);
        let name = self.texts.read(Pieces::of(data, 6), false).unwrap_or_default();
        Some(Listed { start, hidden, name })
    }

    /// Takes a record that begins the workbook, or is of a number format or a style.
    fn format(&mut self, kind: u16, data: &[u8]) {
        let next = u16::try_from(self.codes.len()).unwrap_or(u16::MAX);
        let text = |from, is_long| self.texts.read(Pieces::of(data, from), is_long);
        let code = match (kind, self.texts.version) {
            (0x001e, _) => text(0, false).map(|code| (next, code)),
            (0x041e, 4) => text(2, false).map(|code| (next, code)),
            (0x041e, version) => half(data, 0).zip(text(2, version == WIDE)),
            _ => None,
        };
        self.codes.extend(code.map(|(id, code)| (id, NumberFormat::of(&code))));
        let byte = |at: usize| data.get(at).map(|id| u16::from(*id));
        match kind {
            0x0243 | 0x0443 => self.styles.extend(byte(1)),
            0x00e0 => self.styles.extend(half(data, 2)),
            kind => self.texts.version = biff::version(kind, data).unwrap_or(self.texts.version),
        }
    }

    /// Gives each style its number format: codes may stand behind the styles.
    fn settle(&mut self) {
        if self.texts.version == 2 {
            self.styles = (0..u16::try_from(self.codes.len()).unwrap_or(u16::MAX)).collect();
        }
        let of =
            |id: &u16| self.codes.get(id).cloned().unwrap_or_else(|| NumberFormat::built_in(u32::from(*id)));
        self.formats = self.styles.iter().map(of).collect();
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]
mod tests {
    use super::*;
    use crate::ingest::row::Row;
    use crate::model::row::RawCell;

    fn record(kind: u16, data: &[u8]) -> Vec<u8> {
        let length = u16::try_from(data.len()).unwrap();
        [&kind.to_le_bytes(), &length.to_le_bytes(), data].concat()
    }

    /// A record of a cell in the first column of a row.
    fn cell(kind: u16, row: u8, style: u8, value: &[u8]) -> Vec<u8> {
        record(kind, &[&[row, 0, 0, 0, style, 0][..], value].concat())
    }

    fn read(stream: &[u8]) -> Result<Whole, IngestError> {
        sheets(&Input::text("甲.xls", ""), stream, &mut Budget::default())
    }

    fn shown(rows: &[Row<'static>]) -> Vec<(u32, u32, String)> {
        let shown = |cell: &RawCell<'_>| match cell {
            RawCell::Text(text) => text.to_string(),
            RawCell::Number(number) => format!("={number}"),
            other => format!("{other:?}"),
        };
        let of_row = |row: &Row<'static>| {
            row.cells().iter().map(|(at, cell)| (row.number, *at, shown(cell))).collect::<Vec<_>>()
        };
        rows.iter().flat_map(of_row).collect()
    }

    /// The workbook with a sheet of these records.
    fn book(cells: &[Vec<u8>]) -> Vec<u8> {
        let before = [
            record(0x0809, &[0, 6, 5, 0]),
            record(0x041e, &[164, 0, 3, 0, 0, b'0', b'0', b'0']),
            record(0x00e0, &[0, 0, 0, 0]),
            record(0x00e0, &[0, 0, 164, 0]),
            record(TEXTS, &[1, 0, 0, 0, 1, 0, 0, 0, 2, 0, 1, 0x51, 0x7f, 0x3c, 0x68]),
        ]
        .concat();
        let start = u8::try_from(before.len() + 4 + 9 + 4).unwrap();
        let listed = record(SHEET, &[start, 0, 0, 0, 0, 0, 1, 0, b'A']);
        let begin = record(0x0809, &[0, 6, 16, 0]);
        [before, listed, record(0x000a, &[]), begin, cells.concat(), record(0x000a, &[])].concat()
    }

    #[test]
    fn cells_are_what_their_records_say() {
        let made = [0, 0, 0, 0, 0, 0, 0xff, 0xff];
        let chart =
            [record(0x0809, &[0, 6, 32, 0]), cell(0x0203, 0, 0, &[0; 8]), record(0x000a, &[])].concat();
        let stream = book(&[
            cell(0x00fd, 2, 0, &[0, 0, 0, 0]),
            cell(0x027e, 1, 1, &[(7 << 2) | 2, 0, 0, 0]),
            record(0x00bd, &[3, 0, 1, 0, 1, 0, (8 << 2) | 2, 0, 0, 0, 0, 0, 6, 0, 0, 0, 2, 0]),
            cell(0x0006, 4, 0, &made),
            record(0x0207, &[1, 0, 0, b'x']),
            cell(0x0205, 5, 0, &[1, 0]),
            cell(0x0205, 6, 0, &[0x07, 1]),
            cell(0x0204, 7, 0, &[1, 0, 1, 0x51, 0x7f]),
            cell(0x00fd, 8, 0, &[9, 0, 0, 0]),
            cell(0x0203, 0xff, 0, &1.5_f64.to_le_bytes()),
            chart,
            record(0x00e5, &[1, 0, 0, 0, 1, 0, 0, 0, 0, 0]),
        ]);
        let (sheets, loaded) = read(&stream).unwrap();
        assert_eq!((sheets.len(), sheets[0].name.as_str(), loaded[0].merges.len()), (1, "A", 1));
        let told = shown(&loaded[0].rows);
        let told: Vec<_> = told.iter().map(|(row, column, text)| (*row, *column, text.as_str())).collect();
        let is = [
            (2, 1, "007"),
            (3, 1, "网格"),
            (4, 2, "008"),
            (4, 3, "=1"),
            (5, 1, "x"),
            (6, 1, "Logical(true)"),
            (7, 1, "Fault(\"#DIV/0!\")"),
            (8, 1, "网"),
            (9, 1, "Damaged(\"?\")"),
            (256, 1, "=1.5"),
        ];
        assert_eq!(told, is);
    }

    #[test]
    fn a_cell_far_from_the_others_takes_no_room() {
        let far = |row: u8| record(0x0203, &[&[row, row, 0xff, 0, 0, 0][..], &2_f64.to_le_bytes()].concat());
        let (_, loaded) = read(&book(&[far(0xff), cell(0x0203, 0, 0, &[0; 8])])).unwrap();
        let told = [(1, 1, "=0".to_owned()), (65_536, 256, "=2".to_owned())];
        assert_eq!(shown(&loaded[0].rows), told);
    }

    #[test]
    fn formulas_that_were_not_calculated_are_not_zero() {
        let stale = [record(0x005e, &[0, 0]), cell(0x0006, 0, 0, &[0; 8])];
        let (_, loaded) = read(&book(&stale)).unwrap();
        assert_eq!(loaded[0].rows[0].cells(), [(1, RawCell::Uncalculated)]);
    }

    #[test]
    fn a_password_and_an_end_that_is_missing_are_told() {
        let locked = [record(0x0809, &[0, 6, 5, 0]), record(PASSWORD, &[0; 6]), vec![1, 2, 3]].concat();
        assert!(matches!(read(&locked), Err(IngestError::Encrypted { .. })));
        let whole = book(&[cell(0x0203, 0, 0, &[0; 8])]);
        assert!(read(&whole).is_ok() && read(&whole[..whole.len() - 4]).is_err());
    }

    #[test]
    fn the_oldest_workbooks_are_a_sheet_alone() {
        let stream = [
            record(0x0009, &[2, 0, 16, 0]),
            record(0x001e, b"\x07General"),
            record(0x001e, b"\x03000"),
            record(0x0004, b"\0\0\0\0\0\0\0\x04\xcd\xf8\xb8\xf1"),
            record(0x0002, &[1, 0, 0, 0, 0, 1, 0, 7, 0]),
            record(0x000a, &[]),
        ]
        .concat();
        assert!(is_bare([stream[0], stream[1], stream[2], stream[3]]));
        let (_, loaded) = read(&stream).unwrap();
        assert_eq!(shown(&loaded[0].rows), [(1, 1, "网格".to_owned()), (2, 1, "007".to_owned())]);
    }
}
