//! Packs compared: what changes, on what ground, and whom it hits.
#![expect(clippy::unwrap_used, reason = "tests fail by panicking")]
#![expect(clippy::indexing_slicing, reason = "tests fail by panicking")]

mod support;

use std::fs;
use std::path::Path;

use serde_json::Value;
use support::batch::Ended;
use support::wangge;
use tempfile::TempDir;

const DAY: [&str; 2] = ["--as-of", "2026-06-30"];

fn run(arguments: &[&str]) -> (Option<i32>, String, String) {
    let output = wangge(&[&["rules", "diff"], arguments, &DAY].concat());
    Ended::from(output).parts()
}

fn json(arguments: &[&str]) -> Value {
    let (code, text, told) = run(&[arguments, &["--format", "json"]].concat());
    assert!(code == Some(1) || code == Some(0), "{told}");
    serde_json::from_str(&text).unwrap()
}

fn write(folder: &Path, files: &[(&str, &str)]) {
    for (name, text) in files {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
}

/// The change of a field of a thing.
fn change<'v>(comparison: &'v Value, section: &str, target: &str, field: &str) -> &'v Value {
    let all = comparison["changes"].as_array().unwrap();
    let same = |one: &&Value| one["section"] == section && one["target"] == target && one["field"] == field;
    all.iter().find(same).unwrap_or(&Value::Null)
}

/// Two versions of a province's pack in `旧` and `新`.
fn two_versions() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let head = |version: &str| {
        format!(
            "id = \"p\"\nversion = \"{version}\"\ntitle = \"省\"\nextends = [\"wangge.national\"]\ndocument = \"省文 1 号\"\n"
        )
    };
    let rule = |least: u32| {
        format!(
            "//! 要有两份文件。\n//! Two documents are needed.\nconst META = #{{ id: \"P/1\", clauses: [\"P/1\"] }};\nfn check(t) {{\n    #{{ \"\": if t.documents.count() >= {least} {{ met(\"够\", \"enough\") }} else {{ unmet(\"不够\", \"too few\") }} }}\n}}\n"
        )
    };
    let clause = "[[clause]]\nid = \"P/1\"\nforce = \"should\"\ndecided = \"data\"\ntitle = { zh = \"文件\", en = \"Documents\" }\n";
    write(
        &folder.path().join("旧"),
        &[("pack.toml", &head("1.0.0")), ("clauses.toml", clause), ("structure/P-1.rhai", &rule(2))],
    );
    let more = "\n[requirements.\"A.1.1.a\"]\ndeduct = 1\ndocument = \"省文 2 号\"\nreason = \"减轻\"\n\n[parameters.\"A.3.3\".e]\nadd = [\"院落自治\"]\n\n[parameters.\"A.1.3\".min_staff]\nvalue = 2\nfrom = 2027-01-01\n\n[off.\"2/12.c\"]\nreason = \"由平台检查\"\n";
    write(
        &folder.path().join("新"),
        &[("pack.toml", &(head("1.1.0") + more)), ("clauses.toml", clause), ("structure/P-1.rhai", &rule(3))],
    );
    folder
}

#[test]
fn two_versions_of_a_pack_differ_in_what_was_changed_and_say_on_what_ground() {
    let folder = two_versions();
    let path = |name: &str| folder.path().join(name).display().to_string();
    let found = json(&[&path("旧"), &path("新")]);
    assert_eq!(found["schema"], "wangge.rules-diff/1");
    assert_eq!(
        (found["old"][1]["version"].as_str(), found["new"][1]["version"].as_str()),
        (Some("1.0.0"), Some("1.1.0"))
    );
    let deduct = change(&found, "requirement", "A.1.1.a", "deduct");
    assert_eq!((deduct["was"]["zh"].as_str(), deduct["now"]["zh"].as_str()), (Some("2"), Some("1")));
    assert_eq!(
        (deduct["ground"]["document"].as_str(), deduct["ground"]["reason"]["zh"].as_str()),
        (Some("省文 2 号"), Some("减轻"))
    );
    let words = change(&found, "parameter", "A.3.3", "e");
    assert_eq!(
        (words["put_in"][0].as_str(), words["ground"]["document"].as_str()),
        (Some("院落自治"), Some("省文 1 号"))
    );
    let off = change(&found, "rule", "2/12.c", "");
    assert_eq!(
        (off["how"].as_str(), off["ground"]["reason"]["zh"].as_str()),
        (Some("switched-off"), Some("由平台检查"))
    );
    let script = change(&found, "rule", "P/1", "script");
    assert_eq!((script["lines"]["added"].as_u64(), script["lines"]["removed"].as_u64()), (Some(1), Some(1)));
    assert_eq!(found["changes"].as_array().unwrap().len(), 4, "{found:#}");
    assert_eq!(found["later"].as_array().unwrap().len(), 1);
    assert_eq!(found["later"][0]["ground"]["from"], "2027-01-01");
    // The other way round everything is taken back.
    let back = json(&[&path("新"), &path("旧")]);
    assert_eq!(change(&back, "rule", "2/12.c", "")["how"], "switched-on");
    assert_eq!(change(&back, "parameter", "A.3.3", "e")["taken_out"][0], "院落自治");
    assert_eq!(back["later"][0]["how"], "removed");
}

#[test]
fn the_exit_code_says_whether_there_is_a_difference() {
    let folder = two_versions();
    let path = |name: &str| folder.path().join(name).display().to_string();
    assert_eq!(run(&[&path("旧"), &path("旧")]).0, Some(0));
    assert_eq!(run(&["builtin", "builtin"]).0, Some(0));
    assert_eq!(run(&[&path("旧"), &path("新")]).0, Some(1));
    let (code, out, told) = run(&[&path("旧"), &path("没有"), "--lang", "zh"]);
    assert!(code == Some(2) && out.is_empty() && told.contains("pack.unreadable"), "{told}");
}

#[test]
fn packs_that_need_others_find_them_on_a_shelf_that_may_hold_another_version_of_the_pack_itself() {
    let province = ["fixtures/packs/province", "fixtures/packs/city", "--packs", "fixtures/packs"];
    let found = json(&province);
    assert_eq!(change(&found, "parameter", "A.8.1", "visits")["ground"]["document"], "示市网〔2026〕7号");
    assert_eq!(change(&found, "table", "A.8", ""), &Value::Null, "the province brought it in already");
    let folder = tempfile::tempdir().unwrap();
    let (older, city) = (folder.path().join("city"), support::root().join("fixtures/packs/city"));
    let manifest = fs::read_to_string(city.join("pack.toml")).unwrap().replace("value = 6", "value = 5");
    write(&older, &[("pack.toml", &manifest)]);
    for file in ["items/a1/A.1.1.rhai", "items/a1/A.1.1.test.rhai"] {
        write(&older, &[(file, &fs::read_to_string(city.join(file)).unwrap())]);
    }
    let older = older.display().to_string();
    let found = json(&[&older, "fixtures/packs/city", "--packs", "fixtures/packs"]);
    let visits = change(&found, "parameter", "A.8.1", "visits");
    assert_eq!((visits["was"]["zh"].as_str(), visits["now"]["zh"].as_str()), (Some("5"), Some("6")));
    assert_eq!(found["changes"].as_array().unwrap().len(), 1, "{found:#}");
}

#[test]
fn on_submissions_it_tells_whose_score_changes_and_by_which_requirements() {
    let on =
        ["--on", "fixtures/village", "--on", "fixtures/clean", "--rulings", "fixtures/village-rulings.csv"];
    let sides = ["builtin", "fixtures/packs/city", "--packs", "fixtures/packs"];
    let found = json(&[&sides[..], &on].concat());
    let report = support::json(&[
        "fixtures/village",
        "--rulings",
        "fixtures/village-rulings.csv",
        "--packs",
        "fixtures/packs/city",
        "--packs",
        "fixtures/packs",
    ]);
    let one = &found["effects"]["organizations"][0];
    let score = &report["organizations"][0]["score"];
    assert_eq!(
        (&one["new"]["low"], &one["new"]["high"], &one["new"]["full"]),
        (&score["low"], &score["high"], &score["full"])
    );
    let national = &report["organizations"][0]["base"]["score"];
    assert_eq!((&one["old"]["low"], &one["old"]["high"]), (&national["low"], &national["high"]));
    assert_eq!(found["effects"]["summary"]["organizations"], 2);
    let items = one["items"].as_array().unwrap();
    let sum: i64 = items
        .iter()
        .map(|item| item["new"]["low"].as_i64().unwrap_or(0) - item["old"]["low"].as_i64().unwrap_or(0))
        .sum();
    assert_eq!(
        sum,
        one["new"]["low"].as_i64().unwrap() - one["old"]["low"].as_i64().unwrap(),
        "the items account for it all"
    );
    let (code, text, _) = run(&[&sides[..], &on, &["--lang", "zh"]].concat());
    assert_eq!(code, Some(1));
    for told in [
        "满分 500 → 550，合格线 300 → 330",
        "A.8.2 +0~+30",
        "共 2 个单位：结论改变 0；得分上升 2",
        "示网治〔2026〕3号",
    ] {
        assert!(text.contains(told), "{told}\n{text}");
    }
}

#[test]
fn a_verdict_that_changes_comes_first_and_a_submission_that_cannot_be_read_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let pack = folder.path().join("p");
    let strict = "id = \"p\"\nversion = \"1.0.0\"\ntitle = \"省\"\nextends = [\"wangge.national\"]\n[marks]\nfull = 500\npass = 490\n";
    write(&pack, &[("pack.toml", strict)]);
    let pack = pack.display().to_string();
    let found = json(&["builtin", &pack, "--on", "fixtures/clean", "--on", "fixtures/violations"]);
    assert_eq!(found["effects"]["summary"]["verdicts"], 1);
    let first = &found["effects"]["organizations"][0];
    assert_eq!(
        (first["old"]["verdict"].as_str(), first["new"]["verdict"].as_str()),
        (Some("qualified"), Some("open"))
    );
    let broken = folder.path().join("坏.xlsx");
    fs::write(&broken, "no workbook").unwrap();
    let (code, text, told) = run(&["builtin", &pack, "--on", &broken.display().to_string(), "--lang", "zh"]);
    assert!(code == Some(2) && text.contains("无法读取 1") && told.contains("坏.xlsx"), "{text}{told}");
}
