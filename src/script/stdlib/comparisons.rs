//! Rows picked by comparing cells as a whole pass over a table: dates in order, numbers in bounds, forms of
//! identifiers, rows that say the same.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use rhai::{Array, Dynamic, EvalAltResult, FnPtr, ImmutableString, NativeCallContext};
use rust_decimal::Decimal;

use super::{conditions, identity};
use crate::model::identity::valid_id_number;
use crate::model::text::Text;
use crate::script::error::{self, Res};
use crate::script::value::column_scans::{self, Other};
use crate::script::value::maybe::open;
use crate::script::value::rows::Rows;
use crate::script::value::selection::Chosen;
use crate::script::value::taint::{self, Reason};
use crate::script::value::{cells, days, kinds};
use crate::table::date::Date;
use crate::table::duplicate_groups::{self, Blank};

/// Rows whose day in the column is later than a day, or than another column of the row.
pub(crate) fn later(rows: &mut Rows, name: ImmutableString, other: Dynamic) -> Res<Rows> {
    by_days(rows, &name, &other, i32::gt)
}

/// Rows whose day in the column is earlier than a day, or than another column of the row.
pub(crate) fn earlier(rows: &mut Rows, name: ImmutableString, other: Dynamic) -> Res<Rows> {
    by_days(rows, &name, &other, i32::lt)
}

/// Rows that compare so with an empty cell: none. What was not understood reads as empty and may be anything.
fn against_nothing(rows: &Rows) -> Rows {
    let causes = taint::unclear();
    let own = (!causes.is_empty()).then(|| Arc::new(Reason::Cells(causes)));
    Rows { doubt: taint::either(&rows.doubt, &own), ..rows.with(Chosen::from_iter([])) }
}

fn by_days(rows: &Rows, name: &str, other: &Dynamic, wrong: impl Fn(&i32, &i32) -> bool) -> Res<Rows> {
    if other.is_unit() {
        return Ok(against_nothing(rows));
    }
    let other = match other.read_lock::<Date>().map(|day| day.days()) {
        Some(day) => Other::Value(day),
        None => Other::Column(other_column(rows, other)?),
    };
    let column = rows.column(name)?;
    let columns = [Some(column), other.column()];
    let columns: Vec<usize> = columns.into_iter().flatten().collect();
    let pick = |rows: &Rows| Ok(rows.with(column_scans::days(rows, column, &other, &wrong)));
    rows.settled(&columns, pick, |one| {
        let own = days::at(&rows.of, one.at, column);
        let against = match &other {
            Other::Value(day) => days::Known::Between(days::Days::of(*day)),
            Other::Column(column) => days::at(&rows.of, one.at, *column),
        };
        days::compared(one, own, against, &wrong)
    })
}

/// Rows whose number is larger than a number, or than another column of the row.
pub(crate) fn above(rows: &mut Rows, name: ImmutableString, other: Dynamic) -> Res<Rows> {
    by_amounts(rows, &name, &other, Decimal::gt)
}

/// Rows whose number is smaller than a number, or than another column of the row.
pub(crate) fn below(rows: &mut Rows, name: ImmutableString, other: Dynamic) -> Res<Rows> {
    by_amounts(rows, &name, &other, Decimal::lt)
}

fn by_amounts(
    rows: &Rows,
    name: &str,
    other: &Dynamic,
    wrong: impl Fn(&Decimal, &Decimal) -> bool,
) -> Res<Rows> {
    if other.is_unit() {
        return Ok(against_nothing(rows));
    }
    let (other, column) = (bound(rows, other)?, rows.column(name)?);
    let columns = [Some(column), other.column()];
    let columns: Vec<usize> = columns.into_iter().flatten().collect();
    let pick = |rows: &Rows| Ok(rows.with(column_scans::amounts(rows, column, &other, &wrong)));
    rows.settled(&columns, pick, open)
}

fn bound(rows: &Rows, other: &Dynamic) -> Res<Other<Decimal>> {
    match cells::number(other) {
        Some(number) => Ok(Other::Value(number)),
        None => other_column(rows, other).map(Other::Column),
    }
}

fn other_column(rows: &Rows, other: &Dynamic) -> Res<usize> {
    let name = other.clone().into_immutable_string().map_err(|_| incomparable(other))?;
    rows.column(&name)
}

fn incomparable(other: &Dynamic) -> Box<EvalAltResult> {
    let kind = kinds::kind_of(other);
    error::raise(
        Text::new(
            format!("只能与日期、数或另一列比较，这里是{}", kind.zh),
            format!("a column is compared with a day, a number or a column, not with {}", kind.en),
        ),
        Text::new("例如 rows.later(\"closed\", t.as_of)", "for example rows.later(\"closed\", t.as_of)"),
    )
}

type Form = fn(&str) -> bool;

const FORMS: [(&str, &str, Form); 3] = [
    ("id_number", "身份证号", valid_id_number),
    ("credit_code", "信用代码", identity::valid_credit_code),
    ("phone", "电话", identity::phone_form),
];

/// Rows whose filled cell has not the form of an ID number, credit code or telephone number.
pub(crate) fn malformed(rows: &mut Rows, name: ImmutableString, form: ImmutableString) -> Res<Rows> {
    let column = rows.column(&name)?;
    let known = FORMS.iter().find(|(en, zh, _)| *en == form.as_str() || *zh == form.as_str());
    let (_, _, valid) = known.ok_or_else(|| {
        let message = Text::new(format!("没有名为“{form}”的格式"), format!("there is no form `{form}`"));
        error::raise(message, error::did_you_mean(&form, FORMS.iter().map(|(en, _, _)| *en)))
    })?;
    rows.settled(&[column], |rows| Ok(rows.with(rows.keeping(column, |text| !valid(text)))), open)
}

/// Rows of which the closure makes the same as of another row; rows of which it makes nothing are left out.
pub(crate) fn repeated_by(context: NativeCallContext, rows: &mut Rows, value: FnPtr) -> Res<Rows> {
    Rows::choosing(|| {
        let made: Vec<_> = conditions::map(context, rows, value)?.iter().map(cells::lookup_key).collect();
        let mut times: HashMap<&str, u32> = HashMap::new();
        for text in &made {
            let times = times.entry(text.as_str()).or_default();
            *times = times.saturating_add(1);
        }
        let several = |text: &str| !text.is_empty() && times.get(text).is_some_and(|times| *times > 1);
        let chosen = rows.chosen.iter().zip(&made).filter(|(_, text)| several(text));
        Ok(rows.choose(chosen.map(|(at, _)| at)).beside_maybe_of(rows))
    })
}

/// Of the rows of which the closure makes the same, the first; rows of which it makes nothing are left out.
pub(crate) fn distinct_by(context: NativeCallContext, rows: &mut Rows, value: FnPtr) -> Res<Rows> {
    Rows::choosing(|| {
        let made: Vec<_> = conditions::map(context, rows, value)?.iter().map(cells::lookup_key).collect();
        let mut seen: HashSet<&str> = HashSet::new();
        let chosen = rows.chosen.iter().zip(&made);
        let fresh = chosen.filter(|(_, text)| !text.is_empty() && seen.insert(text.as_str()));
        Ok(rows.choose(fresh.map(|(at, _)| at)).beside_maybe_of(rows))
    })
}

/// Rows that have the same in all these columns as another row; rows with nothing in them are left out.
pub(crate) fn repeated(rows: &mut Rows, names: Array) -> Res<Rows> {
    let columns: Res<Vec<usize>> = names
        .into_iter()
        .map(|name| rows.column(&name.into_immutable_string().unwrap_or_default()))
        .collect();
    let columns = columns?;
    rows.settled_together(&columns, |rows| same_again(rows, &columns))
}

fn same_again(rows: &Rows, columns: &[usize]) -> Rows {
    let chosen = |at: usize| u32::try_from(at).is_ok_and(|at| rows.chosen.contains(at));
    let groups = duplicate_groups::find(&rows.of.table, columns, Blank::All, chosen);
    let mut chosen: Vec<u32> = groups.into_iter().flatten().filter_map(|at| u32::try_from(at).ok()).collect();
    chosen.sort_unstable();
    rows.choose(chosen.into_iter())
}
