//! Plans: the least that must be put right so that an organization has a number of points for sure.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::digest::Digest;
use super::outcome::Outcome;
use super::text::Text;

/// Cost of putting one target right where none is stated.
pub const COST: u32 = 1;

/// What is aimed at, and what it may cost.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Aim {
    /// Points to have for sure.
    pub target: u32,
    /// Stated costs by target; none for what cannot be put right.
    pub costs: BTreeMap<String, Option<u32>>,
}

impl Aim {
    /// What it costs to put a target right; none where it cannot be.
    pub fn cost(&self, target: &str) -> Option<u32> {
        self.costs.get(target).copied().unwrap_or(Some(COST))
    }

    /// Digest of all of it.
    pub fn digest(&self) -> String {
        let costs = self.costs.iter().flat_map(|(target, cost)| {
            [target.clone(), cost.map_or_else(String::new, |cost| cost.to_string())]
        });
        let parts = [self.target.to_string()].into_iter().chain(costs);
        parts.fold(Digest::default(), |digest, part| digest.part(part.as_bytes())).hex()
    }
}

/// The least that must be put right to have the points aimed at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Plan {
    /// Points aimed at: the low end of the score has to reach them.
    pub target: u32,
    /// Whether it does, can, or cannot.
    pub status: PlanStatus,
    /// What is to be put right, in the order of the catalog: of all sets that reach the target, the one that costs
    /// least; of these, the one with the fewest steps, and then the one with the most points. Where none reaches it,
    /// the one with the most points.
    pub steps: Vec<PlanStep>,
    /// What all steps cost together.
    pub cost: u64,
    /// The low end once all steps are done.
    pub low: u32,
    /// The greatest low end that any steps bring.
    pub most: u32,
    /// Why more than `most` cannot be reached, where the target is beyond it.
    pub limits: Vec<Text>,
    /// Where the target lies within the score, the unknowns it hangs on, the greatest first.
    pub open: Vec<OpenTarget>,
}

/// Whether a target can be reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum PlanStatus {
    /// The low end is there already.
    Reached,
    /// The steps bring it there.
    Reachable,
    /// Nothing does.
    Unreachable,
}

/// One requirement or banded item to be put right.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PlanStep {
    /// Its id.
    pub target: String,
    /// What was decided of it: an unknown may be met already and only has to be shown.
    pub outcome: Outcome,
    /// What it costs.
    pub cost: u32,
    /// Points of the low end that are lost if this step alone is left out.
    pub points: u32,
    /// The low end once this step and those before it are done.
    pub after: u32,
    /// How far it has to go where less than all of it is enough, if every other step goes as far as it says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub enough: Option<Text>,
}

/// An unknown that a target within the score hangs on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct OpenTarget {
    /// Requirement or banded item.
    pub target: String,
    /// The more of what the low end gains if it is met and what the high end loses if it is not.
    pub swing: u32,
    /// The low end if it alone turns out met.
    pub low_if_met: u32,
    /// The high end if it alone turns out not met.
    pub high_if_unmet: u32,
    /// What it decides alone.
    pub decides: Decides,
}

/// What one unknown alone decides of a target.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Decides {
    /// The target is reached if it is met, and missed if it is not.
    Both,
    /// It is reached if it is met.
    Reached,
    /// It is missed if it is not met.
    Missed,
    /// Nothing alone.
    Neither,
}
