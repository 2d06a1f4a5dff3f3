//! Manual pages as files, and what is written for a shell.
#![expect(clippy::unwrap_used, reason = "tests fail by panicking")]

mod support;

use std::fs;

#[test]
fn a_page_a_command_is_written_in_both_languages() {
    let folder = tempfile::tempdir().unwrap();
    let output = support::wangge(&["man", folder.path().to_str().unwrap()]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let read = |path: &str| fs::read_to_string(folder.path().join(path)).unwrap();
    let (en, zh) = (read("man1/wangge-rules-test.1"), read("zh_CN/man1/wangge-rules-test.1"));
    assert!(en.contains(".SH SYNOPSIS") && en.contains("Run the tests beside the rules"), "{en}");
    assert!(zh.contains(".SH 概要") && zh.contains("运行规则旁边的测试"), "{zh}");
    assert!(!zh.contains("Run the tests"), "{zh}");
    let pages = |inner: &str| fs::read_dir(folder.path().join(inner)).unwrap().count();
    assert_eq!(pages("man1"), pages("zh_CN/man1"));
    assert!(read("man1/wangge.1").contains("wangge\\-check(1)"));
}

#[test]
fn pages_are_not_written_over_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("taken");
    fs::write(&file, "").unwrap();
    let output = support::wangge(&["man", file.to_str().unwrap(), "--lang", "en"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("cannot be written"));
}
