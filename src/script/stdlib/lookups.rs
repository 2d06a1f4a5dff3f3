//! Look-ups through hash indexes, references between tables, and selections put together.

use std::sync::Arc;

use rhai::{Dynamic, ImmutableString};

use crate::model::text::Text;
use crate::model::written;
use crate::script::error::{self, Res};
use crate::script::value::enumerated::Choice;
use crate::script::value::maybe::{Perhaps, open};
use crate::script::value::rows::{Row, Rows};
use crate::script::value::selection::{Chosen, LOOKUP};
use crate::script::value::settle::Sorted;
use crate::script::value::{cells, join_index, taint};
use crate::table::table_schema::ColumnType;

// ---- look-ups through indexes --------------------------------------------------------------------------------

pub(crate) fn matching_value(rows: &mut Rows, name: ImmutableString, value: Dynamic) -> Res<Rows> {
    Rows::choosing(|| {
        let column = rows.column(&name)?;
        let text = lookup_text(rows, column, &value)?;
        let hits = rows.of.rows_with(column, &text);
        let found = match &rows.chosen {
            Chosen::All(_) => rows.with(Chosen::Some(hits.into())),
            chosen @ Chosen::Some(_) => rows.choose(hits.iter().copied().filter(|at| chosen.contains(*at))),
        };
        rows.charge_unclear(column)?;
        let unclear = if text.is_empty() { Vec::new() } else { rows.unclear_in(&[column]) };
        if unclear.is_empty() && rows.maybe.is_empty() {
            return Ok(found);
        }
        // What is unclear may be what is looked for.
        let perhaps = rows.maybe.iter().filter(|one| may_say(rows, column, &text, one.at)).cloned();
        Ok(Rows { maybe: unclear.into_iter().chain(perhaps).collect(), ..found })
    })
}

/// Whether the cell of the row says the text, or may mean it; what was not understood is filled.
fn may_say(rows: &Rows, column: usize, text: &str, row: u32) -> bool {
    let unclear = !text.is_empty() && rows.of.is_unclear(row, column);
    unclear || rows.of.rows_with(column, text).binary_search(&row).is_ok()
}

fn lookup_text(rows: &Rows, column: usize, value: &Dynamic) -> Res<ImmutableString> {
    let text = cells::lookup_key(value);
    let Some(decl) = rows.of.table.decl.columns.get(column) else { return Ok(text) };
    if decl.kind != ColumnType::Enumerated || value.is::<Choice>() || text.is_empty() {
        return Ok(text);
    }
    let number =
        decl.value_number(&text).ok_or_else(|| error::unknown_value(&rows.of.table.decl, decl, &text))?;
    Ok(decl.value_id(number).unwrap_or_default().into())
}

pub(crate) fn find(rows: &mut Rows, name: ImmutableString, value: Dynamic) -> Res<Dynamic> {
    let column = rows.column(&name)?;
    let text = lookup_text(rows, column, &value)?;
    first_row(rows, column, &text)
}

/// As [`find`], of a text; `None` where the cells of the column are not looked up by their text as it is.
pub(crate) fn find_text(rows: &Rows, name: &str, text: &str) -> Option<Res<Dynamic>> {
    let column = match rows.column(name) {
        Ok(column) => column,
        Err(error) => return Some(Err(error)),
    };
    let plain = rows.kind(column) != Some(ColumnType::Enumerated);
    plain.then(|| first_row(rows, column, text))
}

fn first_row(rows: &Rows, column: usize, text: &str) -> Res<Dynamic> {
    rows.note_doubt();
    rows.charge_unclear(column)?;
    let row = |at| Dynamic::from(Row { of: Arc::clone(&rows.of), at });
    let found = rows.first_with(column, text);
    if !text.is_empty() {
        // Another might come before it.
        let before = |one: &&Perhaps| found.is_none_or(|found| one.at < found);
        let may = |one: &&Perhaps| may_say(rows, column, text, one.at);
        let unclear = rows.unclear_cells(column).next();
        unclear.iter().filter(before).for_each(|one| taint::note(&one.cause));
        rows.maybe.iter().filter(before).find(may).iter().for_each(|one| taint::note(&one.cause));
    }
    Ok(found.map_or(Dynamic::UNIT, row))
}

/// Rows whose reference is found in the other table.
pub(crate) fn refers(
    rows: &mut Rows,
    name: ImmutableString,
    other: Rows,
    target: ImmutableString,
) -> Res<Rows> {
    referring(rows, &name, &other, &target, |found, all| found == all && all > 0)
}

/// Rows with a reference that is not found in the other table.
pub(crate) fn dangling(
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
        let against = |other: &Rows| {
            rows.settled(&[column], |rows| Ok(referring_to(rows, column, other, target, &keep)), open)
        };
        let unclear = other.unclear_in(&[target]);
        if unclear.is_empty() && other.maybe.is_empty() {
            return against(other);
        }
        let all = other.chosen.union(&other.maybe.rows());
        let (least, most) = (against(&other.with(other.chosen.clone()))?, against(&other.with(all))?);
        let cause = unclear.iter().map(|one| &one.cause).chain(other.maybe.causes()).next();
        // Whatever is not found might be what an unclear cell of the other table says.
        let open = !unclear.is_empty() || other.maybe.iter().any(|one| other.of.is_unclear(one.at, target));
        let mut sorted = Sorted::default();
        for at in rows.chosen.iter() {
            let (one, other) = (least.chosen.contains(at), most.chosen.contains(at));
            let missed = open
                && rows.of.codes_of(column).is_some_and(|codes| codes.number(at) > 0)
                && keep(1, 1) != one;
            if one && other && !missed {
                sorted.sure.push(at);
            } else if one || other || missed {
                sorted.perhaps.extend(cause.map(|cause| Perhaps { at, cause: cause.clone() }));
            }
        }
        sorted.perhaps.extend(least.maybe.iter().chain(most.maybe.iter()).cloned());
        Ok(sorted.rows(&least))
    })?;
    Ok(Rows { doubt: taint::either(&found.doubt, &other.doubt), ..found })
}

/// Rows of which so many of all references are found in the other table.
fn referring_to(
    rows: &Rows,
    column: usize,
    other: &Rows,
    target: usize,
    keep: &impl Fn(usize, usize) -> bool,
) -> Rows {
    // Without a reference there is none to be found or missed.
    if rows.kind(column) != Some(ColumnType::Codes) {
        let found = join_index::found(rows, column, other, target);
        let kept = |found: &bool| keep(usize::from(*found), 1);
        return rows.numbered(column, |number| found.get(number as usize).is_some_and(kept));
    }
    let known = |code: &str| other.of.rows_with(target, code).iter().any(|at| other.chosen.contains(*at));
    let kept = |text: &str| {
        keep(written::codes(text).filter(|code| known(code)).count(), written::codes(text).count())
    };
    rows.with(rows.keeping(column, kept))
}

// ---- sets of rows of one table -------------------------------------------------------------------------------

fn same_table(a: &Rows, b: &Rows) -> Res<()> {
    if Arc::ptr_eq(&a.of, &b.of) {
        return Ok(());
    }
    Err(error::raise(
        Text::new("两组行不属于同一数据表", "the two selections are not rows of the same table"),
        Text::new("不同表的位置请放进列表：[甲, 乙]", "put places of different tables in a list: [a, b]"),
    ))
}

pub(crate) fn union(a: Rows, b: Rows) -> Res<Rows> {
    same_table(&a, &b)?;
    let doubt = taint::either(&a.doubt, &b.doubt);
    let perhaps: Vec<_> = a.maybe.iter().chain(b.maybe.iter()).cloned().collect();
    let united = match (&a.chosen, &b.chosen) {
        (Chosen::All(_), _) => a,
        (_, Chosen::All(_)) => b,
        (one, other) => a.with(one.union(other)),
    };
    let maybe = perhaps.into_iter().filter(|one| !united.chosen.contains(one.at)).collect();
    Ok(Rows { maybe, doubt, ..united })
}

/// The rows of `a` that are not of `b`; those that may be of `b` may be left.
pub(crate) fn except(a: Rows, b: Rows) -> Res<Rows> {
    same_table(&a, &b)?;
    let doubt = taint::either(&a.doubt, &b.doubt);
    let kept = |at: &u32| b.maybe.cause(*at).is_none();
    // A few rows of a large table are looked up: rules do this for each group of rows.
    let left = if a.chosen.len().saturating_mul(LOOKUP) < b.chosen.len() {
        a.choose(a.chosen.iter().filter(|at| !b.chosen.contains(*at)).filter(kept))
    } else {
        let mut out = b.chosen.iter().peekable();
        let outside = |at: &u32| {
            while out.next_if(|out| out < at).is_some() {}
            out.peek() != Some(at)
        };
        a.choose(a.chosen.iter().filter(outside).filter(kept))
    };
    let own = a.maybe.iter().filter(|one| !b.chosen.contains(one.at));
    let perhaps = own.chain(b.maybe.iter().filter(|one| a.chosen.contains(one.at)));
    Ok(Rows { maybe: perhaps.cloned().collect(), doubt, ..left })
}
