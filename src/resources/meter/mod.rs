//! What a script costs: operations, bytes it holds, bytes it ever asked for. Counted by thread, since a script runs
//! from beginning to end on one, and bounded by figures that do not depend on the machine.

mod watch;

use std::cell::Cell;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use cpu_time::ThreadTime;

pub use watch::overdue;

/// How far a script may go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Operations, and what host functions charge as such.
    pub operations: u64,
    /// Bytes held at a time.
    pub live: i64,
    /// Bytes asked for in all.
    pub bytes: u64,
    /// Bytes held at a time that are never given: the process ends instead.
    pub cap: i64,
    /// Milliseconds: the last resort, for what the other limits do not see.
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

/// The limit a script went beyond.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Beyond {
    /// Operations.
    Operations,
    /// Bytes held at a time.
    Memory,
    /// Bytes asked for in all.
    Bytes,
    /// Time, the last resort.
    Time,
    /// Values nested in values.
    Depth,
}

/// What was used so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Spent {
    /// Operations.
    pub operations: u64,
    /// Bytes held, less those given back that were held before.
    pub live: i64,
    /// Bytes asked for in all.
    pub bytes: u64,
}

struct Meter {
    spent: Cell<Spent>,
    limits: Cell<Limits>,
    /// When the clock is looked at next, in operations.
    look: Cell<u64>,
    started: Cell<Option<Start>>,
    beyond: Cell<Option<Beyond>>,
}

/// When a script began, by the clock on the wall and by that of its thread.
type Start = (Instant, ThreadTime);

/// Operations between looks at the clock.
const STRIDE: u64 = 16;

/// A script that works for less than such a part of its time, one in so many, sleeps: the engine waits a while for a
/// value that the script itself holds.
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

/// Notes bytes asked for; whether they may be given.
pub(super) fn took(size: usize) -> bool {
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

/// What ends the process when the system gives no more memory.
static EXHAUSTED: OnceLock<fn()> = OnceLock::new();

/// From now on `end`, which must not return and should not allocate, is called when the system gives no more memory.
pub fn when_exhausted(end: fn()) {
    EXHAUSTED.get_or_init(|| end);
}

/// What ends the process when a script is refused memory.
static REFUSED: OnceLock<fn()> = OnceLock::new();

/// From now on `end`, which must not return and should not allocate, is called when a script asks for memory beyond its
/// cap.
pub fn when_refused(end: fn()) {
    REFUSED.get_or_init(|| end);
}

/// What a script gets that asks for memory beyond its cap.
pub(super) fn refused() -> *mut u8 {
    if let Some(end) = REFUSED.get() {
        end();
    }
    std::ptr::null_mut()
}

/// What the system gave.
pub(super) fn given(pointer: *mut u8) -> *mut u8 {
    if pointer.is_null()
        && let Some(end) = EXHAUSTED.get()
    {
        end();
    }
    pointer
}

/// Notes bytes given back.
pub(super) fn gave(size: usize) {
    let size = i64::try_from(size).unwrap_or(i64::MAX);
    let _ = METER.try_with(|meter| {
        let spent = meter.spent.get();
        meter.spent.set(Spent { live: spent.live.saturating_sub(size), ..spent });
    });
}

/// What the script on this thread used so far.
pub fn spent() -> Spent {
    METER.with(|meter| meter.spent.get())
}

/// The limits of the script on this thread.
pub fn limits() -> Limits {
    METER.with(|meter| meter.limits.get())
}

/// Operations the script on this thread may still do.
pub fn left() -> u64 {
    METER.with(|meter| meter.limits.get().operations.saturating_sub(meter.spent.get().operations))
}

/// Bytes that the script on this thread may still hold before it is refused memory.
pub fn room() -> usize {
    METER.with(|meter| {
        let room = meter.limits.get().cap.saturating_sub(meter.spent.get().live);
        usize::try_from(room).unwrap_or(0)
    })
}

/// The limit the script went beyond. Once it did it stays so: some callers swallow errors.
pub fn beyond() -> Option<Beyond> {
    METER.with(|meter| meter.beyond.get())
}

/// Charges operations; the limit the script is beyond, if any.
pub fn charge(operations: u64) -> Option<Beyond> {
    METER.with(|meter| {
        let before = meter.spent.get();
        let spent = Spent { operations: before.operations.saturating_add(operations), ..before };
        meter.spent.set(spent);
        let limits = meter.limits.get();
        if meter.beyond.get().is_some() {
            return meter.beyond.get();
        }
        let beyond = if spent.operations > limits.operations {
            Some(Beyond::Operations)
        } else if spent.live > limits.live {
            Some(Beyond::Memory)
        } else if spent.bytes > limits.bytes {
            Some(Beyond::Bytes)
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
    fn late(&self) -> Option<Beyond> {
        let (started, worked) = self.started.get()?;
        let limit = Duration::from_millis(self.limits.get().millis);
        // The thread's own time: that of others on a busy machine is no fault of the script. It takes longer to ask for.
        let taken = started.elapsed();
        let late = taken > limit && {
            let worked = worked.elapsed();
            worked > limit || sleeps(taken, worked)
        };
        late.then_some(Beyond::Time)
    }
}

fn sleeps(taken: Duration, worked: Duration) -> bool {
    worked.saturating_mul(AWAKE) < taken
}

/// Does what is not the script's own: what is made for all scripts, or depends on what ran before. `held` says how many
/// bytes of it the script holds in the end.
pub fn apart<T>(work: impl FnOnce() -> T, held: impl FnOnce(&T) -> usize) -> T {
    uncounted(Limits::NONE, work, held)
}

/// The same for work on values of the script: it may hold no more memory than the script itself.
pub fn aside<T>(work: impl FnOnce() -> T, held: impl FnOnce(&T) -> usize) -> T {
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

/// Notes that the script went beyond a limit which its caller holds it to.
pub fn refuse(beyond: Beyond) -> Beyond {
    METER.with(|meter| meter.beyond.set(meter.beyond.get().or(Some(beyond))));
    beyond
}

static LEAKED: AtomicU64 = AtomicU64::new(0);

/// Notes that scripts left so many bytes behind that nothing gives back.
pub fn leave(bytes: i64) {
    LEAKED.fetch_add(u64::try_from(bytes).unwrap_or(0), Ordering::Relaxed);
}

/// Bytes left behind in this process.
pub fn leaked() -> u64 {
    LEAKED.load(Ordering::Relaxed)
}

/// Bytes that scripts may leave behind in a process, and what is done beyond that.
static WORN: OnceLock<(u64, fn())> = OnceLock::new();

/// From now on a process in which scripts left more behind does as told.
pub fn when_worn(bytes: u64, end: fn()) {
    WORN.get_or_init(|| (bytes, end));
}

/// Does as told where scripts left too much behind in this process.
pub fn retire() {
    if let Some((bytes, end)) = WORN.get()
        && leaked() > *bytes
    {
        end();
    }
}

/// A script that runs on this thread. One may run inside another, which pays for it.
pub struct Session {
    before: (Spent, Limits, u64, Option<Start>, Option<Beyond>),
    _watched: watch::Watched,
}

impl Session {
    /// A script begins.
    pub fn begin(limits: Limits) -> Self {
        let watched = watch::Watched::new(limits.millis);
        let before = METER.with(|meter| {
            (
                meter.spent.replace(Spent::default()),
                meter.limits.replace(limits),
                meter.look.replace(STRIDE),
                meter.started.replace(Some((Instant::now(), ThreadTime::now()))),
                meter.beyond.replace(None),
            )
        });
        Self { before, _watched: watched }
    }
}

impl Drop for Session {
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
        let session = Session::begin(Limits { operations: 10, ..Limits::NONE });
        assert_eq!(charge(10), None);
        assert_eq!((left(), charge(1)), (0, Some(Beyond::Operations)));
        assert_eq!(charge(0), Some(Beyond::Operations));
        let inner = Session::begin(Limits::NONE);
        assert_eq!(charge(1_000), None);
        drop(inner);
        assert_eq!(spent().operations, 1_011);
        drop(session);
        assert_eq!(beyond(), None);
    }

    #[test]
    fn what_is_done_apart_costs_what_is_held() {
        let session = Session::begin(Limits::NONE);
        let before = spent();
        let made = apart(|| vec![0_u8; 1_000], |made| made.capacity() / 2);
        assert_eq!(spent().bytes - before.bytes, 500);
        drop(made);
        drop(session);
    }
}
