//! Scripts that run, for a watchman on another thread: one that hangs inside a single call of the host never gets to
//! look at the clock itself.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// Until when each running script must have ended.
static RUNNING: Mutex<BTreeMap<u64, Instant>> = Mutex::new(BTreeMap::new());
static NEXT: AtomicU64 = AtomicU64::new(0);

/// How much longer than its last resort a script may take before it counts as hanging.
const GRACE: Duration = Duration::from_millis(400);

fn running() -> MutexGuard<'static, BTreeMap<u64, Instant>> {
    RUNNING.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A script that is watched until this is dropped.
pub(super) struct Watched(Option<u64>);

impl Watched {
    pub(super) fn new(millis: u64) -> Self {
        let end = Instant::now().checked_add(Duration::from_millis(millis).saturating_add(GRACE));
        Self(end.filter(|_| millis < u64::MAX).map(|end| {
            let number = NEXT.fetch_add(1, Ordering::Relaxed);
            running().insert(number, end);
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

/// Whether a script that runs in this process hangs.
pub fn overdue() -> bool {
    let now = Instant::now();
    running().values().any(|end| *end < now)
}
