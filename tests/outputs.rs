//! The formats of `-o`: one list, from which help, errors and documents follow; each output whole or not at all.
#![expect(clippy::unwrap_used, reason = "tests fail by panicking")]
#![expect(clippy::indexing_slicing, reason = "tests fail by panicking")]

mod support;

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use support::batch::Ended;
use support::golden::{assert_golden, catalog};
use support::written::{OPTIONS, write, written};
use support::{AS_OF, sample, wangge_in};
use wangge::model::fault::Fault;
use wangge::model::report::{Report, Unreadable};
use wangge::model::text::{Lang, Text};
use wangge::report::json;
use wangge::report::output::{FORMATS, Format, Target, help, names};
use wangge::report::terminal::render;

/// The sample, and a submission that could not be read.
fn report() -> Report {
    let mut report = sample::report(&catalog());
    let fault = Fault {
        message: Text::new("=无法读取", "=cannot be read"),
        file: Some("材料/乙/网格.csv".to_owned()),
        row: Some(3),
        ..Fault::default()
    };
    report.unreadable.push(Unreadable::new("材料/乙".to_owned(), &fault));
    report
}

fn records(csv: &str) -> Vec<csv::StringRecord> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(csv.as_bytes());
    reader.records().map(Result::unwrap).collect()
}

#[test]
fn streamed_formats_write_what_the_whole_report_says() {
    let mut none = report();
    none.organizations.clear();
    let mut one = report();
    one.organizations.truncate(1);
    for report in [none, one, report()] {
        assert_eq!(written("json", Lang::Zh, &report), json::whole(&report).unwrap());
        assert_eq!(written("terminal", Lang::Zh, &report), render(&report, &catalog(), &OPTIONS));
        let lines = written("jsonl", Lang::Zh, &report);
        assert_eq!(lines.lines().count(), report.organizations.len() + 1);
    }
}

#[test]
fn findings_in_chinese() {
    assert_golden("tests/golden/findings_zh.csv", &written("csv", Lang::Zh, &report()));
}

#[test]
fn findings_in_english() {
    assert_golden("tests/golden/findings_en.csv", &written("csv", Lang::En, &report()));
}

#[test]
fn every_place_of_every_finding_is_a_line_that_any_program_reads() {
    let report = report();
    let text = written("csv", Lang::Zh, &report);
    assert!(text.starts_with("\u{feff}单位编号,单位,规则,"));
    assert_eq!(text.matches("\r\n").count(), text.matches('\n').count());
    let findings = || report.organizations.iter().flat_map(|one| &one.findings);
    let places: usize = findings().map(|finding| finding.locations.len().max(1)).sum();
    let records = records(&text);
    assert_eq!(records.len(), 1 + places + report.unreadable.len());
    for record in &records[1..] {
        assert_eq!(record.len(), records[0].len());
        for cell in record {
            assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{cell}");
            assert!(!cell.contains(|sign: char| sign.is_control()), "{cell:?}");
        }
    }
    assert_eq!(&records[records.len() - 1][6], "'=无法读取");
}

#[test]
fn a_folder_gets_a_file_for_each_organization_whole_or_not_at_all() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("清单");
    write(Format::named("csv").unwrap(), Lang::Zh, &report(), Target::folder(&path).unwrap());
    let mut names: Vec<_> =
        fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    assert_eq!(names.len(), report().organizations.len() + 1);
    assert!(names[0].starts_with("0001-") && names[names.len() - 1] == "未评估.csv", "{names:?}");
    let texts = names.iter().map(|name| fs::read_to_string(path.join(name)).unwrap());
    let lines: usize = texts.map(|text| records(&text).len() - 1).sum();
    assert_eq!(lines, records(&written("csv", Lang::Zh, &report())).len() - 1);
    assert!(Target::folder(&path).is_err());
    drop(Target::folder(&folder.path().join("另一份")).unwrap());
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}

/// Exit code, stdout and stderr of a run over the clean fixture.
fn checked(folder: &Path, outputs: &[&str]) -> (Option<i32>, String, String) {
    let clean = support::root().join("fixtures/clean");
    let mut own = vec!["check", clean.to_str().unwrap(), "--as-of", AS_OF, "--no-cache", "--lang", "zh"];
    own.extend(outputs.iter().flat_map(|output| ["-o", output]));
    Ended::from(wangge_in(folder, &own)).parts()
}

#[test]
fn several_outputs_of_one_run_go_to_places_of_their_own() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("出")).unwrap();
    let outputs = ["json", "json:出/报告.json", "jsonl:出/行.jsonl", "csv:出/问题.csv", "csv:清单/"];
    let (code, stdout, said) = checked(folder.path(), &outputs);
    assert_eq!(code, Some(0), "{said}");
    let read = |name: &str| fs::read_to_string(folder.path().join(name)).unwrap();
    assert_eq!(stdout, read("出/报告.json"));
    assert_eq!(read("出/行.jsonl").lines().count(), 2);
    assert!(read("出/问题.csv").starts_with('\u{feff}'));
    assert_eq!(fs::read_dir(folder.path().join("清单")).unwrap().count(), 1);
    let (code, _, said) = checked(folder.path(), &["csv:清单/", "json:出/报告.json"]);
    assert!(code == Some(2) && said.contains("文件夹不是空的"), "{said}");
    for pair in [["json", "terminal"], ["json:出/报告.json", "csv:出/../出/报告.json"]] {
        let (code, stdout, said) = checked(folder.path(), &pair);
        assert!(code == Some(2) && stdout.is_empty() && said.contains("两个输出写到同一处"), "{said}");
    }
}

#[test]
fn outputs_that_cannot_be_opened_are_refused_before_anything_is_assessed() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("占用")).unwrap();
    fs::write(folder.path().join("文件"), "").unwrap();
    let (code, stdout, said) =
        checked(folder.path(), &["json:占用", "csv:文件/清单/", "json:新/报告.json", "terminal"]);
    assert!(code == Some(2) && stdout.is_empty(), "{stdout}");
    assert_eq!(said.matches("写不出结果").count(), 3, "{said}");
    assert!(!folder.path().join("新").exists());
    let (code, _, said) = checked(folder.path(), &["csv:清单/", "json:清单/报告.json"]);
    assert!(code == Some(2) && said.contains("输出写到另一个输出的文件夹里"), "{said}");
}

#[test]
fn an_unknown_format_names_those_there_are() {
    let folder = tempfile::tempdir().unwrap();
    let (code, _, said) = checked(folder.path(), &["xml:a.xml"]);
    assert!(code == Some(2) && said.contains("xml") && said.contains(&names(Lang::Zh)), "{said}");
}

#[test]
fn the_help_says_what_the_list_says() {
    for (lang, word) in [(Lang::Zh, "zh"), (Lang::En, "en")] {
        let output = support::wangge(&["check", "--help", "--lang", word]);
        let shown: String = String::from_utf8(output.stdout).unwrap().split_whitespace().collect();
        let wanted: String = help(lang).split_whitespace().collect();
        assert!(shown.contains(&wanted), "{wanted}\n{shown}");
    }
}

/// The table of formats of a page.
fn table(lang: Lang) -> String {
    let pick = |zh: &'static str, en: &'static str| if lang == Lang::Zh { zh } else { en };
    let mut text =
        pick("| 格式 | 内容 | 写到哪里 | 结构定义 |\n", "| format | what it is | where it goes | schema |\n")
            .to_owned();
    text.push_str("|---|---|---|---|\n");
    for format in FORMATS {
        let places = match (format.writer.is_some(), format.fills_folders) {
            (false, _) => pick("文件", "a file"),
            (true, false) => pick("屏幕、文件", "stdout, a file"),
            (true, true) => pick("屏幕、文件、文件夹", "stdout, a file, a folder"),
        };
        let schema = format.schema.map_or("", |_| "[report.schema.json](report.schema.json)");
        writeln!(text, "| `{}` | {} | {places} | {schema} |", format.name, format.about(lang)).unwrap();
    }
    text
}

#[test]
fn the_pages_of_formats_are_up_to_date() {
    for (page, lang) in [("docs/formats.md", Lang::En), ("docs/formats.zh-CN.md", Lang::Zh)] {
        let text = fs::read_to_string(support::root().join(page)).unwrap();
        let (before, rest) = text.split_once("<!-- formats -->\n").unwrap();
        let (_, after) = rest.split_once("<!-- /formats -->\n").unwrap();
        assert_golden(page, &format!("{before}<!-- formats -->\n{}<!-- /formats -->\n{after}", table(lang)));
    }
}

#[test]
fn schemas_are_those_checked_in() {
    for format in FORMATS.iter().filter(|format| format.schema.is_some()) {
        let checked_in = fs::read_to_string(support::root().join("docs/report.schema.json")).unwrap();
        assert_eq!(format.schema.map(|schema| schema()), Some(checked_in), "{}", format.name);
    }
}
