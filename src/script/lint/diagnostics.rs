//! Findings as they are noted: a lint, a place, words.

use super::list::Lint;
use crate::model::lint::{LintFinding, LintLevel};
use crate::model::text::Text;
use crate::script::error::Script;
use crate::script::syntax::tree::Position;

/// What is found in one script.
#[derive(Default)]
pub(crate) struct Diagnostics {
    found: Vec<Diagnostic>,
}

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Diagnostic {
    pub(crate) code: &'static str,
    pub(crate) at: Option<Position>,
    pub(crate) message: Text,
    pub(crate) help: Text,
}

impl Diagnostics {
    /// Takes a finding, once.
    pub(crate) fn add(&mut self, code: &'static str, at: Position, message: Text, help: Text) {
        let diagnostic = Diagnostic { code, at: Some(at), message, help };
        if !self.found.contains(&diagnostic) {
            self.found.push(diagnostic);
        }
    }

    /// Takes the findings of another look at the same script, each once.
    pub(crate) fn take(&mut self, other: &Self) {
        let new: Vec<Diagnostic> =
            other.found.iter().filter(|diagnostic| !self.found.contains(diagnostic)).cloned().collect();
        self.found.extend(new);
    }

    /// Whether a lint was found on a line.
    pub(crate) fn has(&self, code: &str, line: usize) -> bool {
        self.found.iter().any(|one| one.code == code && one.at.is_some_and(|(row, _)| row == line))
    }

    /// The findings in the order of their places.
    pub(crate) fn sorted(mut self) -> Vec<Diagnostic> {
        self.found.sort_by_key(|diagnostic| (diagnostic.at, diagnostic.code));
        self.found
    }
}

impl Diagnostic {
    /// As it is shown, in a file.
    pub(crate) fn finding(self, file: &Script<'_>) -> LintFinding {
        let level = Lint::of(self.code).map_or(LintLevel::Warning, |lint| lint.level);
        let fault = file.at(self.at, self.message, self.help).noted(self.code);
        LintFinding { level, rule: file.rule.to_owned(), fault }
    }
}

/// Words in both languages, both made from the same values.
macro_rules! words {
    ($zh:literal, $en:literal) => {
        $crate::model::text::Text::new(format!($zh), format!($en))
    };
}
pub(crate) use words;
