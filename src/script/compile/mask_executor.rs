//! Plans run over a table, a chunk of rows at a time, so that the second condition sees what the first left in cache.

use std::sync::Arc;

use rhai::Array;

use super::bound_expr::BoundExpr;
use super::chunk_view::ChunkView;
use super::dictionary_predicate::judged;
use super::eval_memo::{EvalMemo, MemoState};
use super::evaluate::Evaluator;
use super::kernels::{self, Mask};
use super::matches::bytes_of;
use super::plan::Plan;
use crate::model::written;
use crate::script::value::kernel_value::{Fallback, KernelResult, Value};
use crate::script::value::loaded_table::IndexedTable;
use crate::script::value::selection::Chosen;
use crate::table::column::{CHUNK, Codes, Texts};
use crate::table::table_schema::ColumnType;

/// Rows for which it pays to number the texts of a column.
const WHOLE: usize = 32;

/// Looks at the rows, chunk by chunk; `each` is told the rows of a chunk for which the plan holds, of how many,
/// and says whether to go on.
pub(crate) fn run(
    plan: &Plan,
    of: &Arc<IndexedTable>,
    rows: &Chosen,
    memory: &mut EvalMemo<'_>,
    mut each: impl FnMut(&ChunkView<'_>, &Mask, usize) -> bool,
) -> KernelResult<()> {
    let numbered = rows.len() > WHOLE && rows.len().saturating_mul(4) > of.table.len();
    for spread in rows.spreads(CHUNK) {
        let lanes = ChunkView::new(of, spread.chunk, spread.range.clone()).numbered(numbered);
        let mut mask = vec![spread.rows.is_none(); lanes.len()];
        for row in spread.rows.unwrap_or_default() {
            let at = (*row as usize % CHUNK).checked_sub(spread.range.start);
            if let Some(row) = at.and_then(|at| mask.get_mut(at)) {
                *row = true;
            }
        }
        Kernel::new(&lanes, memory).keep(plan, &mut mask)?;
        if !each(&lanes, &mask, spread.rows.map_or(lanes.len(), <[u32]>::len)) {
            break;
        }
    }
    Ok(())
}

/// What the node is for each of the rows.
pub(crate) fn values(
    node: &BoundExpr,
    of: &Arc<IndexedTable>,
    rows: &Chosen,
    memory: &mut EvalMemo<'_>,
) -> KernelResult<Array> {
    let (mut made, mut room) = (Array::with_capacity(rows.len()), memory.room);
    for spread in rows.spreads(CHUNK) {
        let lanes = ChunkView::new(of, spread.chunk, spread.range.clone());
        let mut evaluator = Evaluator::new(&lanes, memory);
        let mut tell = |at: usize| {
            evaluator.at = at;
            let value = evaluator.value(node)?.dynamic(of);
            // Interpreting stops there for want of memory.
            room = room.checked_sub(bytes_of(&value)).ok_or(Fallback)?;
            made.push(value);
            Ok(())
        };
        match spread.rows {
            None => spread.range.clone().try_for_each(&mut tell)?,
            Some(rows) => rows.iter().try_for_each(|row| tell(*row as usize % CHUNK))?,
        }
    }
    Ok(made)
}

/// Narrows masks of the rows of one chunk.
pub(crate) struct Kernel<'c, 'e, 'h> {
    pub(crate) lanes: &'c ChunkView<'c>,
    pub(crate) memory: &'e mut EvalMemo<'h>,
}

fn none(mask: &Mask) -> bool {
    !mask.contains(&true)
}

/// Leaves in `rows` what is not in `out`.
fn without(rows: &mut Mask, out: &Mask) {
    for (row, out) in rows.iter_mut().zip(out) {
        *row &= !*out;
    }
}

fn with(rows: &mut Mask, more: &Mask) {
    for (row, more) in rows.iter_mut().zip(more) {
        *row |= *more;
    }
}

impl<'c, 'e, 'h> Kernel<'c, 'e, 'h> {
    pub(crate) fn new(lanes: &'c ChunkView<'c>, memory: &'e mut EvalMemo<'h>) -> Self {
        Self { lanes, memory }
    }

    /// Leaves the rows for which the plan holds. A part of `&&` or `||` sees only the rows that interpreting would
    /// have it see, where it matters.
    pub(crate) fn keep(&mut self, plan: &'c Plan, mask: &mut Mask) -> KernelResult<()> {
        match plan {
            Plan::Always(yes) => {
                if !yes {
                    mask.fill(false);
                }
                Ok(())
            }
            Plan::And(parts) => {
                for part in parts {
                    if none(mask) {
                        break;
                    }
                    self.keep(part, mask)?;
                }
                Ok(())
            }
            Plan::Or(parts) => self.keep_either(parts, mask),
            Plan::Not(inner) => {
                let mut out = mask.to_vec();
                self.keep(inner, &mut out)?;
                without(mask, &out);
                Ok(())
            }
            Plan::If(parts) => {
                let [test, yes, no] = &**parts;
                let mut held = mask.to_vec();
                self.keep(test, &mut held)?;
                without(mask, &held);
                self.keep(yes, &mut held)?;
                self.keep(no, mask)?;
                with(mask, &held);
                Ok(())
            }
            _ if none(mask) => Ok(()),
            Plan::Asked(place, column, ask) => self.asked(*place, *column, ask, mask).ok_or(Fallback),
            Plan::Member(column, found) => self.member(*column, found, mask).ok_or(Fallback),
            Plan::BlankText(place, column) => self.blank(*place, *column, mask).ok_or(Fallback),
            Plan::Once(place, column, node) => self.keep_per_code(*place, *column, node, mask),
            Plan::MemoComparison(comparison) => self.keep_memo_comparison(comparison, mask),
            Plan::HasValue(place, column, node) => self.keep_has_value(*place, *column, node, mask),
            Plan::Each(node) => self.each(node, mask),
            leaf => self.leaf(leaf, mask).ok_or(Fallback),
        }
    }

    fn keep_either(&mut self, parts: &'c [Plan], mask: &mut Mask) -> KernelResult<()> {
        let mut left = mask.to_vec();
        mask.fill(false);
        for part in parts {
            if none(&left) {
                break;
            }
            let mut held = left.clone();
            self.keep(part, &mut held)?;
            without(&mut left, &held);
            with(mask, &held);
        }
        Ok(())
    }

    fn leaf(&self, plan: &Plan, mask: &mut Mask) -> Option<()> {
        let lanes = self.lanes;
        match plan {
            Plan::Flag(column) => kernels::flag(lanes, *column, mask),
            Plan::FlagIs(column, yes, comparison) => {
                kernels::flag_is(lanes, *column, *yes, *comparison, mask)
            }
            Plan::Numbers(comparison, a, b) => kernels::numbers(lanes, *comparison, *a, *b, mask),
            Plan::Decimals(comparison, a, b) => kernels::decimals(lanes, *comparison, *a, *b, mask),
            Plan::Days(comparison, a, b) => kernels::days(lanes, *comparison, *a, *b, mask),
            Plan::Texts(comparison, a, b) => kernels::texts(lanes, *comparison, *a, *b, mask),
            Plan::Among { column, numbers, blank } => kernels::among(lanes, *column, numbers, *blank, mask),
            Plan::Blank(column) => kernels::blank(lanes, *column, mask),
            _ => None,
        }
    }

    fn blank(&mut self, place: usize, column: usize, mask: &mut Mask) -> Option<()> {
        let list = self.lanes.kind(column)? == ColumnType::Codes;
        let blank = move |text: &str| {
            if list { written::codes(text).next().is_none() } else { text.trim().is_empty() }
        };
        match self.lanes.texts(column)? {
            Texts::Coded { .. } => self.asked(place, column, &blank, mask),
            Texts::Plain { .. } => kernels::blank_text(self.lanes, column, blank, mask),
        }
    }

    /// Whether the number of a cell is one of those found.
    fn member(&self, column: usize, found: &[bool], mask: &mut Mask) -> Option<()> {
        let first = self.lanes.row(self.lanes.range.start);
        let numbers = self.lanes.of.codes_of(column)?.numbers().get(first..)?;
        for (row, number) in mask.iter_mut().zip(numbers) {
            *row &= found.get(*number as usize).copied().unwrap_or(false);
        }
        Some(())
    }

    /// A question about a text: asked once for each text of a dictionary.
    fn asked(
        &mut self,
        place: usize,
        column: usize,
        ask: &dyn Fn(&str) -> bool,
        mask: &mut Mask,
    ) -> Option<()> {
        let range = self.lanes.range.clone();
        match self.lanes.texts(column)? {
            Texts::Coded { codes, dictionary } => {
                let ask = |code| MemoState::of(Ok(ask(dictionary.get(code))));
                let known = self.memory.answers(place, dictionary.len());
                match codes {
                    Codes::Byte(codes) => judged(codes.get(range)?, known, ask, mask),
                    Codes::Short(codes) => judged(codes.get(range)?, known, ask, mask),
                    Codes::Long(codes) => judged(codes.get(range)?, known, ask, mask),
                }
            }
            texts @ Texts::Plain { .. } => {
                for (row, at) in mask.iter_mut().zip(range) {
                    *row = *row && ask(texts.get(at));
                }
                Some(())
            }
        }
    }

    pub(crate) fn one(&mut self, node: &'c BoundExpr, at: usize) -> KernelResult<bool> {
        let mut evaluator = Evaluator::new(self.lanes, self.memory);
        evaluator.at = at;
        evaluator.yes(node)
    }

    pub(crate) fn value(&mut self, node: &'c BoundExpr, at: usize) -> KernelResult<Value<'c>> {
        let mut evaluator = Evaluator::new(self.lanes, self.memory);
        evaluator.at = at;
        evaluator.value(node)
    }

    pub(crate) fn each(&mut self, node: &'c BoundExpr, mask: &mut Mask) -> KernelResult<()> {
        let mut evaluator = Evaluator::new(self.lanes, self.memory);
        for (row, at) in mask.iter_mut().zip(self.lanes.range.clone()) {
            if *row {
                evaluator.at = at;
                *row = evaluator.yes(node)?;
            }
        }
        Ok(())
    }
}
