//! The `wangge` program; everything is in the library.

use std::process::ExitCode;

// Rules and tables are many small pieces: the system's allocator takes a fifth of a run.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    wangge::cli::run(std::env::args_os()).into()
}
