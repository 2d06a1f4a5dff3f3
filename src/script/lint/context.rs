//! What the lints look things up in, and what the tests of a rule came to.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::model::catalog::Catalog;
use crate::model::clause::Clauses;
use crate::model::policy::Policies;
use crate::script::error::RuleFault;
use crate::script::runtime::rule::{Libraries, Rule};
use crate::table::table_schema::Declarations;

/// What the lints look things up in.
#[derive(Clone, Copy)]
pub struct LintContext<'g> {
    /// Engine and libraries.
    pub libraries: &'g Libraries,
    /// Declared tables.
    pub declarations: &'g Declarations,
    /// The scoring table.
    pub catalog: &'g Catalog,
    /// Clauses of the standard.
    pub clauses: &'g Clauses,
    /// Readings of the standard.
    pub policies: &'g Policies,
    /// Rules in force: they have parameters that packs declare for them.
    pub rules: &'g [Arc<Rule>],
}

/// What the tests of a rule came to.
#[derive(Clone, Debug, Default)]
pub struct TestedFile {
    /// The file as shown, and its text.
    pub file: String,
    /// Its text.
    pub text: String,
    /// Tests by name: why each failed, if it did.
    pub failed: BTreeMap<String, Option<RuleFault>>,
    /// Tests that expected nothing.
    pub empty: BTreeSet<String>,
}
