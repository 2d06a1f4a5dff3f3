//! Scripts that run, for a watchman on another thread: one that hangs inside a single call of the host never gets to
//! look at the clock itself.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use cpu_time::ProcessTime;

use super::sleeps;

/// What is known of a running script: since when it runs, until when it must have ended, how long it may take, and how
/// long the process had worked when the watchman first saw it. To ask for that whenever one begins would take longer
/// than many scripts do.
struct Running {
    begun: Instant,
    end: Instant,
    allowed: Duration,
    seen: Option<ProcessTime>,
}

static RUNNING: Mutex<BTreeMap<u64, Running>> = Mutex::new(BTreeMap::new());
static NEXT: AtomicU64 = AtomicU64::new(0);

/// How much longer than its last resort a script may take before it counts as hanging.
const GRACE: Duration = Duration::from_millis(400);

fn running() -> MutexGuard<'static, BTreeMap<u64, Running>> {
    RUNNING.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A script that is watched until this is dropped.
pub(super) struct Watched(Option<u64>);

impl Watched {
    pub(super) fn new(millis: u64) -> Self {
        let allowed = Duration::from_millis(millis).saturating_add(GRACE);
        let begun = Instant::now();
        let end = begun.checked_add(allowed).filter(|_| millis < u64::MAX);
        Self(end.map(|end| {
            let number = NEXT.fetch_add(1, Ordering::Relaxed);
            running().insert(number, Running { begun, end, allowed, seen: None });
            number
        }))
    }
}

impl Drop for Watched {
    fn drop(&mut self) {
        if let Some(number) = self.0 {
            running().remove(&number);
        }
    }
}

/// Whether a script that runs in this process hangs: to be asked again and again.
pub fn overdue() -> bool {
    let (now, mut running) = (Instant::now(), running());
    let beside = u32::try_from(running.len()).unwrap_or(u32::MAX);
    running.values_mut().any(|one| {
        let worked = one.seen.get_or_insert_with(ProcessTime::now).elapsed();
        let taken = now.saturating_duration_since(one.begun);
        // Those beside it may have had the processors to themselves, and so may other programs.
        one.end < now && (worked > one.allowed.saturating_mul(beside) || sleeps(taken, worked))
    })
}
