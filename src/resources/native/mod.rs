//! The places where the program meets the system below the standard library: all of its `unsafe` is here.
//!
//! - [`allocator`]: what a script allocates can be bounded in the global allocator alone, since the script engine and
//!   the standard library allocate by themselves.
//! - [`stdout`]: whether stdout was closed can be seen only before the standard library begins, which opens `/dev/null`
//!   in its place. A function that the system calls then is named by an attribute that counts as `unsafe`.
//! - [`limit_memory`]: a job of Windows is told its limits through a pointer.
#![expect(unsafe_code, reason = "the language has no other way to any of these")]

mod allocator;
#[cfg(windows)]
mod job;
mod stdout;

pub use allocator::Counting;
#[cfg(windows)]
pub use job::limit_memory;
pub use stdout::was_closed;
