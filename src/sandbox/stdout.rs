//! Whether stdout was closed when the program was started: results written there would be lost without a message.

use crate::console::Console;
use crate::resources::native;
use crate::resources::process_role::ProcessRole;

/// Tells a process that stdout of the one that started it was closed.
const VARIABLE: (&str, &str) = ("WANGGE_STDOUT", "closed");

/// Whether stdout was closed when this process or the one that started it was started. The variable counts only in a
/// process that another one of this program started.
pub fn was_closed(role: ProcessRole) -> bool {
    let inherited =
        || role != ProcessRole::Main && std::env::var(VARIABLE.0).is_ok_and(|value| value == VARIABLE.1);
    native::was_closed() || inherited()
}

/// The variable for a process that is started from here, where stdout was closed.
pub(super) fn variable(console: &Console) -> Option<(&'static str, &'static str)> {
    console.stdout_closed.then_some(VARIABLE)
}
