//! The rows of a text column by their text.

use std::borrow::Cow;

use ahash::RandomState;
use hashbrown::HashTable;

use super::{CHUNK, Column, Dictionary, View};

/// Finds the first row with a text: a few bytes a row, the texts stay where they are unless they lie on disk.
#[derive(Debug)]
pub struct Lookup<'a> {
    column: &'a Column,
    /// The texts of each chunk, where the column's own are not all in memory.
    copied: Option<Vec<Dictionary>>,
    rows: HashTable<u32>,
    hasher: RandomState,
}

impl<'a> Lookup<'a> {
    /// Of the filled cells of a text column.
    pub fn of(column: &'a Column) -> Self {
        let copied = (!column.is_held()).then(|| copy(column));
        let mut lookup = Self { column, copied, rows: HashTable::new(), hasher: RandomState::new() };
        for at in 0..column.chunks() {
            let chunk = column.chunk(at);
            let View::Text(texts) = chunk.view() else { break };
            for row in 0..chunk.rows() {
                let text = texts.get(row);
                if let Ok(number) = u32::try_from(at.saturating_mul(CHUNK).saturating_add(row))
                    && !text.is_empty()
                {
                    lookup.insert(text, number);
                }
            }
        }
        lookup
    }

    fn insert(&mut self, text: &str, row: u32) {
        let Self { column, copied, rows, hasher } = self;
        let hash = hasher.hash_one(text);
        if rows.find(hash, |row| text_of(column, copied.as_deref(), *row) == text).is_none() {
            rows.insert_unique(hash, row, |row| hasher.hash_one(&*text_of(column, copied.as_deref(), *row)));
        }
    }

    /// The first row with this text.
    pub fn get(&self, text: &str) -> Option<u32> {
        let hash = self.hasher.hash_one(text);
        let same = |row: &u32| text_of(self.column, self.copied.as_deref(), *row) == text;
        self.rows.find(hash, same).copied()
    }

    /// Whether some cell has this text.
    pub fn contains(&self, text: &str) -> bool {
        self.get(text).is_some()
    }

    /// Each text once.
    pub fn iter(&self) -> impl Iterator<Item = Cow<'_, str>> {
        self.rows.iter().map(|row| text_of(self.column, self.copied.as_deref(), *row))
    }

    /// Memory it takes.
    pub fn bytes(&self) -> usize {
        let copied = self.copied.iter().flatten().map(Dictionary::memory).fold(0, usize::saturating_add);
        self.rows.capacity().saturating_mul(6).saturating_add(copied)
    }
}

fn text_of<'a>(column: &'a Column, copied: Option<&'a [Dictionary]>, row: u32) -> Cow<'a, str> {
    let Some(chunks) = copied else { return column.text(row as usize) };
    let chunk = chunks.get(row as usize / CHUNK);
    Cow::Borrowed(chunk.map_or("", |texts| texts.get(u32::try_from(row as usize % CHUNK).unwrap_or(0))))
}

fn copy(column: &Column) -> Vec<Dictionary> {
    let texts = |at: usize| {
        let (mut texts, chunk) = (Dictionary::new(), column.chunk(at));
        if let View::Text(cells) = chunk.view() {
            (0..chunk.rows()).for_each(|row| texts.push(cells.get(row)));
        }
        texts
    };
    (0..column.chunks()).map(texts).collect()
}
