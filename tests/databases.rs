//! Databases give what files give: the tables of fixtures, put into each kind of database, come to the same points and the
//! same findings, which name rows by their keys. `SQLite` is tested wherever it is built in; the servers and ODBC by
//! `.ci/full databases`, which says in variables where they are.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "tests fail by panicking")]
#![cfg(feature = "sqlite")]

mod support;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Output;

use serde_json::Value;
use support::database::{Dump, settings};
use support::{AS_OF, command_in, json, root};

/// Runs `check --source` in a folder, with these variables; the report where there is one.
fn check(folder: &Path, source: &str, variables: &[(&str, &str)]) -> (Output, Option<Value>) {
    let arguments =
        ["check", "--as-of", AS_OF, "--exit-zero", "-o", "json", "--lang", "en", "--source", source];
    let mut command = command_in(folder, &arguments);
    let output = command.envs(variables.iter().copied()).output().unwrap();
    let report = serde_json::from_slice(&output.stdout).ok();
    (output, report)
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// What a report says of an organization, but for where, and for what was found in reading files.
fn told(organization: &Value) -> (Value, BTreeMap<(String, String, u64), usize>) {
    let mut findings = BTreeMap::new();
    for finding in organization["findings"].as_array().unwrap() {
        let text = |key: &str| finding[key].as_str().unwrap().to_owned();
        if !text("rule").starts_with("data.") {
            let key = (text("rule"), text("target"), finding["total"].as_u64().unwrap());
            *findings.entry(key).or_default() += 1;
        }
    }
    (organization["score"].clone(), findings)
}

/// Every place in findings that rules made names its row by the key.
fn assert_keys(organization: &Value) {
    let findings = organization["findings"].as_array().unwrap().iter();
    let places = findings.flat_map(|finding| finding["locations"].as_array().unwrap());
    for place in places.filter(|place| place["row"].is_u64()) {
        let key = place["key"].as_str().unwrap_or_default();
        assert!(
            key.starts_with("n=") && place["cell"].is_null() && place["file"] == "source.toml",
            "{place}"
        );
    }
}

/// A submission in a file of `SQLite` gives what its files give.
fn assert_same(submission: &str, report: &Value) {
    let files = json(&[submission]);
    assert_eq!(told(&report["organizations"][0]), told(&files["organizations"][0]), "{submission}");
    assert_keys(&report["organizations"][0]);
}

fn sqlite(folder: &Path, script: &str) {
    let database = rusqlite::Connection::open(folder.join("grid.db")).unwrap();
    database.execute_batch(script).unwrap();
}

#[test]
fn sqlite_gives_what_files_give() {
    for submission in ["fixtures/clean", "fixtures/violations"] {
        let folder = tempfile::tempdir().unwrap();
        let dump = Dump::of(&root().join(submission));
        sqlite(folder.path(), &dump.script(None));
        let text = settings("driver = \"sqlite\"\npath = \"grid.db\"\n", &dump);
        fs::write(folder.path().join("source.toml"), text).unwrap();
        let (output, report) = check(folder.path(), "source.toml", &[]);
        assert_same(submission, &report.unwrap_or_else(|| panic!("{}", said(&output))));
        let (_, again) = check(folder.path(), "source.toml", &[]);
        assert!(again.is_some());
    }
}

#[test]
fn a_database_of_several_organizations_is_divided_by_a_column() {
    let folder = tempfile::tempdir().unwrap();
    let submissions = ["fixtures/clean", "fixtures/village"];
    let dumps: Vec<Dump> = submissions.iter().map(|path| Dump::of(&root().join(path))).collect();
    let mut script = Dump::merged(&dumps).tables_of(true);
    for (dump, code) in dumps.iter().zip(["甲/1", "B"]) {
        script.push_str(&dump.rows(Some(code)));
    }
    script.push_str("INSERT INTO \"t_organization\" (n, \"org\") VALUES (99, NULL);\n");
    sqlite(folder.path(), &script);
    let text =
        settings("driver = \"sqlite\"\npath = \"grid.db\"\norganization = \"org\"\n", &Dump::merged(&dumps));
    fs::write(folder.path().join("source.toml"), text).unwrap();
    let (output, report) = check(folder.path(), "source.toml", &[]);
    let report = report.unwrap_or_else(|| panic!("{}", said(&output)));
    assert!(said(&output).contains("1 rows have no `org`"), "{}", said(&output));
    let mut seen = BTreeMap::new();
    for one in report["organizations"].as_array().unwrap() {
        seen.insert(one["submission"]["path"].as_str().unwrap().to_owned(), told(one).0);
        assert_keys(one);
    }
    let points = |submission: &str| told(&json(&[submission])["organizations"][0]).0;
    assert_eq!(seen["source.toml/甲/1"]["low"], points("fixtures/clean")["low"]);
    assert_eq!(seen.keys().collect::<Vec<_>>(), ["source.toml/B", "source.toml/甲/1"]);
}

#[test]
fn values_of_all_types_read_as_in_a_file() {
    let folder = tempfile::tempdir().unwrap();
    sqlite(
        folder.path(),
        "CREATE TABLE o (id TEXT, mc TEXT, cj TEXT, rq TEXT, photo BLOB);
         INSERT INTO o VALUES ('350602', '临江区', '县', '2025-01-01 00:00:00', x'ff00');
         CREATE TABLE s (xm TEXT, v REAL, w INTEGER);",
    );
    let text = "driver = \"sqlite\"\npath = \"grid.db\"\n[tables.organization]\nquery = \"SELECT * FROM o -- all\"\n\
        key = \"ID\"\ncolumns = { \"单位编号\" = \"id\", \"单位名称\" = \"mc\", \"层级\" = \"cj\", \"标准体系实施日期\" = \"rq\" }\n";
    fs::write(folder.path().join("source.toml"), text).unwrap();
    let (output, report) = check(folder.path(), "source.toml", &[]);
    let report = report.unwrap_or_else(|| panic!("{}", said(&output)));
    assert_eq!(report["organizations"][0]["id"], "350602");
    assert_eq!(report["organizations"][0]["name"], "临江区");
    assert!(said(&output).contains("1 values of `photo` are bytes"), "{}", said(&output));
}

/// One column is called like one that the settings give, and rows would be a total and a remark in a file.
#[test]
fn every_row_of_a_query_is_data_under_the_columns_that_are_given() {
    let folder = tempfile::tempdir().unwrap();
    sqlite(
        folder.path(),
        "CREATE TABLE o (id TEXT, name TEXT, level TEXT);
         INSERT INTO o VALUES ('350602', '临江区', '县');
         CREATE TABLE p (nr TEXT, 姓名 TEXT, xm TEXT, sfz TEXT);
         INSERT INTO p VALUES ('合计', '甲', '张三', '350602197607159661'), ('注：', '乙', NULL, '350602197607159662');",
    );
    let text = "driver = \"sqlite\"\npath = \"grid.db\"\n[tables.organization]\nfrom = \"o\"\n[tables.personnel]\nfrom = \"p\"\n\
        columns = { \"工号\" = \"nr\", \"姓名\" = \"xm\", \"身份证号\" = \"sfz\" }\n";
    fs::write(folder.path().join("source.toml"), text).unwrap();
    let output =
        command_in(folder.path(), &["doctor", "--source", "source.toml", "-o", "json", "--lang", "en"])
            .output()
            .unwrap();
    let told = String::from_utf8_lossy(&output.stdout).into_owned();
    let diagnosis: Value = serde_json::from_str(&told).unwrap_or_else(|_| panic!("{told}{}", said(&output)));
    let sources = diagnosis["submissions"][0]["sources"].as_array().unwrap();
    let staff = sources.iter().find(|source| source["sheet"] == "p").unwrap_or_else(|| panic!("{told}"));
    assert_eq!(
        (&staff["rows"], &staff["left_out"]),
        (&Value::from(2), &Value::Array(Vec::new())),
        "{staff:#}"
    );
    let headers: Vec<_> = staff["columns"].as_array().unwrap().iter().map(|one| &one["header"]).collect();
    assert_eq!(headers, ["nr", "xm", "sfz"], "{staff:#}");
}

/// Rows of staff, each with a number of a person that fails its checksum.
const STAFF: &str = "CREATE TABLE o (id TEXT, name TEXT, level TEXT);
    INSERT INTO o VALUES ('350602', '临江区', '县');
    CREATE TABLE p (nr INTEGER, xm TEXT, sfz TEXT);
    INSERT INTO p VALUES (7, '张三', '350602197607159661'), (8, '李四', '350602197607159662');";

#[test]
fn keys_are_masked_as_cells_are() {
    let folder = tempfile::tempdir().unwrap();
    sqlite(folder.path(), STAFF);
    let head = "driver = \"sqlite\"\npath = \"grid.db\"\n[tables.organization]\nfrom = \"o\"\n[tables.personnel]\nfrom = \"p\"\n\
        columns = { \"姓名\" = \"xm\", \"身份证号\" = \"sfz\" }\n";
    for (key, shown) in [("nr", "nr=7"), ("sfz", "sfz=350***********9661")] {
        fs::write(folder.path().join("source.toml"), format!("{head}key = \"{key}\"\n")).unwrap();
        let (output, report) = check(folder.path(), "source.toml", &[]);
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(report.is_some() && !text.contains("350602197607159661"), "{}", said(&output));
        assert!(text.contains(&format!("\"key\": \"{shown}")), "{text}");
    }
}

#[test]
fn doctor_reads_databases_too() {
    let folder = tempfile::tempdir().unwrap();
    sqlite(folder.path(), STAFF);
    let text = "driver = \"sqlite\"\npath = \"grid.db\"\n[tables.organization]\nfrom = \"o\"\n[tables.personnel]\nfrom = \"p\"\n\
        columns = { \"姓名\" = \"xm\", \"工号\" = \"nr\" }\n";
    fs::write(folder.path().join("source.toml"), text).unwrap();
    let output =
        command_in(folder.path(), &["doctor", "--source", "source.toml", "--lang", "en"]).output().unwrap();
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(
        output.status.code() == Some(0) && text.contains("source.toml [p]: read as"),
        "{text}{}",
        said(&output)
    );
}

/// Interrupted or killed, a run leaves nothing in the folder of temporary files for longer than to the next run.
#[cfg(unix)]
#[test]
fn what_is_put_aside_goes_with_the_run() {
    let folder = tempfile::tempdir().unwrap();
    let aside = tempfile::tempdir().unwrap();
    sqlite(folder.path(), STAFF);
    let text = "driver = \"sqlite\"\npath = \"grid.db\"\n[tables.organization]\nfrom = \"o\"\n";
    fs::write(folder.path().join("source.toml"), text).unwrap();
    let left = aside.path().join(".wangge-999999999-left.tmp");
    fs::create_dir(&left).unwrap();
    let temporary = aside.path().to_string_lossy().into_owned();
    let (_, report) = check(folder.path(), "source.toml", &[("TMPDIR", &temporary)]);
    assert!(report.is_some());
    assert_eq!(fs::read_dir(aside.path()).unwrap().count(), 0);
}

#[test]
fn nothing_but_a_query_reaches_the_database() {
    let folder = tempfile::tempdir().unwrap();
    sqlite(folder.path(), "CREATE TABLE a (b); INSERT INTO a VALUES (1);");
    let before = fs::read(folder.path().join("grid.db")).unwrap();
    for (query, wanted) in [
        ("DELETE FROM a", "not a SELECT"),
        ("SELECT 1; DELETE FROM a", "follows a semicolon"),
        ("SELECT 1) x, (SELECT 2", "not closed"),
        ("SELECT 1 AS [']) x; DELETE FROM a; SELECT * FROM (SELECT 1 AS [']", "in different ways"),
        ("SELECT * FROM c", "no such table"),
    ] {
        let text =
            format!("driver = \"sqlite\"\npath = \"grid.db\"\n[tables.personnel]\nquery = \"{query}\"\n");
        fs::write(folder.path().join("source.toml"), text).unwrap();
        let (output, _) = check(folder.path(), "source.toml", &[]);
        assert!(said(&output).contains(wanted) && output.status.code() == Some(2), "{}", said(&output));
    }
    assert_eq!(fs::read(folder.path().join("grid.db")).unwrap(), before);
}

#[test]
fn what_is_wrong_with_the_settings_is_told_at_its_place() {
    let folder = tempfile::tempdir().unwrap();
    sqlite(folder.path(), "CREATE TABLE a (b);");
    for (text, wanted) in [
        (
            "driver = \"sqlite\"\npath = \"no.db\"\n[tables.personnel]\nfrom = \"a\"\n",
            "there is no such file",
        ),
        (
            "driver = \"sqlite\"\npath = \"grid.db\"\n[tables.personnel]\nfrom = \"a\"\nkey = \"c\"\n",
            "no column `c`",
        ),
        (
            "driver = \"sqlite\"\npath = \"grid.db\"\n[tables.staff]\nfrom = \"a\"\n",
            "there is no table `staff`",
        ),
        (
            "driver = \"sqlite\"\npath = \"grid.db\"\n[tables.personnel]\nform = \"a\"\n",
            "unknown field `form`",
        ),
    ] {
        fs::write(folder.path().join("source.toml"), text).unwrap();
        let (output, _) = check(folder.path(), "source.toml", &[]);
        assert!(said(&output).contains(wanted), "{}", said(&output));
    }
    let (output, _) = check(folder.path(), "none.toml", &[]);
    assert!(said(&output).contains("none.toml"), "{}", said(&output));
}

/// Where a server is, as `.ci/full databases` says it: settings in TOML. Nothing elsewhere, where there is none to be tested.
#[cfg(any(feature = "postgresql", feature = "mysql", feature = "odbc"))]
fn server(variable: &str) -> Option<String> {
    std::env::var(variable).ok()
}

#[cfg(any(feature = "postgresql", feature = "mysql"))]
const PASSWORD: (&str, &str) = ("WANGGE_TEST_PASSWORD", "密码 ';x");

/// Loads a submission into a server and checks it there.
#[cfg(any(feature = "postgresql", feature = "mysql"))]
fn assert_server(head: &str, mut load: impl FnMut(&Dump)) {
    for submission in ["fixtures/clean", "fixtures/violations"] {
        let folder = tempfile::tempdir().unwrap();
        let dump = Dump::of(&root().join(submission));
        load(&dump);
        fs::write(folder.path().join("source.toml"), settings(head, &dump)).unwrap();
        let (output, report) = check(folder.path(), "source.toml", &[PASSWORD]);
        assert_same(submission, &report.unwrap_or_else(|| panic!("{}", said(&output))));
        let (output, report) = check(folder.path(), "source.toml", &[(PASSWORD.0, "wrong-secret")]);
        assert!(report.is_none() && !said(&output).contains("wrong-secret"), "{}", said(&output));
    }
}

#[cfg(feature = "postgresql")]
#[test]
fn postgresql_gives_what_files_give() {
    let Some(head) = server("WANGGE_TEST_POSTGRESQL") else { return };
    let url = std::env::var("WANGGE_TEST_POSTGRESQL_ADMIN").unwrap();
    assert_server(&head, |dump| {
        let mut client = postgres::Client::connect(&url, postgres::NoTls).unwrap();
        client.batch_execute("DROP SCHEMA IF EXISTS public CASCADE; CREATE SCHEMA public").unwrap();
        client.batch_execute(&dump.script(None)).unwrap();
        client.batch_execute("GRANT USAGE ON SCHEMA public TO reader; GRANT SELECT ON ALL TABLES IN SCHEMA public TO reader").unwrap();
    });
}

#[cfg(feature = "postgresql")]
#[test]
fn types_of_postgresql_read_as_in_a_file() {
    let Some(head) = server("WANGGE_TEST_POSTGRESQL") else { return };
    let folder = tempfile::tempdir().unwrap();
    let query = "SELECT 350602 AS id, '临江区'::varchar AS name, '县'::char(8) AS level, timestamptz '2025-01-01 08:00+08' AS 标准体系实施日期, \
        numeric '12.50' AS a, true AS b, date '2025-02-03' AS c, decode('ff', 'hex') AS d, null AS e, array[1,2] AS f, '{}'::json AS g";
    fs::write(
        folder.path().join("source.toml"),
        format!("{head}[tables.organization]\nquery = \"\"\"{query}\"\"\"\n"),
    )
    .unwrap();
    let (output, report) = check(folder.path(), "source.toml", &[PASSWORD]);
    let report = report.unwrap_or_else(|| panic!("{}", said(&output)));
    assert_eq!(report["organizations"][0]["id"], "350602");
    assert!(said(&output).contains("1 values of `d` are bytes"), "{}", said(&output));
}

#[cfg(feature = "mysql")]
#[test]
fn mysql_gives_what_files_give() {
    use mysql::prelude::Queryable;
    let Some(head) = server("WANGGE_TEST_MYSQL") else { return };
    let url = std::env::var("WANGGE_TEST_MYSQL_ADMIN").unwrap();
    assert_server(&head, |dump| {
        let mut connection = mysql::Conn::new(mysql::Opts::from_url(&url).unwrap()).unwrap();
        for statement in [
            "DROP DATABASE IF EXISTS grid",
            "CREATE DATABASE grid CHARACTER SET utf8mb4",
            "USE grid",
            "SET sql_mode = 'ANSI_QUOTES,NO_BACKSLASH_ESCAPES'",
        ] {
            connection.query_drop(statement).unwrap();
        }
        for statement in dump.script(None).split(";\n").filter(|one| !one.trim().is_empty()) {
            connection.query_drop(statement).unwrap();
        }
    });
}

#[cfg(feature = "odbc")]
#[test]
fn odbc_gives_what_files_give() {
    let Some(driver) = server("WANGGE_TEST_ODBC_SQLITE") else { return };
    for submission in ["fixtures/clean", "fixtures/violations"] {
        let folder = tempfile::tempdir().unwrap();
        let dump = Dump::of(&root().join(submission));
        sqlite(folder.path(), &dump.script(None));
        let path = folder.path().join("grid.db");
        let head =
            format!("driver = \"odbc\"\nconnection = \"Driver={driver};Database={}\"\n", path.display());
        fs::write(folder.path().join("source.toml"), settings(&head, &dump)).unwrap();
        let (output, report) = check(folder.path(), "source.toml", &[]);
        assert_same(submission, &report.unwrap_or_else(|| panic!("{}", said(&output))));
    }
}
