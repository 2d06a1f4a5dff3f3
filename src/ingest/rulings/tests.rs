#![allow(clippy::unwrap_used, reason = "tests")]

use std::path::PathBuf;

use rust_decimal::Decimal;
use rust_xlsxwriter::{Format, Workbook};

use super::*;
use crate::model::catalog::ScoreTable;
use crate::model::fault::Explain;
use crate::model::outcome::Measure;
use crate::model::ruling::{Role, Verdict};
use crate::table::date::Date;

fn catalog() -> Catalog {
    let tables = [
        include_str!("../../../rules/catalog/a1.toml"),
        include_str!("../../../rules/catalog/a2.toml"),
        include_str!("../../../rules/catalog/a7.toml"),
    ];
    let tables = tables.iter().map(|text| ::toml::from_str::<ScoreTable>(text).unwrap()).collect();
    Catalog { tables, ..Catalog::default() }
}

fn file(name: &str, bytes: &[u8]) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    (folder, path)
}

fn rulings(name: &str, text: &str) -> Result<Vec<Ruling>, Vec<RulingError>> {
    let (_folder, path) = file(name, text.as_bytes());
    read(&path, &catalog(), false)
}

/// Code, row and column of each error.
fn errors(name: &str, text: &str) -> Vec<String> {
    let errors = rulings(name, text).err().unwrap_or_default();
    let shown = errors.iter().map(|error| {
        let fault = error.fault();
        format!("{} {} {}", fault.code, fault.row.unwrap_or(0), fault.column.unwrap_or_default())
    });
    shown.collect()
}

/// The verdict on one target with one value, or the code of what is wrong.
fn value(target: &str, value: &str, line_f_each: bool) -> Result<Verdict, &'static str> {
    let text =
        format!("target,ruling,value,role,by,date,reason\n{target},value,{value},team,李,2026-03-01,x\n");
    let (_folder, path) = file("r.csv", text.as_bytes());
    let read = read(&path, &catalog(), line_f_each);
    read.map(|mut all| all.remove(0).verdict).map_err(|errors| errors.first().unwrap().fault().code)
}

const HEADER: &str = "organization,target,ruling,value,role,by,date,expires,reason,evidence";

#[test]
fn a_csv_in_english_is_read() {
    let all = rulings(
        "rulings.csv",
        &format!("{HEADER}\n350602,A.1.2.a,met,,team,俞安平,2026-06-17,2027-06-30,已查看,机构图\n"),
    )
    .unwrap();
    let [ruling] = all.as_slice() else { unreachable!("one row") };
    assert_eq!((ruling.organization.as_str(), ruling.target.as_str()), ("350602", "A.1.2.a"));
    assert_eq!((&ruling.verdict, ruling.role), (&Verdict::Met, Role::Team));
    assert_eq!(
        (ruling.date, ruling.expires),
        (Date::from_ymd(2026, 6, 17).unwrap(), Date::from_ymd(2027, 6, 30))
    );
    assert_eq!((ruling.file.as_str(), ruling.row), ("rulings.csv", 2));
}

#[test]
fn chinese_headers_words_titles_and_open_rows_are_met() {
    let text = "现场评估裁定表,,,,,,,\n被评估单位,评价内容,标题,裁定,值,角色,裁定人,日期,有效期至,理由,证据\n\
                ,A.1.2.a,机构图,不符合,,评估组,李,2026年6月17日,,无图,\n\
                ,A.1.2.b,机构图不全,,,评估组,,,,,\n\
                ,A.1.4.d,实施率,值,８５％,自评,李,2026/6/17,,抽查,\n";
    let all = rulings("r.csv", text).unwrap();
    let shown: Vec<_> = all.iter().map(|r| (r.target.as_str(), r.verdict.clone(), r.role, r.row)).collect();
    let number = Measure::Number(Decimal::from(85));
    assert_eq!(
        shown,
        [
            ("A.1.2.a", Verdict::Unmet, Role::Team, 3),
            ("A.1.4.d", Verdict::Value(number), Role::SelfEvaluation, 5)
        ]
    );
}

#[test]
fn every_error_is_located() {
    let rows = [
        ",,met,,team,李,2026-03-01,,r,",
        ",A.1.9.z,met,,team,李,2026-03-01,,r,",
        ",A.1.2.a,mett,,boss,,2026-02-30,,,",
        ",A.1.2.a,met,3,team,李,2026-03-01,2026-01-01,r,",
        ",A.1.2.a,value,3,team,李,2026-03-01,,r,",
        ",A.1.4.d,value,,team,李,2026-03-01,,r,",
    ];
    let found = errors("r.csv", &format!("{HEADER}\n{}\n", rows.join("\n")));
    assert_eq!(
        found,
        [
            "ruling.missing 2 target",
            "ruling.unknown-target 3 target",
            "ruling.unknown-word 4 ruling",
            "ruling.unknown-role 4 role",
            "ruling.missing 4 by",
            "ruling.date 4 date",
            "ruling.missing 4 reason",
            "ruling.value 5 value",
            "ruling.date 5 expires",
            "ruling.value 6 value",
            "ruling.value 7 value",
        ]
    );
}

#[test]
fn slips_of_the_pen_are_recognised() {
    let text = format!("{HEADER}\n,a.1.2.A,unmett,,team,李,2026-03-01,,r,\n");
    let errors = rulings("r.csv", &text).unwrap_err();
    let helps: Vec<_> = errors.iter().map(|error| error.fault().help.en).collect();
    assert_eq!(helps, ["is \"A.1.2.a\" meant?", "is \"unmet\" meant?"]);
}

#[test]
fn a_missing_column_is_reported_once() {
    let text = "target,ruling,by,date,reason\nA.1.2.a,met,李,2026-03-01,r\nA.1.2.b,met,李,2026-03-01,r\n";
    assert_eq!(errors("r.csv", text), ["ruling.table 1 "]);
    let misspelt = "target,ruling,role,by,date,reason,expiress\nA.1.2.a,met,team,李,2026-03-01,r,\n";
    assert_eq!(errors("r.csv", misspelt), ["ruling.table 1 expiress"]);
}

#[test]
fn values_have_the_form_of_their_target() {
    let number = |n: &str| Ok(Verdict::Value(Measure::Number(n.parse().unwrap())));
    let level = |level: &str| Ok(Verdict::Value(Measure::Level(level.to_owned())));
    let wrong = Err("ruling.value");
    for (target, text, expected) in [
        ("A.1.4.d", "85", number("85")),
        ("A.1.4.d", "85.5%", number("85.5")),
        ("A.1.4.d", "101", wrong.clone()),
        ("A.1.4.d", "0.85", wrong.clone()),
        ("A.1.4.d", "0", number("0")),
        ("A.1.7.c", "4", number("4")),
        ("A.1.7.c", "5", wrong.clone()),
        ("A.1.7.c", "1.5", wrong.clone()),
        ("A.1.2.a", "1", wrong.clone()),
        ("A.2.1.f", "2", wrong.clone()),
        ("A.7.1", "101", wrong.clone()),
        ("A.7.1", "90", number("90")),
        ("A.7.2", "-5", number("-5")),
        ("A.7.3", "省级", level("provincial")),
        ("A.7.3", "none", level("none")),
        ("A.7.3", "县级", wrong.clone()),
        ("A.7.3", "90", wrong.clone()),
        ("A.7.4", "120", number("120")),
        ("A.7.4", "显著", level("significant")),
        ("A.7.4", "none", wrong.clone()),
    ] {
        assert_eq!(value(target, text, false), expected, "{target} {text}");
    }
    assert_eq!(value("A.2.1.f", "2", true), number("2"));
}

#[test]
fn toml_is_read_with_the_lines_of_its_errors() {
    let good = "[[ruling]]\ntarget = \"A.1.4.d\"\nruling = \"value\"\nvalue = 85\nrole = \"team\"\nby = \"李\"\n\
                date = 2026-03-01\nreason = \"抽查\"\n";
    let all = rulings("r.toml", good).unwrap();
    assert_eq!(all.first().map(|ruling| ruling.row), Some(1));
    let wrong = format!("{good}\n[[ruling]]\ntarget = \"A.1.2.a\"\nruling = \"met\"\nroll = \"team\"\n");
    assert_eq!(
        errors("r.toml", &wrong),
        [
            "ruling.unknown-key 13 roll",
            "ruling.missing 10 role",
            "ruling.missing 10 by",
            "ruling.missing 10 date",
            "ruling.missing 10 reason",
        ]
    );
    assert_eq!(errors("r.toml", "[[ruling]]\ntarget = \n"), ["ruling.syntax 2 "]);
}

#[test]
fn the_lines_of_many_errors_are_right_and_the_rest_is_counted() {
    let keys: Vec<_> = (0..50_000).map(|at| format!("k{at:05} = 1\n")).collect();
    let (_folder, path) = file("r.toml", format!("\n[[ruling]]\n{}", keys.concat()).as_bytes());
    let Drafts { all, errors, .. } = drafts(&path).unwrap();
    let shown = |error: &RulingError| (error.fault().row, error.fault().column);
    assert_eq!((all.len(), errors.len()), (1, 50_000));
    assert_eq!(errors.first().map(shown), Some((Some(3), Some("k00000".to_owned()))));
    assert_eq!(errors.last().map(shown), Some((Some(50_002), Some("k49999".to_owned()))));
    let told = read(&path, &catalog(), false).unwrap_err();
    assert_eq!(told.len(), MOST_TOLD + 1);
    let last = told.last().map(|error| (error.fault().code, error.fault().message.zh)).unwrap();
    assert_eq!(last, ("ruling.more", "还有49900处错误，没有列出".to_owned()));
}

#[test]
fn the_first_sheet_of_a_workbook_is_read() {
    let mut book = Workbook::new();
    let notes = book.add_worksheet();
    notes.set_name("填表说明").unwrap();
    notes.write(0, 0, "怎样填").unwrap();
    let sheet = book.add_worksheet();
    for (column, header) in (0_u16..).zip(["对象", "裁定", "值", "角色", "裁定人", "日期", "理由"])
    {
        sheet.write(0, column, header).unwrap();
    }
    sheet.write(1, 0, "A.1.4.d").unwrap();
    sheet.write(1, 1, "值").unwrap();
    sheet.write_with_format(1, 2, 0.85, &Format::new().set_num_format("0%")).unwrap();
    sheet.write(1, 3, "评估组").unwrap();
    sheet.write(1, 4, "李").unwrap();
    sheet.write_with_format(1, 5, 46082, &Format::new().set_num_format("yyyy-mm-dd")).unwrap();
    sheet.write(1, 6, "抽查").unwrap();
    let (_folder, path) = file("裁定表.xlsx", &book.save_to_buffer().unwrap());
    let all = read(&path, &catalog(), false).unwrap();
    let [ruling] = all.as_slice() else { unreachable!("one row") };
    assert_eq!(ruling.verdict, Verdict::Value(Measure::Number(Decimal::from(85))));
    assert_eq!(ruling.date.to_string(), "2026-03-01");
    assert_eq!((ruling.sheet.as_deref(), ruling.row), (Some("Sheet2"), 2));
}

#[test]
fn files_that_cannot_be_read_are_errors() {
    assert_eq!(errors("r.xls", "x"), ["ingest.not-a-workbook 0 "]);
    assert_eq!(errors("r.csv", "target,ruling\n\"A.1"), ["ingest.quote 2 "]);
    assert_eq!(errors("r.csv", "foo,bar\n1,2\n"), ["ruling.table 1 "]);
    let missing = read(std::path::Path::new("/nowhere/r.csv"), &catalog(), false).unwrap_err();
    assert_eq!(missing.first().map(|error| error.fault().code), Some("ingest.missing"));
}
