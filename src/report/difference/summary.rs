//! Counts over all organizations, items by which scores moved, and what ids are called.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::matching::Matching;
use crate::model::comparison::Cause as ItemCause;
use crate::model::report_diff::{Cause, CauseCount, DiffSummary, ItemState, OrganizationDiff, ReportDiff};
use crate::model::standard::Standard;
use crate::model::text::Text;
use crate::report::finding::by_number;

/// The counts.
pub(super) fn of(organizations: &[OrganizationDiff], matched: &Matching<'_>) -> DiffSummary {
    let mut summary = DiffSummary {
        matched: matched.pairs.len(),
        added: matched.added.len(),
        removed: matched.removed.len(),
        changed: organizations.len(),
        ..DiffSummary::default()
    };
    let mut causes: BTreeMap<&[Cause], (usize, usize)> = BTreeMap::new();
    for one in organizations {
        let counter = match one.direction() {
            (0, 0) => None,
            (low, high) if low >= 0 && high >= 0 => Some(&mut summary.up),
            (low, high) if low <= 0 && high <= 0 => Some(&mut summary.down),
            _ => Some(&mut summary.mixed),
        };
        counter.into_iter().for_each(|counter| *counter = counter.saturating_add(1));
        let counts = [
            (&mut summary.verdicts, usize::from(one.verdict.is_some())),
            (&mut summary.findings_new, one.findings_new.len()),
            (&mut summary.findings_gone, one.findings_gone.len()),
            (&mut summary.findings_changed, one.findings_changed.len()),
            (&mut summary.rulings, one.rulings.len()),
        ];
        counts.into_iter().for_each(|(counter, more)| *counter = counter.saturating_add(more));
        for group in &one.why {
            let (organizations, targets) = causes.entry(&group.causes).or_default();
            *organizations = organizations.saturating_add(1);
            *targets = targets.saturating_add(group.targets.len());
        }
    }
    let moved = summary.up.saturating_add(summary.down).saturating_add(summary.mixed);
    summary.same = summary.matched.saturating_sub(moved);
    let count = |(causes, (organizations, targets)): (&[Cause], (usize, usize))| CauseCount {
        causes: causes.to_vec(),
        organizations,
        targets,
    };
    summary.causes = causes.into_iter().map(count).collect();
    summary.causes.sort_by_key(|one| Reverse(one.organizations));
    summary
}

/// Items by which scores moved, those that moved most organizations first.
pub(super) fn items(organizations: &[OrganizationDiff]) -> Vec<ItemCause> {
    let mut found: BTreeMap<&str, (usize, i64, i64)> = BTreeMap::new();
    for item in organizations.iter().flat_map(|one| &one.items) {
        let ends = |state: &Option<ItemState>| {
            state.as_ref().map_or((0, 0), |state| (i64::from(state.low), i64::from(state.high)))
        };
        let ((old_low, old_high), (new_low, new_high)) = (ends(&item.was), ends(&item.now));
        let (low, high) = (new_low.saturating_sub(old_low), new_high.saturating_sub(old_high));
        if (low, high) != (0, 0) {
            let sums = found.entry(&item.id).or_default();
            *sums = (sums.0.saturating_add(1), sums.1.saturating_add(low), sums.2.saturating_add(high));
        }
    }
    let cause = |(id, (organizations, low, high)): (&str, (usize, i64, i64))| ItemCause {
        item: id.to_owned(),
        title: Text::default(),
        organizations,
        low,
        high,
    };
    let mut items: Vec<_> = found.into_iter().map(cause).collect();
    items.sort_by(|a, b| b.organizations.cmp(&a.organizations).then_with(|| by_number(&a.item, &b.item)));
    items
}

/// Gives titles to everything that is named by an id: of the first of the standards that knows it.
pub(super) fn name<'s>(diff: &mut ReportDiff, standards: impl Iterator<Item = &'s Standard>) {
    let mut open: BTreeSet<String> = diff.organizations.iter().flat_map(ids).map(str::to_owned).collect();
    for standard in standards {
        let catalog = &standard.catalog;
        let tables = catalog.tables.iter().map(|table| (&table.id, &table.title));
        let items = catalog.items().map(|item| (&item.id, &item.title));
        let requirements = catalog.requirements().map(|one| (&one.id, &one.title));
        let clauses = standard.clauses.list.iter().map(|clause| (&clause.id, &clause.title));
        for (id, title) in tables.chain(items).chain(requirements).chain(clauses) {
            if open.remove(id) {
                diff.titles.insert(id.clone(), title.clone());
            }
        }
        if open.is_empty() {
            break;
        }
    }
    for item in &mut diff.items {
        item.title = diff.titles.get(&item.item).cloned().unwrap_or_default();
    }
}

fn ids(one: &OrganizationDiff) -> impl Iterator<Item = &str> {
    let tables = one.tables.iter().map(|one| one.id.as_str());
    let items = one.items.iter().map(|one| one.id.as_str());
    let requirements = one.requirements.iter().map(|one| one.id.as_str());
    let clauses = one.clauses.iter().chain(&one.conditions).map(|one| one.id.as_str());
    let rulings = one.rulings.iter().map(|one| one.target.as_str());
    tables.chain(items).chain(requirements).chain(clauses).chain(rulings)
}
