//! Selections of rows, single rows and groups: what table operations take and give.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use rhai::{Array, Dynamic, EvalAltResult, FnPtr, ImmutableString, NativeCallContext};
use rust_decimal::Decimal;

use super::calls::Closure;
use super::chosen::Chosen;
use super::doubt::{self, Doubt};
use super::fault;
use super::keyed::Keyed;
use super::loaded::IndexedTable;
use super::lower::{self, Want};
use super::natives;
use super::passes;
use super::standards;
use super::values;
use crate::model::declare::ColumnType;
use crate::model::text::Text;

pub(super) type Res<T> = Result<T, Box<EvalAltResult>>;

/// Some rows of a table, in table order.
#[derive(Clone, Debug)]
pub(super) struct Rows {
    pub(super) of: Arc<IndexedTable>,
    pub(super) chosen: Chosen,
    /// A missing column that they were chosen by.
    pub(super) doubt: Doubt,
}

/// One row of a table.
#[derive(Clone, Debug)]
pub(super) struct Row {
    pub(super) of: Arc<IndexedTable>,
    pub(super) at: u32,
}

/// Rows that share a value.
#[derive(Clone, Debug)]
pub(super) struct Group {
    key: ImmutableString,
    rows: Rows,
}

impl Group {
    /// The value, and the rows that share it.
    pub(super) fn parts(&self) -> (&str, &Rows) {
        (&self.key, &self.rows)
    }
}

impl Row {
    pub(super) fn index(&self) -> usize {
        self.at as usize
    }

    pub(super) fn column(&self, name: &str) -> Res<usize> {
        column(&self.of, name)
    }
}

fn column(of: &IndexedTable, name: &str) -> Res<usize> {
    let decl = &of.table.decl;
    let column = decl.position(name).ok_or_else(|| fault::unknown_column(decl, name))?;
    doubt::read(of, column);
    Ok(column)
}

impl Rows {
    /// All rows of a table.
    pub(super) fn all(of: &Arc<IndexedTable>) -> Self {
        let count = u32::try_from(of.table.len()).unwrap_or(u32::MAX);
        Self { of: Arc::clone(of), chosen: Chosen::All(count), doubt: None }
    }

    /// These of the rows. All of a table stay known as all of it.
    pub(super) fn choose(&self, chosen: impl Iterator<Item = u32>) -> Self {
        let chosen: Chosen = chosen.collect();
        let all = chosen.len() == self.chosen.len();
        self.with(if all { self.chosen.clone() } else { chosen })
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = Row> + '_ {
        self.chosen.iter().map(|at| Row { of: Arc::clone(&self.of), at })
    }

    pub(super) fn column(&self, name: &str) -> Res<usize> {
        column(&self.of, name)
    }

    /// Chooses by `pick`; rows chosen by a missing column are in doubt.
    pub(super) fn choosing(pick: impl FnOnce() -> Res<Self>) -> Res<Self> {
        let mark = doubt::mark();
        let picked = pick()?;
        let doubt = picked.doubt.clone().or_else(|| doubt::since(mark));
        Ok(Self { doubt, ..picked })
    }

    /// The same table and doubt with other rows.
    pub(super) fn with(&self, chosen: Chosen) -> Self {
        Self { of: Arc::clone(&self.of), chosen, doubt: self.doubt.clone() }
    }

    pub(super) fn kind(&self, column: usize) -> Option<ColumnType> {
        self.of.table.decl.columns.get(column).map(|decl| decl.kind)
    }
}

// ---- predicates and walks over rows --------------------------------------------------------------------------

fn holds(test: &mut Closure<'_>, row: Row) -> Res<bool> {
    let answer = test.call(Dynamic::from(row))?;
    answer.as_bool().map_err(|_| {
        let kind = fault::kind_of(&answer);
        fault::raise(
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

fn matching(context: &NativeCallContext, rows: &Rows, test: &FnPtr) -> Res<Chosen> {
    if let Some(found) = lower::matching(context, rows, test, Want::Rows)? {
        let all = found.count == rows.chosen.len();
        return Ok(if all { rows.chosen.clone() } else { Chosen::Some(found.rows) });
    }
    let mut found = Vec::new();
    let mut test = Closure::new(context, test);
    for row in rows.iter() {
        let at = row.at;
        if holds(&mut test, row)? {
            found.push(at);
        }
    }
    Ok(found.into_iter().collect())
}

pub(super) fn filter(context: NativeCallContext, rows: &mut Rows, test: FnPtr) -> Res<Rows> {
    Rows::choosing(|| {
        let chosen = matching(&context, rows, &test)?;
        Ok(Rows { of: Arc::clone(&rows.of), chosen, doubt: rows.doubt.clone() })
    })
}

pub(super) fn count_where(context: NativeCallContext, rows: &mut Rows, test: FnPtr) -> Res<i64> {
    let count = match lower::matching(&context, rows, &test, Want::Count)? {
        Some(found) => found.count,
        None => matching(&context, rows, &test)?.len(),
    };
    Ok(i64::try_from(count).unwrap_or(i64::MAX))
}

pub(super) fn any(context: NativeCallContext, rows: &mut Rows, test: FnPtr) -> Res<bool> {
    Ok(first_match(&context, rows, &test)?.is_some())
}

pub(super) fn all(context: NativeCallContext, rows: &mut Rows, test: FnPtr) -> Res<bool> {
    if let Some(found) = lower::matching(&context, rows, &test, Want::All)? {
        return Ok(found.count == rows.chosen.len());
    }
    let mut test = Closure::new(&context, &test);
    for row in rows.iter() {
        if !holds(&mut test, row)? {
            return Ok(false);
        }
    }
    Ok(true)
}

fn first_match(context: &NativeCallContext, rows: &Rows, test: &FnPtr) -> Res<Option<Row>> {
    if let Some(found) = lower::matching(context, rows, test, Want::First)? {
        return Ok(found.rows.first().map(|at| Row { of: Arc::clone(&rows.of), at: *at }));
    }
    let mut test = Closure::new(context, test);
    for row in rows.iter() {
        if holds(&mut test, row.clone())? {
            return Ok(Some(row));
        }
    }
    Ok(None)
}

pub(super) fn first_where(context: NativeCallContext, rows: &mut Rows, test: FnPtr) -> Res<Dynamic> {
    Ok(first_match(&context, rows, &test)?.map_or(Dynamic::UNIT, Dynamic::from))
}

pub(super) fn map(context: NativeCallContext, rows: &mut Rows, value: FnPtr) -> Res<Array> {
    if let Some(made) = lower::mapped(&context, rows, &value)? {
        return Ok(made);
    }
    let mut value = Closure::new(&context, &value);
    listed(rows.chosen.len())?;
    rows.iter().map(|row| value.call(Dynamic::from(row))).collect()
}

// ---- plain questions -----------------------------------------------------------------------------------------

pub(super) fn count(rows: &mut Rows) -> i64 {
    i64::try_from(rows.chosen.len()).unwrap_or(i64::MAX)
}

pub(super) fn is_empty(rows: &mut Rows) -> bool {
    rows.chosen.is_empty()
}

/// Whether the table is there but not this column of it. Asking takes no note of a doubt: the question is the answer.
pub(super) fn lacks(rows: &mut Rows, name: ImmutableString) -> Res<bool> {
    let table = &rows.of.table;
    let column = table.decl.position(&name).ok_or_else(|| fault::unknown_column(&table.decl, &name))?;
    Ok(table.present && !table.has_column(column))
}

pub(super) fn missing(rows: &mut Rows) -> bool {
    !rows.of.table.present
}

pub(super) fn first(rows: &mut Rows) -> Dynamic {
    rows.iter().next().map_or(Dynamic::UNIT, Dynamic::from)
}

pub(super) fn last(rows: &mut Rows) -> Dynamic {
    let at = rows.chosen.iter().next_back();
    at.map_or(Dynamic::UNIT, |at| Dynamic::from(Row { of: Arc::clone(&rows.of), at }))
}

pub(super) fn cell(row: &mut Row, name: ImmutableString) -> Res<Dynamic> {
    let column = row.column(&name)?;
    Ok(values::cell(&row.of.table, row.index(), column))
}

// ---- columns of rows -----------------------------------------------------------------------------------------

pub(super) fn unique(rows: &mut Rows, name: ImmutableString) -> Res<Array> {
    let column = rows.column(&name)?;
    let mut seen = vec![false; rows.of.keyed(column).map_or(0, Keyed::len)];
    let fresh = rows.numbers(column).filter(|(_, number)| {
        seen.get_mut(*number as usize).is_some_and(|seen| !std::mem::replace(seen, true))
    });
    Ok(fresh.map(|(_, number)| rows.text_of(column, number).into_owned().into()).collect())
}

pub(super) fn group(rows: &mut Rows, name: ImmutableString) -> Res<Array> {
    let column = rows.column(&name)?;
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

/// A list of so many may be made.
fn listed(count: usize) -> Res<()> {
    if count > natives::LIST { Err(natives::too_large("Size of array/BLOB")) } else { Ok(()) }
}

pub(super) fn group_key(group: &mut Group) -> ImmutableString {
    group.key.clone()
}

pub(super) fn group_rows(group: &mut Group) -> Rows {
    group.rows.clone()
}

pub(super) fn sum(rows: &mut Rows, name: ImmutableString) -> Res<Dynamic> {
    let column = rows.column(&name)?;
    let overflow = || fault::raise(Text::new("合计溢出", "the sum is too large"), Text::default());
    let mut total = Some(Decimal::ZERO);
    passes::each_amount(rows, column, |number| {
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
    fault::raise(
        Text::new(format!("“{name}”不是数值列，不能合计"), format!("`{name}` is not a column of numbers")),
        Text::default(),
    )
}

pub(super) fn duplicates(rows: &mut Rows, name: ImmutableString) -> Res<Rows> {
    Rows::choosing(|| {
        let column = rows.column(&name)?;
        let mut times = vec![0_u32; rows.of.keyed(column).map_or(0, Keyed::len)];
        for (_, number) in rows.numbers(column) {
            if let Some(times) = times.get_mut(number as usize) {
                *times = times.saturating_add(1);
            }
        }
        Ok(rows.numbered(column, |number| times.get(number as usize).is_some_and(|times| *times > 1)))
    })
}

/// Rows whose designation is another's too, but written otherwise.
pub(super) fn alike(rows: &mut Rows, name: ImmutableString) -> Res<Rows> {
    let column = rows.column(&name)?;
    let mut spellings: BTreeMap<String, HashSet<u32>> = BTreeMap::new();
    for (_, number) in rows.numbers(column) {
        let likeness = standards::likeness(&rows.text_of(column, number));
        spellings.entry(likeness).or_default().insert(number);
    }
    let several = |text: &str| spellings.get(&standards::likeness(text)).is_some_and(|ways| ways.len() > 1);
    Ok(rows.with(rows.keeping(column, several)))
}

pub(super) fn blank_in(rows: &mut Rows, name: ImmutableString) -> Res<Rows> {
    Rows::choosing(|| {
        let column = rows.column(&name)?;
        Ok(rows.with(passes::empty(rows, column, true)))
    })
}

pub(super) fn filled_in(rows: &mut Rows, name: ImmutableString) -> Res<Rows> {
    Rows::choosing(|| {
        let column = rows.column(&name)?;
        Ok(rows.with(passes::empty(rows, column, false)))
    })
}

/// The row with the latest date in the column.
pub(super) fn latest(rows: &mut Rows, name: ImmutableString) -> Res<Dynamic> {
    let column = rows.column(&name)?;
    let mut newest: Option<(i32, u32)> = None;
    passes::each_day(rows, column, |at, day| {
        if newest.is_none_or(|(latest, _)| day > latest) {
            newest = Some((day, at));
        }
    });
    Ok(newest.map_or(Dynamic::UNIT, |(_, at)| Dynamic::from(Row { of: Arc::clone(&rows.of), at })))
}

impl IntoIterator for Rows {
    type Item = Row;
    type IntoIter = std::vec::IntoIter<Row>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter().collect::<Vec<_>>().into_iter()
    }
}
