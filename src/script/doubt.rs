//! Doubt: what a rule cannot know because a column is not in the submission.
//!
//! A column that is missing reads as empty cells. A decision against the organization that rests on such cells would
//! deduct points for a renamed header, so it becomes unknown. Where it can be seen which rows rest on a missing
//! column, only decisions made from these rows are in doubt; else every decision of the rule that was not made from
//! rows alone.

use std::cell::RefCell;
use std::sync::Arc;

use super::loaded::IndexedTable;
use crate::model::text::Text;

/// A missing column that was read, in words.
pub(super) type Doubt = Option<Arc<Text>>;

#[derive(Clone, Default)]
struct Log {
    reads: usize,
    last: Doubt,
}

thread_local! {
    // A rule runs from beginning to end on one thread, and nothing else runs there meanwhile.
    static LOG: RefCell<Log> = RefCell::default();
}

/// Forgets what was read: a rule begins.
pub(super) fn begin() {
    LOG.with_borrow_mut(|log| *log = Log::default());
}

/// A column of a table is read.
pub(super) fn read(of: &IndexedTable, column: usize) {
    if !of.lacks(column) {
        return;
    }
    LOG.with_borrow_mut(|log| {
        log.reads = log.reads.saturating_add(1);
        log.last = of.table.decl.columns.get(column).map(|decl| {
            let (table, id) = (&of.table.decl, &decl.id);
            Arc::new(Text::new(format!("{}·{}", table.zh, decl.zh), format!("{}.{id}", table.id)))
        });
    });
}

/// How many missing columns were read so far.
pub(super) fn mark() -> usize {
    LOG.with_borrow(|log| log.reads)
}

/// A missing column read since the mark.
pub(super) fn since(mark: usize) -> Doubt {
    LOG.with_borrow(|log| (log.reads > mark).then(|| log.last.clone()).flatten())
}

/// What was noted so far.
pub(super) struct Snapshot(Log);

/// What was noted so far, to go back to.
pub(super) fn snapshot() -> Snapshot {
    LOG.with_borrow(|log| Snapshot(log.clone()))
}

/// Whether anything was noted since.
pub(super) fn differs(since: &Snapshot) -> bool {
    LOG.with_borrow(|log| log.reads != since.0.reads)
}

/// Forgets what was noted since.
pub(super) fn restore(to: Snapshot) {
    LOG.with_borrow_mut(|log| *log = to.0);
}

/// What is said of a decision in doubt.
pub(super) fn reason(column: &Text) -> Text {
    Text::new(
        format!("申报材料缺少列“{}”（或列名未识别），无法由数据判断", column.zh),
        format!("the column {} is missing or its header is not known: data cannot tell", column.en),
    )
}
