//! What organizations fail, and how many of them.

use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap};

use super::Titles;
use crate::model::outcome::Outcome;
use crate::model::report::{Organization, ScoreItem};
use crate::model::summary::{Failure, FailureKind};
use crate::model::text::Text;
use crate::report::finding::by_number;

/// Failures so far: how many organizations, and the points they lose.
#[derive(Debug, Default)]
pub(super) struct Failures(HashMap<FailureKind, HashMap<String, (usize, u64)>>);

const fn against(outcome: Outcome) -> bool {
    matches!(outcome, Outcome::Unmet | Outcome::Absent)
}

impl Failures {
    pub(super) fn add(&mut self, organization: &Organization) {
        for item in organization.tables.iter().flat_map(|table| &table.items) {
            self.item(item);
        }
        let failed = organization.structure.iter().filter(|clause| against(clause.outcome));
        // Several rules may look at one clause.
        let clauses: BTreeSet<&str> = failed.map(|clause| clause.clause.as_str()).collect();
        for clause in clauses {
            self.count(FailureKind::Clause, clause, 0);
        }
    }

    fn item(&mut self, item: &ScoreItem) {
        let absent = item.wholly_absent();
        let short = item.points.saturating_sub(item.high);
        if absent {
            self.count(FailureKind::Item, &item.id, short);
        } else if short > 0 && item.award.as_ref().is_some_and(|award| award.outcome != Outcome::Unknown) {
            self.count(FailureKind::Award, &item.id, short);
        }
        for line in item.requirements.iter().filter(|line| against(line.outcome) && !line.superseded) {
            self.count(FailureKind::Requirement, &line.id, if absent { 0 } else { line.lost_high });
        }
    }

    fn count(&mut self, kind: FailureKind, target: &str, points: u32) {
        let known = self.0.entry(kind).or_default();
        if let Some((organizations, lost)) = known.get_mut(target) {
            *organizations = organizations.saturating_add(1);
            *lost = lost.saturating_add(u64::from(points));
        } else {
            known.insert(target.to_owned(), (1, u64::from(points)));
        }
    }

    /// The most frequent first; of those as frequent, the dearest.
    pub(super) fn finish(self, titles: Titles<'_>) -> Vec<Failure> {
        let each = self.0.into_iter().flat_map(|(kind, known)| {
            known.into_iter().map(move |(target, (organizations, points))| Failure {
                title: title(titles, kind, &target),
                target,
                kind,
                organizations,
                points,
            })
        });
        let mut all: Vec<_> = each.collect();
        all.sort_by(|one, other| {
            let key = |failure: &Failure| Reverse((failure.organizations, failure.points));
            key(one)
                .cmp(&key(other))
                .then_with(|| one.kind.cmp(&other.kind))
                .then_with(|| by_number(&one.target, &other.target))
        });
        all
    }
}

fn title(titles: Titles<'_>, kind: FailureKind, target: &str) -> Text {
    let found = match kind {
        FailureKind::Item | FailureKind::Award | FailureKind::Requirement => titles.catalog.title(target),
        FailureKind::Clause => titles.clauses.get(target).map(|clause| &clause.title),
    };
    found.cloned().unwrap_or_default()
}
