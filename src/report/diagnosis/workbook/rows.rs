//! The rows of a table that have something wrong, as they were read, with their cells marked.

use std::io;

use super::marks::Marks;
use crate::model::dataset::Dataset;
use crate::model::text::Lang;
use crate::report::words::pick;
use crate::report::workbook::{Book, Sheet, Stamp, TEXT, failed, height, lines};
use crate::report::{declared, place};
use crate::table::Table;

/// Rows of a table that are shown.
const MOST: usize = 2_000;

/// Widths in pixels: of the place, of a column, and of what is wrong.
const PLACE: u16 = 150;
const CELL: u16 = 96;
const WRONG: u16 = 300;

/// Writes the sheet of a table.
pub(super) fn write(
    table: &Table,
    marks: &Marks,
    (dataset, whose): (&Dataset, &str),
    stamp: &Stamp,
    book: &Book,
) -> io::Result<Sheet> {
    let lang = stamp.lang;
    let columns: Vec<usize> = (0..table.decl.columns.len()).filter(|at| table.has_column(*at)).collect();
    let mut widths = vec![PLACE];
    widths.extend(columns.iter().map(|_| CELL));
    widths.push(WRONG);
    let mut sheet = Book::sheet(&widths)?;
    let last = sheet.last_column();
    let name = declared::name(&table.decl.id, &table.decl.zh, lang);
    sheet.merged((0, 0), (0, last), name, &book.styles.title)?;
    sheet.height(0, 34.0)?;
    let head = sheet.line(1, &about(marks.len(), lang), &book.styles.line)?;
    sheet.text((head, 0), pick(lang, "在原文件中的位置", "place in the file"), &book.styles.head)?;
    for (at, column) in (1_u16..).zip(&columns) {
        sheet.text((head, at), &dataset.redactor.text(&header(table, *column)), &book.styles.head)?;
    }
    sheet.text((head, last), pick(lang, "问题", "what is wrong"), &book.styles.head)?;
    sheet.inner.set_freeze_panes(head.saturating_add(1), 1).map_err(failed)?;
    let rows = (head.saturating_add(1)..).zip(marks).take(MOST);
    for (at, (row, marked)) in rows {
        let place = dataset.redactor.text(&source(table, *row, lang));
        sheet.text((at, 0), &place, &book.styles.text)?;
        for (place, column) in (1_u16..).zip(&columns) {
            let is_marked = marked.iter().any(|(marked, _)| marked == column);
            let format = if is_marked { &book.styles.marked } else { &book.styles.text };
            sheet.text((at, place), &dataset.redactor.cell(table, *row, *column), format)?;
        }
        let wrong: Vec<&str> = marked.iter().map(|(_, text)| text.as_str()).collect();
        let wrong = wrong.join("\n");
        sheet.text((at, last), &wrong, &book.styles.text)?;
        sheet.height(at, height(lines(&wrong, WRONG, TEXT).max(1), TEXT) + 2.0)?;
    }
    sheet.print(&stamp.print((whose, name), "", Some((head, head))))?;
    Ok(sheet)
}

fn about(rows: usize, lang: Lang) -> String {
    let shown = rows.min(MOST);
    match lang {
        Lang::Zh if shown < rows => {
            format!("有问题的{rows}行，列出前{shown}行；涂色的单元格请在原文件中改正，其他单元格仅供对照。")
        }
        Lang::Zh => format!("有问题的{rows}行；涂色的单元格请在原文件中改正，其他单元格仅供对照。"),
        Lang::En if shown < rows => {
            format!(
                "{rows} rows have something wrong, of which {shown} are shown; correct the coloured cells in your file."
            )
        }
        Lang::En => format!("{rows} rows have something wrong; correct the coloured cells in your file."),
    }
}

/// The header of a column as it stands in the first source that has it.
fn header(table: &Table, column: usize) -> String {
    let found = table.segments.iter().find_map(|segment| segment.headers.get(column)?.as_ref());
    found.map_or_else(String::new, |(_, header)| header.clone())
}

fn source(table: &Table, row: usize, lang: Lang) -> String {
    let number = table.source_rows.get(row).unwrap_or(0);
    let source = table.segment(row).map(|segment| &segment.source);
    let source =
        source.map(|source| place::source(&source.file, source.sheet.as_deref(), lang)).unwrap_or_default();
    match lang {
        Lang::Zh => format!("{source} 第{number}行"),
        Lang::En => format!("{source} row {number}"),
    }
}
