//! Outcomes: what a rule, or a person, decided of a requirement.

use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::assurance::Assurance;
use super::finding::Location;
use super::grid::ByGrid;
use super::text::Text;

/// What was decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// The requirement is fulfilled.
    Met,
    /// It is not.
    Unmet,
    /// There is nothing to judge.
    Absent,
    /// The data cannot tell.
    Unknown,
    /// Not needed here, by a ruling of the team.
    NotApplicable,
}

impl Outcome {
    /// In words, Chinese and English.
    pub const fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Met => ("符合", "met"),
            Self::Unmet => ("不符合", "unmet"),
            Self::Absent => ("缺失", "absent"),
            Self::Unknown => ("待定", "unknown"),
            Self::NotApplicable => ("不适用", "not applicable"),
        }
    }
}

/// A measured value that bands or counts turn into points.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Measure {
    /// A percentage or a number of things missing.
    Number(Decimal),
    /// A named level, such as `national` or `significant`.
    Level(String),
}

/// A rule's decision on one requirement, or on one item that awards by bands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// What was decided.
    pub outcome: Outcome,
    /// The value measured, for graded requirements and banded items.
    pub measure: Option<Measure>,
    /// Why, naming the evidence where met.
    pub reason: Text,
    /// What to do in this very case; empty where the general remedy says it.
    pub help: Text,
    /// Evidence or fault, capped.
    pub locations: Vec<Location>,
    /// Places in all.
    pub total: usize,
    /// Places in all by grid, where the decision is against the organization.
    pub grids: ByGrid,
    /// The rule could not be run to its end; counts as unknown.
    pub broken: bool,
    /// How it is known, where it is in favour of the organization.
    pub assurance: Assurance,
    /// Rows it rests on that ought to have a file and have none, where it is in favour of the organization.
    pub without_file: usize,
}

impl Decision {
    /// A decision without places.
    pub fn plain(outcome: Outcome, reason: Text) -> Self {
        Self {
            outcome,
            measure: None,
            reason,
            help: Text::default(),
            locations: Vec::new(),
            total: 0,
            grids: ByGrid::default(),
            broken: false,
            assurance: Assurance::Claimed,
            without_file: 0,
        }
    }
}
