//! The places where the program meets the system below the standard library: all of its `unsafe` is here.
//!
//! - [`allocator`]: what a script allocates can be bounded in the global allocator alone, since the script engine and
//!   the standard library allocate by themselves.
//! - [`stdout`]: whether stdout was closed can be seen only before the standard library begins, which opens `/dev/null`
//!   in its place. A function that the system calls then is named by an attribute that counts as `unsafe`.
#![expect(unsafe_code, reason = "the language has no other way to either")]

mod allocator;
mod stdout;

pub use allocator::Counting;
pub use stdout::was_closed;
