//! `wangge check`: assess submissions, write reports, hold the gate.

use crate::batch::outputs::finish;
use crate::batch::{CheckOptions, Prepared};
use crate::console::Console;
use crate::exit::Exit;
use crate::resources::process_role::ProcessRole;

/// Runs the command.
pub fn run(options: &CheckOptions, console: &Console) -> Exit {
    let prepared = Prepared::new(options, console);
    if let (ProcessRole::Worker | ProcessRole::Load, Ok(_)) = (console.role, &prepared) {
        return prepared.map_or(Exit::CouldNotJudge, |run| {
            if console.role == ProcessRole::Worker {
                run.serve();
            }
            Exit::Passed
        });
    }
    match prepared.and_then(|run| Ok((run.assess(console)?, run.rulings.notices, run.session))) {
        Ok((finished, notices, session)) => {
            console.notices(&notices);
            let exit = finish(finished, console);
            // The process ends here: giving all of it back piece by piece takes longer than a small run.
            std::mem::forget(session);
            exit
        }
        Err(faults) => console.refuse(&faults),
    }
}
