//! How each file of a submission was read, for `doctor`.

use super::encoding::Encoding;

/// How a submission was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadInfo {
    /// SHA-256 over name, length and bytes of every file below, in hexadecimal.
    pub sha256: String,
    /// Files in the order in which they were read.
    pub files: Vec<FileInfo>,
}

/// How a file was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileInfo {
    /// Name inside the submission.
    pub name: String,
    /// Size.
    pub bytes: u64,
    /// Encoding, for text.
    pub encoding: Option<Encoding>,
    /// The file itself, or its sheets.
    pub sheets: Vec<SheetInfo>,
}

/// How a text file or a sheet was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SheetInfo {
    /// Sheet name, for workbooks.
    pub sheet: Option<String>,
    /// Whether the sheet is hidden; it is read all the same if it has a table's name.
    pub hidden: bool,
    /// Id of the table it was read as.
    pub table: Option<String>,
    /// Row of the header; the lower one of two.
    pub header: Option<u32>,
    /// Headers taken, each with the id of its column.
    pub columns: Vec<(String, String)>,
    /// Headers that name no declared column.
    pub ignored: Vec<String>,
    /// Rows read as data.
    pub rows: u64,
    /// Rows left out: totals, remarks, repeated headers, ragged rows. The first few.
    pub skipped: Vec<u32>,
    /// Number of rows left out.
    pub skipped_total: u64,
}
