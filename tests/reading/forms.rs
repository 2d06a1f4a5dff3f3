//! Forms in which offices and their systems hand in tables: what is one is read, what is none is told.

use crate::support::by_hand::{by_hand, header, package, row, sheet};
use crate::{Read, failure, read};

const STAFF: [[&str; 5]; 3] = [
    ["工号", "姓名", "部门编号", "标准化身份", "入职日期"],
    ["001", "何思雨", "D02", "专职", "2019-07-01"],
    ["002", "宋立新", "D03", "兼职", "2018-03-12"],
];

/// The table as text.
fn text(separator: &str, end: &str) -> String {
    STAFF.iter().map(|row| row.join(separator) + end).collect()
}

fn cells(open: &str, close: &str) -> String {
    let row = |row: &[&str; 5]| row.map(|cell| format!("{open}{cell}{close}")).concat();
    STAFF.iter().map(row).collect::<Vec<_>>().join("\u{0}")
}

fn is_read(file: &str, bytes: &[u8]) -> Read {
    let read = read(&[(file, bytes)]).unwrap();
    assert_eq!(read.column("personnel", "id"), ["001", "002"], "{file}");
    assert_eq!(read.column("personnel", "name").len(), 2, "{file}");
    read
}

fn utf16(text: &str, order: fn(u16) -> [u8; 2]) -> Vec<u8> {
    std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(order).collect()
}

#[test]
fn texts_are_read_with_whatever_separates_their_fields() {
    for separator in [",", "\t", ";", "|", "，"] {
        is_read("人员.csv", text(separator, "\r\n").as_bytes());
    }
    is_read("人员.csv", text(",", "\r").as_bytes());
    is_read("人员.tsv", text("\t", "\n").as_bytes());
    // Commas in one long field do not make a table of commas.
    let wkt = "网格编码\t网格名称\t边界\nG1\t一格\t\nG2\t二格\tPOLYGON((1 1,2 2,3 3,4 4,1 1))\n";
    assert_eq!(read(&[("网格清单.tsv", wkt.as_bytes())]).unwrap().column("grids", "id"), ["G1", "G2"]);
    let spaced = "\"工号\", \"姓名\", \"部门编号\"\n\"001\", \"甲, 乙\", \"D1\"\n";
    assert_eq!(read(&[("人员.csv", spaced.as_bytes())]).unwrap().column("personnel", "department"), ["D1"]);
}

#[test]
fn texts_in_utf_16_are_read_and_other_encodings_are_named() {
    let table = text("\t", "\r\n");
    is_read("人员.csv", &utf16(&table, u16::to_le_bytes));
    is_read("人员.txt", &utf16(&table, u16::to_be_bytes));
    let gbk = encoding_rs::GB18030.encode(&text(",", "\n")).0.into_owned();
    is_read("人员.csv", &gbk);
    let mixed = [gbk, "003,欧阳建国,D01,专职,2020-01-01\n".into()].concat();
    assert_eq!(failure(&[("人员.csv", &mixed)]), ("ingest.encoding".to_owned(), Some(4)));
    let traditional = "工號,姓名,部門編號,標準化身份\n001,張國榮,社會治理辦公室,專職人員\n".repeat(3);
    let big5 = encoding_rs::BIG5.encode(&traditional).0.into_owned();
    assert_eq!(failure(&[("人员.csv", &big5)]).0, "ingest.encoding");
}

#[test]
fn what_systems_call_workbooks_is_read_as_what_it_is() {
    let gbk = |text: &str| encoding_rs::GB18030.encode(text).0.into_owned();
    is_read("人员.xls", &gbk(&text("\t", "\n")));
    let rows = |open: &str, close: &str, row: &str, end: &str| {
        let rows = cells(open, close);
        rows.split('\u{0}').map(|cells| format!("{row}{cells}{end}")).collect::<Vec<_>>().concat()
    };
    let page = format!(
        "<html><table><tr><td colspan=5>名册</td></tr>{}</table>",
        rows("<td>", "</td>", "<tr>", "</tr>")
    );
    is_read("人员.xls", &gbk(&page));
    let data = rows(r#"<Cell><Data ss:Type="String">"#, "</Data></Cell>", "<Row>", "</Row>");
    let book = format!(
        r#"<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="一"><Table>{data}</Table></Worksheet></Workbook>"#
    );
    is_read("人员.xls", book.as_bytes());
}

#[test]
fn old_and_open_workbooks_mean_by_a_percentage_what_they_show() {
    for (file, bytes) in [
        ("社会效益.xls", &include_bytes!("../data/workbooks/percent.xls")[..]),
        ("社会效益.et", include_bytes!("../data/workbooks/percent.xls")),
        ("社会效益.ods", include_bytes!("../data/workbooks/percent.ods")),
    ] {
        let read = read(&[(file, bytes)]).unwrap();
        assert_eq!(read.column("benefits", "before")[..2], ["78.5", "42.6"], "{file}");
    }
}

#[test]
fn attachments_are_no_matter_whatever_they_are() {
    let rows = text(",", "\n");
    let read = read(&[
        ("人员.csv", rows.as_bytes()),
        ("会议签到扫描件.xls", b"\x01\x02\x00 scan"),
        ("照片墙.numbers", b"x"),
        ("说明书.csv", b"\xff\x00\x01"),
        ("读我.txt", b"\xff\x00\x01"),
    ])
    .unwrap();
    assert_eq!(read.faults(), [] as [&str; 0]);
    assert_eq!(read.of_rule("data.unknown-table").len(), 3);
}

#[test]
fn what_is_wrong_in_a_cell_is_told_there_and_the_rest_is_read() {
    let cell =
        |place: &str, kind: &str, value: &str| format!(r#"<c r="{place}" t="{kind}"><v>{value}</v></c>"#);
    let rows = [
        header(),
        format!("<row r=\"2\">{}{}</row>", cell("A2", "s", " 0 "), cell("B2", "e", "#SPILL!")),
        format!("<row r=\"3\">{}{}</row>", cell("A3", "str", "G3"), cell("B3", "N", "1")),
        format!("<row r=\"4\">{}{}</row>", cell("A4", "str", "G4"), cell("B4", "s", "99")),
        "<row r=\"5\"><c r=\"A5\" t=\"str\"><v>G5</v></c><c r=\"B5\"><f>A1</f><v></v></c></row>".to_owned(),
    ];
    let strings = "<sst><si><t>G2</t></si></sst>";
    let merges = r#"<mergeCells><mergeCell ref=""/></mergeCells>"#;
    let bytes = by_hand(&rows.concat(), merges, &[("xl/sharedStrings.xml", strings.as_bytes())]);
    let read = read(&[("网格.xlsx", &bytes)]).unwrap();
    assert_eq!(read.column("grids", "id"), ["G2", "G3", "G4", "G5"]);
    let wrong = read.of_rule("data.wrong-type");
    for rows in ["2", "3,4", "5"] {
        assert!(wrong.contains(&format!("data.wrong-type grids.name {rows}")), "{wrong:?}");
    }
}

#[test]
fn days_count_from_1904_under_any_format() {
    let number = |place: &str, number: &str| format!(r#"<c r="{place}"><v>{number}</v></c>"#);
    let header = row(1, &[("A1", "工号"), ("B1", "姓名"), ("C1", "部门编号"), ("D1", "入职日期")]);
    let data = row(2, &[("A2", "1"), ("B2", "甲"), ("C2", "D1")])
        .replace("</row>", &(number("D2", "43538") + "</row>"));
    let part = sheet(&[header, data].concat(), "");
    let since = r#"<workbookPr date1904="1"/>"#;
    let bytes = package(
        &[("人员", "worksheets/sheet1.xml")],
        since,
        &[("xl/worksheets/sheet1.xml", part.as_bytes())],
    );
    assert_eq!(read(&[("人员.xlsx", &bytes)]).unwrap().column("personnel", "entered"), ["2023-03-15"]);
}

#[test]
fn a_table_is_told_by_its_header_where_its_name_says_nothing() {
    let rows = text(",", "\n");
    let unnamed = is_read("导出数据.csv", rows.as_bytes());
    assert_eq!(unnamed.of_rule("data.read-by-header").len(), 1);
    let others = "编号,姓名,身份证号,联系电话,网格编码,人员类别,管控措施\nZ1,张甲,,1,G1,社区矫正,每周走访\n";
    let read = read(&[("重点人员.csv", others.as_bytes())]).unwrap();
    assert!(!read.tables["personnel"].present && !read.tables["grid_members"].present);
    assert_eq!(read.of_rule("data.unknown-table").len(), 1);
}

#[test]
fn what_stands_around_the_data_is_no_data() {
    let head = STAFF[0].join(",");
    let explained =
        ["1,2,3,4,5", "No.,Name,Department,Role,Hired", "示例：001,张三,D01,专职/兼职,2020-01-01"];
    for row in explained {
        let read = is_read("人员.csv", text(",", "\n").replace(&head, &format!("{head}\n{row}")).as_bytes());
        assert_eq!(read.of_rule("data.explaining-row"), ["data.explaining-row personnel 2"], "{row}");
    }
    for footer in [
        "共 2 条记录",
        "导出时间：2026-06-30 10:00",
        "填表人：张三,,审核：李四",
        "以下空白",
        "第1页/共1页",
        ",,合计,,2",
    ] {
        is_read("人员.csv", format!("{}{footer}\n", text(",", "\n")).as_bytes());
    }
    let counted = "序号,工号,姓名,部门编号\n1,001,甲,D1\n2,002,乙,D1\n3,,,\n4,,,\n";
    is_read("人员.csv", counted.as_bytes());
    let numbered = "1.工号,2、姓名/Name,（3）部门编号,*标准化身份\n001,甲,D1,专职\n002,乙,D1,兼职\n";
    is_read("人员.csv", numbered.as_bytes());
    let protected = "工号,姓名,部门编号\n\"=\"\"001\"\"\",甲,'D1\n'002,乙,D1\n";
    let read = is_read("人员.csv", protected.as_bytes());
    assert_eq!(read.of_rule("data.protective-sign"), ["data.protective-sign personnel 2,2,3"]);
}

#[test]
fn a_header_reaches_as_far_down_as_its_cells() {
    let rows = [
        row(1, &[("A1", "工号"), ("B1", "基本信息"), ("E1", "家庭情况")]),
        row(2, &[("B2", "个人"), ("D2", "所在"), ("E2", "父亲"), ("F2", "母亲")]),
        row(3, &[("B3", "姓名"), ("C3", "标准化身份"), ("D3", "部门编号")]),
        row(4, &[("A4", "001"), ("B4", "甲"), ("C4", "专职"), ("D4", "D1"), ("E4", "乙")]),
        row(5, &[("A5", "002"), ("B5", "丙"), ("C5", "兼职"), ("D5", "D1"), ("E5", "丁")]),
    ];
    let areas = ["A1:A3", "B1:D1", "E1:F1", "B2:C2", "E2:E3", "F2:F3"];
    let merges = areas.map(|area| format!(r#"<mergeCell ref="{area}"/>"#)).concat();
    let part = sheet(&rows.concat(), &format!("<mergeCells>{merges}</mergeCells>"));
    let parts = [("xl/worksheets/sheet1.xml", part.as_bytes())];
    is_read("人员.xlsx", &package(&[("人员", "worksheets/sheet1.xml")], "", &parts));
}

#[test]
fn days_without_a_year_have_that_of_a_column_of_years() {
    let table = "工号,姓名,部门编号,年份,入职日期\n001,何思雨,D02,2019年,7月1日\n002,宋立新,D03,,3月1日\n003,罗一,D03,2020,2018-03-01\n";
    let read = read(&[("人员.csv", table.as_bytes())]).unwrap();
    assert_eq!(read.column("personnel", "entered"), ["2019-07-01", "3月1日", "2018-03-01"]);
    assert_eq!(read.of_rule("data.year-beside"), ["data.year-beside personnel 2"]);
    assert_eq!(read.of_rule("data.unknown-column"), Vec::<String>::new());
    for other in [table.replace("部门编号", "年"), table.replace("年份", "统计年度")] {
        assert_eq!(
            crate::read(&[("人员.csv", other.as_bytes())]).unwrap().of_rule("data.year-beside").len(),
            0
        );
    }
    // The year may have turned between the days of a row.
    let turned =
        "修订编号,标准编号,年份,申请日期,批准日期\nX1,A1,2024,12月28日,1月5日\nX2,A1,2024,3月1日,4月2日\n";
    let read = crate::read(&[("修订记录.csv", turned.as_bytes())]).unwrap();
    assert_eq!(read.of_rule("data.year-beside"), ["data.year-beside revisions 3,3"]);
}
