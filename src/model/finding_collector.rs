//! Gathers findings: one for each kind, target and detail, its places capped, all of them counted.

use std::collections::HashMap;

use super::finding::{Finding, Location, MAX_LOCATIONS, Severity};
use super::grid::{ByGrid, GridCounter};
use super::text::Text;

/// What makes two occurrences the same finding.
#[derive(Clone, Copy, Debug)]
pub struct FindingKey<'a> {
    /// `data.<kind>`.
    pub rule: &'static str,
    /// Table, or `table.column`.
    pub target: &'a str,
    /// What else tells findings of one rule and target apart; often nothing.
    pub detail: &'a str,
}

/// What a finding says.
#[derive(Clone, Debug)]
pub struct Notice {
    /// How grave it is.
    pub severity: Severity,
    /// What is wrong and why.
    pub message: Text,
    /// What to do.
    pub help: Text,
}

/// Findings in the order in which each first occurred.
#[derive(Debug, Default)]
pub struct FindingCollector {
    findings: Vec<(Finding, GridCounter)>,
    known: HashMap<(&'static str, String, String), usize>,
}

impl FindingCollector {
    /// Counts an occurrence; `notice` is asked for the first only, `place` only while places are kept.
    pub fn add(
        &mut self,
        kind: FindingKey<'_>,
        notice: impl FnOnce() -> Notice,
        place: impl FnOnce() -> Option<Location>,
    ) {
        self.add_in(None, kind, notice, place);
    }

    /// Counts an occurrence in a row of a grid, given by its code as it may be shown.
    pub fn add_in(
        &mut self,
        grid: Option<&str>,
        kind: FindingKey<'_>,
        notice: impl FnOnce() -> Notice,
        place: impl FnOnce() -> Option<Location>,
    ) {
        let key = (kind.rule, kind.target.to_owned(), kind.detail.to_owned());
        let at = *self.known.entry(key).or_insert_with(|| {
            self.findings.push((empty(kind, notice()), GridCounter::default()));
            self.findings.len().saturating_sub(1)
        });
        let Some((finding, grids)) = self.findings.get_mut(at) else { return };
        grids.count(grid.unwrap_or_default());
        finding.total = finding.total.saturating_add(1);
        if finding.locations.len() < MAX_LOCATIONS {
            let own = |place: Location| Location { grid: grid.map(str::to_owned), ..place };
            finding.locations.extend(place().map(own));
        }
    }

    /// The findings.
    pub fn finish(self) -> Vec<Finding> {
        self.findings
            .into_iter()
            .map(|(finding, grids)| Finding { grids: grids.finish(), ..finding })
            .collect()
    }
}

fn empty(kind: FindingKey<'_>, notice: Notice) -> Finding {
    Finding {
        rule: kind.rule.to_owned(),
        target: kind.target.to_owned(),
        severity: notice.severity,
        message: notice.message,
        help: notice.help,
        locations: Vec::new(),
        total: 0,
        grids: ByGrid::default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_capped_and_counted() {
        let mut gather = FindingCollector::default();
        let notice = || Notice { severity: Severity::Error, message: Text::default(), help: Text::default() };
        for row in 1..=25 {
            let kind = FindingKey { rule: "data.x", target: "t.c", detail: "" };
            gather.add(kind, notice, || Some(Location { row: Some(row), ..Location::default() }));
        }
        gather.add(FindingKey { rule: "data.x", target: "t.c", detail: "other" }, notice, || None);
        let shown: Vec<_> = gather.finish().iter().map(|f| (f.locations.len(), f.total)).collect();
        assert_eq!(shown, [(MAX_LOCATIONS, 25), (0, 1)]);
    }
}
