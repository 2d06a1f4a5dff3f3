//! Where in the data something stands, in words.

use std::collections::HashMap;

use crate::model::report::{Organization, ReportFinding};
use crate::model::text::Lang;
use crate::report::place;

/// The findings of an organization by what they are about.
pub(super) struct ByTarget<'a>(HashMap<&'a str, Vec<&'a ReportFinding>>);

impl<'a> ByTarget<'a> {
    pub(super) fn of(one: &'a Organization) -> Self {
        let mut by: HashMap<&str, Vec<&ReportFinding>> = HashMap::new();
        for finding in &one.findings {
            by.entry(&finding.target).or_default().push(finding);
        }
        Self(by)
    }

    /// Where it says so of a target.
    pub(super) fn places(&self, target: &str, lang: Lang) -> Vec<String> {
        let found = self.0.get(target).map(Vec::as_slice).unwrap_or_default();
        let mut named: Vec<String> =
            found.iter().map(|finding| place::counted(&finding.locations, finding.total, lang)).collect();
        named.retain(|place| !place.is_empty());
        named.dedup();
        named
    }
}
