//! The files behind the tables of a submission, as reports list them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::finding::Location;
use super::text::Text;

/// The files that came with the tables of an organization.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Attachments {
    /// Rows of the tables whose rows have files.
    pub rows: u64,
    /// Of these, rows whose file is there, opens and has something in it.
    pub backed: u64,
    /// The files, sorted by name.
    pub files: Vec<Attachment>,
}

/// A file of a submission that is no table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Attachment {
    /// Name inside the submission, with `/`.
    pub file: String,
    /// What it is by its bytes.
    pub format: Text,
    /// Size.
    pub bytes: u64,
    /// SHA-256 of its bytes in hexadecimal; empty where they could not be read.
    pub sha256: String,
    /// Pages, where that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pages: Option<u32>,
    /// Characters of its text but for blanks; left out where its text was not read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub characters: Option<u64>,
    /// Whether it opens and has something in it.
    pub condition: Condition,
    /// What is the matter with it, or why its text was not read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remark: Option<Text>,
    /// The first file that has the same bytes, or the same text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub same_as: Option<String>,
    /// Number of rows that have it as their file.
    pub claims: u64,
    /// The first of these, at the cell that names it.
    pub claimed_at: Vec<Location>,
}

/// What can be said of a file without a person looking at it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Condition {
    /// It opens.
    Opens,
    /// It opens, and nothing is in it.
    Blank,
    /// It does not open: it has a password, is damaged, or is made to do harm.
    Closed,
}

impl Condition {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Opens, Self::Blank, Self::Closed];

    /// In words, Chinese and English.
    pub const fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Opens => ("能打开", "opens"),
            Self::Blank => ("空白", "blank"),
            Self::Closed => ("打不开", "does not open"),
        }
    }
}
