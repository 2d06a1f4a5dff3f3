//! What a closure answers of rows, and what of it is asked for.

use std::sync::Arc;

use rhai::Dynamic;

/// What is wanted of the rows for which a closure holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum MatchQuery {
    /// All of them.
    Rows,
    /// How many they are.
    Count,
    /// The first.
    First,
    /// Whether there is one that does not hold: no row is looked at after it.
    All,
}

/// Rows for which a closure holds.
#[derive(Clone, Debug, Default)]
pub(crate) struct Matches {
    pub(crate) rows: Arc<[u32]>,
    pub(crate) count: usize,
}

/// Bytes an element of a list holds.
pub(crate) fn bytes_of(one: &Dynamic) -> usize {
    let text = one.as_immutable_string_ref().map_or(0, |text| text.len());
    size_of::<Dynamic>().saturating_mul(3).saturating_add(text)
}

impl Matches {
    /// Bytes that whoever has it holds.
    pub(crate) fn bytes(found: Option<&Self>) -> usize {
        found.map_or(0, |found| found.rows.len().saturating_mul(size_of::<u32>()))
    }
}
