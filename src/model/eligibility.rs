//! Whether an application for assessment is in order: apart from the score.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::outcome::Outcome;
use super::text::Text;

/// Whether an application for assessment is in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum EligibilityStatus {
    /// Every condition holds.
    Eligible,
    /// A condition fails.
    Ineligible,
    /// A condition cannot be told from the data.
    Open,
}

/// Part 5, clause 5.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Eligibility {
    /// All conditions together.
    pub status: EligibilityStatus,
    /// One by one.
    pub conditions: Vec<Condition>,
}

/// One condition of eligibility.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Condition {
    /// Such as `5/5.1`.
    pub clause: String,
    /// What was decided.
    pub status: Outcome,
    /// Why.
    pub reason: Text,
}
