//! The gate: the conditions under which a run exits 0. They judge reports and change nothing in them.
//!
//! ```text
//! `--gate NAME=VALUE`, `[gate]` of wangge.toml ──parse──▶ Condition ─┐
//! Organization ───────────────────────────────────────────────────┴──shortfall──▶ GateResult ─▶ exit code, one line
//! ```

pub mod baseline;
mod condition;
mod entry_error;
mod entry_file;
mod ratchet;
mod result;
mod shortfall;
pub mod waivers;

pub use self::condition::{Condition, Part, schema};
pub use self::entry_error::EntryError;
pub use self::ratchet::Ratchet;
pub use self::result::GateResult;

use crate::model::fault::Fault;
use crate::model::finding::Severity;
use crate::model::standard::Standard;

/// What must hold of every organization.
#[derive(Clone, Debug)]
pub struct Gate {
    /// The conditions, each of another kind or about another thing.
    conditions: Vec<Condition>,
}

impl Default for Gate {
    /// Every organization is qualified.
    fn default() -> Self {
        Self { conditions: vec![Condition::QUALIFIED] }
    }
}

impl Gate {
    /// No condition at all.
    pub const OPEN: Self = Self { conditions: Vec::new() };

    /// One condition alone.
    pub fn only(condition: Condition) -> Self {
        Self { conditions: vec![condition] }
    }

    /// The default with further conditions, of which a later one stands for an earlier one about the same thing.
    pub fn with(further: impl IntoIterator<Item = Condition>) -> Self {
        let mut gate = Self::default();
        for condition in further {
            gate.conditions.retain(|known| !known.is_about_the_same_as(&condition));
            gate.conditions.push(condition);
        }
        gate
    }

    /// The same, where nothing is said of findings with no error or warning that is new.
    #[must_use]
    pub fn with_findings(mut self) -> Self {
        let new = Condition::Findings(Some(Severity::Warning));
        if !self.conditions.is_empty()
            && !self.conditions.iter().any(|known| known.is_about_the_same_as(&new))
        {
            self.conditions.push(new);
        }
        self
    }

    /// What some conditions name and the standard with its packs does not have.
    pub fn faults(&self, standard: &Standard) -> Vec<Fault> {
        self.conditions.iter().filter_map(|condition| condition.fault(standard)).collect()
    }
}
