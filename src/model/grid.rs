//! Grids: which grid a row belongs to, and how often findings point into each.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::privacy::Redactor;
use super::text::Text;
use crate::table::Table;
use crate::table::column::CellValue;
use crate::table::table_schema::{ColumnDecl, ColumnType, TableDecl};

/// The table of grids, and its columns that say which grid a row is.
pub const GRIDS: &str = "grids";
const ID: &str = "id";
/// The column with the name of a grid.
pub const NAME: &str = "name";
/// What columns refer to that name the grid of their row.
const REFERRED: &str = "grids.id";

/// Grids kept of one finding: more than any county has, and few enough to bound what a finding takes.
const KEPT: usize = 20_000;

/// Findings by grid in one organization; advice is not counted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct GridFindings {
    /// Grids with findings.
    pub grids: usize,
    /// Places of errors in them.
    pub errors: u64,
    /// Places of warnings.
    pub warnings: u64,
    /// The worst of them, the worst first.
    pub worst: Vec<GridLine>,
}

impl GridFindings {
    /// No finding points into a grid.
    pub const fn is_empty(&self) -> bool {
        self.grids == 0
    }
}

/// What was found in one grid.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct GridLine {
    /// Its code.
    pub grid: String,
    /// Its name; empty where the table of grids does not have it.
    pub grid_name: String,
    /// Places of errors.
    pub errors: u64,
    /// Places of warnings.
    pub warnings: u64,
    /// How many findings point into it.
    pub findings: usize,
    /// Those with the most places in it.
    pub most: Vec<GridTarget>,
}

/// What one finding is about, and how often it is found in a grid.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct GridTarget {
    /// Rule that made it.
    pub rule: String,
    /// What it is about.
    pub target: String,
    /// What should be so, or what was found where that is not known.
    pub title: Text,
    /// Places.
    pub places: u64,
}

/// Places of one finding by grid code, in order of the codes.
pub type ByGrid = Arc<[(String, u64)]>;

/// Counts places by grid.
#[derive(Debug, Default)]
pub struct GridCounter(HashMap<String, u64>);

impl GridCounter {
    /// One more place in this grid; rows of no grid are not counted.
    pub fn count(&mut self, grid: &str) {
        if let Some(count) = self.0.get_mut(grid) {
            *count = count.saturating_add(1);
        } else if !grid.is_empty() {
            self.0.insert(grid.to_owned(), 1);
        }
    }

    /// The grids of these rows, as they may be shown.
    pub fn count_rows(&mut self, table: &Table, rows: impl IntoIterator<Item = usize>, redactor: &Redactor) {
        let Some(column) = column(&table.decl) else { return };
        for row in rows {
            if let CellValue::Text(code) = table.cell(row, column) {
                self.count(&redactor.grid(&code));
            }
        }
    }

    /// What was counted; in very many grids, those with the most places.
    pub fn finish(self) -> ByGrid {
        let mut counted: Vec<_> = self.0.into_iter().collect();
        if counted.len() > KEPT {
            let most = |(grid, places): &(String, u64)| (Reverse(*places), grid.clone());
            counted.sort_by_cached_key(most);
            counted.truncate(KEPT);
        }
        counted.sort_unstable();
        counted.into()
    }
}

/// The column that says which grid a row belongs to: the code of a grid itself, or the first column that refers to it.
pub fn column(decl: &TableDecl) -> Option<usize> {
    if decl.id == GRIDS {
        return decl.columns.iter().position(|column| column.id == ID);
    }
    let refers = |column: &ColumnDecl| column.refers.as_deref() == Some(REFERRED);
    decl.columns.iter().position(|column| column.kind == ColumnType::Code && refers(column))
}

/// Whether a column holds codes of grids.
pub fn is_code(decl: &TableDecl, column: usize) -> bool {
    let refers = decl.columns.get(column).is_some_and(|column| column.refers.as_deref() == Some(REFERRED));
    refers || (decl.id == GRIDS && self::column(decl) == Some(column))
}

/// The code of the grid of a row.
pub fn of_row(table: &Table, row: usize) -> Option<String> {
    let CellValue::Text(code) = table.cell(row, column(&table.decl)?) else { return None };
    (!code.is_empty()).then(|| code.into_owned())
}

/// Places by grid, those of grids that read alike added up.
pub fn merged(places: impl IntoIterator<Item = (String, u64)>) -> ByGrid {
    let mut merged: BTreeMap<String, u64> = BTreeMap::new();
    for (grid, more) in places {
        let count = merged.entry(grid).or_default();
        *count = count.saturating_add(more);
    }
    merged.into_iter().collect()
}

/// Names of the grids with these codes, as they may be shown.
pub fn names(
    tables: &BTreeMap<String, Arc<Table>>,
    wanted: &BTreeSet<String>,
    redactor: &Redactor,
) -> BTreeMap<String, String> {
    let Some(table) = tables.get(GRIDS).filter(|_| !wanted.is_empty()) else { return BTreeMap::new() };
    let Some(name) = table.decl.columns.iter().position(|column| column.id == NAME) else {
        return BTreeMap::new();
    };
    let named = (0..table.len()).filter_map(|row| {
        let code = redactor.grid(&of_row(table, row)?);
        wanted.contains(&code).then(|| (code, redactor.cell(table, row, name)))
    });
    // The first row of a code, as for any look-up by key.
    named.fold(BTreeMap::new(), |mut names, (code, name)| {
        names.entry(code).or_insert(name);
        names
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_counted_by_grid_and_rows_of_none_are_not() {
        let mut counter = GridCounter::default();
        ["b", "a", "", "b"].iter().for_each(|grid| counter.count(grid));
        assert_eq!(*counter.finish(), [("a".to_owned(), 1), ("b".to_owned(), 2)]);
    }

    #[test]
    fn of_very_many_grids_those_with_the_most_places_are_kept() {
        let mut counter = GridCounter::default();
        (0..KEPT + 2).for_each(|n| counter.count(&format!("{n:06}")));
        counter.count("020001");
        let kept = counter.finish();
        let ends = (kept.first().cloned(), kept.last().cloned());
        let expected = (("000000".to_owned(), 1), ("020001".to_owned(), 2));
        assert_eq!((kept.len(), ends), (KEPT, (Some(expected.0), Some(expected.1))));
    }
}
