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
mod crew;
mod limits;
mod part;
mod spawn;
mod supervise;
mod talk;
mod worker;

pub use child::{INTERRUPTED, follow, presses};
pub use crew::Crew;
pub use limits::{begin, no_threads, start_thread};
pub use part::{Part, part};
pub use supervise::{Asked, Tried, supervise};
pub use talk::converse;
pub use worker::{Job, serve};
