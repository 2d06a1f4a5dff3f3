//! What comparisons of reports look like: terminal, Markdown, HTML and workbook, hostile data included.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests fail by panicking")]

mod support;

use std::fmt::Write as _;
use std::io::Cursor;
use std::sync::Arc;

use calamine::{Data, Reader, Xlsx};
use support::golden::{assert_golden, catalog};
use support::packed::between;
use support::poison::poison;
use support::sample;
use wangge::model::clause::Clauses;
use wangge::model::finding::Severity;
use wangge::model::outcome::Outcome;
use wangge::model::policy::Policies;
use wangge::model::report::{Decider, Report, Unreadable, Verdict};
use wangge::model::report_diff::ReportDiff;
use wangge::model::ruling::{RulingLine, RulingStatus};
use wangge::model::standard::Standard;
use wangge::model::text::{Lang, Text};
use wangge::report::comparison::Look;
use wangge::report::difference::{self, Run, reduced};

const fn look(lang: Lang, top: usize) -> Look {
    Look { lang, color: false, width: 100, top }
}

fn report() -> Report {
    let mut report = sample::report(&catalog());
    let standard =
        Standard { catalog: catalog(), clauses: Clauses::default(), policies: Policies::default() };
    report.standard = Some(Arc::new(standard));
    report
}

fn run(file: &str, report: Report) -> Run {
    let organizations = report.organizations.iter().cloned().map(reduced).collect();
    Run { file: file.to_owned(), report: report.without_organizations(), organizations }
}

/// The sample, and what became of it in a year: a ruling, new and other findings, a pack, a submission that cannot be read.
fn years() -> (Run, Run) {
    let (old, mut new) = (report(), report());
    "2027-06-30".clone_into(&mut new.as_of);
    "2.0.0".clone_into(&mut new.packs[0].version);
    new.policies.insert("line_f".to_owned(), "each".to_owned());
    let fault = Text::new("文件已损坏", "the file is damaged");
    let unread = serde_json::json!({ "path": "材料/丙|<b>", "message": fault });
    new.unreadable.push(serde_json::from_value::<Unreadable>(unread).unwrap());
    let one = &mut new.organizations[0];
    one.verdict = Verdict::Qualified;
    one.score.low += 12;
    one.score.by_assurance.ruled += 12;
    let item = &mut one.tables[0].items[0];
    (item.low, item.high) = (item.low + 2, item.high + 2);
    let line = &mut item.requirements[1];
    (line.outcome, line.lost_low, line.lost_high, line.source) = (Outcome::Met, 0, 0, Decider::Ruling);
    line.rulings.push(RulingLine {
        ruling: "met".to_owned(),
        value: None,
        role: "team".to_owned(),
        by: "李明".to_owned(),
        date: "2027-06-20".to_owned(),
        expires: None,
        reason: "已查看@all #12 https://例.cn".to_owned(),
        evidence: String::new(),
        status: RulingStatus::Counted,
    });
    let line = &mut one.tables[1].items[0].requirements[0];
    (line.outcome, line.lost_low, line.lost_high) = (Outcome::Unmet, line.deduct, line.deduct);
    one.tables[1].low -= 1;
    one.findings[0].severity = Severity::Advice;
    "feedfacefeedface".clone_into(&mut one.findings[1].fingerprint);
    (run("原/2026.json", old), run("现/2027.json", new))
}

fn compared() -> ReportDiff {
    let (old, new) = years();
    difference::compare(&[old], &[new])
}

#[test]
fn the_schema_checked_in_is_current() {
    assert_golden("docs/diff.schema.json", &difference::schema());
}

#[test]
fn on_a_terminal() {
    let diff = compared();
    assert_golden("tests/golden/diff_zh.txt", &difference::terminal(&diff, &look(Lang::Zh, 10)));
    assert_golden("tests/golden/diff_en.txt", &difference::terminal(&diff, &look(Lang::En, 10)));
}

#[test]
fn in_markdown() {
    assert_golden("tests/golden/diff_zh.md.txt", &difference::markdown(&compared(), &look(Lang::Zh, 10)));
}

#[test]
fn as_a_page() {
    let page = difference::html(&compared(), &years().1.report, Lang::Zh);
    let main = format!("<main{}</main>\n", between(&page, "<main", "</main>")).replace("><", ">\n<");
    assert_golden("tests/golden/diff.html", &main);
    for wrong in ["http:", " src=", "url(h", "javascript:", " style=", " onclick="] {
        assert!(!main.contains(wrong), "{wrong}");
    }
}

#[test]
fn as_a_workbook() {
    let bytes = difference::workbook(&compared(), &years().1.report, Lang::Zh).unwrap();
    let mut book = Xlsx::new(Cursor::new(bytes)).unwrap();
    assert_eq!(book.sheet_names(), ["汇总", "单位", "评价内容", "问题", "配置"]);
    let mut text = String::new();
    for name in book.sheet_names() {
        writeln!(text, "== {name}").unwrap();
        for row in book.worksheet_range(&name).unwrap().rows() {
            let cells = row.iter().filter(|cell| !matches!(cell, Data::Empty)).map(ToString::to_string);
            writeln!(text, "{}", cells.collect::<Vec<_>>().join(" | ").replace('\n', "⏎")).unwrap();
        }
    }
    assert_golden("tests/golden/diff_workbook_zh.txt", &text);
}

#[test]
fn long_lists_are_cut_and_counted() {
    let text = difference::terminal(&compared(), &look(Lang::Zh, 1));
    assert!(text.contains("行未列出（--top 0 全部列出）"), "{text}");
    let all = difference::terminal(&compared(), &look(Lang::Zh, 0));
    assert!(!all.contains("行未列出"), "{all}");
}

#[test]
fn nothing_from_data_is_markup() {
    const BAD: &str = "<img src=x>|`[x](y)\u{1b}\u{202e}\n# h";
    let (old, new) = years();
    let whole = |run: Run| Report { organizations: run.organizations, standard: None, ..run.report };
    let new = run("新<img src=x>|.json", poison(whole(new), BAD));
    let diff = difference::compare(&[old], &[new]);
    let page = difference::html(&diff, &years().1.report, Lang::En);
    assert!(!page.contains("<img"));
    for text in [
        difference::terminal(&diff, &look(Lang::Zh, 0)),
        difference::markdown(&diff, &look(Lang::En, 0)),
        page,
    ] {
        assert!(!text.contains('\u{1b}') && !text.contains('\u{202e}'));
    }
    let markdown = difference::markdown(&diff, &look(Lang::En, 0));
    assert!(!markdown.contains("<img") && !markdown.contains("\n# h"));
    let bars = |line: &str| line.replace("\\\\", "").replace("\\|", "").matches('|').count();
    let tables = markdown.split("\n\n").filter(|block| block.starts_with('|'));
    for table in tables {
        let mut counts = table.lines().map(bars);
        let first = counts.next().unwrap();
        assert!(counts.all(|count| count == first), "{table}");
    }
}
