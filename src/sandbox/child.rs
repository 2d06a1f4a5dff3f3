//! What a process that was started for a part does besides.

use std::io::{self, Read};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Mutex, OnceLock, PoisonError};
use std::thread;
use std::time::Duration;

use super::cause::end_hanging;
use super::limits::start_thread;
use super::part::{Part, part};
use crate::resources::meter;
use crate::resources::progress::{self, Stream};

/// How often the watchman looks.
const ROUND: Duration = Duration::from_millis(50);

/// Bytes that scripts may leave behind in a process that is replaced then.
pub const LEAK_LIMIT: u64 = 32 * 1024 * 1024;
/// The same in one that is not: what it is about to do is named instead.
const LEAK_LIMIT_ALONE: u64 = 512 * 1024 * 1024;

/// Presses of Ctrl-C handed on by the process that waits for this one.
static PRESSES: OnceLock<Mutex<Option<Receiver<()>>>> = OnceLock::new();

/// Begins to watch the scripts of this process, and to follow the process that started it: when that ends, nobody waits
/// for the result. Where it `listens`, Ctrl-C is not the end.
///
/// # Errors
///
/// The threads for it cannot be started.
pub fn follow(listens: bool) -> io::Result<()> {
    if part() == Part::Whole {
        return Ok(());
    }
    if listens {
        // A terminal sends Ctrl-C to all its processes: the one that waits for this one hands it on.
        let _ = ctrlc::set_handler(|| ());
    }
    match part() {
        Part::Told | Part::Load | Part::Worker => progress::send_to(Stream::Out),
        // What it is told goes to the user.
        Part::Talk => progress::send_to(Stream::Err),
        Part::Run | Part::Whole => {}
    }
    let replaced = matches!(part(), Part::Run | Part::Worker);
    meter::on_leak_limit(if replaced { LEAK_LIMIT } else { LEAK_LIMIT_ALONE }, || std::process::abort());
    start_thread(|| {
        loop {
            thread::sleep(ROUND);
            if meter::overdue() {
                end_hanging();
            }
        }
    })?;
    // These two have another use for what they read.
    if !matches!(part(), Part::Worker | Part::Talk) {
        let sender = told_here();
        start_thread(move || {
            let mut byte = [0_u8; 1];
            loop {
                match io::stdin().lock().read(&mut byte) {
                    // Where nobody can hear it, it ends the process as ever.
                    Ok(1) if sender.send(()).is_ok() => {}
                    // A signal came while waiting: nothing was said.
                    Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                    _ => end_interrupted(),
                }
            }
        })?;
    }
    Ok(())
}

/// What a program that is interrupted ends with, by custom.
pub const INTERRUPTED: i32 = 130;

/// Ends this process as one that was interrupted.
#[expect(clippy::exit, reason = "meant to end the program wherever it is")]
pub(super) fn end_interrupted() -> ! {
    std::process::exit(INTERRUPTED)
}

/// Where presses are told from now on.
pub(super) fn told_here() -> Sender<()> {
    let (sender, presses) = channel();
    PRESSES.get_or_init(|| Mutex::new(Some(presses)));
    sender
}

/// The presses that come from outside, once; nothing where the terminal tells them to us.
pub fn presses() -> Option<Receiver<()>> {
    PRESSES.get().and_then(|presses| presses.lock().unwrap_or_else(PoisonError::into_inner).take())
}
