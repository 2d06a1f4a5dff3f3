//! Keys: no two rows alike, and one row where one is expected.

use super::notices;
use crate::model::finding::Location;
use crate::model::finding_collector::{FindingCollector, FindingKey};
use crate::model::finding_ids;
use crate::model::grid;
use crate::model::privacy::Redactor;
use crate::table::Table;
use crate::table::duplicate_groups::{self, Blank};

/// Reports rows with the same key, both of them, and rows too many.
pub(super) fn check(table: &Table, redactor: &Redactor, gather: &mut FindingCollector) {
    let decl = &table.decl;
    let keys: Vec<usize> =
        decl.columns.iter().enumerate().filter(|(_, column)| column.key).map(|(at, _)| at).collect();
    if decl.one_row {
        for row in 1..table.len() {
            let kind = FindingKey { rule: finding_ids::EXTRA_ROW, target: &decl.id, detail: "" };
            gather.add(
                kind,
                || notices::extra_row(decl),
                || Location::of(table, row, keys.first().copied(), redactor),
            );
        }
    }
    let Some(first_key) = keys.first().copied() else { return };
    let columns: Vec<_> = keys.iter().filter_map(|at| decl.columns.get(*at)).collect();
    let names: Vec<_> = columns.iter().map(|column| column.id.as_str()).collect();
    let target = format!("{}.{}", decl.id, names.join("+"));
    let mut report = |row: usize| {
        let kind = FindingKey { rule: finding_ids::DUPLICATE_KEY, target: &target, detail: "" };
        let grid = grid::of_row(table, row).map(|grid| redactor.grid(&grid));
        gather.add_in(
            grid.as_deref(),
            kind,
            || notices::duplicate_key(decl, &columns),
            || Location::of(table, row, Some(first_key), redactor),
        );
    };
    for mut rows in duplicate_groups::find(table, &keys, Blank::Any, |_| true) {
        // A row that was read once for each of its codes is one.
        rows.dedup_by_key(|row| origin(table, *row));
        if rows.len() > 1 {
            rows.into_iter().for_each(&mut report);
        }
    }
}

/// Where a row begins: its part of the table, and its row in the source.
fn origin(table: &Table, row: usize) -> (Option<usize>, Option<u32>) {
    (table.segment(row).map(|segment| segment.first), table.source_rows.get(row))
}
