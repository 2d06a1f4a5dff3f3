//! What the tests of rules reach, and what they do not.

use serde::Serialize;

/// Coverage of some rules by their tests.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Coverage {
    /// Requirements tested both ways.
    pub requirements: Share,
    /// Ways taken at an `if` or `switch`.
    pub branches: Share,
    /// Closures called, those that answer yes or no with both answers.
    pub closures: Share,
    /// All that is not reached, in the order of the files.
    pub gaps: Vec<Gap>,
    /// Files whose ways could not be followed.
    pub unmeasured: Vec<String>,
}

/// How many of how many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Share {
    /// Reached.
    pub reached: usize,
    /// In all.
    pub all: usize,
}

impl Share {
    /// Counts one more.
    pub fn count(&mut self, reached: bool) {
        self.all = self.all.saturating_add(1);
        self.reached = self.reached.saturating_add(usize::from(reached));
    }
}

/// Something no test reaches.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Gap {
    /// File, or the test file where a letter is not tested.
    pub file: String,
    /// Its line.
    pub line: Option<usize>,
    /// What is not reached.
    pub kind: GapKind,
    /// The letter that is not tested, or the line itself.
    pub text: String,
}

/// What is not reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum GapKind {
    /// No test expects the requirement to be met.
    NeverMet,
    /// No test expects it not to be met.
    NeverFailed,
    /// A measured value is tested with one value only.
    OneValue,
    /// The condition of an `if` never held.
    NeverHeld,
    /// It always held.
    AlwaysHeld,
    /// A way of a `switch` was never taken.
    ArmNotTaken,
    /// A closure was never called.
    NotCalled,
    /// A closure never answered yes.
    NeverTrue,
    /// It never answered no.
    NeverFalse,
}
