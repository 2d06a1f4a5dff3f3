//! The list of what was to be put right last time, with what people wrote into it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A line of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct LastProblem {
    /// Fingerprint of its finding.
    pub fingerprint: String,
    /// Rule that made it.
    pub rule: String,
    /// What it is about.
    pub target: String,
    /// What was wrong, as the list says it.
    pub problem: String,
    /// The clause it is against.
    pub clause: String,
    /// What is to be done.
    pub measure: String,
    /// Who does it.
    pub department: String,
    /// Until when.
    pub until: String,
    /// How far it is.
    pub status: String,
    /// Who checked it, and when.
    pub checked: String,
    /// What the organization objects.
    pub objection: String,
    /// The answer to it.
    pub reply: String,
}

/// Words that say that a thing has been put right, at the beginning of a status.
const CLOSED: [&str; 7] = ["已整改", "已销号", "已完成", "已办结", "closed", "done", "put right"];

impl LastProblem {
    /// The same with what people wrote changed.
    #[must_use]
    pub fn with_texts(mut self, change: impl Fn(&str) -> String) -> Self {
        let texts = [
            &mut self.problem,
            &mut self.measure,
            &mut self.department,
            &mut self.until,
            &mut self.status,
            &mut self.checked,
            &mut self.objection,
            &mut self.reply,
        ];
        texts.into_iter().for_each(|text| *text = change(text));
        self
    }

    /// Whether it was put right already when the list was handed in.
    pub fn is_closed(&self) -> bool {
        let status = self.status.trim().to_lowercase();
        CLOSED.iter().any(|word| status.starts_with(word))
    }
}

/// A column of the list that people fill in, or by which its lines are known again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListField {
    /// What is wrong.
    Problem,
    /// The clause.
    Clause,
    /// What is to be done.
    Measure,
    /// Who does it.
    Department,
    /// Until when.
    Until,
    /// How far it is.
    Status,
    /// Who checked it.
    Checked,
    /// What the organization objects.
    Objection,
    /// The answer.
    Reply,
    /// Hidden: whose line it is and what of.
    Key,
}

impl ListField {
    /// All of them.
    pub const ALL: [Self; 10] = [
        Self::Problem,
        Self::Clause,
        Self::Measure,
        Self::Department,
        Self::Until,
        Self::Status,
        Self::Checked,
        Self::Objection,
        Self::Reply,
        Self::Key,
    ];

    /// Its head, Chinese and English.
    pub const fn title(self) -> (&'static str, &'static str) {
        match self {
            Self::Problem => ("问题", "problem"),
            Self::Clause => ("条款", "clause"),
            Self::Measure => ("整改措施", "what to do"),
            Self::Department => ("责任部门", "department"),
            Self::Until => ("完成期限", "until"),
            Self::Status => ("状态", "status"),
            Self::Checked => ("复核人及日期", "checked by, on"),
            Self::Objection => ("复核申请", "objection"),
            Self::Reply => ("申请答复", "reply"),
            Self::Key => ("标识", "fingerprint"),
        }
    }
}

/// Stands between the parts of a key.
const BETWEEN: char = '|';

/// The key of a line: fingerprint, rule and target of the finding, and the organization.
pub fn key(organization: &str, fingerprint: &str, rule: &str, target: &str) -> String {
    [fingerprint, rule, target, organization].join(&BETWEEN.to_string())
}

/// The organization of a key and the line it begins; none where it is not one.
pub fn of_key(key: &str) -> Option<(String, LastProblem)> {
    let mut parts = key.splitn(4, BETWEEN).map(str::to_owned);
    let (fingerprint, rule, target) = (parts.next()?, parts.next()?, parts.next()?);
    let organization = parts.next()?;
    let is_digest = !fingerprint.is_empty() && fingerprint.chars().all(|sign| sign.is_ascii_hexdigit());
    is_digest.then(|| (organization, LastProblem { fingerprint, rule, target, ..LastProblem::default() }))
}
