//! Rulings: a person's decisions on items and requirements.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::digest::Digest;
use super::finding::Location;
use super::outcome::Measure;
use super::privacy::{Masking, Redactor};
use crate::table::Source;
use crate::table::date::Date;

/// Who decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// The organization itself, in its self-evaluation.
    SelfEvaluation,
    /// The assessment team.
    Team,
}

impl Role {
    /// As reports say it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::SelfEvaluation => "self",
            Self::Team => "team",
        }
    }
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

impl Verdict {
    /// As reports say it, and the value.
    pub fn words(&self) -> (&'static str, Option<String>) {
        match self {
            Self::Met => ("met", None),
            Self::Unmet => ("unmet", None),
            Self::Absent => ("absent", None),
            Self::NotApplicable => ("not-applicable", None),
            Self::Value(Measure::Number(number)) => ("value", Some(number.normalize().to_string())),
            Self::Value(Measure::Level(level)) => ("value", Some(level.clone())),
        }
    }
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

impl Ruling {
    /// Whether it does not say whom it is about.
    pub fn names_nobody(&self) -> bool {
        self.organization.is_empty()
    }

    /// Whether it is on the organization `id`, or on the only one there is.
    pub fn is_on(&self, id: &str) -> bool {
        self.names_nobody() || self.organization == id
    }

    /// The same of an organization whose id is not kept.
    pub fn is_on_whose(&self, whose: &Whose) -> bool {
        self.names_nobody() || Whose::of(&self.organization) == *whose
    }

    /// Who answers for it: the name is told, a number of the person beside it is nobody's business.
    pub fn signature(&self) -> String {
        Masking::On.text(&self.by)
    }

    /// The row it stands in.
    pub fn location(&self, redactor: &Redactor) -> Location {
        let source = Source { file: self.file.clone(), sheet: self.sheet.clone() };
        redactor.place(Location::in_source(&source, Some(self.row), None))
    }

    /// Everything it says.
    fn parts(&self) -> [String; 13] {
        let (word, value) = self.verdict.words();
        [
            self.organization.clone(),
            self.target.clone(),
            word.to_owned(),
            value.unwrap_or_default(),
            self.role.word().to_owned(),
            self.by.clone(),
            self.date.to_string(),
            self.expires.map(|last| last.to_string()).unwrap_or_default(),
            self.reason.clone(),
            self.evidence.clone(),
            self.file.clone(),
            self.sheet.clone().unwrap_or_default(),
            self.row.to_string(),
        ]
    }
}

/// Digest of rulings in their order: of two of one day the later counts.
pub fn digest<'r>(rulings: impl IntoIterator<Item = &'r Ruling>) -> String {
    let parts = rulings.into_iter().flat_map(Ruling::parts);
    parts.fold(Digest::default(), |digest, part| digest.part(part.as_bytes())).hex()
}

/// An organization told from others by the digest of its id, which may be the number of a person: that one is masked
/// where it is kept, and then two of them may look the same.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Whose(String);

impl Whose {
    /// The organization `id`.
    pub fn of(id: &str) -> Self {
        Self(Digest::default().part(id.as_bytes()).hex())
    }
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
    /// Last day on which it holds, ISO.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires: Option<String>,
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
