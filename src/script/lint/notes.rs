//! Findings as they are noted: a lint, a place, words.

use super::list::Lint;
use super::tree::At;
use crate::model::lint::{LintFinding, LintLevel};
use crate::model::text::Text;
use crate::script::fault::Script as File;

/// What is found in one script.
#[derive(Default)]
pub(super) struct Notes {
    found: Vec<Note>,
}

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Note {
    pub(super) code: &'static str,
    pub(super) at: Option<At>,
    pub(super) message: Text,
    pub(super) help: Text,
}

impl Notes {
    /// Takes a finding, once.
    pub(super) fn add(&mut self, code: &'static str, at: At, message: Text, help: Text) {
        let note = Note { code, at: Some(at), message, help };
        if !self.found.contains(&note) {
            self.found.push(note);
        }
    }

    /// Takes the findings of another look at the same script, each once.
    pub(super) fn take(&mut self, other: &Self) {
        let new: Vec<Note> = other.found.iter().filter(|note| !self.found.contains(note)).cloned().collect();
        self.found.extend(new);
    }

    /// The findings in the order of their places.
    pub(super) fn sorted(mut self) -> Vec<Note> {
        self.found.sort_by_key(|note| (note.at, note.code));
        self.found
    }
}

impl Note {
    /// As it is shown, in a file.
    pub(super) fn finding(self, file: &File<'_>) -> LintFinding {
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
pub(super) use words;
