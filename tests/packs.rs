//! Packs laid over each other, locked, signed, and a scoring table that is not ours.
#![expect(clippy::unwrap_used, reason = "tests fail by panicking")]
#![expect(clippy::indexing_slicing, reason = "tests fail by panicking")]

mod support;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use support::batch::Ended;
use support::{json, root, wangge};

const CITY: [&str; 4] = ["--packs", "fixtures/packs/city", "--packs", "fixtures/packs"];
const WINDOW: [&str; 2] = ["--packs", "fixtures/packs/window"];

fn joined<'a>(parts: &[&[&'a str]]) -> Vec<&'a str> {
    parts.concat()
}

/// Runs the binary with environment variables; tells its exit code and all it said.
fn with_env(arguments: &[&str], env: &[(&str, &str)]) -> (Option<i32>, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_wangge"));
    command.args(arguments).current_dir(root()).env_clear().envs(env.iter().copied());
    Ended::from(command.output().unwrap()).told()
}

fn run(arguments: &[&str]) -> (Option<i32>, String) {
    with_env(arguments, &[])
}

fn copied(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copied(&path, &target);
        } else {
            fs::copy(&path, target).unwrap();
        }
    }
}

/// The province's pack in a folder of its own.
fn province(folder: &Path) -> PathBuf {
    let pack = folder.join("province");
    copied(&root().join("fixtures/packs/province"), &pack);
    pack
}

fn append(path: &Path, text: &str) {
    let old = fs::read_to_string(path).unwrap();
    fs::write(path, old + text).unwrap();
}

fn pick<'r>(overrides: &'r Value, target: &str, field: &str) -> &'r Value {
    let all = overrides.as_array().unwrap();
    all.iter().rfind(|one| one["target"] == target && one["field"] == field).unwrap_or(&Value::Null)
}

#[test]
fn a_scoring_table_that_is_not_ours_is_assessed_from_end_to_end() {
    let submissions =
        ["fixtures/packs/submissions", "--rulings", "fixtures/packs/submissions/window-rulings.csv"];
    let report = json(&joined(&[&submissions, &WINDOW]));
    assert_eq!(report["packs"].as_array().unwrap().len(), 1);
    let good = &report["organizations"][0];
    let score = &good["score"];
    assert_eq!((score["low"].as_u64(), score["high"].as_u64()), (Some(78), Some(78)));
    assert_eq!((score["full"].as_u64(), score["pass"].as_u64()), (Some(100), Some(60)));
    assert_eq!(good["verdict"], "qualified");
    assert_eq!(good["eligibility"]["status"], "eligible");
    assert!(good["base"].is_null());
    let points = |table: usize| -> Vec<u64> {
        let items = good["tables"][table]["items"].as_array().unwrap();
        items.iter().map(|item| item["low"].as_u64().unwrap()).collect()
    };
    // Deductions; a weight of two; one of four counted; rulings. Then bands of loss and award, a level, deductions.
    assert_eq!(points(0), [7, 6, 14, 10]);
    assert_eq!(points(1), [10, 15, 6, 10]);
    let poor = &report["organizations"][1];
    assert_eq!((poor["score"]["low"].as_u64(), poor["score"]["high"].as_u64()), (Some(13), Some(18)));
    assert_eq!(
        (poor["verdict"].as_str(), poor["eligibility"]["status"].as_str()),
        (Some("unqualified"), Some("ineligible"))
    );
    assert!(poor["notes"][0]["zh"].as_str().unwrap().contains("按F/2计0分：W.1.3"));
}

#[test]
fn the_report_on_a_foreign_table_names_nothing_of_the_built_in_one() {
    let arguments =
        ["check", "fixtures/packs/submissions", "--as-of", "2026-06-30", "--lang", "zh", "--exit-zero"];
    let (code, text) = run(&joined(&[&arguments, &WINDOW]));
    assert_eq!(code, Some(0), "{text}");
    assert!(text.contains("W.1.2.b") && text.contains("合格线 60"), "{text}");
    for strange in ["A.1", "第5部分", "附录", "300", "500"] {
        assert!(!text.contains(strange), "{strange}: {text}");
    }
}

#[test]
fn the_tests_beside_the_rules_of_the_example_packs_pass() {
    for packs in [&WINDOW[..], &CITY[..], &["--packs", "fixtures/packs/province"]] {
        let (code, text) = run(&joined(&[&["rules", "test"], packs]));
        assert_eq!(code, Some(0), "{packs:?}: {text}");
    }
    for command in
        [&["explain", "W.1.2.b", "F/1", "appeal_window"][..], &["rules", "matrix"], &["rules", "list"]]
    {
        let (code, text) = run(&joined(&[command, &WINDOW]));
        assert_eq!(code, Some(0), "{text}");
        assert!(!text.contains("A.1.1"), "{text}");
    }
}

#[test]
fn the_national_score_stands_beside_the_local_one_as_if_there_were_no_local_pack() {
    let village = ["fixtures/village", "--rulings", "fixtures/village-rulings.csv"];
    for submission in
        [&["fixtures/clean"][..], &["fixtures/violations"], &["fixtures/violations-bare"], &village]
    {
        let alone = json(submission);
        let local = json(&joined(&[submission, &CITY]));
        let (alone, local) = (&alone["organizations"][0], &local["organizations"][0]);
        let base = &local["base"];
        assert_eq!(base["score"], alone["score"], "{submission:?}");
        assert_eq!(base["verdict"], alone["verdict"], "{submission:?}");
        assert_eq!(base["pack"], "wangge.national");
        assert_eq!(
            (local["score"]["full"].as_u64(), local["score"]["pass"].as_u64()),
            (Some(550), Some(330))
        );
    }
}

#[test]
fn a_policy_of_the_run_does_not_change_the_national_score() {
    let alone = json(&["fixtures/violations"]);
    let local = json(&joined(&[&["fixtures/violations", "--policy", "absent_item=deductions"], &CITY]));
    let (alone, local) = (&alone["organizations"][0], &local["organizations"][0]);
    assert_eq!(local["base"]["score"], alone["score"]);
    assert_ne!(local["score"]["low"], alone["score"]["low"]);
}

#[test]
fn settings_hold_from_their_day() {
    let deduct = |day: &str| {
        let arguments = ["check", "fixtures/village", "--exit-zero", "-o", "json", "--as-of", day];
        let report: Value = serde_json::from_slice(&wangge(&joined(&[&arguments, &CITY])).stdout).unwrap();
        let changed = pick(&report["overrides"], "A.1.1.b", "deduct").clone();
        let lines = report["organizations"][0]["tables"][0]["items"][0]["requirements"].clone();
        let staff = pick(&report["overrides"], "A.1.3", "min_staff").clone();
        (
            lines[1]["deduct"].as_u64().unwrap(),
            changed["document"].as_str().unwrap_or("").to_owned(),
            !staff.is_null(),
        )
    };
    assert_eq!(deduct("2025-12-31"), (2, String::new(), false));
    assert_eq!(deduct("2026-06-30"), (3, String::new(), false));
    assert_eq!(deduct("2026-09-01"), (3, String::new(), true));
    assert_eq!(deduct("2027-01-01"), (4, "示市网〔2026〕9号".to_owned(), true));
}

#[test]
fn the_report_says_what_was_changed_by_whom_and_where() {
    let report = json(&joined(&[&["fixtures/village"], &CITY]));
    let ids: Vec<_> =
        report["packs"].as_array().unwrap().iter().map(|pack| pack["id"].as_str().unwrap()).collect();
    assert_eq!(ids, ["wangge.national", "example.province", "example.city"]);
    let visits = pick(&report["overrides"], "A.8.1", "visits");
    assert_eq!((visits["was"].as_str(), visits["now"].as_str()), (Some("4"), Some("6")));
    assert_eq!(visits["pack"], "example.city");
    assert_eq!(visits["document"], "示市网〔2026〕7号");
    let off = pick(&report["overrides"], "2/12.c", "");
    assert_eq!((off["kind"].as_str(), off["document"].as_str()), (Some("off"), Some("示网治〔2025〕11号")));
    let file = fs::read_to_string(root().join(off["file"].as_str().unwrap())).unwrap();
    let line = usize::try_from(off["line"].as_u64().unwrap()).unwrap();
    assert_eq!(file.lines().nth(line - 1), Some("[off.\"2/12.c\"]"));
    let structure = report["organizations"][0]["structure"].as_array().unwrap();
    let excused = structure.iter().find(|one| one["clause"] == "2/12.c").unwrap();
    assert_eq!(excused["outcome"], "not-applicable");
    assert!(excused["reason"]["zh"].as_str().unwrap().contains("由省级平台统一检查"), "{excused}");
    assert!(structure.iter().any(|one| one["clause"] == "P/1"));
}

#[test]
fn what_is_in_force_is_listed_with_its_place() {
    let arguments = ["rules", "list", "--effective", "--as-of", "2026-06-30", "--lang", "zh"];
    let (code, text) = run(&joined(&[&arguments, &CITY]));
    assert_eq!(code, Some(0), "{text}");
    for line in [
        "marks pass\t330\texample.province\tfixtures/packs/province/pack.toml:13\t示网治〔2026〕3号\t原为 300",
        "requirements A.1.1.c deduct\t1\twangge.national\trules/catalog/a1.toml:33",
        "items A.8.2 points\t30\texample.province\tfixtures/packs/province/catalog/a8.toml:31",
        "parameters A.1.3 min_staff\t2\texample.province\tfixtures/packs/province/pack.toml:18\t示网治〔2026〕5号\t原为 1\t自 2026-09-01 起",
        "replaces A.1.1\tfixtures/packs/city/items/a1/A.1.1.rhai\texample.city\tfixtures/packs/city/pack.toml:12",
    ] {
        assert!(text.contains(line), "{line}\n{text}");
    }
}

#[test]
fn a_locked_pack_that_changes_is_refused_by_name() {
    let folder = tempfile::tempdir().unwrap();
    let pack = province(folder.path());
    let shown = pack.display().to_string();
    let check =
        ["check", "fixtures/village", "--as-of", "2026-06-30", "--exit-zero", "-q", "--packs", &shown];
    assert_eq!(run(&["rules", "lock", "--packs", &shown]).0, Some(0));
    assert_eq!(run(&check).0, Some(0));
    append(&pack.join("items/a8/A.8.2.rhai"), "\n// changed\n");
    let (code, text) = run(&check);
    assert_eq!(code, Some(2));
    assert!(text.contains("pack.untrusted") && text.contains("example.province"), "{text}");
    assert!(!text.contains("wangge.national"), "{text}");
    assert_eq!(run(&["rules", "lock", "--packs", &shown]).0, Some(0));
    assert_eq!(run(&check).0, Some(0));
}

#[test]
fn with_a_key_configured_only_packs_signed_with_it_are_used() {
    let folder = tempfile::tempdir().unwrap();
    let pack = province(folder.path());
    let path = |name: &str| folder.path().join(name).display().to_string();
    let (shown, one, other) = (pack.display().to_string(), path("one"), path("other"));
    for name in [&one, &other] {
        assert_eq!(run(&["rules", "key", name]).0, Some(0));
        assert_eq!(run(&["rules", "key", name]).0, Some(2), "a key is never written over");
    }
    let (key, public, stranger) = (path("one.key"), path("one.pub"), path("other.pub"));
    let check = [
        "check",
        "fixtures/village",
        "--as-of",
        "2026-06-30",
        "--exit-zero",
        "-o",
        "json",
        "--packs",
        &shown,
    ];
    let trusted = |key: &str| with_env(&check, &[("WANGGE_TRUSTED_KEY", key)]);
    assert_eq!(run(&check).0, Some(0), "no key, no question");
    let (code, text) = trusted(&public);
    assert!(code == Some(2) && text.contains("not signed"), "{text}");
    assert_eq!(run(&["rules", "sign", &shown, "--key", &key]).0, Some(0));
    let (code, text) = trusted(&public);
    assert!(code == Some(0) && text.contains("\"signed_by\""), "{text}");
    let (code, text) = trusted(&stranger);
    assert!(code == Some(2) && text.contains("not trusted"), "{text}");
    assert_eq!(run(&["rules", "verify", &shown, "--trusted-key", &public]).0, Some(0));
    assert_eq!(run(&["rules", "verify", &shown, "--trusted-key", &stranger]).0, Some(1));
    append(&pack.join("pack.toml"), "\n# changed\n");
    let (code, text) = trusted(&public);
    assert!(code == Some(2) && text.contains("pack.toml"), "{text}");
    fs::remove_file(pack.join("pack.sums.minisig")).unwrap();
    assert_eq!(trusted(&public).0, Some(2), "taking the signature away does not help");
}

#[cfg(unix)]
#[test]
fn a_secret_key_is_readable_to_its_owner_alone_and_may_need_a_password() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let pack = province(folder.path());
    let name = folder.path().join("k").display().to_string();
    let (shown, key) = (pack.display().to_string(), format!("{name}.key"));
    let password = [("WANGGE_KEY_PASSWORD", "口令 word")];
    assert_eq!(with_env(&["rules", "key", &name], &password).0, Some(0));
    assert_eq!(fs::metadata(&key).unwrap().permissions().mode() & 0o777, 0o600);
    let sign = ["rules", "sign", &shown, "--key", &key];
    assert_eq!(run(&sign).0, Some(2));
    assert_eq!(with_env(&sign, &[("WANGGE_KEY_PASSWORD", "wrong")]).0, Some(2));
    assert_eq!(with_env(&sign, &password).0, Some(0));
}

#[test]
fn a_pack_as_one_file_is_the_same_pack() {
    let folder = tempfile::tempdir().unwrap();
    let pack = province(folder.path());
    let path = |name: &str| folder.path().join(name).display().to_string();
    let (shown, file, again, key) = (pack.display().to_string(), path("p.wpack"), path("q.wpack"), path("k"));
    let (_, first) = run(&["rules", "pack", &shown, "-o", &file]);
    let (_, second) = run(&["rules", "pack", &shown, "-o", &again]);
    assert_eq!(first, second);
    assert_eq!(fs::read(&file).unwrap(), fs::read(&again).unwrap());
    let digest = |packs: &str| json(&["fixtures/village", "--packs", packs])["packs"][1]["sha256"].clone();
    assert_eq!(digest(&file), digest(&shown));
    assert_eq!(run(&["rules", "key", &key]).0, Some(0));
    assert_eq!(run(&["rules", "sign", &file, "--key", &path("k.key")]).0, Some(0));
    assert_eq!(run(&["rules", "verify", &file, "--trusted-key", &path("k.pub")]).0, Some(0));
    assert_eq!(digest(&file), digest(&shown));
    // A shelf of archives serves a pack that needs one of them.
    let city = ["--packs", "fixtures/packs/city", "--packs", &folder.path().display().to_string()]
        .map(str::to_owned);
    fs::remove_dir_all(&pack).unwrap();
    fs::remove_file(&again).unwrap();
    let report = json(&joined(&[&["fixtures/village"], &city.each_ref().map(String::as_str)]));
    assert_eq!(report["packs"][1]["id"], "example.province");
}

#[test]
fn the_order_of_the_command_line_does_not_matter_where_packs_name_what_they_extend() {
    let one = wangge(&[
        "rules",
        "list",
        "--effective",
        "--as-of",
        "2026-06-30",
        "--packs",
        "fixtures/packs/city",
        "--packs",
        "fixtures/packs/province",
    ]);
    let other = wangge(&[
        "rules",
        "list",
        "--effective",
        "--as-of",
        "2026-06-30",
        "--packs",
        "fixtures/packs/province",
        "--packs",
        "fixtures/packs/city",
    ]);
    assert_eq!(one.status.code(), Some(0));
    assert_eq!(one, other);
}

#[test]
fn the_listing_in_the_guide_is_a_pack() {
    let guide = fs::read_to_string(root().join("docs/writing-rules.md")).unwrap();
    let listing = guide.split("```toml\n").nth(1).unwrap().split("```").next().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let pack = province(folder.path());
    fs::write(pack.join("pack.toml"), listing).unwrap();
    fs::copy(root().join("rules/items/a1/A.1.3.rhai"), pack.join("items/A.1.3.rhai")).unwrap();
    let shown = pack.display().to_string();
    let report = json(&["fixtures/clean", "--packs", &shown]);
    assert_eq!(report["packs"][1]["id"], "fujian");
    assert!(report["overrides"].as_array().unwrap().len() > 10, "{}", report["overrides"]);
}

#[test]
fn an_item_is_switched_off_and_the_marks_follow() {
    let folder = tempfile::tempdir().unwrap();
    let text = "id = \"p\"\nversion = \"1\"\ntitle = \"t\"\nlayer = \"project\"\nextends = \"wangge.national\"\n\
        [off.\"A.2.4\"]\nreason = \"x\"\n[tables.\"A.2\"]\ndeclared = 24\n[marks]\nfull = 494\npass = 290\n";
    fs::write(folder.path().join("pack.toml"), text).unwrap();
    fs::create_dir(folder.path().join("lib")).unwrap();
    fs::write(folder.path().join("lib/own.rhai"), "//! 甲\n//! a\nfn one() { 1 }\n").unwrap();
    let shown = folder.path().display().to_string();
    let (alone, local) = (json(&["fixtures/violations"]), json(&["fixtures/violations", "--packs", &shown]));
    let (alone, local) = (&alone["organizations"][0], &local["organizations"][0]);
    assert_eq!((local["score"]["full"].as_u64(), local["score"]["pass"].as_u64()), (Some(494), Some(290)));
    assert_eq!(local["tables"][1]["items"].as_array().unwrap().len(), 3);
    assert_eq!(local["base"]["score"], alone["score"]);
}
