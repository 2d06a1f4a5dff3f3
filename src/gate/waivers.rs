//! Waivers: what is not asked of some organizations at the gate, by whom it was approved and until when. They stand in the
//! report and change no score.

use std::collections::BTreeMap;
use std::path::Path;

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::Value;
use toml::Spanned;

use super::entry_error::{Defect, EntryError, Kind};
use super::entry_file::{self, Entry};
use crate::model::described::schema_of;
use crate::model::report::Organization;
use crate::model::waiver::Waiver;

/// Name and version of the form.
pub const FORM: &str = "wangge.waivers/1";

static KIND: Kind = Kind {
    form: FORM,
    name: ("豁免", "file of waivers"),
    codes: [
        "waiver.unreadable",
        "waiver.syntax",
        "waiver.version",
        "waiver.reason",
        "waiver.expiry",
        "waiver.approver",
    ],
    help: (
        "写法见 docs/ci.zh-CN.md：form = \"wangge.waivers/1\"，每条一个 [[waiver]]",
        "docs/ci.md says how it is written: form = \"wangge.waivers/1\", and a [[waiver]] for each",
    ),
};

/// A whole file.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "waivers")]
pub(super) struct File {
    /// Name and version of the form.
    form: String,
    /// What is not asked of some organizations.
    #[serde(default)]
    #[schemars(with = "Vec<Waiver>")]
    waiver: Vec<Spanned<Waiver>>,
}

impl Entry for Waiver {
    const KIND: &'static Kind = &KIND;
    type File = File;

    fn parts(file: File) -> (String, Vec<Spanned<Self>>) {
        (file.form, file.waiver)
    }

    fn ground(&self) -> (&str, &str) {
        (&self.reason, &self.expires)
    }

    fn missing(&self) -> Option<Defect> {
        self.approver.trim().is_empty().then_some(Defect::Approver)
    }
}

/// The JSON Schema of a file of waivers.
pub fn schema() -> Value {
    schema_of::<File>()
}

/// The waivers of a file.
///
/// # Errors
/// Everything that is wrong with it.
pub fn read(path: &Path) -> Result<Vec<Waiver>, Vec<EntryError>> {
    entry_file::read(path)
}

/// Waivers while a run goes on.
#[derive(Debug, Default)]
pub struct Waivers {
    /// By organization, those that have not expired, and whether it was assessed.
    known: BTreeMap<String, (Vec<Waiver>, bool)>,
    /// Those that have expired.
    expired: usize,
}

impl Waivers {
    /// Waivers on a day, ISO.
    pub fn on(day: &str, waivers: Vec<Waiver>) -> Self {
        let mut all = Self::default();
        for waiver in waivers {
            if waiver.expires.as_str() < day {
                all.expired = all.expired.saturating_add(1);
            } else {
                all.known.entry(waiver.organization.clone()).or_default().0.push(waiver);
            }
        }
        all
    }

    /// Notes in an organization what is not asked of it, and marks its findings.
    pub fn apply(&mut self, one: &mut Organization) {
        let Some((waivers, is_assessed)) = self.known.get_mut(&one.id) else { return };
        *is_assessed = true;
        for finding in &mut one.findings {
            let waiver = waivers.iter().find(|waiver| waiver.covers_finding(finding));
            finding.accepted = waiver.map(Waiver::acceptance).or(finding.accepted.take());
        }
        one.waivers.clone_from(waivers);
    }

    /// Waivers that have expired.
    pub const fn expired(&self) -> usize {
        self.expired
    }

    /// Waivers of organizations that were not assessed.
    pub fn strangers(&self) -> impl Iterator<Item = &Waiver> {
        self.known.values().filter(|(_, is_assessed)| !is_assessed).flat_map(|(waivers, _)| waivers)
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use crate::model::fault::Explain;

    fn parse(text: &str) -> Result<Vec<Waiver>, Vec<&'static str>> {
        let error = |row, defect| EntryError { kind: &KIND, file: "a".to_owned(), row, defect };
        entry_file::parse(text, error).map_err(|errors| errors.iter().map(|one| one.fault().code).collect())
    }

    const ONE: &str = "form = \"wangge.waivers/1\"\n[[waiver]]\norganization = \"1\"\nconcerns = \"A.1\"\n";

    #[test]
    fn reason_approver_and_day_are_needed() {
        let whole = format!("{ONE}reason = \"新设\"\napprover = \"市局\"\nexpires = \"2027-01-31\"\n");
        assert_eq!(parse(&whole).unwrap().len(), 1);
        let empty = format!("{ONE}reason = \" \"\napprover = \"\"\nexpires = \"2027\"\n");
        assert_eq!(parse(&empty).unwrap_err(), ["waiver.reason", "waiver.expiry", "waiver.approver"]);
        assert_eq!(parse(ONE).unwrap_err(), ["waiver.syntax"]);
        assert_eq!(parse("form = \"wangge.baseline/1\"").unwrap_err(), ["waiver.version"]);
    }

    #[test]
    fn a_waiver_covers_what_lies_below_it() {
        let waiver = Waiver { concerns: "A.1".to_owned(), ..Waiver::default() };
        assert!(waiver.covers("A.1") && waiver.covers("A.1.3.b"));
        assert!(!waiver.covers("A.10") && !waiver.covers("A"));
    }

    #[test]
    fn those_that_expired_count_no_longer() {
        let waiver = |expires: &str| Waiver { expires: expires.to_owned(), ..Waiver::default() };
        let waivers = Waivers::on("2026-06-30", vec![waiver("2026-06-29"), waiver("2026-06-30")]);
        assert_eq!((waivers.expired(), waivers.strangers().count()), (1, 1));
    }
}
