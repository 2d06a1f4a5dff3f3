//! Rows that say the same in some columns.
//!
//! Nearly every key is met once. So a first pass only marks a bit for each, of so many that few share one, which takes
//! two bytes a row; a second looks again at the rows of bits met twice, and only those are compared.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};

use ahash::RandomState;
use rayon::prelude::*;

use super::Table;
use super::column::{CHUNK, CellValue, Chunk, Column, Texts, View};

/// Which rows say nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Blank {
    /// Those with an empty cell among the columns.
    Any,
    /// Those with nothing but empty cells.
    All,
}

/// Rows that have the same in all these columns as another row, together, in order of the first of each; only rows
/// that are `chosen`, and none that say nothing.
pub fn find(
    table: &Table,
    columns: &[usize],
    blank: Blank,
    chosen: impl Fn(usize) -> bool + Sync,
) -> Vec<Vec<usize>> {
    let columns: Vec<&Column> = columns.iter().filter_map(|at| table.columns.get(*at)).collect();
    let Some(first) = columns.first() else { return Vec::new() };
    let known = columns.iter().map(|_| OnceLock::new()).collect();
    let state = RandomState::new();
    let rows = Rows { count: table.len(), columns: &columns, blank, chosen, state, known };
    let marks = Marks::new(table.len());
    let _counted = first.memory().reserve(marks.bytes());
    let suspects = marks.twice(&rows);
    if suspects.is_empty() {
        return Vec::new();
    }
    let mut same: Vec<(u64, usize)> = marks.again(&rows, &suspects);
    let _counted = first.memory().reserve(same.len().saturating_mul(size_of::<(u64, usize)>()));
    same.par_sort_unstable();
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for same_hash in same.chunk_by(|one, other| one.0 == other.0).filter(|rows| rows.len() > 1) {
        groups.extend(apart(&columns, same_hash).into_iter().filter(|rows| rows.len() > 1));
    }
    groups.sort_unstable();
    groups
}

/// Rows of one hash by what they say.
fn apart(columns: &[&Column], rows: &[(u64, usize)]) -> Vec<Vec<usize>> {
    let mut groups: Vec<(Vec<CellValue<'_>>, Vec<usize>)> = Vec::new();
    for (_, row) in rows {
        let alike = |cells: &[CellValue<'_>]| {
            columns.iter().zip(cells).all(|(column, cell)| column.get(*row) == *cell)
        };
        match groups.iter_mut().find(|(cells, _)| alike(cells)) {
            Some((_, rows)) => rows.push(*row),
            None => groups.push((columns.iter().map(|column| column.get(*row)).collect(), vec![*row])),
        }
    }
    groups.into_iter().map(|(_, rows)| rows).collect()
}

/// The rows looked at.
struct Rows<'a, F> {
    count: usize,
    columns: &'a [&'a Column],
    blank: Blank,
    chosen: F,
    state: RandomState,
    /// By column: the hashes of the texts of its dictionary.
    known: Vec<OnceLock<Vec<u64>>>,
}

impl<F: Fn(usize) -> bool + Sync> Rows<'_, F> {
    /// Row and hash of what it says, chunk by chunk.
    fn hashes(&self) -> impl ParallelIterator<Item = Vec<(usize, u64)>> + '_ {
        (0..self.count.div_ceil(CHUNK)).into_par_iter().map(|at| self.chunk(at))
    }

    fn chunk(&self, at: usize) -> Vec<(usize, u64)> {
        let chunks: Vec<_> = self.columns.iter().map(|column| column.chunk(at)).collect();
        let first = at.saturating_mul(CHUNK);
        let mut said = Said {
            hashes: vec![(0, 0); chunks.iter().map(Chunk::rows).min().unwrap_or(0)],
            key: self.state.hash_one(self.count) | 1,
        };
        for (chunk, known) in chunks.iter().zip(&self.known) {
            self.add(chunk.view(), known, &mut said);
        }
        let least = if self.blank == Blank::Any { chunks.len() } else { 1 };
        let says =
            (first..).zip(said.hashes).filter(|(row, (_, filled))| *filled >= least && (self.chosen)(*row));
        says.map(|(row, (hash, _))| (row, hash)).collect()
    }

    /// Adds the cells of one more column.
    fn add(&self, view: View<'_>, known: &OnceLock<Vec<u64>>, said: &mut Said) {
        match view {
            View::Text(Texts::Coded { codes, dictionary }) if dictionary.len() <= self.count / 2 => {
                let known = known.get_or_init(|| dictionary.iter().map(|text| self.text(text)).collect());
                said.add(|at| known.get(codes.get(at)? as usize).copied().filter(|hash| *hash != 0));
            }
            View::Text(texts) => said.add(|at| Some(self.text(texts.get(at))).filter(|hash| *hash != 0)),
            View::Integer(cells) => said.add(|at| cells.get(at).map(i64::cast_unsigned)),
            View::Decimal(cells) => said.add(|at| cells.get(at).map(|number| self.state.hash_one(number))),
            View::Date(cells) => said.add(|at| cells.get(at).map(|day| u64::from(day.cast_unsigned()))),
            View::YesNo(cells) => said.add(|at| cells.get(at).map(u64::from)),
            View::Enumerated(cells) => said.add(|at| cells.get(at).map(u64::from)),
        }
    }

    /// 0 for none.
    fn text(&self, text: &str) -> u64 {
        if text.is_empty() { 0 } else { self.state.hash_one(text) | 1 }
    }
}

/// For each row of a chunk a hash of what it says, and how many cells are filled.
struct Said {
    hashes: Vec<(u64, usize)>,
    key: u64,
}

impl Said {
    /// What an empty cell counts as.
    const NOTHING: u64 = 0x9e37_79b9_7f4a_7c15;

    fn add(&mut self, cell: impl Fn(usize) -> Option<u64>) {
        for (at, (hash, filled)) in self.hashes.iter_mut().enumerate() {
            let cell = cell(at);
            *filled = filled.wrapping_add(usize::from(cell.is_some()));
            let both = hash.rotate_left(26) ^ cell.unwrap_or(Self::NOTHING);
            let mixed = both.wrapping_mul(self.key);
            // The upper bits of a product hang on all of its factors, the lower ones do not.
            *hash = mixed ^ (mixed >> 32);
        }
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
    fn twice(&self, rows: &Rows<'_, impl Fn(usize) -> bool + Sync>) -> Vec<u64> {
        let marked = |chunk: Vec<(usize, u64)>| {
            chunk.into_iter().map(|(_, hash)| hash).filter(|hash| self.mark(*hash)).collect::<Vec<_>>()
        };
        let mut suspects: Vec<u64> = rows.hashes().flat_map_iter(marked).collect();
        suspects.par_sort_unstable();
        suspects.dedup();
        suspects
    }

    /// Hash and row of all rows with a suspected hash.
    fn again(&self, rows: &Rows<'_, impl Fn(usize) -> bool + Sync>, suspects: &[u64]) -> Vec<(u64, usize)> {
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
        let found = rows.hashes().flat_map_iter(|chunk| chunk.into_iter().filter(|(_, hash)| suspect(*hash)));
        found.map(|(row, hash)| (hash, row)).collect()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::table::memory::{MemoryBudget, Store};
    use crate::table::origins::Origins;
    use crate::table::table_schema::TableDecl;

    /// A table of a text and a decimal column.
    fn table(memory: &Arc<MemoryBudget>, rows: &[(String, Option<i64>)]) -> Option<Table> {
        let decl: TableDecl = toml::from_str(
            "id = \"t\"\nzh = \"表\"\nabout = \"\"\ncolumns = [{ id = \"a\", zh = \"甲\", type = \"code\" }, \
             { id = \"b\", zh = \"乙\", type = \"decimal\" }]",
        )
        .ok()?;
        let store = Store::new(memory);
        let mut columns: Vec<_> = decl.columns.iter().map(|decl| Column::new(decl, &store)).collect();
        let mut source_rows = Origins::default();
        for (number, (text, decimal)) in (1..).zip(rows) {
            columns.first_mut()?.push_text(text);
            // 1 and 1.0 are the same number.
            let scale = number % 2;
            let decimal = decimal.map(|one| rust_decimal::Decimal::new(one * 10_i64.pow(scale), scale));
            columns.last_mut()?.push_decimal(decimal);
            source_rows.push(number);
        }
        columns.iter_mut().for_each(Column::close);
        Some(Table {
            decl: Arc::new(decl),
            present: true,
            columns,
            source_rows,
            segments: Vec::new(),
            unread: Vec::new(),
        })
    }

    #[test]
    fn rows_that_say_the_same_are_found_and_no_others() {
        let text = |row: i64| if row % 11 == 0 { String::new() } else { format!("{}", row * 7919 % 9000) };
        let number = |row: i64| (row % 13 != 0).then_some(row * 31 % 60);
        let rows: Vec<_> = (0..9_300).map(|row| (text(row), number(row))).collect();
        for memory in [MemoryBudget::unlimited(), MemoryBudget::new(1 << 14)] {
            let table = table(&memory, &rows);
            for (columns, blank) in
                [(vec![0], Blank::Any), (vec![0, 1], Blank::Any), (vec![0, 1], Blank::All)]
            {
                let key = |row: &(String, Option<i64>)| {
                    let parts =
                        [(!row.0.is_empty()).then(|| row.0.clone()), row.1.map(|one| one.to_string())];
                    columns.iter().filter_map(|at| parts.get(*at).cloned()).collect::<Vec<_>>()
                };
                let mut wanted: std::collections::BTreeMap<_, Vec<usize>> = std::collections::BTreeMap::new();
                for (at, row) in rows.iter().enumerate().filter(|(at, _)| at % 3 > 0) {
                    let key = key(row);
                    let empties = key.iter().filter(|part| part.is_none()).count();
                    if empties == 0 || (blank == Blank::All && empties < key.len()) {
                        wanted.entry(key).or_default().push(at);
                    }
                }
                let mut wanted: Vec<_> = wanted.into_values().filter(|rows| rows.len() > 1).collect();
                wanted.sort_unstable();
                assert!(!wanted.is_empty());
                assert_eq!(
                    table.as_ref().map(|table| find(table, &columns, blank, |at| at % 3 > 0)),
                    Some(wanted)
                );
            }
        }
    }
}
