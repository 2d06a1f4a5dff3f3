//! Workbooks as offices make them.

use rust_xlsxwriter::{Format, Workbook, Worksheet};

use crate::read;
use wangge::table::NotKnown;

fn saved(mut book: Workbook) -> Vec<u8> {
    book.save_to_buffer().unwrap()
}

fn write(sheet: &mut Worksheet, rows: &[&[&str]], first: u32) {
    for (row, cells) in (first..).zip(rows) {
        for (column, cell) in (0..).zip(*cells) {
            if !cell.is_empty() {
                sheet.write(row, column, *cell).unwrap();
            }
        }
    }
}

#[test]
fn merged_titles_groups_and_cells_are_met() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let centre = Format::new();
    sheet.set_name("标准明细表").unwrap();
    sheet.merge_range(0, 0, 0, 5, "临江区标准明细表", &centre).unwrap();
    for (column, header) in [(0, "标准编号"), (1, "标准名称"), (2, "分类代号"), (5, "实施部门")]
    {
        sheet.merge_range(1, column, 2, column, header, &centre).unwrap();
    }
    sheet.merge_range(1, 3, 1, 4, "日期", &centre).unwrap();
    write(sheet, &[&["", "", "", "发布日期", "实施日期"]], 2);
    write(sheet, &[&["Q/1", "甲", "", "2024-01-01", "2024-02-01", "综治办"]], 3);
    write(sheet, &[&["Q/2", "乙", "", "2024-01-01", "2024-02-01", "综治办"]], 4);
    sheet.merge_range(3, 2, 4, 2, "TG1", &centre).unwrap();
    let read = read(&[("附件.xlsx", &saved(book))]).unwrap();
    assert_eq!(read.column("standards", "class_code"), ["TG1", "TG1"]);
    assert_eq!(read.column("standards", "effective"), ["2024-02-01", "2024-02-01"]);
    assert_eq!(read.tables["standards"].source_rows.iter().collect::<Vec<_>>(), [4, 5]);
    assert!(read.faults().is_empty(), "{:?}", read.faults());
}

#[test]
fn group_labels_complete_what_stands_under_them() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let centre = Format::new();
    sheet.merge_range(0, 0, 1, 0, "标准编号", &centre).unwrap();
    sheet.merge_range(0, 1, 1, 1, "标准名称", &centre).unwrap();
    sheet.merge_range(0, 2, 1, 2, "分类代号", &centre).unwrap();
    sheet.merge_range(0, 3, 0, 4, "实施", &centre).unwrap();
    write(sheet, &[&["", "", "", "日期", "部门"], &["Q/1", "甲", "T", "2024-02-01", "综治办"]], 1);
    let read = read(&[("标准明细表.xlsx", &saved(book))]).unwrap();
    assert_eq!(read.column("standards", "effective"), ["2024-02-01"]);
    assert_eq!(read.column("standards", "department"), ["综治办"]);
}

#[test]
fn a_workbook_with_nameless_sheets_is_the_table_of_its_file() {
    let mut book = Workbook::new();
    book.add_worksheet().set_name("填表说明").unwrap().write(0, 0, "请如实填写").unwrap();
    write(book.add_worksheet(), &[&["网格编码", "网格名称"], &["G1", "一格"]], 0);
    book.add_worksheet();
    let read = read(&[("网格清单.xlsx", &saved(book))]).unwrap();
    assert_eq!(read.column("grids", "id"), ["G1"]);
    assert!(read.of_rule("data.unknown-table").is_empty());
}

#[test]
fn hidden_sheets_are_read_and_unknown_ones_told() {
    let mut book = Workbook::new();
    let grids = book.add_worksheet();
    grids.set_name("网格").unwrap();
    write(grids, &[&["网格编码", "网格名称"], &["G1", "一格"]], 0);
    let members = book.add_worksheet();
    members.set_name("网格员").unwrap().set_hidden(true);
    write(members, &[&["网格员工号", "姓名", "网格编码"], &["W1", "李明", "G1"]], 0);
    write(book.add_worksheet().set_name("其他").unwrap(), &[&["x"]], 0);
    let read = read(&[("申报.xlsx", &saved(book))]).unwrap();
    assert_eq!(read.column("grid_members", "id"), ["W1"]);
    assert!(read.info.files[0].sheets[1].hidden);
    assert_eq!(read.of_rule("data.unknown-table"), ["data.unknown-table 其他 0"]);
}

/// A workbook of these sheets, each with its rows.
fn book(sheets: &[(&str, &[&[&str]])]) -> Workbook {
    let mut book = Workbook::new();
    for (name, rows) in sheets {
        write(book.add_worksheet().set_name(*name).unwrap(), rows, 0);
    }
    book
}

const STANDARD: &[&str] = &["标准编号", "标准体系分类代号", "标准名称", "实施日期", "实施部门"];

#[test]
fn all_sheets_with_the_header_of_their_workbook_are_parts_of_its_table() {
    let book = book(&[
        ("指导层", &[&["标准明细表"], STANDARD, &["Q/1", "ZD1", "甲", "2024-01-01", "综治办"]]),
        ("封面", &[&["标准明细表"]]),
        ("通用基础标准", &[STANDARD, &["Q/2", "JC1", "乙", "2024-01-01", "综治办"], &["合计", "1"]]),
        ("服务提供标准", &[STANDARD, &["Q/3", "TG1", "丙", "2024年13月", "综治办"]]),
    ]);
    let read = read(&[("标准明细表.xlsx", &saved(book))]).unwrap();
    assert_eq!(read.column("standards", "number"), ["Q/1", "Q/2", "Q/3"]);
    assert_eq!(read.tables["standards"].source_rows.iter().collect::<Vec<_>>(), [3, 2, 2]);
    assert!(read.tables["standards"].unread().is_none());
    assert!(read.of_rule("data.unknown-table").is_empty());
    let wrong = read.findings.iter().find(|finding| finding.rule == "data.wrong-type").unwrap();
    assert_eq!(wrong.locations[0].sheet.as_deref(), Some("服务提供标准"));
}

#[test]
fn a_table_known_by_its_sheet_goes_on_in_others() {
    let grids: &[&str] = &["网格编码", "网格名称", "网格层级"];
    let members: &[&str] = &["网格员工号", "姓名", "网格编码"];
    let book = book(&[
        ("网格", &[grids, &["G1", "一格", "社区级"]]),
        ("网格员", &[members, &["W1", "李明", "G1"]]),
        ("城西街道", &[grids, &["G2", "二格", "社区级"]]),
        ("城西", &[members, &["W2", "王芳", "G2"]]),
        ("会议照片", &[&["街道", "数量"], &["城西", "2"]]),
    ]);
    let read = read(&[("申报材料.xlsx", &saved(book))]).unwrap();
    assert_eq!(read.column("grids", "id"), ["G1", "G2"]);
    assert_eq!(read.column("grid_members", "id"), ["W1", "W2"]);
    assert_eq!(read.of_rule("data.unknown-table"), ["data.unknown-table 会议照片 0"]);
    assert!(read.tables["grids"].unread().is_none());
}

#[test]
fn a_sheet_with_another_header_leaves_its_table_in_doubt() {
    let sheets: [(&str, &[&[&str]]); 3] = [
        ("汇总", &[&["部门", "标准数"], &["综治办", "1"]]),
        ("一", &[STANDARD, &["Q/1", "ZD1", "甲", "2024-01-01", "综治办"]]),
        (
            "二",
            &[&["Q/2", "ZD1", "乙", "2024-01-01", "综治办"], &["Q/3", "ZD1", "丙", "2024-01-01", "综治办"]],
        ),
    ];
    let read = read(&[("标准明细表.xlsx", &saved(book(&sheets)))]).unwrap();
    assert_eq!(read.column("standards", "number"), ["Q/1"]);
    assert_eq!(read.of_rule("data.unknown-table"), ["data.unknown-table 二 0", "data.unknown-table 汇总 0"]);
    assert_eq!(read.tables["standards"].unread().map(|unread| unread.why), Some(NotKnown::Header));
}

#[test]
fn hidden_parts_are_left_out_and_told() {
    let sheets: [(&str, &[&[&str]]); 2] = [
        ("旧", &[STANDARD, &["Q/1", "ZD1", "甲", "2024-01-01", "综治办"]]),
        ("新", &[STANDARD, &["Q/2", "ZD1", "甲", "2024-01-01", "综治办"]]),
    ];
    let mut both = book(&sheets);
    both.worksheet_from_index(0).unwrap().set_hidden(true);
    both.worksheet_from_index(1).unwrap().set_active(true);
    let one = read(&[("标准明细表.xlsx", &saved(both))]).unwrap();
    assert_eq!(one.column("standards", "number"), ["Q/2"]);
    assert_eq!(one.of_rule("data.hidden-sheet"), ["data.hidden-sheet 旧 0"]);
    assert!(one.tables["standards"].unread().is_none());
    let mut hidden = book(&sheets[..1]);
    hidden.worksheet_from_index(0).unwrap().set_hidden(true);
    hidden.add_worksheet().set_active(true);
    let none = read(&[("标准明细表.xlsx", &saved(hidden))]).unwrap();
    assert_eq!(none.tables["standards"].unread().map(|unread| unread.why), Some(NotKnown::Hidden));
}

#[test]
fn what_a_number_format_shows_is_meant() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name("社会效益").unwrap();
    write(
        sheet,
        &[&["指标编号", "效益指标", "标准化前", "标准化后", "指标方向"], &["", "办结率", "", "", "higher"]],
        0,
    );
    sheet.write_with_format(1, 0, 7, &Format::new().set_num_format("0000")).unwrap();
    sheet.write_with_format(1, 2, 0.825, &Format::new().set_num_format("0.0%")).unwrap();
    sheet.write_with_format(1, 3, 0.07, &Format::new().set_num_format_index(9)).unwrap();
    let read = read(&[("a.xlsx", &saved(book))]).unwrap();
    assert_eq!(read.rows("benefits")[0][..4], ["0007", "办结率", "82.5", "7"]);
}

#[test]
fn identifiers_that_lost_digits_are_told() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name("人员").unwrap();
    write(sheet, &[&["工号", "姓名", "身份证号", "部门编号", "联系电话"], &["P1", "李明", "", "D1"]], 0);
    sheet.write(1, 2, 110_101_199_003_074_510.0_f64).unwrap();
    sheet.write(1, 4, 13_812_345_678.0_f64).unwrap();
    let read = read(&[("a.xlsx", &saved(book))]).unwrap();
    assert_eq!(read.faults(), ["data.lost-digits personnel.id_number 2"]);
    assert_eq!(read.column("personnel", "phone"), ["13812345678"]);
}

#[test]
fn failed_formulas_and_logical_cells_are_typed() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name("部门机构").unwrap();
    write(
        sheet,
        &[&["部门编号", "部门名称", "机构类别", "列入机构图", "成立日期"], &["D1", "甲", "其他"]],
        0,
    );
    sheet.write(1, 3, true).unwrap();
    sheet.write_formula(1, 4, rust_xlsxwriter::Formula::new("=1/0").set_result("#DIV/0!")).unwrap();
    let read = read(&[("a.xlsx", &saved(book))]).unwrap();
    assert_eq!(read.column("departments", "on_chart"), ["是"]);
    assert_eq!(read.column("departments", "established"), [""]);
    assert_eq!(read.faults(), ["data.wrong-type departments.established 2"]);
}
