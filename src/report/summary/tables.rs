//! Scores by table.

use std::collections::BTreeMap;

use crate::model::report::Organization;
use crate::model::summary::{Spread, TableScores};
use crate::report::finding::by_number;

/// Scores of each table so far.
#[derive(Debug, Default)]
pub(super) struct Tables(BTreeMap<String, TableScores>);

impl Tables {
    pub(super) fn add(&mut self, organization: &Organization) {
        for table in &organization.tables {
            let (low, high) = (Spread::of(table.low), Spread::of(table.high));
            if let Some(scores) = self.0.get_mut(&table.id) {
                scores.organizations = scores.organizations.saturating_add(1);
                // All packs of a run are the same; a report put together by hand gets the greatest.
                scores.declared = scores.declared.max(table.declared);
                scores.low.add(low);
                scores.high.add(high);
            } else {
                let (id, declared) = (table.id.clone(), table.declared);
                let scores = TableScores { id, declared, organizations: 1, low, high };
                self.0.insert(table.id.clone(), scores);
            }
        }
    }

    pub(super) fn finish(self) -> Vec<TableScores> {
        let mut tables: Vec<_> = self.0.into_values().collect();
        tables.sort_by(|one, other| by_number(&one.id, &other.id));
        tables
    }
}
