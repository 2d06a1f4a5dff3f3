//! What an authority does not ask of an organization at the gate. It never changes a score or a verdict.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::acceptance::Acceptance;
use super::report::{Organization, ReportFinding};
use super::text::Text;

/// One waiver.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Waiver {
    /// Id of the organization.
    pub organization: String,
    /// What is not asked: a rule, item, table, requirement or clause with what lies below it, or the name of a condition
    /// of the gate.
    pub concerns: String,
    /// Why.
    pub reason: String,
    /// Who approved it.
    pub approver: String,
    /// Number of the document by which it was approved.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub document: String,
    /// The last day on which it holds, ISO.
    pub expires: String,
}

impl Waiver {
    /// Whether it concerns something of this id, or above it.
    pub fn covers(&self, id: &str) -> bool {
        id.strip_prefix(self.concerns.as_str())
            .is_some_and(|below| below.is_empty() || below.starts_with('.'))
    }

    /// Whether it concerns a finding: its rule, or what it is about.
    pub fn covers_finding(&self, finding: &ReportFinding) -> bool {
        self.covers(&finding.rule) || self.covers(&finding.target)
    }

    /// On what ground a finding does not count.
    pub fn acceptance(&self) -> Acceptance {
        let Self { reason, approver, document, expires, .. } = self.clone();
        Acceptance { reason, approver, document, expires }
    }

    /// What it says, for the reader.
    pub fn told(&self) -> Text {
        let Self { concerns, reason, approver, document, expires, .. } = self;
        let (by, of) = if document.is_empty() {
            (approver.clone(), approver.clone())
        } else {
            (format!("{approver}，{document}"), format!("{approver}, {document}"))
        };
        Text::new(
            format!("豁免：{concerns} 至{expires}不计入门禁，得分不变（{by}批准，理由：{reason}）"),
            format!(
                "waived: {concerns} does not count at the gate until {expires}, points stay ({of}: {reason})"
            ),
        )
    }
}

impl Organization {
    /// What is said of the result and of what is not asked at the gate.
    pub fn remarks(&self) -> impl Iterator<Item = Text> + '_ {
        self.notes.iter().cloned().chain(self.waivers.iter().map(Waiver::told))
    }
}
