//! Rulings: a person's decisions on items and requirements.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::date::Date;
use super::outcome::Measure;

/// Who decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// The organization itself, in its self-evaluation.
    Own,
    /// The assessment team.
    Team,
}

/// What was decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Fulfilled.
    Met,
    /// Not fulfilled.
    Unmet,
    /// Nothing there.
    Absent,
    /// Not needed here (Part 5, 7.2).
    NotApplicable,
    /// A value that bands or counts turn into points.
    Value(Measure),
}

/// One ruling, read and checked.
#[derive(Clone, Debug)]
pub struct Ruling {
    /// Organization id; empty where there is only one.
    pub organization: String,
    /// Item or requirement id.
    pub target: String,
    /// The decision.
    pub verdict: Verdict,
    /// Who decided.
    pub role: Role,
    /// Name of the person; personal data.
    pub by: String,
    /// Day of the decision.
    pub date: Date,
    /// Last day on which it holds.
    pub expires: Option<Date>,
    /// Why.
    pub reason: String,
    /// What it rests on.
    pub evidence: String,
    /// File the ruling stands in.
    pub file: String,
    /// Sheet of a workbook.
    pub sheet: Option<String>,
    /// 1-based row in the file.
    pub row: u32,
}

/// One person's ruling on a target, whether it counts or not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RulingLine {
    /// `met`, `unmet`, `absent`, `not-applicable` or `value`.
    pub ruling: String,
    /// The value given: a number, or the id of a level.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// `team` or `self`.
    pub role: String,
    /// Name of the person, who answers for it: not masked.
    pub by: String,
    /// Day, ISO.
    pub date: String,
    /// Why.
    pub reason: String,
    /// What it rests on; may be empty.
    pub evidence: String,
    /// Whether it counts.
    pub status: RulingStatus,
}

/// Whether a ruling counts, or why it does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum RulingStatus {
    /// It counts.
    Counted,
    /// The same person ruled later.
    Replaced,
    /// The team ruled on the target too.
    Outranked,
    /// It no longer holds on the as-of day.
    Expired,
    /// A person of this role cannot decide this in this run.
    NotCounted,
}
