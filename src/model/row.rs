//! Rows as they come out of a file, before they have types: what `ingest` hands to `schema`.

use std::sync::Arc;

use super::declare::TableDecl;
use super::finding::Finding;
use super::table::Source;

/// A cell as the file gives it.
#[derive(Clone, Debug, PartialEq)]
pub enum RawCell {
    /// Nothing in it.
    Empty,
    /// Text, as written.
    Text(String),
    /// A number of a workbook.
    Number(f64),
    /// A date cell of a workbook, as its serial day number.
    Serial(f64),
    /// A logical cell of a workbook.
    Logical(bool),
    /// An error value of a workbook, such as `#REF!`.
    Fault(String),
}

/// Takes the rows of tables as they are read.
pub trait TableSink {
    /// A source begins: for each declared column its 1-based column in the source and its header.
    fn begin(&mut self, table: &Arc<TableDecl>, source: Arc<Source>, headers: Vec<Option<(u32, String)>>);
    /// A row of the source begun last: `row` is 1-based, cells are in the order of the declared columns.
    fn row(&mut self, row: u32, cells: &[RawCell]);
    /// Something the reader found.
    fn found(&mut self, finding: Finding);
}
