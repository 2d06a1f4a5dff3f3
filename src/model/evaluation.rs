//! What an expression came to, ready to be shown.

use super::outcome::Decision;
use super::text::Text;

/// What came of an expression.
#[derive(Clone, Debug)]
pub enum EvaluatedValue {
    /// Nothing to show, as after `let`.
    Nothing,
    /// An empty value.
    Empty,
    /// One value.
    Value(String),
    /// Yes or no.
    Answer(bool),
    /// Rows of a table.
    Rows(EvaluatedRows),
    /// A decision.
    Decision(Decision),
    /// The first of several values, and how many there are.
    List(Vec<EvaluatedValue>, usize),
    /// Values by name.
    Map(Vec<(String, EvaluatedValue)>),
    /// Something that cannot be shown.
    Other(Text),
}

/// Some rows of a table.
#[derive(Clone, Debug)]
pub struct EvaluatedRows {
    /// Name of the table.
    pub table: Text,
    /// Whether the submission has it.
    pub present: bool,
    /// How many rows there are.
    pub total: usize,
    /// Names of its columns.
    pub columns: Vec<Text>,
    /// The first rows.
    pub rows: Vec<TriedRow>,
}

/// A row.
#[derive(Clone, Debug)]
pub struct TriedRow {
    /// File, and sheet of a workbook.
    pub source: String,
    /// 1-based row in it.
    pub row: u32,
    /// A cell for each column, personal data masked.
    pub cells: Vec<String>,
}
