//! How spread the values of some columns are, and how far columns share them: what concentration is measured by.
//!
//! Rules of plausibility ask shares of many rows. A column that is missing and a cell that was not understood are left
//! out of them, and leave nothing in doubt: a share of the others is what it is.

use std::collections::HashMap;
use std::sync::Arc;

use ahash::RandomState;
use rhai::{Array, Dynamic, ImmutableString, Map};
use rust_decimal::Decimal;

use crate::model::text::Text;
use crate::script::error::{self, Res, exceeded};
use crate::script::value::column_scans;
use crate::script::value::maybe::Maybe;
use crate::script::value::row_set::PerNumber;
use crate::script::value::rows::Rows;
use crate::script::value::selection::Chosen;

/// Rows and the column of them that is looked at; `None` where the submission does not have it.
pub(crate) type Pair = (Rows, Option<usize>);

/// Rows whose cell is filled and was understood; none where the column is missing.
pub(crate) fn told(rows: &mut Rows, name: ImmutableString) -> Res<Rows> {
    Ok(match declared(rows, &name)? {
        Some(column) => sure(rows, column_scans::empty(rows, column, false)),
        None => sure(rows, Vec::new().into_iter().collect()),
    })
}

/// These of the rows, without what leaves them in doubt.
pub(crate) fn sure(rows: &Rows, chosen: Chosen) -> Rows {
    Rows { of: Arc::clone(&rows.of), chosen, maybe: Maybe::default(), doubt: None }
}

/// The column, if the submission has it. Asking takes no note of a doubt.
pub(crate) fn declared(rows: &Rows, name: &str) -> Res<Option<usize>> {
    let decl = &rows.of.table.decl;
    let column = decl.position(name).ok_or_else(|| error::unknown_column(decl, name))?;
    Ok(Some(column).filter(|column| !rows.of.lacks(*column)))
}

/// The columns as a rule lists them: `[[rows, "column"], …]`.
pub(crate) fn pairs(columns: &Array) -> Res<Vec<Pair>> {
    columns.iter().map(|one| pair(one).ok_or_else(no_pair)?).collect()
}

fn pair(one: &Dynamic) -> Option<Res<Pair>> {
    let list = one.as_array_ref().ok()?;
    let [rows, name] = list.as_slice() else { return None };
    let rows = rows.read_lock::<Rows>()?.clone();
    let name = name.as_immutable_string_ref().ok()?;
    let column = declared(&rows, &name);
    Some(column.map(|column| (rows, column)))
}

fn no_pair() -> Box<rhai::EvalAltResult> {
    error::raise(
        Text::new("应是列的列表，每项为 [行, 列名]", "it takes a list of columns, each as [rows, name]"),
        Text::new("例如 [[t.inspections, \"date\"]]", "for example [[t.inspections, \"date\"]]"),
    )
}

/// Charges a pass over the rows of these columns.
pub(crate) fn charge(pairs: &[Pair]) -> Res<()> {
    let rows = pairs.iter().map(|(rows, _)| rows.chosen.len()).fold(0, usize::saturating_add);
    exceeded::charge(u64::try_from(rows).unwrap_or(u64::MAX) / 4)
}

/// The rows of a column whose text is chosen; each different text is asked for once.
pub(crate) fn chosen_texts((of, column): &Pair, mut is_chosen: impl FnMut(&str) -> bool) -> Rows {
    let mut chosen = Vec::new();
    if let Some(column) = *column {
        let mut known: PerNumber<Option<bool>> = of.per_number(column);
        for (at, number) in of.numbers(column) {
            let Some(slot) = known.get_mut(number) else { continue };
            if *slot.get_or_insert_with(|| is_chosen(&of.text_of(column, number))) {
                chosen.push(at);
            }
        }
    }
    sure(of, chosen.into_iter().collect())
}

/// How often each text stands in a column.
pub(crate) fn counted(rows: &Rows, column: usize) -> Vec<(u32, u64)> {
    let mut times: HashMap<u32, u64, RandomState> = HashMap::default();
    for (_, number) in rows.numbers(column) {
        let times = times.entry(number).or_default();
        *times = times.saturating_add(1);
    }
    let mut times: Vec<_> = times.into_iter().collect();
    times.sort_unstable();
    times
}

/// How often one value stands in all columns, and the sum of squares of how often in each.
#[derive(Default)]
struct Times {
    all: u64,
    squares: u128,
}

/// How spread the values are, all columns together.
pub(crate) fn spread(columns: Array) -> Res<Map> {
    let pairs = pairs(&columns)?;
    charge(&pairs)?;
    let mut values: HashMap<String, Times, RandomState> = HashMap::default();
    let (mut each, mut told, mut squares) = (0_usize, 0_i64, 0_u128);
    for (rows, column) in pairs.iter().filter_map(|(rows, column)| Some((rows, (*column)?))) {
        let counts = counted(rows, column);
        told = told.saturating_add(i64::from(!counts.is_empty()));
        each = each.saturating_add(counts.len());
        squares = squares
            .saturating_add(square(counts.iter().fold(0, |sum, (_, count)| sum.saturating_add(*count))));
        for (number, count) in counts {
            let text: String = rows.text_of(column, number).split_whitespace().collect();
            let times = values.entry(text).or_default();
            times.all = times.all.saturating_add(count);
            times.squares = times.squares.saturating_add(square(count));
        }
    }
    let count = values.values().fold(0_u64, |sum, times| sum.saturating_add(times.all));
    let number = |number: usize| Dynamic::from(i64::try_from(number).unwrap_or(i64::MAX));
    Ok(Map::from_iter([
        ("count".into(), number(usize::try_from(count).unwrap_or(usize::MAX))),
        ("different".into(), number(values.len())),
        ("each".into(), number(each)),
        ("columns".into(), told.into()),
        ("common".into(), common(square(count).saturating_sub(squares), values.values())),
    ]))
}

fn square(number: u64) -> u128 {
    u128::from(number).saturating_mul(u128::from(number))
}

/// How many values columns have in common: were all cells spread over so many, two of different columns would be as
/// often alike as they are. `pairs` is twice the number of pairs of cells of different columns; `()` where none is alike.
fn common<'a>(pairs: u128, values: impl Iterator<Item = &'a Times>) -> Dynamic {
    let alike =
        values.map(|times| square(times.all).saturating_sub(times.squares)).fold(0, u128::saturating_add);
    // Hundredths are enough.
    let hundredths = pairs.saturating_mul(100).checked_div(alike);
    let decimal = |hundredths| Decimal::new(i64::try_from(hundredths).unwrap_or(i64::MAX), 2);
    hundredths.map_or(Dynamic::UNIT, |hundredths| Dynamic::from_decimal(decimal(hundredths)))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Of how often each value stands in two columns.
    fn of(times: &[(u64, u64)]) -> Option<Decimal> {
        let sum = |one: fn(&(u64, u64)) -> u64| times.iter().map(one).sum::<u64>();
        let (first, second) = (sum(|one| one.0), sum(|one| one.1));
        let pairs = square(first + second) - square(first) - square(second);
        let values: Vec<Times> = times
            .iter()
            .map(|one| Times { all: one.0 + one.1, squares: square(one.0) + square(one.1) })
            .collect();
        common(pairs, values.iter()).as_decimal().ok()
    }

    #[test]
    fn as_many_values_are_in_common_as_cells_of_different_columns_are_seldom_alike() {
        assert_eq!(of(&[(10, 5)]), Some(Decimal::ONE));
        assert_eq!(of(&[(5, 5), (5, 5), (5, 5), (5, 5)]), Some(Decimal::from(4)));
        // A batch in each column, on days of its own.
        assert_eq!(of(&[(10, 0), (0, 10)]), None);
    }
}
