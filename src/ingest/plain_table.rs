//! Lists that people keep beside submissions: rows of texts under declared headers, each with its place.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use super::encoding::Wanted;
use super::error::IngestError;
use super::files::{self, Form};
use super::input::Input;
use super::members::Member;
use super::metered::Metered;
use super::recognise;
use super::sheet::Out;
use super::submission::{open, read_csv};
use super::workbook::Workbook;
use crate::model::fault::Fault;
use crate::model::finding::{Finding, Severity};
use crate::model::finding_ids;
use crate::model::row::{RawCell, Rows, TableSink};
use crate::model::text::Text;
use crate::model::written::date;
use crate::table::Source;
use crate::table::names::{ColumnNames, Exact, ValueWords};
use crate::table::normalize;
use crate::table::table_schema::{ColumnDecl, ColumnType, TableDecl};

/// A table of columns, as it is declared for reading.
pub(super) fn declaration((id, zh): (&str, &str), about: &str, columns: Vec<ColumnDecl>) -> Arc<TableDecl> {
    Arc::new(TableDecl {
        id: id.to_owned(),
        zh: zh.to_owned(),
        aliases: Vec::new(),
        about: about.to_owned(),
        one_row: false,
        reference: false,
        optional: false,
        derived: false,
        tree: None,
        columns,
        mapped: Vec::new(),
        names: ColumnNames::default(),
        exact: Exact::default(),
        naming: Arc::default(),
    })
}

/// A column of texts that need not be there.
pub(super) fn text_column((id, zh): (&str, &str)) -> ColumnDecl {
    ColumnDecl {
        id: id.to_owned(),
        zh: zh.to_owned(),
        aliases: Vec::new(),
        kind: ColumnType::Text,
        values: BTreeMap::new(),
        required: false,
        key: false,
        refers: None,
        like: None,
        names: false,
        shortened: false,
        designation: false,
        outline: None,
        units: Vec::new(),
        quantity: false,
        scale: BTreeMap::new(),
        yes: Vec::new(),
        no: Vec::new(),
        term: false,
        zero: Vec::new(),
        clause: false,
        none: None,
        numbers: false,
        common: false,
        seldom: false,
        unnest: false,
        attachment: None,
        privacy: None,
        mapped: Vec::new(),
        day_order: None,
        words: ValueWords::default(),
        exact: Exact::default(),
    }
}

/// What a cell says, without white space around it.
pub(super) fn cell_text(cell: &RawCell<'_>) -> String {
    match cell {
        RawCell::Empty | RawCell::Unread | RawCell::Uncalculated => String::new(),
        RawCell::Text(text) => normalize::trimmed(text).to_owned(),
        RawCell::Number(number) => number.to_string(),
        RawCell::Serial(serial) => date::shown(*serial).unwrap_or_else(|| serial.to_string()),
        RawCell::Logical(yes) => yes.to_string(),
        RawCell::Fault(text) | RawCell::Damaged(text) => text.as_ref().to_owned(),
    }
}

/// A row.
#[derive(Debug)]
pub(super) struct PlainRow {
    source: Arc<Source>,
    /// 1-based.
    pub(super) row: u32,
    /// For each declared column what stands in it, and its header.
    cells: Vec<(String, String)>,
}

impl PlainRow {
    /// What stands in a column.
    pub(super) fn text(&self, column: usize) -> &str {
        self.cells.get(column).map_or("", |(text, _)| text)
    }

    /// Whether nothing stands in it.
    pub(super) fn is_empty(&self) -> bool {
        self.cells.iter().all(|(text, _)| text.is_empty())
    }

    /// A failure of what stands in a column.
    pub(super) fn fault(&self, column: usize, code: &'static str, (message, help): (Text, Text)) -> Fault {
        let (text, header) = self.cells.get(column).cloned().unwrap_or_default();
        let length = text.chars().count();
        Fault {
            code,
            message,
            help,
            file: Some(self.source.file.clone()),
            sheet: self.source.sheet.clone(),
            row: Some(self.row),
            column: Some(header).filter(|header| !header.is_empty()),
            excerpt: Some((text, 0, length)).filter(|(text, ..)| !text.is_empty()),
        }
    }
}

/// The rows of a list, and what is wrong with its form.
#[derive(Debug, Default)]
pub(super) struct PlainTable {
    pub(super) rows: Vec<PlainRow>,
    pub(super) faults: Vec<Fault>,
    source: Option<Arc<Source>>,
    headers: Vec<Option<(u32, String)>>,
    /// Whether all required columns are there.
    whole: bool,
}

impl TableSink for PlainTable {
    fn begin(&mut self, table: &Arc<TableDecl>, source: Arc<Source>, headers: Vec<Option<(u32, String)>>) {
        self.whole =
            table.columns.iter().zip(&headers).all(|(column, header)| !column.required || header.is_some());
        self.source = Some(source);
        self.headers = headers;
    }

    fn rows(&mut self, rows: &Rows<'_>) {
        let Some(source) = &self.source else { return };
        for (at, row) in rows.numbers().iter().copied().enumerate() {
            let header = |header: &Option<(u32, String)>| {
                header.as_ref().map(|(_, header)| header.clone()).unwrap_or_default()
            };
            let cells = rows.row(at).zip(&self.headers).map(|(cell, head)| (cell_text(cell), header(head)));
            self.rows.push(PlainRow { source: Arc::clone(source), row, cells: cells.collect() });
        }
    }

    /// What is a finding in a submission is an error here, but for columns that only explain.
    fn found(&mut self, finding: Finding) {
        if finding.severity == Severity::Advice && finding.rule != finding_ids::MISSPELT_COLUMN {
            return;
        }
        let Finding { message, help, locations, .. } = finding;
        self.faults.extend(locations.into_iter().map(|place| Fault {
            code: "list.table",
            message: message.clone(),
            help: help.clone(),
            file: Some(place.file),
            sheet: place.sheet,
            row: place.row,
            column: place.column,
            excerpt: None,
        }));
    }
}

/// Reads a list from a CSV or XLSX file. Of a workbook all sheets that have the required columns count; where none has
/// them the first that holds data tells what is missing.
///
/// # Errors
/// The file cannot be read.
pub(super) fn read(path: &Path, table: &Arc<TableDecl>) -> Result<PlainTable, IngestError> {
    let mut metered = Metered::begin(files::bytes(path), None);
    let input = open(&Member::alone(path), metered.held())?;
    let read = match files::form(path) {
        Some(Form::Text) => {
            let mut rows = PlainTable::default();
            let mut out = Out::new(&mut rows);
            read_csv(&input, &input.decoded(Wanted::Either)?, table, &mut out)?;
            out.finish();
            rows
        }
        _ => of_workbook(&input, table, &mut metered)?,
    };
    input.unchanged()?;
    Ok(read)
}

fn of_workbook(
    input: &Input,
    table: &Arc<TableDecl>,
    metered: &mut Metered,
) -> Result<PlainTable, IngestError> {
    let mut book = Workbook::open(input, metered)?;
    let (mut all, mut other) = (PlainTable::default(), None);
    for sheet in book.sheets() {
        if recognise::is_explanation(&sheet.name) || book.head(&sheet)?.rows.is_empty() {
            continue;
        }
        let mut own = PlainTable::default();
        let mut out = Out::new(&mut own);
        book.read(&sheet, table, &mut out)?;
        out.finish();
        if own.whole {
            all.whole = true;
            all.rows.append(&mut own.rows);
            all.faults.append(&mut own.faults);
        } else {
            other.get_or_insert(own);
        }
    }
    if all.whole {
        return Ok(all);
    }
    other.ok_or_else(|| IngestError::Nothing { path: input.name.clone() })
}
