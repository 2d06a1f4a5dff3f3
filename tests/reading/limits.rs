//! Files that hold more than is read are refused by name; honest ones of some size are read.

use rust_xlsxwriter::Workbook;
use wangge::ingest::{Exceeded, IngestError, Limit, ReadOptions, Suspicion};
use wangge::model::fault::Explain;

use crate::support::by_hand::{by_hand, header, noise, package, row, sheet};
use crate::{folder, read_with};

/// The error of a workbook of grids, read with so much memory.
fn refused_within(bytes: &[u8], memory: Option<u64>) -> IngestError {
    let folder = folder(&[("网格.xlsx", bytes)]);
    read_with(folder.path(), ReadOptions { memory, ..ReadOptions::default() }).err().unwrap()
}

fn refused(bytes: &[u8]) -> IngestError {
    refused_within(bytes, None)
}

/// The limit that a workbook is beyond.
fn limit(bytes: &[u8]) -> Limit {
    match refused(bytes) {
        IngestError::TooLarge { file, limit: Exceeded::Held(limit), .. } if file == "网格.xlsx" => limit,
        other => panic!("{other:?}"),
    }
}

/// A part that shrinks no better than honest ones do.
fn part(text: &str, repeated: &str, times: usize) -> String {
    let body = repeated.repeat(times);
    format!("{text}{body}{}", noise(body.len() / 150 + 1_000))
}

#[test]
fn more_shared_strings_than_are_read() {
    let strings = part("<sst>", "<si/>", 8_000_001) + "</sst>";
    let bytes = by_hand(&header(), "", &[("xl/sharedStrings.xml", strings.as_bytes())]);
    assert!(bytes.len() < 1 << 20);
    let error = refused(&bytes);
    let message = error.fault().message;
    assert_eq!(message.zh, "工作簿的共享字符串数超过800万");
    assert_eq!(message.en, "holds more than 8,000,000 shared strings");
}

#[test]
fn more_formats_than_are_read() {
    let styles = part("<styleSheet><cellXfs>", "<xf numFmtId=\"0\"/>", 80_001) + "</cellXfs></styleSheet>";
    let bytes = by_hand(&header(), "", &[("xl/styles.xml", styles.as_bytes())]);
    assert_eq!(limit(&bytes), Limit::Formats);
    let fonts = part("<styleSheet><fonts>", "<font></font>", 80_001) + "</fonts></styleSheet>";
    assert_eq!(limit(&by_hand(&header(), "", &[("xl/styles.xml", fonts.as_bytes())])), Limit::Styles);
    // Few enough of each, but every format has a copy of the font's name.
    let name =
        format!("<styleSheet><fonts><font><name val=\"{}\"/></font></fonts><cellXfs>", "F".repeat(60_000));
    let copies = part(&name, "<xf fontId=\"0\"/>", 40_000) + "</cellXfs></styleSheet>";
    assert_eq!(limit(&by_hand(&header(), "", &[("xl/styles.xml", copies.as_bytes())])), Limit::FormatBytes);
}

#[test]
fn more_sheets_names_rows_and_merged_areas_than_are_read() {
    let sheets = vec![("说明", "worksheets/sheet1.xml"); 1_025];
    assert_eq!(limit(&package(&sheets, "", &[])), Limit::Sheets);
    let names =
        part("<definedNames>", "<definedName name=\"a\">b</definedName>", 100_001) + "</definedNames>";
    assert_eq!(limit(&package(&[], &names, &[])), Limit::Names);
    let merges = part("<mergeCells>", "<mergeCell/>", 1_000_001) + "</mergeCells>";
    assert_eq!(limit(&by_hand(&header(), &merges, &[])), Limit::Merges);
    assert_eq!(limit(&by_hand(&part(&header(), "<row/>", 4_500_001), "", &[])), Limit::Rows);
}

#[test]
fn two_sheets_on_one_part_are_refused() {
    let rows = sheet(&[header(), row(2, &[("A2", "G1"), ("B2", "一格")])].concat(), "");
    let empty = sheet("", "");
    let parts =
        [("xl/worksheets/sheet1.xml", rows.as_bytes()), ("xl/worksheets/sheet2.xml", empty.as_bytes())];
    let shared = |sheets: &[(&str, &str)]| match refused(&package(sheets, "", &parts)) {
        IngestError::Suspicious { reason, part, .. } => (reason, part),
        other => panic!("{other:?}"),
    };
    let first = "worksheets/sheet1.xml";
    let twice = (Suspicion::Shared, "xl/worksheets/sheet1.xml".to_owned());
    assert_eq!(shared(&[("网格", first), ("网格员", first)]), twice);
    assert_eq!(
        shared(&[("网格", first), ("说明", "worksheets/sheet2.xml"), ("别的", "/xl/Worksheets/SHEET1.xml")]),
        twice
    );
    let apart = package(&[("网格", first), ("说明", "worksheets/sheet2.xml")], "", &parts);
    let folder = folder(&[("网格.xlsx", &apart)]);
    assert_eq!(read_with(folder.path(), ReadOptions::default()).unwrap().column("grids", "id"), ["G1"]);
}

#[test]
fn a_sheet_that_is_no_markup_by_its_name_is_counted_too() {
    let rows = sheet(&part(&header(), "<row/>", 4_500_001), "");
    let bytes = package(&[("网格", "worksheets/a.bin")], "", &[("xl/worksheets/a.bin", rows.as_bytes())]);
    assert_eq!(limit(&bytes), Limit::Rows);
}

#[test]
fn memory_of_reading_is_bounded_and_more_can_be_given() {
    let strings = part("<sst>", "<si><t>东山镇第一网格</t></si>", 700_000) + "</sst>";
    let rows = [header(), row(2, &[("A2", "G1"), ("B2", "一格")])].concat();
    let bytes = by_hand(&rows, "", &[("xl/sharedStrings.xml", strings.as_bytes())]);
    let error = refused_within(&bytes, Some(1));
    assert!(matches!(error, IngestError::TooLarge { limit: Exceeded::Memory(32), .. }), "{error:?}");
    assert!(error.fault().help.zh.contains("--memory"), "{error:?}");
    let folder = folder(&[("网格.xlsx", &bytes)]);
    assert_eq!(read_with(folder.path(), ReadOptions::default()).unwrap().column("grids", "id"), ["G1"]);
}

#[test]
fn what_no_other_limit_sees_ends_at_the_memory_of_reading() {
    // Few elements of any kind, but a comment that the parser keeps as a whole.
    let comment = format!("<!--{}{}", "<xxxxxxxxxxxxxxxx".repeat(3_000_000), noise(400_000));
    let bytes = by_hand(&[comment, header()].concat(), "", &[]);
    let error = refused_within(&bytes, Some(1));
    assert!(matches!(error, IngestError::TooLarge { limit: Exceeded::Memory(32), .. }), "{error:?}");
}

#[test]
fn an_honest_workbook_of_some_size_is_read_in_little_memory() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name("网格").unwrap();
    sheet.write(0, 0, "网格编码").unwrap();
    sheet.write(0, 1, "网格名称").unwrap();
    for at in 1..20_000 {
        sheet.write(at, 0, format!("G{at}")).unwrap();
        sheet.write(at, 1, format!("第{at}网格")).unwrap();
    }
    let bytes = book.save_to_buffer().unwrap();
    let folder = folder(&[("网格.xlsx", &bytes)]);
    let read = read_with(folder.path(), ReadOptions { memory: Some(1), ..ReadOptions::default() }).unwrap();
    let ids = read.column("grids", "id");
    assert_eq!((ids.len(), ids[19_998].as_str()), (19_999, "G19999"));
}
