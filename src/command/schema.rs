//! `wangge schema`: the JSON Schema of the report, of plans and of comparisons of reports.

use clap::ValueEnum;

use crate::console::Console;
use crate::exit::Exit;
use crate::report::{difference, json, output};

/// What has a schema.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Described {
    /// The report.
    Report,
    /// Plans alone.
    Plan,
    /// Two reports compared.
    Diff,
}

/// Writes the schema to stdout.
pub fn run(of: Described, console: &Console) -> Exit {
    let schema = match of {
        Described::Report => json::schema(),
        Described::Diff => difference::schema(),
        Described::Plan => output::plan(true).schema.map(|schema| schema()).unwrap_or_default(),
    };
    console.print_result(&schema)
}
