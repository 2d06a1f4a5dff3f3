//! The sandbox: what cannot be caught inside a process (the stack, an allocation, a call that never returns) ends a
//! process that was made for it, not the run.
//!
//! ```text
//! wangge check ─▶ the run, in a process of its own ─▶ ended well: its exit code (two milliseconds more)
//!                                                 └▶ died: are the packs loaded without it? no: the file is named
//!      yes: each submission in a worker process; one that dies with it is tried once more alone, then the rule is
//!           named and left out for this organization, or the file is named
//! ```

mod cause;
mod command;
mod handover;
mod interactive;
pub mod interrupt;
mod job;
mod limits;
mod signals;
mod spawn;
mod stdout;
mod supervise;
mod watchdog;

pub use cause::Cause;
pub use command::command;
pub use handover::{hand_over, handed_over, withhold};
pub use interactive::run_interactive;
pub use limits::{is_limit, limits_help, no_threads, report_limits, start_thread, thread_pool};
pub use signals::ignore as ignore_interrupts;
pub use spawn::{spawn, stderr_tail};
pub use stdout::was_closed;
pub use supervise::{ProcessOutcome, SpawnOptions, supervise};
pub use watchdog::{INTERRUPTED, LEAK_LIMIT, interrupts, start_watchdog};
