//! Dictionaries: each distinct text of a column that repeats itself, once.

use ahash::RandomState;
use hashbrown::HashTable;

use super::page::{CHUNK, span};

/// The most texts in a dictionary, and the most bytes of them: beyond, a dictionary is no saving.
const MOST: usize = 1 << 20;
const MOST_BYTES: usize = 64 << 20;

/// Distinct texts by number, in the order in which they first occurred.
#[derive(Debug, Default)]
pub struct Dictionary {
    bytes: String,
    ends: Vec<u32>,
}

impl Dictionary {
    pub(super) const fn new() -> Self {
        Self { bytes: String::new(), ends: Vec::new() }
    }

    /// Number of texts.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The text with this number; empty beyond the end.
    pub fn get(&self, code: u32) -> &str {
        span(&self.ends, code as usize).and_then(|span| self.bytes.get(span)).unwrap_or("")
    }

    /// The texts by number.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        (0..u32::try_from(self.len()).unwrap_or(u32::MAX)).map(|code| self.get(code))
    }

    /// Appends a text.
    pub(super) fn push(&mut self, text: &str) {
        self.bytes.push_str(text);
        self.ends.push(u32::try_from(self.bytes.len()).unwrap_or(u32::MAX));
    }

    pub(super) fn shrink(&mut self) {
        self.bytes.shrink_to_fit();
        self.ends.shrink_to_fit();
    }

    /// Memory it takes.
    pub(super) fn memory(&self) -> usize {
        self.bytes.capacity().saturating_add(self.ends.capacity().saturating_mul(4))
    }
}

/// A dictionary that grows.
#[derive(Debug, Default)]
pub(super) struct Interner {
    pub(super) dictionary: Dictionary,
    numbers: HashTable<u32>,
    hasher: RandomState,
    last: u32,
}

impl Interner {
    /// The number of the text, a new one where it is new.
    pub(super) fn code(&mut self, text: &str) -> u32 {
        let Self { dictionary, numbers, hasher, last } = self;
        if dictionary.get(*last) == text && !dictionary.is_empty() {
            return *last;
        }
        let hash = hasher.hash_one(text);
        if let Some(code) = numbers.find(hash, |code| dictionary.get(*code) == text) {
            *last = *code;
            return *code;
        }
        let code = u32::try_from(dictionary.len()).unwrap_or(u32::MAX);
        dictionary.push(text);
        numbers.insert_unique(hash, code, |code| hasher.hash_one(dictionary.get(*code)));
        *last = code;
        code
    }

    /// Whether it still pays after so many rows.
    pub(super) fn pays(&self, rows: usize, habit: Habit) -> bool {
        let eighths = match (habit, rows) {
            (Habit::Refers, ..65_536) => 8,
            (Habit::Refers, ..262_144) => 4,
            (_, ..=CHUNK) => 7,
            (_, ..65_536) => 6,
            _ => 2,
        };
        let few = self.dictionary.len() <= rows.saturating_mul(eighths) / 8;
        few && self.dictionary.len() <= MOST && self.dictionary.bytes.len() <= MOST_BYTES
    }
}

/// What is expected of a column before it has rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Habit {
    /// It is a key: no text twice.
    Unique,
    /// It refers to another table: after as many rows as that has, it repeats itself.
    Refers,
    /// Anything.
    Unknown,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_numbered_once() {
        let mut interner = Interner::default();
        let codes: Vec<_> = ["", "甲", "甲", "乙", "", "甲"].iter().map(|text| interner.code(text)).collect();
        assert_eq!(codes, [0, 1, 1, 2, 0, 1]);
        assert_eq!(interner.dictionary.iter().collect::<Vec<_>>(), ["", "甲", "乙"]);
        assert_eq!(interner.dictionary.get(7), "");
    }
}
