//! The `wangge` program; everything is in the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    wangge::cli::run(std::env::args_os()).into()
}
