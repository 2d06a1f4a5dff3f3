//! What many organizations fail.

use std::io;

use crate::model::report::Report;
use crate::model::summary::{Failure, FailureKind};
use crate::model::text::Lang;
use crate::report::words::{self, pick};
use crate::report::workbook::{Book, Column, Kind, List, Sheet, Stamp, Value};

/// A failure, and of how many organizations.
struct Row<'a> {
    failure: &'a Failure,
    of: usize,
}

fn columns<'a>() -> Vec<Column<Row<'a>>> {
    vec![
        Column {
            title: ("条款", "clause"),
            width: 110,
            kind: Kind::Short,
            value: |row, lang| Value::Text(words::clause(&row.failure.target, lang)),
        },
        Column {
            title: ("类别", "kind"),
            width: 110,
            kind: Kind::Short,
            value: |row, lang| kind(row.failure.kind, lang).into(),
        },
        Column {
            title: ("内容", "what"),
            width: 520,
            kind: Kind::Text,
            value: |row, lang| row.failure.title.get(lang).into(),
        },
        Column {
            title: ("单位数", "organizations"),
            width: 80,
            kind: Kind::Short,
            value: |row, _| row.failure.organizations.into(),
        },
        Column {
            title: ("占比", "share"),
            width: 60,
            kind: Kind::Short,
            value: |row, _| Value::Text(words::percent(row.failure.organizations, row.of)),
        },
        Column {
            title: ("共失分", "points lost"),
            width: 80,
            kind: Kind::Short,
            value: |row, _| usize::try_from(row.failure.points).unwrap_or(usize::MAX).into(),
        },
    ]
}

const fn kind(kind: FailureKind, lang: Lang) -> &'static str {
    match kind {
        FailureKind::Item => pick(lang, "整项缺失", "item, nothing there"),
        FailureKind::Award => pick(lang, "未得满分", "item, not all points"),
        FailureKind::Requirement => pick(lang, "评价要求", "requirement"),
        FailureKind::Clause => pick(lang, "条款", "clause"),
    }
}

/// Writes the sheet.
pub(super) fn write(report: &Report, stamp: &Stamp, book: &Book) -> io::Result<Sheet> {
    let (lang, of) = (stamp.lang, report.summary.ranking.len());
    let title = pick(lang, "共性问题", "Common failures");
    let about = [pick(
        lang,
        "确定不符合的，按单位数由多到少；待定的不计。",
        "What is failed for sure, by the number of organizations; what is unknown does not count.",
    )
    .to_owned()];
    let columns = columns();
    let mut list = List::begin(&columns, (title, &about), (&book.styles, lang), Book::sheet)?;
    let rows = report.summary.failures.iter().map(|failure| Row { failure, of });
    rows.into_iter().try_for_each(|row| list.row(&columns, &row, &book.styles))?;
    list.finish(stamp.print(("", title), "", None))
}
