//! Named readings of the standard, with the clause each reads, its default and why.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::text::Text;

/// One named reading.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Policy {
    /// The reading in force.
    pub value: String,
    /// Every reading there is.
    pub values: Vec<String>,
    /// Clause or item read, such as `5/7.2` or `A.4`.
    pub clause: String,
    /// What is decided.
    pub title: Text,
    /// Why the default is what it is.
    pub why: Text,
}

/// The policy by which a deduction printed once may count each of its conditions.
pub const COUNTING: &str = "line_f";

/// All readings by name.
pub type Policies = BTreeMap<String, Policy>;
