//! Lints over a whole rulebook: its rules, libraries and tests.

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::book::Rulebook;
use super::testing::RuleTests;
use crate::model::lint::LintFinding;
use crate::script::Rule;
pub use crate::script::lint::Linter;
pub use crate::script::lint::list::{Example as LintExample, LINTS, Lint, MARK};
use crate::script::lint::{InLibraries, LintContext, TestedFile, broken, called_names};
use crate::table::table_schema::Declarations;

/// What is found in the rules, libraries and tests of the packs laid over the built-in one, or of the built-in one where
/// there are no others; in the order of files and lines.
pub fn lint(book: &Rulebook, declarations: &Declarations, tests: &[RuleTests]) -> Vec<LintFinding> {
    let linter = linter(book, declarations);
    let of_rule = |tests: &RuleTests| {
        let tested = book.tested(tests);
        let (mut found, libraries) =
            linter.rule(&tests.rule, Some(book.has_tests(&tests.rule, tested.as_ref())));
        found.extend(tested.into_iter().flat_map(|tested| linter.tests(&tests.rule, &tested)));
        (found, libraries)
    };
    let asked: Vec<&RuleTests> = tests.iter().filter(|tests| book.is_own(&tests.rule.meta.id)).collect();
    let looked: Vec<(Vec<LintFinding>, InLibraries)> = asked.into_par_iter().map(of_rule).collect();
    let (found, libraries): (Vec<_>, Vec<_>) = looked.into_iter().unzip();
    let mut found = found.concat();
    let by_rules = libraries.into_iter().fold(InLibraries::default(), InLibraries::and);
    found.extend(book.broken.iter().filter(|fault| book.is_own(&fault.rule)).map(broken));
    found.extend(book.unreadable_tests(tests));
    let called = book.called();
    for (shown, text) in book.own_libraries() {
        found.extend(linter.library(&shown, text, &|name| called.contains(name), &by_rules));
    }
    found.sort_by(|a, b| a.order().cmp(&b.order()));
    found
}

/// What looks at the text of single rules, as an editor asks while they are written.
pub fn linter<'b>(book: &'b Rulebook, declarations: &'b Declarations) -> Linter<'b> {
    Linter::new(lint_context(book, declarations))
}

fn lint_context<'g>(book: &'g Rulebook, declarations: &'g Declarations) -> LintContext<'g> {
    LintContext {
        libraries: &book.libraries,
        declarations,
        catalog: &book.catalog,
        clauses: &book.clauses,
        policies: &book.policies,
        rules: &book.rules,
    }
}

impl Rulebook {
    /// Position of the lowest pack whose files are looked at.
    fn lowest_own(&self) -> usize {
        usize::from(self.layers.len() > 1 && self.layers.first().is_some_and(|pack| pack.built_in))
    }

    fn is_own(&self, id: &str) -> bool {
        self.homes.get(id).is_none_or(|(pack, _)| *pack >= self.lowest_own())
    }

    /// Libraries in force that lie in the packs looked at: the file as shown, and its text.
    fn own_libraries(&self) -> Vec<(String, &str)> {
        let own = self.layers.iter().enumerate().skip(self.lowest_own());
        let files =
            own.flat_map(|(at, pack)| super::book::libraries_of(pack).map(move |file| (at, pack, file)));
        let covered = |at: usize, path: &str| {
            self.layers.iter().skip(at.saturating_add(1)).any(|pack| pack.file(path).is_some())
        };
        let in_force = files.filter(|(at, _, (path, _))| !covered(*at, path));
        let shown = in_force.map(|(_, pack, (path, text))| {
            (if pack.built_in { path.clone() } else { pack.display_path(path) }, text.as_str())
        });
        shown.collect()
    }

    /// Functions that rules or libraries call, by name.
    fn called(&self) -> BTreeSet<String> {
        let rules = self.rules.iter().map(|rule| rule.source.as_str());
        let libraries = self.layers.iter().flat_map(super::book::libraries_of).map(|(_, text)| text.as_str());
        let sources: Vec<&str> = rules.chain(libraries).collect();
        sources.into_par_iter().flat_map_iter(|source| called_names(&self.libraries, source)).collect()
    }

    /// What the tests of a rule came to; none where it has no file of tests that can be read.
    fn tested(&self, tests: &RuleTests) -> Option<TestedFile> {
        let own = self.tests.get(&tests.rule.meta.id)?;
        let run = tests.tested.as_ref().ok()?;
        let failed = run.iter().map(|test| (test.name.clone(), test.failure.clone())).collect();
        let empty =
            run.iter().filter(|test| test.expected.is_empty()).map(|test| test.name.clone()).collect();
        Some(TestedFile { file: own.file.clone(), text: own.text.clone(), failed, empty })
    }

    /// Whether a rule has a test: one that ran, or a file of them that a pack above the rule has put out of force, or
    /// that cannot be read, which is told for itself.
    fn has_tests(&self, rule: &Rule, tested: Option<&TestedFile>) -> bool {
        match tested {
            Some(tested) => !tested.failed.is_empty(),
            None => self.rule_files(&rule.meta.id).len() > 1,
        }
    }

    fn unreadable_tests(&self, tests: &[RuleTests]) -> Vec<LintFinding> {
        let own = tests.iter().filter(|tests| self.is_own(&tests.rule.meta.id));
        own.filter_map(|tests| tests.tested.as_ref().err()).map(broken).collect()
    }
}
