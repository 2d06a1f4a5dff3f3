//! The summary of a batch, as a person reads it and as a program reads it, and findings by grid.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

mod support;

use std::fmt::Write as _;
use std::fs;

use serde_json::Value;
use support::golden::{assert_golden, catalog};
use support::{AS_OF, sample, wangge};
use wangge::model::catalog::Catalog;
use wangge::model::clause::Clauses;
use wangge::model::report::{Organization, Report, Verdict};
use wangge::model::text::Lang;
use wangge::report::json;
use wangge::report::summary::{Titles, summarize};
use wangge::report::terminal::{TerminalOptions, render};

const OPTIONS: TerminalOptions =
    TerminalOptions { lang: Lang::Zh, color: false, quiet: false, width: 100, top: 6 };

/// A city with two counties of it, a county of which only the towns handed in, and towns with villages.
fn batch(catalog: &Catalog) -> Report {
    let mut report = sample::report(catalog);
    let (open, failed) = (report.organizations[0].clone(), report.organizations[1].clone());
    let mut organizations = vec![place(&open, "5101", "成都市城市运行中心", "city", "", 470)];
    for (county, name) in [("510107", "武侯区"), ("510104", "锦江区"), ("510105", "青羊区")] {
        if county != "510105" {
            let name = format!("{name}网格化服务管理中心");
            organizations.push(place(&open, county, &name, "county", "5101", points(county)));
        }
        for town in 1..=3 {
            let id = format!("{county}00{town}");
            let name = format!("{name}第{town}街道办事处");
            let model = if town == 2 { &failed } else { &open };
            organizations.push(place(model, &id, &name, "town", county, points(&id)));
        }
    }
    organizations.push(place(&failed, "510107001", "武侯区第1街道办事处（重报）", "town", "510107", 180));
    report.summary = summarize(&organizations, 2, Titles { catalog, clauses: &Clauses::default() });
    report.organizations = organizations;
    report
}

fn points(id: &str) -> u32 {
    id.bytes().fold(7, |sum: u32, digit| (sum * 131 + u32::from(digit)) % 9973) % 480
}

fn place(model: &Organization, id: &str, name: &str, level: &str, parent: &str, low: u32) -> Organization {
    let mut one = model.clone();
    (one.id, one.name) = (id.to_owned(), name.to_owned());
    (one.level, one.parent) = (level.to_owned(), parent.to_owned());
    one.submission.path = format!("材料/{name}");
    (one.score.low, one.score.high) = (low, low + low % 3 * 20);
    one.verdict = match (one.score.low, one.score.high) {
        (300.., _) => Verdict::Qualified,
        (_, ..300) => Verdict::Unqualified,
        _ => Verdict::Open,
    };
    one
}

#[test]
fn in_chinese() {
    let catalog = catalog();
    assert_golden("tests/golden/summary_zh.txt", &render(&batch(&catalog), &catalog, &OPTIONS));
}

#[test]
fn in_english() {
    let catalog = catalog();
    let options = TerminalOptions { lang: Lang::En, ..OPTIONS };
    assert_golden("tests/golden/summary_en.txt", &render(&batch(&catalog), &catalog, &options));
}

#[test]
fn a_batch_of_thousands_is_told_in_few_lines() {
    let catalog = catalog();
    let mut report = batch(&catalog);
    let copy = |n: u32| {
        let one = &report.organizations[n as usize % report.organizations.len()];
        let (id, name) = (format!("{}-{n:04}", one.id), format!("{}{n}", one.name));
        place(one, &id, &name, &one.level, &format!("{}-{:04}", one.id, n / 7), n * 7 % 480)
    };
    let organizations: Vec<_> = (0..2800).map(copy).collect();
    report.summary = summarize(&organizations, 0, Titles { catalog: &catalog, clauses: &Clauses::default() });
    report.organizations = organizations;
    let shown = render(&report, &catalog, &TerminalOptions { top: 20, ..OPTIONS });
    assert!(shown.lines().count() < 160, "{}", shown.lines().count());
    let wide = shown.lines().filter(|line| line.chars().count() > 100);
    assert_eq!(wide.collect::<Vec<_>>(), Vec::<&str>::new());
}

#[test]
fn a_batch_reads_back_and_conforms_to_the_schema() {
    let written = json::to_string(&batch(&catalog())).unwrap();
    let read = json::from_str(&written).unwrap();
    assert_eq!(json::to_string(&read).unwrap(), written);
    let schema: Value = serde_json::from_str(&json::schema()).unwrap();
    let report: Value = serde_json::from_str(&written).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let errors: Vec<_> = validator.iter_errors(&report).map(|error| error.to_string()).collect();
    assert_eq!(errors, Vec::<String>::new());
}

/// Every row counts for its grid, also those beyond the places that are shown.
#[test]
fn places_are_counted_by_grid_beyond_those_shown() {
    let folder = tempfile::tempdir().unwrap();
    let mut events = "事件编号,事件类别,网格编码,上报日期,办结期限,办结日期,处置部门\n".to_owned();
    for n in 0..60 {
        let grid = if n % 3 == 0 { "35062700100101" } else { "11010519491231002X" };
        writeln!(events, "E{n},纠纷,{grid},2026-05-01,2026-05-02,2026-05-20,城管").unwrap();
    }
    let files = [
        ("被评估单位", "单位编号,单位名称,层级\n350627,青溪县,县\n"),
        ("网格", "网格编码,网格名称,网格层级\n35062700100101,滨江一,网格\n"),
        ("事件", events.as_str()),
    ];
    for (name, text) in files {
        fs::write(folder.path().join(format!("{name}.csv")), text).unwrap();
    }
    let output =
        wangge(&["check", folder.path().to_str().unwrap(), "--as-of", AS_OF, "--exit-zero", "-o", "json"]);
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    let organization = &report["organizations"][0];
    let finding = |rule: &str| {
        let findings = organization["findings"].as_array().unwrap();
        findings.iter().find(|found| found["rule"] == rule).unwrap()
    };
    let late = finding("2/4.4e");
    assert_eq!((&late["total"], late["locations"].as_array().unwrap().len()), (&60.into(), 20));
    assert_eq!(late["locations"][0]["grid"], "35062700100101");
    let worst = organization["grids"]["worst"].as_array().unwrap();
    let places = |grid: &str, rule: &str| {
        let line = worst.iter().find(|line| line["grid"] == grid).unwrap();
        let most = line["most"].as_array().unwrap();
        (
            line["grid_name"].clone(),
            most.iter().find(|one| one["rule"] == rule).map(|one| one["places"].clone()),
        )
    };
    assert_eq!(places("35062700100101", "2/4.4e"), ("滨江一".into(), Some(20.into())));
    // An identity number among the codes is masked here too.
    assert_eq!(places("110***********002X", "data.dangling-reference"), ("".into(), Some(40.into())));
    assert_eq!(report["summary"]["grids"]["grids"], 2);
}
