//! How each file of a submission was read, for `doctor`.

use std::collections::{BTreeMap, BTreeSet};

use super::encoding::Encoding;
use super::members::is_inside;
use crate::model::diagnosis::LeftOutRows;
use crate::model::left_out::{LeftOut, LeftOutReason};
use crate::model::privacy::Redactor;
use crate::table::names::Rank;

/// How a submission was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadInfo {
    /// SHA-256 over name, length and bytes of every file below, in hexadecimal.
    pub sha256: String,
    /// Files in the order in which they were read.
    pub files: Vec<FileInfo>,
}

impl ReadInfo {
    /// Names of the files in which no table was found.
    pub fn not_tables(&self) -> BTreeSet<&str> {
        let is_none = |file: &FileInfo, sheet: &SheetInfo| match sheet.taken {
            Taken::Unknown => true,
            // In a folder inside, what has the name of a table and not its header is an attachment.
            Taken::OtherHeader => is_inside(&file.name),
            _ => false,
        };
        let holds_none = |file: &&FileInfo| file.sheets.iter().all(|sheet| is_none(file, sheet));
        self.files.iter().filter(holds_none).map(|file| file.name.as_str()).collect()
    }

    /// Names of the files in which a table was found.
    pub fn tables(&self) -> Vec<String> {
        let none = self.not_tables();
        let all = self.files.iter().map(|file| &file.name);
        all.filter(|name| !none.contains(name.as_str())).cloned().collect()
    }

    /// The rows that were read as no data, as they may be shown.
    pub fn left_out(&self, redactor: &Redactor) -> Vec<LeftOut> {
        let sheets = self.files.iter().flat_map(|file| file.sheets.iter().map(move |sheet| (file, sheet)));
        let of_sheet = |(file, sheet): (&FileInfo, &SheetInfo)| {
            let place = (redactor.text(&file.name), sheet.sheet.as_ref().map(|name| redactor.text(name)));
            let left = |left: LeftOutRows| LeftOut {
                file: place.0.clone(),
                sheet: place.1.clone(),
                reason: left.reason,
                total: left.total,
                rows: left.rows,
            };
            sheet.left_out().into_iter().map(left).collect::<Vec<_>>()
        };
        sheets.flat_map(of_sheet).collect()
    }
}

impl SheetInfo {
    /// The rows left out, by reason.
    pub fn left_out(&self) -> Vec<LeftOutRows> {
        let rows = |why: LeftOutReason| {
            self.skipped.iter().filter(move |(_, reason)| *reason == why).map(|(row, _)| *row).collect()
        };
        let totals = self.skipped_total.iter();
        totals.map(|(why, total)| LeftOutRows { reason: *why, total: *total, rows: rows(*why) }).collect()
    }
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
    /// The sign between two cells of a row, for text that was read as a table.
    pub separator: Option<char>,
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
    /// Id of the table it was read as, or of the one it seems to be of.
    pub table: Option<String>,
    /// What it was taken for, and by what.
    pub taken: Taken,
    /// Row of the header; the lower one of two.
    pub header: Option<u32>,
    /// Columns that were read.
    pub columns: Vec<ColumnInfo>,
    /// Headers that name no declared column.
    pub ignored: Vec<String>,
    /// Rows read as data.
    pub rows: u64,
    /// Rows left out, each with the reason. The first few.
    pub skipped: Vec<(u32, LeftOutReason)>,
    /// Number of rows left out for each reason.
    pub skipped_total: BTreeMap<LeftOutReason, u64>,
}

/// What a source was taken for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Taken {
    /// The table whose name the file has.
    #[default]
    FileName,
    /// The table whose name the sheet has.
    SheetName,
    /// More of a table of the workbook, whose header it has.
    Header,
    /// A hidden sheet with a table's header: not read.
    Hidden,
    /// A sheet of a workbook of one table with another header: not read.
    OtherHeader,
    /// A page that explains the others: not read.
    Explanation,
    /// No table that is known: not read.
    Unknown,
}

/// A column that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ColumnInfo {
    /// Its 1-based place in the source.
    pub place: u32,
    /// Its header.
    pub header: String,
    /// Id of the declared column.
    pub column: String,
    /// How well the header names the column; `None` for what was made of several columns.
    pub rank: Option<Rank>,
}
