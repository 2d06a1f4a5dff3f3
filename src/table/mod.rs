//! Tables: columns of a declared type plus where each row came from. Pages of columns are held within a memory budget
//! or in a temporary file. Knows nothing of rules, findings or reports.

mod attachment_role;
pub mod column;
pub mod date;
pub mod duplicate_groups;
pub mod memory;
pub mod names;
pub mod normalize;
pub mod origins;
mod row_title;
pub mod table_schema;

use std::borrow::Cow;
use std::collections::HashSet;
use std::ops::Range;
use std::sync::Arc;

use self::column::{CellValue, Column};
use self::origins::Origins;
use self::table_schema::{ColumnType, Privacy, TableDecl};

/// A file, or a sheet of a workbook, that rows were read from.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Source {
    /// Path inside the submission, with `/`.
    pub file: String,
    /// Sheet name, for workbooks.
    pub sheet: Option<String>,
}

/// Rows that came from one source, one after the other.
#[derive(Clone, Debug)]
pub struct Segment {
    /// Where they came from.
    pub source: Arc<Source>,
    /// First row of the table that belongs to this segment.
    pub first: usize,
    /// For each declared column its 1-based column in the source and the header found there.
    pub headers: Vec<Option<(u32, String)>>,
    /// Headers of the source that no declared column carries.
    pub unknown: Vec<String>,
}

/// A file or sheet that seems to be of a table and was not read as one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unread {
    /// Where it lies.
    pub source: Arc<Source>,
    /// What was not known of it.
    pub why: NotKnown,
}

/// What is not known of a file or sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotKnown {
    /// Its name is only like that of the table.
    Name,
    /// It has the table's name, and none of its rows is a header.
    Header,
    /// It is a hidden sheet of a workbook of the table.
    Hidden,
    /// It has the table's name, cannot be read, and lies among the attachments.
    Attached,
}

/// A table of one submission.
#[derive(Debug)]
pub struct Table {
    /// Its declaration.
    pub decl: Arc<TableDecl>,
    /// Whether the submission has it at all.
    pub present: bool,
    /// One column for each declared one, in declared order; all of the same length.
    pub columns: Vec<Column>,
    /// 1-based row in the source, for each row.
    pub source_rows: Origins,
    /// Sources in the order in which their rows follow each other.
    pub segments: Vec<Segment>,
    /// Sources that may be more of it.
    pub unread: Vec<Unread>,
}

/// A cell of a table as a place in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// File and sheet.
    pub source: Arc<Source>,
    /// 1-based row, as a spreadsheet counts.
    pub row: u32,
    /// 1-based column, where the column is in the source.
    pub column: Option<u32>,
    /// Header of the column as written in the source; else its declared Chinese name.
    pub header: String,
}

impl Table {
    /// Number of rows.
    pub fn len(&self) -> usize {
        self.source_rows.len()
    }

    /// Whether there are no rows.
    pub fn is_empty(&self) -> bool {
        self.source_rows.is_empty()
    }

    /// The typed cell.
    pub fn cell(&self, row: usize, column: usize) -> CellValue<'_> {
        self.columns.get(column).map_or(CellValue::Empty, |cells| cells.get(row))
    }

    /// What stands in a cell that was filled but not understood.
    pub fn unclear_word(&self, row: usize, column: usize) -> Option<Cow<'_, str>> {
        self.columns.get(column).and_then(|cells| cells.unclear_word(row))
    }

    /// The cell as text a person reads: enumerated values by their first Chinese word, dates as ISO, what was not
    /// understood as it stands.
    pub fn display(&self, row: usize, column: usize) -> String {
        let decl = self.decl.columns.get(column);
        match self.cell(row, column) {
            CellValue::Empty => self.unclear_word(row, column).unwrap_or_default().into_owned(),
            CellValue::Text(text) if text.is_empty() => {
                self.unclear_word(row, column).unwrap_or_default().into_owned()
            }
            CellValue::Text(text) => text.into_owned(),
            CellValue::Integer(number) => number.to_string(),
            CellValue::Decimal(number) => number.normalize().to_string(),
            CellValue::Date(date) => {
                let iso = date.to_string();
                let month = decl.is_some_and(|decl| decl.kind == ColumnType::Month);
                if month { iso.get(..7).unwrap_or(&iso).to_owned() } else { iso }
            }
            CellValue::YesNo(yes) => if yes { "是" } else { "否" }.to_owned(),
            CellValue::Enumerated(number) => decl
                .and_then(|decl| decl.values.values().nth(usize::from(number)))
                .and_then(|words| words.first().cloned())
                .unwrap_or_default(),
        }
    }

    /// Whether the column was found in any source.
    pub fn has_column(&self, column: usize) -> bool {
        self.segments.iter().any(|segment| matches!(segment.headers.get(column), Some(Some(_))))
    }

    /// A source without which it cannot be said what the table lacks: one with its name; where there is no such table,
    /// also one whose name is like it.
    pub fn unread(&self) -> Option<&Unread> {
        let matters = |unread: &&Unread| unread.why == NotKnown::Header || !self.present;
        self.unread.iter().find(matters)
    }

    /// Headers of its sources that no declared column carries, each once.
    pub fn unknown_headers(&self) -> Vec<&str> {
        let mut known = HashSet::new();
        let all = self.segments.iter().flat_map(|segment| &segment.unknown);
        all.map(String::as_str).filter(|header| known.insert(*header)).collect()
    }

    /// What kind of personal data the column holds.
    pub fn privacy(&self, column: usize) -> Option<Privacy> {
        self.decl.columns.get(column).and_then(|decl| decl.privacy)
    }

    /// Its parts, each with its rows.
    pub fn parts(&self) -> impl Iterator<Item = (&Segment, Range<usize>)> {
        let ends = self.segments.iter().skip(1).map(|next| next.first).chain([self.len()]);
        self.segments.iter().zip(ends).map(|(segment, end)| (segment, segment.first..end))
    }

    /// The source a row came from.
    pub fn segment(&self, row: usize) -> Option<&Segment> {
        let after = self.segments.partition_point(|segment| segment.first <= row);
        after.checked_sub(1).and_then(|at| self.segments.get(at))
    }

    /// Where the cell stands.
    pub fn place(&self, row: usize, column: usize) -> Option<Place> {
        let segment = self.segment(row)?;
        let found = segment.headers.get(column).and_then(Option::as_ref);
        let declared = self.decl.columns.get(column).map(|decl| decl.zh.clone()).unwrap_or_default();
        Some(Place {
            source: Arc::clone(&segment.source),
            row: self.source_rows.get(row)?,
            column: found.map(|(at, _)| *at),
            header: found.map_or(declared, |(_, header)| header.clone()),
        })
    }
}
