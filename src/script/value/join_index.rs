//! References by number: what a column says, as numbers of the column it refers to. Many rules follow the same
//! references; texts are looked up for the first of them only.

use std::sync::{Arc, Mutex, PoisonError, Weak};

use super::column_codes::ColumnCodes;
use super::loaded_table::IndexedTable;
use super::rows::Rows;
use crate::resources::meter;

/// The references of one table that were followed.
#[derive(Debug, Default)]
pub(crate) struct Joins(Mutex<Vec<Joined>>);

#[derive(Debug)]
struct Joined {
    column: usize,
    other: Weak<IndexedTable>,
    target: usize,
    numbers: Arc<[u32]>,
}

impl Joined {
    fn is(&self, column: usize, other: &Arc<IndexedTable>, target: usize) -> bool {
        self.column == column
            && self.target == target
            && std::ptr::eq(self.other.as_ptr(), Arc::as_ptr(other))
    }
}

impl Joins {
    /// For each number of `column` of the table the number that the same text has in `target` of the other; 0 where that
    /// does not say it.
    fn numbers(
        &self,
        table: &IndexedTable,
        column: usize,
        other: &Arc<IndexedTable>,
        target: usize,
    ) -> Arc<[u32]> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = known.iter().find(|one| one.is(column, other, target)) {
            return Arc::clone(&known.numbers);
        }
        drop(known);
        let numbers: Arc<[u32]> = joined(table, column, other, target).into();
        let one = Joined { column, other: Arc::downgrade(other), target, numbers: Arc::clone(&numbers) };
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(one);
        numbers
    }
}

fn joined(table: &IndexedTable, column: usize, other: &IndexedTable, target: usize) -> Vec<u32> {
    let (Some(own), Some(there)) = (table.codes_of(column), other.codes_of(target)) else {
        return Vec::new();
    };
    let number = |number: u32| match number {
        0 => 0,
        number => there.find(&other.table, &own.text_of(&table.table, number)).unwrap_or(0),
    };
    (0..u32::try_from(own.len()).unwrap_or(u32::MAX)).map(number).collect()
}

/// For each number of `column` whether one of the other rows says the same in `target`.
pub(crate) fn found(rows: &Rows, column: usize, other: &Rows, target: usize) -> Vec<bool> {
    meter::unmetered(
        || {
            let joins = rows.of.joins.get::<Joins>();
            let numbers = joins.map(|joins| joins.numbers(&rows.of, column, &other.of, target));
            let mut said = vec![false; other.of.codes_of(target).map_or(0, ColumnCodes::len)];
            for (_, number) in other.numbers(target) {
                if let Some(said) = said.get_mut(number as usize) {
                    *said = true;
                }
            }
            let numbers = numbers.iter().flat_map(|numbers| numbers.iter());
            numbers.map(|number| said.get(*number as usize).copied().unwrap_or(false)).collect()
        },
        Vec::capacity,
    )
}
