//! What came of the tests of rules.

use super::fault::Fault;
use super::text::Text;

/// The tests of one rule.
#[derive(Clone, Debug, Default)]
pub struct RuleResult {
    /// Id of the rule.
    pub rule: String,
    /// Path of its test file.
    pub file: String,
    /// Tests that passed.
    pub passed: usize,
    /// Tests that failed.
    pub failed: Vec<FailedTest>,
}

/// A test that failed.
#[derive(Clone, Debug, Default)]
pub struct FailedTest {
    /// Name of its function.
    pub name: String,
    /// Line of the expectation that failed, where it is known.
    pub line: Option<usize>,
    /// The line itself.
    pub text: String,
    /// What was expected of each letter, and what came.
    pub compared: Vec<Compared>,
    /// Why nothing could be compared.
    pub fault: Option<Fault>,
}

/// What was expected of one letter, and what the rule decided.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Compared {
    /// Letter of the requirement; empty where the rule decides one thing.
    pub letter: String,
    /// The outcome expected, such as `met` or `=85`.
    pub want: String,
    /// The outcome decided; none where the rule decided nothing under this letter.
    pub got: Option<String>,
    /// The cells expected, where the test names any.
    pub want_cells: Option<String>,
    /// The cells the decision points at.
    pub got_cells: String,
    /// The reason the rule gave.
    pub reason: Text,
    /// It is as expected.
    pub same: bool,
}
