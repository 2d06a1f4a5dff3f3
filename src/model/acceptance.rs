//! Findings that do not count at the gate for now. They stay in the report, and no score depends on it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// On what ground a finding does not count at the gate.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Acceptance {
    /// Why.
    pub reason: String,
    /// Who waived it; nobody of what is known from a baseline.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub approver: String,
    /// Number of the document by which it was waived.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub document: String,
    /// The last day on which it does not count, ISO.
    pub expires: String,
}
