//! Findings by grid over all organizations.

use std::cmp::Reverse;

use crate::model::report::Organization;
use crate::model::summary::{GridSummary, WorstGrid};
use crate::report::grids::WORST;

/// Findings by grid so far; only the worst grids are kept.
#[derive(Debug, Default)]
pub(super) struct Grids(GridSummary);

impl Grids {
    pub(super) fn add(&mut self, organization: &Organization) {
        let found = &organization.grids;
        if found.is_empty() {
            return;
        }
        let all = &mut self.0;
        all.organizations = all.organizations.saturating_add(1);
        all.grids = all.grids.saturating_add(found.grids);
        all.errors = all.errors.saturating_add(found.errors);
        all.warnings = all.warnings.saturating_add(found.warnings);
        all.worst.extend(found.worst.iter().map(|grid| WorstGrid {
            organization: organization.id.clone(),
            organization_name: organization.name.clone(),
            grid: grid.clone(),
        }));
        all.worst.sort_by(|one, other| key(one).cmp(&key(other)));
        all.worst.truncate(WORST);
    }

    pub(super) fn finish(self) -> Option<GridSummary> {
        (self.0.grids > 0).then_some(self.0)
    }
}

/// The worst first; of grids as bad, those that come first by their codes.
fn key(worst: &WorstGrid) -> impl Ord + '_ {
    let grid = &worst.grid;
    let most: Vec<_> = grid.most.iter().map(|one| (&one.rule, &one.target, one.places)).collect();
    let whose = (&worst.organization, &worst.organization_name);
    (Reverse((grid.errors, grid.warnings)), whose, &grid.grid, &grid.grid_name, grid.findings, most)
}
