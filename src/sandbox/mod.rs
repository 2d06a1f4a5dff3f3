//! Containment: what cannot be caught inside a process (the stack, an allocation, a call that never returns) ends a
//! process that was made for it, not the run.
//!
//! ```text
//! wangge check ─▶ the run, in a process of its own ─▶ ended well: its exit code (two milliseconds more)
//!                                                 └▶ died: are the packs loaded without it? no: the file is named
//!      yes: each submission in a worker process; one that dies with it is tried once more alone, then the rule is
//!           named and left out for this organization, or the file is named
//! ```

mod cause;
mod child;
mod closed;
mod limits;
mod part;
mod spawn;
pub mod stop;
mod supervise;
mod talk;

pub use cause::Cause;
pub use child::{INTERRUPTED, LEAK_LIMIT, follow, presses};
pub use closed::is_closed;
pub use limits::{begin, is_limit, limits_help, no_threads, start_thread};
pub use part::{Part, part};
pub use spawn::{last_words, spawn};
pub use supervise::{Asked, Tried, supervise};
pub use talk::converse;
