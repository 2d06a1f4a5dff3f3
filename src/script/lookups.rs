//! Look-ups through hash indexes, references between tables, and selections put together.

use std::sync::Arc;

use rhai::{Dynamic, ImmutableString};

use super::choice::Choice;
use super::chosen::Chosen;
use super::fault;
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
    Ok(first(rows, column, &text).map_or(Dynamic::UNIT, Dynamic::from))
}

/// As [`find`], of a text; `None` where the cells of the column are not looked up by their text as it is.
pub(super) fn find_text(rows: &Rows, name: &str, text: &str) -> Option<Res<Dynamic>> {
    let column = match rows.column(name) {
        Ok(column) => column,
        Err(error) => return Some(Err(error)),
    };
    let plain = rows.kind(column) != Some(ColumnType::Enumerated);
    plain.then(|| Ok(first(rows, column, text).map_or(Dynamic::UNIT, Dynamic::from)))
}

fn first(rows: &Rows, column: usize, text: &str) -> Option<Row> {
    let hits = rows.of.rows_with(column, text);
    let at = hits.iter().copied().find(|at| rows.chosen.contains(*at))?;
    Some(Row { of: Arc::clone(&rows.of), at })
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
        let known = |code: &str| other.of.rows_with(target, code).iter().any(|at| other.chosen.contains(*at));
        let several = rows.kind(column) == Some(ColumnType::Codes);
        let kept = |text: &str| {
            if several {
                keep(written::codes(text).filter(|code| known(code)).count(), written::codes(text).count())
            } else {
                keep(usize::from(known(text)), 1)
            }
        };
        // Without a reference there is none to be found or missed.
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
