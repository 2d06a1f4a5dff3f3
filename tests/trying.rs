//! What a rule author tries out: tables in files of their own, coverage, expressions on a submission, watching.
#![expect(clippy::unwrap_used, reason = "tests fail by panicking")]
#![expect(clippy::indexing_slicing, reason = "tests fail by panicking")]

mod support;

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use serde_json::{Value, json};
use support::batch::Ended;

const PACK: &str = "id = \"local\"\nversion = \"1.0.0\"\ntitle = \"地方\"\nextends = [\"wangge.national\"]\n";
const CLAUSES: &str =
    "[[clause]]\nid = \"P/1\"\ntitle = { zh = \"甲\", en = \"a\" }\nforce = \"shall\"\ndecided = \"data\"\n";
const RULE: &str = r#"//! 甲。
//! A.
const META = #{ id: "P/1", clauses: ["P/1"] };
fn check(t) {
    import "own" as own;
    let big = t.grids.filter(|g| own::big(g));
    let named = t.grids.filter(|g| g.name != "");
    let word = switch big.count() {
        0 => "none",
        1 if named.is_empty() => "odd",
        _ => { "some" }
    };
    if word == "none" {
        return met(t.grids);
    } else if word == "odd" { return unknown("怪", "odd"); }
    if named.any(|g| g.level == "town") { return unknown("镇", "town"); }
    unmet(big.at("name"), "大", "big")
}
"#;
const LIBRARY: &str = "fn big(g) { if g.households == () { return false; } g.households > 500 }\n";
const TEST: &str = r#"
fn test_small() { expect(#{ grids: csv("small.csv") }, #{ "": "符合" }); }
fn test_big() { 预期(#{ grids: csv("data/big.csv") }, #{ "": "unmet @ B2" }); }
"#;

fn write(folder: &Path, files: &[(&str, &[u8])]) {
    for (name, bytes) in files {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
}

fn pack() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let (gbk, _, _) = encoding_rs::GBK.encode("网格编码,网格名称,户数\nG1,一号网格,600\n");
    write(
        folder.path(),
        &[
            ("local/pack.toml", PACK.as_bytes()),
            ("local/clauses.toml", CLAUSES.as_bytes()),
            ("local/lib/own.rhai", LIBRARY.as_bytes()),
            ("local/structure/P-1.rhai", RULE.as_bytes()),
            ("local/structure/P-1.test.rhai", TEST.as_bytes()),
            ("local/structure/small.csv", "\u{feff}网格编码,网格名称,户数\nG1,一号网格,3\n".as_bytes()),
            ("local/structure/data/big.csv", &gbk),
        ],
    );
    folder
}

fn run(folder: &Path, arguments: &[&str]) -> (Option<i32>, String) {
    Ended::from(support::wangge_in(folder, arguments)).told()
}

fn piped(arguments: &[&str], input: &str) -> (Option<i32>, String) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_wangge"))
        .args(arguments)
        .current_dir(support::root())
        .env_clear()
        .env("LANG", "C.UTF-8")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    Ended::from(child.wait_with_output().unwrap()).told()
}

#[test]
fn tables_of_tests_may_be_files_beside_them() {
    let folder = pack();
    let test = ["rules", "test", "--lang", "en", "--packs"];
    let (code, told) = run(folder.path(), &[&test[..], &["local"]].concat());
    assert!(code == Some(0) && told.ends_with("2 passed, 0 failed\n"), "{told}");
    let packed = run(folder.path(), &["rules", "pack", "local", "-o", "local.wpack"]);
    assert_eq!(packed.0, Some(0), "{packed:?}");
    let (code, told) = run(folder.path(), &[&test[..], &["local.wpack"]].concat());
    assert!(code == Some(0) && told.ends_with("2 passed, 0 failed\n"), "{told}");
    for name in ["smal.csv", "../clauses.toml", "../../x.csv", "/etc/passwd", "P-1.rhai"] {
        let strange = TEST.replace("small.csv", name);
        write(folder.path(), &[("local/structure/P-1.test.rhai", strange.as_bytes())]);
        let (code, told) = run(folder.path(), &[&test[..], &["local"]].concat());
        assert!(code == Some(1) && told.contains("there is no file"), "{name}: {told}");
    }
}

#[test]
fn sums_of_a_pack_are_those_of_its_files_whatever_their_encoding() {
    let folder = pack();
    let run = |arguments: &[&str]| assert_eq!(run(folder.path(), arguments).0, Some(0), "{arguments:?}");
    run(&["rules", "key", "own"]);
    run(&["rules", "sign", "local", "--key", "own.key"]);
    run(&["rules", "verify", "local", "--trusted-key", "own.pub"]);
    let sums = fs::read_to_string(folder.path().join("local/pack.sums")).unwrap();
    let bytes = fs::read(folder.path().join("local/structure/data/big.csv")).unwrap();
    let digest = <sha2::Sha256 as sha2::Digest>::digest(&bytes);
    let digest = digest.iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().concat();
    assert!(sums.contains(&format!("{digest}  structure/data/big.csv")), "{sums}");
    run(&["rules", "pack", "local", "-o", "local.wpack"]);
    run(&["rules", "verify", "local.wpack", "--trusted-key", "own.pub"]);
}

#[test]
fn what_tests_do_not_reach_is_counted() {
    let folder = pack();
    let output = support::wangge_in(folder.path(), &["rules", "test", "--packs", "local", "--coverage=json"]);
    let coverage: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(coverage.get("requirements"), Some(&json!({ "reached": 1, "all": 1 })));
    assert_eq!(coverage.get("branches"), Some(&json!({ "reached": 6, "all": 10 })), "{coverage:#}");
    assert_eq!(coverage.get("closures"), Some(&json!({ "reached": 1, "all": 3 })), "{coverage:#}");
    let gaps: Vec<(u64, &str)> = coverage["gaps"]
        .as_array()
        .unwrap()
        .iter()
        .map(|gap| (gap["line"].as_u64().unwrap(), gap["kind"].as_str().unwrap()))
        .collect();
    let expected = [
        (1, "never-held"),
        (7, "never-false"),
        (10, "arm-not-taken"),
        (15, "never-held"),
        (16, "never-held"),
        (16, "never-true"),
    ];
    assert_eq!(gaps, expected, "{coverage:#}");
    let told = run(folder.path(), &["rules", "test", "--packs", "local", "--coverage", "--lang", "zh"]);
    assert!(told.1.contains("分支      6/10   60%"), "{}", told.1);
    assert!(told.1.ends_with("2 passed, 0 failed（通过 2，失败 0）\n"), "{}", told.1);
}

#[test]
fn every_built_in_rule_can_be_measured() {
    let output = support::wangge(&["rules", "test", "--coverage=json"]);
    let coverage: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(coverage.get("unmeasured"), Some(&json!([])));
    assert!(coverage["branches"]["all"].as_u64() > Some(300), "{}", coverage["branches"]);
}

#[test]
fn expressions_come_from_a_pipe() {
    let input = "let g = t.网格.filter(\n  |g| g.网格层级 == \"grid\"\n);\ng.count()\n:columns 网格\nt.网格.层级\n1 + 1\n";
    let (code, told) = piped(&["rules", "try", "fixtures/clean", "--lang", "zh"], input);
    assert_eq!(code, Some(2), "an entry failed: {told}");
    for part in ["317\n", "责任人工号", "try.failed", "第1行", "2\n"] {
        assert!(told.contains(part), "{part}: {told}");
    }
    let (code, told) =
        piped(&["rules", "try", "fixtures/clean", "--lang", "en"], ":tables\n:quit\nmisspelt\n");
    assert!(code == Some(0) && told.contains("t.网格") | told.contains("grids"), "{told}");
}

#[test]
fn personal_data_is_masked_however_it_is_asked_for() {
    let one = "t.personnel.first()";
    let open = ["rules", "try", "fixtures/clean", "--unmask", "-e", "t.personnel.first().name"];
    let (_, name) = piped(&open, "");
    let name = name.trim();
    assert!(name.chars().count() > 1, "{name}");
    let ways = [
        one,
        "t.personnel.first().name",
        "[t.personnel.first().name]",
        "`name: ${t.personnel.first().name}`",
        "#{ a: t.personnel.first().name }",
    ];
    for way in ways {
        let (code, told) = piped(&["rules", "try", "fixtures/clean", "-e", way], "");
        assert!(code == Some(0) && told.contains('＊') && !told.contains(name), "{way}: {told}");
    }
}

#[test]
fn an_endless_entry_is_stopped_as_a_rule_is() {
    let (code, told) = piped(&["rules", "try", "fixtures/clean", "--lang", "en", "-e", "while true {}"], "");
    assert!(code == Some(2) && told.contains("limit"), "{told}");
}

#[test]
fn watched_tests_run_again_after_a_change() {
    let folder = pack();
    let mut child = Command::new(env!("CARGO_BIN_EXE_wangge"))
        .args(["rules", "test", "--packs", "local", "--watch", "--lang", "en"])
        .current_dir(folder.path())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut until = |part: &str| lines.by_ref().map(Result::unwrap).any(|line| line.contains(part));
    assert!(until("2 passed, 0 failed") && until("Ctrl-C"));
    std::thread::sleep(Duration::from_millis(50));
    write(folder.path(), &[("local/structure/P-1.test.rhai", TEST.replace("符合", "缺失").as_bytes())]);
    assert!(until("1 passed, 1 failed"));
    child.kill().unwrap();
    let _ = child.wait();
}

#[test]
fn an_entry_that_ends_the_process_is_named() {
    let deep =
        "let a = 1;\n\nif true { let f = || 1;\n  for i in 0..200000 { let g = f; f = || g; } }\n2 + 2\n";
    for (lang, parts) in [
        ("en", ["ended over this entry", "row 3", "the stack was used up"]),
        ("zh", ["使进程终止", "第3行", "栈用尽"]),
    ] {
        let (code, told) = piped(&["rules", "try", "fixtures/clean", "--lang", lang], deep);
        assert_eq!(code, Some(2), "{told}");
        for part in parts.into_iter().chain(["try.died", "if true { let f"]) {
            assert!(told.contains(part), "{part}: {told}");
        }
    }
}
