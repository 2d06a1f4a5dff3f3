//! Rulings as they stand in a file: cells of text, each with its place.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::error::{RulingError, RulingFault, SourcePosition};
use crate::ingest::reporter::ALIKE;
use crate::model::finding::{Finding, Severity};
use crate::model::finding_ids;
use crate::model::row::{RawCell, Rows, TableSink};
use crate::model::ruling::COLUMNS;
use crate::model::suggest::closest_from;
use crate::model::written::date;
use crate::table::Source;
use crate::table::names::{ColumnNames, Exact, ValueWords};
use crate::table::normalize;
use crate::table::table_schema::{ColumnDecl, ColumnType, TableDecl};

/// What a ruling is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Field {
    Organization,
    Target,
    Ruling,
    Value,
    Role,
    By,
    Date,
    Expires,
    Reason,
    Evidence,
}

/// Names of a field: its English key, Chinese header and other headers; and whether it must be filled.
pub(super) struct Names {
    pub(super) field: Field,
    pub(super) key: &'static str,
    pub(super) zh: &'static str,
    aliases: &'static [&'static str],
    pub(super) required: bool,
}

const fn names(
    field: Field,
    (key, zh): (&'static str, &'static str),
    aliases: &'static [&'static str],
    required: bool,
) -> Names {
    Names { field, key, zh, aliases, required }
}

pub(super) const FIELDS: [Names; 10] = [
    names(Field::Organization, COLUMNS[0], &["单位编号", "单位"], false),
    names(Field::Target, COLUMNS[1], &["评价内容", "评价要求", "目标", "编号", "裁定对象"], true),
    names(Field::Ruling, COLUMNS[2], &["裁定结果", "结论"], true),
    names(Field::Value, COLUMNS[3], &["数值"], false),
    names(Field::Role, COLUMNS[4], &["裁定角色"], true),
    names(Field::By, COLUMNS[5], &["姓名", "裁定人员"], true),
    names(Field::Date, COLUMNS[6], &["裁定日期", "裁定时间", "时间"], true),
    names(Field::Expires, COLUMNS[7], &["有效期"], false),
    names(Field::Reason, COLUMNS[8], &["裁定理由"], true),
    names(Field::Evidence, COLUMNS[9], &["证据"], false),
];

impl Field {
    /// The field with this key.
    pub(super) fn of_key(key: &str) -> Option<Self> {
        FIELDS.iter().find(|names| names.key == key || names.zh == key).map(|names| names.field)
    }

    /// The key most like this one.
    pub(super) fn suggestion(key: &str) -> Option<String> {
        closest_from(ALIKE, key, FIELDS.iter().map(|names| names.key)).map(str::to_owned)
    }

    fn position(self) -> usize {
        FIELDS.iter().position(|names| names.field == self).unwrap_or_default()
    }

    /// Its English key.
    pub(super) fn key(self) -> &'static str {
        FIELDS.get(self.position()).map_or("", |names| names.key)
    }
}

/// A cell of a ruling.
#[derive(Clone, Debug)]
pub(super) struct Cell {
    /// What is written, without white space around it.
    pub(super) text: String,
    /// Header of its column, or key.
    pub(super) header: String,
    /// Row or line.
    pub(super) row: u32,
}

/// One ruling, unchecked.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    pub(super) source: Arc<Source>,
    pub(super) row: u32,
    cells: Vec<Option<Cell>>,
    /// Fields whose column the file does not have, which was reported once for all rows.
    absent: Vec<Field>,
}

impl Draft {
    pub(super) fn new(source: &Arc<Source>, row: u32) -> Self {
        Self { source: Arc::clone(source), row, cells: vec![None; FIELDS.len()], absent: Vec::new() }
    }

    /// Sets a cell, unless nothing is written in it.
    pub(super) fn set(&mut self, field: Field, cell: Cell) {
        let slot = self.cells.get_mut(field.position());
        if let Some(slot) = slot.filter(|_| !normalize::is_blank(&cell.text)) {
            *slot = Some(cell);
        }
    }

    /// The cell of a field, if anything is written in it.
    pub(super) fn get(&self, field: Field) -> Option<&Cell> {
        self.cells.get(field.position()).and_then(Option::as_ref)
    }

    /// Whether the file has no column for the field.
    pub(super) fn lacks(&self, field: Field) -> bool {
        self.absent.contains(&field)
    }

    /// The text of a field, empty if there is none.
    pub(super) fn text(&self, field: Field) -> String {
        self.get(field).map(|cell| cell.text.clone()).unwrap_or_default()
    }

    /// A row of a worksheet that nobody has ruled on yet: its target is printed, the rest left open.
    pub(super) fn is_open(&self) -> bool {
        use Field::{By, Date, Evidence, Expires, Reason, Ruling, Value};
        [Ruling, Value, By, Date, Expires, Reason, Evidence].iter().all(|field| self.get(*field).is_none())
    }

    /// Where a field stands, or would.
    pub(super) fn place(&self, field: Field) -> SourcePosition {
        let cell = self.get(field);
        SourcePosition {
            file: self.source.file.clone(),
            sheet: self.source.sheet.clone(),
            row: Some(cell.map_or(self.row, |cell| cell.row)),
            column: Some(cell.map_or_else(|| field.key().to_owned(), |cell| cell.header.clone())),
            value: cell.map(|cell| cell.text.clone()),
        }
    }
}

/// The table of rulings, so that it is read by the same code as the tables of a submission.
pub(super) fn table() -> Arc<TableDecl> {
    let column = |names: &Names| ColumnDecl {
        id: names.key.to_owned(),
        zh: names.zh.to_owned(),
        aliases: names.aliases.iter().map(|alias| (*alias).to_owned()).collect(),
        kind: ColumnType::Text,
        values: BTreeMap::new(),
        required: names.required,
        key: names.field == Field::Target,
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
        privacy: None,
        words: ValueWords::default(),
        exact: Exact::default(),
    };
    Arc::new(TableDecl {
        id: "rulings".to_owned(),
        zh: "裁定".to_owned(),
        aliases: Vec::new(),
        about: "Decisions of persons.".to_owned(),
        one_row: false,
        reference: false,
        optional: false,
        tree: None,
        columns: FIELDS.iter().map(column).collect(),
        names: ColumnNames::default(),
        exact: Exact::default(),
        naming: Arc::default(),
    })
}

/// Takes the rows of a rulings file.
#[derive(Debug, Default)]
pub(super) struct Drafts {
    /// Every row.
    pub(super) all: Vec<Draft>,
    pub(super) errors: Vec<RulingError>,
    source: Option<Arc<Source>>,
    headers: Vec<Option<(u32, String)>>,
}

impl TableSink for Drafts {
    fn begin(&mut self, _: &Arc<TableDecl>, source: Arc<Source>, headers: Vec<Option<(u32, String)>>) {
        self.source = Some(source);
        self.headers = headers;
    }

    fn rows(&mut self, rows: &Rows<'_>) {
        let Some(source) = &self.source else { return };
        for (at, row) in rows.numbers().iter().copied().enumerate() {
            let mut draft = Draft::new(source, row);
            for ((names, cell), header) in FIELDS.iter().zip(rows.row(at)).zip(&self.headers) {
                let Some((_, header)) = header.clone() else {
                    draft.absent.push(names.field);
                    continue;
                };
                draft.set(names.field, Cell { text: text(cell), header, row });
            }
            self.all.push(draft);
        }
    }

    /// What is a finding in a submission is an error here: a ruling must not be lost or misread. Columns that
    /// only explain, as worksheets have them, are no concern; one that may be a misspelt column is.
    fn found(&mut self, finding: Finding) {
        if finding.severity == Severity::Advice && finding.rule != finding_ids::MISSPELT_COLUMN {
            return;
        }
        let Finding { message, help, locations, .. } = finding;
        for place in locations {
            let place = SourcePosition {
                file: place.file,
                sheet: place.sheet,
                row: place.row,
                column: place.column,
                value: None,
            };
            let fault = RulingFault::Table { message: message.clone(), help: help.clone() };
            self.errors.push(RulingError::At(Box::new(place), fault));
        }
    }
}

fn text(cell: &RawCell<'_>) -> String {
    match cell {
        RawCell::Empty | RawCell::Unread => String::new(),
        RawCell::Text(text) => normalize::trimmed(text).to_owned(),
        RawCell::Number(number) => number.to_string(),
        RawCell::Serial(serial) => {
            date::of_serial(*serial).map_or_else(|| serial.to_string(), |day| day.to_string())
        }
        RawCell::Logical(yes) => yes.to_string(),
        RawCell::Fault(fault) => fault.as_ref().to_owned(),
    }
}
