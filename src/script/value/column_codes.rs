//! The cells of one column by number: rows that say the same have the same number. What look-ups, references,
//! duplicates and groups rest on; made at most once for each column of a submission.

use std::borrow::Cow;
use std::collections::HashMap;
use std::hash::Hash;
use std::sync::OnceLock;

use ahash::RandomState;
use hashbrown::HashTable;

use crate::resources::meter;
use crate::table::Table;
use crate::table::column::{CellValue, Cells, Codes, Column, Dictionary, Texts, View};

/// A column by number.
#[derive(Debug)]
pub(crate) struct ColumnCodes {
    column: usize,
    /// For each row the number of what it says; 0 for an empty cell.
    numbers: Vec<u32>,
    /// For each number but 0 the first row that has it.
    firsts: Vec<u32>,
    /// What they say, where the column is not text.
    texts: Option<Vec<String>>,
    /// Hash of what a number says, and the number.
    found: HashTable<(u32, u32)>,
    hasher: RandomState,
    rows: OnceLock<Spread>,
}

/// Rows by number: those of number `n` stand from `starts[n]` to `starts[n + 1]`.
#[derive(Debug)]
struct Spread {
    starts: Vec<u32>,
    rows: Vec<u32>,
}

impl ColumnCodes {
    /// Numbers the cells of a column.
    pub(crate) fn new(table: &Table, column: usize) -> Self {
        let mut codes = Self {
            column,
            numbers: Vec::with_capacity(table.len()),
            firsts: Vec::new(),
            texts: None,
            found: HashTable::new(),
            hasher: RandomState::new(),
            rows: OnceLock::new(),
        };
        if let Some(cells) = table.columns.get(column) {
            codes.fill(table, cells);
        }
        codes.numbers.shrink_to_fit();
        codes
    }

    fn fill(&mut self, table: &Table, cells: &Column) {
        let mut typed = Typed::default();
        let mut known = Vec::new();
        for at in 0..cells.chunks() {
            let chunk = cells.chunk(at);
            match chunk.view() {
                View::Text(Texts::Coded { codes, dictionary }) => {
                    self.coded(table, codes, dictionary, &mut known);
                }
                View::Text(texts) => (0..chunk.rows()).for_each(|at| self.text(table, texts.get(at))),
                View::Integer(cells) => self.each(&cells, &mut typed.whole),
                View::Date(cells) => self.each(&cells, &mut typed.days),
                View::YesNo(cells) => self.each(&cells, &mut typed.flags),
                View::Enumerated(cells) => self.each(&cells, &mut typed.words),
                View::Decimal(cells) => {
                    for at in 0..chunk.rows() {
                        self.value(cells.get(at), &mut typed.decimals);
                    }
                }
            }
        }
        if !typed.is_unused() {
            self.say(table);
        }
    }

    fn next(&mut self) -> u32 {
        let row = u32::try_from(self.numbers.len()).unwrap_or(u32::MAX);
        self.firsts.push(row);
        u32::try_from(self.firsts.len()).unwrap_or(u32::MAX)
    }

    fn coded(&mut self, table: &Table, codes: Codes<'_>, dictionary: &Dictionary, known: &mut Vec<u32>) {
        known.resize(dictionary.len(), u32::MAX);
        for at in 0..codes.len() {
            let code = codes.get(at).unwrap_or_default();
            match known.get(code as usize) {
                Some(number) if *number != u32::MAX => self.numbers.push(*number),
                _ => {
                    self.text(table, dictionary.get(code));
                    if let (Some(place), Some(number)) = (known.get_mut(code as usize), self.numbers.last()) {
                        *place = *number;
                    }
                }
            }
        }
    }

    fn text(&mut self, table: &Table, text: &str) {
        if text.is_empty() {
            self.numbers.push(0);
            return;
        }
        let hash = self.hash(text);
        let number = self.number_of(table, hash, text).unwrap_or_else(|| {
            let number = self.next();
            self.found.insert_unique(bucket(hash), (hash, number), |(hash, _)| bucket(*hash));
            number
        });
        self.numbers.push(number);
    }

    fn each<T: Copy + Eq + Hash>(&mut self, cells: &Cells<'_, T>, known: &mut HashMap<T, u32, RandomState>) {
        for at in 0..cells.values.len() {
            self.value(cells.get(at), known);
        }
    }

    fn value<T: Eq + Hash>(&mut self, value: Option<T>, known: &mut HashMap<T, u32, RandomState>) {
        let number = match value {
            None => 0,
            Some(value) => *known.entry(value).or_insert_with(|| self.next()),
        };
        self.numbers.push(number);
    }

    /// Texts of cells that are not text, by which they are looked up.
    fn say(&mut self, table: &Table) {
        let texts: Vec<String> =
            self.firsts.iter().map(|row| key(table, *row as usize, self.column)).collect();
        for (text, number) in texts.iter().zip(1..) {
            let hash = self.hash(text);
            self.found.insert_unique(bucket(hash), (hash, number), |(hash, _)| bucket(*hash));
        }
        self.texts = Some(texts);
    }

    fn number_of(&self, table: &Table, hash: u32, text: &str) -> Option<u32> {
        let same = |(known, number): &(u32, u32)| *known == hash && self.text_of(table, *number) == text;
        self.found.find(bucket(hash), same).map(|(_, number)| *number)
    }

    fn hash(&self, text: &str) -> u32 {
        u32::try_from(self.hasher.hash_one(text) >> 32).unwrap_or_default()
    }

    /// How many numbers there are, 0 among them.
    pub(crate) fn len(&self) -> usize {
        self.firsts.len().saturating_add(1)
    }

    /// The number of what each row says; 0 for an empty cell.
    pub(crate) fn numbers(&self) -> &[u32] {
        &self.numbers
    }

    /// The number of what a row says; 0 for an empty cell.
    pub(crate) fn number(&self, row: u32) -> u32 {
        self.numbers.get(row as usize).copied().unwrap_or(0)
    }

    /// What rows with this number say.
    pub(crate) fn text_of<'t>(&'t self, table: &'t Table, number: u32) -> Cow<'t, str> {
        let Some(at) = (number as usize).checked_sub(1) else { return Cow::Borrowed("") };
        if let Some(texts) = &self.texts {
            return Cow::Borrowed(texts.get(at).map_or("", String::as_str));
        }
        let first = self.firsts.get(at).zip(table.columns.get(self.column));
        first.map_or(Cow::Borrowed(""), |(row, cells)| cells.text(*row as usize))
    }

    /// The number of this text, where a row says it.
    pub(crate) fn find(&self, table: &Table, text: &str) -> Option<u32> {
        self.number_of(table, self.hash(text), text)
    }

    /// Rows with this number; none for empty cells.
    pub(crate) fn rows(&self, number: u32) -> &[u32] {
        let spread = self.rows.get_or_init(|| meter::unmetered(|| self.spread(), |_| 0));
        let place = |number: u32| spread.starts.get(number as usize).map(|start| *start as usize);
        let range = place(number).zip(place(number.saturating_add(1))).filter(|_| number > 0);
        range.and_then(|(start, end)| spread.rows.get(start..end)).unwrap_or(&[])
    }

    fn spread(&self) -> Spread {
        let mut starts = vec![0_u32; self.len().saturating_add(1)];
        for number in self.numbers.iter().filter(|number| **number > 0) {
            if let Some(count) = starts.get_mut((*number as usize).saturating_add(1)) {
                *count = count.saturating_add(1);
            }
        }
        let mut sum = 0_u32;
        for start in &mut starts {
            sum = sum.saturating_add(*start);
            *start = sum;
        }
        let mut next = starts.clone();
        let mut rows = vec![0; sum as usize];
        for (number, row) in self.numbers.iter().zip(0..) {
            let Some(place) = next.get_mut(*number as usize).filter(|_| *number > 0) else { continue };
            if let Some(slot) = rows.get_mut(*place as usize) {
                *slot = row;
            }
            *place = place.saturating_add(1);
        }
        Spread { starts, rows }
    }
}

/// Where the table of numbers looks for a hash: half a hash is kept, which takes half the memory, and spread over all
/// bits.
fn bucket(hash: u32) -> u64 {
    u64::from(hash).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

/// Numbers of values that are not text.
#[derive(Default)]
struct Typed {
    whole: HashMap<i64, u32, RandomState>,
    days: HashMap<i32, u32, RandomState>,
    flags: HashMap<bool, u32, RandomState>,
    words: HashMap<u16, u32, RandomState>,
    decimals: HashMap<rust_decimal::Decimal, u32, RandomState>,
}

impl Typed {
    fn is_unused(&self) -> bool {
        self.whole.is_empty()
            && self.days.is_empty()
            && self.flags.is_empty()
            && self.words.is_empty()
            && self.decimals.is_empty()
    }
}

/// The text under which a cell is indexed and grouped: an enumerated value by its id.
pub(crate) fn key(table: &Table, row: usize, column: usize) -> String {
    match (table.cell(row, column), table.decl.columns.get(column)) {
        (CellValue::Enumerated(number), Some(decl)) => {
            decl.value_id(usize::from(number)).unwrap_or_default().to_owned()
        }
        _ => table.display(row, column),
    }
}
