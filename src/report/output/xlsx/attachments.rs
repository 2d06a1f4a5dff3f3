//! The files that came with the tables: what each is, whether it opens, which rows it belongs to.

use std::io;

use crate::model::attachment::{Attachment, Attachments};
use crate::model::report::Organization;
use crate::model::text::Lang;
use crate::report::attachment::{self, by_evidence};
use crate::report::place;
use crate::report::words::pick;
use crate::report::workbook::{Book, Column, Kind, List, Sheet, Stamp, Value};

fn columns() -> Vec<Column<Attachment>> {
    vec![
        Column {
            title: ("文件", "file"),
            width: 230,
            kind: Kind::Text,
            value: |file, _| Value::Text(file.file.clone()),
        },
        Column {
            title: ("格式", "format"),
            width: 120,
            kind: Kind::Text,
            value: |file, lang| Value::Text(file.format.get(lang).to_owned()),
        },
        Column {
            title: ("大小", "size"),
            width: 60,
            kind: Kind::Short,
            value: |file, _| Value::Text(attachment::size(file)),
        },
        Column {
            title: ("篇幅", "extent"),
            width: 90,
            kind: Kind::Short,
            value: |file, lang| Value::Text(attachment::extent(file, lang)),
        },
        Column {
            title: ("状况", "condition"),
            width: 190,
            kind: Kind::Text,
            value: |file, lang| Value::Text(attachment::state(file, lang)),
        },
        Column {
            title: ("对应的数据", "rows it belongs to"),
            width: 220,
            kind: Kind::Text,
            value: |file, lang| match file.claimed_at.as_slice() {
                [] => pick(lang, "没有数据提到", "named by no row").into(),
                places => {
                    Value::Text(place::counted(places, usize::try_from(file.claims).unwrap_or(0), lang))
                }
            },
        },
        Column {
            title: ("SHA-256", "SHA-256"),
            width: 230,
            kind: Kind::Text,
            value: |file, _| Value::Text(file.sha256.clone()),
        },
    ]
}

/// Writes the sheet.
pub(super) fn write(one: &Organization, all: &Attachments, stamp: &Stamp, book: &Book) -> io::Result<Sheet> {
    let lang = stamp.lang;
    let title = match lang {
        Lang::Zh => format!("{}附件清单", one.name),
        Lang::En => format!("Attachments: {}", one.name),
    };
    let columns = columns();
    let about: Vec<String> = by_evidence(one, lang).into_iter().collect();
    let mut list = List::begin(&columns, (&title, &about), (&book.styles, lang), Book::sheet)?;
    all.files.iter().try_for_each(|file| list.row(&columns, file, &book.styles))?;
    let what = pick(lang, "附件清单", "Attachments");
    list.finish(stamp.print((&one.name, what), &one.submission.sha256, None))
}
