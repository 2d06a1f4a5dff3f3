//! `wangge check`: assess submissions, write reports, hold the gate.

use crate::batch::outputs::finish;
use crate::batch::{CheckOptions, Prepared};
use crate::console::Console;
use crate::exit::Exit;
use crate::sandbox::{Part, part};

/// Runs the command.
pub fn run(options: &CheckOptions, console: &Console) -> Exit {
    let prepared = Prepared::new(options, console.lang);
    if let (Part::Worker | Part::Load, Ok(_)) = (part(), &prepared) {
        return prepared.map_or(Exit::CouldNotJudge, |run| {
            if part() == Part::Worker {
                run.serve();
            }
            Exit::Passed
        });
    }
    match prepared.and_then(|run| Ok((run.assess(console)?, run.rulings.notices, run.bench))) {
        Ok((finished, notices, bench)) => {
            console.notices(&notices);
            let exit = finish(finished, &bench, console);
            // The process ends here: giving all of it back piece by piece takes longer than a small run.
            std::mem::forget(bench);
            exit
        }
        Err(faults) => {
            console.faults(&faults);
            Exit::CouldNotJudge
        }
    }
}
