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

use super::loaded::IndexedTable;
use super::unclear::Cause;
use crate::model::text::Text;
use crate::table::table_schema::TableDecl;
use crate::table::{NotKnown, Source, Table, Unread};

/// Cells that are noted and told at most.
pub(super) const TOLD: usize = 20;

/// Why something is not known.
#[derive(Clone, Debug)]
pub(super) enum Reason {
    /// A column is missing, or a source was not read.
    Lacking(Lacking),
    /// Cells that were not understood.
    Cells(Vec<Cause>),
}

/// What is said of a column that is missing, or a source that was not read.
#[derive(Clone, Debug)]
pub(super) struct Lacking {
    pub(super) told: Text,
    /// The program's own words in it.
    pub(super) own: Text,
}

/// Why something is not known, where it is not.
pub(super) type Doubt = Option<Arc<Reason>>;

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
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Mark {
    missing: usize,
    unclear: usize,
    causes: usize,
}

/// Forgets what was read: a rule begins.
pub(super) fn begin() {
    LOG.with_borrow_mut(|log| *log = Log::default());
}

/// A column of a table is read.
pub(super) fn read(of: &IndexedTable, column: usize) {
    note_missing(of.lacking(column));
}

/// A table is asked for.
pub(super) fn asked(of: &IndexedTable) {
    note_missing(of.unread.clone());
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
pub(super) fn note(cause: &Cause) {
    LOG.with_borrow_mut(|log| {
        log.unclear = log.unclear.saturating_add(1);
        if log.causes.len() < TOLD && !log.causes.contains(cause) {
            log.causes.push(cause.clone());
        }
        log.last = Some(cause.clone());
    });
}

/// What is noted so far.
pub(super) fn mark() -> Mark {
    LOG.with_borrow(|log| Mark { missing: log.missing, unclear: log.unclear, causes: log.causes.len() })
}

/// What was noted since the mark: cells before columns.
pub(super) fn since(mark: Mark) -> Doubt {
    let column = || LOG.with_borrow(|log| (log.missing > mark.missing).then(|| log.column.clone()).flatten());
    unclear_since(mark).map(|cause| Arc::new(Reason::Cells(vec![cause]))).or_else(column)
}

/// The last unclear cell that was noted since the mark.
pub(super) fn unclear_since(mark: Mark) -> Option<Cause> {
    LOG.with_borrow(|log| (log.unclear > mark.unclear).then(|| log.last.clone()).flatten())
}

/// Forgets the unclear cells that were noted since the mark: it was told of them otherwise.
pub(super) fn forget_unclear(mark: Mark) {
    LOG.with_borrow_mut(|log| {
        log.unclear = mark.unclear;
        log.causes.truncate(mark.causes);
    });
}

/// Forgets whatever was noted since the mark.
pub(super) fn restore(mark: Mark) {
    forget_unclear(mark);
    LOG.with_borrow_mut(|log| log.missing = mark.missing);
}

/// Runs something of which nothing stays noted for what comes after it.
pub(super) fn apart<T>(run: impl FnOnce() -> T) -> T {
    let (mark, column) = (mark(), LOG.with_borrow(|log| log.column.clone()));
    let made = run();
    restore(mark);
    LOG.with_borrow_mut(|log| log.column = column);
    made
}

/// A missing column that was read by the rule.
pub(super) fn missing() -> Doubt {
    LOG.with_borrow(|log| (log.missing > 0).then(|| log.column.clone()).flatten())
}

/// The unclear cells that were noted by the rule so far.
pub(super) fn unclear() -> Vec<Cause> {
    LOG.with_borrow(|log| log.causes.clone())
}

/// One of two doubts: cells, which count either way, before columns.
pub(super) fn either(one: &Doubt, other: &Doubt) -> Doubt {
    let cells = |doubt: &&Doubt| doubt.as_deref().is_some_and(|reason| matches!(reason, Reason::Cells(_)));
    [one, other].into_iter().find(cells).cloned().unwrap_or_else(|| one.clone().or_else(|| other.clone()))
}

/// The unclear cells of a doubt.
pub(super) fn cells(doubt: &Doubt) -> &[Cause] {
    match doubt.as_deref() {
        Some(Reason::Cells(causes)) => causes,
        _ => &[],
    }
}

/// Unknown headers that are named.
const NAMED: usize = 5;

/// What is said of a decision against the organization that rests on a missing column.
pub(super) fn of_column(table: &Table, column: usize) -> Arc<Reason> {
    let id = table.decl.columns.get(column).map_or("", |decl| decl.id.as_str());
    let zh = table.decl.columns.get(column).map_or("", |decl| decl.zh.as_str());
    let own = Text::new(
        format!("申报材料缺少列“{}·{zh}”（或列名未识别），无法由数据判断", table.decl.zh),
        format!("the column {}.{id} is missing or its header is not known: data cannot tell", table.decl.id),
    );
    let unknown = table.unknown_headers();
    let some = unknown.iter().take(NAMED).copied().collect::<Vec<_>>().join("、");
    let told = match unknown.len() {
        0 => own.clone(),
        all if all <= NAMED => Text::new(
            format!("{}；未识别的列名：{some}", own.zh),
            format!("{}; headers not known: {some}", own.en),
        ),
        all => Text::new(
            format!("{}；未识别的列名：{some}等{all}个", own.zh),
            format!("{}; headers not known: {some} and others, {all} in all", own.en),
        ),
    };
    Arc::new(Reason::Lacking(Lacking { told, own }))
}

/// What is said of a decision against the organization that rests on a table of which a source was not read.
pub(super) fn of_table(table: &TableDecl, unread: &Unread) -> Arc<Reason> {
    let own = match unread.why {
        NotKnown::Name => Text::new(
            format!("可能是{}，表名未识别，没有读取，无法由数据判断", table.zh),
            format!(
                " may be the table {}; its name is not known and it was not read: data cannot tell",
                table.id
            ),
        ),
        NotKnown::Header => Text::new(
            format!("的表头未识别，{}没有读取或没有读全，无法由数据判断", table.zh),
            format!(
                " has no header that is known; the table {} was not read, or not all of it: data cannot tell",
                table.id
            ),
        ),
    };
    let Source { file, sheet } = &*unread.source;
    let place = match sheet {
        Some(sheet) => {
            Text::new(format!("“{file}”的工作表“{sheet}”"), format!("sheet \"{sheet}\" of \"{file}\""))
        }
        None => Text::new(format!("“{file}”"), format!("\"{file}\"")),
    };
    let told = Text::new(format!("{}{}", place.zh, own.zh), format!("{}{}", place.en, own.en));
    Arc::new(Reason::Lacking(Lacking { told, own }))
}
