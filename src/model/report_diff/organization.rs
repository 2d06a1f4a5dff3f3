//! What differs in one organization.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Cause;
use crate::model::assurance::Assurance;
use crate::model::eligibility::EligibilityStatus;
use crate::model::finding::{Location, Severity};
use crate::model::outcome::Outcome;
use crate::model::report::{BaseScore, Decider, Score, Verdict};
use crate::model::ruling::RulingLine;
use crate::model::text::Text;

/// A thing that differs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "Changed_{T}")]
pub struct Changed<T> {
    /// Its id.
    pub id: String,
    /// As it was; none where it was not there.
    pub was: Option<T>,
    /// As it is now; none where it is not there any more.
    pub now: Option<T>,
}

/// A value that differs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "Change_{T}")]
pub struct Change<T> {
    /// As it was; none where it was not there.
    pub was: Option<T>,
    /// As it is now; none where it is not there any more.
    pub now: Option<T>,
}

/// What differs in an organization. What does not is left out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct OrganizationDiff {
    /// Id in the new report.
    pub id: String,
    /// Name in the new report.
    pub name: String,
    /// Path of its submission in the old report.
    pub old_path: String,
    /// Path of its submission in the new report.
    pub new_path: String,
    /// Its name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub named: Option<Change<String>>,
    /// Its level.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<Change<String>>,
    /// Its parent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<Change<String>>,
    /// SHA-256 of its submission.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub data: Option<Change<String>>,
    /// The verdict.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verdict: Option<Change<Verdict>>,
    /// Whether an application is in order.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub eligibility: Option<Change<EligibilityStatus>>,
    /// Conditions of that, by clause.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conditions: Vec<Changed<Outcome>>,
    /// The total, with marks, points before rulings and points by assurance.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub score: Option<Change<Score>>,
    /// Why the score moved; none where it stays.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub why: Vec<CauseGroup>,
    /// The score by the lowest pack alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base: Option<Change<BaseScore>>,
    /// Tables.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tables: Vec<Changed<TableState>>,
    /// Items.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub items: Vec<ItemDiff>,
    /// Requirements.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub requirements: Vec<RequirementDiff>,
    /// Structural clauses.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub clauses: Vec<Changed<Outcome>>,
    /// Findings in the new report alone.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub findings_new: Vec<FindingEntry>,
    /// Findings in the old report alone.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub findings_gone: Vec<FindingEntry>,
    /// Findings that are told otherwise.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub findings_changed: Vec<FindingChange>,
    /// Rulings that differ.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rulings: Vec<RulingChange>,
}

/// Requirements and items whose points moved for the same reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CauseGroup {
    /// One cause, or several of which the reports do not tell which it was; none where they name nothing that differs.
    pub causes: Vec<Cause>,
    /// Requirements and items; empty where only the total moved.
    pub targets: Vec<String>,
}

/// The points of a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct TableState {
    /// Points its heading declares.
    pub declared: u32,
    /// Lowest.
    pub low: u32,
    /// Highest.
    pub high: u32,
}

/// What differs in an item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ItemDiff {
    /// Item id.
    pub id: String,
    /// As it was; none where it was not there.
    pub was: Option<ItemState>,
    /// As it is now; none where it is not there any more.
    pub now: Option<ItemState>,
    /// Why its points moved, where no requirement of it tells; left out where they stay.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub causes: Option<Vec<Cause>>,
}

/// How an item stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ItemState {
    /// Points it is worth.
    pub points: u32,
    /// Lowest.
    pub low: u32,
    /// Highest.
    pub high: u32,
    /// What the organization's own score sheet gives it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub self_score: Option<String>,
    /// How it was decided, where it awards by bands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub award: Option<DecisionState>,
}

/// What differs in a requirement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RequirementDiff {
    /// Requirement id.
    pub id: String,
    /// As it was; none where it was not there.
    pub was: Option<RequirementState>,
    /// As it is now; none where it is not there any more.
    pub now: Option<RequirementState>,
    /// Why its points moved; left out where they stay.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub causes: Option<Vec<Cause>>,
}

/// How a requirement stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RequirementState {
    /// How it was decided.
    #[serde(flatten)]
    pub decision: DecisionState,
    /// Points lost at most.
    pub deduct: u32,
    /// The greater deduction of the same thing is made instead.
    pub superseded: bool,
    /// Points lost when all unknowns turn out bad.
    pub lost_low: u32,
    /// Points lost when all unknowns turn out well.
    pub lost_high: u32,
}

/// How a requirement or an item by bands was decided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DecisionState {
    /// What was decided.
    pub outcome: Outcome,
    /// The value measured.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// Who decided.
    pub source: Decider,
    /// What the rule found, where a ruling overturned it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub overturned: Option<Outcome>,
    /// How it is known, where it earns points.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assurance: Option<Assurance>,
    /// Why. Its wording alone is no difference.
    pub reason: Text,
}

/// A finding on one side alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct FindingEntry {
    /// Fingerprint.
    pub fingerprint: String,
    /// Rule that made it.
    pub rule: String,
    /// What it is about.
    pub target: String,
    /// What it says.
    #[serde(flatten)]
    pub state: FindingState,
    /// The first of its places.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Location>,
}

/// What a finding says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct FindingState {
    /// How grave it is.
    pub severity: Severity,
    /// What is wrong and why.
    pub message: Text,
    /// Places in all.
    pub total: usize,
}

/// A finding that is told otherwise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct FindingChange {
    /// Fingerprint.
    pub fingerprint: String,
    /// Rule that made it.
    pub rule: String,
    /// What it is about.
    pub target: String,
    /// What it said.
    pub was: FindingState,
    /// What it says now.
    pub now: FindingState,
}

/// A ruling that differs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RulingChange {
    /// Requirement or item.
    pub target: String,
    /// `team` or `self`.
    pub role: String,
    /// Name of the person.
    pub by: String,
    /// As it was; none where there was none.
    pub was: Option<RulingLine>,
    /// As it is now; none where there is none any more.
    pub now: Option<RulingLine>,
}

impl<T: PartialEq> Change<T> {
    /// The difference between two values; none where there is none.
    pub fn between(was: Option<T>, now: Option<T>) -> Option<Self> {
        (was != now).then_some(Self { was, now })
    }
}

impl OrganizationDiff {
    /// Whether anything differs.
    pub fn differs(&self) -> bool {
        let unchanged = Self {
            id: self.id.clone(),
            name: self.name.clone(),
            old_path: self.old_path.clone(),
            new_path: self.new_path.clone(),
            ..Self::default()
        };
        *self != unchanged
    }

    /// By how much the ends of its score moved.
    pub fn direction(&self) -> (i64, i64) {
        let ends = |score: Option<&Score>| {
            score.map_or((0, 0), |score| (i64::from(score.low), i64::from(score.high)))
        };
        let Some(score) = &self.score else { return (0, 0) };
        let ((old_low, old_high), (new_low, new_high)) = (ends(score.was.as_ref()), ends(score.now.as_ref()));
        (new_low.saturating_sub(old_low), new_high.saturating_sub(old_high))
    }
}
