//! Whole assessments through the binary: fixtures, rulings, determinism.
#![expect(clippy::panic, reason = "tests fail by panicking")]
#![expect(clippy::unwrap_used, reason = "tests fail by panicking")]
#![expect(clippy::indexing_slicing, reason = "a report of another shape should stop the test")]

mod support;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use serde_json::Value;
use support::{AS_OF, json, wangge};

/// A submission that holds nothing but its organization.
fn bare(folder: &Path) -> String {
    let submission = folder.join("甲县");
    fs::create_dir(&submission).unwrap();
    fs::write(submission.join("被评估单位.csv"), "单位编号,单位名称,层级\nJX,甲县,县\n").unwrap();
    submission.display().to_string()
}

/// A ruling of the team on each of `targets`.
fn rulings<'a>(folder: &Path, word: &str, targets: impl IntoIterator<Item = &'a str>) -> String {
    let mut text = String::from("organization,target,ruling,value,role,by,date,expires,reason,evidence\n");
    for target in targets {
        writeln!(text, "JX,{target},{word},,team,李明,2026-05-01,,现场查看,").unwrap();
    }
    let path = folder.join(format!("{word}.csv"));
    fs::write(&path, text).unwrap();
    path.display().to_string()
}

fn points(report: &Value) -> (i64, i64) {
    let score = &report["organizations"][0]["score"];
    (score["low"].as_i64().unwrap(), score["high"].as_i64().unwrap())
}

fn item_ids() -> Vec<String> {
    support::golden::catalog().items().map(|item| item.id.clone()).collect()
}

#[test]
fn everything_ruled_met_scores_495_and_500_with_the_points_granted() {
    let folder = tempfile::tempdir().unwrap();
    let (path, ids) = (bare(folder.path()), item_ids());
    let met = rulings(folder.path(), "met", ids.iter().map(String::as_str));
    assert_eq!(points(&json(&[&path, "--rulings", &met])), (495, 495));
    let granted = ["--policy", "unearnable_points=granted"];
    assert_eq!(points(&json(&[&path, "--rulings", &met, granted[0], granted[1]])), (500, 500));
}

/// Outcome and reason of a requirement.
fn requirement(report: &Value, id: &str) -> (String, String) {
    let tables = report["organizations"][0]["tables"].as_array().unwrap();
    let items = tables.iter().flat_map(|table| table["items"].as_array().unwrap());
    let mut all = items.flat_map(|item| item["requirements"].as_array().unwrap());
    let found = all.find(|one| one["id"] == id).unwrap();
    (found["outcome"].as_str().unwrap().to_owned(), found["reason"]["zh"].as_str().unwrap().to_owned())
}

#[test]
fn a_table_that_was_not_recognised_is_unknown_and_not_absent() {
    let folder = tempfile::tempdir().unwrap();
    let path = bare(folder.path());
    assert_eq!(requirement(&json(&[&path]), "A.1.7.a").0, "absent");
    let unnamed = Path::new(&path).join("标准体糸表.csv");
    fs::write(&unnamed, "分类代号,类目名称\nJC,通用基础标准体系\n").unwrap();
    let (outcome, reason) = requirement(&json(&[&path]), "A.1.7.a");
    assert_eq!((outcome.as_str(), reason.contains("标准体糸表.csv")), ("unknown", true), "{reason}");
    fs::remove_file(&unnamed).unwrap();
    fs::write(Path::new(&path).join("标准体系表.csv"), "甲,乙\nJC,通用基础标准体系\n").unwrap();
    let (outcome, reason) = requirement(&json(&[&path]), "A.1.7.a");
    assert_eq!((outcome.as_str(), reason.contains("表头未识别")), ("unknown", true), "{reason}");
    let lacking = "分类代号,类目名称,备用一\nJC,通用基础标准体系,1\n";
    fs::write(Path::new(&path).join("标准体系表.csv"), lacking).unwrap();
    let (outcome, reason) = requirement(&json(&[&path]), "A.2.1.a");
    assert_eq!((outcome.as_str(), reason.contains("备用一")), ("unknown", true), "{reason}");
}

#[test]
fn everything_ruled_absent_scores_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let (path, ids) = (bare(folder.path()), item_ids());
    let absent = rulings(folder.path(), "absent", ids.iter().map(String::as_str));
    let report = json(&[&path, "--rulings", &absent]);
    assert_eq!(points(&report), (0, 0));
    assert_eq!(report["organizations"][0]["verdict"], "unqualified");
}

#[test]
fn a_ruling_changes_the_score_but_not_the_score_before_rulings() {
    let folder = tempfile::tempdir().unwrap();
    let path = bare(folder.path());
    let met = rulings(folder.path(), "met", ["A.3.3"]);
    let (plain, ruled) = (json(&[&path]), json(&[&path, "--rulings", &met]));
    assert_eq!(points(&ruled).0, points(&plain).0 + 40);
    let before = &ruled["organizations"][0]["score"]["before_rulings"];
    assert_eq!(before["low"].as_i64().unwrap(), points(&plain).0);
}

/// Outcomes of all requirements of the first organization, by id.
fn outcomes(report: &Value) -> Vec<(String, String)> {
    let tables = report["organizations"][0]["tables"].as_array().unwrap().iter();
    let items = tables.flat_map(|table| table["items"].as_array().unwrap());
    let lines = items.flat_map(|item| item["requirements"].as_array().unwrap());
    lines
        .map(|line| (line["id"].as_str().unwrap().into(), line["outcome"].as_str().unwrap().into()))
        .collect()
}

/// Requirements that only people on site can decide.
const ON_SITE: [&str; 5] = ["A.1.8.b", "A.2.1.d", "A.3.1.d", "A.4.1.d", "A.5.1.d"];

#[test]
fn the_clean_county_meets_everything_data_can_decide_and_has_no_finding() {
    let report = json(&["fixtures/clean"]);
    let open: Vec<_> = outcomes(&report).into_iter().filter(|(_, outcome)| outcome != "met").collect();
    let expected: Vec<_> = ON_SITE.iter().map(|id| ((*id).to_owned(), "unknown".to_owned())).collect();
    assert_eq!(open, expected);
    assert_eq!(report["organizations"][0]["findings"], Value::Array(Vec::new()));
    assert_eq!(report["organizations"][0]["eligibility"]["status"], "eligible");
    assert_eq!(points(&report), (489, 495));
}

#[test]
fn the_violations_leave_no_data_decided_requirement_unbroken() {
    let mut broken = BTreeSet::new();
    for path in ["fixtures/violations", "fixtures/violations-bare"] {
        let report = json(&[path]);
        let bad = |outcome: &str| matches!(outcome, "unmet" | "absent");
        broken.extend(outcomes(&report).into_iter().filter(|(_, outcome)| bad(outcome)).map(|(id, _)| id));
        assert_eq!(report["organizations"][0]["verdict"], "unqualified", "{path}");
        assert_eq!(report["organizations"][0]["eligibility"]["status"], "ineligible", "{path}");
    }
    let catalog = support::golden::catalog();
    let whole: Vec<_> =
        catalog.requirements().map(|one| one.id.as_str()).filter(|id| !broken.contains(*id)).collect();
    assert_eq!(whole, ON_SITE);
}

#[test]
fn banded_items_of_the_violations_earn_nothing() {
    let report = json(&["fixtures/violations"]);
    let table = &report["organizations"][0]["tables"][6];
    assert_eq!((&table["low"], &table["high"]), (&Value::from(0), &Value::from(0)));
}

/// What does not depend on how the files look: outcomes, scores and what findings are about.
fn meaning(report: &Value) -> Value {
    let mut organization = report["organizations"][0].clone();
    let fields = organization.as_object_mut().unwrap();
    for read in ["submission", "left_out"] {
        fields.remove(read);
    }
    for finding in fields["findings"].as_array_mut().unwrap() {
        let parts = finding.as_object_mut().unwrap();
        parts.remove("locations");
        parts.remove("fingerprint");
    }
    organization
}

#[test]
fn every_input_form_of_one_submission_means_the_same() {
    let forms = ["utf8", "utf8-bom", "gbk", "english", "xlsx", "workbook", "decorated"];
    let reports: Vec<_> = forms.iter().map(|form| json(&[&format!("fixtures/formats/{form}")])).collect();
    for (form, report) in forms.iter().zip(&reports) {
        assert_eq!(meaning(report), meaning(&reports[0]), "{form}");
    }
}

#[test]
fn the_number_of_threads_does_not_change_a_byte() {
    for path in ["fixtures/clean", "fixtures/violations", "fixtures/formats"] {
        for format in ["json", "terminal"] {
            let run = |threads| {
                wangge(&["check", path, "--as-of", AS_OF, "-o", format, "--threads", threads]).stdout
            };
            assert_eq!(run("1"), run("2"), "{path}");
        }
    }
}

#[test]
fn the_village_is_assessed_with_its_rulings() {
    let report = json(&["fixtures/village", "--rulings", "fixtures/village-rulings.csv"]);
    let organization = &report["organizations"][0];
    assert_eq!(organization["level"], "village");
    assert_ne!(organization["score"]["low"], organization["score"]["before_rulings"]["low"]);
    assert!(outcomes(&report).iter().any(|(_, outcome)| outcome == "not-applicable"));
}

#[test]
fn broken_files_are_found_at_their_cells() {
    let wanted = [
        ("ragged-row", "data.ragged-row"),
        ("duplicate-header", "data.duplicate-header"),
        ("wrong-type", "data.wrong-type"),
        ("missing-column", "data.missing-column"),
        ("duplicate-key", "data.duplicate-key"),
        ("dangling-reference", "data.dangling-reference"),
        ("lost-digits", "data.lost-digits"),
    ];
    for (folder, rule) in wanted {
        let report = json(&[&format!("fixtures/broken/{folder}")]);
        let findings = report["organizations"][0]["findings"].as_array().unwrap().clone();
        let found = findings.iter().find(|finding| finding["rule"] == rule);
        let place = &found.unwrap_or_else(|| panic!("{folder}: {findings:#?}"))["locations"][0];
        assert!(place["row"].is_u64() && place["file"].is_string(), "{folder}: {place}");
    }
}

#[test]
fn json_has_the_shape_of_its_schema() {
    let schema: Value =
        serde_json::from_str(&String::from_utf8(wangge(&["schema"]).stdout).unwrap()).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    for path in ["fixtures/clean", "fixtures/violations", "fixtures/village"] {
        let errors: Vec<String> =
            validator.iter_errors(&json(&[path])).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{path}: {errors:?}");
    }
}

#[test]
fn near_misses_of_a_number_are_helped_with_the_corrected_one() {
    let report = json(&["fixtures/violations"]);
    let findings = report["organizations"][0]["findings"].as_array().unwrap();
    for rule in ["2/10.6.1b", "2/10.6.4c"] {
        let found = findings.iter().find(|finding| finding["rule"] == rule);
        let help = found.unwrap_or_else(|| panic!("{rule} is silent"))["help"]["zh"].as_str().unwrap();
        assert!(help.contains("→ Q/"), "{rule}: {help}");
    }
}
