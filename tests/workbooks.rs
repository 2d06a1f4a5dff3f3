//! Workbooks read back: the score sheet, the list to put right and the worksheet, by what stands in their cells.
#![expect(clippy::unwrap_used, reason = "tests fail by panicking")]

mod support;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::io::Cursor;
use std::path::Path;

use calamine::{Data, DataType, Reader, Xlsx};
use rust_xlsxwriter::{Formula, Workbook};
use serde_json::Value;
use support::golden::{assert_golden, catalog};
use support::written::write;
use support::{AS_OF, sample, wangge_in};
use tempfile::TempDir;
use wangge::model::report::Report;
use wangge::model::text::{Lang, Text};
use wangge::report::output::{Format, Target, worksheet};
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

// ---- what comes back from those who filled in a worksheet

const HEADERS: [&str; 10] =
    ["被评估单位", "对象", "裁定", "值", "角色", "裁定人", "日期", "有效期至", "理由", "依据"];
const KEY: &str = "底稿行标识";

/// A run over a submission, and the worksheet of it.
struct OnSite {
    folder: TempDir,
}

/// A row of a worksheet by its headers.
type Row = BTreeMap<String, String>;

impl OnSite {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    fn run(&self, arguments: &[&str]) -> (Option<i32>, String, String) {
        let submission = support::root().join("fixtures/honest/few-hands");
        let fixed = ["--as-of", AS_OF, "--no-cache", "--lang", "zh"];
        let (command, rest) = arguments.split_first().unwrap();
        let all = [&[*command, submission.to_str().unwrap()], rest, &fixed].concat();
        support::batch::Ended::from(wangge_in(self.folder.path(), &all)).parts()
    }

    /// Scores and outcomes of a run with these rulings.
    fn scored(&self, rulings: &[&str]) -> Value {
        let options: Vec<&str> = rulings.iter().flat_map(|file| ["--rulings", file]).collect();
        let (code, stdout, said) =
            self.run(&[&["check", "--exit-zero", "-o", "json"], options.as_slice()].concat());
        assert_eq!(code, Some(0), "{said}");
        let report: Value = serde_json::from_str(&stdout).unwrap();
        let one = report.pointer("/organizations/0").unwrap();
        let lines = one.pointer("/tables").unwrap().clone();
        serde_json::json!([one.get("score"), lines])
    }

    /// Writes a worksheet, and reads its rows.
    fn worksheet(&self, options: &[&str]) -> Vec<Row> {
        let (code, _, said) = self.run(&[&["worksheet", "-o", "底稿.xlsx"], options].concat());
        assert_eq!(code, Some(0), "{said}");
        rows(&self.folder.path().join("底稿.xlsx"))
    }

    /// Writes a workbook as a person hands it back, with these columns.
    fn hand_back(&self, name: &str, headers: &[&str], rows: &[Row]) {
        let mut book = Workbook::new();
        let sheet = book.add_worksheet();
        for (column, header) in (0..).zip(headers) {
            sheet.write_string(2, column, *header).unwrap();
            for (row, cells) in (3..).zip(rows) {
                let text = cells.get(*header).map_or("", String::as_str);
                if let Some(formula) = text.strip_prefix('=') {
                    sheet.write_formula(row, column, Formula::new(formula)).unwrap();
                } else if !text.is_empty() {
                    sheet.write_string(row, column, text).unwrap();
                }
            }
        }
        book.save(self.folder.path().join(name)).unwrap();
    }
}

/// The rows of the worksheet of the one organization.
fn rows(path: &Path) -> Vec<Row> {
    let mut book = read(&fs::read(path).unwrap());
    let name = book.sheet_names().get(1).cloned().unwrap();
    let range = book.worksheet_range(&name).unwrap();
    let mut lines = range.rows().map(|row| row.iter().map(ToString::to_string).collect::<Vec<_>>());
    let headers = lines.by_ref().find(|line| line.first().is_some_and(|first| first == KEY)).unwrap();
    lines.map(|line| headers.iter().cloned().zip(line).collect()).collect()
}

/// Headers of a worksheet whose columns somebody put in another order.
fn turned() -> Vec<&'static str> {
    HEADERS.into_iter().rev().chain(["要求内容", KEY]).collect()
}

fn rule(row: &mut Row, cells: &[(&str, &str)]) {
    cells.iter().for_each(|(header, text)| drop(row.insert((*header).to_owned(), (*text).to_owned())));
}

const SIGNED: [(&str, &str); 3] = [("裁定人", "李明"), ("日期", "2026-06-20"), ("理由", "现场查阅")];

#[test]
fn a_worksheet_that_is_not_filled_in_changes_nothing() {
    let site = OnSite::new();
    let rows = site.worksheet(&[]);
    assert_eq!(rows.len(), 161);
    let open =
        rows.iter().take_while(|row| row.get("目前判定").is_some_and(|state| state.starts_with("待定")));
    assert_eq!(open.count(), 5, "what is open comes first");
    assert_eq!(site.scored(&["底稿.xlsx"]), site.scored(&[]));
}

#[test]
fn a_worksheet_filled_in_sorted_and_with_columns_moved_says_what_a_table_says() {
    let site = OnSite::new();
    let mut rows = site.worksheet(&[]);
    // Person and day of all rows are no rulings yet.
    rows.iter_mut().for_each(|row| rule(row, &SIGNED[..2]));
    for row in &mut rows {
        match row.get("对象").map(String::as_str) {
            Some("A.1.8.b") => rule(row, &[("裁定", "符合"), SIGNED[2]]),
            Some("A.1.4.d") => rule(row, &[("裁定", "值"), ("值", "85%"), SIGNED[2]]),
            Some("A.7.3") => rule(row, &[("裁定", "值"), ("值", "省级"), SIGNED[2]]),
            _ => {}
        }
    }
    rows.reverse();
    site.hand_back("甲.xlsx", &turned(), &rows);
    let table = "target,ruling,value,role,by,date,reason\n\
        A.1.8.b,met,,team,李明,2026-06-20,现场查阅\n\
        A.1.4.d,value,85,team,李明,2026-06-20,现场查阅\n\
        A.7.3,value,provincial,team,李明,2026-06-20,现场查阅\n";
    fs::write(site.folder.path().join("裁定.csv"), table).unwrap();
    let ruled = site.scored(&["甲.xlsx"]);
    assert_eq!(ruled, site.scored(&["裁定.csv"]));
    assert_ne!(ruled, site.scored(&[]));
}

#[test]
fn books_of_several_assessors_combine() {
    let site = OnSite::new();
    let rows = site.worksheet(&[]);
    let by = |name: &str, person: &str, ruling: &str| {
        let mut rows = rows.clone();
        let row = rows.iter_mut().find(|row| row.get("对象").is_some_and(|id| id == "A.1.8.b")).unwrap();
        rule(row, &SIGNED);
        rule(row, &[("裁定", ruling), ("裁定人", person)]);
        site.hand_back(name, &turned(), &rows);
    };
    by("甲.xlsx", "李明", "符合");
    by("乙.xlsx", "王芳", "符合");
    by("丙.xlsx", "王芳", "不符合");
    let agreed = site.scored(&["甲.xlsx", "乙.xlsx"]).to_string();
    assert!(agreed.contains("李明，2026-06-20；王芳，2026-06-20"), "{agreed}");
    let (code, said, _) = site.run(&["check", "--exit-zero", "--rulings", "甲.xlsx", "--rulings", "丙.xlsx"]);
    assert!(code == Some(0) && said.contains("意见不一致"), "{said}");
}

#[test]
fn what_is_wrong_in_a_worksheet_is_told_at_its_cell() {
    let site = OnSite::new();
    let rows = site.worksheet(&[]);
    let said = |change: &dyn Fn(&mut Row)| {
        let mut rows = rows.clone();
        change(rows.first_mut().unwrap());
        site.hand_back("错.xlsx", &turned(), &rows);
        let (code, stdout, said) = site.run(&["check", "--rulings", "错.xlsx", "-o", "json"]);
        assert!(code == Some(2) && stdout.is_empty(), "{said}");
        assert!(said.contains("错.xlsx") && said.contains("第4行"), "{said}");
        said
    };
    let signed = |row: &mut Row| rule(row, &SIGNED);
    assert!(said(&|row| (signed(row), rule(row, &[("裁定", "符和")])).1).contains("是否应为“符合”"));
    assert!(
        said(&|row| (signed(row), rule(row, &[("裁定", "值"), ("值", "三")])).1).contains("不按数值计分")
    );
    assert!(
        said(&|row| (signed(row), rule(row, &[("裁定", "符合"), ("日期", "昨天")])).1).contains("不是日期")
    );
    assert!(said(&|row| rule(row, &[("裁定", "符合")])).contains("此项必填"));
    assert!(said(&|row| (signed(row), rule(row, &[("裁定", "=\"符\"&\"合\"")])).1).contains("这里是公式"));
    let moved = |row: &mut Row| (signed(row), rule(row, &[("裁定", "符合"), ("对象", "A.1.1.a")])).1;
    assert!(said(&moved).contains("与隐藏的行标识不符"));
}

#[test]
fn a_sheet_that_lost_its_key_is_told_beside_others_that_have_it() {
    let site = OnSite::new();
    site.worksheet(&[]);
    let mut book = Workbook::new();
    for (name, headers) in
        [("甲", [&HEADERS[..], &[KEY]].concat()), ("乙", HEADERS.to_vec()), ("随记", vec!["看过"])]
    {
        let sheet = book.add_worksheet().set_name(name).unwrap();
        sheet.write_row(0, 0, headers).unwrap();
        sheet.write_row(1, 0, ["", "A.1.8.b"]).unwrap();
    }
    book.save(site.folder.path().join("合.xlsx")).unwrap();
    let (code, _, said) = site.run(&["check", "--rulings", "合.xlsx"]);
    assert!(code == Some(2) && said.contains("〔乙〕") && said.contains("缺少隐藏的行标识列"), "{said}");
    assert!(!said.contains("〔随记〕") && !said.contains("〔甲〕"), "{said}");
}

#[test]
fn rulings_of_last_time_are_carried_in_and_those_that_expired_are_told() {
    let site = OnSite::new();
    let table = "target,ruling,value,role,by,date,expires,reason,evidence\n\
        A.1.8.b,met,,team,李明,2025-06-20,2026-12-31,抽查20项,记录3\n\
        A.2.1.d,met,,team,李明,2025-06-20,2026-05-31,查阅文本,\n\
        A.7.3,value,city,team,王芳,2025-06-20,,看过证书,\n";
    fs::write(site.folder.path().join("上年.csv"), table).unwrap();
    let rows = site.worksheet(&["--rulings", "上年.csv"]);
    let row = |id: &str| rows.iter().find(|row| row.get("对象").is_some_and(|target| target == id)).unwrap();
    let held = ["裁定", "裁定人", "日期", "有效期至", "理由", "依据"]
        .map(|header| row("A.1.8.b").get(header).cloned());
    let wanted =
        ["符合", "李明", "2025-06-20", "2026-12-31", "抽查20项", "记录3"].map(|text| Some(text.to_owned()));
    assert_eq!(held, wanted);
    assert!(row("A.2.1.d").get("上次裁定").is_some_and(|told| told.contains("已于2026-05-31过期")));
    assert!(row("A.2.1.d").get("裁定").is_some_and(String::is_empty));
    let points = |value: Value| value.get(0).cloned();
    assert_eq!(points(site.scored(&["底稿.xlsx"])), points(site.scored(&["上年.csv"])));
}
