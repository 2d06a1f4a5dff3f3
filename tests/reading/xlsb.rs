//! Workbooks of records (XLSB), made byte by byte and read by another program's library as well.

use calamine::{Data, Reader, Xlsb};

use crate::support::zipped::{Entry, archive};
use crate::{failure, read};

fn number(mut value: usize, most: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    while bytes.len() < most {
        let low = u8::try_from(value & 0x7f).unwrap();
        value >>= 7;
        bytes.push(if value > 0 { low | 0x80 } else { low });
        if value == 0 {
            break;
        }
    }
    bytes
}

fn record(kind: usize, data: &[u8]) -> Vec<u8> {
    [number(kind, 2), number(data.len(), 4), data.to_vec()].concat()
}

fn words(values: &[u32]) -> Vec<u8> {
    values.iter().flat_map(|value| value.to_le_bytes()).collect()
}

fn wide(text: &str) -> Vec<u8> {
    let units: Vec<u16> = text.encode_utf16().collect();
    let length = u32::try_from(units.len()).unwrap();
    [length.to_le_bytes().to_vec(), units.into_iter().flat_map(u16::to_le_bytes).collect()].concat()
}

/// A cell of a kind with its style and content.
fn cell(kind: usize, column: u32, style: u32, content: &[u8]) -> Vec<u8> {
    record(kind, &[words(&[column, style]), content.to_vec()].concat())
}

fn inline(column: u32, text: &str) -> Vec<u8> {
    cell(6, column, 0, &wide(text))
}

fn real(column: u32, style: u32, value: f64) -> Vec<u8> {
    cell(5, column, style, &value.to_le_bytes())
}

fn row(at: u32, cells: &[Vec<u8>]) -> Vec<u8> {
    let head = [words(&[at, 0]), vec![0; 5], words(&[0])].concat();
    [record(0, &head), cells.concat()].concat()
}

fn relations(all: &[(&str, &str, &str)]) -> String {
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let one = |(id, kind, target): &(&str, &str, &str)| {
        format!("<Relationship Id=\"{id}\" Type=\"{office}/{kind}\" Target=\"{target}\"/>")
    };
    let all: String = all.iter().map(one).collect();
    format!(
        "<?xml version=\"1.0\"?><Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{all}</Relationships>"
    )
}

/// A workbook of one sheet with these rows and merged areas.
fn workbook(sheet: &str, rows: &[Vec<u8>], merged: &[[u32; 4]]) -> Vec<u8> {
    let merged = merged.iter().map(|area| record(176, &words(area))).collect::<Vec<_>>().concat();
    unended(sheet, rows, [record(146, &[]), merged, record(130, &[])].concat())
}

/// A workbook of one sheet with these rows, and what stands behind them.
fn unended(sheet: &str, rows: &[Vec<u8>], rest: Vec<u8>) -> Vec<u8> {
    let bundle = [words(&[0, 1]), wide("rId1"), wide(sheet)].concat();
    let book = [
        record(131, &[]),
        record(153, &words(&[0, 0])),
        record(143, &[]),
        record(156, &bundle),
        record(144, &[]),
        record(132, &[]),
    ];
    let format = |id: u16, code: &str| record(44, &[id.to_le_bytes().to_vec(), wide(code)].concat());
    let style = |id: u16| {
        record(
            47,
            &[0_u16.to_le_bytes(), id.to_le_bytes()].concat().into_iter().chain([0; 12]).collect::<Vec<_>>(),
        )
    };
    // Style 1 shows days, 2 codes of six digits, 3 percentages.
    let styles = [
        record(278, &[]),
        record(615, &words(&[1])),
        format(164, "000000"),
        record(616, &[]),
        record(617, &words(&[4])),
        style(0),
        style(14),
        style(164),
        style(9),
        record(618, &[]),
        record(279, &[]),
    ];
    let text = |text: &str| record(19, &[vec![0], wide(text)].concat());
    let strings = [record(159, &words(&[2, 2])), text("共享甲"), text("共享乙"), record(160, &[])];
    let sheet = [record(129, &[]), record(148, &words(&[0, 9, 0, 9])), record(145, &[]), rows.concat(), rest];
    let of_book = relations(&[
        ("rId1", "worksheet", "worksheets/sheet1.bin"),
        ("rId2", "styles", "styles.bin"),
        ("rId3", "sharedStrings", "sharedStrings.bin"),
    ]);
    let root = relations(&[("rId1", "officeDocument", "xl/workbook.bin")]);
    archive(&[
        Entry::new("[Content_Types].xml", b"<Types/>"),
        Entry::new("_rels/.rels", root.as_bytes()),
        Entry::new("xl/workbook.bin", &book.concat()),
        Entry::new("xl/_rels/workbook.bin.rels", of_book.as_bytes()),
        Entry::new("xl/styles.bin", &styles.concat()),
        Entry::new("xl/sharedStrings.bin", &strings.concat()),
        Entry::new("xl/worksheets/sheet1.bin", &sheet.concat()),
    ])
}

fn header(names: &[&str]) -> Vec<u8> {
    let cells: Vec<_> = (0..).zip(names).map(|(at, name)| inline(at, name)).collect();
    row(0, &cells)
}

fn staff() -> Vec<u8> {
    let day = 43_647_u32 << 2 | 2;
    let rows = [
        header(&["工号", "姓名", "部门编号", "入职日期"]),
        row(
            1,
            &[real(0, 2, 12.0), cell(7, 1, 0, &words(&[1])), inline(2, "D02"), cell(2, 3, 1, &words(&[day]))],
        ),
        row(
            2,
            &[
                inline(0, "000013"),
                cell(8, 1, 0, &wide("宋立新")),
                cell(11, 2, 0, &[0x2a]),
                real(3, 1, 43_171.0),
            ],
        ),
        row(7, &[inline(0, "000014"), inline(1, "何思雨"), inline(2, "D03"), inline(3, "3月1号")]),
    ];
    workbook("人员", &rows, &[])
}

#[test]
fn texts_numbers_days_and_formats_are_read() {
    let read = read(&[("申报.xlsb", &staff())]).unwrap();
    assert_eq!(read.column("personnel", "id"), ["000012", "000013", "000014"]);
    assert_eq!(read.column("personnel", "name"), ["共享乙", "宋立新", "何思雨"]);
    assert_eq!(read.column("personnel", "entered"), ["2019-07-01", "2018-03-12", "3月1号"]);
    let department = read.tables["personnel"].decl.position("department").unwrap();
    assert_eq!(read.tables["personnel"].place(2, department).unwrap().row, 8);
    let wrong: Vec<_> = read.findings.iter().filter(|finding| finding.rule == "data.wrong-type").collect();
    assert!(wrong.iter().any(|one| one.message.zh.contains("出错")), "an error is no empty cell: {wrong:?}");
    assert!(wrong.iter().any(|one| one.message.zh.contains("没有年份")), "{wrong:?}");
}

#[test]
fn another_library_reads_the_same() {
    let mut book: Xlsb<_> = Xlsb::new(std::io::Cursor::new(staff())).unwrap();
    let range = book.worksheet_range("人员").unwrap();
    assert_eq!(range.get_value((1, 1)), Some(&Data::String("共享乙".to_owned())));
    assert_eq!(range.get_value((7, 0)), Some(&Data::String("000014".to_owned())));
    let day = range.get_value((1, 3));
    assert!(matches!(day, Some(Data::DateTime(day)) if day.as_f64().to_string() == "43647"), "{day:?}");
}

#[test]
fn merged_areas_and_percentages_are_read() {
    let rows = [
        header(&["网格编码", "网格名称", "所属社区"]),
        row(1, &[inline(0, "G1"), inline(1, "一格"), inline(2, "东社区")]),
        row(2, &[inline(0, "G2"), inline(1, "二格")]),
    ];
    let read = read(&[("网格.xlsb", &workbook("Sheet1", &rows, &[[1, 2, 2, 2]]))]).unwrap();
    assert_eq!(read.column("grids", "community"), ["东社区", "东社区"]);
}

#[test]
fn a_sheet_that_is_cut_off_is_refused_and_loses_nothing_in_silence() {
    let rows = [header(&["网格编码", "网格名称"]), row(1, &[inline(0, "G1"), inline(1, "一格")])];
    for rest in [vec![6, 200], record(130, &[])] {
        let bytes = unended("网格", &rows, rest);
        assert_eq!(failure(&[("网格.xlsb", &bytes)]).0, "ingest.damaged");
    }
    // The form of records of another kind behind the cells is nobody's business.
    let whole = unended("网格", &rows, [record(146, &[]), record(600, &[1, 2])].concat());
    assert_eq!(read(&[("网格.xlsb", &whole)]).unwrap().tables["grids"].len(), 1);
}

#[test]
fn what_is_wrong_is_refused_and_never_panics() {
    let rows = |cells: &[Vec<u8>]| [header(&["网格编码", "网格名称"]), row(1, cells)];
    let backwards = workbook("网格", &rows(&[inline(1, "一格"), inline(0, "G1")]), &[]);
    assert_eq!(failure(&[("网格.xlsb", &backwards)]).0, "ingest.damaged");
    let outside = workbook("网格", &[header(&["网格编码"]), row(2_000_000, &[inline(0, "G1")])], &[]);
    assert_eq!(failure(&[("网格.xlsb", &outside)]).0, "ingest.damaged");
    let missing = workbook("网格", &rows(&[cell(7, 0, 0, &words(&[99])), inline(1, "一格")]), &[]);
    assert_eq!(read(&[("网格.xlsb", &missing)]).unwrap().tables["grids"].len(), 1);
    let whole = staff();
    for cut in (0..whole.len()).step_by(97) {
        drop(read(&[("人员.xlsb", &whole[..cut])]));
    }
}
