//! The parents of a tree that is told by its levels alone: the column of parents is empty, each row has its level and its
//! code, as in an outline.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::notices;
use crate::model::finding_collector::{FindingCollector, FindingKey};
use crate::model::finding_ids;
use crate::table::Table;
use crate::table::table_schema::{ColumnDecl, Declarations, TableDecl};

/// Columns of a tree.
#[derive(Clone, Copy)]
struct Places {
    parent: usize,
    level: usize,
    code: usize,
}

/// Fills the columns of parents that are empty and follow from levels and codes.
pub(super) fn derive(
    decls: &Declarations,
    tables: &mut BTreeMap<String, Arc<Table>>,
    gather: &mut FindingCollector,
) {
    for decl in &decls.tables {
        for (at, column) in decl.columns.iter().enumerate() {
            let table = tables.get_mut(&decl.id).and_then(Arc::get_mut);
            let (Some(places), Some(table)) = (places(decl, at, column), table) else { continue };
            let Some(parents) = parents(table, places) else { continue };
            fill(table, places, &parents);
            let target = format!("{}.{}", decl.id, column.id);
            let kind = FindingKey { rule: finding_ids::READ_BY_LEVEL, target: &target, detail: "" };
            gather.add(kind, || notices::by_level(decl, column), || None);
        }
    }
}

fn places(decl: &TableDecl, parent: usize, column: &ColumnDecl) -> Option<Places> {
    let level = decl.position(column.outline.as_deref()?)?;
    let (table, code) = column.refers.as_deref()?.split_once('.')?;
    (table == decl.id).then_some(())?;
    Some(Places { parent, level, code: decl.position(code)? })
}

/// The code of each row's parent, empty for the topmost: the longest code one level up that the row's own begins with, else
/// that of the last row one level up. None where something is said of parents, or not all levels are known and in order.
fn parents(table: &Table, places: Places) -> Option<Vec<String>> {
    let column = |at: usize| table.columns.get(at);
    let (parent, level, code) = (column(places.parent)?, column(places.level)?, column(places.code)?);
    let said = |row: usize| !parent.text(row).is_empty() || parent.unclear_word(row).is_some();
    if table.is_empty() || (0..table.len()).any(said) {
        return None;
    }
    let levels: Vec<i64> = (0..table.len()).map(|row| level.integer(row)).collect::<Option<_>>()?;
    let codes: Vec<String> = (0..table.len()).map(|row| code.text(row).into_owned()).collect();
    let top = *levels.iter().min()?;
    if levels.iter().all(|level| *level == top) || codes.iter().any(String::is_empty) {
        return None;
    }
    let by_level = by_level(&levels, &codes);
    let mut last: BTreeMap<i64, &str> = BTreeMap::new();
    let mut found = Vec::with_capacity(codes.len());
    for (level, code) in levels.iter().zip(&codes) {
        let above = level.checked_sub(1)?;
        let by_code = || by_level.get(&above).and_then(|codes| longest(codes, code));
        let up = if *level == top { Some("") } else { by_code().or_else(|| last.get(&above).copied()) };
        found.push(up?.to_owned());
        last.insert(*level, code);
    }
    Some(found)
}

/// The codes of each level, in order.
fn by_level<'c>(levels: &[i64], codes: &'c [String]) -> BTreeMap<i64, Vec<&'c str>> {
    let mut by_level: BTreeMap<i64, Vec<&str>> = BTreeMap::new();
    for (level, code) in levels.iter().zip(codes) {
        by_level.entry(*level).or_default().push(code);
    }
    by_level.values_mut().for_each(|codes| codes.sort_unstable());
    by_level
}

/// The longest of the codes, which are in order, that is a beginning of this one.
fn longest<'c>(codes: &[&'c str], code: &str) -> Option<&'c str> {
    let ends = code.char_indices().map(|(at, _)| at).skip(1).collect::<Vec<_>>();
    let starts = ends.iter().rev().filter_map(|end| code.get(..*end));
    starts.filter_map(|start| codes.binary_search(&start).ok()).find_map(|at| codes.get(at).copied())
}

/// Puts the parents in; where the source has no column of them, the one of levels tells them.
fn fill(table: &mut Table, places: Places, parents: &[String]) {
    if let Some(column) = table.columns.get_mut(places.parent) {
        *column = column.with_texts(parents.iter().map(String::as_str));
    }
    for segment in &mut table.segments {
        let level = segment.headers.get(places.level).cloned().flatten();
        if let Some(header) = segment.headers.get_mut(places.parent).filter(|header| header.is_none()) {
            *header = level;
        }
    }
}
