//! A request to end a run with what it has, shared by all threads.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Set once when the run should end; clones share the flag.
#[derive(Clone, Debug, Default)]
pub struct CancellationToken(Arc<AtomicBool>);

impl CancellationToken {
    /// Whether the run should end.
    pub fn is_cancelled(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }

    /// The flag itself, for code that only looks at it.
    pub fn flag(&self) -> &AtomicBool {
        &self.0
    }

    /// Asks the run to end.
    pub fn cancel(&self) {
        self.0.store(true, Ordering::Relaxed);
    }
}
