//! Keys: no two rows alike, and one row where one is expected.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::hash::{BuildHasher, RandomState};

use super::notices;
use crate::model::column::CellValue;
use crate::model::finding::Location;
use crate::model::gather::{Gather, Kind};
use crate::model::grid;
use crate::model::kind;
use crate::model::privacy::Masking;
use crate::model::table::Table;

/// Reports rows with the same key, both of them, and rows too many.
pub(super) fn check(table: &Table, masking: Masking, gather: &mut Gather) {
    let decl = &table.decl;
    let keys: Vec<usize> =
        decl.columns.iter().enumerate().filter(|(_, column)| column.key).map(|(at, _)| at).collect();
    if decl.one_row {
        for row in 1..table.len() {
            let kind = Kind { rule: kind::EXTRA_ROW, target: &decl.id, detail: "" };
            gather.add(
                kind,
                || notices::extra_row(decl),
                || Location::of(table, row, keys.first().copied(), masking),
            );
        }
    }
    let Some(first_key) = keys.first().copied() else { return };
    let columns: Vec<_> = keys.iter().filter_map(|at| decl.columns.get(*at)).collect();
    let names: Vec<_> = columns.iter().map(|column| column.id.as_str()).collect();
    let target = format!("{}.{}", decl.id, names.join("+"));
    let mut report = |row: usize| {
        let kind = Kind { rule: kind::DUPLICATE_KEY, target: &target, detail: "" };
        let grid = grid::of_row(table, row, masking);
        gather.add_in(
            grid.as_deref(),
            kind,
            || notices::duplicate_key(decl, &columns),
            || Location::of(table, row, Some(first_key), masking),
        );
    };
    for row in repeated(table, &keys) {
        report(row);
    }
}

/// Rows whose key another row has too, in order of the first of them.
///
/// Hashes are sorted rather than kept in a map: a million rows take 16 MB instead of 80.
fn repeated(table: &Table, keys: &[usize]) -> Vec<usize> {
    let state = RandomState::new();
    let hash = |row: usize| key(table, row, keys).map(|key| (state.hash_one(&key), row));
    let mut hashes: Vec<_> = (0..table.len()).filter_map(hash).collect();
    hashes.sort_unstable();
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for same_hash in hashes.chunk_by(|one, other| one.0 == other.0).filter(|rows| rows.len() > 1) {
        let mut by_key: BTreeMap<_, Vec<usize>> = BTreeMap::new();
        for (_, row) in same_hash {
            by_key.entry(key(table, *row, keys)).or_default().push(*row);
        }
        groups.extend(by_key.into_values().filter(|rows| rows.len() > 1));
    }
    groups.sort_unstable();
    groups.concat()
}

/// The key of a row; `None` where a part of it is empty, which is reported by itself.
fn key<'a>(table: &'a Table, row: usize, keys: &[usize]) -> Option<Cow<'a, str>> {
    if let [only] = keys
        && let CellValue::Text(text) = table.cell(row, *only)
    {
        return (!text.is_empty()).then_some(text);
    }
    let mut all = String::new();
    for at in keys {
        let part = table.display(row, *at);
        if part.is_empty() {
            return None;
        }
        all.push_str(&part);
        all.push('\u{1f}');
    }
    Some(Cow::Owned(all))
}
