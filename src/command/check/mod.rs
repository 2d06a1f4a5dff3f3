//! `wangge check`: assess submissions, write reports, hold the gate.
//!
//! ```text
//! paths ─▶ plan (largest first) ─▶ work (one pool) ─▶ gather (order of the report) ─┬▶ lines, as they end
//!                                        └▶ progress                                └▶ outputs, at the end
//! ```

pub mod addressee;
pub mod gather;
mod links;
mod manifest;
mod options;
pub mod outputs;
pub mod plan;
pub mod progress;
pub mod rulings;
mod run;
pub mod work;

pub use options::{CheckOptions, Format, Gate, Output, Results};

use self::gather::Finished;
use self::run::Prepared;
use super::Console;
use super::contain::{Part, part};
use super::load::Workbench;
use crate::exit::Exit;
use crate::model::report::{Report, SCHEMA, Tool};
use crate::model::summary::Summary;
use crate::script::RuleFault;

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
            let exit = finish(finished, &bench, &options.results, console);
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

/// The report of a run before any organization is in it.
pub(super) fn header(bench: &Workbench) -> Report {
    Report {
        schema: SCHEMA.to_owned(),
        tool: Tool { name: env!("CARGO_PKG_NAME").to_owned(), version: env!("CARGO_PKG_VERSION").to_owned() },
        as_of: bench.as_of.to_string(),
        packs: bench.book.packs.clone(),
        policies: bench.book.readings(),
        overrides: bench.book.overrides.clone(),
        broken: bench.book.broken.iter().map(RuleFault::broken_rule).collect(),
        organizations: Vec::new(),
        unreadable: Vec::new(),
        not_assessed: Vec::new(),
        summary: Summary::default(),
    }
}

/// Writes what came of a run and holds the gate.
pub(super) fn finish(finished: Finished, bench: &Workbench, results: &Results, console: &Console) -> Exit {
    let mut faults = outputs::write(&finished.report, &bench.book.catalog, results, console);
    faults.extend(finished.faults);
    console.faults(&faults);
    match (faults.is_empty(), finished.passed) {
        (true, true) => Exit::Passed,
        (true, false) => Exit::GateNotMet,
        (false, _) => Exit::CouldNotJudge,
    }
}
