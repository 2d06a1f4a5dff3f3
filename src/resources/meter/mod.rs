//! The resource meter: operations of a script, bytes it holds, bytes it ever asked for. Counted per thread, since a
//! script runs from beginning to end on one, and limited by figures that do not depend on the machine.

mod clock;
mod watch;

use std::cell::Cell;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use cpu_time::ThreadTime;

use self::clock::Clock;

pub use watch::overdue;

/// Limits of one measurement. A limit is exceeded when the figure is greater.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Operations of the script, and those that host functions charge.
    pub operations: u64,
    /// Bytes held at a time, looked at when operations are charged.
    pub live: i64,
    /// Bytes asked for in all, whether given back or not.
    pub bytes: u64,
    /// Bytes held at a time beyond which the allocator refuses: the process ends then.
    pub cap: i64,
    /// Milliseconds of wall time, and of the time the thread worked: for what the other limits do not see.
    pub millis: u64,
    /// Elements of a list.
    pub list: usize,
    /// Entries of a map.
    pub map: usize,
}

impl Limits {
    /// No limit.
    pub const NONE: Self = Self {
        operations: u64::MAX,
        live: i64::MAX,
        bytes: u64::MAX,
        cap: i64::MAX,
        millis: u64::MAX,
        list: usize::MAX,
        map: usize::MAX,
    };
}

/// The limit that a script exceeded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LimitExceeded {
    /// Operations.
    Operations,
    /// Bytes held at a time.
    Memory,
    /// Bytes asked for in all.
    Bytes,
    /// Time.
    Time,
    /// Values nested in values.
    Depth,
}

/// What was used since the measurement began.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Spent {
    /// Operations.
    pub operations: u64,
    /// Bytes allocated less bytes given back; negative where more is given back than was allocated since.
    pub live: i64,
    /// Bytes asked for in all.
    pub bytes: u64,
}

struct Meter {
    spent: Cell<Spent>,
    limits: Cell<Limits>,
    /// Number of operations at which the clock is looked at next.
    look: Cell<u64>,
    started: Cell<Option<Start>>,
    beyond: Cell<Option<LimitExceeded>>,
}

/// Start of a measurement by wall time, all and as far as it is seen to pass, and by the processor time of the thread.
type Start = (Instant, Clock, ThreadTime);

/// Operations between looks at the clock.
const STRIDE: u64 = 16;

/// A script that worked less than one part in so many of its wall time waits: the engine sleeps on a lock that the
/// script itself holds.
const AWAKE: u32 = 16;

thread_local! {
    static METER: Meter = const {
        Meter {
            spent: Cell::new(Spent { operations: 0, live: 0, bytes: 0 }),
            limits: Cell::new(Limits::NONE),
            look: Cell::new(u64::MAX),
            started: Cell::new(None),
            beyond: Cell::new(None),
        }
    };
}

/// Counts an allocation of `size` bytes; false where it would exceed the cap, and nothing is counted then.
pub(super) fn on_alloc(size: usize) -> bool {
    let size = i64::try_from(size).unwrap_or(i64::MAX);
    let noted = METER.try_with(|meter| {
        let spent = meter.spent.get();
        let live = spent.live.saturating_add(size);
        if live > meter.limits.get().cap {
            return false;
        }
        let bytes = spent.bytes.saturating_add(size.unsigned_abs());
        meter.spent.set(Spent { live, bytes, ..spent });
        true
    });
    noted.unwrap_or(true)
}

/// Called when the system gives no more memory.
static EXHAUSTED: OnceLock<fn()> = OnceLock::new();

/// Sets what is called when the system gives no more memory. It must not return and should not allocate.
pub fn on_exhausted(end: fn()) {
    EXHAUSTED.get_or_init(|| end);
}

/// Called when a script asks for memory beyond its cap.
static REFUSED: OnceLock<fn()> = OnceLock::new();

/// Sets what is called when a script asks for memory beyond its cap. It must not return and should not allocate.
pub fn on_refused(end: fn()) {
    REFUSED.get_or_init(|| end);
}

/// The answer to an allocation beyond the cap: calls what [`on_refused`] set, then a null pointer.
pub(super) fn refused() -> *mut u8 {
    if let Some(end) = REFUSED.get() {
        end();
    }
    std::ptr::null_mut()
}

/// `pointer` as the system gave it; where it is null, what [`on_exhausted`] set is called first.
pub(super) fn or_exhausted(pointer: *mut u8) -> *mut u8 {
    if pointer.is_null()
        && let Some(end) = EXHAUSTED.get()
    {
        end();
    }
    pointer
}

/// Counts a deallocation of `size` bytes.
pub(super) fn on_dealloc(size: usize) {
    let size = i64::try_from(size).unwrap_or(i64::MAX);
    let _ = METER.try_with(|meter| {
        let spent = meter.spent.get();
        meter.spent.set(Spent { live: spent.live.saturating_sub(size), ..spent });
    });
}

/// What was used on this thread since its measurement began.
pub fn spent() -> Spent {
    METER.with(|meter| meter.spent.get())
}

/// The limits of the measurement on this thread.
pub fn limits() -> Limits {
    METER.with(|meter| meter.limits.get())
}

/// Operations left before the limit of this thread.
pub fn left() -> u64 {
    METER.with(|meter| meter.limits.get().operations.saturating_sub(meter.spent.get().operations))
}

/// Bytes left before the cap of this thread, zero where it is reached.
pub fn room() -> usize {
    METER.with(|meter| {
        let room = meter.limits.get().cap.saturating_sub(meter.spent.get().live);
        usize::try_from(room).unwrap_or(0)
    })
}

/// The limit exceeded, if any. It stays until the measurement ends, since some callers swallow errors.
pub fn beyond() -> Option<LimitExceeded> {
    METER.with(|meter| meter.beyond.get())
}

/// Charges operations and compares with all limits, with the clock only every [`STRIDE`] operations; the limit exceeded,
/// if any.
pub fn charge(operations: u64) -> Option<LimitExceeded> {
    METER.with(|meter| {
        let before = meter.spent.get();
        let spent = Spent { operations: before.operations.saturating_add(operations), ..before };
        meter.spent.set(spent);
        let limits = meter.limits.get();
        if meter.beyond.get().is_some() {
            return meter.beyond.get();
        }
        let beyond = if spent.operations > limits.operations {
            Some(LimitExceeded::Operations)
        } else if spent.live > limits.live {
            Some(LimitExceeded::Memory)
        } else if spent.bytes > limits.bytes {
            Some(LimitExceeded::Bytes)
        } else if spent.operations >= meter.look.get() {
            meter.look.set(spent.operations.saturating_add(STRIDE));
            meter.late()
        } else {
            None
        };
        meter.beyond.set(beyond);
        beyond
    })
}

impl Meter {
    fn late(&self) -> Option<LimitExceeded> {
        let (started, mut clock, worked) = self.started.get()?;
        let seen = clock.look();
        self.started.set(Some((started, clock, worked)));
        let limit = Duration::from_millis(self.limits.get().millis);
        // The thread's own time: that of others on a busy machine is no fault of the script. It takes longer to ask for.
        let late = started.elapsed() > limit && {
            let worked = worked.elapsed();
            worked > limit || (seen > limit && sleeps(seen, worked))
        };
        late.then_some(LimitExceeded::Time)
    }
}

fn sleeps(taken: Duration, worked: Duration) -> bool {
    worked.saturating_mul(AWAKE) < taken
}

/// Runs `work` without charging it to the script: what is made once for all scripts, or depends on what ran before.
/// Only `held`, the bytes of the result that the script holds, is charged.
pub fn unmetered<T>(work: impl FnOnce() -> T, held: impl FnOnce(&T) -> usize) -> T {
    uncounted(Limits::NONE, work, held)
}

/// As [`unmetered`], but within the cap of memory and the sizes of lists and maps of the script: for work on its values.
pub fn unmetered_capped<T>(work: impl FnOnce() -> T, held: impl FnOnce(&T) -> usize) -> T {
    let Limits { cap, list, map, .. } = limits();
    uncounted(Limits { cap, list, map, ..Limits::NONE }, work, held)
}

fn uncounted<T>(meanwhile: Limits, work: impl FnOnce() -> T, held: impl FnOnce(&T) -> usize) -> T {
    let (before, limits) = METER.with(|meter| (meter.spent.get(), meter.limits.replace(meanwhile)));
    // A panic ends the script: what it used no longer matters.
    let done = work();
    let held = i64::try_from(held(&done)).unwrap_or(i64::MAX);
    METER.with(|meter| {
        meter.limits.set(limits);
        let live = before.live.saturating_add(held);
        let bytes = before.bytes.saturating_add(held.unsigned_abs());
        meter.spent.set(Spent { live, bytes, ..before });
    });
    done
}

/// Records that a limit was exceeded that a caller checks itself. The first one recorded stays.
pub fn refuse(beyond: LimitExceeded) -> LimitExceeded {
    METER.with(|meter| meter.beyond.set(meter.beyond.get().or(Some(beyond))));
    beyond
}

static LEAKED: AtomicU64 = AtomicU64::new(0);

/// Adds bytes that scripts allocated and that nothing will give back.
pub fn note_leak(bytes: i64) {
    LEAKED.fetch_add(u64::try_from(bytes).unwrap_or(0), Ordering::Relaxed);
}

/// Bytes leaked in this process so far.
pub fn leaked() -> u64 {
    LEAKED.load(Ordering::Relaxed)
}

/// Bytes that may leak in this process, and what is called beyond that.
static LEAK_LIMIT: OnceLock<(u64, fn())> = OnceLock::new();

/// Sets what [`end_if_leaked`] calls once more than `bytes` have leaked.
pub fn on_leak_limit(bytes: u64, end: fn()) {
    LEAK_LIMIT.get_or_init(|| (bytes, end));
}

/// Calls what was set by [`on_leak_limit`] where more has leaked.
pub fn end_if_leaked() {
    if let Some((bytes, end)) = LEAK_LIMIT.get()
        && leaked() > *bytes
    {
        end();
    }
}

/// A measurement on this thread, from [`Self::begin`] until it is dropped. Measurements nest: what an inner one used is
/// added to the outer one.
pub struct Measurement {
    before: (Spent, Limits, u64, Option<Start>, Option<LimitExceeded>),
    _watched: watch::Watched,
}

impl Measurement {
    /// Begins to count from zero within `limits`.
    pub fn begin(limits: Limits) -> Self {
        let watched = watch::Watched::new(limits.millis);
        let before = METER.with(|meter| {
            (
                meter.spent.replace(Spent::default()),
                meter.limits.replace(limits),
                meter.look.replace(STRIDE),
                meter.started.replace(Some((Instant::now(), Clock::new(), ThreadTime::now()))),
                meter.beyond.replace(None),
            )
        });
        Self { before, _watched: watched }
    }
}

impl Drop for Measurement {
    fn drop(&mut self) {
        let (before, limits, look, started, beyond) = self.before;
        METER.with(|meter| {
            let own = meter.spent.get();
            meter.spent.set(Spent {
                operations: before.operations.saturating_add(own.operations),
                live: before.live.saturating_add(own.live),
                bytes: before.bytes.saturating_add(own.bytes),
            });
            meter.limits.set(limits);
            meter.look.set(look);
            meter.started.set(started);
            meter.beyond.set(beyond);
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operations_are_counted_to_their_limit_and_stay_beyond() {
        let measurement = Measurement::begin(Limits { operations: 10, ..Limits::NONE });
        assert_eq!(charge(10), None);
        assert_eq!((left(), charge(1)), (0, Some(LimitExceeded::Operations)));
        assert_eq!(charge(0), Some(LimitExceeded::Operations));
        let inner = Measurement::begin(Limits::NONE);
        assert_eq!(charge(1_000), None);
        drop(inner);
        assert_eq!(spent().operations, 1_011);
        drop(measurement);
        assert_eq!(beyond(), None);
    }

    #[test]
    fn what_is_done_apart_costs_what_is_held() {
        let measurement = Measurement::begin(Limits::NONE);
        let before = spent();
        let made = unmetered(|| vec![0_u8; 1_000], |made| made.capacity() / 2);
        assert_eq!(spent().bytes - before.bytes, 500);
        drop(made);
        drop(measurement);
    }
}
