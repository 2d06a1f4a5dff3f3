//! A table of one row as a form that stands upright: each item beside its value.

use super::header;
use super::row::Row;
use crate::model::row::RawCell;
use crate::table::names::Rank;
use crate::table::table_schema::TableDecl;

/// The values of a form, gathered row by row.
pub(super) struct Upright {
    /// Row of the first item.
    pub(super) row: u32,
    /// For each declared column the column its value stands in, and the item.
    pub(super) headers: Vec<Option<(u32, String)>>,
    /// The values, by declared column.
    pub(super) values: Vec<(usize, RawCell<'static>)>,
}

impl Upright {
    /// The form that these rows begin, if they name more items beside values than `named`, which a header among them does.
    pub(super) fn of(table: &TableDecl, rows: &[Row<'_>], named: usize) -> Option<Self> {
        if !table.one_row {
            return None;
        }
        let mut form = Self { row: 0, headers: vec![None; table.columns.len()], values: Vec::new() };
        rows.iter().for_each(|row| form.take(table, row));
        (form.values.len() > named.max(1)).then_some(form)
    }

    /// Takes the items of a row; of two values of one item the first stays.
    pub(super) fn take(&mut self, table: &TableDecl, row: &Row<'_>) {
        for pair in row.cells().windows(2) {
            let [(_, item), (column, value)] = pair else { continue };
            let Some((at, label)) = item_of(table, item) else { continue };
            // What stands beside an item is its value, unless it is the next item.
            let next = item_of(table, value).is_some_and(|(_, label)| is_own(table, &label));
            let Some(slot) = self.headers.get_mut(at).filter(|slot| slot.is_none() && !next) else {
                continue;
            };
            *slot = Some((*column, label));
            self.values.push((at, value.clone().into_owned()));
            if self.row == 0 {
                self.row = row.number;
            }
        }
    }
}

fn item_of(table: &TableDecl, cell: &RawCell<'_>) -> Option<(usize, String)> {
    let text = header::text(cell)?;
    header::named(table, &text).map(|(at, _)| (at, text))
}

/// Whether a text is the very name of an item, so that it is no value.
fn is_own(table: &TableDecl, label: &str) -> bool {
    header::named(table, label).is_some_and(|(_, rank)| rank < Rank::Meant)
}
