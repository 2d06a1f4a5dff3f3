//! What is worked out once for each text or word of a column, and then comparison up for each row: first for what is not
//! known yet, then for all rows of the chunk in loops that do nothing else.

use super::bound_expr::BoundExpr;
use super::eval_memo::MemoState;
use super::kernels::Mask;
use super::mask_executor::Kernel;
use super::memo_comparison::{Lane, MemoComparison, Operand, Scalar, compared};
use crate::script::value::kernel_value::{Fallback, KernelResult};
use crate::table::column::{Codes, View};

/// The first row from `from` on that is still in and of whose text this is known; `nothing` is known of texts beyond the
/// end.
fn first<T: Copy + PartialEq>(
    codes: Codes<'_>,
    (known, nothing): (&[T], T),
    mask: &Mask,
    from: usize,
    wanted: T,
) -> Option<usize> {
    fn find<C: Copy + Into<u32>>(
        codes: &[C],
        mask: &Mask,
        from: usize,
        is: impl Fn(u32) -> bool,
    ) -> Option<usize> {
        let mut rows = mask.iter().zip(codes).enumerate().skip(from);
        rows.find(|(_, (row, code))| **row && is((**code).into())).map(|(at, _)| at)
    }
    let is = |code: u32| known.get(code as usize).copied().unwrap_or(nothing) == wanted;
    match codes {
        Codes::Byte(codes) => find(codes, mask, from, is),
        Codes::Short(codes) => find(codes, mask, from, is),
        Codes::Long(codes) => find(codes, mask, from, is),
    }
}

fn gathered(codes: Codes<'_>, known: &[Scalar]) -> Vec<Scalar> {
    let of = |code: u32| known.get(code as usize).copied().unwrap_or(Scalar::Missing);
    match codes {
        Codes::Byte(codes) => codes.iter().map(|code| of((*code).into())).collect(),
        Codes::Short(codes) => codes.iter().map(|code| of((*code).into())).collect(),
        Codes::Long(codes) => codes.iter().map(|code| of(*code)).collect(),
    }
}

impl<'c> Kernel<'c, '_, '_> {
    /// The row of the chunk that is this one of the lanes.
    fn place(&self, at: usize) -> usize {
        self.lanes.range.start.saturating_add(at)
    }

    /// A condition that is evaluated once for each text or word of the column.
    pub(crate) fn keep_per_code(
        &mut self,
        place: usize,
        column: usize,
        node: &'c BoundExpr,
        mask: &mut Mask,
    ) -> KernelResult<()> {
        match self.lanes.view(column).ok_or(Fallback)? {
            View::Text(_) => match self.lanes.numbers(column).zip(self.lanes.codes(column)) {
                Some((codes, entries)) => self.once_a_text(place, entries, codes, node, mask),
                None => self.each(node, mask),
            },
            View::Enumerated(cells) => {
                let entries = self.lanes.words(column).saturating_add(1);
                let key = |at| cells.get(at).map_or(0, |number| usize::from(number).saturating_add(1));
                self.once_a_word(place, entries, key, node, mask)
            }
            View::YesNo(cells) => {
                self.once_a_word(place, 3, |at| cells.get(at).map_or(2, usize::from), node, mask)
            }
            _ => self.each(node, mask),
        }
    }

    fn once_a_text(
        &mut self,
        place: usize,
        entries: usize,
        codes: Codes<'_>,
        node: &'c BoundExpr,
        mask: &mut Mask,
    ) -> KernelResult<()> {
        let mut from = 0;
        loop {
            let known = (&*self.memory.answers(place, entries), MemoState::Unknown);
            let Some(at) = first(codes, known, mask, from, MemoState::Unknown) else { break };
            let decision = MemoState::of(self.one(node, self.place(at)));
            let code = codes.get(at).ok_or(Fallback)? as usize;
            *self.memory.answers(place, entries).get_mut(code).ok_or(Fallback)? = decision;
            from = at.saturating_add(1);
        }
        let known = &*self.memory.answers(place, entries);
        if first(codes, (known, MemoState::Unknown), mask, 0, MemoState::Fallback).is_some() {
            return Err(Fallback);
        }
        for (at, row) in mask.iter_mut().enumerate() {
            let code = codes.get(at).ok_or(Fallback)? as usize;
            *row = *row && known.get(code) == Some(&MemoState::Yes);
        }
        Ok(())
    }

    fn once_a_word(
        &mut self,
        place: usize,
        entries: usize,
        key: impl Fn(usize) -> usize,
        node: &'c BoundExpr,
        mask: &mut Mask,
    ) -> KernelResult<()> {
        for (row, at) in mask.iter_mut().zip(self.lanes.range.clone()).filter(|(row, _)| **row) {
            let known = *self.memory.answers(place, entries).get(key(at)).ok_or(Fallback)?;
            let decision =
                if known == MemoState::Unknown { MemoState::of(self.one(node, at)) } else { known };
            *self.memory.answers(place, entries).get_mut(key(at)).ok_or(Fallback)? = decision;
            *row = decision.yes()?;
        }
        Ok(())
    }

    /// Compares what is known of the texts; a row of which nothing is known to compare is for the evaluator.
    pub(crate) fn keep_memo_comparison(
        &mut self,
        comparison: &'c MemoComparison,
        mask: &mut Mask,
    ) -> KernelResult<()> {
        let [a, b] = &comparison.operands;
        let (Some(a), Some(b)) = (self.lane(a, mask)?, self.lane(b, mask)?) else {
            return self.each(&comparison.whole, mask);
        };
        for (at, row) in mask.iter_mut().enumerate().filter(|(_, row)| **row) {
            *row = match compared(comparison.comparison, a.get(at), b.get(at)) {
                Some(holds) => holds,
                None => self.one(&comparison.whole, self.place(at))?,
            };
        }
        Ok(())
    }

    /// The operand for each row; none where the column does not tell its texts apart.
    fn lane(&mut self, operand: &'c Operand, mask: &Mask) -> KernelResult<Option<Lane<'c>>> {
        match operand {
            Operand::Same(node) => {
                let value = self.value(node, 0)?;
                Ok(Some(Lane::Same(Scalar::of(&value, |text| self.memory.word(text)))))
            }
            Operand::Cell(column) => Ok(Lane::cells(*column, self.lanes)),
            Operand::Once(place, column, node) => {
                let Some(codes) = self.lanes.numbers(*column) else { return Ok(None) };
                self.work_out(*place, codes, node, mask)?;
                Ok(Some(Lane::Each(gathered(codes, self.memory.scalars(*place)))))
            }
        }
    }

    /// Gives up where what is to be worked out has no value.
    pub(crate) fn keep_has_value(
        &mut self,
        place: usize,
        column: usize,
        node: &'c BoundExpr,
        mask: &Mask,
    ) -> KernelResult<()> {
        let Some(codes) = self.lanes.numbers(column) else {
            let mut rows = mask.iter().zip(self.lanes.range.clone()).filter(|(row, _)| **row);
            return rows.try_for_each(|(_, at)| self.value(node, at).map(|_| ()));
        };
        self.work_out(place, codes, node, mask)?;
        let mut from = 0;
        while let Some(at) = self.first_known(place, codes, mask, from, Scalar::Odd) {
            self.value(node, self.place(at))?;
            from = at.saturating_add(1);
        }
        Ok(())
    }

    /// Works out what is not known yet of the texts of rows that are still in.
    fn work_out(
        &mut self,
        place: usize,
        codes: Codes<'_>,
        node: &'c BoundExpr,
        mask: &Mask,
    ) -> KernelResult<()> {
        let mut from = 0;
        while let Some(at) = self.first_known(place, codes, mask, from, Scalar::Missing) {
            let scalar = match self.value(node, self.place(at)) {
                Ok(value) => Scalar::of(&value, |text| self.memory.word(text)),
                Err(Fallback) => Scalar::Odd,
            };
            self.memory.keep_scalar(place, codes.get(at).ok_or(Fallback)?, scalar);
            from = at.saturating_add(1);
        }
        Ok(())
    }

    fn first_known(
        &self,
        place: usize,
        codes: Codes<'_>,
        mask: &Mask,
        from: usize,
        wanted: Scalar,
    ) -> Option<usize> {
        first(codes, (self.memory.scalars(place), Scalar::Missing), mask, from, wanted)
    }
}
