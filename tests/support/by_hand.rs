//! Workbooks made by hand, part by part.

use std::io::{Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const RELS: &str = r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;

/// The type of a relationship to a sheet.
const SHEET: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet";

/// A text cell.
pub(crate) fn cell(place: &str, text: &str) -> String {
    format!(r#"<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>"#)
}

pub(crate) fn row(number: u32, cells: &[(&str, &str)]) -> String {
    let cells: String = cells.iter().map(|(place, text)| cell(place, text)).collect();
    format!(r#"<row r="{number}">{cells}</row>"#)
}

/// The header of a table of grids.
pub(crate) fn header() -> String {
    row(1, &[("A1", "网格编码"), ("B1", "网格名称")])
}

pub(crate) fn sheet(rows: &str, after: &str) -> String {
    format!(
        r#"<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{rows}</sheetData>{after}</worksheet>"#
    )
}

/// A workbook whose sheets have these names and parts, with these parts.
pub(crate) fn package(sheets: &[(&str, &str)], after: &str, parts: &[(&str, &[u8])]) -> Vec<u8> {
    let named = sheets.iter().zip(1..);
    let entries: Vec<_> = named
        .clone()
        .map(|((name, _), at)| format!(r#"<sheet name="{name}" sheetId="{at}" r:id="rId{at}"/>"#))
        .collect();
    let entries = entries.concat();
    let book = format!(
        r#"<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>{entries}</sheets>{after}</workbook>"#
    );
    let links: Vec<_> = named
        .map(|((_, part), at)| format!(r#"<Relationship Id="rId{at}" Type="{SHEET}" Target="{part}"/>"#))
        .collect();
    let links = links.concat();
    let links = format!(
        r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{links}</Relationships>"#
    );
    let own = [
        ("_rels/.rels", RELS.as_bytes()),
        ("xl/workbook.xml", book.as_bytes()),
        ("xl/_rels/workbook.xml.rels", links.as_bytes()),
    ];
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in own.iter().chain(parts) {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A workbook of one sheet with these rows, and more parts.
pub(crate) fn by_hand(rows: &str, after: &str, more: &[(&str, &[u8])]) -> Vec<u8> {
    let sheet = sheet(rows, after);
    let parts: Vec<_> =
        [("xl/worksheets/sheet1.xml", sheet.as_bytes())].into_iter().chain(more.iter().copied()).collect();
    package(&[("网格", "worksheets/sheet1.xml")], "", &parts)
}

/// Text that does not shrink, in a comment: it makes what shrinks too well look honest.
pub(crate) fn noise(bytes: usize) -> String {
    let mut state = 1_u32;
    // A tag now and then: no text is longer than a cell can be.
    let noise = (0..bytes).map(|at| {
        if at % 1_000 == 0 {
            return '<';
        }
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        char::from(b'a' + u8::try_from(state >> 24).unwrap() % 26)
    });
    format!("<!--{}-->", noise.collect::<String>())
}
