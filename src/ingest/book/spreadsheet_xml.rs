//! Workbooks as one piece of markup, as Excel 2003 and many systems write them and call them `.xls` or `.xml`.

use std::collections::HashMap;

use quick_xml::events::{BytesStart, Event};

use super::number_format::NumberFormat;
use super::xml::{Xml, attribute};
use super::{Loaded, Sheet};
use crate::ingest::damage::Failure;
use crate::ingest::merges::Area;
use crate::ingest::row::Row;
use crate::model::row::RawCell;
use crate::model::written::date;

/// A workbook that is read.
#[derive(Default)]
struct Reader {
    sheets: Vec<Sheet>,
    loaded: Vec<Loaded>,
    formats: HashMap<String, NumberFormat>,
    /// The style whose format comes next.
    style: String,
    row: Row<'static>,
    number: u32,
    /// Rows below it that are said to be like it, and are empty.
    span: u32,
    column: u32,
    /// Inside a comment, whose text is not that of the cell.
    is_comment: bool,
    /// Style of the cell, and how far it reaches.
    of_cell: String,
    across: u32,
}

/// The sheets of a workbook.
pub(super) fn sheets(text: &str) -> Result<(Vec<Sheet>, Vec<Loaded>), Failure> {
    let failed = |error: std::io::Error| Failure::from(quick_xml::Error::from(error));
    let mut xml = Xml::of(text.as_bytes()).map_err(failed)?;
    let mut reader = Reader::default();
    loop {
        let value = match xml.next()? {
            Event::Start(element) => reader.begin(&element),
            Event::End(element) => {
                match element.local_name().as_ref() {
                    "Row" => reader.end_row(),
                    "Comment" => reader.is_comment = false,
                    _ => {}
                }
                None
            }
            Event::Eof => return Ok((reader.sheets, reader.loaded)),
            _ => None,
        };
        match value {
            Some(Value::Data(kind)) => {
                let mut text = String::new();
                xml.text(&mut text)?;
                reader.data(&kind, text);
            }
            Some(Value::Visible) => {
                let mut text = String::new();
                xml.text(&mut text)?;
                if let Some(sheet) = reader.sheets.last_mut() {
                    sheet.hidden = text.trim().starts_with("SheetHidden") || text.trim() == "SheetVeryHidden";
                }
            }
            None => {}
        }
    }
}

/// An element whose text says something.
enum Value {
    Data(String),
    Visible,
}

impl Reader {
    fn begin(&mut self, element: &BytesStart<'_>) -> Option<Value> {
        let number = |name| attribute(element, name).and_then(|text| text.trim().parse::<u32>().ok());
        match element.local_name().as_ref() {
            "Style" => {
                self.style = attribute(element, "ID").unwrap_or_default();
                let parent = attribute(element, "Parent").and_then(|parent| self.formats.get(&parent));
                if let Some(format) = parent.cloned() {
                    self.formats.insert(self.style.clone(), format);
                }
            }
            "NumberFormat" => {
                let code = attribute(element, "Format").unwrap_or_default();
                self.formats.insert(self.style.clone(), format(&code));
            }
            "Worksheet" => {
                let name = attribute(element, "Name").unwrap_or_default();
                self.sheets.push(Sheet { name, hidden: false, number: self.loaded.len() });
                self.loaded.push(Loaded::default());
                (self.number, self.span) = (0, 0);
            }
            "Row" => {
                let next = self.number.saturating_add(self.span).saturating_add(1);
                self.number = number("Index").unwrap_or(next);
                self.span = number("Span").unwrap_or(0);
                (self.column, self.across) = (0, 0);
                self.row.begin(self.number, None);
            }
            "Cell" => {
                let next = self.column.saturating_add(self.across).saturating_add(1);
                self.column = number("Index").unwrap_or(next);
                self.across = number("MergeAcross").unwrap_or(0);
                self.of_cell = attribute(element, "StyleID").unwrap_or_default();
                let down = number("MergeDown").unwrap_or(0);
                if self.across.saturating_add(down) > 0
                    && let Some(sheet) = self.loaded.last_mut()
                {
                    let (bottom, right) =
                        (self.number.saturating_add(down), self.column.saturating_add(self.across));
                    sheet.merges.push(Area { top: self.number, bottom, left: self.column, right });
                }
            }
            "Comment" => self.is_comment = true,
            "Data" if !self.is_comment => {
                return Some(Value::Data(attribute(element, "Type").unwrap_or_default()));
            }
            "Visible" => return Some(Value::Visible),
            _ => {}
        }
        None
    }

    fn data(&mut self, kind: &str, text: String) {
        let format = self.formats.get(&self.of_cell);
        let cell = match (kind, text.trim().parse::<f64>()) {
            ("Number", Ok(number)) if number.is_finite() => {
                format.map_or(RawCell::Number(number), |format| format.number(number, false))
            }
            ("Number", _) => RawCell::Damaged(text.into()),
            ("Boolean", _) => RawCell::Logical(text.trim() == "1"),
            ("Error", _) => RawCell::Fault(text.into()),
            // A time of day alone is written as one of the day before the first.
            ("DateTime", _) if date::parse(&text).is_none() && text.contains('T') => RawCell::Text(
                text.split('T').nth(1).unwrap_or_default().trim_end_matches(".000").to_owned().into(),
            ),
            ("DateTime", _) => RawCell::Text(text.trim_end_matches("T00:00:00.000").to_owned().into()),
            _ => RawCell::Text(text.into()),
        };
        self.row.push(self.column, cell);
    }

    fn end_row(&mut self) {
        self.row.settle();
        if let Some(sheet) = self.loaded.last_mut().filter(|_| !self.row.is_empty()) {
            sheet.rows.push(std::mem::take(&mut self.row));
        }
    }
}

/// A format by its code, or by the name it has in these workbooks.
fn format(code: &str) -> NumberFormat {
    match code {
        "Percent" => NumberFormat::of("0%"),
        "General Date" | "Long Date" | "Medium Date" | "Short Date" | "Long Time" | "Medium Time"
        | "Short Time" => NumberFormat::of("yyyy-mm-dd"),
        "General" | "General Number" | "Fixed" | "Standard" | "Scientific" | "Currency" | "Euro Currency" => {
            NumberFormat::default()
        }
        code => NumberFormat::of(code),
    }
}

#[cfg(test)]
#[expect(clippy::indexing_slicing, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn comments_are_no_cells_and_rows_may_stand_for_several() {
        let book = "<Workbook><Styles><Style ID='a'><NumberFormat Format='0%'/></Style><Style ID='b' Parent='a'/>\
                    </Styles><Worksheet Name='网格'><Table><Row Span='2'><Cell><Data Type='String'>编号</Data>\
                    <Comment><Data>批注</Data></Comment></Cell><Cell><Comment><Data>批注</Data></Comment></Cell></Row>\
                    <Row><Cell StyleID='b'><Data Type='Number'>0.5</Data></Cell></Row></Table></Worksheet></Workbook>";
        let (_, loaded) = sheets(book).unwrap_or_default();
        let text = |text: &'static str| RawCell::Text(text.into());
        let rows: Vec<_> = loaded[0].rows.iter().map(|row| (row.number, row.cells(), &row.twice)).collect();
        assert_eq!(rows[0], (1, &[(1, text("编号"))][..], &Vec::new()));
        assert_eq!(rows[1], (4, &[(1, text("50%"))][..], &Vec::new()));
    }
}
