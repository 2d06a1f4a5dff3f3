//! The baseline: findings that are known and do not fail the gate until a day. They stay in the report, marked.
//!
//! A finding is known by the organization, its rule, what it is about, and the subject of each place: a row that moves
//! stays known, a row that is changed, or comes to it, is new. A finding that had more places than a report shows is known
//! while it has no more places than then: which of them were shown depends on the order of the rows.

mod entry;
mod file;

use std::collections::{BTreeMap, BTreeSet};

pub use self::entry::BaselineEntry;
pub use self::file::{FORM, read, schema, write};
use crate::model::acceptance::Acceptance;
use crate::model::finding::Severity;
use crate::model::report::ReportFinding;

/// Findings that are known, while a run goes on.
#[derive(Debug, Default)]
pub struct Baseline {
    /// By organization, rule and target, those that have not expired.
    known: BTreeMap<(String, String, String), Vec<Known>>,
    /// Entries that have expired.
    expired: usize,
    /// Organizations that were assessed.
    assessed: BTreeSet<String>,
}

/// An entry and what is left of it.
#[derive(Debug)]
struct Known {
    entry: BaselineEntry,
    /// Subjects of places that no finding has taken.
    places: BTreeMap<String, usize>,
    /// Places that were not shown, and that no finding has taken.
    more: usize,
    is_used: bool,
}

impl Baseline {
    /// Entries on a day, ISO; those that expired before it count no longer.
    pub fn on(day: &str, entries: Vec<BaselineEntry>) -> Self {
        let mut baseline = Self::default();
        for entry in entries {
            if entry.expires.as_str() < day {
                baseline.expired = baseline.expired.saturating_add(1);
                continue;
            }
            let key = (entry.organization.clone(), entry.rule.clone(), entry.target.clone());
            baseline.known.entry(key).or_default().push(Known::of(entry));
        }
        baseline
    }

    /// Marks the findings of an organization that are known. O(places · entries of the same rule and target).
    pub fn accept(&mut self, organization: &str, findings: &mut [ReportFinding]) {
        self.assessed.insert(organization.to_owned());
        for finding in findings {
            let key = (organization.to_owned(), finding.rule.clone(), finding.target.clone());
            if let Some(known) = self.known.get_mut(&key) {
                finding.accepted = accepted(finding, known);
            }
        }
    }

    /// The entries without what was not found again of organizations that were assessed.
    pub fn kept(self, assessed: &BTreeSet<String>) -> Vec<BaselineEntry> {
        let known = self.known.into_values().flatten();
        known
            .filter_map(|known| {
                if assessed.contains(&known.entry.organization) { known.found() } else { Some(known.entry) }
            })
            .collect()
    }

    /// Entries that have expired.
    pub const fn expired(&self) -> usize {
        self.expired
    }

    /// Entries on organizations that were assessed and that no finding was like: what they say has been put right.
    pub fn unused(&self) -> impl Iterator<Item = &BaselineEntry> {
        let of_assessed =
            self.known.iter().filter(|((organization, ..), _)| self.assessed.contains(organization));
        of_assessed.flat_map(|(_, known)| known).filter(|known| !known.is_used).map(|known| &known.entry)
    }
}

impl Known {
    fn of(entry: BaselineEntry) -> Self {
        let mut places = BTreeMap::new();
        for place in &entry.places {
            let count: &mut usize = places.entry(place.clone()).or_default();
            *count = count.saturating_add(1);
        }
        Self { more: entry.more, places, entry, is_used: false }
    }

    /// What of the entry was found again.
    fn found(self) -> Option<BaselineEntry> {
        let Self { mut entry, mut places, more, is_used } = self;
        entry.places.retain(|place| match places.get_mut(place) {
            Some(left) if *left > 0 => {
                *left = left.saturating_sub(1);
                false
            }
            _ => true,
        });
        entry.more = entry.more.saturating_sub(more);
        is_used.then_some(entry)
    }

    /// Takes so many places as were not shown, and those that may be unshown now; how many it took.
    fn take_unshown(&mut self, wanted: usize) -> usize {
        if self.entry.more == 0 {
            return 0;
        }
        let unshown = wanted.min(self.more);
        self.more = self.more.saturating_sub(unshown);
        let mut left = wanted.saturating_sub(unshown);
        for count in self.places.values_mut() {
            let taken = left.min(*count);
            *count = count.saturating_sub(taken);
            left = left.saturating_sub(taken);
        }
        let taken = wanted.saturating_sub(left);
        self.is_used |= taken > 0;
        taken
    }

    /// Takes a place, if it is one of these.
    fn take(&mut self, subject: &str) -> bool {
        let left = self.places.get_mut(subject).filter(|left| **left > 0);
        let is_known = left.map(|left| *left = left.saturating_sub(1)).is_some();
        self.is_used |= is_known;
        is_known
    }
}

/// On what ground a finding is known: every place of it is.
fn accepted(finding: &ReportFinding, known: &mut [Known]) -> Option<Acceptance> {
    let mut fitting: Vec<&mut Known> =
        known.iter_mut().filter(|known| is_no_graver(finding.severity, known.entry.severity)).collect();
    let subjects = BaselineEntry::subjects(finding);
    let mut ground = None;
    let mut unknown = finding.total.saturating_sub(finding.locations.len());
    for subject in &subjects {
        match fitting.iter_mut().find(|known| known.places.get(subject).is_some_and(|left| *left > 0)) {
            Some(known) => {
                known.take(subject);
                ground.get_or_insert_with(|| known.entry.acceptance());
            }
            None => unknown = unknown.saturating_add(1),
        }
    }
    for known in fitting {
        let taken = known.take_unshown(unknown);
        unknown = unknown.saturating_sub(taken);
        if taken > 0 {
            ground.get_or_insert_with(|| known.entry.acceptance());
        }
    }
    ground.filter(|_| unknown == 0)
}

/// Severities are in order, the gravest first.
fn is_no_graver(now: Severity, then: Severity) -> bool {
    now >= then
}

#[cfg(test)]
mod tests;
