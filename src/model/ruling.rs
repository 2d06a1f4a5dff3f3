//! Rulings: a person's decisions on items and requirements.

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
