//! Findings that do not count at the gate for now. They stay in the report, and no score depends on it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// On what ground a finding does not count at the gate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Acceptance {
    /// Why.
    pub reason: String,
    /// The last day on which it does not count, ISO.
    pub expires: String,
}
