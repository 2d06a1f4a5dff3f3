//! The cells of a sheet, one after the other, as its part has them. What is wrong in a cell is a finding at the cell: the
//! rest of the sheet is read.

use std::borrow::Cow;

use quick_xml::events::{BytesStart, Event};

use super::number_format::NumberFormat;
use super::strings;
use super::xml::{Xml, attribute, cut};
use crate::ingest::damage::{Damage, Failure};
use crate::ingest::merges::Area;
use crate::model::row::RawCell;

/// Rows and columns a sheet may have.
const MAX_ROWS: u32 = 1_048_576;
const MAX_COLUMNS: u32 = 16_384;

/// What all sheets of a workbook have in common.
#[derive(Debug, Default)]
pub(in crate::ingest) struct Shared {
    pub(super) strings: Vec<String>,
    pub(super) formats: Vec<NumberFormat>,
    pub(super) is_1904: bool,
    /// All formulas are to be calculated when it is opened: what stands beside them may be nothing.
    pub(super) recalculates: bool,
}

/// A cell and where it stands, 1-based.
#[derive(Debug)]
pub(in crate::ingest) struct Placed<'b> {
    pub(in crate::ingest) row: u32,
    pub(in crate::ingest) column: u32,
    pub(in crate::ingest) cell: RawCell<'b>,
    pub(in crate::ingest) is_formula: bool,
}

/// Reads the cells of a sheet.
pub(in crate::ingest) struct Cells<'b> {
    xml: Xml<'b>,
    shared: &'b Shared,
    /// Row and column of the cell that comes next, from 1, where it does not say so.
    row: u32,
    column: u32,
    value: String,
    begun: bool,
}

/// What a cell says of itself before its value.
#[derive(Default)]
struct Opening {
    place: Option<(u32, u32)>,
    style: usize,
    kind: String,
}

impl<'b> Cells<'b> {
    pub(super) fn of(xml: Xml<'b>, shared: &'b Shared) -> Self {
        Self { xml, shared, row: 1, column: 1, value: String::new(), begun: false }
    }

    /// The next cell; `None` after the last.
    pub(in crate::ingest) fn next(&mut self) -> Result<Option<Placed<'b>>, Failure> {
        loop {
            let opening = match self.xml.next()? {
                Event::Eof if self.begun => return Err(cut()),
                Event::Eof => return Err(Failure::Damaged(Damage::Content, "no sheet".to_owned())),
                Event::End(element) if self.begun => match element.local_name().as_ref() {
                    "sheetData" => return Ok(None),
                    "row" => {
                        (self.row, self.column) = (self.row.saturating_add(1), 1);
                        continue;
                    }
                    _ => continue,
                },
                Event::Start(element) => match element.local_name().as_ref() {
                    "sheetData" => {
                        self.begun = true;
                        continue;
                    }
                    "row" => {
                        let row = attribute(&element, "r").map(|row| row.trim().parse::<u32>());
                        match row {
                            Some(Ok(row @ 1..=MAX_ROWS)) => self.row = row,
                            Some(_) => return Err(outside()),
                            None => {}
                        }
                        self.column = 1;
                        continue;
                    }
                    "c" if self.begun => opening(&element)?,
                    _ => continue,
                },
                _ => continue,
            };
            return self.cell(&opening).map(Some);
        }
    }

    fn cell(&mut self, opening: &Opening) -> Result<Placed<'b>, Failure> {
        if let Some((row, column)) = opening.place {
            (self.row, self.column) = (row, column);
        }
        let (row, column) = (self.row, self.column);
        if row > MAX_ROWS || column > MAX_COLUMNS {
            return Err(outside());
        }
        self.column = column.saturating_add(1);
        let (mut text, mut is_formula, mut depth) = (None, false, 1_usize);
        self.value.clear();
        while depth > 0 {
            let name = match self.xml.next()? {
                Event::Start(element) => match element.local_name().as_ref() {
                    "v" => b'v',
                    "is" => b'i',
                    "f" => b'f',
                    _ => b' ',
                },
                Event::End(_) => {
                    depth = depth.saturating_sub(1);
                    continue;
                }
                Event::Eof => return Err(cut()),
                _ => continue,
            };
            match name {
                b'v' => self.xml.text(&mut self.value)?,
                b'i' => text = Some(strings::rich(&mut self.xml)?),
                b'f' => {
                    is_formula = true;
                    self.xml.skip()?;
                }
                _ => self.xml.skip()?,
            }
        }
        let cell = match text {
            Some(text) if opening.kind != "str" => {
                RawCell::Text(self.format(opening.style).text(text.into()))
            }
            _ => self.typed(opening, is_formula),
        };
        Ok(Placed { row, column, cell, is_formula })
    }

    fn format(&self, style: usize) -> &'b NumberFormat {
        static PLAIN: NumberFormat = NumberFormat::plain();
        self.shared.formats.get(style).unwrap_or(&PLAIN)
    }

    /// The value by the type that the cell has.
    fn typed(&self, opening: &Opening, is_formula: bool) -> RawCell<'b> {
        let (value, format) = (self.value.trim(), self.format(opening.style));
        let owned =
            |text: &str| RawCell::Text(format.text(Cow::Owned(strings::unescaped(text).into_owned())));
        let damaged = || RawCell::Damaged(Cow::Owned(self.value.clone()));
        match opening.kind.as_str() {
            "str" => owned(&self.value),
            _ if value.is_empty() && is_formula => RawCell::Uncalculated,
            _ if value.is_empty() => RawCell::Empty,
            "s" => match value.parse::<usize>().ok().and_then(|at| self.shared.strings.get(at)) {
                Some(text) => RawCell::Text(format.text(Cow::Borrowed(text.as_str()))),
                None => damaged(),
            },
            "b" => match value.to_ascii_lowercase().as_str() {
                "1" | "true" => RawCell::Logical(true),
                "0" | "false" => RawCell::Logical(false),
                _ => damaged(),
            },
            "e" => RawCell::Fault(Cow::Owned(value.to_owned())),
            "d" | "inlineStr" => owned(&self.value),
            "n" | "" => match value.parse::<f64>() {
                Ok(number) if is_formula && number == 0.0 && self.shared.recalculates => {
                    RawCell::Uncalculated
                }
                Ok(number) if number.is_finite() => format.number(number, self.shared.is_1904),
                _ => damaged(),
            },
            _ => damaged(),
        }
    }
}

fn outside() -> Failure {
    Failure::Damaged(Damage::Position, String::new())
}

fn opening(element: &BytesStart<'_>) -> Result<Opening, Failure> {
    let mut opening = Opening::default();
    for one in element.attributes().with_checks(false).flatten() {
        match one.key.local_name().as_ref() {
            "r" => opening.place = Some(place(one.value.trim()).ok_or_else(outside)?),
            "s" => opening.style = one.value.trim().parse().unwrap_or(0),
            "t" => one.value.trim().clone_into(&mut opening.kind),
            _ => {}
        }
    }
    Ok(opening)
}

/// Row and column of `B7`, from 1.
fn place(name: &str) -> Option<(u32, u32)> {
    let name = name.as_bytes();
    let letters = name.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
    let (letters, digits) =
        name.split_at_checked(letters).filter(|(letters, _)| (1..=3).contains(&letters.len()))?;
    let column = letters.iter().fold(0_u32, |column, letter| {
        let letter = u32::from(letter.to_ascii_uppercase().wrapping_sub(b'A')).saturating_add(1);
        column.saturating_mul(26).saturating_add(letter)
    });
    let row =
        std::str::from_utf8(digits).ok().filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()))?;
    let row = row.parse().ok()?;
    ((1..=MAX_ROWS).contains(&row) && column <= MAX_COLUMNS).then_some((row, column))
}

/// The merged areas that stand behind the cells of a sheet; one that is none is passed over.
pub(super) fn merged(mut xml: Xml<'_>) -> Result<Vec<Area>, Failure> {
    let mut areas = Vec::new();
    loop {
        match xml.next()? {
            Event::Start(element) if element.local_name().as_ref() == "mergeCell" => {
                areas.extend(attribute(&element, "ref").and_then(|area| self::area(&area)));
            }
            Event::Eof => return Ok(areas),
            _ => {}
        }
    }
}

/// The area of `A1:C3`.
fn area(name: &str) -> Option<Area> {
    let (first, last) = name.trim().split_once(':')?;
    let ((top, left), (bottom, right)) = (place(&first.replace('$', ""))?, place(&last.replace('$', ""))?);
    (top <= bottom && left <= right).then_some(Area { top, bottom, left, right })
}

/// The number formats of the cells, by their styles.
pub(super) fn formats(mut xml: Xml<'_>) -> Result<Vec<NumberFormat>, Failure> {
    let (mut codes, mut formats, mut of_cells) = (std::collections::HashMap::new(), Vec::new(), false);
    loop {
        match xml.next()? {
            Event::Start(element) => match element.local_name().as_ref() {
                "numFmt" => {
                    if let (Some(id), Some(code)) =
                        (attribute(&element, "numFmtId"), attribute(&element, "formatCode"))
                    {
                        codes.insert(id.trim().to_owned(), NumberFormat::of(&code));
                    }
                }
                "cellXfs" => of_cells = true,
                "xf" if of_cells => {
                    let id = attribute(&element, "numFmtId").unwrap_or_default();
                    let built_in = || NumberFormat::built_in(id.trim().parse().unwrap_or(0));
                    formats.push(codes.get(id.trim()).cloned().unwrap_or_else(built_in));
                }
                _ => {}
            },
            Event::End(element) if element.local_name().as_ref() == "cellXfs" => of_cells = false,
            Event::Eof => return Ok(formats),
            _ => {}
        }
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests;
