//! The watchdog of a process that another one started: ends it when a script hangs, when too much memory leaked, or when
//! the process that started it is gone; and takes the Ctrl-C that one forwards.

use std::io::{self, Read};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Mutex, OnceLock, PoisonError};
use std::thread;
use std::time::Duration;

use super::cause::end_hanging;
use super::handover;
use super::limits::start_thread;
use super::signals;
use crate::resources::meter;
use crate::resources::process_role::ProcessRole;
use crate::resources::progress::{self, Stream};

/// Time between two looks at the scripts that run.
const INTERVAL: Duration = Duration::from_millis(50);

/// Bytes that scripts may leak in a process that can be replaced by another.
pub const LEAK_LIMIT: u64 = 32 * 1024 * 1024;
/// Bytes that scripts may leak in a process that cannot be replaced: when it ends over them, the last event names what was
/// being done.
const LEAK_LIMIT_ALONE: u64 = 512 * 1024 * 1024;

/// Ctrl-C forwarded by the process that waits for this one.
static INTERRUPTS: OnceLock<Mutex<Option<Receiver<()>>>> = OnceLock::new();

/// Starts the threads of the watchdog; nothing in the process the user started. With `takes_interrupts` Ctrl-C does not
/// end this process by itself: the process that waits for it forwards it.
///
/// # Errors
///
/// The threads cannot be started.
pub fn start_watchdog(role: ProcessRole, takes_interrupts: bool) -> io::Result<()> {
    if role == ProcessRole::Main {
        return Ok(());
    }
    if takes_interrupts {
        // A terminal sends Ctrl-C to all its processes.
        signals::ignore();
    }
    match role {
        ProcessRole::Traced | ProcessRole::Load | ProcessRole::Worker => progress::send_to(Stream::Out),
        // Its stdout goes to the user.
        ProcessRole::Interactive => progress::send_to(Stream::Err),
        ProcessRole::Run | ProcessRole::Main => {}
    }
    let replaceable = matches!(role, ProcessRole::Run | ProcessRole::Worker);
    meter::on_leak_limit(if replaceable { LEAK_LIMIT } else { LEAK_LIMIT_ALONE }, || std::process::abort());
    start_thread(|| {
        loop {
            thread::sleep(INTERVAL);
            if meter::overdue() {
                end_hanging();
            }
        }
    })?;
    // The stdin of a worker carries jobs, that of an interactive process what the user enters.
    if !matches!(role, ProcessRole::Worker | ProcessRole::Interactive) {
        let interrupts = interrupt_sender();
        start_thread(move || follow_stdin(&interrupts))?;
    }
    Ok(())
}

/// Takes each byte of stdin as a Ctrl-C, and the end of it as the end of the process that waits for this one.
fn follow_stdin(interrupts: &Sender<()>) {
    let mut byte = [0_u8; 1];
    loop {
        match io::stdin().lock().read(&mut byte) {
            Ok(1) if interrupts.send(()).is_ok() => {}
            // A signal came while waiting: nothing was read.
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            _ => end_interrupted(),
        }
    }
}

/// Exit code of a program that was interrupted, by custom 128 and the number of SIGINT.
pub const INTERRUPTED: i32 = 130;

/// Ends this process as one that was interrupted.
#[expect(clippy::exit, reason = "meant to end the program wherever it is")]
pub(super) fn end_interrupted() -> ! {
    handover::remove();
    std::process::exit(INTERRUPTED)
}

/// Where Ctrl-C is put from now on for [`interrupts`] to take.
pub(super) fn interrupt_sender() -> Sender<()> {
    let (sender, interrupts) = channel();
    INTERRUPTS.get_or_init(|| Mutex::new(Some(interrupts)));
    sender
}

/// The forwarded Ctrl-C, handed out once; `None` where the terminal sends them to this process itself.
pub fn interrupts() -> Option<Receiver<()>> {
    INTERRUPTS.get().and_then(|interrupts| interrupts.lock().unwrap_or_else(PoisonError::into_inner).take())
}
