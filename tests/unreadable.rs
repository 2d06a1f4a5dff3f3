//! Submissions that cannot be read: named with their cause, and no matter to the others.
#![expect(clippy::unwrap_used, reason = "tests fail by panicking")]
#![expect(clippy::indexing_slicing, reason = "tests fail by panicking")]

mod support;

use std::fs;
use std::path::Path;

use serde_json::Value;
use support::by_hand::{by_hand, header, noise, package, row, sheet};
use support::{AS_OF, wangge_in};

const ORGANIZATION: &str = "单位编号,单位名称,层级\n350500,测试县,县级\n";

/// A submission with this file of grids.
fn submission(folder: &Path, name: &str, file: &str, bytes: &[u8]) {
    let folder = folder.join(name);
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("被评估单位.csv"), ORGANIZATION.replace("350500", name)).unwrap();
    fs::write(folder.join(file), bytes).unwrap();
}

/// One of each kind that cannot be read.
fn bad() -> Vec<(&'static str, &'static str, Vec<u8>)> {
    let first = "worksheets/sheet1.xml";
    let rows = sheet(&[header(), row(2, &[("A2", "G1"), ("B2", "一格")])].concat(), "");
    let strings = format!("{}{}", "<si/>".repeat(8_000_001), noise(300_000));
    let outside = rows.replace(r#"r="A2""#, r#"r="XFE2""#);
    let cut = by_hand(&header(), "", &[]);
    vec![
        (
            "b1",
            "网格.xlsx",
            by_hand(&header(), "", &[("xl/sharedStrings.xml", format!("<sst>{strings}</sst>").as_bytes())]),
        ),
        (
            "b2",
            "网格.xlsx",
            package(&[("网格", first), ("附", first)], "", &[("xl/worksheets/sheet1.xml", rows.as_bytes())]),
        ),
        (
            "b3",
            "网格.xlsx",
            package(&[("网格", first)], "", &[("xl/worksheets/sheet1.xml", outside.as_bytes())]),
        ),
        ("b4", "网格.xlsx", cut[..cut.len() / 2].to_vec()),
        (
            "b5",
            "网格.xlsx",
            by_hand(&[header(), row(3, &[("A3", "x")]), row(2, &[("A2", "y")])].concat(), "", &[]),
        ),
        ("b6", "网格.csv", "网格编码,网格名称\nG1,\"一格\n".as_bytes().to_vec()),
        ("b7", "网格.csv", b"id,name\nG1,\xff\xff\n".to_vec()),
        ("b8", "网格.xlsx", b"\xd0\xcf\x11\xe0 old".to_vec()),
        ("b9", "网格.ods", b"PK\x03\x04".to_vec()),
    ]
}

fn good(folder: &Path) {
    for name in ["g1", "g2"] {
        let rows = [header(), row(2, &[("A2", "G1"), ("B2", "一格")])].concat();
        submission(folder, name, "网格.xlsx", &by_hand(&rows, "", &[]));
    }
}

/// The report of all submissions in a folder, and what was said beside it.
fn checked(folder: &Path, lang: &str) -> (Value, String) {
    let output =
        wangge_in(folder, &["check", "批", "--as-of", AS_OF, "--no-cache", "-o", "json", "--lang", lang]);
    (serde_json::from_slice(&output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap())
}

#[test]
fn each_is_named_with_its_place_and_the_others_do_not_change() {
    let alone = tempfile::tempdir().unwrap();
    good(&alone.path().join("批"));
    let (alone, _) = checked(alone.path(), "zh");
    let all = tempfile::tempdir().unwrap();
    good(&all.path().join("批"));
    for (name, file, bytes) in bad() {
        submission(&all.path().join("批"), name, file, &bytes);
    }
    let (report, said) = checked(all.path(), "zh");
    assert_eq!(report["organizations"], alone["organizations"]);
    let unreadable = report["unreadable"].as_array().unwrap();
    assert_eq!(unreadable.len(), bad().len());
    for (one, (name, file, _)) in unreadable.iter().zip(bad()) {
        assert_eq!(one["file"], format!("批/{name}/{file}"));
        let zh = one["message"]["zh"].as_str().unwrap();
        assert!(!zh.contains("原因不明"), "{zh}");
        let own = ["UTF-8", "GB18030", "GBK", "NUL", ".xlsx", ".xls", "CSV", "xl/worksheets/sheet1.xml"];
        let rest = own.iter().fold(zh.to_owned(), |text, word| text.replace(word, ""));
        assert!(!rest.contains(|c: char| c.is_ascii_alphabetic()), "{zh}");
    }
    assert_eq!((&unreadable[4]["sheet"], &unreadable[4]["row"]), (&Value::from("网格"), &Value::from(3)));
    assert_eq!(unreadable[5]["row"], 2);
    assert_eq!(unreadable[6]["row"], 2);
    for trace in ["panicked", "RUST_BACKTRACE", "thread '"] {
        assert!(!said.contains(trace), "{said}");
    }
    let schema: Value = serde_json::from_str(&wangge::report::json::schema()).unwrap();
    assert!(jsonschema::validator_for(&schema).unwrap().is_valid(&report));
}
