//! The dictionary of the tables: every column with its names, type, values, references, and the items that rest on it.

use std::io;

use crate::model::report::Report;
use crate::model::text::Lang;
use crate::report::declared;
use crate::report::words::pick;
use crate::report::workbook::{Book, Column, Kind, List, Stamp, Value};
use crate::table::table_schema::{ColumnDecl, Declarations, TableDecl};

/// Items of Appendix A that rest on a column of a table, by the ids of both.
type ItemsOf<'a> = &'a dyn Fn(&str, &str) -> Vec<String>;

/// A column of a table.
struct Line<'a> {
    table: &'a TableDecl,
    column: &'a ColumnDecl,
    declarations: &'a Declarations,
    items: Vec<String>,
}

/// The dictionary as a workbook.
///
/// # Errors
/// The library refuses what no workbook can hold.
pub fn dictionary(
    declarations: &Declarations,
    items: ItemsOf<'_>,
    run: &Report,
    lang: Lang,
) -> io::Result<Vec<u8>> {
    let stamp = Stamp::of(run, lang);
    let title = pick(lang, "数据字典", "Dictionary of the tables");
    let mut book = Book::new(title, &stamp)?;
    let about = [pick(
        lang,
        "申报材料的全部数据表和列。“其他写法”是也能识别的列名；“取值”每行一个，顿号后是也能识别的写法。",
        "All tables and columns of a submission. Other names are recognised, too; values stand a line each, with the words that mean them.",
    )
    .to_owned()];
    let columns = columns();
    let mut list = List::begin(&columns, (title, &about), (&book.styles, lang), Book::sheet)?;
    for table in declarations.tables.iter().filter(|table| table.is_sent()) {
        for column in &table.columns {
            let items = items(&table.id, &column.id);
            list.row(&columns, &Line { table, column, declarations, items }, &book.styles)?;
        }
    }
    let sheet = list.finish(stamp.print(("", title), "", None))?;
    book.add(sheet, pick(lang, "字典", "字典"))?;
    book.bytes()
}

/// Words of a value that are listed.
const WORDS: usize = 6;

fn columns<'a>() -> Vec<Column<Line<'a>>> {
    let mut columns = names();
    columns.extend(contents());
    columns
}

fn names<'a>() -> Vec<Column<Line<'a>>> {
    vec![
        Column {
            title: ("数据表", "table"),
            width: 100,
            kind: Kind::Text,
            value: |line, _| Value::Text(format!("{}\n{}", line.table.zh, line.table.id)),
        },
        Column {
            title: ("列", "column"),
            width: 100,
            kind: Kind::Text,
            value: |line, _| Value::Text(format!("{}\n{}", line.column.zh, line.column.id)),
        },
        Column {
            title: ("其他写法", "other names"),
            width: 190,
            kind: Kind::Text,
            value: |line, _| Value::Text(line.column.aliases.join("、")),
        },
    ]
}

fn contents<'a>() -> Vec<Column<Line<'a>>> {
    vec![
        Column {
            title: ("填写要求", "wanted"),
            width: 130,
            kind: Kind::Text,
            value: |line, lang| Value::Text(wanted(line, lang)),
        },
        Column {
            title: ("取值", "values"),
            width: 250,
            kind: Kind::Text,
            value: |line, _| {
                let value =
                    |words: &Vec<String>| words.iter().take(WORDS).cloned().collect::<Vec<_>>().join("、");
                Value::Text(line.column.values.values().map(value).collect::<Vec<_>>().join("\n"))
            },
        },
        Column {
            title: ("引用", "refers to"),
            width: 110,
            kind: Kind::Text,
            value: |line, lang| {
                let (column, declarations) = (line.column, line.declarations);
                let refers = declared::refers(column, declarations, lang);
                Value::Text(refers.or_else(|| declared::like(column, declarations, lang)).unwrap_or_default())
            },
        },
        Column {
            title: ("涉及的评价内容", "items that rest on it"),
            width: 170,
            kind: Kind::Text,
            value: |line, lang| Value::Text(line.items.join(pick(lang, "、", ", "))),
        },
    ]
}

fn wanted(line: &Line<'_>, lang: Lang) -> String {
    let column = line.column;
    let marks = [
        (column.required, pick(lang, "必填", "required")),
        (column.key, pick(lang, "不得重复", "each once")),
        (column.privacy.is_some(), pick(lang, "个人信息", "personal data")),
    ];
    let marks = marks.into_iter().filter(|(set, _)| *set).map(|(_, word)| word);
    std::iter::once(declared::form(column, lang))
        .chain(marks)
        .collect::<Vec<_>>()
        .join(pick(lang, "；", "; "))
}
