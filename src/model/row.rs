//! Rows as they come out of a file, before they have types: what `ingest` hands to `schema`.

use std::borrow::Cow;
use std::sync::Arc;

use super::finding::Finding;
use crate::table::table_schema::TableDecl;
use crate::table::{Source, Unread};

/// A cell as the file gives it; its text stays where the reader has it.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum RawCell<'a> {
    /// Nothing in it.
    #[default]
    Empty,
    /// Text, as written.
    Text(Cow<'a, str>),
    /// A number of a workbook.
    Number(f64),
    /// A date cell of a workbook, as its serial day number.
    Serial(f64),
    /// A logical cell of a workbook.
    Logical(bool),
    /// An error value of a workbook, such as `#REF!`.
    Fault(Cow<'a, str>),
    /// A formula that no program has calculated.
    Uncalculated,
    /// A value that is not what the workbook says it is, as written.
    Damaged(Cow<'a, str>),
    /// Something that was not read, which the reader told at its place: a text longer than a cell may be.
    Unread,
}

impl RawCell<'_> {
    /// The cell with a text of its own.
    pub fn into_owned(self) -> RawCell<'static> {
        match self {
            Self::Empty => RawCell::Empty,
            Self::Unread => RawCell::Unread,
            Self::Uncalculated => RawCell::Uncalculated,
            Self::Damaged(value) => RawCell::Damaged(Cow::Owned(value.into_owned())),
            Self::Text(text) => RawCell::Text(Cow::Owned(text.into_owned())),
            Self::Number(number) => RawCell::Number(number),
            Self::Serial(serial) => RawCell::Serial(serial),
            Self::Logical(yes) => RawCell::Logical(yes),
            Self::Fault(fault) => RawCell::Fault(Cow::Owned(fault.into_owned())),
        }
    }
}

/// Some rows of a source, one after the other, column by column in the order of the declared columns.
#[derive(Clone, Debug, Default)]
pub struct Rows<'a> {
    numbers: Vec<u32>,
    columns: Vec<Vec<RawCell<'a>>>,
}

impl<'a> Rows<'a> {
    /// No rows yet of a table with this many columns.
    pub fn new(columns: usize) -> Self {
        Self { numbers: Vec::new(), columns: std::iter::repeat_with(Vec::new).take(columns).collect() }
    }

    /// 1-based rows in the source.
    pub fn numbers(&self) -> &[u32] {
        &self.numbers
    }

    /// Number of rows.
    pub fn len(&self) -> usize {
        self.numbers.len()
    }

    /// Whether there are no rows.
    pub fn is_empty(&self) -> bool {
        self.numbers.is_empty()
    }

    /// The cells of a column, one for each row.
    pub fn column(&self, at: usize) -> &[RawCell<'a>] {
        self.columns.get(at).map(Vec::as_slice).unwrap_or_default()
    }

    /// The cells of a row.
    pub fn row(&self, at: usize) -> impl Iterator<Item = &RawCell<'a>> {
        self.columns.iter().map(move |cells| cells.get(at).unwrap_or(&RawCell::Empty))
    }

    /// Puts a cell in place of another.
    pub fn set(&mut self, column: usize, row: usize, cell: RawCell<'a>) {
        if let Some(slot) = self.columns.get_mut(column).and_then(|cells| cells.get_mut(row)) {
            *slot = cell;
        }
    }

    /// Appends a row of empty cells.
    pub fn push(&mut self, number: u32) {
        self.extend([number], |_, cells| cells.push(RawCell::Empty));
    }

    /// Puts a cell into the row appended last, unless one is there.
    pub fn fill(&mut self, column: usize, cell: RawCell<'a>) {
        let last = self.columns.get_mut(column).and_then(|cells| cells.last_mut());
        if let Some(empty) = last.filter(|last| **last == RawCell::Empty) {
            *empty = cell;
        }
    }

    /// Appends rows: `cells` is asked to append their cells to each column.
    pub fn extend(
        &mut self,
        numbers: impl IntoIterator<Item = u32>,
        mut cells: impl FnMut(usize, &mut Vec<RawCell<'a>>),
    ) {
        self.numbers.extend(numbers);
        for (at, column) in self.columns.iter_mut().enumerate() {
            cells(at, column);
            column.resize(self.numbers.len(), RawCell::Empty);
        }
    }

    /// Forgets the rows; the memory is kept.
    pub fn clear(&mut self) {
        self.numbers.clear();
        self.columns.iter_mut().for_each(Vec::clear);
    }
}

/// Takes the rows of tables as they are read.
pub trait TableSink: Send {
    /// A source begins: for each declared column its 1-based column in the source and its header.
    fn begin(&mut self, table: &Arc<TableDecl>, source: Arc<Source>, headers: Vec<Option<(u32, String)>>);
    /// Headers of the source begun last that no declared column carries.
    fn unknown_headers(&mut self, _: Vec<String>) {}
    /// A source that seems to be of the table and was not read as one.
    fn unread(&mut self, _: &Arc<TableDecl>, _: Unread) {}
    /// The next rows of the source begun last.
    fn rows(&mut self, rows: &Rows<'_>);
    /// Something the reader found.
    fn found(&mut self, finding: Finding);
}
