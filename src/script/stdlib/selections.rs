//! Questions about rows and their columns.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use rhai::{Array, Dynamic, EvalAltResult, ImmutableString};
use rust_decimal::Decimal;

use crate::model::text::Text;
use crate::script::error::sizes::listed;
use crate::script::error::{self, Res};
use crate::script::value::loaded_table::IndexedTable;
use crate::script::value::maybe::Answer;
use crate::script::value::reference::standards;
use crate::script::value::row_set::PerNumber;
use crate::script::value::rows::{Group, Row, Rows};
use crate::script::value::unclear::Cause;
use crate::script::value::{cells, column_scans, days, taint};
use crate::table::table_schema::ColumnType;

// ---- plain questions -----------------------------------------------------------------------------------------

pub(crate) fn count(rows: &mut Rows) -> i64 {
    rows.note();
    i64::try_from(rows.chosen.len()).unwrap_or(i64::MAX)
}

pub(crate) fn is_empty(rows: &mut Rows) -> bool {
    if rows.chosen.is_empty() || rows.doubt.is_some() {
        rows.note();
    }
    rows.chosen.is_empty()
}

/// Whether the table is there but not this column of it. Asking takes no note of a doubt: the question is the answer.
pub(crate) fn lacks(rows: &mut Rows, name: ImmutableString) -> Res<bool> {
    let table = &rows.of.table;
    let column = table.decl.position(&name).ok_or_else(|| error::unknown_column(&table.decl, &name))?;
    Ok(table.present && !table.has_column(column))
}

pub(crate) fn missing(rows: &mut Rows) -> bool {
    !rows.of.table.present
}

pub(crate) fn first(rows: &mut Rows) -> Dynamic {
    rows.note();
    rows.iter().next().map_or(Dynamic::UNIT, Dynamic::from)
}

pub(crate) fn last(rows: &mut Rows) -> Dynamic {
    rows.note();
    let at = rows.chosen.iter().next_back();
    at.map_or(Dynamic::UNIT, |at| Dynamic::from(Row { of: Arc::clone(&rows.of), at }))
}

pub(crate) fn cell(row: &mut Row, name: ImmutableString) -> Res<Dynamic> {
    let column = row.column(&name)?;
    if row.of.is_unclear(row.at, column) {
        let cause = Cause { of: Arc::clone(&row.of), row: row.at, column };
        if let Some(day) = days::assumed(&cause) {
            return Ok(Dynamic::from(day));
        }
        taint::note(&cause);
    }
    Ok(cells::cell(&row.of.table, row.index(), column))
}

// ---- columns of rows -----------------------------------------------------------------------------------------

pub(crate) fn unique(rows: &mut Rows, name: ImmutableString) -> Res<Array> {
    let column = rows.column(&name)?;
    rows.note_cells(&[column]);
    let mut seen: PerNumber<bool> = rows.per_number(column);
    let fresh = rows
        .numbers(column)
        .filter(|(_, number)| seen.get_mut(*number).is_some_and(|seen| !std::mem::replace(seen, true)));
    Ok(fresh.map(|(_, number)| rows.text_of(column, number).into_owned().into()).collect())
}

pub(crate) fn group(rows: &mut Rows, name: ImmutableString) -> Res<Array> {
    let column = rows.column(&name)?;
    rows.note_cells(&[column]);
    let rows = &rows.in_doubt(&[column]);
    let mut members: Vec<(u32, u32)> = rows.numbers(column).map(|(at, number)| (number, at)).collect();
    members.sort_unstable();
    listed(members.chunk_by(|one, next| one.0 == next.0).count())?;
    let mut groups: Vec<(Cow<'_, str>, Rows)> = members
        .chunk_by(|one, next| one.0 == next.0)
        .map(|group| {
            let number = group.first().map_or(0, |(number, _)| *number);
            (rows.text_of(column, number), rows.choose(group.iter().map(|(_, at)| *at)))
        })
        .collect();
    groups.sort_by(|one, other| one.0.cmp(&other.0));
    let made = groups.into_iter().map(|(key, rows)| Group { key: key.as_ref().into(), rows });
    Ok(made.map(Dynamic::from).collect())
}

pub(crate) fn group_key(group: &mut Group) -> ImmutableString {
    group.key.clone()
}

pub(crate) fn group_rows(group: &mut Group) -> Rows {
    group.rows.clone()
}

pub(crate) fn sum(rows: &mut Rows, name: ImmutableString) -> Res<Dynamic> {
    let column = rows.column(&name)?;
    rows.note_cells(&[column]);
    let overflow = || error::raise(Text::new("合计溢出", "the sum is too large"), Text::default());
    let mut total = Some(Decimal::ZERO);
    column_scans::each_amount(rows, column, |number| {
        total = total.and_then(|total| total.checked_add(number));
    });
    let total = total.ok_or_else(overflow)?;
    match rows.kind(column) {
        Some(ColumnType::Integer) => i64::try_from(total).map(Dynamic::from).map_err(|_| overflow()),
        Some(ColumnType::Decimal) => Ok(Dynamic::from_decimal(total)),
        _ => Err(not_a_number(&rows.of, column)),
    }
}

fn not_a_number(of: &IndexedTable, column: usize) -> Box<EvalAltResult> {
    let name = of.table.decl.columns.get(column).map(|decl| decl.zh.as_str()).unwrap_or_default();
    error::raise(
        Text::new(format!("“{name}”不是数值列，不能合计"), format!("`{name}` is not a column of numbers")),
        Text::default(),
    )
}

pub(crate) fn duplicates(rows: &mut Rows, name: ImmutableString) -> Res<Rows> {
    Rows::choosing(|| {
        let column = rows.column(&name)?;
        rows.settled_together(&[column], |rows| said_again(rows, column))
    })
}

/// Rows whose cell says what another's says.
fn said_again(rows: &Rows, column: usize) -> Rows {
    let mut times: PerNumber<u32> = rows.per_number(column);
    for (_, number) in rows.numbers(column) {
        if let Some(times) = times.get_mut(number) {
            *times = times.saturating_add(1);
        }
    }
    rows.numbered(column, |number| times.get(number).is_some_and(|times| *times > 1))
}

/// Rows whose designation is another's too, but written otherwise.
pub(crate) fn alike(rows: &mut Rows, name: ImmutableString) -> Res<Rows> {
    let column = rows.column(&name)?;
    rows.settled_together(&[column], |rows| written_otherwise(rows, column))
}

fn written_otherwise(rows: &Rows, column: usize) -> Rows {
    let mut spellings: BTreeMap<String, HashSet<u32>> = BTreeMap::new();
    for (_, number) in rows.numbers(column) {
        let likeness = standards::likeness(&rows.text_of(column, number));
        spellings.entry(likeness).or_default().insert(number);
    }
    let several = |text: &str| spellings.get(&standards::likeness(text)).is_some_and(|ways| ways.len() > 1);
    rows.with(rows.keeping(column, several))
}

pub(crate) fn blank_in(rows: &mut Rows, name: ImmutableString) -> Res<Rows> {
    Rows::choosing(|| {
        let column = rows.column(&name)?;
        // What was not understood is filled.
        let pick = |rows: &Rows| Ok(rows.with(column_scans::empty(rows, column, true)));
        rows.settled(&[column], pick, |_| Answer::No)
    })
}

pub(crate) fn filled_in(rows: &mut Rows, name: ImmutableString) -> Res<Rows> {
    Rows::choosing(|| {
        let column = rows.column(&name)?;
        // What was not understood is filled.
        let pick = |rows: &Rows| Ok(rows.with(column_scans::empty(rows, column, false)));
        rows.settled(&[column], pick, |_| Answer::Yes)
    })
}

/// The row with the latest date in the column.
pub(crate) fn latest(rows: &mut Rows, name: ImmutableString) -> Res<Dynamic> {
    let column = rows.column(&name)?;
    rows.note_cells(&[column]);
    let mut newest: Option<(i32, u32)> = None;
    column_scans::each_day(rows, column, |at, day| {
        if newest.is_none_or(|(latest, _)| day > latest) {
            newest = Some((day, at));
        }
    });
    Ok(newest.map_or(Dynamic::UNIT, |(_, at)| Dynamic::from(Row { of: Arc::clone(&rows.of), at })))
}
