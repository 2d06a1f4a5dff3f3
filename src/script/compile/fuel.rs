//! What kernels cost a rule: they bypass the script engine's own count of operations.

use rhai::Dynamic;

use super::ir::Ir;
use crate::resources::meter;
use crate::script::error::{Res, exceeded, sizes};
use crate::script::value::patterns;

/// Steps of a kernel that take as long as one operation of the interpreter.
const STEPS: u64 = 16;
/// Parts of a closure that are bound to the table before a pass in the time of an operation.
const BOUND: u64 = 2;
/// Operations that take as long as beginning a pass.
const PASS: u64 = 16;
/// Operations that take as long as a round of a closure inside a closure.
pub(crate) const ROUND: u64 = 2;
/// Operations that take as long as having the script engine call a function for a row.
pub(crate) const ASKED: u64 = 2;

/// Charges a pass over the rows with a closure of this size. It depends on the rows and the closure alone, so that a
/// rule that goes beyond its limit does so everywhere.
pub(crate) fn charge(rows: usize, size: u64) -> Res<()> {
    let steps = u64::try_from(rows).unwrap_or(u64::MAX).saturating_mul(size);
    exceeded::charge((steps / STEPS).saturating_add(size / BOUND).saturating_add(PASS))
}

/// Charges what a pass does with captured values: patterns are compiled; lists and maps are looked through once, and for
/// every row where they are no lists of texts, which are looked up; where texts are looked through for words, so is each
/// for every word of a list, as it is for those that stand in the closure.
pub(crate) fn charge_captured(ir: &Ir, rows: usize, captured: &[Dynamic]) -> Res<()> {
    for pattern in ir.captured_patterns().into_iter().filter_map(|at| captured.get(at)) {
        pattern.as_immutable_string_ref().map_or(Ok(()), |pattern| patterns::charge(&pattern))?;
    }
    let rows = u64::try_from(rows).unwrap_or(u64::MAX);
    let seeks = ir.seeks();
    for value in captured.iter().filter(|value| value.is_array() || value.is_map()) {
        let texts = value.as_array_ref().is_ok_and(|list| list.iter().all(Dynamic::is_string));
        let times = if texts { 1 } else { rows.saturating_add(1) };
        let words = if seeks && texts { sizes::length(value).saturating_mul(rows) / STEPS } else { 0 };
        exceeded::charge(sizes::walked(value)?.saturating_mul(times).saturating_add(words))?;
    }
    Ok(())
}

/// How far a kernel may go.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Allowance {
    /// Operations beside those of the pass.
    pub(crate) operations: u64,
    /// Bytes it may hold.
    pub(crate) room: usize,
}

/// What the script has left.
pub(crate) fn allowance() -> Allowance {
    let room = meter::limits().live.saturating_sub(meter::spent().live);
    Allowance { operations: meter::left(), room: usize::try_from(room).unwrap_or(0) }
}

/// Operations that take as long as choosing so many rows.
pub(crate) fn choosing(rows: usize) -> u64 {
    u64::try_from(rows).unwrap_or(u64::MAX) / STEPS
}
