//! A table whose rows name their parent, seen as a tree.

use std::collections::HashSet;
use std::sync::Arc;

use rhai::{Array, ImmutableString};

use super::column_codes::ColumnCodes;
use super::maybe::{Maybe, Perhaps};
use super::rows::Rows;
use super::unclear::Cause;
use crate::script::error::{Res, sizes};
use crate::table::column::CellValue;

/// The shape of a tree: which rows are wrong in which way, and which are leaves.
#[derive(Clone, Debug)]
pub(crate) struct Tree {
    rows: Rows,
    roots: Vec<u32>,
    orphans: Vec<u32>,
    cycles: Vec<u32>,
    leaves: Vec<u32>,
    code: usize,
    parents: Vec<(u32, u32)>,
}

impl Tree {
    /// How many rows it is of.
    pub(crate) fn len(&self) -> usize {
        self.rows.chosen.len()
    }

    /// Whether its rows are not all sure, or have unclear cells.
    pub(crate) fn is_doubtful(&self) -> bool {
        self.rows.doubt.is_some() || !self.rows.of.unclear_rows().is_empty()
    }
}

/// The tree of `rows` by the columns that hold a row's code and its parent's.
pub(crate) fn tree(rows: &mut Rows, code: ImmutableString, parent: ImmutableString) -> Res<Tree> {
    let (code, parent) = (rows.column(&code)?, rows.column(&parent)?);
    let rows = &rows.in_doubt(&[code, parent]);
    let named: Vec<(u32, u32)> = rows.numbers(parent).collect();
    let mut ups: Vec<Option<Option<u32>>> = vec![None; rows.of.codes_of(parent).map_or(0, ColumnCodes::len)];
    let mut up = |number: u32| {
        let known = ups.get_mut(number as usize)?;
        *known.get_or_insert_with(|| rows.of.rows_with(code, &rows.text_of(parent, number)).first().copied())
    };
    let parents: Vec<(u32, u32)> =
        named.iter().filter_map(|(at, number)| Some((*at, up(*number)?))).collect();
    let with_parent = Marks::of(rows, named.iter().map(|(at, _)| *at));
    let resolved = Marks::of(rows, parents.iter().map(|(at, _)| *at));
    let inner = Marks::of(rows, parents.iter().map(|(_, up)| *up));
    Ok(Tree {
        rows: rows.clone(),
        roots: chosen(rows, |at| !with_parent.has(at)),
        orphans: chosen(rows, |at| with_parent.has(at) && !resolved.has(at)),
        leaves: chosen(rows, |at| !inner.has(at)),
        cycles: cycles(&parents, rows.of.table.len()),
        code,
        parents,
    })
}

/// Some rows of a table, for asking which.
struct Marks(Vec<bool>);

impl Marks {
    fn of(rows: &Rows, marked: impl Iterator<Item = u32>) -> Self {
        let mut marks = vec![false; rows.of.table.len()];
        for at in marked {
            if let Some(mark) = marks.get_mut(at as usize) {
                *mark = true;
            }
        }
        Self(marks)
    }

    fn has(&self, at: u32) -> bool {
        self.0.get(at as usize).copied().unwrap_or(false)
    }
}

fn chosen(rows: &Rows, keep: impl Fn(u32) -> bool) -> Vec<u32> {
    rows.chosen.iter().filter(|at| keep(*at)).collect()
}

/// What is known of the way up from a row.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    Unknown,
    /// Being walked.
    Open,
    /// It ends at a row without parent.
    Ends,
    /// It leads into a circle.
    Endless,
}

/// Rows from which going up never ends. Every row of the table of `len` rows is walked over once: what is known of a
/// row is known of all on the way to it.
fn cycles(parents: &[(u32, u32)], len: usize) -> Vec<u32> {
    let mut above = vec![None; len];
    for (at, up) in parents {
        if let Some(slot) = above.get_mut(*at as usize) {
            *slot = Some(*up);
        }
    }
    let mut ways = vec![Way::Unknown; len];
    let mut walked = Vec::new();
    for (start, _) in parents {
        let mut next = Some(*start);
        let way = loop {
            let Some(at) = next else { break Way::Ends };
            match ways.get_mut(at as usize) {
                Some(way @ Way::Unknown) => *way = Way::Open,
                Some(Way::Open | Way::Endless) => break Way::Endless,
                Some(Way::Ends) | None => break Way::Ends,
            }
            walked.push(at);
            next = above.get(at as usize).copied().flatten();
        };
        for at in walked.drain(..) {
            if let Some(known) = ways.get_mut(at as usize) {
                *known = way;
            }
        }
    }
    let endless = |at: &u32| ways.get(*at as usize) == Some(&Way::Endless);
    parents.iter().map(|(at, _)| *at).filter(endless).collect()
}

pub(crate) fn roots(tree: &mut Tree) -> Rows {
    tree.rows.choose(tree.roots.iter().copied())
}

pub(crate) fn orphans(tree: &mut Tree) -> Rows {
    tree.rows.choose(tree.orphans.iter().copied())
}

pub(crate) fn looped(tree: &mut Tree) -> Rows {
    tree.rows.choose(tree.cycles.iter().copied())
}

pub(crate) fn leaves(tree: &mut Tree) -> Rows {
    tree.rows.choose(tree.leaves.iter().copied())
}

/// Rows whose level is not one more than their parent's.
pub(crate) fn misplaced(tree: &mut Tree, level: ImmutableString) -> Res<Rows> {
    let column = tree.rows.column(&level)?;
    let level_of = |at: u32| match tree.rows.of.table.cell(at as usize, column) {
        CellValue::Integer(level) => Some(level),
        _ => None,
    };
    let wrong = |(at, up): &(u32, u32)| match (level_of(*at), level_of(*up)) {
        (Some(own), Some(above)) => above.checked_add(1) != Some(own),
        _ => false,
    };
    let picked: Vec<u32> = tree.parents.iter().filter(|pair| wrong(pair)).map(|(at, _)| *at).collect();
    // A row without a parent is not judged by its level.
    Ok(by_level(tree, column, &[], picked))
}

/// Rows whose level is not the one after their parent's in `order`. Where the parent stands wrong itself, it
/// alone is told.
pub(crate) fn out_of_order(tree: &mut Tree, level: ImmutableString, order: Array) -> Res<Rows> {
    let column = tree.rows.column(&level)?;
    let order: Vec<String> = order.iter().map(sizes::brief).collect();
    let numbers =
        0..u32::try_from(tree.rows.of.codes_of(column).map_or(0, ColumnCodes::len)).unwrap_or(u32::MAX);
    let place = |number: u32| order.iter().position(|known| *known == tree.rows.text_of(column, number));
    let ranks: Vec<Option<usize>> = numbers.map(place).collect();
    let rank = |at: u32| {
        let codes = tree.rows.of.codes_of(column)?;
        ranks.get(codes.number(at) as usize).copied().flatten()
    };
    let follows = |at: u32, up: u32| rank(at).zip(rank(up)).is_some_and(|(own, above)| own == above + 1);
    let wrong: HashSet<u32> =
        tree.parents.iter().filter(|(at, up)| !follows(*at, *up)).map(|(at, _)| *at).collect();
    let told = tree.parents.iter().filter(|(at, up)| wrong.contains(at) && !wrong.contains(up));
    let mut told: Vec<u32> = told.map(|(at, _)| *at).collect();
    told.extend(tree.roots.iter().copied().filter(|at| rank(*at).is_none()));
    told.sort_unstable();
    Ok(by_level(tree, column, &tree.roots, told))
}

/// Rows picked by their level and their parent's, `roots` by their own; where one of these is unclear, so is whether
/// the row is one of them.
fn by_level(tree: &Tree, level: usize, roots: &[u32], picked: Vec<u32>) -> Rows {
    let cause = |row: u32| {
        let unclear = tree.rows.of.is_unclear(row, level);
        unclear.then(|| Cause { of: Arc::clone(&tree.rows.of), row, column: level })
    };
    let roots = roots.iter().map(|at| (*at, cause(*at)));
    let pairs = tree.parents.iter().map(|(at, up)| (*at, cause(*at).or_else(|| cause(*up))));
    let perhaps = roots.chain(pairs).filter_map(|(at, cause)| Some(Perhaps { at, cause: cause? }));
    let maybe: Maybe = perhaps.collect();
    let sure = tree.rows.choose(picked.into_iter().filter(|at| maybe.cause(*at).is_none()));
    Rows { maybe, ..sure }
}

/// Rows whose code does not begin with their parent's.
pub(crate) fn strays(tree: &mut Tree) -> Rows {
    let codes = tree.rows.of.codes_of(tree.code);
    let code = |at: u32| tree.rows.text_of(tree.code, codes.map_or(0, |codes| codes.number(at)));
    let apart = |at: u32, up: u32| {
        let (own, above) = (code(at), code(up));
        own == above || !own.starts_with(above.as_ref())
    };
    tree.rows.choose(tree.parents.iter().filter(|(at, up)| apart(*at, *up)).map(|(at, _)| *at))
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use proptest::prelude::*;

    use super::cycles;

    /// The same by definition: a way that is longer than there are rows does not end.
    fn by_definition(parents: &[(u32, u32)], len: usize) -> Vec<u32> {
        let up: HashMap<u32, u32> = parents.iter().copied().collect();
        let endless = |start: &u32| {
            let way = std::iter::successors(Some(*start), |at| up.get(at).copied());
            way.take(len + 1).count() > len
        };
        parents.iter().map(|(at, _)| *at).filter(endless).collect()
    }

    proptest! {
        #[test]
        fn circles_are_those_of_the_definition(ups in prop::collection::vec(prop::option::of(0..40_u32), 40)) {
            let parents: Vec<(u32, u32)> = (0..).zip(ups).filter_map(|(at, up)| Some((at, up?))).collect();
            prop_assert_eq!(cycles(&parents, 40), by_definition(&parents, 40));
        }
    }

    #[test]
    fn a_circle_and_a_chain_of_a_million_rows_are_walked_once() {
        let len = 1_000_000_u32;
        let chain: Vec<(u32, u32)> = (1..len).map(|at| (at, at - 1)).collect();
        assert!(cycles(&chain, 1_000_000).is_empty());
        let circle: Vec<(u32, u32)> = (0..len).map(|at| (at, (at + 1) % len)).collect();
        assert_eq!(cycles(&circle, 1_000_000).len(), 1_000_000);
    }
}
