//! The tests of a rulebook's rules.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use super::book::{Rulebook, library_files};
use crate::model::coverage::Coverage;
pub use crate::script::testing::Example;
use crate::script::testing::{Bench, MakeTables, Tested, run_tests};
use crate::script::{Libraries, Probe, Rule, RuleContext, RuleFault};

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
    around: &Arc<RuleContext>,
    make_tables: &Arc<MakeTables>,
) -> Vec<RuleTests> {
    rule_tests_of(book, around, make_tables, |_| true)
}

/// Runs the tests of the rules that are `wanted`.
pub fn rule_tests_of(
    book: &Rulebook,
    around: &Arc<RuleContext>,
    make_tables: &Arc<MakeTables>,
    wanted: impl Fn(&Rule) -> bool + Sync,
) -> Vec<RuleTests> {
    chosen_tests(book, around, make_tables, &Wanted { rule: &wanted, test: &|_, _| true })
}

/// Runs the tests that are `wanted`, in the order of the rules.
pub fn chosen_tests(
    book: &Rulebook,
    around: &Arc<RuleContext>,
    make_tables: &Arc<MakeTables>,
    wanted: &Wanted<'_>,
) -> Vec<RuleTests> {
    let runner = Runner::new(book, around, make_tables, wanted);
    let rules: Vec<&Arc<Rule>> = book.rules.iter().filter(|rule| (wanted.rule)(rule)).collect();
    rules.into_par_iter().map(|rule| runner.run(rule, rule, &book.libraries, false)).collect()
}

/// Runs the tests that are `wanted` once more, and counts the ways they take through their rules, and through the
/// libraries where `libraries` says so.
pub fn measure(
    book: &Rulebook,
    around: &Arc<RuleContext>,
    make_tables: &Arc<MakeTables>,
    wanted: &Wanted<'_>,
    libraries: bool,
) -> Coverage {
    let mut coverage = Coverage::default();
    let probe = Arc::new(Probe::default());
    let files = library_files(&book.layers);
    // They compile without notes, so they do with those that are left out where they do not.
    let Ok(measured) = Libraries::measured(&files, &probe).map(Arc::new) else { return coverage };
    let runner = Runner::new(book, around, make_tables, wanted);
    for rule in book.rules.iter().filter(|rule| (wanted.rule)(rule)) {
        match rule.measured(&measured, &probe) {
            Ok(noted) => drop(runner.run(rule, &Arc::new(noted), &measured, true)),
            Err(_) => coverage.unmeasured.push(rule.file.clone()),
        }
    }
    let above = book.layers.len().min(2).saturating_sub(1);
    let own = |path: &str| book.layers.iter().skip(above).any(|pack| pack.file(path).is_some());
    let rules: BTreeSet<&str> =
        book.rules.iter().filter(|rule| (wanted.rule)(rule)).map(|rule| rule.file.as_str()).collect();
    probe.count(&mut coverage, |file| {
        rules.contains(file) || (libraries && file.starts_with("lib/") && own(file))
    });
    coverage
}

/// What all tests have in common.
struct Runner<'a> {
    book: &'a Rulebook,
    around: &'a Arc<RuleContext>,
    /// What the lowest pack expects, it expects under its own readings.
    below: Option<Arc<RuleContext>>,
    make_tables: &'a Arc<MakeTables>,
    wanted: &'a Wanted<'a>,
}

impl<'a> Runner<'a> {
    fn new(
        book: &'a Rulebook,
        around: &'a Arc<RuleContext>,
        make_tables: &'a Arc<MakeTables>,
        wanted: &'a Wanted<'a>,
    ) -> Self {
        let below = book.base.as_ref().map(|base| Arc::new(around.under(base.readings())));
        Self { book, around, below, make_tables, wanted }
    }

    /// The tests of a rule, run on `tried`: itself, or its like that is measured.
    fn run(
        &self,
        rule: &Arc<Rule>,
        tried: &Arc<Rule>,
        libraries: &Arc<Libraries>,
        interpret: bool,
    ) -> RuleTests {
        let tests = self.book.tests.get(&rule.meta.id);
        let file = tests.map_or_else(|| rule.file.replace(".rhai", ".test.rhai"), |tests| tests.file.clone());
        let source = tests.map(|tests| tests.text.clone()).unwrap_or_default();
        let of_base = tests.is_some_and(|own| own.pack == 0);
        let bench = Bench {
            libraries: Arc::clone(libraries),
            rule: Arc::clone(tried),
            around: Arc::clone(self.below.as_ref().filter(|_| of_base).unwrap_or(self.around)),
            make_tables: Arc::clone(self.make_tables),
            files: Arc::new(self.book.files_beside(&rule.meta.id)),
            interpret,
        };
        let tested = run_tests(&bench, &file, &source, &|name| (self.wanted.test)(rule, name));
        RuleTests { rule: Arc::clone(rule), tested, file }
    }
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
