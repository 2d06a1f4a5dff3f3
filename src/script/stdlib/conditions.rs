//! Conditions over rows: each row is chosen, is not, or may be, where its condition read a cell that was not
//! understood. Rows without one are for the kernels; what they cannot tell is interpreted, row by row, with the same
//! answer.

use std::sync::Arc;

use rhai::{Array, Dynamic, FnPtr, NativeCallContext};

use crate::model::text::Text;
use crate::script::compile::{self, MatchQuery, Matches};
use crate::script::error::sizes::listed;
use crate::script::error::{self, Res};
use crate::script::value::calls::Closure;
use crate::script::value::maybe::{Answer, Perhaps};
use crate::script::value::rows::{Row, Rows};
use crate::script::value::selection::Chosen;
use crate::script::value::settle::Sorted;
use crate::script::value::unclear::Cause;
use crate::script::value::{days, kinds, taint};

fn holds(test: &mut Closure<'_>, row: Row) -> Res<bool> {
    let answer = test.call(Dynamic::from(row))?;
    answer.as_bool().map_err(|_| {
        let kind = kinds::kind_of(&answer);
        error::raise(
            Text::new(
                format!("条件应得出“是/否”，却得出{}", kind.zh),
                format!("a condition must be true or false, this one is {}", kind.en),
            ),
            Text::new(
                "空单元格请先判断，例如 r.列 == true",
                "test for empty cells first, for example r.column == true",
            ),
        )
    })
}

/// What the condition says of a row. Where that hangs on a date of which the month is known, it is asked of every day
/// of the month.
fn answer(test: &mut Closure<'_>, row: Row) -> Res<Answer> {
    let answer = answer_as_read(test, row.clone())?;
    let Answer::Unclear(cause) = &answer else { return Ok(answer) };
    let Some(days) = days::of_cell(&cause.of, cause.row, cause.column) else { return Ok(answer) };
    let ends = [days.first, days.last].into_iter();
    let mut known = None;
    for day in ends.chain(days.first.saturating_add(1)..days.last) {
        let one = days::assuming(cause, day, || answer_as_read(test, row.clone()))?;
        match (&one, known) {
            (Answer::Yes | Answer::No, None) => known = Some(matches!(one, Answer::Yes)),
            (Answer::Yes, Some(true)) | (Answer::No, Some(false)) => {}
            _ => return Ok(answer),
        }
    }
    Ok(known.map_or(answer, Answer::of))
}

/// What the condition says of a row; unclear where it read an unclear cell, and be it to fail on it.
fn answer_as_read(test: &mut Closure<'_>, row: Row) -> Res<Answer> {
    let mark = taint::mark();
    let answer = holds(test, row);
    match (taint::unclear_since(&mark), answer) {
        (Some(_), Err(error)) if error::is_limit(&error) => Err(error),
        (Some(cause), _) => {
            taint::forget_unclear(&mark);
            Ok(Answer::Unclear(cause))
        }
        (None, answer) => answer.map(Answer::of),
    }
}

/// The rows of a selection as a condition meets them.
struct Parts {
    /// Those of which the closure can read no unclear cell of their own.
    clear: Rows,
    /// The others that are chosen.
    unclear: Vec<u32>,
}

impl Parts {
    fn of(context: &NativeCallContext<'_>, rows: &Rows, test: &FnPtr) -> Self {
        let whole = || Self { clear: rows.with(rows.chosen.clone()), unclear: Vec::new() };
        if rows.of.unclear_rows().is_empty() {
            return whole();
        }
        let columns = compile::columns(context, rows, test);
        let unclear = rows.unclear_rows(columns.as_deref());
        if unclear.is_empty() {
            return whole();
        }
        Self { clear: rows.with(rows.without(&unclear)), unclear }
    }

    /// Whether the rows are all clear, and all sure.
    fn is_all(&self, rows: &Rows) -> bool {
        self.unclear.is_empty() && rows.maybe.is_empty()
    }

    /// The first clear row that is not among those found.
    fn first_without(&self, found: &Matches) -> Option<u32> {
        self.clear.chosen.iter().find(|at| found.rows.binary_search(at).is_err())
    }

    /// The rows that are left to be interpreted: those that no kernel can tell of.
    fn left(&self, rows: &Rows, told: bool) -> Chosen {
        if told { self.unclear.iter().copied().collect() } else { rows.chosen.clone() }
    }
}

/// Sorts the rows by the condition, of which `known` is what a kernel told of the clear ones.
fn sorted(
    context: &NativeCallContext<'_>,
    rows: &Rows,
    test: &FnPtr,
    parts: &Parts,
    known: Option<Matches>,
) -> Res<Rows> {
    let mut found = Sorted::default();
    let mut closure = Closure::new(context, test);
    let left = parts.left(rows, known.is_some());
    found.sure.extend(known.iter().flat_map(|known| known.rows.iter()));
    for at in left.iter() {
        match answer(&mut closure, Row { of: Arc::clone(&rows.of), at })? {
            Answer::Yes => found.sure.push(at),
            Answer::No => {}
            Answer::Unclear(cause) => found.perhaps.push(Perhaps { at, cause }),
        }
    }
    for one in rows.maybe.iter() {
        if !matches!(answer(&mut closure, Row { of: Arc::clone(&rows.of), at: one.at })?, Answer::No) {
            found.perhaps.push(one.clone());
        }
    }
    let all = found.sure.len() == rows.chosen.len();
    let sorted = found.rows(rows);
    Ok(if all { Rows { chosen: rows.chosen.clone(), ..sorted } } else { sorted })
}

pub(crate) fn filter(context: NativeCallContext, rows: &mut Rows, test: FnPtr) -> Res<Rows> {
    Rows::choosing(|| {
        let parts = Parts::of(&context, rows, &test);
        match compile::matching(&context, &parts.clear, &test, MatchQuery::Rows)? {
            Some(known) if parts.is_all(rows) => {
                let all = known.count == rows.chosen.len();
                Ok(rows.with(if all { rows.chosen.clone() } else { Chosen::Some(known.rows) }))
            }
            known => sorted(&context, rows, &test, &parts, known),
        }
    })
}

pub(crate) fn count_where(context: NativeCallContext, rows: &mut Rows, test: FnPtr) -> Res<i64> {
    rows.note_doubt();
    let parts = Parts::of(&context, rows, &test);
    let want = if parts.is_all(rows) { MatchQuery::Count } else { MatchQuery::Rows };
    let count = match compile::matching(&context, &parts.clear, &test, want)? {
        Some(known) if want == MatchQuery::Count => known.count,
        known => {
            let found = sorted(&context, rows, &test, &parts, known)?;
            found.note();
            found.chosen.len()
        }
    };
    Ok(i64::try_from(count).unwrap_or(i64::MAX))
}

pub(crate) fn any(context: NativeCallContext, rows: &mut Rows, test: FnPtr) -> Res<bool> {
    let (found, open) = first_match(&context, rows, &test)?;
    if found.is_none() {
        open.iter().for_each(taint::note);
    }
    Ok(found.is_some())
}

pub(crate) fn all(context: NativeCallContext, rows: &mut Rows, test: FnPtr) -> Res<bool> {
    rows.note_doubt();
    let parts = Parts::of(&context, rows, &test);
    let want = if parts.is_all(rows) { MatchQuery::All } else { MatchQuery::Rows };
    let known = compile::matching(&context, &parts.clear, &test, want)?;
    if want == MatchQuery::All
        && let Some(known) = &known
    {
        return Ok(known.count == rows.chosen.len());
    }
    let fails = known.as_ref().and_then(|known| parts.first_without(known));
    let (mut closure, mut open) = (Closure::new(&context, &test), None);
    for at in parts.left(rows, known.is_some()).iter().take_while(|at| fails.is_none_or(|fails| *at < fails))
    {
        match answer(&mut closure, Row { of: Arc::clone(&rows.of), at })? {
            Answer::No => return Ok(false),
            Answer::Unclear(cause) => open = Some(cause),
            Answer::Yes => {}
        }
    }
    if fails.is_some() {
        return Ok(false);
    }
    for one in rows.maybe.iter() {
        if !matches!(answer(&mut closure, Row { of: Arc::clone(&rows.of), at: one.at })?, Answer::Yes) {
            open = Some(one.cause.clone());
        }
    }
    open.iter().for_each(taint::note);
    Ok(true)
}

/// The first row that surely matches, and the cell that would tell whether another does that comes before it.
fn first_match(
    context: &NativeCallContext<'_>,
    rows: &Rows,
    test: &FnPtr,
) -> Res<(Option<Row>, Option<Cause>)> {
    rows.note_doubt();
    let row = |at| Row { of: Arc::clone(&rows.of), at };
    let parts = Parts::of(context, rows, test);
    let known = compile::matching(context, &parts.clear, test, MatchQuery::First)?;
    let left = parts.left(rows, known.is_some());
    let mut first = known.and_then(|known| known.rows.first().copied());
    let (mut closure, mut open) = (Closure::new(context, test), None);
    for at in left.iter() {
        if first.is_some_and(|first| at > first) {
            break;
        }
        match answer(&mut closure, row(at))? {
            Answer::Yes => {
                first = Some(at);
                break;
            }
            Answer::No => {}
            Answer::Unclear(cause) => open = Some(cause),
        }
    }
    for one in rows.maybe.iter().filter(|one| first.is_none_or(|first| one.at < first)) {
        if !matches!(answer(&mut closure, row(one.at))?, Answer::No) {
            open = Some(one.cause.clone());
        }
    }
    Ok((first.map(row), open))
}

pub(crate) fn first_where(context: NativeCallContext, rows: &mut Rows, test: FnPtr) -> Res<Dynamic> {
    let (found, open) = first_match(&context, rows, &test)?;
    open.iter().for_each(taint::note);
    Ok(found.map_or(Dynamic::UNIT, Dynamic::from))
}

pub(crate) fn map(context: NativeCallContext, rows: &mut Rows, value: FnPtr) -> Res<Array> {
    rows.note();
    if Parts::of(&context, rows, &value).unclear.is_empty()
        && let Some(made) = compile::mapped(&context, rows, &value)?
    {
        return Ok(made);
    }
    let mut value = Closure::new(&context, &value);
    listed(rows.chosen.len())?;
    rows.iter().map(|row| value.call(Dynamic::from(row))).collect()
}
