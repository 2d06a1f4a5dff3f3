//! A sample to take along: the rows drawn with room for what was found, and for a survey the form and the reckoning of it.

use std::io;

use super::{drawn, survey};
use crate::model::report::Report;
use crate::model::sample::{Sample, SampleKind, Sampled, SampledRow};
use crate::model::text::{Lang, Text};
use crate::report::place;
use crate::report::words::pick;
use crate::report::workbook::{Book, Column, Kind, List, Sheet, Stamp, Value};

/// A row with its number.
type Numbered<'a> = (usize, &'a SampledRow);

fn columns<'a>() -> Vec<Column<Numbered<'a>>> {
    vec![
        Column { title: ("序号", "no."), width: 44, kind: Kind::Short, value: |(at, _), _| (*at).into() },
        Column {
            title: ("数据表", "table"),
            width: 96,
            kind: Kind::Short,
            value: |(_, row), lang| row.table.get(lang).into(),
        },
        Column {
            title: ("编号", "code"),
            width: 150,
            kind: Kind::Text,
            value: |(_, row), _| Value::Text(row.code.clone()),
        },
        Column {
            title: ("名称", "name"),
            width: 230,
            kind: Kind::Text,
            value: |(_, row), _| Value::Text(row.name.clone()),
        },
        Column {
            title: ("数据位置", "place in the data"),
            width: 176,
            kind: Kind::Text,
            value: |(_, row), lang| {
                Value::Text(row.place.as_ref().map(|place| place::name(place, lang)).unwrap_or_default())
            },
        },
        Column {
            title: ("现场核查情况", "what was found"),
            width: 240,
            kind: Kind::Input,
            value: |_, _| "".into(),
        },
        Column { title: ("核查人", "by"), width: 70, kind: Kind::InputShort, value: |_, _| "".into() },
        Column { title: ("核查日期", "day"), width: 80, kind: Kind::InputShort, value: |_, _| "".into() },
    ]
}

/// The workbook of one sample; `run` says what was assessed by what, and `claim` what the organization says of its
/// satisfaction.
///
/// # Errors
///
/// It cannot be made.
pub fn workbook(one: &Sampled, claim: &Text, run: &Report, lang: Lang) -> io::Result<Vec<u8>> {
    let stamp = Stamp::of(run, lang);
    let mut book = Book::new(&one.name, &stamp)?;
    let sheet = rows(&one.sample, (&one.name, &one.sha256), &stamp, &book)?;
    book.add(sheet, pick(lang, "抽样表", "Sample"))?;
    if one.sample.of == SampleKind::ServiceObjects {
        let sheet = survey::form(one, &stamp, &book)?;
        book.add(sheet, pick(lang, "调查问卷", "Questionnaire"))?;
        let sheet = survey::answers(one, &stamp, &book)?;
        book.add(sheet, pick(lang, survey::ANSWERS.0, survey::ANSWERS.1))?;
        let sheet = survey::result(one, claim, &stamp, &book)?;
        book.add(sheet, pick(lang, "结果计算", "Result"))?;
    }
    book.bytes()
}

/// The sheet of a sample of the organization with this name and digest.
pub(crate) fn rows(
    sample: &Sample,
    (name, sha256): (&str, &str),
    stamp: &Stamp,
    book: &Book,
) -> io::Result<Sheet> {
    let lang = stamp.lang;
    let (zh, en) = sample.of.title();
    let title = match lang {
        Lang::Zh => format!("{name}现场核查抽样表（{zh}）"),
        Lang::En => format!("Sample of {en}: {name}"),
    };
    let columns = columns();
    let mut list =
        List::begin(&columns, (&title, &[drawn(sample, lang)]), (&book.styles, lang), Book::sheet)?;
    (1..).zip(&sample.rows).try_for_each(|numbered| list.row(&columns, &numbered, &book.styles))?;
    list.finish(stamp.print((name, pick(lang, "抽样表", "Sample")), sha256, None))
}
