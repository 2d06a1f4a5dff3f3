//! How far a script may go, and what is said of one that went further.
//!
//! The limits grow with the submission and with nothing else, so that the same rule stops at the same place everywhere. Only the last resort, the clock, is not like that: it yields an error as well, never points.

use rhai::{Dynamic, Engine};

use crate::resources::meter::{self, LimitExceeded, Limits, Measurement};
use crate::script::error::RuleFault;
use crate::script::value::loaded_table::Loaded;

const MIB: i64 = 1024 * 1024;

/// What every script may use.
const BASE: Limits = Limits {
    operations: 3_000_000,
    live: 32 * MIB,
    bytes: 512 * MIB.unsigned_abs(),
    cap: 68 * MIB,
    millis: if cfg!(debug_assertions) { 45_000 } else { 2_000 },
    list: 65_536,
    map: 4_096,
};

/// What it may use more for each row of the submission, see [`Loaded::weight`].
const OPERATIONS_A_ROW: u64 = 256;
const LIVE_A_ROW: i64 = 256;
const BYTES_A_ROW: u64 = 8 * 1024;
/// Even a busy machine does three million operations a second: they run out before the time.
const ROWS_A_MILLISECOND: u64 = 10;

/// What a script that has ended may leave behind: what was worked out for all scripts is not counted as its own.
const LEFT_BEHIND: i64 = MIB / 4;

/// What parsing one script may use. A script within its length never comes near it.
const PARSING: Limits = Limits { cap: 32 * MIB, millis: BASE.millis, ..Limits::NONE };

/// Has a script parsed within its limits, and tells the bytes that what came of it holds.
pub(crate) fn compile<T>(parse: impl FnOnce() -> T) -> (T, usize) {
    let session = Measurement::begin(PARSING);
    let parsed = parse();
    let held = usize::try_from(meter::spent().live).unwrap_or(0);
    drop(session);
    (parsed, held)
}

/// The limits of a library while it is loaded: all libraries of a pack together do no more than one may.
pub(crate) fn loading() -> Limits {
    Limits { operations: meter::left().min(BASE.operations), ..BASE }
}

/// The limits of all libraries together while they are loaded.
pub(crate) const fn together() -> Limits {
    Limits { operations: BASE.operations, ..Limits::NONE }
}

/// The limits of a rule over a submission.
pub(crate) fn of(loaded: &Loaded) -> Limits {
    let rows = loaded.weight();
    let held = i64::try_from(rows).unwrap_or(i64::MAX).saturating_mul(LIVE_A_ROW);
    // A list or map may have an entry for each row, whatever the rows say.
    let each = usize::try_from(loaded.rows()).unwrap_or(usize::MAX);
    Limits {
        operations: BASE.operations.saturating_add(rows.saturating_mul(OPERATIONS_A_ROW)),
        live: BASE.live.saturating_add(held),
        bytes: BASE.bytes.saturating_add(rows.saturating_mul(BYTES_A_ROW)),
        cap: BASE.cap.saturating_add(held),
        millis: BASE.millis.saturating_add(rows / ROWS_A_MILLISECOND),
        list: BASE.list.max(each),
        map: BASE.map.max(each),
    }
}

/// The limits of a file of tests.
pub(crate) const fn alone() -> Limits {
    BASE
}

/// Bytes that a rule over a submission may leave behind.
pub(crate) fn left_behind(loaded: &Loaded) -> i64 {
    LEFT_BEHIND.saturating_add(i64::try_from(loaded.weight()).unwrap_or(i64::MAX).saturating_mul(LIVE_A_ROW))
}

/// Does what a script does within its limits. Whoever swallowed the error, a script that went beyond one stopped: `fault`
/// is what is said of it then.
pub(crate) fn within<T>(
    limits: Limits,
    work: impl FnOnce() -> Result<T, RuleFault>,
    fault: impl FnOnce(LimitExceeded) -> RuleFault,
) -> Result<T, RuleFault> {
    let session = Measurement::begin(limits);
    let done = work();
    let beyond = meter::beyond();
    drop(session);
    match (done, beyond) {
        (Ok(_), Some(beyond)) => Err(fault(beyond)),
        (done, _) => done,
    }
}

/// Has the engine count what scripts do.
pub(crate) fn watch(engine: &mut Engine) {
    engine.set_max_operations(0).on_progress(|_| meter::charge(1).map(Dynamic::from));
}
