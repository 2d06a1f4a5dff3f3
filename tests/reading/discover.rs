//! Finding submissions, and the tables in them.

use std::path::{Path, PathBuf};

use wangge::ingest::discover;
use wangge::model::fault::Explain;

use crate::{decls, failure, folder, read};

const ORGANIZATION: &[u8] = "单位编号,单位名称,层级\n1,甲,县\n".as_bytes();

/// What is found in a folder with these files, as paths in it.
fn found(files: &[&str]) -> Result<Vec<String>, String> {
    let files: Vec<_> = files.iter().map(|name| (*name, ORGANIZATION)).collect();
    let folder = folder(&files);
    let inside = |path: &Path| path.strip_prefix(folder.path()).unwrap().to_string_lossy().into_owned();
    match discover(&[folder.path().to_owned()], &decls()) {
        Ok(paths) => Ok(paths.iter().map(|path| inside(path)).collect()),
        Err(error) => Err(error.fault().code.to_owned()),
    }
}

#[test]
fn a_folder_with_tables_is_a_submission() {
    assert_eq!(found(&["单位信息.csv", "网格.xlsx", "照片.jpg"]), Ok(vec![String::new()]));
    assert_eq!(found(&["anything.csv"]), Ok(vec![String::new()]));
}

#[test]
fn a_folder_of_folders_or_workbooks_is_a_batch() {
    assert_eq!(
        found(&["乙县/单位信息.csv", "甲县/单位信息.csv", "rulings.csv"]),
        Ok(vec!["乙县".into(), "甲县".into()])
    );
    assert_eq!(found(&["甲县.xlsx", "乙县.xlsx"]), Ok(vec!["乙县.xlsx".into(), "甲县.xlsx".into()]));
    assert_eq!(found(&["2026/甲县/网格.csv", "2026/乙县.xlsx"]).unwrap().len(), 2);
}

#[test]
fn an_organization_without_tables_does_not_go_missing() {
    let batch = found(&["甲县/单位信息.csv", "乙县/扫描件.pdf", "丙县/单位信息.xls"]).unwrap();
    assert_eq!(batch, ["丙县", "乙县", "甲县"]);
}

#[test]
fn leftovers_are_skipped() {
    assert_eq!(
        found(&["甲县/单位信息.csv", "甲县/~$单位信息.xlsx", ".git/x.csv", "__MACOSX/a.csv"]),
        Ok(vec!["甲县".into()])
    );
}

#[test]
fn what_is_no_submission_is_an_error() {
    assert_eq!(found(&["说明.pdf"]), Err("ingest.nothing".to_owned()));
    let code = |path: PathBuf| discover(&[path], &decls()).unwrap_err().fault().code;
    assert_eq!(code("/nowhere/at/all".into()), "ingest.missing");
    let folder = folder(&[("a.xls", b"x"), ("a.zip", b"x")]);
    assert_eq!(code(folder.path().join("a.xls")), "ingest.format");
    assert_eq!(code(folder.path().join("a.zip")), "ingest.format");
}

#[test]
fn unsupported_tables_make_a_submission_unreadable_and_attachments_do_not() {
    assert_eq!(failure(&[("单位信息.csv", ORGANIZATION), ("网格.xls", b"x")]).0, "ingest.format");
    let read = read(&[("单位信息.csv", ORGANIZATION), ("网格.pdf", b"x")]).unwrap();
    assert_eq!(read.info.files.len(), 1);
}

#[test]
fn unknown_tables_and_nested_folders_are_told() {
    let read = read(&[
        ("单位信息.csv", ORGANIZATION),
        ("标准明细衣.csv", "a,b\n".as_bytes()),
        ("附表/网格.csv", ORGANIZATION),
    ])
    .unwrap();
    assert_eq!(read.of_rule("data.unknown-table"), ["data.unknown-table 标准明细衣 0"]);
    assert_eq!(read.of_rule("data.nested-folder"), ["data.nested-folder 附表 0"]);
    let meant = read.findings.iter().find(|finding| finding.rule == "data.unknown-table").unwrap();
    assert!(meant.help.zh.contains("标准明细表"), "{}", meant.help.zh);
}

#[cfg(unix)]
#[test]
fn links_neither_lead_out_nor_in_circles() {
    use std::os::unix::fs::symlink;

    let outside = folder(&[("网格.csv", ORGANIZATION)]);
    let batch = folder(&[("甲县/单位信息.csv", ORGANIZATION)]);
    symlink(batch.path(), batch.path().join("乙县")).unwrap();
    symlink(outside.path(), batch.path().join("丙县")).unwrap();
    let paths = discover(&[batch.path().to_owned()], &decls()).unwrap();
    assert_eq!(paths, [batch.path().join("丙县"), batch.path().join("甲县")]);
    symlink(outside.path().join("网格.csv"), batch.path().join("甲县/网格.csv")).unwrap();
    let error = crate::read_path(&batch.path().join("甲县")).err().unwrap();
    assert_eq!(error.fault().code, "ingest.link");
}
