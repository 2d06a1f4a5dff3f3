//! Workbooks read back: the score sheet, the list to put right and the worksheet, by what stands in their cells.
#![expect(clippy::unwrap_used, reason = "tests fail by panicking")]

mod support;

use std::fmt::Write as _;
use std::fs;
use std::io::Cursor;

use calamine::{Data, DataType, Reader, Xlsx};
use support::golden::{assert_golden, catalog};
use support::sample;
use support::written::write;
use wangge::model::clause::Clauses;
use wangge::model::finding::Severity;
use wangge::model::report::Report;
use wangge::model::text::{Lang, Text};
use wangge::report::output::{Format, Target, worksheet};
use wangge::report::summary::{Titles, summarize};
use wangge::report::write::Whole;

type Book = Xlsx<Cursor<Vec<u8>>>;

/// What a format makes of a report.
fn written(format: &Format, lang: Lang, report: &Report) -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("out.xlsx");
    write(format, lang, report, Target::file(Whole::begin(&path).unwrap()));
    fs::read(path).unwrap()
}

fn xlsx(lang: Lang, report: &Report) -> Vec<u8> {
    written(Format::named("xlsx").unwrap(), lang, report)
}

fn read(bytes: &[u8]) -> Book {
    Xlsx::new(Cursor::new(bytes.to_vec())).unwrap()
}

/// The cells of a workbook that are not empty, a row a line; formulas with what they come to.
fn cells(bytes: &[u8]) -> String {
    let mut book = read(bytes);
    let mut text = String::new();
    for name in book.sheet_names() {
        writeln!(text, "== {name}").unwrap();
        let range = book.worksheet_range(&name).unwrap();
        let formulas = book.worksheet_formula(&name).unwrap();
        let Some((top, left)) = range.start() else { continue };
        for (row, cells) in (top..).zip(range.rows()) {
            let shown =
                (left..).zip(cells).filter(|(_, cell)| !matches!(cell, Data::Empty)).map(|(column, cell)| {
                    let at = rust_xlsxwriter::utility::row_col_to_cell(row, u16::try_from(column).unwrap());
                    let formula = formulas.get_value((row, column)).filter(|formula| !formula.is_empty());
                    let formula = formula.map(|formula| format!(" [={formula}]")).unwrap_or_default();
                    format!("{at} {}{formula}", cell.to_string().replace('\n', "⏎"))
                });
            let line = shown.collect::<Vec<_>>().join(" | ");
            if !line.is_empty() {
                writeln!(text, "{line}").unwrap();
            }
        }
    }
    text
}

/// The sample, of its first organization alone.
fn of_one() -> Report {
    let mut report = sample::report(&catalog());
    report.organizations.truncate(1);
    report
}

#[test]
fn the_workbook_of_one_organization() {
    assert_golden("tests/golden/workbook_one_zh.txt", &cells(&xlsx(Lang::Zh, &of_one())));
}

#[test]
fn the_workbook_of_several_organizations() {
    assert_golden("tests/golden/workbook_batch_en.txt", &cells(&xlsx(Lang::En, &sample::report(&catalog()))));
}

#[test]
fn the_worksheet() {
    assert_golden("tests/golden/worksheet_zh.txt", &cells(&written(worksheet(), Lang::Zh, &of_one())));
}

#[test]
fn the_same_report_gives_the_same_bytes() {
    let report = sample::report(&catalog());
    for lang in [Lang::Zh, Lang::En] {
        assert!(xlsx(lang, &report) == xlsx(lang, &report));
        assert!(written(worksheet(), lang, &report) == written(worksheet(), lang, &report));
    }
}

#[test]
fn of_many_organizations_there_is_one_list_and_no_sheet_of_each() {
    let mut report = sample::report(&catalog());
    let one = report.organizations.first().unwrap().clone();
    let twin = |number: usize| {
        let mut twin = one.clone();
        (twin.id, twin.submission.path) = (format!("{number:06}"), format!("材料/{number}"));
        twin
    };
    report.organizations = (0..25).map(twin).collect();
    let (catalog, clauses) = (catalog(), Clauses::default());
    let titles = Titles { catalog: &catalog, clauses: &clauses };
    report.summary = summarize(&report.organizations, 0, titles);
    let mut book = read(&xlsx(Lang::Zh, &report));
    assert_eq!(book.sheet_names(), ["排名", "得分热力图", "共性问题", "整改清单"]);
    let each = one.findings.iter().filter(|finding| finding.severity != Severity::Advice).count();
    // Title, what is said of it, heads.
    assert_eq!(book.worksheet_range("整改清单").unwrap().height(), 3 + 25 * each);
    assert_eq!(book.worksheet_range("得分热力图").unwrap().height(), 4 + 25);
}

/// Texts that mean something to a spreadsheet, to XML, or to nobody.
const HOSTILE: [&str; 6] = [
    "=cmd|'/c calc'!A0",
    "@SUM(1)",
    "<script>&amp;</script>]]>",
    "_x0041_\u{0}\u{b}\u{FFFE}",
    "\u{202e}甲'",
    "+1",
];

#[test]
fn nothing_from_data_is_more_than_text() {
    let mut report = sample::report(&catalog());
    for (number, text) in HOSTILE.iter().enumerate() {
        let mut one = report.organizations.first().unwrap().clone();
        one.id = format!("{text}{number}");
        one.name = format!("{text}{}", "长".repeat(100));
        one.submission.path = format!("{text}{number}");
        for finding in &mut one.findings {
            finding.message = Text::new(format!("{text}{}", "长".repeat(40_000)), *text);
        }
        report.organizations.push(one);
    }
    for bytes in [xlsx(Lang::Zh, &report), written(worksheet(), Lang::En, &report)] {
        let mut book = read(&bytes);
        let names = book.sheet_names();
        for name in &names {
            assert!(name.encode_utf16().count() <= 31, "{name}");
            assert!(!name.contains(['[', ']', ':', '*', '?', '/', '\\', '\'']), "{name}");
            let formulas = book.worksheet_formula(name).unwrap();
            for (row, column, formula) in formulas.used_cells() {
                let own =
                    |sign: char| sign.is_ascii_uppercase() || sign.is_ascii_digit() || "():".contains(sign);
                assert!(formula.chars().all(own), "{name} {row} {column}: {formula}");
            }
            let range = book.worksheet_range(name).unwrap();
            let texts = range.used_cells().filter_map(|(_, _, cell)| cell.as_string());
            for text in texts {
                assert!(
                    text.encode_utf16().count() <= 32_767
                        && !text.contains(['\u{0}', '\u{202e}', '\u{FFFE}'])
                );
            }
        }
        assert!(names.len() > HOSTILE.len(), "{names:?}");
        let all = cells(&bytes);
        assert!(
            all.contains("=cmd|'/c calc'!A0") && all.contains("_x0041_"),
            "texts are there as they stand"
        );
    }
}

#[test]
fn sums_are_formulas_of_what_the_report_says() {
    let report = of_one();
    let one = report.organizations.first().unwrap();
    let text = cells(&xlsx(Lang::Zh, &report));
    let total = text.lines().find(|line| line.contains(" 总分 ")).unwrap();
    assert!(total.contains(&format!(" {} [=SUM(", one.score.low)), "{total}");
    assert!(total.contains(&format!(" {} [=SUM(", one.score.high)), "{total}");
    for table in &one.tables {
        let sum = text.lines().find(|line| line.contains(&format!("表{}小计", table.id))).unwrap();
        assert!(sum.contains(&format!(" {} [=SUM(", table.declared)), "{sum}");
        assert!(sum.contains(&format!(" {} [=SUM(", table.low)), "{sum}");
    }
}
