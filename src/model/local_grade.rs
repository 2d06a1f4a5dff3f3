//! The grade of what is qualified, as packs declare grades.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::text::Text;

/// Grades that an organization has for sure and at most.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct GradeRange {
    /// For sure; none where it reaches none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub low: Option<Text>,
    /// At most.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub high: Option<Text>,
}
