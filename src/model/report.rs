//! The report, version 1: the one model every output is written from. Its JSON form is a contract.

use std::collections::BTreeMap;
use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::acceptance::Acceptance;
use super::assurance::{Assurance, PointsByAssurance};
use super::attachment::Attachments;
pub use super::eligibility::{Condition, Eligibility, EligibilityStatus};
use super::finding::{Location, Severity};
use super::grid::GridFindings;
use super::grid_map::GridMap;
use super::last_list::LastProblem;
use super::left_out::LeftOut;
pub use super::local_grade::GradeRange;
use super::outcome::Outcome;
pub use super::pack::{Override, PackInfo};
use super::plan::Plan;
use super::ruling::RulingLine;
use super::run_inputs::RunInputs;
use super::sample::Sample;
use super::standard::Standard;
use super::summary::Summary;
use super::text::Text;
pub use super::unusable::{BrokenRule, Unreadable};
use super::waiver::Waiver;

/// Name and version of the JSON form.
pub const SCHEMA: &str = "wangge.report/1";

/// The result of one run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Report {
    /// Always [`SCHEMA`].
    pub schema: String,
    /// What made it.
    pub tool: Tool,
    /// The day on which dates were judged, ISO.
    pub as_of: String,
    /// Whether organizations assess themselves: their own rulings count.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub self_evaluation: bool,
    /// Personal data stands in it as it was read.
    #[serde(default, skip_serializing_if = "is_not")]
    pub unmasked: bool,
    /// Packs in force.
    pub packs: Vec<PackInfo>,
    /// Readings of the standard in force.
    pub policies: BTreeMap<String, String>,
    /// What the packs say otherwise than those they are laid over, in the order in which they say it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub overrides: Vec<Override>,
    /// What else the run was given; reports of programs before this field have none.
    #[serde(default, skip_serializing_if = "RunInputs::is_empty")]
    pub inputs: RunInputs,
    /// Rules of the packs that do not compile: what they decide is unknown.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub broken: Vec<BrokenRule>,
    /// Texts of the tables, clauses and readings that are named by their ids; reports of programs before this field have
    /// none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub standard: Option<Arc<Standard>>,
    /// One entry for each organization that could be read, by path.
    pub organizations: Vec<Organization>,
    /// Submissions that could not be read, and why.
    pub unreadable: Vec<Unreadable>,
    /// Submissions the run did not come to because it was stopped: then this is no report of the whole.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub not_assessed: Vec<String>,
    /// Counts over all, and how organizations compare.
    pub summary: Summary,
    /// SHA-256 of what `-o jsonl` writes of the report, in hexadecimal: whether it still is as it was written. Only in a
    /// whole report of JSON; reports of programs before this field have none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub digest: String,
}

impl Report {
    /// The same without its organizations.
    #[must_use]
    pub fn without_organizations(&self) -> Self {
        Self { organizations: Vec::new(), ..self.clone() }
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the signature that serde calls")]
const fn is_not(flag: &bool) -> bool {
    !*flag
}

/// Name and version of the program.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Tool {
    /// `wangge`.
    pub name: String,
    /// Version.
    pub version: String,
}

/// The assessment of one organization.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Organization {
    /// Id from its submission.
    pub id: String,
    /// Name.
    pub name: String,
    /// `city`, `county`, `town`, `village`; empty where not given.
    pub level: String,
    /// Id of the parent organization.
    pub parent: String,
    /// What was read.
    pub submission: Submission,
    /// Part 5, clause 5: apart from the score.
    pub eligibility: Eligibility,
    /// The total.
    pub score: Score,
    /// Qualified, unqualified, or open.
    pub verdict: Verdict,
    /// Grade of what is qualified, where packs declare some.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grade: Option<GradeRange>,
    /// What the verdict hangs on.
    pub notes: Vec<Text>,
    /// What is not asked of it at the gate; left out where all is.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub waivers: Vec<Waiver>,
    /// Unknown requirements that decide an open verdict, the greatest first.
    pub deciding: Vec<Deciding>,
    /// The least that must be put right, where that was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plan: Option<Plan>,
    /// The list of what was to be put right last time, where one was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_list: Option<Vec<LastProblem>>,
    /// The score by the lowest pack alone, where others are laid over it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base: Option<BaseScore>,
    /// Tables in order.
    pub tables: Vec<ScoreTable>,
    /// Structural clauses.
    pub structure: Vec<ClauseOutcome>,
    /// What is wrong in the data.
    pub findings: Vec<ReportFinding>,
    /// The same by grid; left out where no finding points into a grid.
    #[serde(default, skip_serializing_if = "GridFindings::is_empty")]
    pub grids: GridFindings,
    /// Where its grids lie; left out where none has a boundary as coordinates.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub map: Option<GridMap>,
    /// The files that came with the tables; left out where there are none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attachments: Option<Attachments>,
    /// What was drawn to be looked at on site, where that was asked for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub samples: Vec<Sample>,
    /// Rows that were read as no data, such as totals and signatures; left out where there are none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub left_out: Vec<LeftOut>,
}

/// A submission.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Submission {
    /// Path as given.
    pub path: String,
    /// Digest.
    pub sha256: String,
}

/// A score: always a range.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Score {
    /// Points for sure.
    pub low: u32,
    /// Points at most.
    pub high: u32,
    /// Full mark declared (Part 5, 8.2).
    pub full: u32,
    /// Pass mark (Part 5, 8.3).
    pub pass: u32,
    /// The same without any ruling.
    pub before_rulings: Range,
    /// What the low end rests on.
    #[serde(default)]
    pub by_assurance: PointsByAssurance,
    /// The score where rows without their file count, and where they do not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by_evidence: Option<PointsByEvidence>,
}

/// The score under both readings of the policy `evidence`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PointsByEvidence {
    /// What rows claim counts.
    pub claims: Range,
    /// What rows claim without their file is unknown.
    pub files: Range,
}

/// The score by the lowest pack alone: the national one beside the local one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct BaseScore {
    /// Id of the pack.
    pub pack: String,
    /// What it is called.
    pub title: Text,
    /// The score.
    pub score: Score,
    /// The verdict.
    pub verdict: Verdict,
}

/// A range of points.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Range {
    /// Lowest.
    pub low: u32,
    /// Highest.
    pub high: u32,
}

/// The result of an assessment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// Low end at or above the pass mark.
    Qualified,
    /// High end below the pass mark.
    Unqualified,
    /// Neither.
    Open,
}

/// An unknown requirement on which an open verdict hangs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Deciding {
    /// Requirement or banded item.
    pub target: String,
    /// Points by which the low end rises if it is met.
    pub points: u32,
}

/// One table, such as A.1.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ScoreTable {
    /// Table id.
    pub id: String,
    /// Points its heading declares.
    pub declared: u32,
    /// Lowest.
    pub low: u32,
    /// Highest.
    pub high: u32,
    /// Items in order.
    pub items: Vec<ScoreItem>,
}

/// One item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ScoreItem {
    /// Item id.
    pub id: String,
    /// Points it is worth.
    pub points: u32,
    /// Lowest.
    pub low: u32,
    /// Highest.
    pub high: u32,
    /// What the organization's own score sheet gives it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub self_score: Option<String>,
    /// Outcome of an item that awards by bands; its requirements are empty.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub award: Option<AwardLine>,
    /// Requirements in order.
    pub requirements: Vec<RequirementLine>,
}

impl Organization {
    /// Why a requirement or banded item was decided as it was.
    pub fn reason(&self, target: &str) -> Option<&Text> {
        let items = || self.tables.iter().flat_map(|table| &table.items);
        let mut lines = items().flat_map(|item| &item.requirements);
        let line = lines.find(|line| line.id == target).map(|line| &line.reason);
        line.or_else(|| items().find(|item| item.id == target)?.award.as_ref().map(|award| &award.reason))
    }
}

impl ScoreItem {
    /// Nothing is there of what is owed, and the item has no points (Part 5, 7.2): then its requirements say no more
    /// than the item, and what they lose does not add up to what the item loses.
    pub fn wholly_absent(&self) -> bool {
        let mut owed =
            self.requirements.iter().filter(|line| line.outcome != Outcome::NotApplicable).peekable();
        self.high == 0 && owed.peek().is_some() && owed.all(|line| line.outcome == Outcome::Absent)
    }
}

/// How an item that awards by bands was decided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct AwardLine {
    /// What was decided.
    pub outcome: Outcome,
    /// The value measured.
    pub value: Option<String>,
    /// Who decided.
    pub source: Decider,
    /// Why.
    pub reason: Text,
    /// How it is known, where it earns points.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assurance: Option<Assurance>,
    /// Every ruling on it, in the order of the files.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rulings: Vec<RulingLine>,
}

/// Who decided a requirement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Decider {
    /// A rule, from data.
    Rule,
    /// A person.
    Ruling,
}

/// One requirement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RequirementLine {
    /// Requirement id.
    pub id: String,
    /// Points lost at most.
    pub deduct: u32,
    /// What was decided.
    pub outcome: Outcome,
    /// The greater deduction of the same thing is made instead.
    pub superseded: bool,
    /// Points lost when all unknowns turn out bad.
    pub lost_low: u32,
    /// Points lost when all unknowns turn out well.
    pub lost_high: u32,
    /// Who decided.
    pub source: Decider,
    /// The value measured.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// What the rule found, where a ruling overturned it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub overturned: Option<Outcome>,
    /// Why.
    pub reason: Text,
    /// How it is known, where it earns points.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assurance: Option<Assurance>,
    /// Every ruling on it, in the order of the files.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rulings: Vec<RulingLine>,
}

/// Outcome of a structural clause.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ClauseOutcome {
    /// Such as `2/10.6`.
    pub clause: String,
    /// Rule that decided it; empty where none can.
    pub rule: String,
    /// What was decided.
    pub outcome: Outcome,
    /// Why.
    pub reason: Text,
}

/// One diagnostic.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ReportFinding {
    /// Rule that made it.
    pub rule: String,
    /// What it is about.
    pub target: String,
    /// How grave it is.
    pub severity: Severity,
    /// What is wrong and why.
    pub message: Text,
    /// What to do.
    pub help: Text,
    /// Stays the same while the same thing is wrong, wherever its row moves.
    pub fingerprint: String,
    /// Places shown.
    pub locations: Vec<Location>,
    /// Places in all.
    pub total: usize,
    /// On what ground it does not count at the gate, where a baseline has it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accepted: Option<Acceptance>,
}
