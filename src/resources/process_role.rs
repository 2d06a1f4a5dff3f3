//! What a process is for. The process the user starts begins others of the same program for what may end a process.

/// The role of a process in a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProcessRole {
    /// Started by the user.
    Main,
    /// Does what was asked, on all threads.
    Run,
    /// Does what was asked on one thread and announces each step, to find out over which step the program dies.
    Traced,
    /// Reads what the user enters and runs it.
    Interactive,
    /// Loads the packs, announcing each file, and ends.
    Load,
    /// Assesses submissions one at a time, as it is sent them.
    Worker,
}

/// Environment variable that tells a process its role.
pub const VARIABLE: &str = "WANGGE_PROCESS";

const WORDS: [(ProcessRole, &str); 5] = [
    (ProcessRole::Run, "run"),
    (ProcessRole::Traced, "traced"),
    (ProcessRole::Interactive, "interactive"),
    (ProcessRole::Load, "load"),
    (ProcessRole::Worker, "worker"),
];

impl ProcessRole {
    /// The role this process was started for; [`Self::Main`] where none is given.
    pub fn from_environment() -> Self {
        let given = std::env::var(VARIABLE).unwrap_or_default();
        WORDS.iter().find(|(_, word)| *word == given).map_or(Self::Main, |(role, _)| *role)
    }

    /// The value of [`VARIABLE`]; empty for [`Self::Main`].
    pub fn word(self) -> &'static str {
        WORDS.iter().find(|(role, _)| *role == self).map_or("", |(_, word)| *word)
    }

    /// Whether one thread does all the work, so that the last step announced is the one being done.
    pub const fn is_single_threaded(self) -> bool {
        matches!(self, Self::Traced | Self::Load | Self::Worker)
    }
}
