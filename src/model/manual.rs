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
}

/// All that scripts can name, apart from the tables of a submission.
#[derive(Clone, Debug, Default)]
pub struct Manual {
    /// Given to scripts by the program.
    pub host: Vec<Entry>,
    /// What remains of the script language's own functions.
    pub language: Vec<Entry>,
    /// Given to tests of rules alone.
    pub testing: Vec<Entry>,
}
