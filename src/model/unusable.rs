//! What a run could not use: rules that do not compile, submissions that cannot be read.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::fault::Fault;
use super::text::Text;

/// A rule that does not compile.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct BrokenRule {
    /// Id of the rule, by the name of its file.
    pub rule: String,
    /// Its file.
    pub file: String,
    /// 1-based line; left out where it is about the whole file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
    /// 1-based column in characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub column: Option<u32>,
    /// What is wrong.
    pub message: Text,
    /// What to do.
    pub help: Text,
}

/// A submission that could not be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Unreadable {
    /// Path as given.
    pub path: String,
    /// Why.
    pub message: Text,
    /// File of the submission that is at fault, where one is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// Sheet of a workbook.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sheet: Option<String>,
    /// 1-based row or line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub row: Option<u32>,
    /// Column, by its header or its 1-based number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub column: Option<String>,
}

impl Unreadable {
    /// The submission at a path, for this reason.
    pub fn new(path: String, fault: &Fault) -> Self {
        let Fault { message, file, sheet, row, column, .. } = fault.clone();
        Self { path, message, file, sheet, row, column }
    }
}
