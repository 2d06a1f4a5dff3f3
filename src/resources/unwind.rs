//! Panics of libraries that are caught: they come to one submission or rule, and leave no trace on stderr.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind, set_hook, take_hook};
use std::sync::Once;
use std::thread;

thread_local! {
    /// How many calls of [`caught`] this thread is in.
    static DEPTH: Cell<usize> = const { Cell::new(0) };
}

static HOOK: Once = Once::new();

/// Runs `work`, whose panics are expected: the caller says in its own words what happened.
///
/// # Errors
///
/// It panicked.
pub fn caught<T>(work: impl FnOnce() -> T) -> thread::Result<T> {
    HOOK.call_once(|| {
        let usual = take_hook();
        set_hook(Box::new(move |panic| {
            if DEPTH.try_with(Cell::get).unwrap_or(0) == 0 {
                usual(panic);
            }
        }));
    });
    DEPTH.set(DEPTH.get().saturating_add(1));
    let done = catch_unwind(AssertUnwindSafe(work));
    DEPTH.set(DEPTH.get().saturating_sub(1));
    done
}

#[cfg(test)]
#[expect(clippy::panic, reason = "what is tested")]
mod tests {
    use super::*;

    #[test]
    fn what_panics_is_caught_and_counted_out() {
        assert!(caught(|| panic!("on purpose")).is_err());
        assert!(caught(|| caught(|| panic!("on purpose")).is_err()).is_ok_and(|inner| inner));
        assert_eq!(caught(|| 1).ok(), Some(1));
        assert_eq!(DEPTH.get(), 0);
    }
}
