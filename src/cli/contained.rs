//! Commands that run scripts do so in a process of their own.

use std::path::{Path, PathBuf};

use super::in_pool;
use crate::batch::{CheckOptions, Output};
use crate::command::check;
use crate::command::source::Extracts;
use crate::command::standard_input::Manifest;
use crate::console::Console;
use crate::exit::Exit;
use crate::model::privacy::Masking;
use crate::resources::process_role::ProcessRole;
use crate::sandbox::{ProcessOutcome, SpawnOptions, no_threads, run_interactive, start_watchdog, supervise};

/// Assesses submissions: all in one process; each in a worker process if that one dies.
pub(super) fn check(options: CheckOptions, threads: Option<usize>, console: &Console) -> Exit {
    let manifest = match Manifest::of(options.manifest.as_deref(), options.source.as_deref(), console) {
        Ok(manifest) => manifest,
        Err(fault) => return console.fail_with(fault),
    };
    let (source, masking) = (options.source.clone(), options.choices.masking);
    with_source(source.as_deref(), masking, console, |extracts| {
        let manifest = manifest.path.clone();
        assessed(CheckOptions { manifest, extracts, ..options }, threads, console)
    })
}

/// Goes on with what is read of a database, which is held as long.
pub(super) fn with_source(
    source: Option<&Path>,
    masking: Masking,
    console: &Console,
    run: impl FnOnce(Vec<PathBuf>) -> Exit,
) -> Exit {
    match Extracts::of(source, masking, console) {
        Ok(extracts) => run(extracts.paths.clone()),
        Err(faults) => console.refuse(&faults),
    }
}

fn assessed(options: CheckOptions, threads: Option<usize>, console: &Console) -> Exit {
    let here = |options: CheckOptions| in_pool(threads, console, || check::run(&options, console));
    if console.role != ProcessRole::Main {
        return followed(true, console, || here(options));
    }
    let asked = SpawnOptions { streams: options.results.outputs.iter().any(Output::streams), divides: true };
    match supervise(asked, console) {
        ProcessOutcome::Exited(exit) => exit,
        ProcessOutcome::NotStarted => here(options),
        ProcessOutcome::Died(restarted_after) => {
            here(CheckOptions { careful: true, restarted_after, ..options })
        }
    }
}

/// Does what runs or loads scripts and cannot be divided.
pub(super) fn scripts(console: &Console, work: impl FnOnce() -> Exit + Send) -> Exit {
    let pooled = || in_pool(None, console, work);
    if console.role != ProcessRole::Main {
        return followed(false, console, pooled);
    }
    elsewhere(supervise(SpawnOptions { streams: false, divides: false }, console), pooled)
}

/// Works in a process that follows the one that started it.
fn followed(takes_interrupts: bool, console: &Console, work: impl FnOnce() -> Exit) -> Exit {
    match start_watchdog(console.role, takes_interrupts) {
        Ok(()) => work(),
        Err(error) => console.fail_with(no_threads(&error)),
    }
}

/// Tries expressions, which are read by the process that runs them.
pub(super) fn conversation(console: &Console, work: impl FnOnce() -> Exit + Send) -> Exit {
    match console.role {
        ProcessRole::Main => elsewhere(run_interactive(console), || in_pool(None, console, work)),
        _ => scripts(console, work),
    }
}

fn elsewhere(tried: ProcessOutcome, work: impl FnOnce() -> Exit) -> Exit {
    match tried {
        ProcessOutcome::Exited(exit) => exit,
        ProcessOutcome::NotStarted | ProcessOutcome::Died(_) => work(),
    }
}
