//! CSV files: encodings, titles, totals, and what is wrong with them.

use encoding_rs::GB18030;

use wangge::model::diagnosis::LeftOutReason;

use crate::{failure, read};

const DEPARTMENTS: &str = "部门编号,部门名称,机构类别\nD01,综治办,管理部门\nD02,服务大厅,服务部门\n";

#[test]
fn every_encoding_gives_the_same_rows() {
    let (gbk, _, lossy) = GB18030.encode(DEPARTMENTS);
    assert!(!lossy);
    let bom = [b"\xef\xbb\xbf".as_slice(), DEPARTMENTS.as_bytes()].concat();
    let plain = read(&[("部门机构.csv", DEPARTMENTS.as_bytes())]).unwrap();
    assert_eq!(plain.column("departments", "id"), ["D01", "D02"]);
    for bytes in [gbk.as_ref(), bom.as_slice()] {
        let other = read(&[("部门机构.csv", bytes)]).unwrap();
        assert_eq!(other.rows("departments"), plain.rows("departments"));
        assert_ne!(other.info.sha256, plain.info.sha256);
    }
}

#[test]
fn neither_encoding_is_an_error() {
    let bytes = [DEPARTMENTS.as_bytes(), b"D03,\xff\xff,x\n"].concat();
    assert_eq!(failure(&[("部门机构.csv", &bytes)]), ("ingest.encoding".to_owned(), Some(4)));
    let utf16: Vec<u8> =
        std::iter::once(0xfeff).chain("编号".encode_utf16()).flat_map(u16::to_le_bytes).collect();
    assert!(read(&[("部门机构.csv", &utf16)]).is_ok());
    // Half a character at the end.
    assert_eq!(failure(&[("部门机构.csv", &utf16[..5])]).0, "ingest.encoding");
}

#[test]
fn faults_that_make_a_file_unreadable_are_located() {
    let unclosed = "部门编号,部门名称,机构类别\nD01,\"综治办,管理部门\nD02,服务大厅,服务部门\n";
    assert_eq!(failure(&[("部门机构.csv", unclosed.as_bytes())]), ("ingest.quote".to_owned(), Some(2)));
    let nul = "部门编号,部门名称,机构类别\nD01,综\0治办,管理部门\n";
    assert_eq!(failure(&[("部门机构.csv", nul.as_bytes())]), ("ingest.nul".to_owned(), Some(2)));
}

#[test]
fn titles_totals_remarks_and_repeated_headers_are_no_data() {
    let text = "临江区服务效率对比表,,,\n填报单位：综治办,,,\n事项编号,服务事项,实施前时限,实施后时限\n\
                S1,居住证,10,5\n\n,,,\n事项编号,服务事项,实施前时限,实施后时限\nS2,总计单打印,4,2\n\
                合 计,,14,7\n注：时限单位为工作日,,,\n填表人：李明,,2026年3月1日,\n";
    let read = read(&[("服务效率.csv", text.as_bytes())]).unwrap();
    assert_eq!(read.column("efficiency", "id"), ["S1", "S2"]);
    assert_eq!(read.tables["efficiency"].source_rows.iter().collect::<Vec<_>>(), [4, 8]);
    assert!(read.faults().is_empty(), "{:?}", read.faults());
    let sheet = &read.info.files[0].sheets[0];
    assert_eq!(sheet.header, Some(3));
    let left_out = [
        (7, LeftOutReason::Header),
        (9, LeftOutReason::Total),
        (10, LeftOutReason::Remark),
        (11, LeftOutReason::Remark),
    ];
    assert_eq!(sheet.skipped, left_out);
}

#[test]
fn data_that_looks_like_a_total_stays() {
    let text = "事项名称,事项编号,实施前时限,实施后时限\n合计,S1,10,5\n说明：打印,S2,4,2\n";
    let read = read(&[("服务效率.csv", text.as_bytes())]).unwrap();
    assert_eq!(read.column("efficiency", "id"), ["S1", "S2"]);
}

#[test]
fn a_header_of_two_rows_is_put_together() {
    let text = "标准体系,标准数量,,,,合计\n,国家标准,行业标准,地方标准,组织标准,现有标准数\n\
                服务提供,1,2,3,4,10\n合计,1,2,3,4,10\n";
    let read = read(&[("标准统计表.csv", text.as_bytes())]).unwrap();
    assert_eq!(read.column("statistics", "local"), ["3"]);
    assert_eq!(read.column("statistics", "actual"), ["10"]);
}

#[test]
fn a_group_label_completes_what_stands_under_it() {
    let text = "标准编号,标准名称,分类代号,发布,实施,\n,,,日期,日期,部门\n\
                Q/1,网格,TG1,2024-01-01,2024-02-01,综治办\n";
    let read = read(&[("标准明细表.csv", text.as_bytes())]).unwrap();
    assert_eq!(read.column("standards", "effective"), ["2024-02-01"]);
    assert_eq!(read.column("standards", "issued"), ["2024-01-01"]);
    assert_eq!(read.column("standards", "department"), ["综治办"]);
}

#[test]
fn ragged_rows_are_reported_and_surplus_ones_left_out() {
    let text = "部门编号,部门名称,机构类别\nD01,综治办\nD02,服务,大厅,服务部门\nD03,大厅,服务部门,\nD04,大厅,服务部门\n";
    let read = read(&[("部门机构.csv", text.as_bytes())]).unwrap();
    assert_eq!(read.column("departments", "id"), ["D01", "D03", "D04"]);
    assert_eq!(read.of_rule("data.ragged-row"), ["data.ragged-row departments 2,3,4"]);
    assert_eq!(read.of_rule("data.missing-value"), ["data.missing-value departments.kind 2"]);
}

#[test]
fn of_two_columns_with_one_name_the_first_is_used() {
    let text = "部门编号,部门名称,机构类别,部门名称\nD01,甲,管理部门,乙\n";
    let read = read(&[("部门机构.csv", text.as_bytes())]).unwrap();
    assert_eq!(read.column("departments", "name"), ["甲"]);
    assert_eq!(read.faults(), ["data.duplicate-header departments.name 1"]);
}

#[test]
fn a_column_named_outright_goes_before_an_alias() {
    let text = "编号,部门编号,部门名称,机构类别\n1,D01,甲,管理部门\n";
    let read = read(&[("部门机构.csv", text.as_bytes())]).unwrap();
    assert_eq!(read.column("departments", "id"), ["D01"]);
    assert_eq!(read.faults(), ["data.duplicate-header departments.id 1"]);
}

#[test]
fn headers_are_met_with_stars_units_and_full_width() {
    let text = "＊网格编码,网格名称（必填）,人口数（人）,面积（平方米）\nG1,一格,300,1.5\n";
    let read = read(&[("网格.csv", text.as_bytes())]).unwrap();
    assert_eq!(read.rows("grids")[0][..2], ["G1", "一格"]);
    assert_eq!(read.column("grids", "population"), ["300"]);
    assert_eq!(read.column("grids", "area"), ["1.5"]);
}

#[test]
fn missing_and_misspelt_columns_are_told() {
    let text = "部门编号,部门名穪,列入机构图\nD01,甲,是\n";
    let read = read(&[("部门机构.csv", text.as_bytes())]).unwrap();
    assert_eq!(
        read.of_rule("data.missing-column"),
        ["data.missing-column departments.kind 1", "data.missing-column departments.name 1"]
    );
    assert_eq!(read.of_rule("data.misspelt-column"), ["data.misspelt-column departments.name 1"]);
    assert_eq!(read.of_rule("data.optional-column"), ["data.optional-column departments 1"]);
}

#[test]
fn a_file_of_one_row_without_a_header_is_a_present_but_empty_table() {
    let read = read(&[("部门机构.csv", "甲,乙\n".as_bytes())]).unwrap();
    assert!(read.tables["departments"].present && read.tables["departments"].is_empty());
    assert_eq!(read.faults(), ["data.no-header departments 1"]);
    assert!(!read.tables["grids"].present);
}

#[test]
fn files_of_one_table_are_appended_in_order() {
    let one = "部门编号,部门名称,机构类别\nD02,乙,管理部门\n";
    let other = "机构类别,部门编号,部门名称\n服务部门,D01,甲\n";
    let read = read(&[("部门机构(2).csv", other.as_bytes()), ("部门机构(1).csv", one.as_bytes())]).unwrap();
    assert_eq!(read.column("departments", "id"), ["D02", "D01"]);
    let place = read.tables["departments"].place(1, 0).unwrap();
    assert_eq!((place.source.file.as_str(), place.row, place.column), ("部门机构(2).csv", 2, Some(2)));
}

#[test]
fn characters_of_wrong_decodings_are_reported() {
    let text = "部门编号,部门名称,机构类别\nD01,综\u{fffd}办,管理部门\nD02,\u{e5e5}办,管理部门\n";
    let read = read(&[("部门机构.csv", text.as_bytes())]).unwrap();
    assert_eq!(read.faults(), ["data.odd-character departments.name 2,3"]);
}

#[test]
fn other_separators_are_met() {
    for separator in ["\t", ";"] {
        let text = DEPARTMENTS.replace(',', separator);
        let read = read(&[("部门机构.csv", text.as_bytes())]).unwrap();
        assert_eq!(read.column("departments", "name"), ["综治办", "服务大厅"]);
        assert!(read.faults().is_empty());
    }
}
