//! A rule author's way: a new rule, its tests, a check with it; what a failing test shows.
#![expect(clippy::unwrap_used, reason = "tests fail by panicking")]

mod support;

use std::fs;
use std::path::{Path, PathBuf};

use support::batch::Ended;
use support::golden;

/// Runs the program; exit code, stdout and stderr with the folder named `{tmp}`.
fn run(folder: &Path, arguments: &[&str]) -> (Option<i32>, String, String) {
    Ended::from(support::wangge_in(folder, arguments)).parts()
}

fn done(folder: &Path, arguments: &[&str]) -> String {
    let (code, out, err) = run(folder, arguments);
    assert_eq!(code, Some(0), "{arguments:?}\n{out}\n{err}");
    out
}

fn clean() -> String {
    support::root().join("fixtures/clean").display().to_string()
}

/// A pack with rules of every kind.
fn pack_of_every_kind(folder: &Path, lang: &str) -> PathBuf {
    for arguments in [
        &["A.8.1"][..],
        &["A.8.2", "--table", "events", "--points", "5", "--title", "a \"quoted\" {{title}} ${x} `"],
        &["P/1", "--table", "personnel"],
        &["P/1b"],
        &["2/4.2x", "--table", "网格员"],
    ] {
        let mut all = vec!["rules", "new", "--pack", "local", "--lang", lang];
        all.extend(arguments);
        done(folder, &all);
    }
    folder.join("local")
}

#[test]
fn new_rules_pass_their_tests_and_take_part_in_a_check() {
    for lang in ["zh", "en"] {
        let folder = tempfile::tempdir().unwrap();
        let pack = pack_of_every_kind(folder.path(), lang);
        let tested = done(folder.path(), &["rules", "test", "--packs", "local", "--lang", "en"]);
        assert!(tested.ends_with("\n15 passed, 0 failed\n"), "{tested}");
        let listed = done(folder.path(), &["rules", "list", "--packs", "local"]);
        for id in ["A.8.1\t", "A.8.2\t", "P/1\t", "P/1b\t", "2/4.2x\t"] {
            assert!(listed.contains(id), "{lang} {id}: {listed}");
        }
        let clean = clean();
        let report = support::json(&[&clean, "--packs", &pack.display().to_string()]);
        let text = report.to_string();
        for id in ["A.8.1.a", "A.8.2.b", "P/1b", "2/4.2x"] {
            assert!(text.contains(id), "{lang}: the report lacks {id}");
        }
        assert_eq!(report.pointer("/organizations/0/score/full"), Some(&serde_json::json!(515)));
        let interpreted = done(folder.path(), &["rules", "lint", "--packs", "local", "--lang", "en"]);
        assert!(!interpreted.contains("local/"), "{interpreted}");
    }
}

#[test]
fn every_table_can_be_what_a_new_rule_looks_at() {
    let session = support::session();
    let sent = session.declarations.tables.iter().filter(|table| table.is_sent());
    let tables: Vec<String> = sent.map(|table| table.id.clone()).collect();
    for lang in ["zh", "en"] {
        let folder = tempfile::tempdir().unwrap();
        // Each takes a while, so not all of them in both languages.
        for (number, table) in
            tables.iter().enumerate().filter(|(number, _)| number % 7 == usize::from(lang == "zh"))
        {
            let id = format!("P/{number}");
            done(folder.path(), &["rules", "new", &id, "--pack", "local", "--table", table, "--lang", lang]);
        }
        let tested = done(folder.path(), &["rules", "test", "--packs", "local", "--lang", "en"]);
        assert!(tested.contains(" passed, 0 failed\n"), "{tested}");
    }
}

#[test]
fn nothing_is_overwritten_and_nothing_is_left_half_made() {
    let folder = tempfile::tempdir().unwrap();
    done(folder.path(), &["rules", "new", "--pack", "local"]);
    let again = run(folder.path(), &["rules", "new", "--pack", "local", "--lang", "en"]);
    assert!(again.0 == Some(2) && again.2.contains("new.file-exists"), "{again:?}");
    let rule = folder.path().join("local/structure/P-1.rhai");
    fs::create_dir_all(rule.parent().unwrap()).unwrap();
    fs::write(rule.with_extension("test.rhai"), "mine").unwrap();
    let (code, _, err) = run(folder.path(), &["rules", "new", "P/1", "--pack", "local", "--lang", "en"]);
    assert!(code == Some(2) && err.contains("new.file-exists"), "{err}");
    assert!(!rule.exists() && !folder.path().join("local/clauses.toml").exists());
    assert_eq!(fs::read_to_string(rule.with_extension("test.rhai")).unwrap(), "mine");
    for (arguments, code) in [
        (&["A.1.3", "--pack", "local"][..], "new.rule-exists"),
        (&["A.1.9", "--pack", "local"], "new.foreign-table"),
        (&["../x", "--pack", "local"], "new.id"),
        (&["P/2", "--pack", "local", "--table", "grid"], "did you mean `grids`"),
        (&["P/2", "--pack", "."], "new.folder-of-packs"),
    ] {
        let mut all = vec!["rules", "new", "--lang", "en"];
        all.extend(arguments);
        let (status, _, err) = run(folder.path(), &all);
        assert!(status == Some(2) && err.contains(code), "{arguments:?}: {err}");
    }
}

#[test]
fn a_failing_test_shows_what_differs() {
    for lang in ["zh", "en"] {
        let folder = tempfile::tempdir().unwrap();
        let made = ["rules", "new", "A.8.1", "--pack", "local", "--lang", lang];
        done(folder.path(), &made);
        let path = folder.path().join("local/items/a8/A.8.1.test.rhai");
        let written = fs::read_to_string(&path).unwrap();
        let wrong = written
            .replace("a: \"absent\", b: \"absent\"", "a: \"符合\", b: \"absent\"")
            .replace("unmet @ B2", "unmet @ B2 B3");
        let broken = "\nfn test_zz_misspelt() {\n    expect(#{ gridz: `\nid\n1\n` }, #{ a: \"met\" });\n}\n";
        fs::write(&path, format!("{wrong}{broken}")).unwrap();
        let (code, out, _) = run(folder.path(), &["rules", "test", "--packs", "local", "--lang", lang]);
        assert_eq!(code, Some(1), "{out}");
        golden::assert_golden(&format!("tests/golden/rules_test_{lang}.txt"), &out);
    }
}

#[test]
fn a_pack_of_its_own_is_whole_and_goes_on() {
    for lang in ["zh", "en"] {
        let folder = tempfile::tempdir().unwrap();
        let made = done(folder.path(), &["rules", "new", "--alone", "--pack", "台账", "--lang", lang]);
        assert!(made.contains("tables.toml") && made.contains("wangge rules test"), "{made}");
        let tested = done(folder.path(), &["rules", "test", "--packs", "台账", "--lang", "en"]);
        assert!(tested.ends_with("\n3 passed, 0 failed\n"), "{tested}");
        let lint = done(folder.path(), &["rules", "lint", "--packs", "台账", "--lang", "en"]);
        assert!(lint.contains("errors: 0, warnings: 0"), "{lint}");
        fs::create_dir(folder.path().join("数据")).unwrap();
        fs::write(folder.path().join("数据/被评估单位.csv"), "单位编号,单位名称\n1,甲站\n").unwrap();
        fs::write(folder.path().join("数据/台账.csv"), "编号,事项,办结日期\n1,清运,2026-05-01\n").unwrap();
        let check =
            ["check", "数据", "--packs", "台账", "--as-of", "2026-06-30", "--no-cache", "--lang", "zh"];
        let told = done(folder.path(), &check);
        assert!(told.contains("等级：优"), "{told}");
        let (code, _, told) = run(folder.path(), &["rules", "new", "--alone", "--pack", "台账"]);
        assert_eq!(code, Some(2), "nothing is overwritten: {told}");
        done(
            folder.path(),
            &["rules", "new", "S.1.2", "--pack", "台账", "--table", "records", "--lang", lang],
        );
        let tested = done(folder.path(), &["rules", "test", "--packs", "台账", "--lang", "en"]);
        assert!(tested.ends_with(" passed, 0 failed\n"), "{tested}");
    }
}
