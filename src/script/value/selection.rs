//! Which rows of a table: all of them, which costs nothing, or some.

use std::ops::Range;
use std::sync::Arc;

/// Rows passed over in the time of looking one up.
pub(crate) const LOOKUP: usize = 16;

/// Row numbers in table order.
#[derive(Clone, Debug)]
pub(crate) enum Chosen {
    /// All of a table with so many rows.
    All(u32),
    /// These.
    Some(Arc<[u32]>),
}

/// The rows of one chunk of a table.
pub(crate) struct Spread<'a> {
    /// Number of the chunk.
    pub(crate) chunk: usize,
    /// Rows of the chunk from the first to the last.
    pub(crate) range: Range<usize>,
    /// Their numbers in the table; `None` for all in the range.
    pub(crate) rows: Option<&'a [u32]>,
}

impl Chosen {
    /// How many.
    pub(crate) fn len(&self) -> usize {
        match self {
            Self::All(count) => *count as usize,
            Self::Some(rows) => rows.len(),
        }
    }

    /// Whether there are none.
    pub(crate) fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether this row is among them.
    pub(crate) fn contains(&self, row: u32) -> bool {
        match self {
            Self::All(count) => row < *count,
            Self::Some(rows) => rows.binary_search(&row).is_ok(),
        }
    }

    /// The numbers of the rows.
    pub(crate) fn iter(&self) -> Iter<'_> {
        match self {
            Self::All(count) => Iter::All(0..*count),
            Self::Some(rows) => Iter::Some(rows.iter().copied()),
        }
    }

    /// Those of these rows, which are in order, that are chosen: the fewer are looked up among the more.
    pub(crate) fn among<'a>(&'a self, rows: &'a [u32]) -> impl Iterator<Item = u32> + use<'a> {
        let few = self.len() < rows.len();
        let own = few.then(|| self.iter().filter(|row| rows.binary_search(row).is_ok()));
        let others = (!few).then(|| rows.iter().copied().filter(|row| self.contains(*row)));
        own.into_iter().flatten().chain(others.into_iter().flatten())
    }

    /// The rows of both in table order, each once.
    pub(crate) fn union(&self, other: &Self) -> Self {
        let (mut one, mut other) = (self.iter().peekable(), other.iter().peekable());
        let next = move || match (one.peek().copied(), other.peek().copied()) {
            (Some(a), Some(b)) => {
                let least = a.min(b);
                let _ = one.next_if_eq(&least);
                let _ = other.next_if_eq(&least);
                Some(least)
            }
            _ => one.next().or_else(|| other.next()),
        };
        std::iter::from_fn(next).collect()
    }

    /// The rows chunk by chunk.
    pub(crate) fn spreads(&self, chunk: usize) -> Vec<Spread<'_>> {
        match self {
            Self::All(count) => {
                let count = *count as usize;
                let part = |at: usize| {
                    let rows = count.saturating_sub(at.saturating_mul(chunk)).min(chunk);
                    Spread { chunk: at, range: 0..rows, rows: None }
                };
                (0..count.div_ceil(chunk)).map(part).collect()
            }
            Self::Some(rows) => {
                let parts = rows.chunk_by(|a, b| *a as usize / chunk == *b as usize / chunk);
                parts.map(|rows| spread(rows, chunk)).collect()
            }
        }
    }
}

fn spread(rows: &[u32], chunk: usize) -> Spread<'_> {
    let place = |row: Option<&u32>| row.map_or(0, |row| *row as usize);
    let (first, last) = (place(rows.first()), place(rows.last()));
    let range = first % chunk..(last % chunk).saturating_add(1);
    let gapless = range.len() == rows.len();
    Spread { chunk: first / chunk, range, rows: (!gapless).then_some(rows) }
}

impl PartialEq for Chosen {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::All(a), Self::All(b)) => a == b,
            (Self::Some(a), Self::Some(b)) => Arc::ptr_eq(a, b) || a == b,
            _ => false,
        }
    }
}

impl FromIterator<u32> for Chosen {
    fn from_iter<I: IntoIterator<Item = u32>>(rows: I) -> Self {
        Self::Some(rows.into_iter().collect())
    }
}

/// Row numbers one after the other.
#[derive(Clone, Debug)]
pub(crate) enum Iter<'a> {
    All(Range<u32>),
    Some(std::iter::Copied<std::slice::Iter<'a, u32>>),
}

impl Iterator for Iter<'_> {
    type Item = u32;

    fn next(&mut self) -> Option<u32> {
        match self {
            Self::All(rows) => rows.next(),
            Self::Some(rows) => rows.next(),
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        match self {
            Self::All(rows) => rows.size_hint(),
            Self::Some(rows) => rows.size_hint(),
        }
    }
}

impl DoubleEndedIterator for Iter<'_> {
    fn next_back(&mut self) -> Option<u32> {
        match self {
            Self::All(rows) => rows.next_back(),
            Self::Some(rows) => rows.next_back(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_spread_over_chunks() {
        let some: Chosen = [0, 3, 4, 5, 9].into_iter().collect();
        let spread = |chosen: &Chosen| {
            let parts = chosen.spreads(4);
            parts.iter().map(|part| (part.chunk, part.range.clone(), part.rows.is_some())).collect::<Vec<_>>()
        };
        assert_eq!(spread(&some), [(0, 0..4, true), (1, 0..2, false), (2, 1..2, false)]);
        assert_eq!(spread(&Chosen::All(6)), [(0, 0..4, false), (1, 0..2, false)]);
        assert!(some.contains(9) && !some.contains(8) && !Chosen::All(6).contains(6));
    }

    #[test]
    fn rows_are_found_among_more_and_among_fewer() {
        let some: Chosen = [0, 3, 4, 5, 9].into_iter().collect();
        let among = |rows: &[u32]| some.among(rows).collect::<Vec<_>>();
        assert_eq!(among(&[1, 3, 9]), [3, 9]);
        assert_eq!(among(&[1, 2, 3, 6, 7, 8, 9, 10]), [3, 9]);
        assert_eq!(Chosen::All(4).among(&[1, 3, 4]).collect::<Vec<_>>(), [1, 3]);
    }
}
