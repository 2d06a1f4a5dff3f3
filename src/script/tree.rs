//! A table whose rows name their parent, seen as a tree.

use std::collections::HashSet;

use rhai::{Array, ImmutableString};

use super::loaded::key;
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
    code: usize,
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
        code,
        parents,
    })
}

fn chosen(rows: &Rows, keep: impl Fn(u32) -> bool) -> Vec<u32> {
    rows.chosen.iter().filter(|at| keep(*at)).collect()
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

/// Rows whose level is not the one after their parent's in `order`. Where the parent stands wrong itself, it
/// alone is told.
pub(super) fn out_of_order(tree: &mut Tree, level: ImmutableString, order: Array) -> Res<Rows> {
    let column = tree.rows.column(&level)?;
    let order: Vec<String> = order.iter().map(ToString::to_string).collect();
    let rank = |at: u32| {
        let level = key(&tree.rows.of.table, at as usize, column);
        order.iter().position(|known| *known == level)
    };
    let follows = |at: u32, up: u32| rank(at).zip(rank(up)).is_some_and(|(own, above)| own == above + 1);
    let wrong: HashSet<u32> =
        tree.parents.iter().filter(|(at, up)| !follows(*at, *up)).map(|(at, _)| *at).collect();
    let told = tree.parents.iter().filter(|(at, up)| wrong.contains(at) && !wrong.contains(up));
    let mut told: Vec<u32> = told.map(|(at, _)| *at).collect();
    told.extend(tree.roots.iter().copied().filter(|at| rank(*at).is_none()));
    told.sort_unstable();
    Ok(tree.rows.choose(told.into_iter()))
}

/// Rows whose code does not begin with their parent's.
pub(super) fn strays(tree: &mut Tree) -> Rows {
    let code = |at: u32| key(&tree.rows.of.table, at as usize, tree.code);
    let apart = |at: u32, up: u32| {
        let (own, above) = (code(at), code(up));
        own == above || !own.starts_with(&above)
    };
    tree.rows.choose(tree.parents.iter().filter(|(at, up)| apart(*at, *up)).map(|(at, _)| *at))
}
