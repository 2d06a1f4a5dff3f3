//! Workbooks of `OpenDocument`: one part with all sheets in it.

use quick_xml::events::{BytesStart, Event};

use super::xml::{Xml, attribute, push_text};
use super::{Loaded, Sheet};
use crate::ingest::damage::{Damage, Failure};
use crate::ingest::merges::Area;
use crate::ingest::row::Row;
use crate::model::row::RawCell;
use crate::model::written::number;

/// Empty rows and cells may be said to repeat to the end of a sheet; filled ones are repeated no more often than this.
const MOST_REPEATS: u32 = 10_000;

/// Cells of all sheets together: repeated ones take a few bytes of the part, and each its own of memory.
const MOST_CELLS: usize = 4_000_000;

/// A cell that is read.
#[derive(Default)]
struct Cell {
    kind: String,
    value: String,
    is_formula: bool,
    across: u32,
    down: u32,
    repeats: u32,
    /// What it shows; paragraphs are lines.
    shown: String,
    paragraphs: u32,
}

/// A workbook that is read.
#[derive(Default)]
struct Reader {
    sheets: Vec<Sheet>,
    loaded: Vec<Loaded>,
    /// Styles of sheets that are not displayed, and the style that is described.
    hidden: Vec<String>,
    style: String,
    row: Row<'static>,
    number: u32,
    row_repeats: u32,
    column: u32,
    cell: Option<Cell>,
    /// Inside a note, whose text is not that of the cell.
    is_note: bool,
    /// Cells of the rows that were read.
    cells: usize,
}

/// The sheets of a workbook.
pub(super) fn sheets(mut xml: Xml<'_>) -> Result<(Vec<Sheet>, Vec<Loaded>), Failure> {
    let mut reader = Reader::default();
    loop {
        let event = xml.next()?;
        match &event {
            Event::Start(element) => reader.begin(element),
            Event::End(element) => reader.end(element.local_name().as_ref())?,
            Event::Eof => return Ok((reader.sheets, reader.loaded)),
            _ => {
                if let Some(cell) = reader.cell.as_mut().filter(|cell| cell.paragraphs > 0 && !reader.is_note)
                {
                    push_text(&event, &mut cell.shown);
                }
            }
        }
    }
}

fn count(element: &BytesStart<'_>, name: &str) -> u32 {
    attribute(element, name).and_then(|text| text.trim().parse().ok()).unwrap_or(1)
}

impl Reader {
    fn begin(&mut self, element: &BytesStart<'_>) {
        match element.local_name().as_ref() {
            "style" => self.style = attribute(element, "name").unwrap_or_default(),
            "table-properties" if attribute(element, "display").as_deref() == Some("false") => {
                self.hidden.push(self.style.clone());
            }
            "table" => {
                let name = attribute(element, "name").unwrap_or_default();
                let style = attribute(element, "style-name").unwrap_or_default();
                let hidden = self.hidden.contains(&style);
                self.sheets.push(Sheet { name, hidden, number: self.loaded.len() });
                self.loaded.push(Loaded::default());
                self.number = 0;
            }
            "table-row" => {
                self.number = self.number.saturating_add(1);
                self.row_repeats = count(element, "number-rows-repeated");
                self.column = 1;
                self.row.begin(self.number, None);
            }
            "table-cell" | "covered-table-cell" => {
                let value = ["value", "date-value", "time-value", "boolean-value", "string-value"];
                self.cell = Some(Cell {
                    kind: attribute(element, "value-type").unwrap_or_default(),
                    value: value.iter().find_map(|name| attribute(element, name)).unwrap_or_default(),
                    is_formula: attribute(element, "formula").is_some(),
                    across: count(element, "number-columns-spanned"),
                    down: count(element, "number-rows-spanned"),
                    repeats: count(element, "number-columns-repeated"),
                    ..Cell::default()
                });
            }
            "annotation" => self.is_note = true,
            "p" if !self.is_note => {
                if let Some(cell) = &mut self.cell {
                    if cell.paragraphs > 0 {
                        cell.shown.push('\n');
                    }
                    cell.paragraphs = cell.paragraphs.saturating_add(1);
                }
            }
            "s" if !self.is_note => {
                let spaces = usize::try_from(count(element, "c").min(MOST_REPEATS)).unwrap_or(0);
                self.cell.iter_mut().for_each(|cell| cell.shown.extend(std::iter::repeat_n(' ', spaces)));
            }
            _ => {}
        }
    }

    fn end(&mut self, name: &str) -> Result<(), Failure> {
        match name {
            "annotation" => self.is_note = false,
            "table-cell" | "covered-table-cell" => {
                if let Some(cell) = self.cell.take() {
                    self.take(&cell);
                }
            }
            "table-row" => return self.end_row(),
            _ => {}
        }
        Ok(())
    }

    fn take(&mut self, cell: &Cell) {
        let raw = cell.raw();
        let repeats = if raw == RawCell::Empty { 0 } else { cell.repeats.min(MOST_REPEATS) };
        for more in 0..repeats {
            self.row.push(self.column.saturating_add(more), raw.clone());
        }
        if (cell.across > 1 || cell.down > 1)
            && let Some(sheet) = self.loaded.last_mut()
        {
            let right = self.column.saturating_add(cell.across).saturating_sub(1);
            let bottom = self.number.saturating_add(cell.down).saturating_sub(1);
            sheet.merges.push(Area { top: self.number, bottom, left: self.column, right });
        }
        self.column = self.column.saturating_add(cell.repeats);
    }

    fn end_row(&mut self) -> Result<(), Failure> {
        self.row.settle();
        let repeats = if self.row.is_empty() { 0 } else { self.row_repeats.min(MOST_REPEATS) };
        let times = usize::try_from(repeats).unwrap_or(usize::MAX);
        self.cells = self.cells.saturating_add(self.row.cells().len().saturating_mul(times));
        if self.cells > MOST_CELLS {
            return Err(Failure::Damaged(Damage::Inside, format!("more than {MOST_CELLS} cells")));
        }
        if let Some(sheet) = self.loaded.last_mut() {
            for more in 0..repeats {
                let mut row = self.row.clone();
                row.number = self.number.saturating_add(more);
                sheet.rows.push(row);
            }
        }
        self.number = self.number.saturating_add(self.row_repeats.saturating_sub(1));
        Ok(())
    }
}

impl Cell {
    fn raw(&self) -> RawCell<'static> {
        let shown = || RawCell::Text(self.shown.clone().into());
        match (self.kind.as_str(), self.value.trim().parse::<f64>()) {
            _ if self.shown.starts_with("Err:") || (self.is_formula && self.shown.starts_with('#')) => {
                RawCell::Fault(self.shown.clone().into())
            }
            ("percentage", Ok(number)) => super::number_format::NumberFormat::of("0%").number(number, false),
            // Zeros and letters before a number are part of it.
            ("float", Ok(number)) => {
                let is_code =
                    self.shown.len() > 1 && self.shown.starts_with(|c: char| c == '0' || c.is_alphabetic());
                let digits: String = self.shown.chars().filter(char::is_ascii_digit).collect();
                let is_same = digits.trim_start_matches('0') == number.to_string() && number != 0.0;
                if is_code && is_same { shown() } else { RawCell::Number(number) }
            }
            ("currency", Ok(number)) => RawCell::Number(number),
            ("boolean", _) => RawCell::Logical(self.value.trim() == "true"),
            ("date", _) => RawCell::Text(self.value.replace("T00:00:00", "").into()),
            ("time", _) => shown(),
            ("string", _) if self.shown.is_empty() => RawCell::Text(self.value.clone().into()),
            ("", _) if self.is_formula && self.shown.is_empty() => RawCell::Uncalculated,
            ("float" | "percentage" | "currency", _) if number::decimal(&self.value).is_none() => {
                RawCell::Damaged(self.value.clone().into())
            }
            _ if self.shown.is_empty() => RawCell::Empty,
            _ => shown(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(table: &str) -> Result<usize, Damage> {
        let part = format!("<body><table name='网格'>{table}</table></body>");
        let Ok(xml) = Xml::of(part.as_bytes()) else { return Err(Damage::Part) };
        match sheets(xml) {
            Ok((_, loaded)) => Ok(loaded.iter().map(|sheet| sheet.rows.len()).sum()),
            Err(Failure::Damaged(damage, _)) => Err(damage),
            Err(Failure::Password) => Err(Damage::Archive),
        }
    }

    #[test]
    fn repeated_rows_and_cells_are_many_and_not_without_end() {
        let row = |rows: u32, cells: u32| {
            format!(
                "<table-row number-rows-repeated='{rows}'><table-cell value-type='string' number-columns-repeated='{cells}'><p>甲</p></table-cell></table-row>"
            )
        };
        assert_eq!(rows(&row(3, 2)), Ok(3));
        assert_eq!(rows(&row(9_000, 9_000)), Err(Damage::Inside));
        assert_eq!(rows("<table-row number-rows-repeated='1048576'><table-cell/></table-row>"), Ok(0));
    }
}
