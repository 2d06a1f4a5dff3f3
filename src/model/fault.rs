//! Tool failures: why a run could not judge. Not to be confused with findings about the data.

use super::text::Text;

/// A failure, ready to be shown: what, where, what to do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fault {
    /// Stable code, such as `ingest.encoding`.
    pub code: &'static str,
    /// What failed and why.
    pub message: Text,
    /// What to do.
    pub help: Text,
    /// File, if any.
    pub file: Option<String>,
    /// Sheet of a workbook.
    pub sheet: Option<String>,
    /// 1-based row or line.
    pub row: Option<u32>,
    /// 1-based column in characters, or the header of a table's column.
    pub column: Option<String>,
    /// Text of the failing line and the characters to mark in it (start, length), if there is one.
    pub excerpt: Option<(String, usize, usize)>,
}

/// A named failure that can explain itself.
pub trait Explain {
    /// The failure as it is shown.
    fn fault(&self) -> Fault;
}
