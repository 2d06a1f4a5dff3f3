//! One known finding.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::model::acceptance::Acceptance;
use crate::model::finding::Severity;
use crate::model::report::ReportFinding;
use crate::model::text::Lang;
use crate::report::fingerprint;

/// One known finding.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BaselineEntry {
    /// Id of the organization.
    pub organization: String,
    /// Rule that made it.
    pub rule: String,
    /// What it is about.
    pub target: String,
    /// How grave it was.
    pub severity: Severity,
    /// What it said, for the reader.
    pub message: String,
    /// Subjects of its places, in order.
    pub places: Vec<String>,
    /// Places that the report did not show.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub more: usize,
    /// Why it does not count for now.
    pub reason: String,
    /// The last day on which it does not count, ISO.
    pub expires: String,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the signature that serde calls")]
const fn is_zero(count: &usize) -> bool {
    *count == 0
}

impl BaselineEntry {
    /// A finding of an organization as it is now.
    pub fn of(organization: &str, finding: &ReportFinding, ground: &Acceptance, lang: Lang) -> Self {
        let mut places = Self::subjects(finding);
        places.sort_unstable();
        Self {
            organization: organization.to_owned(),
            rule: finding.rule.clone(),
            target: finding.target.clone(),
            severity: finding.severity,
            message: finding.message.get(lang).to_owned(),
            places,
            more: finding.total.saturating_sub(finding.locations.len()),
            reason: ground.reason.clone(),
            expires: ground.expires.clone(),
        }
    }

    /// What the places of a finding are about; of one without a place, what it says.
    pub(super) fn subjects(finding: &ReportFinding) -> Vec<String> {
        if finding.locations.is_empty() {
            return vec![fingerprint(&finding.rule, &finding.target, &[&finding.message.zh])];
        }
        finding.locations.iter().map(|place| place.subject.clone()).collect()
    }

    /// On what ground it does not count.
    pub fn acceptance(&self) -> Acceptance {
        Acceptance { reason: self.reason.clone(), expires: self.expires.clone(), ..Acceptance::default() }
    }
}
