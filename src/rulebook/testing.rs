//! The tests of a rulebook's rules.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

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

/// Which tests are run.
pub struct Wanted<'a> {
    /// Whether the tests of a rule are.
    pub rule: &'a (dyn Fn(&Rule) -> bool + Sync),
    /// Whether a test of this name of such a rule is.
    pub test: &'a (dyn Fn(&Rule, &str) -> bool + Sync),
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
    wanted: impl Fn(&Rule) -> bool + Sync,
) -> Vec<RuleTests> {
    chosen_tests(book, around, make_tables, &Wanted { rule: &wanted, test: &|_, _| true })
}

/// Runs the tests that are `wanted`, in the order of the rules.
pub fn chosen_tests(
    book: &Rulebook,
    around: &Arc<Surroundings>,
    make_tables: &Arc<MakeTables>,
    wanted: &Wanted<'_>,
) -> Vec<RuleTests> {
    // What the lowest pack expects, it expects under its own readings.
    let below = book.base.as_ref().map(|base| Arc::new(around.under(base.readings())));
    let run = |rule: &Arc<Rule>| {
        let tests = book.tests.get(&rule.meta.id);
        let file = tests.map_or_else(|| rule.file.replace(".rhai", ".test.rhai"), |tests| tests.file.clone());
        let source = tests.map(|tests| tests.text.clone()).unwrap_or_default();
        let of_base = tests.is_some_and(|own| own.pack == 0);
        let bench = Bench {
            libraries: Arc::clone(&book.libraries),
            rule: Arc::clone(rule),
            around: Arc::clone(below.as_ref().filter(|_| of_base).unwrap_or(around)),
            make_tables: Arc::clone(make_tables),
            files: Arc::new(book.files_beside(&rule.meta.id)),
            interpret: false,
        };
        let tested = run_tests(&bench, &file, &source, &|name| (wanted.test)(rule, name));
        RuleTests { rule: Arc::clone(rule), tested, file }
    };
    let rules: Vec<&Arc<Rule>> = book.rules.iter().filter(|rule| (wanted.rule)(rule)).collect();
    rules.into_par_iter().map(run).collect()
}

impl Rulebook {
    /// Whether a pack above the lowest has a say in this rule or its tests; where there is only one, it has.
    pub fn is_local(&self, rule: &Rule) -> bool {
        let id = &rule.meta.id;
        let touched = self.touched.get(id).is_some_and(|pack| *pack > 0);
        self.base.is_none() || touched || self.tests.get(id).is_some_and(|tests| tests.pack > 0)
    }

    /// CSV files in the folder of a rule's tests and below it, by path from there. Nothing outside of the pack can be
    /// named so.
    fn files_beside(&self, id: &str) -> BTreeMap<String, String> {
        let Some(tests) = self.tests.get(id) else { return BTreeMap::new() };
        let folder = tests.path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let pack = self.layers.get(tests.pack);
        let files = pack.into_iter().flat_map(|pack| pack.below(folder, ".csv"));
        let inner = |path: &String| Some(path.strip_prefix(folder)?.strip_prefix('/')?.to_owned());
        files.filter_map(|(path, text)| Some((inner(path)?, text.clone()))).collect()
    }
}
