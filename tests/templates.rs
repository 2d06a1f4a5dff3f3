//! The template of a submission: untouched it is an empty submission, filled in it is read without a word; and what
//! `doctor` writes is read back.
#![expect(clippy::unwrap_used, reason = "tests fail by panicking")]

mod support;

use std::fs;
use std::path::{Path, PathBuf};

use calamine::{Data, Reader, Xlsx, open_workbook};
use rust_xlsxwriter::Workbook;
use serde_json::Value;
use support::{AS_OF, wangge};

/// Rows above those that are filled in.
const HEAD: usize = 5;

fn run(arguments: &[&str]) -> String {
    let output = wangge(&[arguments, &["--as-of", AS_OF, "--lang", "zh"]].concat());
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn template(folder: &Path, level: &str) -> PathBuf {
    run(&["init", folder.to_str().unwrap(), "--level", level]);
    folder.join("申报材料.xlsx")
}

fn examined(path: &Path) -> Value {
    let diagnosis: Value =
        serde_json::from_str(&run(&["doctor", path.to_str().unwrap(), "-o", "json"])).unwrap();
    assert_eq!(diagnosis.get("schema").and_then(Value::as_str), Some("wangge.diagnosis/1"));
    diagnosis.pointer("/submissions/0").unwrap().clone()
}

fn list<'v>(value: &'v Value, key: &str) -> &'v Vec<Value> {
    value.get(key).and_then(Value::as_array).unwrap()
}

/// The cells of each sheet, as texts.
fn sheets(path: &Path) -> Vec<(String, Vec<Vec<String>>)> {
    let mut book: Xlsx<_> = open_workbook(path).unwrap();
    let names = book.sheet_names();
    let cells = |row: &[Data]| row.iter().map(ToString::to_string).collect();
    let sheet = |name: String| {
        let range = book.worksheet_range(&name).unwrap();
        (name, range.rows().map(cells).collect())
    };
    names.into_iter().map(sheet).collect()
}

#[test]
fn an_untouched_template_is_an_empty_submission() {
    for level in ["city", "county", "town", "village"] {
        let folder = tempfile::tempdir().unwrap();
        let one = examined(&template(folder.path(), level));
        assert!(list(&one, "missing_tables").is_empty() && list(&one, "findings").is_empty(), "{level}");
        let tables: Vec<_> =
            list(&one, "sources").iter().filter(|source| source.get("table").is_some()).collect();
        assert!(tables.len() > 30, "{level}: {}", tables.len());
        for table in tables {
            assert_eq!(table.get("rows"), Some(&Value::from(0)), "{table}");
            assert!(list(table, "findings").is_empty() && list(table, "left_out").is_empty(), "{table}");
            assert!(list(table, "columns").iter().all(|column| column.get("by") == Some(&"name".into())));
        }
    }
}

#[test]
fn a_template_that_is_filled_in_is_read_without_a_word() {
    let folder = tempfile::tempdir().unwrap();
    let empty = template(folder.path(), "county");
    let mut book = Workbook::new();
    for (name, rows) in sheets(&empty) {
        let sheet = book.add_worksheet();
        sheet.set_name(&name).unwrap();
        let filled = support::root().join(format!("fixtures/violations/{name}.csv"));
        let mut all = rows.clone();
        if let (Ok(bytes), Some(header)) = (fs::read(&filled), rows.get(HEAD - 1)) {
            let text = String::from_utf8(bytes).unwrap();
            let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
            let heads = reader.headers().unwrap().clone();
            let places: Vec<_> = header
                .iter()
                .map(|name| heads.iter().position(|head| head == name.trim_start_matches('*')))
                .collect();
            for record in reader.records().map(Result::unwrap) {
                let cell = |place: &Option<usize>| place.and_then(|at| record.get(at)).unwrap_or_default();
                all.push(places.iter().map(|place| cell(place).to_owned()).collect());
            }
        }
        for (row, cells) in (0_u32..).zip(&all) {
            for (column, cell) in (0_u16..).zip(cells).filter(|(_, cell)| !cell.is_empty()) {
                sheet.write_string(row, column, cell).unwrap();
            }
        }
    }
    let path = folder.path().join("filled.xlsx");
    book.save(&path).unwrap();
    let one = examined(&path);
    let rows: u64 =
        list(&one, "sources").iter().filter_map(|source| source.get("rows").and_then(Value::as_u64)).sum();
    assert!(rows > 400, "{rows}");
    // The data has faults of its own; nothing is said of how it was read.
    let own = ["data.dangling-reference", "data.duplicate-key", "data.missing-value"];
    let rule = |finding: &Value| finding.get("rule").and_then(Value::as_str).unwrap().to_owned();
    for source in list(&one, "sources") {
        let rules: Vec<_> = list(source, "findings").iter().map(rule).collect();
        assert!(rules.iter().all(|rule| own.contains(&rule.as_str())), "{rules:?} {source}");
        assert!(list(source, "unknown_headers").is_empty(), "{source}");
    }
}

#[test]
fn the_same_template_has_the_same_bytes_and_is_not_replaced() {
    let (one, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let bytes = |folder: &Path| fs::read(template(folder, "town")).unwrap();
    assert_eq!(bytes(one.path()), bytes(other.path()));
    let again = wangge(&["init", one.path().to_str().unwrap(), "--lang", "zh"]);
    assert_eq!(again.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&again.stderr).contains("init.occupied"));
}

#[test]
fn lists_offer_the_levels_that_an_organization_can_have() {
    let folder = tempfile::tempdir().unwrap();
    let all = sheets(&template(folder.path(), "village"));
    let (_, choices) = all.iter().find(|(name, _)| name == "选项").unwrap();
    let columns = choices.iter().map(Vec::len).max().unwrap();
    let column = |at: usize| -> Vec<&str> {
        choices
            .iter()
            .filter_map(|row| row.get(at))
            .map(String::as_str)
            .filter(|cell| !cell.is_empty())
            .collect()
    };
    let lists: Vec<_> = (0..columns).map(column).collect();
    assert_eq!(lists.first().map(Vec::len), Some(1), "its own level alone: {lists:?}");
    assert!(lists.iter().all(|list| !list.contains(&"区县级")), "{lists:?}");
}

#[test]
fn the_dictionary_has_every_column() {
    let folder = tempfile::tempdir().unwrap();
    run(&["init", folder.path().to_str().unwrap(), "--format", "dictionary"]);
    let all = sheets(&folder.path().join("数据字典.xlsx"));
    let rows = all.iter().map(|(_, rows)| rows.len()).sum::<usize>();
    let declared: usize = support::session()
        .declarations
        .tables
        .iter()
        .filter(|table| table.is_sent())
        .map(|table| table.columns.len())
        .sum();
    assert_eq!(rows, declared + 3, "a title, a line about it, the heads");
}

#[test]
fn a_workbook_to_send_back_marks_the_cells() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("问题.xlsx");
    let output = format!("xlsx:{}", path.display());
    run(&["doctor", "fixtures/violations", "-o", &output]);
    let all = sheets(&path);
    let names: Vec<_> = all.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names.get(..2), Some(["问题和改法", "文件读取情况"].as_slice()));
    let (_, rows) = all.iter().find(|(name, _)| name == "监督检查").unwrap();
    let last = rows.last().unwrap();
    assert_eq!(last.first().map(String::as_str), Some("监督检查.csv 第2行"));
    assert!(last.last().unwrap().contains("中找不到"), "{last:?}");
}

#[test]
fn a_draft_of_a_mapping_is_read_and_settles_what_was_not_known() {
    let folder = tempfile::tempdir().unwrap();
    let submission = folder.path().join("甲县");
    fs::create_dir_all(&submission).unwrap();
    let text = "单位编号,单位名称,行政级次\nJX01,甲县网格中心,县级机关\n";
    fs::write(submission.join("被评估单位.csv"), text).unwrap();
    let text = "工号,姓明,部门编号,岗位编号,标准化身份,入职日期\n1,李明,D1,P1,专业,31/12/2024\n2,王红,D1,P1,专业,01/02/2025\n";
    fs::write(submission.join("人员.csv"), text).unwrap();
    let draft = folder.path().join("对应表.toml");
    run(&["doctor", submission.to_str().unwrap(), "--write-mapping", draft.to_str().unwrap()]);
    let drafted = fs::read_to_string(&draft).unwrap();
    for line in
        ["\"姓明\" = \"name\"", "\"entered\" = \"day/month/year\"", "[table.values.\"standardization\"]"]
    {
        assert!(drafted.contains(line), "{line}\n{drafted}");
    }
    let read =
        run(&["doctor", submission.to_str().unwrap(), "--mapping", draft.to_str().unwrap(), "-o", "json"]);
    let read: Value = serde_json::from_str(&read).unwrap();
    let sources = list(read.pointer("/submissions/0").unwrap(), "sources");
    let staff = sources.iter().find(|source| source.get("file") == Some(&"人员.csv".into())).unwrap();
    let named = list(staff, "columns").iter().find(|column| column.get("header") == Some(&"姓明".into()));
    assert_eq!(named.unwrap().get("by"), Some(&"mapping".into()));
    let told = list(staff, "findings").iter().map(ToString::to_string).collect::<String>();
    assert!(!told.contains("personnel.entered"), "{told}");
}
