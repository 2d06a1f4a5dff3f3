//! Data that is too much for what a rule asks of it: not the rule's fault, so the rule goes on with the rest. What it
//! then finds wrong is wrong; that nothing is wrong can no longer be told, and is told as unknown at the cell.

use std::cell::RefCell;

use crate::model::text::Text;
use crate::script::value::cell_refs::CellRefs;
use crate::script::value::decision::RuleDecision;
use crate::script::value::rows::Row;

/// A cell that was left out, and why.
struct Excess {
    row: Row,
    column: usize,
    why: Text,
}

thread_local! {
    // A rule runs from beginning to end on one thread, and nothing else runs there meanwhile.
    static LOG: RefCell<Option<Excess>> = const { RefCell::new(None) };
}

/// Forgets what was left out: a rule begins.
pub(crate) fn begin() {
    LOG.with_borrow_mut(|log| *log = None);
}

/// A cell is left out. The first of a rule is told.
pub(crate) fn note(row: Row, column: usize, why: Text) {
    LOG.with_borrow_mut(|log| {
        log.get_or_insert(Excess { row, column, why });
    });
}

/// Runs something of which nothing stays left out for what comes after it.
pub(crate) fn apart<T>(run: impl FnOnce() -> T) -> T {
    let clean = LOG.with_borrow(Option::is_none);
    let made = run();
    if clean {
        begin();
    }
    made
}

/// The decision, but unknown where it is in favour and something was left out.
pub(crate) fn weighed(decision: RuleDecision) -> RuleDecision {
    LOG.with_borrow(|log| match log {
        Some(excess) if decision.is_in_favour() => {
            let cells = CellRefs::of_row(&excess.row, Some(excess.column));
            decision.left_open(excess.why.clone(), cells)
        }
        _ => decision,
    })
}
