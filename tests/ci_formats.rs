//! The formats that CI systems read: what others say of them (schemas, readers), and that data stays data in them.
#![expect(clippy::unwrap_used, reason = "tests fail by panicking")]
#![expect(clippy::indexing_slicing, reason = "tests fail by panicking")]

mod support;

use std::collections::BTreeSet;

use quick_xml::events::Event;
use serde_json::Value;
use support::golden::{assert_golden, catalog, path};
use support::package::{attribute, events};
use support::poison::poison;
use support::written::written;
use support::{crowd, sample};
use wangge::model::fault::Fault;
use wangge::model::outcome::Outcome;
use wangge::model::report::{BrokenRule, Report, Unreadable};
use wangge::model::text::{Lang, Text};

/// The formats that are for CI systems.
const NAMES: [&str; 6] = ["sarif", "junit", "github", "gitlab", "markdown", "csv-scores"];

/// Texts that mean something in one of the formats: markup, commands, line breaks, what no XML can hold.
const BAD: &str =
    "|<script>`x`&]]>%0A,:@a #1 https://a.b\r\n::error::x\u{0}\u{1b}[31m\u{202e}\u{fffe}\"'![a](b)";

/// The sample with an unreadable submission, one the run did not come to, and a broken rule.
fn report() -> Report {
    let mut report = sample::report(&catalog());
    let fault = Fault {
        message: Text::new("=无法读取", "=cannot be read"),
        file: Some("材料/乙 镇/网格.csv".to_owned()),
        row: Some(3),
        column: Some("7".to_owned()),
        ..Fault::default()
    };
    report.unreadable.push(Unreadable::new("材料/乙 镇".to_owned(), &fault));
    report.not_assessed.push("材料/丙.zip".to_owned());
    report.broken.push(BrokenRule {
        rule: "A.1.1".to_owned(),
        file: "规则/items/A.1.1.rhai".to_owned(),
        line: Some(4),
        column: Some(2),
        message: Text::new("缺少分号", "a semicolon is missing"),
        help: Text::new("补上分号", "add it"),
    });
    report
}

/// Every text that may be anything is hostile.
fn hostile() -> Report {
    poison(report(), BAD)
}

fn json(name: &str, report: &Report) -> Value {
    serde_json::from_str(&written(name, Lang::Zh, report)).unwrap()
}

#[test]
fn what_is_written_in_chinese() {
    for (name, ending) in
        [("sarif", "json"), ("junit", "xml"), ("github", "txt"), ("gitlab", "json"), ("markdown", "md")]
    {
        assert_golden(&format!("tests/golden/ci_{name}_zh.{ending}"), &written(name, Lang::Zh, &report()));
    }
    assert_golden("tests/golden/scores_zh.csv", &written("csv-scores", Lang::Zh, &report()));
}

#[test]
fn what_is_written_in_english() {
    for (name, ending) in [("github", "txt"), ("markdown", "md")] {
        assert_golden(&format!("tests/golden/ci_{name}_en.{ending}"), &written(name, Lang::En, &report()));
    }
}

#[test]
fn sarif_conforms_to_the_schema_of_the_standard() {
    let schema = std::fs::read_to_string(path("tests/data/schemas/sarif-schema-2.1.0.json")).unwrap();
    let schema: Value = serde_json::from_str(&schema).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let mut empty = report();
    empty.organizations.clear();
    for report in [report(), hostile(), empty, crowd::report(3)] {
        let sarif = json("sarif", &report);
        let errors: Vec<_> = validator.iter_errors(&sarif).map(|error| error.to_string()).collect();
        assert_eq!(errors, Vec::<String>::new());
        assert!(!validator.is_valid(&serde_json::json!({"version": "2.1.0", "runs": [{"results": 1}]})));
    }
}

#[test]
fn oscal_conforms_to_the_schema_of_nist() {
    let schema =
        std::fs::read_to_string(path("tests/data/schemas/oscal-assessment-results-1.2.1.json")).unwrap();
    let schema: Value = serde_json::from_str(&schema).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    for report in [report(), hostile(), crowd::report(3)] {
        let oscal = json("oscal", &report);
        let errors: Vec<_> = validator
            .iter_errors(&oscal)
            .map(|error| format!("{}: {error}", error.instance_path()))
            .collect();
        assert_eq!(errors, Vec::<String>::new());
        let results = oscal["assessment-results"]["results"].as_array().unwrap();
        assert_eq!(results.len(), report.organizations.len());
        for (result, one) in results.iter().zip(&report.organizations) {
            let of = |key: &str| result[key].as_array().map_or(0, Vec::len);
            let lines = one.tables.iter().flat_map(|table| &table.items).flat_map(|item| {
                item.requirements
                    .iter()
                    .map(|line| line.outcome)
                    .chain(item.award.iter().map(|award| award.outcome))
            });
            let (open, decided): (Vec<_>, Vec<_>) = lines.partition(|outcome| *outcome == Outcome::Unknown);
            assert_eq!(
                (of("findings"), of("observations")),
                (decided.len(), open.len() + one.findings.len())
            );
        }
    }
    assert!(!validator.is_valid(&serde_json::json!({"assessment-results": {"results": []}})));
}

#[test]
fn sarif_names_rules_by_number_and_tells_every_finding() {
    let report = report();
    let sarif = json("sarif", &report);
    let run = &sarif["runs"][0];
    let results = run["results"].as_array().unwrap();
    assert_eq!(results.len(), report.organizations.iter().map(|one| one.findings.len()).sum::<usize>());
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    for result in results {
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(rules[index]["id"], result["ruleId"]);
        for place in result["locations"].as_array().unwrap() {
            let uri = place["physicalLocation"]["artifactLocation"]["uri"].as_str().unwrap();
            assert!(uri.is_ascii() && !uri.contains([' ', '\\']), "{uri}");
        }
    }
    let invocation = &run["invocations"][0];
    assert_eq!(invocation["executionSuccessful"], false);
    assert_eq!(invocation["toolExecutionNotifications"].as_array().unwrap().len(), 3);
}

/// Counts of a suite as it states them, and as its tests have them.
fn counts(xml: &str) -> Vec<([usize; 4], [usize; 4])> {
    let mut all: Vec<([usize; 4], [usize; 4])> = Vec::new();
    for event in events(xml) {
        let (Event::Start(start) | Event::Empty(start)) = event else { continue };
        let count = |name| attribute(&start, name).unwrap().parse().unwrap();
        let place =
            ["testcase", "failure", "error", "skipped"].iter().position(|name| start.name().0 == *name);
        if start.name().0 == "testsuite" {
            all.push((["tests", "failures", "errors", "skipped"].map(count), [0; 4]));
        } else if let (Some(place), Some((_, counted))) = (place, all.last_mut()) {
            counted[place] += 1;
        }
    }
    all
}

#[test]
fn junit_counts_what_is_in_it() {
    for report in [report(), hostile()] {
        let counts = counts(&written("junit", Lang::Zh, &report));
        assert_eq!(counts.len(), report.organizations.len() + 3);
        for (stated, counted) in counts {
            assert_eq!(stated, counted);
        }
    }
}

#[test]
fn junit_holds_only_what_xml_can_hold() {
    let xml = written("junit", Lang::Zh, &hostile());
    let allowed = |sign: char| sign == '\n' || (sign >= ' ' && !matches!(sign, '\u{fffe}' | '\u{ffff}'));
    assert!(xml.chars().all(allowed), "{:?}", xml.chars().find(|sign| !allowed(*sign)));
    assert!(!xml.contains("<script") && xml.contains("&lt;script"));
}

#[test]
fn every_line_of_github_is_a_command_and_nothing_of_it_another() {
    let (plain, bad) = (written("github", Lang::Zh, &report()), written("github", Lang::Zh, &hostile()));
    assert_eq!(plain.lines().count(), bad.lines().count());
    for line in plain.lines().chain(bad.lines()) {
        let rest = line.strip_prefix("::").unwrap();
        let (command, message) = rest.split_once("::").unwrap();
        let (level, properties) = command.split_once(' ').unwrap();
        assert!(["error", "warning", "notice"].contains(&level) && !message.is_empty(), "{line}");
        let names: Vec<_> = properties.split(',').map(|one| one.split_once('=').unwrap().0).collect();
        assert!(names.iter().all(|name| ["file", "line", "col", "title"].contains(name)), "{line}");
        assert!(!line.contains(|sign: char| sign.is_control()), "{line:?}");
    }
    assert!(plain.lines().next().unwrap().starts_with("::error file=材料/武侯区,title="), "{plain}");
}

#[test]
fn issues_of_gitlab_have_what_gitlab_wants() {
    let mut report = report();
    // The same submission twice, with the same id.
    report.organizations.push(report.organizations[0].clone());
    let issues = json("gitlab", &report);
    let mut fingerprints = BTreeSet::new();
    for issue in issues.as_array().unwrap() {
        let text = |name: &str| issue[name].as_str().filter(|text| !text.is_empty()).unwrap().to_owned();
        assert!(["info", "minor", "major", "critical", "blocker"].contains(&&*text("severity")));
        assert!(!text("description").is_empty() && !text("check_name").is_empty());
        assert!(fingerprints.insert(text("fingerprint")), "{issue}");
        assert!(!issue["location"]["path"].as_str().unwrap().is_empty());
        assert!(issue["location"]["lines"]["begin"].as_u64().unwrap() >= 1);
    }
    assert!(fingerprints.len() > 3);
    assert_eq!(
        json("gitlab", &Report { organizations: Vec::new(), ..sample::report(&catalog()) }),
        Value::Array(Vec::new())
    );
}

#[test]
fn nothing_of_data_is_more_than_text_in_markdown() {
    let text = written("markdown", Lang::Zh, &hostile());
    let without = text.replace("<br>", "");
    for bad in ["<script", "\n::error", "://", "@a", " #1", "[a](b)", "\u{0}", "\u{1b}", "\u{202e}"] {
        assert!(!without.contains(bad), "{bad}");
    }
    assert_eq!(text.lines().count(), written("markdown", Lang::Zh, &report()).lines().count());
}

#[test]
fn a_summary_in_markdown_stays_below_what_github_takes() {
    let mut report = poison(crowd::report(100), "长$~".repeat(100).as_str());
    let left = report.organizations[0].submission.path.clone();
    report.not_assessed = vec![left; 5_000];
    let text = written("markdown", Lang::Zh, &report);
    assert!(text.len() < 1 << 20, "{}", text.len());
    for words in ["个单位没有列入上表", "个单位的详情没有列出", "- 另有"] {
        assert!(text.contains(words), "{words}");
    }
}

#[test]
fn scores_have_a_line_for_each_item_and_for_what_was_not_assessed() {
    let report = report();
    let text = written("csv-scores", Lang::Zh, &report);
    let mut reader = csv::ReaderBuilder::new().from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let records: Vec<_> = reader.records().map(Result::unwrap).collect();
    let items = report.organizations.iter().flat_map(|one| &one.tables).map(|table| table.items.len());
    assert_eq!(records.len(), items.sum::<usize>() + 2);
    let sum: u32 = records.iter().filter_map(|record| record[11].parse::<u32>().ok()).sum();
    assert_eq!(sum, report.organizations.iter().map(|one| one.score.low).sum::<u32>());
    assert_eq!(text.matches("\r\n").count(), text.matches('\n').count());
    let bad = written("csv-scores", Lang::Zh, &hostile());
    assert_eq!(bad.matches('\n').count(), text.matches('\n').count());
}

#[test]
fn every_format_says_that_personal_data_is_not_masked() {
    let report = Report { unmasked: true, ..report() };
    for name in NAMES {
        assert!(written(name, Lang::Zh, &report).contains("未遮盖的个人信息"), "{name}");
        assert!(!written(name, Lang::Zh, &self::report()).contains("未遮盖的个人信息"), "{name}");
    }
}
