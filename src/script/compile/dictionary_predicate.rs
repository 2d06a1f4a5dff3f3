//! Questions about texts that have numbers: each is asked once, and rows are told apart by number.

use super::eval_memo::MemoState;
use super::kernels::Mask;

/// Rows for each text of a dictionary from which on its texts are few.
const FEW: usize = 8;

/// Texts that are compared with one by one.
const SINGLE: usize = 3;

/// Narrows the mask to the texts of which all is known, and yes. Comparing with none, one, two or three, be they those
/// for which it is so or those for which it is not, runs over many rows at once.
fn among<C: Copy + Eq + Into<u32> + TryFrom<u32>>(codes: &[C], known: &[MemoState], mask: &mut Mask) {
    let yes = known.iter().filter(|decision| **decision == MemoState::Yes).count();
    let rest = known.len().saturating_sub(yes);
    let is = |wanted: bool| {
        let some =
            known.iter().zip(0_u32..).filter(move |(decision, _)| (**decision == MemoState::Yes) == wanted);
        some.filter_map(|(_, code)| C::try_from(code).ok()).collect::<Vec<_>>()
    };
    if yes <= SINGLE {
        one_of(codes, &is(true), mask, |found| found);
    } else if rest <= SINGLE {
        one_of(codes, &is(false), mask, |found| !found);
    } else {
        for (row, code) in mask.iter_mut().zip(codes) {
            *row &= known.get((*code).into() as usize) == Some(&MemoState::Yes);
        }
    }
}

/// Narrows the mask by whether a row has one of at most [`SINGLE`] numbers.
fn one_of<C: Copy + Eq>(codes: &[C], some: &[C], mask: &mut Mask, keep: impl Fn(bool) -> bool) {
    let rows = mask.iter_mut().zip(codes);
    match *some {
        [] => rows.for_each(|(row, _)| *row &= keep(false)),
        [one] => rows.for_each(|(row, code)| *row &= keep(*code == one)),
        [one, two] => rows.for_each(|(row, code)| *row &= keep(*code == one || *code == two)),
        [one, two, three, ..] => {
            rows.for_each(|(row, code)| *row &= keep(*code == one || *code == two || *code == three));
        }
    }
}

/// Narrows the mask by what is known of the texts with these numbers; `ask` says what is not known yet. A few texts
/// are all asked at once, and nothing is left to ask in the rows.
pub(crate) fn judged<C: Copy + Eq + Into<u32> + TryFrom<u32>>(
    codes: &[C],
    known: &mut [MemoState],
    ask: impl Fn(u32) -> MemoState,
    mask: &mut Mask,
) -> Option<()> {
    if known.len().saturating_mul(FEW) <= codes.len() {
        for (decision, code) in
            known.iter_mut().zip(0..).filter(|(decision, _)| **decision == MemoState::Unknown)
        {
            *decision = ask(code);
        }
        among(codes, known, mask);
        return Some(());
    }
    for (row, code) in mask.iter_mut().zip(codes).filter(|(row, _)| **row) {
        let code = (*code).into();
        let decision = known.get_mut(code as usize)?;
        if *decision == MemoState::Unknown {
            *decision = ask(code);
        }
        *row = *decision == MemoState::Yes;
    }
    Some(())
}
