//! What a lint finds in a rule: plain data, for a terminal, a program or an editor.

use serde::{Deserialize, Serialize};

use super::fault::Fault;

/// How grave it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LintLevel {
    /// The rule is certain to stop, or what it decides cannot be taken.
    Error,
    /// It is most likely a mistake, or will become one.
    Warning,
    /// Good to know.
    Info,
}

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LintFinding {
    /// How grave it is.
    pub level: LintLevel,
    /// Id of the rule; empty where it is about a library.
    pub rule: String,
    /// The lint as its code, what is wrong, where, and what to do.
    pub fault: Fault,
}

impl LintFinding {
    /// What findings are sorted by: file, line, column, code.
    pub fn order(&self) -> (&str, u32, u32, &str) {
        let fault = &self.fault;
        let column = fault.column.as_ref().and_then(|column| column.parse().ok()).unwrap_or_default();
        (fault.file.as_deref().unwrap_or_default(), fault.row.unwrap_or_default(), column, fault.code)
    }
}
