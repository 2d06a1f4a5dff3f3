//! `wangge plan` and `check --target`, from outside.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests fail by panicking")]

mod support;

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use calamine::{Reader, Xlsx, open_workbook};
use serde_json::Value;
use support::golden::assert_golden;
use wangge::report::output::plan;

const VILLAGE: [&str; 3] = ["fixtures/village", "--as-of", "2026-06-30"];

fn run(command: &str, more: &[&str]) -> (Option<i32>, String) {
    let output = support::wangge(&[&[command], VILLAGE.as_slice(), more].concat());
    (output.status.code(), String::from_utf8(output.stdout).unwrap())
}

fn json(command: &str, more: &[&str]) -> Value {
    serde_json::from_str(&run(command, &[more, &["-o", "json"]].concat()).1).unwrap()
}

fn ids(plan: &Value) -> Vec<String> {
    let steps = plan["steps"].as_array().unwrap();
    steps.iter().map(|step| step["target"].as_str().unwrap().to_owned()).collect()
}

fn schema() -> String {
    plan(true).schema.map(|schema| schema()).unwrap_or_default()
}

#[test]
fn the_schema_of_plans_is_the_one_checked_in_and_plans_conform() {
    assert_golden("docs/plan.schema.json", &schema());
    assert_eq!(support::wangge(&["schema", "plan"]).stdout, schema().as_bytes());
    let validator = jsonschema::validator_for(&serde_json::from_str(&schema()).unwrap()).unwrap();
    let document = json("plan", &["--target", "499"]);
    assert_eq!(validator.iter_errors(&document).map(|error| error.to_string()).collect::<Vec<_>>(), [""; 0]);
    assert_eq!(document["organizations"][0]["plan"]["status"], "unreachable");
}

#[test]
fn rulings_that_all_steps_are_met_bring_the_score_that_was_planned() {
    let folder = tempfile::tempdir().unwrap();
    let plan = &json("plan", &["--target", "320"])["organizations"][0]["plan"];
    let mut rulings = "organization,target,ruling,role,by,date,reason\n".to_owned();
    for id in ids(plan) {
        writeln!(rulings, "350602105208,{id},met,team,李明,2026-06-20,已整改").unwrap();
    }
    let file = folder.path().join("裁定.csv");
    fs::write(&file, rulings).unwrap();
    let report = json("check", &["--rulings", file.to_str().unwrap()]);
    let one = &report["organizations"][0];
    assert_eq!((&one["score"]["low"], &one["verdict"]), (&plan["low"], &"qualified".into()));
    assert!(plan["low"].as_u64().unwrap() >= 320 && ids(plan).len() < 60, "{plan}");
}

#[test]
fn costs_change_what_is_put_right_and_excluded_requirements_are_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("成本.csv");
    fs::write(&file, "编号,成本\nA.3,9\nA.3.2,不可整改\nA.3.2.a,1\n").unwrap();
    let asked = ["--target", "250", "--costs", file.to_str().unwrap()];
    let with_costs = json("plan", &asked)["organizations"][0]["plan"].clone();
    let without = json("plan", &["--target", "250"])["organizations"][0]["plan"].clone();
    let of = |plan: &Value, table: &str| ids(plan).iter().filter(|id| id.starts_with(table)).count();
    assert!(of(&with_costs, "A.3.") < of(&without, "A.3."), "{with_costs}");
    assert!(!ids(&with_costs).iter().any(|id| id.starts_with("A.3.2.") && id != "A.3.2.a"), "{with_costs}");
    let cost = |step: &Value| step["cost"].as_u64().unwrap();
    let sum: u64 = with_costs["steps"].as_array().unwrap().iter().map(cost).sum();
    assert_eq!(with_costs["cost"].as_u64(), Some(sum));
}

fn sheet(path: &Path, name: &str) -> Option<String> {
    let mut book: Xlsx<_> = open_workbook(path).unwrap();
    let range = book.worksheet_range(name).ok()?;
    Some(range.rows().flatten().map(ToString::to_string).collect::<Vec<_>>().join("\n"))
}

#[test]
fn a_report_with_a_target_has_the_plan_in_every_format_and_one_without_in_none() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name).display().to_string();
    let outputs = |names: [&str; 3]| -> Vec<String> {
        names.map(|name| format!("{}:{}", name.split('.').next_back().unwrap(), at(name))).to_vec()
    };
    let check = |files: [&str; 3], more: &[&str]| {
        let files = outputs(files);
        let mut asked = more.to_vec();
        files.iter().for_each(|file| asked.extend(["-o", file]));
        asked.extend(["-o", "terminal", "--lang", "zh", "--cache"]);
        let cache = at("cache");
        run("check", &[asked.as_slice(), &[cache.as_str()]].concat()).1
    };
    let shown = check(["a.json", "a.html", "a.xlsx"], &["--target", "250"]);
    let report: Value = serde_json::from_str(&fs::read_to_string(at("a.json")).unwrap()).unwrap();
    let page = fs::read_to_string(at("a.html")).unwrap();
    let list = sheet(Path::new(&at("a.xlsx")), "达标整改方案").unwrap();
    let plan = &report["organizations"][0]["plan"];
    assert_eq!(plan["target"], 250);
    for id in ids(plan) {
        assert!(
            shown.contains(&id) && list.contains(&id) && page.contains(&format!("href=\"#{id}\"")),
            "{id}"
        );
    }
    assert!(page.contains("id=\"plan\"") && shown.contains("目标250分：完成下列"), "{shown}");
    // The same cache serves a run that asks for none.
    let shown = check(["b.json", "b.html", "b.xlsx"], &[]);
    let report = fs::read_to_string(at("b.json")).unwrap();
    let page = fs::read_to_string(at("b.html")).unwrap();
    assert!(!report.contains("\"plan\"") && !page.contains("id=\"plan\"") && !shown.contains("达标整改方案"));
    assert_eq!(sheet(Path::new(&at("b.xlsx")), "达标整改方案"), None);
}
