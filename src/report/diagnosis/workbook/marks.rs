//! Which cells of a table are marked, and why.

use std::collections::{BTreeMap, HashMap};

use crate::model::diagnosis::SubmissionDiagnosis;
use crate::model::finding::{Location, Severity};
use crate::model::text::Lang;
use crate::report::declared;
use crate::report::words::pick;
use crate::table::Table;
use crate::table::column::CellValue;

/// By row of the table: the cells to mark, and what is said of the row. A position beyond the columns is the row itself.
pub(super) type Marks = BTreeMap<usize, Vec<(usize, String)>>;

/// What is wrong with the cells of a table: those that were not understood or are to be filled in, all of them, and the
/// places of what else was found.
pub(super) fn of(table: &Table, diagnosis: &SubmissionDiagnosis, lang: Lang) -> Marks {
    let mut marks = Marks::new();
    cells(table, lang, &mut marks);
    let index = Index::of(table);
    let findings = diagnosis.sources.iter().flat_map(|source| &source.findings);
    for finding in findings.filter(|finding| finding.severity != Severity::Advice) {
        for (row, column) in finding.locations.iter().filter_map(|at| index.cell(table, at)) {
            let cells = marks.entry(row).or_default();
            // What is wrong with the cell by itself has been said.
            if !cells.iter().any(|(at, _)| *at == column) {
                cells.push((column, finding.message.get(lang).to_owned()));
            }
        }
    }
    marks
}

fn cells(table: &Table, lang: Lang, marks: &mut Marks) {
    for (at, decl) in table.decl.columns.iter().enumerate().filter(|(at, _)| table.has_column(*at)) {
        let name = declared::name(&decl.id, &decl.zh, lang);
        for row in 0..table.len() {
            let empty = || {
                matches!(table.cell(row, at), CellValue::Empty)
                    || matches!(table.cell(row, at), CellValue::Text(text) if text.is_empty())
            };
            let text = if table.unclear_word(row, at).is_some() {
                let form = declared::form(decl, lang);
                match lang {
                    Lang::Zh => format!("“{name}”的内容不能识别，应为：{form}"),
                    Lang::En => format!("{name} was not understood; wanted: {form}"),
                }
            } else if decl.required && empty() {
                format!(
                    "{}{name}{}",
                    pick(lang, "“", ""),
                    pick(lang, "”必填，没有填写", " is required and empty")
                )
            } else {
                continue;
            };
            marks.entry(row).or_default().push((at, text));
        }
    }
}

/// Rows of a table by where they stand in their sources.
struct Index<'a>(HashMap<(&'a str, Option<&'a str>, u32), usize>);

impl<'a> Index<'a> {
    fn of(table: &'a Table) -> Self {
        let mut rows = HashMap::new();
        for (segment, own) in table.parts() {
            let source = &segment.source;
            for row in own {
                if let Some(number) = table.source_rows.get(row) {
                    rows.insert((source.file.as_str(), source.sheet.as_deref(), number), row);
                }
            }
        }
        Self(rows)
    }

    /// The row and column of a place; the column beyond all where it is a row.
    fn cell(&self, table: &Table, at: &Location) -> Option<(usize, usize)> {
        let row = *self.0.get(&(at.file.as_str(), at.sheet.as_deref(), at.row?))?;
        let headers = table.segment(row).map(|segment| segment.headers.as_slice()).unwrap_or_default();
        let column = at.column.as_deref().and_then(|wanted| {
            headers.iter().position(|found| found.as_ref().is_some_and(|(_, header)| header == wanted))
        });
        Some((row, column.unwrap_or(table.decl.columns.len())))
    }
}
