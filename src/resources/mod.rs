//! What a process uses and how that is bounded: the counting allocator, the meter of what a script costs, expressions no
//! script is charged for, progress events to a supervising process, the role of a process, cancellation, caught panics.
//! Depends on nothing else in the crate.

pub mod cancellation;
pub mod expression;
pub mod meter;
pub mod native;
pub mod process_role;
pub mod progress;
pub mod unwind;
