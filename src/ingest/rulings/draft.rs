//! Rulings as they stand in a file: cells of text, each with its place.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::error::{RulingError, RulingFault, SourcePosition};
use crate::ingest::plain_table::{cell_text, declaration, text_column};
use crate::ingest::reporter::ALIKE;
use crate::model::finding::{Finding, Severity};
use crate::model::finding_ids;
use crate::model::row::{Rows, TableSink};
use crate::model::ruling_form::{self, FIELDS, Field, KEY, Names};
use crate::model::suggest::closest_from;
use crate::table::Source;
use crate::table::normalize;
use crate::table::table_schema::{ColumnDecl, TableDecl};

/// The field with this key.
pub(super) fn of_key(key: &str) -> Option<Field> {
    FIELDS.iter().find(|names| names.key == key || names.zh == key).map(|names| names.field)
}

/// The key most like this one.
pub(super) fn suggestion(key: &str) -> Option<String> {
    closest_from(ALIKE, key, FIELDS.iter().map(|names| names.key)).map(str::to_owned)
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
    /// In a worksheet its key, which a row that somebody added does not have.
    key: Option<String>,
}

impl Draft {
    pub(super) fn new(source: &Arc<Source>, row: u32) -> Self {
        Self {
            source: Arc::clone(source),
            row,
            cells: vec![None; FIELDS.len()],
            absent: Vec::new(),
            key: None,
        }
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

    /// A row of a worksheet that nobody has ruled on yet: its target is printed, the rest left open. Name and day may be
    /// filled in beforehand where the program wrote the worksheet.
    pub(super) fn is_open(&self) -> bool {
        use Field::{By, Date, Evidence, Expires, Reason, Ruling, Value};
        let is_empty = |fields: &[Field]| fields.iter().all(|field| self.get(*field).is_none());
        is_empty(&[Ruling, Value, Expires, Reason, Evidence]) && (self.key.is_some() || is_empty(&[By, Date]))
    }

    /// Whether it stands in a worksheet and is not the row that the program wrote: somebody added it, or its cells were
    /// sorted apart.
    pub(super) fn is_moved(&self) -> bool {
        let own = ruling_form::key(&self.text(Field::Organization), &self.text(Field::Target));
        self.key.as_ref().is_some_and(|key| *key != own)
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
        aliases: names.aliases.iter().map(|alias| (*alias).to_owned()).collect(),
        required: names.required,
        key: names.field == Field::Target,
        ..text_column((names.key, names.zh))
    };
    let columns = FIELDS.iter().map(column).chain([text_column(KEY)]).collect();
    declaration(("rulings", "裁定"), "Decisions of persons.", columns)
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

impl Drafts {
    /// Whether the source that is read has the key of worksheets.
    pub(super) fn is_worksheet(&self) -> bool {
        self.headers.get(FIELDS.len()).is_some_and(Option::is_some)
    }

    /// Whether its header is that of rulings.
    pub(super) fn is_rulings(&self) -> bool {
        [Field::Target, Field::Ruling].iter().all(|field| self.column(*field).is_some())
    }

    /// The 1-based column and the header of a field.
    pub(super) fn column(&self, field: Field) -> Option<&(u32, String)> {
        self.headers.get(field.position())?.as_ref()
    }

    /// What is wrong where somebody took the key out of a worksheet: what it rules would be lost.
    pub(super) fn without_key(&self) -> Option<RulingError> {
        let source = self.source.as_ref().filter(|_| self.is_rulings())?;
        let place = SourcePosition {
            file: source.file.clone(),
            sheet: source.sheet.clone(),
            ..SourcePosition::default()
        };
        Some(RulingError::At(Box::new(place), RulingFault::NoKey))
    }

    /// Formulas at these rows and columns are errors where a ruling has them: what they come to changes unseen, or was
    /// never calculated.
    pub(super) fn refuse(&mut self, formulas: &BTreeSet<(u32, u32)>) {
        let columns: Vec<(Field, u32)> =
            FIELDS.iter().filter_map(|names| Some((names.field, self.column(names.field)?.0))).collect();
        let spots = self.all.iter().flat_map(|draft| {
            let here = columns.iter().filter(|(_, column)| formulas.contains(&(draft.row, *column)));
            here.map(|(field, _)| draft.place(*field))
        });
        self.errors.extend(spots.map(|place| RulingError::At(Box::new(place), RulingFault::Formula)));
    }

    /// Adds those of another source.
    pub(super) fn append(&mut self, mut other: Self) {
        self.all.append(&mut other.all);
        self.errors.append(&mut other.errors);
    }
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
                draft.set(names.field, Cell { text: cell_text(cell), header, row });
            }
            draft.key = self.is_worksheet().then(|| rows.row(at).last().map(cell_text).unwrap_or_default());
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
