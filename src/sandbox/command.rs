//! The command line of a process of this program with another role.

use std::io;
use std::process::{Command, Stdio};

use super::handover;
use super::job::hold_processes;
use super::stdout;
use crate::console::Console;
use crate::resources::process_role::{ProcessRole, VARIABLE};

/// How long, in milliseconds, the allocator keeps what was given back: memory that is asked for again soon, for the next
/// submission, is not fetched anew. What a rule held long ago does not count for the next.
const PURGE_DELAY: (&str, &str) = ("MIMALLOC_PURGE_DELAY", "200");

/// This program with the same arguments in the role `role`. Its stdin is a pipe of this process: when that is closed,
/// the process ends. It ends with this one in any case where the system can see to that.
///
/// # Errors
///
/// The program cannot be found.
pub fn command(role: ProcessRole, console: &Console) -> io::Result<Command> {
    hold_processes();
    let mut command = Command::new(std::env::current_exe()?);
    handover::without_secrets(&mut command);
    command.args(std::env::args_os().skip(1)).env(VARIABLE, role.word()).stdin(Stdio::piped());
    command.env(PURGE_DELAY.0, PURGE_DELAY.1).envs(stdout::variable(console)).envs(handover::variable());
    Ok(command)
}
