//! Workbooks as offices make them.

use rust_xlsxwriter::{Format, Workbook, Worksheet};

use crate::read;

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
