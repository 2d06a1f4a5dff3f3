//! Findings as they are noted: a lint, a place, words.

use super::list::Lint;
use crate::model::lint::{LintFinding, LintLevel};
use crate::model::text::Text;
use crate::script::error::Script;
use crate::script::syntax::tree::Position;

/// What is found in one script.
#[derive(Default)]
pub(crate) struct Notes {
    found: Vec<Note>,
}

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Note {
    pub(crate) code: &'static str,
    pub(crate) at: Option<Position>,
    pub(crate) message: Text,
    pub(crate) help: Text,
}

impl Notes {
    /// Takes a finding, once.
    pub(crate) fn add(&mut self, code: &'static str, at: Position, message: Text, help: Text) {
        let note = Note { code, at: Some(at), message, help };
        if !self.found.contains(&note) {
            self.found.push(note);
        }
    }

    /// Takes the findings of another look at the same script, each once.
    pub(crate) fn take(&mut self, other: &Self) {
        let new: Vec<Note> = other.found.iter().filter(|note| !self.found.contains(note)).cloned().collect();
        self.found.extend(new);
    }

    /// The findings in the order of their places.
    pub(crate) fn sorted(mut self) -> Vec<Note> {
        self.found.sort_by_key(|note| (note.at, note.code));
        self.found
    }
}

impl Note {
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
