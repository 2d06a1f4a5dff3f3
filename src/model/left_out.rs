//! Rows under a header that are no data, and why.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Rows of a file or sheet that were left out for one reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct LeftOut {
    /// Path inside the submission.
    pub file: String,
    /// Sheet of a workbook.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sheet: Option<String>,
    /// The reason.
    pub reason: LeftOutReason,
    /// How many.
    pub total: u64,
    /// The first of them, as a spreadsheet counts.
    pub rows: Vec<u32>,
}

/// Why rows were left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum LeftOutReason {
    /// Sums of the rows above.
    Total,
    /// Remarks, signatures, numbers of pages.
    Remark,
    /// The title, printed again.
    Title,
    /// The header, printed again.
    Header,
    /// Nothing filled in.
    Blank,
    /// Under the header, to explain it.
    Explanation,
    /// More cells than the header has columns.
    Ragged,
}
