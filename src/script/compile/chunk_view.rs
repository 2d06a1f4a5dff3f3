//! The rows of one chunk of a table, and their cells as slices.

use std::cell::OnceCell;
use std::ops::Range;
use std::sync::Arc;

use crate::script::value::column_codes::ColumnCodes;
use crate::script::value::kernel_value::Value;
use crate::script::value::loaded_table::IndexedTable;
use crate::table::column::{CHUNK, Cells, Chunk, Codes, Texts, View};
use crate::table::date::Date;
use crate::table::table_schema::ColumnType;

/// Rows of one chunk that follow each other; columns are opened as they are asked for.
pub(crate) struct ChunkView<'t> {
    pub(crate) of: &'t Arc<IndexedTable>,
    chunk: usize,
    /// Rows of the chunk.
    pub(crate) range: Range<usize>,
    open: Vec<OnceCell<Chunk<'t>>>,
    /// Texts are told apart by the number they have in the whole column, not only where there is a dictionary: worth
    /// it where a good part of the table is looked at.
    numbered: bool,
}

impl<'t> ChunkView<'t> {
    pub(crate) fn new(of: &'t Arc<IndexedTable>, chunk: usize, range: Range<usize>) -> Self {
        let open = of.table.columns.iter().map(|_| OnceCell::new()).collect();
        Self { of, chunk, range, open, numbered: false }
    }

    /// The same, telling all texts apart by number.
    pub(crate) fn numbered(self, numbered: bool) -> Self {
        Self { numbered, ..self }
    }

    /// How many numbers [`Self::code`] gives; none where it gives none.
    pub(crate) fn codes(&self, column: usize) -> Option<usize> {
        if self.numbered {
            return self.of.codes_of(column).map(ColumnCodes::len);
        }
        match self.texts(column)? {
            Texts::Coded { dictionary, .. } => Some(dictionary.len()),
            Texts::Plain { .. } => None,
        }
    }

    /// A number that rows with the same text share.
    pub(crate) fn code(&self, column: usize, at: usize) -> Option<u32> {
        if self.numbered {
            return Some(self.of.codes_of(column)?.number(u32::try_from(self.row(at)).ok()?));
        }
        match self.texts(column)? {
            Texts::Coded { codes, .. } => codes.get(at),
            Texts::Plain { .. } => None,
        }
    }

    /// What [`Self::code`] gives for each of the rows.
    pub(crate) fn numbers(&self, column: usize) -> Option<Codes<'_>> {
        if self.numbered {
            let first = self.row(self.range.start);
            let numbers = self.of.codes_of(column)?.numbers();
            return numbers.get(first..first.saturating_add(self.len())).map(Codes::Long);
        }
        match self.texts(column)? {
            Texts::Coded { codes, .. } => codes.narrow(self.range.clone()),
            Texts::Plain { .. } => None,
        }
    }

    /// Number of rows.
    pub(crate) fn len(&self) -> usize {
        self.range.len()
    }

    /// The row of the table that is this row of the chunk.
    pub(crate) fn row(&self, at: usize) -> usize {
        self.chunk.saturating_mul(CHUNK).saturating_add(at)
    }

    /// The cells of the whole chunk.
    pub(crate) fn view(&self, column: usize) -> Option<View<'_>> {
        let cells = self.of.table.columns.get(column)?;
        Some(self.open.get(column)?.get_or_init(|| cells.chunk(self.chunk)).view())
    }

    pub(crate) fn texts(&self, column: usize) -> Option<Texts<'_>> {
        match self.view(column)? {
            View::Text(cells) => Some(cells),
            _ => None,
        }
    }

    pub(crate) fn kind(&self, column: usize) -> Option<ColumnType> {
        self.of.table.decl.columns.get(column).map(|decl| decl.kind)
    }

    /// How many words a cell of the column may say.
    pub(crate) fn words(&self, column: usize) -> usize {
        self.of.table.decl.columns.get(column).map_or(0, |decl| decl.values.len())
    }

    /// The cell of a row of the chunk.
    pub(crate) fn cell(&self, column: usize, at: usize) -> Option<Value<'_>> {
        Some(match self.view(column)? {
            View::Text(cells) if self.kind(column) == Some(ColumnType::Codes) => Value::Codes(cells.get(at)),
            View::Text(cells) => Value::Text(cells.get(at)),
            View::Integer(cells) => cells.get(at).map_or(Value::Unit, Value::Int),
            View::Decimal(cells) => {
                cells.get(at).map_or(Value::Unit, |number| Value::Other(rhai::Dynamic::from_decimal(number)))
            }
            View::Date(cells) => cells.get(at).map_or(Value::Unit, |days| Value::Day(Date::from_days(days))),
            View::YesNo(cells) => cells.get(at).map_or(Value::Unit, Value::Bool),
            View::Enumerated(cells) => Value::Choice(column, cells.get(at)),
        })
    }
}

/// The cells of the lanes alone.
pub(crate) fn narrow<'a, T>(cells: Cells<'a, T>, range: &Range<usize>) -> Option<Cells<'a, T>> {
    let filled = match cells.filled {
        None => None,
        Some(filled) => Some(filled.get(range.clone())?),
    };
    Some(Cells { values: cells.values.get(range.clone())?, filled })
}
