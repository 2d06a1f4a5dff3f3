//! `wangge schema`: the JSON Schema of the report.

use crate::console::Console;
use crate::exit::Exit;
use crate::report::json;

/// Writes the schema to stdout.
pub fn run(console: &Console) -> Exit {
    console.print_result(&json::schema())
}
