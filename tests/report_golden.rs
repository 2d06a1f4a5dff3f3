//! The reports look as they were last looked at.

#![allow(clippy::expect_used, clippy::indexing_slicing, reason = "tests")]

mod support;

use support::golden::{assert_golden, catalog};
use support::poison::poison;
use support::sample;
use wangge::model::catalog::Catalog;
use wangge::model::clause::Clauses;
use wangge::model::fault::Fault;
use wangge::model::report::Report;
use wangge::model::text::{Lang, Text};
use wangge::report::summary::{Titles, summarize};
use wangge::report::terminal::{TerminalOptions, render};
use wangge::report::{escape, fault, json};

const OPTIONS: TerminalOptions =
    TerminalOptions { lang: Lang::Zh, color: false, quiet: false, width: 100, top: 20 };

/// The report of the first organization alone.
fn single(catalog: &Catalog) -> Report {
    let mut report = sample::report(catalog);
    report.organizations.truncate(1);
    let titles = Titles { catalog, clauses: &Clauses::default() };
    report.summary = summarize(&report.organizations, 0, titles);
    report
}

#[test]
fn terminal_in_chinese() {
    let catalog = catalog();
    assert_golden("tests/golden/terminal_zh.txt", &render(&sample::report(&catalog), &catalog, &OPTIONS));
}

#[test]
fn terminal_in_english() {
    let catalog = catalog();
    let options = TerminalOptions { lang: Lang::En, ..OPTIONS };
    assert_golden("tests/golden/terminal_en.txt", &render(&single(&catalog), &catalog, &options));
}

#[test]
fn terminal_in_colour() {
    let catalog = catalog();
    let options = TerminalOptions { color: true, ..OPTIONS };
    assert_golden("tests/golden/terminal_zh_color.txt", &render(&single(&catalog), &catalog, &options));
}

#[test]
fn one_line_for_each_organization() {
    let catalog = catalog();
    let options = TerminalOptions { quiet: true, ..OPTIONS };
    assert_golden(
        "tests/golden/terminal_quiet_zh.txt",
        &render(&sample::report(&catalog), &catalog, &options),
    );
}

#[test]
fn json_form() {
    let report = sample::report(&catalog());
    assert_golden("tests/golden/report.json", &json::to_string(&report).expect("a report has a JSON form"));
}

#[test]
fn a_report_read_back_writes_the_same_bytes() {
    let report = sample::report(&catalog());
    let written = json::whole(&report).expect("a report has a JSON form");
    let read = json::from_str(&written).expect("our own form");
    assert_eq!(json::whole(&read).expect("a report has a JSON form"), written);
    assert_eq!(Report { digest: String::new(), ..read }, report);
}

#[test]
fn a_report_read_back_still_shows_the_cells() {
    let catalog = catalog();
    let written = json::to_string(&single(&catalog)).expect("a report has a JSON form");
    let read = json::from_str(&written).expect("our own form");
    assert_golden("tests/golden/terminal_zh_read_back.txt", &render(&read, &catalog, &OPTIONS));
}

#[test]
fn faults() {
    let fault = Fault {
        code: "rulings.value",
        message: Text::new("裁定“大概符合”无法识别", "the ruling `大概符合` is unknown"),
        help: Text::new(
            "裁定只能填 met、unmet、absent、not-applicable、value 之一",
            "Use one of met, unmet, absent, not-applicable, value",
        ),
        file: Some("裁定/rulings.csv".to_owned()),
        row: Some(14),
        column: Some("ruling".to_owned()),
        excerpt: Some(("510107,A.1.1.c,大概符合,,team,李*,2026-11-20,现场看过年度目标".to_owned(), 15, 4)),
        ..Fault::default()
    };
    let plain = Fault {
        code: "ingest.encoding",
        message: Text::new("文件既不是 UTF-8 也不是 GB18030", "the file is neither UTF-8 nor GB18030"),
        help: Text::new("用 --encoding 指明编码", "Name the encoding with --encoding"),
        file: Some("材料/武侯区/网格表.csv".to_owned()),
        row: Some(2),
        column: Some("17".to_owned()),
        ..Fault::default()
    };
    let shown = [Lang::Zh, Lang::En].map(|lang| fault::render(&[fault.clone(), plain.clone()], lang, false));
    assert_golden("tests/golden/faults.txt", &shown.join("\n"));
}

#[test]
fn eighty_columns_are_enough_for_the_scores() {
    let catalog = catalog();
    for lang in [Lang::Zh, Lang::En] {
        let shown = render(&single(&catalog), &catalog, &TerminalOptions { lang, width: 80, ..OPTIONS });
        let bars = shown.lines().filter(|line| line.contains('[') && line.ends_with(']')).count();
        assert_eq!(bars, 8 + 5, "seven tables, the total, five frames\n{shown}");
    }
}

#[test]
fn no_text_from_data_reaches_the_terminal_raw() {
    let catalog = catalog();
    let hostile = poison(sample::report(&catalog), "\u{1b}[2J\u{9b}\u{202e}\u{200b}\u{7}");
    for lang in [Lang::Zh, Lang::En] {
        let shown = render(&hostile, &catalog, &TerminalOptions { lang, ..OPTIONS });
        let raw = shown.chars().find(|c| *c != '\n' && escape::hidden(*c));
        assert_eq!(raw, None);
        assert!(shown.contains("^[[2J"));
    }
}
