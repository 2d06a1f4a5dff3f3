//! `wangge schema`: the JSON Schema of the report.

use super::Console;
use crate::exit::Exit;
use crate::report::json;

/// Writes the schema to stdout.
pub fn run(console: &Console) -> Exit {
    match console.result(&json::schema()) {
        Ok(()) => Exit::Passed,
        Err(fault) => {
            console.faults(&[fault]);
            Exit::CouldNotJudge
        }
    }
}
