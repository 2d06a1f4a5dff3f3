//! A registry of standards of the user's own: the result of a query laid over the built-in one.
#![expect(clippy::unwrap_used, clippy::format_collect, reason = "tests")]

mod support;

use std::fs;
use std::path::{Path, PathBuf};

use rust_xlsxwriter::Workbook;
use support::subjects::judge;
use wangge::assessment::session::Session;

/// Covers A.3.5.b by its name.
const PATROL: &str = "社区网格巡查工作规范";
const HEADER: [&str; 7] = ["序号", "标准号", "标准名称", "标准状态", "发布日期", "实施日期", "代替标准"];

fn session(file: &Path) -> Session {
    support::session_with(usize::MAX, Some(file.to_owned()))
}

/// The result of a query as CSV, with a title over its header.
fn csv(folder: &Path, rows: &[[&str; 7]]) -> PathBuf {
    let path = folder.join("国家标准查询结果20260601.csv");
    let lines = [vec!["标准查询结果", "", "", "", "", "", ""], HEADER.to_vec()];
    let rows = lines.into_iter().chain(rows.iter().map(|row| row.to_vec()));
    let text: String = rows.map(|row| format!("\"{}\"\n", row.join("\",\""))).collect();
    fs::write(&path, text).unwrap();
    path
}

/// The same as a workbook.
fn xlsx(folder: &Path, rows: &[[&str; 7]]) -> PathBuf {
    let path = folder.join("export.xlsx");
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name("Sheet1").unwrap().write(0, 0, "标准查询结果").unwrap();
    for (at, row) in [HEADER].iter().chain(rows).enumerate() {
        for (column, text) in row.iter().enumerate() {
            sheet.write(u32::try_from(at).unwrap() + 1, u16::try_from(column).unwrap(), *text).unwrap();
        }
    }
    book.save(&path).unwrap();
    path
}

/// The outcome of A.3.5.b for a standard under this number.
fn outcome(session: &Session, number: &str) -> &'static str {
    let said = judge(session, number, PATROL);
    match (said.met.contains("A.3.5.b"), said.open.contains("A.3.5.b")) {
        (true, _) => "met",
        (_, true) => "unknown",
        _ => "lost",
    }
}

#[test]
fn a_query_is_read_under_any_name_and_has_the_last_word() {
    let folder = tempfile::tempdir().unwrap();
    let rows = [
        ["1", "DB11/T 100-2022", "甲", "现行", "2022-01-01", "2022-07-01", "DB11/T 100-2015"],
        ["2", "DB11/T 101-2018", "乙", "废止", "2018-01-01", "2018-07-01", ""],
        ["3", "DB11/T 102-2026", "丙", "即将实施", "2026-06-01", "2026-12-01", ""],
        ["4", "DB11/T 103-2012", "丁", "被代替", "2012-01-01", "2012-07-01", "DB11/T 103-2023"],
    ];
    for path in [csv(folder.path(), &rows), xlsx(folder.path(), &rows)] {
        let session = session(&path);
        assert_eq!(outcome(&session, "DB11/T 100-2022"), "met", "{path:?}");
        // Replaced by the first row; abolished; replaced by its own.
        for gone in ["DB11/T 100-2015", "DB11/T 101-2018", "DB11/T 103-2012"] {
            assert_eq!(outcome(&session, gone), "lost", "{gone} {path:?}");
        }
        // Nothing is known of it, nor is it said that all are listed.
        assert_eq!(outcome(&session, "DB11/T 999-2020"), "met", "{path:?}");
        // What the built-in registry knows is still known.
        assert_eq!(outcome(&session, "GB/T 18883-2002"), "lost", "{path:?}");
    }
}

#[test]
fn what_is_not_among_all_of_its_kind_is_unknown() {
    let folder = tempfile::tempdir().unwrap();
    let local = ["", "地方标准", "", "收录齐全", "", "", ""];
    let of_county = ["", "DB3506/T", "", "收录齐全", "", "", ""];
    let known = ["1", "DB11/T 100-2022", "甲", "现行", "2022-01-01", "2022-07-01", ""];
    let all = session(&csv(folder.path(), &[known, local]));
    assert_eq!(
        ["DB11/T 100-2022", "DB11/T 999-2020", ""].map(|one| outcome(&all, one)),
        ["met", "unknown", "met"]
    );
    let some = session(&csv(folder.path(), &[known, of_county]));
    assert_eq!(["DB11/T 999-2020", "DB3506/T 9-2020"].map(|one| outcome(&some, one)), ["met", "unknown"]);
}

#[test]
fn later_editions_that_are_known_replace_older_ones_nobody_listed() {
    let session = support::session();
    let older = ["GB/T 13861-2009", "GB/T 10114-1988", "GB/T 24421.2-2009", "GB/T 34300-1999"];
    assert_eq!(older.map(|one| outcome(&session, one)), ["lost"; 4]);
    assert_eq!(["GB/T 34300-2017", "GB/T 34300-2025"].map(|one| outcome(&session, one)), ["met"; 2]);
}

#[test]
fn a_file_without_standards_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("registry.csv");
    fs::write(&path, "甲,乙\n1,2\n").unwrap();
    let path = path.display().to_string();
    let output = support::wangge(&["check", "fixtures/village", "--registry", &path, "--lang", "en"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("registry.empty"));
}
