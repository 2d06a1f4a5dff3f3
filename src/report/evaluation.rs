//! What expressions came to, on a terminal.

use super::escape;
use super::layout::{clip, columns};
use super::page::Page;
use super::paint::Ink;
use super::place;
use super::table::{Align, Cell, Table, cell};
use super::words;
use crate::model::evaluation::{EvaluatedRows, EvaluatedValue};
use crate::model::outcome::{Decision, Measure};
use crate::model::text::Lang;
use crate::table::table_schema::{ColumnDecl, TableDecl};

/// No cell of a row is wider than this.
const WIDEST: usize = 24;
/// Columns between two cells.
const GAP: usize = 2;

/// What one expression came to.
pub fn terminal(tried: &EvaluatedValue, lang: Lang, color: bool, width: usize) -> String {
    let mut page = Page::new(lang, color, width);
    show(&mut page, 0, tried);
    page.finish()
}

fn show(page: &mut Page, indent: usize, tried: &EvaluatedValue) {
    match tried {
        EvaluatedValue::Nothing => {}
        EvaluatedValue::Empty => {
            page.paragraph(indent, words::pick(page.lang, "（空）", "(empty)"), Ink::Dim);
        }
        EvaluatedValue::Value(text) if text.is_empty() => {
            page.paragraph(indent, words::pick(page.lang, "（空文字）", "(empty text)"), Ink::Dim);
        }
        EvaluatedValue::Value(text) => page.paragraph(indent, text, Ink::Plain),
        EvaluatedValue::Answer(yes) => {
            let (zh, en) = if *yes { ("是 true", "true") } else { ("否 false", "false") };
            page.paragraph(indent, words::pick(page.lang, zh, en), Ink::Plain);
        }
        EvaluatedValue::Rows(rows) => table_rows(page, indent, rows),
        EvaluatedValue::Decision(decision) => decided(page, indent, decision),
        EvaluatedValue::List(first, total) => list(page, indent, first, *total),
        EvaluatedValue::Map(entries) => {
            for (name, one) in entries {
                let name = if name.is_empty() { "\"\"" } else { name };
                page.paragraph(indent, &format!("{name}:"), Ink::Bold);
                show(page, indent + 2, one);
            }
        }
        EvaluatedValue::Other(kind) => {
            page.paragraph(indent, &format!("({})", kind.get(page.lang)), Ink::Dim);
        }
    }
}

fn list(page: &mut Page, indent: usize, first: &[EvaluatedValue], total: usize) {
    let more = total.saturating_sub(first.len());
    let count = match page.lang {
        Lang::Zh => format!("列表，{total} 个"),
        Lang::En => format!("list of {total}"),
    };
    page.paragraph(indent, &count, Ink::Dim);
    for one in first {
        show(page, indent + 2, one);
    }
    if more > 0 {
        let rest = match page.lang {
            Lang::Zh => format!("……另有 {more} 个"),
            Lang::En => format!("... {more} more"),
        };
        page.paragraph(indent + 2, &rest, Ink::Dim);
    }
}

fn decided(page: &mut Page, indent: usize, decision: &Decision) {
    let word = match &decision.measure {
        Some(Measure::Number(number)) => format!("= {}", number.normalize()),
        Some(Measure::Level(level)) => format!("= {level}"),
        None => words::outcome(decision.outcome, page.lang).to_owned(),
    };
    let against = decision.measure.is_none() && words::outcome(decision.outcome, Lang::En) != "met";
    let line = format!("{word}  {}", decision.reason.get(page.lang));
    page.paragraph(indent, line.trim(), if against { Ink::Red } else { Ink::Green });
    if !decision.locations.is_empty() {
        let places = place::list(&decision.locations, page.lang);
        let total = decision.total;
        let count = match page.lang {
            Lang::Zh => format!("（共 {total} 处）"),
            Lang::En => format!(" ({total} in all)"),
        };
        page.paragraph(indent + 2, &format!("{places}{count}"), Ink::Dim);
    }
}

fn table_rows(page: &mut Page, indent: usize, rows: &EvaluatedRows) {
    let shown = rows.rows.len();
    let name = rows.table.get(page.lang);
    let one = rows
        .rows
        .first()
        .map(|row| row.source.clone())
        .filter(|one| rows.rows.iter().all(|row| row.source == *one));
    let heading = match page.lang {
        Lang::Zh if !rows.present => format!("{name}：材料里没有这张表"),
        Lang::Zh if shown < rows.total => format!("{name}：{} 行，列出前 {shown} 行", rows.total),
        Lang::Zh => format!("{name}：{} 行", rows.total),
        Lang::En if !rows.present => format!("{name}: the submission does not have this table"),
        Lang::En if shown < rows.total => format!("{name}: {} rows, the first {shown} of them", rows.total),
        Lang::En => format!("{name}: {} rows", rows.total),
    };
    let file = one.as_ref().map(|one| format!("  {one}")).unwrap_or_default();
    page.paragraph(indent, &format!("{heading}{file}"), Ink::Bold);
    if shown == 0 {
        return;
    }
    let (chosen, rest) = fitting(page, indent, rows, one.is_some());
    page.table(&drawn(page.lang, indent, rows, &chosen, one.is_some()));
    if !rest.is_empty() {
        let rest = rest.join(words::pick(page.lang, "、", ", "));
        let label = words::pick(page.lang, "没有列出的列：", "columns not shown: ");
        page.paragraph(indent, &format!("{label}{rest}"), Ink::Dim);
    }
}

/// The columns for which there is room, and the names of the others; columns without a value stand back.
fn fitting(page: &Page, indent: usize, rows: &EvaluatedRows, one_file: bool) -> (Vec<usize>, Vec<String>) {
    let at = |row: &crate::model::evaluation::TriedRow| row_name(row, page.lang, one_file);
    let mut used = indent + rows.rows.iter().map(|row| columns(&at(row))).max().unwrap_or(0).max(4);
    let (mut chosen, mut rest) = (Vec::new(), Vec::new());
    for (column, name) in rows.columns.iter().enumerate() {
        let cells = || rows.rows.iter().filter_map(|row| row.cells.get(column));
        let widest = cells().map(|text| columns(text).min(WIDEST)).max().unwrap_or(0);
        let width = widest.max(columns(name.get(page.lang))).min(WIDEST) + GAP;
        let empty = cells().all(String::is_empty);
        if !empty && used + width <= page.width {
            used += width;
            chosen.push(column);
        } else {
            let mark = if empty { words::pick(page.lang, "（空）", " (empty)") } else { "" };
            rest.push(format!("{}{mark}", name.get(page.lang)));
        }
    }
    (chosen, rest)
}

fn row_name(row: &crate::model::evaluation::TriedRow, lang: Lang, one_file: bool) -> String {
    let number = row.row.to_string();
    if one_file { number } else { format!("{} {}", row.source, place::rows(&[number], lang)) }
}

fn drawn(lang: Lang, indent: usize, rows: &EvaluatedRows, chosen: &[usize], one_file: bool) -> Table {
    let names = chosen.iter().filter_map(|column| rows.columns.get(*column)).map(|name| name.get(lang));
    let head = std::iter::once(words::pick(lang, "行号", "row")).chain(names);
    let row = |row: &crate::model::evaluation::TriedRow| {
        let cells = chosen.iter().filter_map(|column| row.cells.get(*column));
        let cells = cells.map(|text| cell(clip(&escape::terminal(text), WIDEST), Ink::Plain));
        std::iter::once(cell(row_name(row, lang, one_file), Ink::Dim)).chain(cells).collect()
    };
    let head: Vec<Cell> = head.map(|name| cell(clip(name, WIDEST), Ink::Bold)).collect();
    let side = if one_file { Align::Right } else { Align::Left };
    Table {
        aligns: std::iter::once(side).chain(chosen.iter().skip(1).map(|_| Align::Left)).collect(),
        rows: std::iter::once(head).chain(rows.rows.iter().map(row)).collect(),
        indent,
        head: true,
        ..Table::default()
    }
}

/// The tables of a submission: name, id, and rows, none where it does not have the table.
pub fn tables(tables: &[(&TableDecl, Option<usize>)], lang: Lang, color: bool, width: usize) -> String {
    let mut page = Page::new(lang, color, width);
    let pick = |zh, en| words::pick(lang, zh, en);
    let head = [pick("数据表", "table"), pick("写作", "in Chinese"), pick("行数", "rows"), ""];
    let head: Vec<Cell> = head.iter().map(|word| cell(word, Ink::Bold)).collect();
    let row = |(table, rows): &(&TableDecl, Option<usize>)| {
        let (one, other) = in_order(&table.zh, &table.id, lang);
        let missing = pick("材料里没有", "not in the submission");
        let count = rows.map_or_else(String::new, |rows| rows.to_string());
        let note = if rows.is_none() { missing } else { "" };
        vec![
            cell(one, Ink::Plain),
            cell(format!("t.{other}"), Ink::Plain),
            cell(count, Ink::Plain),
            cell(note, Ink::Dim),
        ]
    };
    page.table(&Table {
        aligns: vec![Align::Left, Align::Left, Align::Right],
        rows: std::iter::once(head).chain(tables.iter().map(row)).collect(),
        head: true,
        ..Table::default()
    });
    page.finish()
}

/// The columns of a table: name, id, type and values.
pub fn table_columns(table: &TableDecl, lang: Lang, color: bool, width: usize) -> String {
    let mut page = Page::new(lang, color, width);
    let pick = |zh, en| words::pick(lang, zh, en);
    let head =
        [pick("列", "column"), pick("写作", "in Chinese"), pick("类型", "type"), pick("取值", "values")];
    let head: Vec<Cell> = head.iter().map(|word| cell(word, Ink::Bold)).collect();
    let row = |column: &ColumnDecl| {
        let (one, other) = in_order(&column.zh, &column.id, lang);
        let (zh, en) = column.kind.name();
        vec![
            cell(one, Ink::Plain),
            cell(other, Ink::Plain),
            cell(pick(zh, en), Ink::Plain),
            cell(values(column, lang), Ink::Dim),
        ]
    };
    page.table(&Table {
        aligns: vec![Align::Left; 3],
        rows: std::iter::once(head).chain(table.columns.iter().map(row)).collect(),
        head: true,
        ..Table::default()
    });
    page.finish()
}

fn in_order<'a>(zh: &'a str, id: &'a str, lang: Lang) -> (&'a str, &'a str) {
    match lang {
        Lang::Zh => (zh, id),
        Lang::En => (id, zh),
    }
}

fn values(column: &ColumnDecl, lang: Lang) -> String {
    let value = |(id, words): (&String, &Vec<String>)| match (lang, words.first()) {
        (Lang::Zh, Some(word)) => format!("{word} {id}"),
        _ => id.clone(),
    };
    column.values.iter().map(value).collect::<Vec<_>>().join(words::pick(lang, "、", ", "))
}
