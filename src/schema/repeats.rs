//! Rows that stand in two parts of a table, two files or sheets: the same was most likely sent twice.

use std::collections::BTreeMap;

use super::notices;
use crate::model::finding::Location;
use crate::model::finding_collector::{FindingCollector, FindingKey};
use crate::model::finding_ids;
use crate::table::duplicate_groups::{self, Blank};
use crate::table::{Segment, Table};

/// Reports the rows of each part that stand in an earlier part word by word: one finding for each two parts.
pub(super) fn check(table: &Table, gather: &mut FindingCollector) {
    let [_, _, ..] = table.segments.as_slice() else { return };
    if table.decl.one_row {
        return;
    }
    let columns: Vec<usize> = (0..table.columns.len()).collect();
    let groups = duplicate_groups::find(table, &columns, Blank::All, |_| true);
    let groups = groups.into_iter().flat_map(|rows| apart(table, rows));
    let mut pairs: Vec<(usize, usize)> = groups.flat_map(|rows| later(table, &rows)).collect();
    pairs.sort_unstable();
    // A row that was read once for each of its codes is one.
    pairs.dedup_by_key(|(row, _)| origin(table, *row));
    for (row, first) in pairs {
        repeated(table, (row, first), gather);
    }
}

/// Where a row begins: its part of the table, and its row in the source.
fn origin(table: &Table, row: usize) -> (Option<usize>, Option<u32>) {
    (table.segment(row).map(|segment| segment.first), table.source_rows.get(row))
}

/// The same rows by what stands in cells that were not understood.
fn apart(table: &Table, rows: Vec<usize>) -> impl Iterator<Item = Vec<usize>> {
    let mut groups: BTreeMap<Vec<Option<String>>, Vec<usize>> = BTreeMap::new();
    for row in rows {
        let word = |column| table.unclear_word(row, column).map(std::borrow::Cow::into_owned);
        groups.entry((0..table.columns.len()).map(word).collect()).or_default().push(row);
    }
    groups.into_values().filter(|rows| rows.len() > 1)
}

/// Of rows that are the same those in later parts than the first, each with the first.
fn later(table: &Table, rows: &[usize]) -> Vec<(usize, usize)> {
    let part = |row: usize| table.segment(row).map(|segment| segment.first);
    let Some(first) = rows.first().copied() else { return Vec::new() };
    rows.iter().filter(|row| part(**row) != part(first)).map(|row| (*row, first)).collect()
}

fn repeated(table: &Table, (row, first): (usize, usize), gather: &mut FindingCollector) {
    let (Some(before), Some(segment)) = (table.segment(first), table.segment(row)) else { return };
    let (earlier, later) = (shown(before), shown(segment));
    let detail = format!("{earlier}\u{1f}{later}");
    let key = FindingKey { rule: finding_ids::REPEATED_ROWS, target: &table.decl.id, detail: &detail };
    let place = || Some(Location::in_source(&segment.source, table.source_rows.get(row), None));
    gather.add(key, || notices::repeated_rows(&table.decl, &earlier, &later), place);
}

/// A part as it is named to a reader.
fn shown(segment: &Segment) -> String {
    let source = &segment.source;
    source.sheet.as_ref().map_or_else(|| source.file.clone(), |sheet| format!("{} [{sheet}]", source.file))
}
