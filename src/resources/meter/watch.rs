//! Scripts that run, for a watchman on another thread: one that hangs inside a single call of the host never gets to
//! look at the clock itself.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use cpu_time::ProcessTime;

use super::clock::Clock;
use super::sleeps;

/// What is known of a running script: how long it was seen to run, how long it may take, and how long the process had
/// worked when it began.
struct Running {
    clock: Clock,
    allowed: Duration,
    worked: ProcessTime,
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
        Self((millis < u64::MAX).then(|| {
            let number = NEXT.fetch_add(1, Ordering::Relaxed);
            running().insert(number, Running { clock: Clock::new(), allowed, worked: ProcessTime::now() });
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

/// Whether a script that runs in this process hangs. To be asked several times a second.
pub fn overdue() -> bool {
    let mut running = running();
    let beside = u32::try_from(running.len()).unwrap_or(u32::MAX);
    running.values_mut().any(|one| {
        let taken = one.clock.look();
        if taken <= one.allowed {
            return false;
        }
        let worked = one.worked.elapsed();
        // Those beside it may have had the processors to themselves, and so may other programs.
        worked > one.allowed.saturating_mul(beside) || sleeps(taken, worked)
    })
}
