//! A diagnosis as a workbook to send back to whoever made the submission: how each file was read, what is wrong in words,
//! and the rows in question with their cells marked.

use std::io;

use super::words;
use crate::model::dataset::Dataset;
use crate::model::diagnosis::{SourceDiagnosis, SubmissionDiagnosis};
use crate::model::finding::Severity;
use crate::model::report::{Report, ReportFinding};
use crate::model::text::Lang;
use crate::report::output::csv;
use crate::report::words::{pick, severity};
use crate::report::workbook::{Book, Column, Kind, List, Sheet, Stamp, Value};
use crate::report::{declared, place};

mod marks;
mod rows;

/// A submission to be marked.
pub struct Marked<'a> {
    /// What is said of it.
    pub diagnosis: &'a SubmissionDiagnosis,
    /// What was read; nothing where it could not be.
    pub dataset: Option<&'a Dataset>,
}

/// The workbook of a submission. `run` says which packs are in force, and on which day.
///
/// # Errors
/// The library refuses what no workbook can hold.
pub fn workbook(marked: &Marked<'_>, run: &Report, lang: Lang) -> io::Result<Vec<u8>> {
    let stamp = Stamp::of(run, lang);
    let diagnosis = marked.diagnosis;
    let whose = if diagnosis.name.is_empty() { &diagnosis.path } else { &diagnosis.name };
    let mut book = Book::new(&title(whose, lang), &stamp)?;
    let sheet = problems(diagnosis, whose, &stamp, &book)?;
    book.add(sheet, pick(lang, "问题和改法", "Problems"))?;
    let sheet = files(diagnosis, whose, &stamp, &book)?;
    book.add(sheet, pick(lang, "文件读取情况", "Files"))?;
    if !diagnosis.missing_tables.is_empty() || !diagnosis.missing_columns.is_empty() {
        let sheet = missing(diagnosis, whose, &stamp, &book)?;
        book.add(sheet, pick(lang, "缺少的表和列", "Missing"))?;
    }
    for table in marked.dataset.iter().flat_map(|dataset| dataset.tables.values()) {
        let marks = marks::of(table, diagnosis, lang);
        if let (Some(dataset), false) = (marked.dataset, marks.is_empty()) {
            let sheet = rows::write(table, &marks, (dataset, whose), &stamp, &book)?;
            book.add(sheet, declared::name(&table.decl.id, &table.decl.zh, lang))?;
        }
    }
    book.bytes()
}

/// The name of the workbook of the submission with this number in a folder of them.
pub fn file_name(number: usize, diagnosis: &SubmissionDiagnosis) -> String {
    let path = || diagnosis.path.trim_end_matches('/').rsplit('/').next().unwrap_or_default().to_owned();
    let name = if diagnosis.name.is_empty() { path() } else { diagnosis.name.clone() };
    csv::file_name(number, &diagnosis.id, &name, "xlsx")
}

fn title(whose: &str, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("{whose}申报材料数据核对表"),
        Lang::En => format!("The data of {whose}, to be corrected"),
    }
}

/// A finding, with its number and where it was found.
struct Problem<'a> {
    number: usize,
    source: Option<&'a SourceDiagnosis>,
    finding: &'a ReportFinding,
}

fn problem_columns<'a>() -> Vec<Column<Problem<'a>>> {
    vec![
        Column { title: ("序号", "no."), width: 40, kind: Kind::Short, value: |one, _| one.number.into() },
        Column {
            title: ("程度", "severity"),
            width: 50,
            kind: Kind::Short,
            value: |one, lang| severity(one.finding.severity, lang).into(),
        },
        Column {
            title: ("文件", "file"),
            width: 160,
            kind: Kind::Text,
            value: |one, lang| {
                let source = one.source.map(|one| place::source(&one.file, one.sheet.as_deref(), lang));
                Value::Text(source.unwrap_or_default())
            },
        },
        Column {
            title: ("位置", "place"),
            width: 190,
            kind: Kind::Text,
            value: |one, lang| Value::Text(words::places(one.finding, lang)),
        },
        Column {
            title: ("问题", "what is wrong"),
            width: 270,
            kind: Kind::Text,
            value: |one, lang| one.finding.message.get(lang).into(),
        },
        Column {
            title: ("改法", "what to do"),
            width: 230,
            kind: Kind::Text,
            value: |one, lang| one.finding.help.get(lang).into(),
        },
        Column {
            title: ("改正情况", "done"),
            width: 80,
            kind: Kind::InputShort,
            value: |_, _| Value::Text(String::new()),
        },
    ]
}

fn problems(diagnosis: &SubmissionDiagnosis, whose: &str, stamp: &Stamp, book: &Book) -> io::Result<Sheet> {
    let lang = stamp.lang;
    let mut about: Vec<String> =
        diagnosis.unreadable.iter().map(|unreadable| unreadable.message.get(lang).to_owned()).collect();
    let steps = (1_usize..).zip(&diagnosis.steps);
    about.extend(steps.map(|(at, step)| format!("{at}. {}", step.get(lang))));
    let columns = problem_columns();
    let mut list = List::begin(&columns, (&title(whose, lang), &about), (&book.styles, lang), Book::sheet)?;
    let own = diagnosis
        .sources
        .iter()
        .flat_map(|source| source.findings.iter().map(move |finding| (Some(source), finding)));
    let all: Vec<_> = own.chain(diagnosis.findings.iter().map(|finding| (None, finding))).collect();
    let mut number = 0;
    for wanted in [Severity::Error, Severity::Warning, Severity::Advice] {
        for (source, finding) in all.iter().filter(|(_, finding)| finding.severity == wanted) {
            number += 1;
            list.row(&columns, &Problem { number, source: *source, finding }, &book.styles)?;
        }
    }
    list.finish(stamp.print((whose, pick(lang, "问题和改法", "Problems")), "", None))
}

fn file_columns<'a>() -> Vec<Column<&'a SourceDiagnosis>> {
    vec![
        Column {
            title: ("文件", "file"),
            width: 170,
            kind: Kind::Text,
            value: |one, lang| Value::Text(place::source(&one.file, one.sheet.as_deref(), lang)),
        },
        Column {
            title: ("读作", "read as"),
            width: 100,
            kind: Kind::Text,
            value: |one, lang| {
                let name = one.table.as_ref().map_or("", |table| words::name(table, lang));
                if one.read { name.into() } else { pick(lang, "没有读取", "not read").into() }
            },
        },
        Column {
            title: ("依据", "why"),
            width: 150,
            kind: Kind::Text,
            value: |one, lang| words::taken(one.taken, lang).into(),
        },
        Column {
            title: ("格式", "form"),
            width: 160,
            kind: Kind::Text,
            value: |one, lang| Value::Text(words::form(one, lang)),
        },
        Column {
            title: ("列", "columns"),
            width: 180,
            kind: Kind::Text,
            value: |one, lang| Value::Text(if one.read { words::columns(one, lang) } else { String::new() }),
        },
        Column {
            title: ("未识别的列", "headers not known"),
            width: 130,
            kind: Kind::Text,
            value: |one, lang| {
                let headers = one.unknown_headers.iter().map(|unknown| unknown.header.as_str());
                Value::Text(headers.collect::<Vec<_>>().join(pick(lang, "、", ", ")))
            },
        },
        Column {
            title: ("行", "rows"),
            width: 130,
            kind: Kind::Text,
            value: |one, lang| Value::Text(if one.read { words::rows(one, lang) } else { String::new() }),
        },
    ]
}

fn files(diagnosis: &SubmissionDiagnosis, whose: &str, stamp: &Stamp, book: &Book) -> io::Result<Sheet> {
    let lang = stamp.lang;
    let title = pick(lang, "文件读取情况", "How each file was read");
    let columns = file_columns();
    let mut list = List::begin(&columns, (title, &[]), (&book.styles, lang), Book::sheet)?;
    diagnosis.sources.iter().try_for_each(|source| list.row(&columns, &source, &book.styles))?;
    list.finish(stamp.print((whose, title), "", None))
}

/// A table or a column that is not there.
struct Missing<'a> {
    table: &'a str,
    column: &'a str,
    required: bool,
    items: &'a [String],
}

fn missing_columns<'a>() -> Vec<Column<Missing<'a>>> {
    vec![
        Column {
            title: ("数据表", "table"), width: 160, kind: Kind::Text, value: |one, _| one.table.into()
        },
        Column {
            title: ("列", "column"),
            width: 200,
            kind: Kind::Text,
            value: |one, lang| {
                if one.column.is_empty() {
                    pick(lang, "（整张表）", "(all of it)").into()
                } else {
                    one.column.into()
                }
            },
        },
        Column {
            title: ("要求", "needed"),
            width: 70,
            kind: Kind::Short,
            value: |one, lang| {
                if one.required { pick(lang, "必填", "required") } else { pick(lang, "选填", "optional") }
                    .into()
            },
        },
        Column {
            title: ("涉及的评价内容", "items that rest on it"),
            width: 560,
            kind: Kind::Text,
            value: |one, lang| Value::Text(words::items(one.items, lang)),
        },
    ]
}

fn missing(diagnosis: &SubmissionDiagnosis, whose: &str, stamp: &Stamp, book: &Book) -> io::Result<Sheet> {
    let lang = stamp.lang;
    let title = pick(lang, "缺少的数据表和列", "Tables and columns that are not there");
    let about = [pick(
        lang,
        "有数据的请补上；缺少时，所列评价内容的有关要求不能由数据判定，或按没有处理。",
        "Add those you have; without them what the items listed ask cannot be decided from data, or counts as not there.",
    )
    .to_owned()];
    let columns = missing_columns();
    let mut list = List::begin(&columns, (title, &about), (&book.styles, lang), Book::sheet)?;
    let tables = diagnosis.missing_tables.iter().map(|one| Missing {
        table: words::name(&one.table, lang),
        column: "",
        required: true,
        items: &one.items,
    });
    let own = diagnosis.missing_columns.iter().map(|one| Missing {
        table: words::name(&one.table, lang),
        column: words::name(&one.column, lang),
        required: one.required,
        items: &one.items,
    });
    tables.chain(own).try_for_each(|one| list.row(&columns, &one, &book.styles))?;
    list.finish(stamp.print((whose, title), "", None))
}
