//! Look-ups through hash indexes, references between tables, and selections put together.

use std::sync::Arc;

use rhai::{Dynamic, ImmutableString};

use super::choice::Choice;
use super::chosen::Chosen;
use super::fault;
use super::joined;
use super::rows::{Res, Row, Rows};
use super::values;
use crate::model::declare::ColumnType;
use crate::model::text::Text;
use crate::model::written;

// ---- look-ups through indexes --------------------------------------------------------------------------------

pub(super) fn matching_value(rows: &mut Rows, name: ImmutableString, value: Dynamic) -> Res<Rows> {
    Rows::choosing(|| {
        let column = rows.column(&name)?;
        let hits = rows.of.rows_with(column, &lookup_text(rows, column, &value)?);
        Ok(match &rows.chosen {
            Chosen::All(_) => rows.with(Chosen::Some(hits.into())),
            chosen @ Chosen::Some(_) => rows.choose(hits.iter().copied().filter(|at| chosen.contains(*at))),
        })
    })
}

fn lookup_text(rows: &Rows, column: usize, value: &Dynamic) -> Res<ImmutableString> {
    let text = values::lookup_key(value);
    let Some(decl) = rows.of.table.decl.columns.get(column) else { return Ok(text) };
    if decl.kind != ColumnType::Enumerated || value.is::<Choice>() || text.is_empty() {
        return Ok(text);
    }
    let number =
        decl.value_number(&text).ok_or_else(|| fault::unknown_value(&rows.of.table.decl, decl, &text))?;
    Ok(decl.value_id(number).unwrap_or_default().into())
}

pub(super) fn find(rows: &mut Rows, name: ImmutableString, value: Dynamic) -> Res<Dynamic> {
    let column = rows.column(&name)?;
    let text = lookup_text(rows, column, &value)?;
    Ok(first_row(rows, column, &text))
}

/// As [`find`], of a text; `None` where the cells of the column are not looked up by their text as it is.
pub(super) fn find_text(rows: &Rows, name: &str, text: &str) -> Option<Res<Dynamic>> {
    let column = match rows.column(name) {
        Ok(column) => column,
        Err(error) => return Some(Err(error)),
    };
    let plain = rows.kind(column) != Some(ColumnType::Enumerated);
    plain.then(|| Ok(first_row(rows, column, text)))
}

fn first_row(rows: &Rows, column: usize, text: &str) -> Dynamic {
    let row = |at| Dynamic::from(Row { of: Arc::clone(&rows.of), at });
    first(rows, column, text).map_or(Dynamic::UNIT, row)
}

/// The first of the rows whose cell in the column has exactly this text.
pub(super) fn first(rows: &Rows, column: usize, text: &str) -> Option<u32> {
    rows.of.rows_with(column, text).iter().copied().find(|at| rows.chosen.contains(*at))
}

/// Rows whose reference is found in the other table.
pub(super) fn refers(
    rows: &mut Rows,
    name: ImmutableString,
    other: Rows,
    target: ImmutableString,
) -> Res<Rows> {
    referring(rows, &name, &other, &target, |found, all| found == all && all > 0)
}

/// Rows with a reference that is not found in the other table.
pub(super) fn dangling(
    rows: &mut Rows,
    name: ImmutableString,
    other: Rows,
    target: ImmutableString,
) -> Res<Rows> {
    referring(rows, &name, &other, &target, |found, all| found < all)
}

fn referring(
    rows: &Rows,
    name: &str,
    other: &Rows,
    target: &str,
    keep: impl Fn(usize, usize) -> bool,
) -> Res<Rows> {
    let found = Rows::choosing(|| {
        let (column, target) = (rows.column(name)?, other.column(target)?);
        // Without a reference there is none to be found or missed.
        if rows.kind(column) != Some(ColumnType::Codes) {
            let found = joined::found(rows, column, other, target);
            let kept = |found: &bool| keep(usize::from(*found), 1);
            return Ok(rows.numbered(column, |number| found.get(number as usize).is_some_and(kept)));
        }
        let known = |code: &str| other.of.rows_with(target, code).iter().any(|at| other.chosen.contains(*at));
        let kept = |text: &str| {
            keep(written::codes(text).filter(|code| known(code)).count(), written::codes(text).count())
        };
        Ok(rows.with(rows.keeping(column, kept)))
    })?;
    Ok(Rows { doubt: found.doubt.clone().or_else(|| other.doubt.clone()), ..found })
}

// ---- sets of rows of one table -------------------------------------------------------------------------------

fn same_table(a: &Rows, b: &Rows) -> Res<()> {
    if Arc::ptr_eq(&a.of, &b.of) {
        return Ok(());
    }
    Err(fault::raise(
        Text::new("两组行不属于同一数据表", "the two selections are not rows of the same table"),
        Text::new("不同表的位置请放进列表：[甲, 乙]", "put places of different tables in a list: [a, b]"),
    ))
}

pub(super) fn union(a: Rows, b: Rows) -> Res<Rows> {
    same_table(&a, &b)?;
    let mut chosen: Vec<u32> = a.chosen.iter().chain(b.chosen.iter()).collect();
    chosen.sort_unstable();
    chosen.dedup();
    let doubt = a.doubt.clone().or(b.doubt);
    Ok(Rows { doubt, ..a.choose(chosen.into_iter()) })
}

pub(super) fn except(a: Rows, b: Rows) -> Res<Rows> {
    same_table(&a, &b)?;
    let doubt = a.doubt.clone().or_else(|| b.doubt.clone());
    let mut out = b.chosen.iter().peekable();
    let left = a.chosen.iter().filter(|at| {
        while out.next_if(|out| out < at).is_some() {}
        out.peek() != Some(at)
    });
    Ok(Rows { doubt, ..a.choose(left) })
}
