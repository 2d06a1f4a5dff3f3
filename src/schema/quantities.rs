//! Quantities written with their unit: `5个工作日`. The quantities of a row are compared with each other, so they are
//! read where all of them are in one unit, or in units that are parts of each other.

use std::borrow::Cow;

use rust_decimal::Decimal;

use super::words::{Words, bracketed};
use crate::model::row::{RawCell, Rows};
use crate::model::written::number;
use crate::table::normalize;
use crate::table::table_schema::{ColumnDecl, ColumnType, TableDecl};

/// The columns of a table's quantities and of their unit.
pub(super) struct Quantities<'a> {
    /// Each with the unit that its header gives in brackets; empty where it gives none.
    columns: Vec<(usize, String)>,
    unit: Option<(usize, &'a ColumnDecl, Words)>,
}

/// A number and the unit behind it, as written.
struct Quantity {
    column: usize,
    number: Decimal,
    unit: String,
}

impl<'a> Quantities<'a> {
    /// Those of a table, if it has any; `headers` for each column as they stand in the source.
    pub(super) fn of(table: &'a TableDecl, headers: &[Option<(u32, String)>]) -> Option<Self> {
        let all = table.columns.iter().enumerate();
        let unit = all.clone().find(|(_, column)| !column.scale.is_empty());
        let mut unit = unit.map(|(at, column)| (at, column, Words::new(column)));
        let mut header_unit = |at: usize| {
            let (_, header) = headers.get(at)?.as_ref()?;
            let inside = bracketed(normalize::nfkc(header).trim_end())?.trim().to_owned();
            let (_, _, words) = unit.as_mut()?;
            words.number(&inside).map(|_| inside)
        };
        let quantities = all.filter(|(_, column)| column.quantity);
        let columns: Vec<_> = quantities.map(|(at, _)| (at, header_unit(at).unwrap_or_default())).collect();
        (!columns.is_empty()).then_some(Self { columns, unit })
    }

    /// The rows with plain numbers in place of quantities that can be compared.
    pub(super) fn settled<'t>(mut self, rows: &Rows<'t>) -> Rows<'t> {
        let mut settled = rows.clone();
        for row in 0..rows.len() {
            let read = |(at, unit): &(usize, String)| {
                let found = quantity(*at, rows.column(*at).get(row)?)?;
                let unit = if found.unit.is_empty() { unit.clone() } else { found.unit };
                Some(Quantity { unit, ..found })
            };
            let found: Vec<Quantity> = self.columns.iter().filter_map(read).collect();
            if found.iter().all(|one| one.unit.is_empty()) {
                continue;
            }
            let given = self.unit.as_ref().and_then(|(at, ..)| rows.column(*at).get(row));
            let given = given.map(super::typing::display_text).unwrap_or_default();
            let Some((unit, numbers)) = self.in_one_unit(&found, &given) else { continue };
            for (one, number) in found.iter().zip(numbers) {
                settled.set(one.column, row, RawCell::Text(Cow::Owned(number.normalize().to_string())));
            }
            if let Some((at, ..)) = &self.unit {
                settled.set(*at, row, RawCell::Text(Cow::Owned(unit)));
            }
        }
        settled
    }

    /// The quantities in one unit, where the row has no other; `given` is that of the row.
    fn in_one_unit(&mut self, found: &[Quantity], given: &str) -> Option<(String, Vec<Decimal>)> {
        let Some((_, decl, words)) = &mut self.unit else {
            let mut units = found.iter().map(|one| one.unit.as_str()).filter(|unit| !unit.is_empty());
            let first = units.next()?;
            return units.all(|unit| unit == first).then(|| (first.to_owned(), numbers(found)));
        };
        let written = found
            .iter()
            .map(|one| one.unit.as_str())
            .chain([given])
            .filter(|unit| !normalize::is_blank(unit));
        let ids: Vec<String> = written
            .map(|unit| decl.value_id(words.number(unit)?.into()).map(str::to_owned))
            .collect::<Option<_>>()?;
        let first = ids.first()?;
        if ids.iter().all(|id| id == first) {
            return Some((first.clone(), numbers(found)));
        }
        // A number without a unit in a row of several may be in any of them.
        if found.iter().any(|one| one.unit.is_empty()) {
            return None;
        }
        let least = ids.iter().min_by_key(|id| decl.scale.get(*id).copied().unwrap_or(i64::MAX))?;
        let scaled = found.iter().zip(&ids).map(|(one, id)| {
            let (own, least) = (*decl.scale.get(id)?, *decl.scale.get(least)?);
            one.number.checked_mul(own.into())?.checked_div(least.into())
        });
        Some((least.clone(), scaled.collect::<Option<_>>()?))
    }
}

/// The rows with the sign of percentages behind whole numbers whose header says that they are some: as numbers of things
/// they would be wrong. `None` where no header does.
pub(super) fn percentages<'t>(
    table: &TableDecl,
    headers: &[Option<(u32, String)>],
    rows: &Rows<'t>,
) -> Option<Rows<'t>> {
    let says = |header: &Option<(u32, String)>| {
        header.as_ref().is_some_and(|(_, header)| bracketed(normalize::nfkc(header).trim_end()) == Some("%"))
    };
    let whole = |at: usize| table.columns.get(at).is_some_and(|column| column.kind == ColumnType::Integer);
    let columns: Vec<usize> =
        (0..headers.len()).filter(|at| headers.get(*at).is_some_and(says) && whole(*at)).collect();
    let mut told = (!columns.is_empty()).then(|| rows.clone())?;
    for (column, row) in columns.iter().flat_map(|column| (0..rows.len()).map(move |row| (*column, row))) {
        let shown = rows.column(column).get(row).map(super::typing::display_text).unwrap_or_default();
        if number::decimal(shown.trim()).is_some() {
            told.set(column, row, RawCell::Text(Cow::Owned(format!("{}%", shown.trim()))));
        }
    }
    Some(told)
}

fn numbers(found: &[Quantity]) -> Vec<Decimal> {
    found.iter().map(|one| one.number).collect()
}

/// A number and what stands behind it.
fn quantity(column: usize, cell: &RawCell<'_>) -> Option<Quantity> {
    let shown = super::typing::display_text(cell);
    let folded = normalize::nfkc(normalize::trimmed(&shown));
    let end = folded.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ','))).unwrap_or(folded.len());
    let (number, unit) = (folded.get(..end)?, folded.get(end..)?.trim());
    // Percentages are numbers of their own.
    let number = number::decimal(number).filter(|_| unit != "%")?;
    Some(Quantity { column, number, unit: unit.to_owned() })
}
