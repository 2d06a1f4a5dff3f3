//! The `wangge` program; everything is in the library.

use std::process::ExitCode;

use wangge::exit::Exit;

/// Bytes of stack, whatever the system gives the first thread (`ulimit -s`).
const STACK: usize = 8 * 1024 * 1024;

fn main() -> ExitCode {
    let run = || wangge::cli::run(std::env::args_os());
    let exit = match std::thread::Builder::new().stack_size(STACK).spawn(run) {
        Ok(thread) => thread.join().unwrap_or(Exit::CouldNotJudge),
        // Where no thread can be begun the first one has to do.
        Err(_) => run(),
    };
    exit.into()
}
