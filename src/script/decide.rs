//! How a rule says what it decided: an outcome, a reason in both languages, and the places it rests on.

use rhai::{Array, Dynamic, ImmutableString};

use super::doubt::{self, Doubt};
use super::fault;
use super::natives;
use super::rows::{Res, Row, Rows};
use super::spots::Spots;
use super::values;
use crate::model::outcome::{Measure, Outcome};
use crate::model::text::Text;

/// Cells of some rows.
#[derive(Clone, Debug)]
pub(super) struct Cells {
    spots: Spots,
    doubt: Doubt,
}

/// What a rule decided.
#[derive(Clone, Debug)]
pub(super) struct Verdict {
    pub(super) outcome: Outcome,
    pub(super) measure: Option<Measure>,
    pub(super) reason: Text,
    pub(super) help: Text,
    pub(super) spots: Spots,
    pub(super) doubt: Certainty,
}

/// What is known of the columns a decision rests on.
#[derive(Clone, Debug)]
pub(super) enum Certainty {
    /// Made from rows alone: the missing column they were chosen by, if any.
    FromRows(Doubt),
    /// Made from counts and comparisons: any missing column the rule read may have mattered.
    FromAnything,
}

impl Certainty {
    /// What is known of two decisions made into one.
    fn or(self, other: Self) -> Self {
        match (self, other) {
            (Self::FromRows(one), Self::FromRows(other)) => Self::FromRows(one.or(other)),
            _ => Self::FromAnything,
        }
    }
}

pub(super) fn cells_of_rows(rows: &mut Rows, name: ImmutableString) -> Res<Cells> {
    let mark = doubt::mark();
    let column = Some(rows.column(&name)?);
    let doubt = rows.doubt.clone().or_else(|| doubt::since(mark));
    Ok(Cells { spots: Spots::of_rows(rows, column), doubt })
}

pub(super) fn cell_of_row(row: &mut Row, name: ImmutableString) -> Res<Cells> {
    let column = Some(row.column(&name)?);
    Ok(Cells { spots: Spots::of_row(row, column), doubt: None })
}

/// Places meant by rows, a row, cells, or a list of these; no rows mean no places.
fn spots(value: &Dynamic) -> Res<Spots> {
    if let Some(rows) = value.read_lock::<Rows>() {
        return Ok(Spots::of_rows(&rows, None));
    }
    if let Some(row) = value.read_lock::<Row>() {
        return Ok(Spots::of_row(&row, None));
    }
    if let Some(cells) = value.read_lock::<Cells>() {
        return Ok(cells.spots.clone());
    }
    if let Ok(list) = value.as_array_ref() {
        return list.iter().map(spots).collect();
    }
    if value.is_unit() { Ok(Spots::default()) } else { Err(no_place(value)) }
}

/// The missing column by which places were chosen.
fn doubt_of(value: &Dynamic) -> Doubt {
    if let Some(rows) = value.read_lock::<Rows>() {
        return rows.doubt.clone();
    }
    if let Some(cells) = value.read_lock::<Cells>() {
        return cells.doubt.clone();
    }
    value.as_array_ref().ok().and_then(|list| list.iter().find_map(doubt_of))
}

fn no_place(value: &Dynamic) -> Box<rhai::EvalAltResult> {
    let kind = fault::kind_of(value);
    fault::raise(
        Text::new(
            format!("位置应是行或单元格，却是{}", kind.zh),
            format!("a place must be rows or cells, this is {}", kind.en),
        ),
        Text::new("例如 t.grids 或 rows.at(\"holder\")", "for example t.grids or rows.at(\"holder\")"),
    )
}

/// The table itself, where a selection is empty.
fn spots_or_table(value: &Dynamic) -> Res<Spots> {
    let found = spots(value)?;
    match value.read_lock::<Rows>() {
        Some(rows) if found.is_empty() => Ok(Spots::of_table(&rows.of)),
        _ => Ok(found),
    }
}

fn verdict(outcome: Outcome, spots: Spots, zh: &str, en: &str) -> Verdict {
    let (reason, doubt) = (Text::new(zh, en), Certainty::FromAnything);
    Verdict { outcome, measure: None, reason, help: Text::default(), spots, doubt }
}

impl Verdict {
    /// The decision, made from these rows alone.
    fn resting_on(self, doubt: Doubt) -> Self {
        Self { doubt: Certainty::FromRows(doubt), ..self }
    }

    /// Whether it takes points away, or measures what might.
    pub(super) fn is_against(&self) -> bool {
        self.measure.is_some() || matches!(self.outcome, Outcome::Unmet | Outcome::Absent)
    }

    /// The decision, but unknown where it is against the organization and rests on a missing column.
    pub(super) fn beyond_doubt(self) -> Self {
        let doubt = match &self.doubt {
            Certainty::FromRows(doubt) => doubt.clone(),
            Certainty::FromAnything => doubt::since(0),
        };
        match doubt {
            Some(column) if self.is_against() => {
                Self { reason: doubt::reason(&column), ..verdict(Outcome::Unknown, Spots::default(), "", "") }
            }
            _ => self,
        }
    }
}

// ---- constructors --------------------------------------------------------------------------------------------

pub(super) fn met(place: Dynamic) -> Res<Verdict> {
    Ok(verdict(Outcome::Met, spots(&place)?, "", ""))
}

pub(super) fn met_because(place: Dynamic, zh: ImmutableString, en: ImmutableString) -> Res<Verdict> {
    Ok(verdict(Outcome::Met, spots(&place)?, &zh, &en))
}

pub(super) fn unmet(place: Dynamic, zh: ImmutableString, en: ImmutableString) -> Res<Verdict> {
    Ok(verdict(Outcome::Unmet, spots_or_table(&place)?, &zh, &en))
}

pub(super) fn absent(place: Dynamic, zh: ImmutableString, en: ImmutableString) -> Res<Verdict> {
    Ok(verdict(Outcome::Absent, spots_or_table(&place)?, &zh, &en))
}

pub(super) fn unknown(zh: ImmutableString, en: ImmutableString) -> Verdict {
    verdict(Outcome::Unknown, Spots::default(), &zh, &en)
}

/// A value that bands or counts turn into points; the catalog decides the outcome.
pub(super) fn measured(
    value: Dynamic,
    place: Dynamic,
    zh: ImmutableString,
    en: ImmutableString,
) -> Res<Verdict> {
    let measure = match values::number(&value) {
        Some(number) => Measure::Number(number),
        None => Measure::Level(natives::brief(&value)),
    };
    let reached = verdict(Outcome::Met, spots_or_table(&place)?, &zh, &en);
    Ok(Verdict { measure: Some(measure), ..reached })
}

// ---- the usual shapes of a requirement -----------------------------------------------------------------------

fn table_missing(rows: &Rows) -> Verdict {
    let decl = &rows.of.table.decl;
    let zh = format!("申报材料中没有数据表“{}”，需现场核实", decl.zh);
    let en = format!("the submission has no table `{}`: to be seen on site", decl.id);
    verdict(Outcome::Unknown, Spots::default(), &zh, &en)
}

/// At least one such row: met with them as evidence; absent without; unknown without the table.
pub(super) fn require(rows: Rows, zh: ImmutableString, en: ImmutableString) -> Res<Verdict> {
    if !rows.of.table.present {
        return Ok(table_missing(&rows));
    }
    let (doubt, place) = (rows.doubt.clone(), Dynamic::from(rows.clone()));
    let decided = if rows.chosen.is_empty() { absent(place, zh, en) } else { met(place) };
    decided.map(|verdict| verdict.resting_on(doubt))
}

/// None of `scope` is at fault: unmet at `faults`; absent where there is nothing to judge.
pub(super) fn require_none(
    scope: Rows,
    faults: Dynamic,
    zh: ImmutableString,
    en: ImmutableString,
) -> Res<Verdict> {
    if !scope.of.table.present {
        return Ok(table_missing(&scope));
    }
    if scope.chosen.is_empty() {
        let none_zh = format!("数据表“{}”中没有可评价的行", scope.of.table.decl.zh);
        let none_en = format!("table `{}` has no row to judge", scope.of.table.decl.id);
        let doubt = scope.doubt.clone();
        return absent(Dynamic::from(scope), none_zh.into(), none_en.into()).map(|one| one.resting_on(doubt));
    }
    let wrong = spots(&faults)?;
    if wrong.is_empty() {
        return met(Dynamic::from(scope));
    }
    Ok(verdict(Outcome::Unmet, wrong, &zh, &en).resting_on(doubt_of(&faults)))
}

/// The decision, but unknown where a table it rests on is missing.
pub(super) fn based_on(tables: Array, verdict: Verdict) -> Res<Verdict> {
    let tables: Option<Vec<Rows>> = tables.into_iter().map(Dynamic::try_cast).collect();
    let tables = tables.ok_or_else(|| {
        fault::raise(
            Text::new("based_on 的第一个参数是数据表的列表", "based_on takes a list of tables first"),
            Text::default(),
        )
    })?;
    Ok(tables.iter().find(|rows| !rows.of.table.present).map_or(verdict, table_missing))
}

/// The decision with what to do in this very case, in place of the general remedy.
pub(super) fn advise(verdict: Verdict, zh: ImmutableString, en: ImmutableString) -> Verdict {
    Verdict { help: Text::new(zh.as_str(), en.as_str()), ..verdict }
}

/// Several checks of one requirement: the first kind of failure decides, all of that kind are told.
pub(super) fn all_of(parts: Array) -> Res<Verdict> {
    let parts: Option<Vec<Verdict>> = parts.into_iter().map(Dynamic::try_cast).collect();
    let parts = parts.ok_or_else(|| {
        fault::raise(
            Text::new("all_of 只接受结论的列表", "all_of takes a list of decisions"),
            Text::default(),
        )
    })?;
    Ok(combine(parts))
}

fn combine(parts: Vec<Verdict>) -> Verdict {
    let all_absent = !parts.is_empty() && parts.iter().all(|part| part.outcome == Outcome::Absent);
    let fails = |part: &Verdict| matches!(part.outcome, Outcome::Unmet | Outcome::Absent);
    let (outcome, told): (_, Vec<Verdict>) = if all_absent {
        (Outcome::Absent, parts)
    } else if parts.iter().any(fails) {
        (Outcome::Unmet, parts.into_iter().filter(fails).collect())
    } else if parts.iter().any(|part| part.outcome == Outcome::Unknown) {
        (Outcome::Unknown, parts.into_iter().filter(|part| part.outcome == Outcome::Unknown).collect())
    } else {
        (Outcome::Met, parts)
    };
    let join = |pick: fn(&Text) -> &str, sign: &str| {
        let mut said: Vec<&str> =
            told.iter().map(|part| pick(&part.reason)).filter(|text| !text.is_empty()).collect();
        said.dedup();
        said.join(sign)
    };
    let reason = Text::new(join(|text| &text.zh, "；"), join(|text| &text.en, "; "));
    let help = told.iter().map(|part| &part.help).find(|help| !help.is_empty()).cloned().unwrap_or_default();
    let doubt =
        told.iter().map(|part| part.doubt.clone()).reduce(Certainty::or).unwrap_or(Certainty::FromAnything);
    let spots = told.into_iter().map(|part| part.spots).collect();
    Verdict { outcome, measure: None, reason, help, spots, doubt }
}

pub(super) fn outcome_name(verdict: &mut Verdict) -> ImmutableString {
    outcome_word(verdict.outcome).into()
}

/// The word rules and rule tests use for an outcome.
pub(super) fn outcome_word(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Met => "met",
        Outcome::Unmet => "unmet",
        Outcome::Absent => "absent",
        Outcome::Unknown => "unknown",
        Outcome::NotApplicable => "not-applicable",
    }
}
