//! Signals that ask the program to end: Ctrl-C, and on Unix the request of `kill` and of service managers (SIGTERM).

pub(super) use system::handle;
pub use system::ignore;

#[cfg(unix)]
mod system {
    use std::sync::Arc;
    use std::sync::atomic::AtomicBool;

    use signal_hook::consts::{SIGINT, SIGTERM};
    use signal_hook::iterator::Signals;

    use super::super::limits::start_thread;

    /// Calls `handler` at each signal, in a thread of its own. Where there is none to be had, a signal ends the process
    /// as without this.
    pub(in super::super) fn handle(mut handler: impl FnMut() + Send + 'static) {
        let listen = move || {
            if let Ok(mut signals) = Signals::new([SIGINT, SIGTERM]) {
                signals.forever().for_each(|_| handler());
            }
        };
        drop(start_thread(listen));
    }

    /// No signal ends the process.
    pub fn ignore() {
        for signal in [SIGINT, SIGTERM] {
            let _ = signal_hook::flag::register(signal, Arc::new(AtomicBool::new(false)));
        }
    }
}

#[cfg(not(unix))]
mod system {
    /// Calls `handler` at each Ctrl-C, in a thread of its own. Where there is none to be had, Ctrl-C ends the process as
    /// without this.
    pub(in super::super) fn handle(handler: impl FnMut() + Send + 'static) {
        let _ = ctrlc::set_handler(handler);
    }

    /// No Ctrl-C ends the process.
    pub fn ignore() {
        handle(|| ());
    }
}
