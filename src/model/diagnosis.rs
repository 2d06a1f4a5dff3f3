//! What `doctor` says of submissions: what each file was taken for and why, what could not be read, what is missing and
//! for which items, what to do.

use schemars::JsonSchema;
use serde::Serialize;

pub use super::left_out::LeftOutReason;
use super::report::{ReportFinding, Tool};
use super::text::Text;
use crate::table::names::Rank;

/// The form of the JSON, which stays within version 1.
pub const SCHEMA: &str = "wangge.diagnosis/1";

/// Everything that is said in a run.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Diagnosis {
    /// [`SCHEMA`].
    pub schema: &'static str,
    /// What made it.
    pub tool: Tool,
    /// The submissions, in the order of their paths.
    pub submissions: Vec<SubmissionDiagnosis>,
}

/// What is said of one submission.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct SubmissionDiagnosis {
    /// Where it lies.
    pub path: String,
    /// Id of the organization; empty where it does not say it.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Why it could not be read at all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unreadable: Option<Unreadable>,
    /// Its files and their sheets, in the order in which they were read.
    pub sources: Vec<SourceDiagnosis>,
    /// What was found about no source alone, such as archives beside the tables.
    pub findings: Vec<ReportFinding>,
    /// Declared tables that it does not have.
    pub missing_tables: Vec<MissingTable>,
    /// Declared columns that the tables it has do not have.
    pub missing_columns: Vec<MissingColumn>,
    /// What to do, the most pressing first.
    pub steps: Vec<Text>,
}

/// Why a submission could not be read.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Unreadable {
    /// Code of the failure.
    pub code: String,
    /// What failed and why.
    pub message: Text,
    /// What to do.
    pub help: Text,
    /// File, if any.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// Sheet of a workbook.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sheet: Option<String>,
    /// 1-based row or line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub row: Option<u32>,
}

/// What is said of a text file or a sheet.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct SourceDiagnosis {
    /// Name inside the submission.
    pub file: String,
    /// Sheet of a workbook.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sheet: Option<String>,
    /// Whether the sheet is hidden.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub hidden: bool,
    /// Encoding, for text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub encoding: Option<String>,
    /// The sign between two cells, for text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub separator: Option<char>,
    /// Whether it was read as a table.
    pub read: bool,
    /// What it was taken for, and by what.
    pub taken: TakenFor,
    /// The table it was read as, or of which it seems to be.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub table: Option<Named>,
    /// Row of the header.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub header: Option<u32>,
    /// Columns that were read, by their place.
    pub columns: Vec<ColumnMatch>,
    /// Headers that name no declared column.
    pub unknown_headers: Vec<UnknownHeader>,
    /// Rows read.
    pub rows: u64,
    /// Rows left out.
    pub left_out: Vec<LeftOutRows>,
    /// What was found in it.
    pub findings: Vec<ReportFinding>,
    /// Words that stand for no declared value; for a mapping.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unknown_words: Vec<UnknownWord>,
    /// Columns whose days are written with the year last; for a mapping.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub day_orders: Vec<DayOrderGuess>,
}

/// What a source was taken for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum TakenFor {
    /// The table that the mapping gives its name to.
    Mapping,
    /// The table whose name the file has.
    FileName,
    /// The table whose name the sheet has.
    SheetName,
    /// The table whose name is the main part of the file's.
    LikeFileName,
    /// The table whose name is the main part of the sheet's.
    LikeSheetName,
    /// More of a table of the workbook, whose header it has.
    Header,
    /// A hidden sheet of a table.
    Hidden,
    /// A sheet of a workbook of one table, with another header.
    OtherHeader,
    /// A page that explains the others.
    Explanation,
    /// No table that is known.
    Unknown,
}

/// A declared table, column or value.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
pub struct Named {
    /// Its id.
    pub id: String,
    /// Its Chinese name.
    pub zh: String,
}

/// A column that was read.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ColumnMatch {
    /// 1-based place in the source.
    pub place: u32,
    /// Its header.
    pub header: String,
    /// The declared column.
    pub column: Named,
    /// By what it was recognised.
    pub by: MatchedBy,
}

/// By what a column was recognised.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum MatchedBy {
    /// Its own name.
    Name,
    /// A declared alias.
    Alias,
    /// The mapping.
    Mapping,
    /// A name that says the same in other words.
    Meaning,
    /// A name with more words around it.
    Words,
    /// The running number of the rows, in place of their code.
    RunningNumber,
    /// The place of the cells: levels side by side, items beside their values.
    Layout,
}

impl From<Option<Rank>> for MatchedBy {
    fn from(rank: Option<Rank>) -> Self {
        match rank {
            Some(Rank::Mapped) => Self::Mapping,
            Some(Rank::Own) => Self::Name,
            Some(Rank::Alias) => Self::Alias,
            Some(Rank::Meant) => Self::Meaning,
            Some(Rank::Wordy) => Self::Words,
            Some(Rank::Counted) => Self::RunningNumber,
            None => Self::Layout,
        }
    }
}

impl MatchedBy {
    /// Whether a person should look at it: neither its own name nor one that somebody wrote down.
    pub const fn is_likeness(self) -> bool {
        matches!(self, Self::Meaning | Self::Words | Self::RunningNumber)
    }
}

/// A header that names no declared column.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct UnknownHeader {
    /// As it stands.
    pub header: String,
    /// The missing column that it is most like, if it is like one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub like: Option<Named>,
}

/// Rows left out for one reason.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct LeftOutRows {
    /// The reason.
    pub reason: LeftOutReason,
    /// How many.
    pub total: u64,
    /// The first of them.
    pub rows: Vec<u32>,
}

/// A word that stands for no declared value of its column.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct UnknownWord {
    /// The declared column.
    pub column: Named,
    /// The word.
    pub word: String,
    /// How often it stands there.
    pub total: u64,
    /// The declared value that it is most like, if it is like one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub like: Option<Named>,
}

/// A column whose days are written with the year last.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct DayOrderGuess {
    /// The declared column.
    pub column: Named,
    /// `day/month/year` or `month/day/year`, where the days tell which.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub order: Option<&'static str>,
    /// One of the days.
    pub example: String,
}

/// A declared table that a submission does not have.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct MissingTable {
    /// The table.
    pub table: Named,
    /// Items of Appendix A whose rules look at it.
    pub items: Vec<String>,
}

/// A declared column that a table of the submission does not have.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct MissingColumn {
    /// The table.
    pub table: Named,
    /// The column.
    pub column: Named,
    /// Whether the table needs it.
    pub required: bool,
    /// Items of Appendix A whose rules look at it.
    pub items: Vec<String>,
}

impl SourceDiagnosis {
    /// Whether somebody has to look at it.
    pub fn is_odd(&self) -> bool {
        let passed_over = self.taken == TakenFor::Explanation;
        let by_likeness = self.columns.iter().any(|column| column.by.is_likeness());
        !passed_over && (!self.read || !self.findings.is_empty() || !self.unknown_headers.is_empty())
            || by_likeness
            || self.left_out.iter().any(|left| left.reason == LeftOutReason::Ragged)
    }
}
