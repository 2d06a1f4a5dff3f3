//! The tests of a rulebook's rules.

use std::sync::Arc;

use super::book::Rulebook;
pub use crate::script::testing::Example;
use crate::script::testing::{Bench, MakeTables, Tested, run_tests};
use crate::script::{Rule, RuleFault, Surroundings};

/// The tests of one rule.
pub struct RuleTests {
    /// The rule.
    pub rule: Arc<Rule>,
    /// Path of its test file.
    pub file: String,
    /// The tests run, or why the file could not be read.
    pub tested: Result<Vec<Tested>, RuleFault>,
}

impl RuleTests {
    /// Tables and outcomes of all its tests.
    pub fn examples(&self) -> Vec<Example> {
        let tested = self.tested.as_deref().unwrap_or_default();
        tested.iter().flat_map(|test| test.expected.clone()).collect()
    }
}

/// Runs the tests of every rule; a rule without a test file has none.
pub fn rule_tests(
    book: &Rulebook,
    around: &Arc<Surroundings>,
    make_tables: &Arc<MakeTables>,
) -> Vec<RuleTests> {
    rule_tests_of(book, around, make_tables, |_| true)
}

/// Runs the tests of the rules that are `wanted`.
pub fn rule_tests_of(
    book: &Rulebook,
    around: &Arc<Surroundings>,
    make_tables: &Arc<MakeTables>,
    wanted: impl Fn(&Rule) -> bool,
) -> Vec<RuleTests> {
    // What the lowest pack expects, it expects under its own readings.
    let below = book.base.as_ref().map(|base| Arc::new(around.under(base.readings())));
    let run = |rule: &Arc<Rule>| {
        let tests = book.tests.get(&rule.meta.id);
        let file = tests.map_or_else(|| rule.file.replace(".rhai", ".test.rhai"), |tests| tests.file.clone());
        let source = tests.map(|tests| tests.text.clone()).unwrap_or_default();
        let bench = Bench {
            libraries: Arc::clone(&book.libraries),
            rule: Arc::clone(rule),
            around: Arc::clone(
                below.as_ref().filter(|_| tests.is_some_and(|own| own.of_base)).unwrap_or(around),
            ),
            make_tables: Arc::clone(make_tables),
        };
        RuleTests { rule: Arc::clone(rule), tested: run_tests(&bench, &file, &source), file }
    };
    book.rules.iter().filter(|rule| wanted(rule)).map(run).collect()
}
