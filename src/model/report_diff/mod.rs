//! What differs between two reports, or two folders of them, and why scores moved.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use self::organization::{
    CauseGroup, Change, Changed, DecisionState, FindingChange, FindingEntry, FindingState, ItemDiff,
    ItemState, OrganizationDiff, RequirementDiff, RequirementState, RulingChange, TableState,
};
use super::comparison::Cause as ItemCause;
use super::report::Verdict;
use super::text::Text;
use super::unusable::Unreadable;

mod organization;

/// Name and version of the JSON form.
pub const REPORT_DIFF: &str = "wangge.diff/1";

/// Two reports, or two folders of them, compared. Only what differs stands in the lists.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ReportDiff {
    /// Always [`REPORT_DIFF`].
    pub schema: String,
    /// The old reports.
    pub old: Vec<ReportSource>,
    /// The new reports.
    pub new: Vec<ReportSource>,
    /// Personal data is masked on one side only: names, messages and the texts of rulings were not compared there.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub masking_differs: bool,
    /// In numbers.
    pub summary: DiffSummary,
    /// What the runs were made with, where it differs; reports that differ alike stand together.
    pub settings: Vec<SettingsDiff>,
    /// Items by which scores moved, those that moved most organizations first.
    pub items: Vec<ItemCause>,
    /// Organizations in the new reports alone.
    pub added: Vec<OrganizationEntry>,
    /// Organizations in the old reports alone.
    pub removed: Vec<OrganizationEntry>,
    /// Organizations in both that differ: those with another verdict first, then by points.
    pub organizations: Vec<OrganizationDiff>,
    /// Organizations that were matched by the paths of their submissions, since their ids do not tell them apart.
    pub matched_by_path: Vec<PathMatch>,
    /// Reports none of whose organizations is on the other side: what they were made with was not compared.
    pub unpaired: Vec<String>,
    /// Submissions that could not be read on one side, or for another reason, by path.
    pub unreadable: Vec<Changed<Unreadable>>,
    /// Submissions that a run did not come to: on the new side alone, and on the old side alone.
    pub not_assessed: NotAssessed,
    /// Titles of the tables, items, requirements and clauses named above.
    pub titles: BTreeMap<String, Text>,
}

/// A report that was compared.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ReportSource {
    /// Its file.
    pub file: String,
    /// The day on which dates were judged, ISO.
    pub as_of: String,
    /// Version of the program that wrote it.
    pub tool: String,
    /// Organizations in it.
    pub organizations: usize,
    /// Personal data stands in it as it was read.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub unmasked: bool,
}

/// How many there are of what.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DiffSummary {
    /// Organizations on both sides.
    pub matched: usize,
    /// On the new side alone.
    pub added: usize,
    /// On the old side alone.
    pub removed: usize,
    /// Of those on both sides: they differ in something.
    pub changed: usize,
    /// Another verdict.
    pub verdicts: usize,
    /// No end of their score falls, and one rises.
    pub up: usize,
    /// No end of their score rises, and one falls.
    pub down: usize,
    /// One end rises and the other falls.
    pub mixed: usize,
    /// Their score stays.
    pub same: usize,
    /// Findings on the new side alone.
    pub findings_new: usize,
    /// Findings on the old side alone.
    pub findings_gone: usize,
    /// Findings that are told otherwise.
    pub findings_changed: usize,
    /// Rulings that differ.
    pub rulings: usize,
    /// Why scores moved, over all organizations.
    pub causes: Vec<CauseCount>,
}

/// How often a cause was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CauseCount {
    /// One cause, or several of which the reports do not tell which it was; none where they name nothing that differs.
    pub causes: Vec<Cause>,
    /// Organizations whose score moved by it.
    pub organizations: usize,
    /// Requirements and items of theirs.
    pub targets: usize,
}

/// Why points moved, the surest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Cause {
    /// Rulings on it, or whether a person or a rule decided it, differ.
    Ruling,
    /// The digest of the submission differs.
    Data,
    /// Packs differ.
    Pack,
    /// Readings of the standard differ.
    Policy,
    /// What files were read with differs: registry of standards, mappings, encoding.
    Reading,
    /// The day on which dates were judged differs.
    Day,
    /// The version of the program differs.
    Tool,
    /// Whether organizations assess themselves differs.
    SelfEvaluation,
}

/// What runs were made with, where it differs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SettingsDiff {
    /// The reports that differ so.
    pub reports: Vec<ReportPair>,
    /// What differs.
    pub changes: Vec<SettingChange>,
}

/// An old report and the new one that was held against it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct ReportPair {
    /// File of the old one.
    pub old: String,
    /// File of the new one.
    pub new: String,
}

/// One setting that differs.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct SettingChange {
    /// What kind of setting it is.
    pub kind: SettingKind,
    /// Which one: the pack, the policy, what is overridden, the rule; empty where there is only one.
    pub id: String,
    /// What of it; empty for the whole.
    pub field: String,
    /// What it was; none where there was none.
    pub was: Option<String>,
    /// What it is now; none where there is none.
    pub now: Option<String>,
}

/// Kinds of settings, in the order in which they are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum SettingKind {
    /// The day on which dates are judged.
    Day,
    /// Version of the program.
    Tool,
    /// Whether organizations assess themselves.
    SelfEvaluation,
    /// Whether personal data is masked.
    Masking,
    /// Packs, with version, digest, key and place among the others.
    Pack,
    /// Readings of the standard.
    Policy,
    /// Files and options that the run was given: rulings, registry, mappings and such.
    Input,
    /// What packs say otherwise than those they are laid over.
    Override,
    /// Rules that do not compile.
    BrokenRule,
}

/// An organization on one side alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct OrganizationEntry {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Path of its submission.
    pub path: String,
    /// Points for sure.
    pub low: u32,
    /// Points at most.
    pub high: u32,
    /// The verdict.
    pub verdict: Verdict,
}

/// Organizations matched by path.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct PathMatch {
    /// The path.
    pub path: String,
    /// The id in the old report.
    pub old_id: String,
    /// The id in the new report.
    pub new_id: String,
}

/// Submissions that a run did not come to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct NotAssessed {
    /// On the new side alone.
    pub new: Vec<String>,
    /// On the old side alone.
    pub gone: Vec<String>,
}

impl ReportDiff {
    /// Whether anything differs.
    pub fn differs(&self) -> bool {
        let unread = &self.not_assessed;
        let lists = [self.settings.len(), self.added.len(), self.removed.len(), self.organizations.len()];
        let more = [self.unreadable.len(), unread.new.len(), unread.gone.len()];
        lists.into_iter().chain(more).any(|count| count > 0)
    }
}
