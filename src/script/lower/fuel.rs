//! What kernels cost a rule: they bypass the script engine's own count of operations.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use rhai::{EvalAltResult, NativeCallContext};

use super::super::calls;
use super::super::rows::Res;

/// Steps of a kernel that take as long as one operation of the interpreter.
const STEPS: u64 = 64;
/// Rounds of a closure inside a closure that do.
const ROUNDS: u64 = 2;

/// Operations that kernels did for one run of a rule. They depend on the rows and the closure alone, so that a rule
/// that goes beyond its limit does so everywhere.
#[derive(Clone, Debug, Default)]
pub(in crate::script) struct Fuel(Arc<AtomicU64>);

impl Fuel {
    /// Charges a pass over the rows with a closure of this size.
    pub(super) fn charge(&self, context: &NativeCallContext<'_>, rows: usize, size: u64) -> Res<()> {
        let steps = u64::try_from(rows).unwrap_or(u64::MAX).saturating_mul(size);
        self.spend(context, steps / STEPS)
    }

    /// Rounds that may still be made.
    pub(super) fn rounds(&self, context: &NativeCallContext<'_>) -> u64 {
        let (limit, spent) = self.spent(context);
        limit.saturating_sub(spent).saturating_mul(ROUNDS)
    }

    /// Charges the rounds that were made.
    pub(super) fn burn(&self, context: &NativeCallContext<'_>, rounds: u64) -> Res<()> {
        self.spend(context, rounds.div_ceil(ROUNDS))
    }

    fn spent(&self, context: &NativeCallContext<'_>) -> (u64, u64) {
        let own = calls::operations(context);
        let limit = Some(context.engine().max_operations()).filter(|limit| *limit > 0).unwrap_or(u64::MAX);
        (limit, own.saturating_add(self.0.load(Ordering::Relaxed)))
    }

    fn spend(&self, context: &NativeCallContext<'_>, operations: u64) -> Res<()> {
        self.0.fetch_add(operations, Ordering::Relaxed);
        let (limit, spent) = self.spent(context);
        if spent > limit {
            return Err(EvalAltResult::ErrorTooManyOperations(context.call_position()).into());
        }
        Ok(())
    }
}
