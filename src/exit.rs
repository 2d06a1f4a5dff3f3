//! Exit codes. 2 beats 1.

/// What a run ends with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exit {
    /// The gate passed.
    Passed = 0,
    /// The gate was not met.
    GateNotMet = 1,
    /// The run could not judge: usage, configuration, unreadable submission, broken rule.
    CouldNotJudge = 2,
}

impl From<Exit> for std::process::ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}
