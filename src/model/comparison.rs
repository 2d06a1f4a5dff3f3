//! What changes between two sets of packs, and whom it hits.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::outcome::Outcome;
use super::pack::PackInfo;
use super::report::{EligibilityStatus, Range, Unreadable, Verdict};
use super::text::Text;
use super::text_diff::LineChange;

/// Name and version of the JSON form.
pub const COMPARISON: &str = "wangge.rules-diff/1";

/// Two sets of packs compared.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Comparison {
    /// Always [`COMPARISON`].
    pub schema: String,
    /// The day on which settings hold or do not, ISO.
    pub as_of: String,
    /// The old packs, the lowest first.
    pub old: Vec<PackInfo>,
    /// The new packs, the lowest first.
    pub new: Vec<PackInfo>,
    /// What changes.
    pub changes: Vec<Change>,
    /// What will change from a later day.
    pub later: Vec<Change>,
    /// Whose scores change, where submissions were given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub effects: Option<Effects>,
}

/// One thing that changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Change {
    /// What kind of thing it is.
    pub section: Section,
    /// Its id.
    pub target: String,
    /// What it is called.
    pub title: Text,
    /// What of it; empty for the whole.
    pub field: String,
    /// How it changes.
    pub how: How,
    /// What it was.
    pub was: Text,
    /// What it is now.
    pub now: Text,
    /// Entries put into a list.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub put_in: Vec<String>,
    /// Entries taken out of it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub taken_out: Vec<String>,
    /// Lines of a file that change.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lines: Option<LineChange>,
    /// On what ground.
    #[serde(default, rename = "ground", skip_serializing_if = "Option::is_none")]
    pub provenance: Option<Provenance>,
}

/// Kinds of things, in the order in which they are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Section {
    /// Full mark and pass mark.
    Marks,
    /// Readings of the standard.
    Policy,
    /// Tables of the catalog.
    Table,
    /// Items.
    Item,
    /// Requirements.
    Requirement,
    /// Parameters of rules, keywords among them.
    Parameter,
    /// Rules.
    Rule,
    /// Libraries of rules.
    Library,
    /// Clauses.
    Clause,
    /// Tables of submissions.
    DataTable,
    /// Their columns.
    Column,
    /// Reference tables.
    Registry,
}

/// How a thing changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum How {
    /// It comes in.
    Added,
    /// It goes.
    Removed,
    /// It is otherwise.
    Changed,
    /// Another file takes its place.
    Replaced,
    /// It is switched off.
    SwitchedOff,
    /// It is switched off no longer.
    SwitchedOn,
}

/// On what ground a pack says something.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Provenance {
    /// Number of the document.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub document: String,
    /// Why.
    #[serde(default, skip_serializing_if = "Text::is_empty")]
    pub reason: Text,
    /// Day from which it holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// The pack.
    pub pack: String,
}

/// Whose scores change.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Effects {
    /// In numbers.
    pub summary: EffectSummary,
    /// Items by which scores change, those that hit most organizations first.
    pub causes: Vec<Cause>,
    /// Organizations whose score, verdict or eligibility changes: those with another verdict first, then by points.
    pub organizations: Vec<Effect>,
    /// Submissions that could not be read.
    pub unreadable: Vec<Unreadable>,
}

/// How many organizations are hit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct EffectSummary {
    /// Organizations assessed.
    pub organizations: usize,
    /// Their verdict changes.
    pub verdicts: usize,
    /// No end of their score falls, and one rises.
    pub up: usize,
    /// No end of their score rises, and one falls.
    pub down: usize,
    /// One end rises and the other falls.
    pub mixed: usize,
    /// Their score stays.
    pub same: usize,
    /// They could not be read.
    pub unreadable: usize,
}

/// An item by which scores change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Cause {
    /// Item id.
    pub item: String,
    /// What it is called.
    pub title: Text,
    /// Organizations whose points it changes.
    pub organizations: usize,
    /// By how much the low ends change together.
    pub low: i64,
    /// By how much the high ends change together.
    pub high: i64,
}

/// What changes for one organization.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Effect {
    /// Organization id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Path of its submission.
    pub path: String,
    /// By the old packs.
    pub old: Standing,
    /// By the new packs.
    pub new: Standing,
    /// Items whose points change, those that change most first.
    pub items: Vec<ItemEffect>,
}

/// Where an organization stands by one set of packs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Standing {
    /// Points for sure.
    pub low: u32,
    /// Points at most.
    pub high: u32,
    /// Full mark.
    pub full: u32,
    /// Pass mark.
    pub pass: u32,
    /// The verdict.
    pub verdict: Verdict,
    /// Whether an application is in order.
    pub eligibility: EligibilityStatus,
}

/// What changes in an item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ItemEffect {
    /// Item id.
    pub id: String,
    /// Its points by the old packs; nothing where they do not have it.
    pub old: Option<Range>,
    /// Its points by the new packs.
    pub new: Option<Range>,
    /// Requirements that are decided otherwise or lose other points.
    pub requirements: Vec<RequirementEffect>,
}

/// What changes in a requirement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RequirementEffect {
    /// Requirement id.
    pub id: String,
    /// By the old packs.
    pub old: Option<RequirementStanding>,
    /// By the new packs.
    pub new: Option<RequirementStanding>,
}

/// How a requirement stands by one set of packs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RequirementStanding {
    /// What was decided.
    pub outcome: Outcome,
    /// Points lost when all unknowns turn out bad.
    pub lost_low: u32,
    /// Points lost when all unknowns turn out well.
    pub lost_high: u32,
}

impl ItemEffect {
    /// By how much its low and high ends change.
    pub fn change(&self) -> (i64, i64) {
        let ends = |range: Option<Range>| {
            range.map_or((0, 0), |range| (i64::from(range.low), i64::from(range.high)))
        };
        let ((old_low, old_high), (new_low, new_high)) = (ends(self.old), ends(self.new));
        (new_low.saturating_sub(old_low), new_high.saturating_sub(old_high))
    }
}
