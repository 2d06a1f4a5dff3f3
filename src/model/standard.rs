//! What the packs in force say of the standard: what a report names by ids alone.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::catalog::Catalog;
use super::clause::Clauses;
use super::policy::Policies;

/// Tables, clauses and readings, with their texts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Standard {
    /// The scoring table.
    pub catalog: Catalog,
    /// The clauses.
    pub clauses: Clauses,
    /// Readings, with what each decides.
    pub policies: Policies,
}
