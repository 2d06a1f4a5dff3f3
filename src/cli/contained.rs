//! Commands that run scripts do so in a process of their own.

use super::in_pool;
use crate::batch::{CheckOptions, Output, Results};
use crate::command::check;
use crate::console::Console;
use crate::exit::Exit;
use crate::sandbox::{Asked, Part, Tried, converse, follow, no_threads, part, supervise};

/// Assesses submissions: all in one process; each in a worker process if that one dies.
pub(super) fn check(options: CheckOptions, threads: Option<usize>, console: &Console) -> Exit {
    let here = |options: CheckOptions| in_pool(threads, console, || check::run(&options, console));
    if part() != Part::Whole {
        return followed(true, console, || here(options));
    }
    let asked = Asked { streams: options.results.outputs.iter().any(Output::streams), divides: true };
    match supervise(asked, console) {
        Tried::Ended(exit) => exit,
        Tried::Refused => here(options),
        Tried::Died(told) => {
            let results = Results { told, ..options.results };
            here(CheckOptions { careful: true, results, ..options })
        }
    }
}

/// Does what runs or loads scripts and cannot be divided.
pub(super) fn scripts(console: &Console, work: impl FnOnce() -> Exit + Send) -> Exit {
    let pooled = || in_pool(None, console, work);
    if part() != Part::Whole {
        return followed(false, console, pooled);
    }
    elsewhere(supervise(Asked { streams: false, divides: false }, console), pooled)
}

/// Works in a process that follows the one that started it.
fn followed(listens: bool, console: &Console, work: impl FnOnce() -> Exit) -> Exit {
    match follow(listens) {
        Ok(()) => work(),
        Err(error) => {
            console.faults(&[no_threads(&error)]);
            Exit::CouldNotJudge
        }
    }
}

/// Tries expressions, which are read by the process that runs them.
pub(super) fn conversation(console: &Console, work: impl FnOnce() -> Exit + Send) -> Exit {
    match part() {
        Part::Whole => elsewhere(converse(console), || in_pool(None, console, work)),
        _ => scripts(console, work),
    }
}

fn elsewhere(tried: Tried, work: impl FnOnce() -> Exit) -> Exit {
    match tried {
        Tried::Ended(exit) => exit,
        Tried::Refused | Tried::Died(_) => work(),
    }
}
