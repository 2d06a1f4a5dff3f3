//! Whether stdout was closed when the program was started: results written there would be lost without a word.

use super::part::{Part, part};
use crate::resources::native;

/// Tells a process that stdout of the one that started it was closed.
const VARIABLE: (&str, &str) = ("WANGGE_STDOUT", "closed");

/// Whether stdout was closed, here or in the process that started this one. A process the user started is told nothing.
pub fn is_closed() -> bool {
    let told = || part() != Part::Whole && std::env::var(VARIABLE.0).is_ok_and(|told| told == VARIABLE.1);
    native::was_closed() || told()
}

/// What to tell a process that is started from here.
pub(super) fn told() -> Option<(&'static str, &'static str)> {
    is_closed().then_some(VARIABLE)
}
