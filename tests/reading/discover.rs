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
        Ok(found) => Ok(found.submissions.iter().map(|path| inside(path)).collect()),
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
fn numbered_workbooks_by_subject_are_one_submission() {
    let whole = Ok(vec![String::new()]);
    assert_eq!(found(&["一、机构与人员.xlsx", "二、标准体系文件.xlsx"]), whole);
    assert_eq!(found(&["机构情况.xlsx", "实施与培训.xlsx"]), whole);
    assert_eq!(found(&["1甲县.xlsx", "2乙县.xlsx"]).map(|found| found.len()), Ok(2));
}

#[test]
fn an_organization_without_tables_does_not_go_missing() {
    let batch = found(&["甲县/单位信息.csv", "乙县/扫描件.pdf", "丙县/单位信息.xls"]).unwrap();
    assert_eq!(batch, ["丙县", "乙县", "甲县"]);
}

#[test]
fn folders_of_a_repository_are_passed_over() {
    let tree = folder(&[
        ("data/甲县/单位信息.csv", ORGANIZATION),
        ("data/371002/说明.pdf", b"x"),
        ("docs/rules/a.md", b"# a"),
        ("scripts/a.py", b""),
    ]);
    let found = discover(&[tree.path().to_owned()], &decls()).unwrap();
    let at = |name: &str| tree.path().join(name);
    assert_eq!(found.submissions, [at("data/371002"), at("data/甲县")]);
    assert_eq!(found.without_tables, [at("docs"), at("scripts")]);
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
    let folder = folder(&[("a.numbers", b"x"), ("a.rar", b"x")]);
    assert_eq!(code(folder.path().join("a.numbers")), "ingest.format");
    assert_eq!(code(folder.path().join("a.rar")), "ingest.format");
}

#[test]
fn unsupported_tables_make_a_submission_unreadable_and_attachments_do_not() {
    assert_eq!(failure(&[("单位信息.csv", ORGANIZATION), ("网格.numbers", b"x")]).0, "ingest.format");
    let read = read(&[("单位信息.csv", ORGANIZATION), ("网格.pdf", b"x")]).unwrap();
    assert_eq!(read.info.files.len(), 1);
}

#[test]
fn unknown_tables_and_nested_folders_are_told() {
    let read = read(&[
        ("单位信息.csv", ORGANIZATION),
        ("标准明细衣.csv", "a,b\n".as_bytes()),
        ("附表/网格.csv", "a,b\n".as_bytes()),
    ])
    .unwrap();
    assert_eq!(read.of_rule("data.unknown-table"), ["data.unknown-table 标准明细衣 0"]);
    assert_eq!(read.of_rule("data.nested-folder"), ["data.nested-folder 附表/网格.csv 0"]);
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
    let found = discover(&[batch.path().to_owned()], &decls()).unwrap();
    assert_eq!(found.submissions, [batch.path().join("丙县"), batch.path().join("甲县")]);
    assert_eq!(found.links, [batch.path().join("丙县")]);
    assert_eq!(found.passed, [batch.path().join("乙县")]);
    symlink(outside.path().join("网格.csv"), batch.path().join("甲县/网格.csv")).unwrap();
    let error = crate::read_path(&batch.path().join("甲县")).err().unwrap();
    assert_eq!(error.fault().code, "ingest.link");
}

#[cfg(unix)]
#[test]
fn a_folder_reached_two_ways_is_found_at_its_real_place() {
    use std::os::unix::fs::symlink;

    let batch = folder(&[("乙县/单位信息.csv", ORGANIZATION), ("甲县/单位信息.csv", ORGANIZATION)]);
    let at = |name: &str| batch.path().join(name);
    std::fs::create_dir(at("0")).unwrap();
    symlink("../乙县", at("0/x")).unwrap();
    let found = discover(&[batch.path().to_owned()], &decls()).unwrap();
    assert_eq!(found.submissions, [at("0"), at("乙县"), at("甲县")], "the folder of the link has no table");
    assert_eq!((found.passed, found.links), (vec![at("0/x")], Vec::new()));
    let found = discover(&[at("0/x"), at("乙县"), at("0/../乙县"), at("甲县")], &decls()).unwrap();
    assert_eq!(found.submissions, [at("乙县"), at("甲县")]);
    let found = discover(&[at("0/x")], &decls()).unwrap();
    assert_eq!(found.submissions, [at("0/x")], "a link that is given is followed");
}

#[cfg(unix)]
#[test]
fn what_is_no_file_is_told_and_never_opened() {
    use std::os::unix::fs::symlink;
    use std::os::unix::net::UnixListener;

    let make = |what: &str, path: &Path| match what {
        "pipe" => assert!(std::process::Command::new("mkfifo").arg(path).status().unwrap().success()),
        "socket" => drop(UnixListener::bind(path).unwrap()),
        "device" => symlink("/dev/zero", path).unwrap(),
        _ => symlink("nowhere.csv", path).unwrap(),
    };
    for what in ["pipe", "socket", "device", "dangling link"] {
        for name in ["网格.csv", "网格.xlsx", "别的.csv"] {
            let submission = folder(&[("单位信息.csv", ORGANIZATION)]);
            let path = submission.path().join(name);
            make(what, &path);
            let error = crate::read_path(submission.path()).err().unwrap();
            // The device is reached by a link to outside.
            let code = if what == "device" { "ingest.link" } else { "ingest.not-a-file" };
            assert_eq!((error.fault().code, error.file()), (code, name), "{what}");
            let given = discover(std::slice::from_ref(&path), &decls());
            let missing = given.err().map(|error| error.fault().code);
            assert_eq!(missing, (what == "dangling link").then_some("ingest.missing"), "{what}");
            let error = crate::read_path(&path).err().unwrap();
            assert_eq!((error.fault().code, error.file()), ("ingest.not-a-file", name), "{what}");
        }
        let batch = folder(&[("甲县/单位信息.csv", ORGANIZATION), ("乙县.xlsx", b"x")]);
        make(what, &batch.path().join("丙县.xlsx"));
        let found = discover(&[batch.path().to_owned()], &decls()).unwrap();
        assert_eq!(found.submissions.len(), 3, "{what} does not go missing, and costs nothing else");
        let error = crate::read_path(&batch.path().join("丙县.xlsx")).err().unwrap();
        assert!(matches!(error.fault().code, "ingest.not-a-file"), "{what}: {error}");
    }
}

#[test]
fn archives_and_rulings_in_a_submission_are_told() {
    let read = read(&[
        ("单位信息.csv", ORGANIZATION),
        ("照片.ZIP", b"PK"),
        ("网格.7z", b"7z"),
        ("裁定.xlsx", b"x"),
        ("裁定.docx", b"x"),
        ("附件/Rulings.toml", b"x"),
    ])
    .unwrap();
    assert_eq!(read.of_rule("data.archive"), ["data.archive 照片.ZIP 0", "data.archive 网格.7z 0"]);
    assert_eq!(
        read.of_rule("data.rulings-inside"),
        ["data.rulings-inside 裁定.xlsx 0", "data.rulings-inside 附件/Rulings.toml 0"]
    );
    assert_eq!(found(&["甲县/单位信息.csv", "乙县.zip"]).unwrap(), ["乙县.zip", "甲县"]);
}

#[test]
fn what_the_file_for_it_names_is_passed_over() {
    let passed = "# 不评估\n/草稿/\n*.xlsx\n!甲县.xlsx\n";
    let batch = folder(&[
        (".wanggeignore", passed.as_bytes()),
        ("草稿/单位信息.csv", ORGANIZATION),
        ("乙县/单位信息.csv", ORGANIZATION),
        ("丙县/草稿/单位信息.csv", ORGANIZATION),
        ("甲县.xlsx", b"x"),
        ("丁县.xlsx", b"x"),
    ]);
    let found = discover(&[batch.path().to_owned()], &decls()).unwrap();
    let inside = |path: &PathBuf| path.strip_prefix(batch.path()).unwrap().to_string_lossy().into_owned();
    assert_eq!(found.submissions.iter().map(inside).collect::<Vec<_>>(), ["丙县/草稿", "乙县", "甲县.xlsx"]);
    std::fs::write(batch.path().join(".wanggeignore"), b"\xff\xfe").unwrap();
    let error = discover(&[batch.path().to_owned()], &decls()).unwrap_err().fault();
    assert!(error.file.is_some_and(|file| file.ends_with(".wanggeignore")), "it is told which file");
}
