//! A table whose rows name their parent, seen as a tree.

use std::collections::HashSet;

use rhai::ImmutableString;

use super::rows::{Res, Rows};
use crate::model::column::CellValue;

/// The shape of a tree: which rows are wrong in which way, and which are leaves.
#[derive(Clone, Debug)]
pub(super) struct Tree {
    rows: Rows,
    roots: Vec<u32>,
    orphans: Vec<u32>,
    cycles: Vec<u32>,
    leaves: Vec<u32>,
    parents: Vec<(u32, u32)>,
}

/// The tree of `rows` by the columns that hold a row's code and its parent's.
pub(super) fn tree(rows: &mut Rows, code: ImmutableString, parent: ImmutableString) -> Res<Tree> {
    let (code, parent) = (rows.column(&code)?, rows.column(&parent)?);
    let named: Vec<(u32, String)> = rows.keys(parent).collect();
    let with_parent: HashSet<u32> = named.iter().map(|(at, _)| *at).collect();
    let parents: Vec<(u32, u32)> = named
        .iter()
        .filter_map(|(at, text)| rows.of.rows_with(code, text).first().map(|up| (*at, *up)))
        .collect();
    let resolved: HashSet<u32> = parents.iter().map(|(at, _)| *at).collect();
    let inner: HashSet<u32> = parents.iter().map(|(_, up)| *up).collect();
    Ok(Tree {
        rows: rows.clone(),
        roots: chosen(rows, |at| !with_parent.contains(&at)),
        orphans: chosen(rows, |at| with_parent.contains(&at) && !resolved.contains(&at)),
        leaves: chosen(rows, |at| !inner.contains(&at)),
        cycles: cycles(&parents),
        parents,
    })
}

fn chosen(rows: &Rows, keep: impl Fn(u32) -> bool) -> Vec<u32> {
    rows.chosen.iter().copied().filter(|at| keep(*at)).collect()
}

/// Rows from which going up never ends.
fn cycles(parents: &[(u32, u32)]) -> Vec<u32> {
    let up: std::collections::HashMap<u32, u32> = parents.iter().copied().collect();
    let endless = |start: u32| {
        let (mut slow, mut fast) = (start, start);
        loop {
            let Some(next) = up.get(&fast).and_then(|step| up.get(step)) else { return false };
            fast = *next;
            slow = up.get(&slow).copied().unwrap_or(slow);
            if slow == fast {
                return true;
            }
        }
    };
    parents.iter().map(|(at, _)| *at).filter(|at| endless(*at)).collect()
}

pub(super) fn roots(tree: &mut Tree) -> Rows {
    tree.rows.choose(tree.roots.iter().copied())
}

pub(super) fn orphans(tree: &mut Tree) -> Rows {
    tree.rows.choose(tree.orphans.iter().copied())
}

pub(super) fn looped(tree: &mut Tree) -> Rows {
    tree.rows.choose(tree.cycles.iter().copied())
}

pub(super) fn leaves(tree: &mut Tree) -> Rows {
    tree.rows.choose(tree.leaves.iter().copied())
}

/// Rows whose level is not one more than their parent's.
pub(super) fn misplaced(tree: &mut Tree, level: ImmutableString) -> Res<Rows> {
    let column = tree.rows.column(&level)?;
    let level_of = |at: u32| match tree.rows.of.table.cell(at as usize, column) {
        CellValue::Integer(level) => Some(level),
        _ => None,
    };
    let wrong = |(at, up): &(u32, u32)| match (level_of(*at), level_of(*up)) {
        (Some(own), Some(above)) => above.checked_add(1) != Some(own),
        _ => false,
    };
    let picked = tree.parents.iter().filter(|pair| wrong(pair)).map(|(at, _)| *at);
    Ok(tree.rows.choose(picked))
}
