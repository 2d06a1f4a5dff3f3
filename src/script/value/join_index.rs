//! References by number: what a column says, as numbers of the column it refers to. A text that stands in many rows is
//! looked up once.

use super::column_codes::ColumnCodes;
use super::loaded_table::IndexedTable;
use super::rows::Rows;
use crate::resources::meter;

/// For each number of `column` of the table the number that the same text has in `target` of the other; 0 where that
/// does not say it.
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
            let numbers = joined(&rows.of, column, &other.of, target);
            let mut said = vec![false; other.of.codes_of(target).map_or(0, ColumnCodes::len)];
            for (_, number) in other.numbers(target) {
                if let Some(said) = said.get_mut(number as usize) {
                    *said = true;
                }
            }
            numbers.iter().map(|number| said.get(*number as usize).copied().unwrap_or(false)).collect()
        },
        Vec::capacity,
    )
}
