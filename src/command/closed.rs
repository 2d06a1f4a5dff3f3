//! Whether stdout was closed when the program was started: results written there would be lost without a word.
//!
//! The standard library opens `/dev/null` in place of a closed stream before anything else of a program runs, and then
//! nothing tells it from one that the user chose. So it is looked at before that, in what the system calls when it has
//! loaded a program. This needs an attribute that counts as `unsafe`: the function it names runs before the standard
//! library is ready, and it only asks the system for the flags of a stream and keeps the answer in an atomic.

use std::sync::atomic::{AtomicBool, Ordering};

/// Tells a process that stdout of the one that started it was closed.
const VARIABLE: (&str, &str) = ("WANGGE_STDOUT", "closed");

static CLOSED: AtomicBool = AtomicBool::new(false);

/// Whether stdout was closed, here or in the process that started this one.
pub fn is_closed() -> bool {
    CLOSED.load(Ordering::Relaxed) || std::env::var(VARIABLE.0).is_ok_and(|told| told == VARIABLE.1)
}

/// What to tell a process that is started from here.
pub(super) fn told() -> Option<(&'static str, &'static str)> {
    is_closed().then_some(VARIABLE)
}

#[cfg(any(target_os = "linux", target_vendor = "apple"))]
#[expect(unsafe_code, reason = "a function is run before the standard library in no other way")]
mod early {
    use super::{CLOSED, Ordering};

    #[used]
    #[cfg_attr(target_os = "linux", unsafe(link_section = ".init_array"))]
    #[cfg_attr(target_vendor = "apple", unsafe(link_section = "__DATA,__mod_init_func"))]
    static LOOK: extern "C" fn() = look;

    extern "C" fn look() {
        let flags = rustix::io::fcntl_getfd(rustix::stdio::stdout());
        CLOSED.store(flags == Err(rustix::io::Errno::BADF), Ordering::Relaxed);
    }
}
