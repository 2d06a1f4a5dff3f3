//! Keys: no two rows alike, and one row where one is expected.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::hash::{BuildHasher, Hash, Hasher};
use std::sync::atomic::{AtomicU64, Ordering};

use ahash::{AHasher, RandomState};
use rayon::prelude::*;

use super::notices;
use crate::model::column::{CHUNK, CellValue, View};
use crate::model::finding::Location;
use crate::model::gather::{Gather, Kind};
use crate::model::kind;
use crate::model::memory::Memory;
use crate::model::privacy::Masking;
use crate::model::table::Table;

/// Reports rows with the same key, both of them, and rows too many.
pub(super) fn check(table: &Table, masking: Masking, memory: &Memory, gather: &mut Gather) {
    let decl = &table.decl;
    let keys: Vec<usize> =
        decl.columns.iter().enumerate().filter(|(_, column)| column.key).map(|(at, _)| at).collect();
    if decl.one_row {
        for row in 1..table.len() {
            let kind = Kind { rule: kind::EXTRA_ROW, target: &decl.id, detail: "" };
            gather.add(
                kind,
                || notices::extra_row(decl),
                || Location::of(table, row, keys.first().copied(), masking),
            );
        }
    }
    let Some(first_key) = keys.first().copied() else { return };
    let columns: Vec<_> = keys.iter().filter_map(|at| decl.columns.get(*at)).collect();
    let names: Vec<_> = columns.iter().map(|column| column.id.as_str()).collect();
    let target = format!("{}.{}", decl.id, names.join("+"));
    let mut report = |row: usize| {
        let kind = Kind { rule: kind::DUPLICATE_KEY, target: &target, detail: "" };
        gather.add(
            kind,
            || notices::duplicate_key(decl, &columns),
            || Location::of(table, row, Some(first_key), masking),
        );
    };
    for row in repeated(table, &keys, memory) {
        report(row);
    }
}

/// Rows whose key another row has too, in order of the first of them.
///
/// Nearly every key is met once. So a first pass only marks a bit for each, of so many that few share one, which takes
/// two bytes a row; a second looks again at the rows of bits met twice, and only those are compared.
fn repeated(table: &Table, keys: &[usize], memory: &Memory) -> Vec<usize> {
    let hashes = Hashes { table, keys, state: RandomState::new() };
    let marks = Marks::new(table.len());
    let _counted = memory.reserve(marks.bytes());
    let suspects = marks.twice(&hashes);
    if suspects.is_empty() {
        return Vec::new();
    }
    let mut same: Vec<(u64, usize)> = marks.again(&hashes, &suspects);
    let _counted = memory.reserve(same.len().saturating_mul(size_of::<(u64, usize)>()));
    same.sort_unstable();
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for same_hash in same.chunk_by(|one, other| one.0 == other.0).filter(|rows| rows.len() > 1) {
        let mut by_key: BTreeMap<_, Vec<usize>> = BTreeMap::new();
        for (_, row) in same_hash {
            by_key.entry(key(table, *row, keys)).or_default().push(*row);
        }
        groups.extend(by_key.into_values().filter(|rows| rows.len() > 1));
    }
    groups.sort_unstable();
    groups.concat()
}

/// Hashes of the keys of a table.
struct Hashes<'a> {
    table: &'a Table,
    keys: &'a [usize],
    state: RandomState,
}

impl Hashes<'_> {
    /// Row and hash of each whole key, in chunks of the table.
    fn chunks(&self) -> impl ParallelIterator<Item = Vec<(usize, u64)>> + '_ {
        (0..self.table.len().div_ceil(CHUNK)).into_par_iter().map(|at| self.chunk(at))
    }

    fn chunk(&self, at: usize) -> Vec<(usize, u64)> {
        let columns: Vec<_> =
            self.keys.iter().filter_map(|key| Some((key, self.table.columns.get(*key)?))).collect();
        let chunks: Vec<_> = columns.iter().map(|(key, column)| (**key, column.chunk(at))).collect();
        let parts: Vec<_> = chunks.iter().map(|(key, chunk)| (*key, chunk.view())).collect();
        let first = at.saturating_mul(CHUNK);
        let rows = chunks.iter().map(|(_, chunk)| chunk.rows()).min().unwrap_or(0);
        if let [(_, View::Text(texts))] = parts.as_slice() {
            let all = (0..rows).map(|row| (row, texts.get(row))).filter(|(_, text)| !text.is_empty());
            return all.map(|(row, text)| (first.saturating_add(row), self.state.hash_one(text))).collect();
        }
        let hash = |row: usize| {
            let mut hasher = self.state.build_hasher();
            for (key, view) in &parts {
                self.part(*key, *view, row, &mut hasher)?;
            }
            Some((first.saturating_add(row), hasher.finish()))
        };
        (0..rows).filter_map(hash).collect()
    }

    /// Hashes a part so that parts shown alike are; `None` for an empty one.
    fn part(&self, key: usize, view: View<'_>, row: usize, hasher: &mut AHasher) -> Option<()> {
        match view {
            View::Text(texts) => Some(texts.get(row)).filter(|text| !text.is_empty())?.hash(hasher),
            View::Integer(cells) => cells.get(row)?.hash(hasher),
            View::Decimal(cells) => cells.get(row)?.hash(hasher),
            View::Date(cells) => cells.get(row)?.hash(hasher),
            View::YesNo(cells) => cells.get(row)?.hash(hasher),
            View::Enumerated(cells) => {
                let words =
                    self.table.decl.columns.get(key)?.values.values().nth(usize::from(cells.get(row)?));
                words.and_then(|words| words.first())?.hash(hasher);
            }
        }
        Some(())
    }
}

/// A bit for each hash, sixteen times as many as rows.
struct Marks {
    words: Vec<AtomicU64>,
    shift: u32,
}

impl Marks {
    fn new(rows: usize) -> Self {
        let words = (rows / 4).max(1).next_power_of_two();
        let shift = u64::BITS.saturating_sub(words.trailing_zeros()).saturating_sub(6);
        Self { words: std::iter::repeat_with(AtomicU64::default).take(words).collect(), shift }
    }

    fn bytes(&self) -> usize {
        self.words.len().saturating_mul(8)
    }

    /// Sets the bit; whether it was set before.
    fn mark(&self, hash: u64) -> bool {
        let (word, bit) = self.place(hash);
        word.is_some_and(|word| word.fetch_or(bit, Ordering::Relaxed) & bit != 0)
    }

    fn place(&self, hash: u64) -> (Option<&AtomicU64>, u64) {
        let at = hash >> self.shift;
        let word = usize::try_from(at >> 6).ok().and_then(|word| self.words.get(word));
        (word, 1 << (at & 63))
    }

    /// Marks all; the hashes whose bit was marked already, in order. Equal ones are surely among them.
    fn twice(&self, hashes: &Hashes<'_>) -> Vec<u64> {
        let marked = |chunk: Vec<(usize, u64)>| {
            chunk.into_iter().map(|(_, hash)| hash).filter(|hash| self.mark(*hash)).collect::<Vec<_>>()
        };
        let mut suspects: Vec<u64> = hashes.chunks().flat_map_iter(marked).collect();
        suspects.par_sort_unstable();
        suspects.dedup();
        suspects
    }

    /// Hash and row of all rows with a suspected hash.
    fn again(&self, hashes: &Hashes<'_>, suspects: &[u64]) -> Vec<(u64, usize)> {
        for word in &self.words {
            word.store(0, Ordering::Relaxed);
        }
        for hash in suspects {
            self.mark(*hash);
        }
        let marked = |hash: u64| {
            let (word, bit) = self.place(hash);
            word.is_some_and(|word| word.load(Ordering::Relaxed) & bit != 0)
        };
        let suspect = |hash: u64| marked(hash) && suspects.binary_search(&hash).is_ok();
        let found =
            hashes.chunks().flat_map_iter(|chunk| chunk.into_iter().filter(|(_, hash)| suspect(*hash)));
        found.map(|(row, hash)| (hash, row)).collect()
    }
}

/// The key of a row; `None` where a part of it is empty, which is reported by itself.
fn key<'a>(table: &'a Table, row: usize, keys: &[usize]) -> Option<Cow<'a, str>> {
    if let [only] = keys
        && let CellValue::Text(text) = table.cell(row, *only)
    {
        return (!text.is_empty()).then_some(text);
    }
    let mut all = String::new();
    for at in keys {
        let part = table.display(row, *at);
        if part.is_empty() {
            return None;
        }
        all.push_str(&part);
        all.push('\u{1f}');
    }
    Some(Cow::Owned(all))
}
