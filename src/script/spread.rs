//! How spread the values of some columns are: what concentration is measured by.
//!
//! Rules of plausibility ask shares of many rows. A column that is missing and a cell that was not understood are left
//! out of them, and leave nothing in doubt: a share of the others is what it is.

use std::collections::HashMap;
use std::sync::Arc;

use ahash::RandomState;
use rhai::{Array, Dynamic, ImmutableString, Map};
use rust_decimal::Decimal;

use super::bounds;
use super::chosen::Chosen;
use super::fault;
use super::maybe::Maybe;
use super::passes;
use super::rows::{Res, Rows};
use crate::model::text::Text;

/// Rows and the column of them that is looked at; `None` where the submission does not have it.
pub(super) type Pair = (Rows, Option<usize>);

/// Rows whose cell is filled and was understood; none where the column is missing.
pub(super) fn told(rows: &mut Rows, name: ImmutableString) -> Res<Rows> {
    Ok(match declared(rows, &name)? {
        Some(column) => sure(rows, passes::empty(rows, column, false)),
        None => sure(rows, Vec::new().into_iter().collect()),
    })
}

/// These of the rows, without what leaves them in doubt.
pub(super) fn sure(rows: &Rows, chosen: Chosen) -> Rows {
    Rows { of: Arc::clone(&rows.of), chosen, maybe: Maybe::default(), doubt: None }
}

/// The column, if the submission has it. Asking takes no note of a doubt.
pub(super) fn declared(rows: &Rows, name: &str) -> Res<Option<usize>> {
    let decl = &rows.of.table.decl;
    let column = decl.position(name).ok_or_else(|| fault::unknown_column(decl, name))?;
    Ok(Some(column).filter(|column| !rows.of.lacks(*column)))
}

/// The columns as a rule lists them: `[[rows, "column"], …]`.
pub(super) fn pairs(columns: &Array) -> Res<Vec<Pair>> {
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
    fault::raise(
        Text::new("应是列的列表，每项为 [行, 列名]", "it takes a list of columns, each as [rows, name]"),
        Text::new("例如 [[t.inspections, \"date\"]]", "for example [[t.inspections, \"date\"]]"),
    )
}

/// Charges a pass over the rows of these columns.
pub(super) fn charge(pairs: &[Pair]) -> Res<()> {
    let rows = pairs.iter().map(|(rows, _)| rows.chosen.len()).fold(0, usize::saturating_add);
    bounds::charge(u64::try_from(rows).unwrap_or(u64::MAX) / 4)
}

/// How often each text stands in a column.
pub(super) fn counted(rows: &Rows, column: usize) -> Vec<(u32, u64)> {
    let mut times: HashMap<u32, u64, RandomState> = HashMap::default();
    for (_, number) in rows.numbers(column) {
        let times = times.entry(number).or_default();
        *times = times.saturating_add(1);
    }
    let mut times: Vec<_> = times.into_iter().collect();
    times.sort_unstable();
    times
}

/// How spread the values are, all columns together.
pub(super) fn spread(columns: Array) -> Res<Map> {
    let pairs = pairs(&columns)?;
    charge(&pairs)?;
    let mut all: HashMap<String, u64, RandomState> = HashMap::default();
    let (mut each, mut told) = (0_u64, 0_u64);
    for (rows, column) in pairs.iter().filter_map(|(rows, column)| Some((rows, (*column)?))) {
        let counts = counted(rows, column);
        told = told.saturating_add(u64::from(!counts.is_empty()));
        each = each.saturating_add(u64::try_from(counts.len()).unwrap_or(u64::MAX));
        for (number, count) in counts {
            let text: String = rows.text_of(column, number).split_whitespace().collect();
            let times = all.entry(text).or_default();
            *times = times.saturating_add(count);
        }
    }
    let count: u64 = all.values().fold(0, |sum, count| sum.saturating_add(*count));
    let different = u64::try_from(all.len()).unwrap_or(u64::MAX);
    let number = |number: u64| Dynamic::from(i64::try_from(number).unwrap_or(i64::MAX));
    Ok(Map::from_iter([
        ("count".into(), number(count)),
        ("different".into(), number(different)),
        ("each".into(), number(each)),
        ("columns".into(), number(told)),
        ("effective".into(), Dynamic::from_decimal(effective(count, all.values()))),
    ]))
}

/// How many values there would be if all were as frequent as each other: the inverse of the sum of squared shares.
fn effective<'a>(count: u64, each: impl Iterator<Item = &'a u64>) -> Decimal {
    let squares = each.map(|one| u128::from(*one).saturating_mul(u128::from(*one)));
    let squares = squares.fold(0, u128::saturating_add);
    let whole = u128::from(count).saturating_mul(u128::from(count));
    // Hundredths are enough.
    let hundredths = whole.saturating_mul(100).checked_div(squares).unwrap_or_default();
    Decimal::new(i64::try_from(hundredths).unwrap_or(i64::MAX), 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_many_values_are_effective_as_would_be_if_all_were_as_frequent() {
        assert_eq!(effective(4, [1, 1, 1, 1].iter()), Decimal::from(4));
        assert_eq!(effective(10, [10].iter()), Decimal::ONE);
        assert_eq!(effective(10, [9, 1].iter()), Decimal::new(121, 2));
        assert_eq!(effective(0, [].iter()), Decimal::ZERO);
    }
}
