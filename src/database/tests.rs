//! What is put aside of files of `SQLite`.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

use std::fs;
use std::path::Path;

use super::{DatabaseError, Extracted, SettingsFault, extract};
use crate::model::fault::Explain;

/// Puts aside what these settings read of a database that a script makes.
fn run(folder: &Path, script: &str, tables: &str) -> Result<Extracted, Vec<DatabaseError>> {
    let database = rusqlite::Connection::open(folder.join("grid.db")).unwrap();
    database.execute_batch(script).unwrap();
    let settings = format!("driver = \"sqlite\"\npath = \"grid.db\"\n{tables}");
    fs::write(folder.join("source.toml"), settings).unwrap();
    extract(&folder.join("source.toml"), folder)
}

/// The lines of the extract.
fn lines(folder: &Path) -> Vec<String> {
    let text = fs::read_to_string(folder.join("wangge-extracts/source.toml.extract")).unwrap();
    text.lines().map(str::to_owned).collect()
}

fn said(notices: &Extracted) -> Vec<String> {
    notices.notices.iter().map(|notice| notice.message.en.clone()).collect()
}

#[test]
fn rows_that_are_the_same_to_the_database_have_an_order_of_their_own() {
    let orders = [
        "('a', 1), ('A', 1), ('ａ', 1), ('a', 0), ('b', 1), ('B', 2)",
        "('B', 2), ('a', 0), ('ａ', 1), ('A', 1), ('b', 1), ('a', 1)",
    ];
    let read = orders.map(|rows| {
        let folder = tempfile::tempdir().unwrap();
        let script = format!("CREATE TABLE t (k TEXT COLLATE NOCASE, n); INSERT INTO t VALUES {rows};");
        // All are one key to this query.
        let tables = "[tables.a]\nquery = \"SELECT k, n FROM t\"\n";
        let extracted = run(folder.path(), &script, tables).unwrap();
        assert_eq!(
            said(&extracted),
            ["1 rows have the `k` of another: places of findings do not tell them apart"]
        );
        lines(folder.path())
    });
    assert_eq!(read[0], read[1]);
}

#[test]
fn more_rows_of_one_key_than_are_put_in_order_are_told() {
    let folder = tempfile::tempdir().unwrap();
    let script = "CREATE TABLE t (k TEXT, n);
        WITH RECURSIVE i(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM i WHERE n < 10002)
        INSERT INTO t SELECT 'a', n FROM i; INSERT INTO t VALUES ('b', 1);";
    let extracted = run(folder.path(), script, "[tables.a]\nfrom = \"t\"\n").unwrap();
    let said = said(&extracted);
    assert!(said[0].starts_with("10001 rows have the `k`"), "{said:?}");
    assert!(said[1].starts_with("1 values of `k` have more than 10000 rows"), "{said:?}");
    assert_eq!(lines(folder.path()).len(), 10_005);
}

#[test]
fn bytes_tell_no_rows_apart() {
    let script = "CREATE TABLE t (k BLOB, n); INSERT INTO t VALUES (x'00ff', 1);";
    for (more, row, column) in
        [("key = \"k\"\n", 5, "k"), ("", 3, "k"), ("key = \"n\"\norganization = \"k\"\n", 6, "k")]
    {
        let folder = tempfile::tempdir().unwrap();
        let errors = run(folder.path(), script, &format!("[tables.a]\nfrom = \"t\"\n{more}")).unwrap_err();
        let [DatabaseError::Settings { row: at, fault, .. }] = errors.as_slice() else {
            unreachable!("{errors:?}")
        };
        assert_eq!((*at, fault), (Some(row), &SettingsFault::Bytes(column.to_owned())));
    }
}

#[test]
fn a_column_is_read_as_one_of_ours_once() {
    let folder = tempfile::tempdir().unwrap();
    let tables = "[tables.a]\nfrom = \"t\"\ncolumns = { \"甲\" = \"k\", \"乙\" = \"K\" }\n";
    let errors = run(folder.path(), "CREATE TABLE t (k, n);", tables).unwrap_err();
    let faults: Vec<_> = errors.iter().map(Explain::fault).collect();
    assert!(faults.len() == 1 && faults[0].message.en.contains("two columns of ours"), "{faults:?}");
}

#[test]
fn where_the_key_is_that_of_the_organization_another_is_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let script = "CREATE TABLE t (org, n); INSERT INTO t VALUES ('a', 1), ('a', 2);";
    let extracted = run(folder.path(), script, "[tables.a]\nfrom = \"t\"\norganization = \"org\"\n").unwrap();
    let help: Vec<_> = extracted.notices.iter().map(|notice| notice.help.en.as_str()).collect();
    assert!(help.len() == 1 && help[0].contains("here the code of the organization"), "{help:?}");
}
