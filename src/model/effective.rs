//! Values in force, and where each comes from.

use super::pack::OverrideKind;

/// A value in force, or one that will be from a later day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Effective {
    /// What kind of thing has it.
    pub kind: OverrideKind,
    /// Id of the thing.
    pub target: String,
    /// What of it; empty for the whole.
    pub field: String,
    /// The value.
    pub value: String,
    /// What it was in the packs below, where it was set otherwise.
    pub was: Option<String>,
    /// Pack it comes from.
    pub pack: String,
    /// File it stands in.
    pub file: String,
    /// 1-based line; 0 where only the file is known.
    pub line: u32,
    /// Number of the document that decided it.
    pub document: String,
    /// Day from which it holds, where it does not yet.
    pub from: Option<String>,
}
