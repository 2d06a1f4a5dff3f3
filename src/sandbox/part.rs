//! What this process is for.

use std::io;
use std::process::{Command, Stdio};
use std::sync::OnceLock;

use super::closed;

/// The part a process has in a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The one the user started.
    Whole,
    /// The run itself.
    Run,
    /// The run, telling what it does.
    Told,
    /// The run, reading what the user enters.
    Talk,
    /// Loads the packs, telling what it does, and ends.
    Load,
    /// Assesses the submissions it is told, one at a time.
    Worker,
}

/// Tells a process its part.
const VARIABLE: &str = "WANGGE_PROCESS";

/// How long, in milliseconds, the allocator keeps what was given back: memory that is asked for again soon, for the next
/// submission, is not fetched anew. What a rule held long ago does not count for the next.
const PURGE_DELAY: (&str, &str) = ("MIMALLOC_PURGE_DELAY", "200");

const WORDS: [(Part, &str); 5] = [
    (Part::Run, "run"),
    (Part::Told, "told"),
    (Part::Talk, "talk"),
    (Part::Load, "load"),
    (Part::Worker, "worker"),
];

/// The part of this process.
pub fn part() -> Part {
    static PART: OnceLock<Part> = OnceLock::new();
    *PART.get_or_init(|| {
        let told = std::env::var(VARIABLE).unwrap_or_default();
        WORDS.iter().find(|(_, word)| *word == told).map_or(Part::Whole, |(part, _)| *part)
    })
}

impl Part {
    /// Whether one thread does all, so that the last thing told is the one that is being done.
    pub fn is_alone(self) -> bool {
        matches!(self, Self::Told | Self::Load | Self::Worker)
    }

    /// This program with the same arguments, for another part. What it reads comes from us: once that ends, so does
    /// it.
    ///
    /// # Errors
    ///
    /// The program cannot be found.
    pub fn command(self) -> io::Result<Command> {
        let mut command = Command::new(std::env::current_exe()?);
        let word = WORDS.iter().find(|(part, _)| *part == self).map_or("", |(_, word)| *word);
        command.args(std::env::args_os().skip(1)).env(VARIABLE, word).stdin(Stdio::piped());
        command.env(PURGE_DELAY.0, PURGE_DELAY.1).envs(closed::told());
        Ok(command)
    }
}
