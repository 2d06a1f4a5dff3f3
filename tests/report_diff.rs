//! `wangge diff`: of random edits exactly these are told, with why points moved; the other way round it says the mirrored.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests fail by panicking")]

mod report_edits;
mod support;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use report_edits::{Edited, Generator};
use serde_json::{Value, json};
use support::batch::{Batch, Ended};
use support::wangge_in;
use wangge::report::difference;

fn diff(folder: &Path, more: &[&str]) -> Ended {
    Ended::from(wangge_in(folder, &[&["diff"], more].concat()))
}

/// The comparison of two reports as JSON.
fn compared(old: &Value, new: &Value) -> Value {
    let folder = tempfile::tempdir().unwrap();
    for (name, report) in [("old.json", old), ("new.json", new)] {
        fs::write(folder.path().join(name), report.to_string()).unwrap();
    }
    let ended = diff(folder.path(), &["old.json", "new.json", "-o", "json"]);
    assert_eq!((ended.status, ended.stderr.as_str()), (Some(0), ""));
    serde_json::from_str(&ended.stdout).unwrap()
}

fn list(value: &Value) -> Vec<Value> {
    value.as_array().cloned().unwrap_or_default()
}

fn word(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// Everything that a comparison tells.
fn facts(diff: &Value) -> BTreeSet<String> {
    let mut facts = Vec::new();
    for change in list(&diff["settings"]).iter().flat_map(|group| list(&group["changes"])) {
        let parts = ["kind", "id", "field", "was", "now"].map(|part| word(&change[part]));
        let parts: Vec<_> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        facts.push(format!("settings {}", parts.join(" ")));
    }
    for side in ["added", "removed"] {
        facts.extend(list(&diff[side]).iter().map(|one| format!("{side} {}", word(&one["id"]))));
    }
    for one in list(&diff["unreadable"]) {
        facts.push(format!("unreadable {} {}", word(&one["id"]), one["was"]));
    }
    for side in ["new", "gone"] {
        let paths = list(&diff["not_assessed"][side]);
        facts.extend(paths.iter().map(|path| format!("not_assessed {side} {}", word(path))));
    }
    for one in list(&diff["organizations"]) {
        let id = word(&one["id"]);
        facts.extend(of_organization(&one).into_iter().map(|fact| format!("{id} {fact}")));
    }
    let all: BTreeSet<String> = facts.iter().cloned().collect();
    assert_eq!(all.len(), facts.len(), "{facts:#?}");
    all
}

fn causes(value: &Value) -> String {
    value.as_array().map_or("-".to_owned(), |all| all.iter().map(word).collect::<Vec<_>>().join("+"))
}

fn of_organization(one: &Value) -> Vec<String> {
    let mut facts = Vec::new();
    for (key, value) in one.as_object().unwrap() {
        match key.as_str() {
            "id" | "name" | "old_path" | "new_path" => {}
            "verdict" | "eligibility" => {
                facts.push(format!("{key} {} {}", word(&value["was"]), word(&value["now"])));
            }
            "requirements" => {
                let told = |line: &Value| format!("{key} {} {}", word(&line["id"]), causes(&line["causes"]));
                facts.extend(list(value).iter().map(told));
            }
            "why" => {
                for group in list(value) {
                    let told = |target: &Value| format!("why {} {}", word(target), causes(&group["causes"]));
                    facts.extend(list(&group["targets"]).iter().map(told));
                }
            }
            "rulings" => facts.extend(list(value).iter().map(|ruling| {
                let how = match (ruling["was"].is_null(), ruling["now"].is_null()) {
                    (true, _) => "added",
                    (_, true) => "removed",
                    _ => "changed",
                };
                format!("{key} {} {} {how}", word(&ruling["target"]), word(&ruling["by"]))
            })),
            "findings_new" | "findings_gone" | "findings_changed" => {
                facts
                    .extend(list(value).iter().map(|found| format!("{key} {}", word(&found["fingerprint"]))));
            }
            _ if value.is_array() => {
                facts.extend(list(value).iter().map(|one| format!("{key} {}", word(&one["id"]))));
            }
            _ => facts.push(key.clone()),
        }
    }
    facts
}

/// The comparison the other way round.
fn mirrored(value: &Value) -> Value {
    const PAIRS: [(&str, &str); 6] = [
        ("was", "now"),
        ("added", "removed"),
        ("findings_new", "findings_gone"),
        ("old_path", "new_path"),
        ("old_id", "new_id"),
        ("up", "down"),
    ];
    let other = |key: &str, of: &Value| {
        // What was not assessed is told as new and gone, sides as old and new.
        let side = if of.get("old").is_some() { ("old", "new") } else { ("new", "gone") };
        let mut pairs = PAIRS.into_iter().chain([side]);
        let found = pairs.find_map(|(one, other)| match key {
            _ if key == one => Some(other),
            _ if key == other => Some(one),
            _ => None,
        });
        found.unwrap_or(key).to_owned()
    };
    match value {
        Value::Array(all) => all.iter().map(mirrored).collect(),
        Value::Object(all) => {
            let fields = all.iter().map(|(key, inside)| {
                let is_sum = value.get("item").is_some() && ["low", "high"].contains(&key.as_str());
                let inside = if is_sum { json!(-inside.as_i64().unwrap()) } else { mirrored(inside) };
                (other(key, value), inside)
            });
            Value::Object(fields.collect())
        }
        plain => plain.clone(),
    }
}

/// Without what is of the new side alone: names, and those of the files.
fn without_names(mut diff: Value) -> Value {
    for (of, name) in [("organizations", "name"), ("old", "file"), ("new", "file"), ("settings", "reports")] {
        for one in diff[of].as_array_mut().unwrap() {
            one.as_object_mut().unwrap().remove(name);
        }
    }
    diff
}

fn violations() -> Value {
    support::json(&["fixtures/violations", "--no-cache"])
}

fn batch() -> Value {
    let batch = Batch::new(6);
    let check = ["check", "批", "--as-of", support::AS_OF, "--exit-zero", "--no-cache", "-o", "json:批.json"];
    let ended = Ended::from(wangge_in(batch.folder.path(), &check));
    serde_json::from_str(&batch.read("批.json")).unwrap_or_else(|_| unreachable!("{ended:?}"))
}

/// Holds a comparison to the edits, in both directions.
#[track_caller]
fn holds(edited: &Edited, told: &str) {
    let diff = compared(&edited.old, &edited.new);
    let (found, expected) = (facts(&diff), edited.expected());
    let more: Vec<_> = found.difference(&expected).collect();
    let less: Vec<_> = expected.difference(&found).collect();
    assert!(more.is_empty() && less.is_empty(), "{told}\nmore: {more:#?}\nless: {less:#?}");
    let back = compared(&edited.new, &edited.old);
    assert_eq!(without_names(mirrored(&diff)), without_names(back), "{told}");
}

#[test]
fn of_an_edit_exactly_that_is_told() {
    let report = violations();
    for kind in 0..22 {
        let mut generator = Generator(u64::try_from(kind).unwrap());
        let mut edited = Edited::of(&report);
        edited.edit(kind, &mut generator);
        holds(&edited, &format!("kind {kind}"));
    }
}

#[test]
fn of_many_edits_exactly_these_are_told() {
    let report = violations();
    for seed in 0..10 {
        let mut generator = Generator(1000 + seed);
        let mut edited = Edited::of(&report);
        for _ in 0..2 + generator.number(12) {
            edited.edit(generator.number(64), &mut generator);
        }
        holds(&edited, &format!("seed {seed}"));
    }
}

#[test]
fn of_a_batch_the_same_holds_and_organizations_come_and_go() {
    let report = batch();
    for seed in 0..8 {
        let mut generator = Generator(2000 + seed);
        let mut edited = Edited::of(&report);
        if seed % 2 == 0 {
            edited.organization_gone(&mut generator);
        }
        if seed % 3 == 0 {
            edited.organization_new();
        }
        for _ in 0..2 + generator.number(12) {
            edited.edit(generator.number(64), &mut generator);
        }
        holds(&edited, &format!("seed {seed}"));
    }
}

#[test]
fn equal_reports_have_no_difference() {
    let report = batch();
    let diff = compared(&report, &report);
    assert_eq!(facts(&diff), BTreeSet::new());
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.json"), report.to_string()).unwrap();
    let ended = self::diff(folder.path(), &["a.json", "a.json", "--exit-code", "--lang", "zh"]);
    assert_eq!(ended.status, Some(0));
    assert!(ended.stdout.contains("两边的报告没有差别"), "{}", ended.stdout);
}

#[test]
fn the_exit_code_tells_of_differences_only_where_that_was_asked_for() {
    let report = violations();
    let mut edited = Edited::of(&report);
    edited.edit(15, &mut Generator(1));
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.json"), report.to_string()).unwrap();
    fs::write(folder.path().join("b.json"), edited.new.to_string()).unwrap();
    assert_eq!(diff(folder.path(), &["a.json", "b.json"]).status, Some(0));
    assert_eq!(diff(folder.path(), &["a.json", "b.json", "--exit-code"]).status, Some(1));
}

/// A report with the organizations at these places.
fn part(report: &Value, places: &[usize]) -> Value {
    let mut part = report.clone();
    part.as_object_mut().unwrap().remove("digest");
    let all = list(&report["organizations"]);
    part["organizations"] = places.iter().map(|at| all[*at].clone()).collect();
    part
}

#[test]
fn reports_of_a_folder_are_taken_together_and_an_organization_in_two_is_refused() {
    let report = batch();
    let count = list(&report["organizations"]).len();
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, report: &Value| {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, report.to_string()).unwrap();
    };
    let mut first = part(&report, &[0, 1]);
    first["unreadable"] = json!([]);
    write("原/全市.json", &report);
    write("现/甲.json", &first);
    write("现/乙.json", &part(&report, &(2..count).collect::<Vec<_>>()));
    write("现/说明.txt", &json!(null));
    let ended = diff(folder.path(), &["原", "现", "-o", "json"]);
    assert_eq!((ended.status, ended.stderr.as_str()), (Some(0), ""));
    let told: Value = serde_json::from_str(&ended.stdout).unwrap();
    assert_eq!(facts(&told), BTreeSet::new());
    assert_eq!(list(&told["new"]).len(), 2);
    write("现/丙.json", &part(&report, &[1]));
    let ended = diff(folder.path(), &["原", "现", "--lang", "en"]);
    assert_eq!(ended.status, Some(2));
    assert!(ended.stderr.contains("丙.json") && ended.stderr.contains("甲.json"), "{}", ended.stderr);
}

#[test]
fn where_two_have_one_id_their_paths_tell_them_apart() {
    let mut report = batch();
    report.as_object_mut().unwrap().remove("digest");
    let id = report["organizations"][0]["id"].clone();
    report["organizations"][1]["id"] = id.clone();
    let mut new = report.clone();
    new["organizations"][1]["verdict"] = json!("qualified");
    new["organizations"][0]["verdict"] = json!("unqualified");
    let told = compared(&report, &new);
    assert_eq!(list(&told["matched_by_path"]).len(), 2);
    let organizations = list(&told["organizations"]);
    assert!(organizations.iter().all(|one| one["id"] == id && one["old_path"] == one["new_path"]));
}

#[test]
fn where_one_is_masked_and_the_other_not_that_is_said_and_the_rest_compared() {
    let report = violations();
    let unmasked = support::json(&["fixtures/violations", "--no-cache", "--unmask"]);
    let told = compared(&report, &unmasked);
    assert_eq!(told["masking_differs"], json!(true));
    assert_eq!(facts(&told), BTreeSet::from(["settings masking yes no".to_owned()]));
    let mut edited = unmasked.clone();
    edited.as_object_mut().unwrap().remove("digest");
    edited["organizations"][0]["verdict"] = json!("qualified");
    assert!(facts(&compared(&report, &edited)).iter().any(|fact| fact.contains("verdict")));
}

#[test]
fn comparisons_conform_to_the_schema() {
    let schema: Value = serde_json::from_str(&difference::schema()).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let report = violations();
    let mut generator = Generator(7);
    let mut edited = Edited::of(&report);
    (0..22).for_each(|kind| edited.edit(kind, &mut generator));
    let diff = compared(&report, &edited.new);
    let errors: Vec<_> = validator.iter_errors(&diff).map(|error| error.to_string()).collect();
    assert_eq!(errors, Vec::<String>::new());
}
