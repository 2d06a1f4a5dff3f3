//! What scripts can name, as editors are told of it.

use super::text::Text;

/// A kind of thing a script can name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum EntryKind {
    /// Called.
    Function,
    /// Read after a dot.
    Property,
    /// Written between two values.
    Operator,
}

/// A function, property or operator with the types it is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// What it is.
    pub kind: EntryKind,
    /// English name, or sign.
    pub name: String,
    /// Chinese name, where it has one.
    pub chinese: Option<String>,
    /// Name and type of each argument.
    pub takes: Vec<(String, String)>,
    /// Type of what it gives.
    pub gives: String,
    /// What it gives, in words.
    pub about: Text,
    /// One expression that uses it, of what the program declares; `t` is the submission.
    pub example: Option<String>,
}

impl Entry {
    /// The example with what it is for under this name of it.
    pub fn example_under(&self, name: &str) -> Option<String> {
        let example = self.example.as_deref()?;
        if name == self.name {
            return Some(example.to_owned());
        }
        let is_word = |sign: char| sign.is_alphanumeric() || sign == '_';
        let (mut renamed, mut from) = (String::new(), 0);
        for (at, found) in example.match_indices(&self.name) {
            let (before, after) = (example.get(..at)?, example.get(at.saturating_add(found.len())..)?);
            let used = match self.kind {
                EntryKind::Function => after.starts_with('('),
                EntryKind::Property => before.ends_with('.') && !after.starts_with(is_word),
                EntryKind::Operator => false,
            };
            if used && !before.ends_with(is_word) {
                renamed.push_str(example.get(from..at)?);
                renamed.push_str(name);
                from = at.saturating_add(found.len());
            }
        }
        renamed.push_str(example.get(from..)?);
        Some(renamed)
    }
}

/// All that scripts can name, apart from the tables of a submission.
#[derive(Clone, Debug, Default)]
pub struct FunctionReference {
    /// Given to scripts by the program.
    pub host: Vec<Entry>,
    /// What remains of the script language's own functions.
    pub language: Vec<Entry>,
    /// Given to tests of rules alone.
    pub testing: Vec<Entry>,
}
