//! What integration tests share.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot set itself up should stop")]
#![allow(clippy::panic, reason = "a test that cannot set itself up should stop")]
#![allow(unreachable_pub, reason = "shared by several test binaries")]
#![allow(dead_code, reason = "each test binary uses its own part")]

pub mod batch;
pub mod by_hand;
pub mod crowd;
pub mod database;
pub mod given;
pub mod golden;
pub mod ground;
pub mod literals;
pub mod literate;
pub mod package;
pub mod packed;
pub mod poison;
pub mod repository;
pub mod sample;
pub mod subjects;
pub mod wording;
pub mod written;
pub mod zipped;

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use wangge::assessment::session::{Choices, Session};
use wangge::table::date::Date;

/// The day on which fixtures and rule tests are judged.
pub const AS_OF: &str = "2026-06-30";

/// The repository.
pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The built-in rules, as of [`AS_OF`].
pub fn session() -> Session {
    session_within(usize::MAX)
}

/// The same, with so many bytes of memory to work in.
pub fn session_within(memory: usize) -> Session {
    session_with(memory, None)
}

/// The same, with a registry of standards laid over the built-in one.
pub fn session_with(memory: usize, registry: Option<PathBuf>) -> Session {
    let day = Date::from_iso(AS_OF).unwrap();
    let choices = Choices { registry, memory, ..Choices::as_of(day) };
    match Session::load(&choices) {
        Ok(session) => {
            assert!(session.book.broken.is_empty(), "broken rules: {:#?}", session.book.broken);
            session
        }
        Err(faults) => panic!("the built-in pack does not load: {faults:#?}"),
    }
}

/// Runs the binary in the repository, with an environment that says nothing of the machine.
pub fn wangge(arguments: &[&str]) -> Output {
    wangge_in(&root(), arguments)
}

/// Runs the binary in `folder`.
pub fn wangge_in(folder: &Path, arguments: &[&str]) -> Output {
    command_in(folder, arguments).output().unwrap()
}

/// The binary in `folder`, with an environment that says nothing of the machine. `WANGGE_RUNNER` names another program
/// and what starts it, such as `wine …/wangge.exe`, which gets what that needs of the environment.
pub fn command_in(folder: &Path, arguments: &[&str]) -> Command {
    let runner = std::env::var("WANGGE_RUNNER").unwrap_or_default();
    let mut words = runner.split_whitespace();
    let mut command = Command::new(words.next().unwrap_or(env!("CARGO_BIN_EXE_wangge")));
    command.args(words).args(arguments).current_dir(folder).env_clear().env("LANG", "C.UTF-8");
    if !runner.is_empty() {
        let needed = ["PATH", "HOME", "WINEPREFIX", "WINEDEBUG", "WANGGE_PROGRAM"];
        command.envs(needed.iter().filter_map(|name| Some((name, std::env::var_os(name)?))));
    }
    command
}

/// The JSON report of a run.
pub fn json(arguments: &[&str]) -> serde_json::Value {
    let mut all = vec!["check", "--as-of", AS_OF, "--exit-zero", "-o", "json"];
    all.extend(arguments);
    let output = wangge(&all);
    let text = String::from_utf8(output.stdout).unwrap();
    serde_json::from_str(&text).unwrap_or_else(|error| {
        panic!("{arguments:?}: {error}\n{text}\n{}", String::from_utf8_lossy(&output.stderr))
    })
}
