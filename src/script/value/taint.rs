//! Doubt: what a rule cannot know, because a column is not in the submission or a cell was not understood.
//!
//! A column that is missing reads as empty cells. A decision against the organization that rests on such cells would
//! deduct points for a renamed header, so it becomes unknown. Where it can be seen which rows rest on a missing
//! column, only decisions made from these rows are in doubt; else every decision of the rule that was not made from
//! rows alone.
//!
//! A cell that was filled but not understood reads as an empty one too, and every use of it is noted. A condition
//! that read one leaves it open whether its row is chosen ([`super::maybe`]); what else is made of one is noted here,
//! and whatever is decided from then on, not from rows alone, is unknown, whichever way it went.

use std::cell::RefCell;
use std::sync::Arc;

use super::lacking::Lacking;
use super::loaded_table::IndexedTable;
use super::unclear::{Cause, TOLD};

/// Why something is not known.
#[derive(Clone, Debug)]
pub(crate) enum Reason {
    /// A column is missing, or a source was not read.
    Lacking(Arc<Lacking>),
    /// Cells that were not understood.
    Cells(Vec<Cause>),
}

/// Why something is not known, where it is not.
pub(crate) type Doubt = Option<Arc<Reason>>;

#[derive(Debug, Default)]
struct Log {
    missing: usize,
    column: Doubt,
    unclear: usize,
    /// The first that were read.
    causes: Vec<Cause>,
    /// The last that was read.
    last: Option<Cause>,
}

thread_local! {
    // A rule runs from beginning to end on one thread, and nothing else runs there meanwhile.
    static LOG: RefCell<Log> = RefCell::default();
}

/// How much was noted so far.
#[derive(Clone, Debug)]
pub(crate) struct Mark {
    missing: usize,
    column: Doubt,
    unclear: usize,
    causes: usize,
    last: Option<Cause>,
}

/// Forgets what was read: a rule begins.
pub(crate) fn begin() {
    LOG.with_borrow_mut(|log| *log = Log::default());
}

/// A column of a table is read.
pub(crate) fn read(of: &IndexedTable, column: usize) {
    note_missing(of_lacking(of.lacking(column)));
}

/// A table is asked for.
pub(crate) fn asked(of: &IndexedTable) {
    note_missing(of_lacking(of.unread.as_ref()));
}

/// The doubt that something lacking leaves.
pub(crate) fn of_lacking(lacking: Option<&Arc<Lacking>>) -> Doubt {
    lacking.map(|lacking| Arc::new(Reason::Lacking(Arc::clone(lacking))))
}

fn note_missing(reason: Doubt) {
    if reason.is_some() {
        LOG.with_borrow_mut(|log| {
            log.missing = log.missing.saturating_add(1);
            log.column = reason;
        });
    }
}

/// A cell that was not understood matters to what is made next.
pub(crate) fn note(cause: &Cause) {
    LOG.with_borrow_mut(|log| {
        log.unclear = log.unclear.saturating_add(1);
        if log.causes.len() < TOLD && !log.causes.contains(cause) {
            log.causes.push(cause.clone());
        }
        log.last = Some(cause.clone());
    });
}

/// What is noted so far.
pub(crate) fn mark() -> Mark {
    LOG.with_borrow(|log| Mark {
        missing: log.missing,
        column: log.column.clone(),
        unclear: log.unclear,
        causes: log.causes.len(),
        last: log.last.clone(),
    })
}

/// Whether anything was noted since the mark.
pub(crate) fn is_noted_since(mark: &Mark) -> bool {
    LOG.with_borrow(|log| log.missing > mark.missing || log.unclear > mark.unclear)
}

/// What was noted since the mark: cells before columns.
pub(crate) fn since(mark: &Mark) -> Doubt {
    let column = || LOG.with_borrow(|log| (log.missing > mark.missing).then(|| log.column.clone()).flatten());
    unclear_since(mark).map(|cause| Arc::new(Reason::Cells(vec![cause]))).or_else(column)
}

/// The last unclear cell that was noted since the mark.
pub(crate) fn unclear_since(mark: &Mark) -> Option<Cause> {
    LOG.with_borrow(|log| (log.unclear > mark.unclear).then(|| log.last.clone()).flatten())
}

/// Forgets the unclear cells that were noted since the mark: it was told of them otherwise.
pub(crate) fn forget_unclear(mark: &Mark) {
    LOG.with_borrow_mut(|log| {
        log.unclear = mark.unclear;
        log.causes.truncate(mark.causes);
        log.last.clone_from(&mark.last);
    });
}

/// Forgets whatever was noted since the mark.
pub(crate) fn restore(mark: &Mark) {
    forget_unclear(mark);
    LOG.with_borrow_mut(|log| {
        log.missing = mark.missing;
        log.column.clone_from(&mark.column);
    });
}

/// Runs something of which nothing stays noted for what comes after it.
pub(crate) fn apart<T>(run: impl FnOnce() -> T) -> T {
    let mark = mark();
    let made = run();
    restore(&mark);
    made
}

/// A missing column that was read by the rule.
pub(crate) fn missing() -> Doubt {
    LOG.with_borrow(|log| (log.missing > 0).then(|| log.column.clone()).flatten())
}

/// The unclear cells that were noted by the rule so far.
pub(crate) fn unclear() -> Vec<Cause> {
    LOG.with_borrow(|log| log.causes.clone())
}

/// One of two doubts: cells, which count either way, before columns.
pub(crate) fn either(one: &Doubt, other: &Doubt) -> Doubt {
    let cells = |doubt: &&Doubt| doubt.as_deref().is_some_and(|reason| matches!(reason, Reason::Cells(_)));
    [one, other].into_iter().find(cells).cloned().unwrap_or_else(|| one.clone().or_else(|| other.clone()))
}

/// The unclear cells of a doubt.
pub(crate) fn cells(doubt: &Doubt) -> &[Cause] {
    match doubt.as_deref() {
        Some(Reason::Cells(causes)) => causes,
        _ => &[],
    }
}
