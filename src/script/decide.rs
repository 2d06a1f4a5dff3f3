//! How a rule says what it decided: an outcome, a reason in both languages, and the places it rests on.

use std::collections::HashSet;
use std::sync::Arc;

use rhai::{Array, Dynamic, ImmutableString};

use super::doubt::{self, Doubt, Lacking, Reason};
use super::fault;
use super::maybe::Maybe;
use super::natives;
use super::rows::{Res, Row, Rows};
use super::spots::Spots;
use super::suspicion;
use super::unclear::{self, Cause};
use super::values;
use crate::model::outcome::{Measure, Outcome};
use crate::model::text::Text;

/// Cells of some rows.
#[derive(Clone, Debug)]
pub(super) struct Cells {
    spots: Spots,
    /// Those that may be among them.
    maybe: Maybe,
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
    /// Sentences of the reason that are the program's own.
    pub(super) host: Vec<Text>,
    /// By a rule of plausibility: it puts the whole submission in doubt by itself.
    pub(super) grave: bool,
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
    pub(super) fn or(self, other: Self) -> Self {
        match (self, other) {
            (Self::FromRows(one), Self::FromRows(other)) => Self::FromRows(doubt::either(&one, &other)),
            _ => Self::FromAnything,
        }
    }
}

pub(super) fn cells_of_rows(rows: &mut Rows, name: ImmutableString) -> Res<Cells> {
    let mark = doubt::mark();
    let column = Some(rows.column(&name)?);
    let doubt = doubt::either(&rows.doubt, &doubt::since(mark));
    Ok(Cells { spots: Spots::of_rows(rows, column), maybe: rows.maybe.clone(), doubt })
}

pub(super) fn cell_of_row(row: &mut Row, name: ImmutableString) -> Res<Cells> {
    let column = Some(row.column(&name)?);
    Ok(Cells { spots: Spots::of_row(row, column), maybe: Maybe::default(), doubt: None })
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

/// The missing column by which places were chosen, or what leaves them open.
fn doubt_of(value: &Dynamic) -> Doubt {
    if let Some(rows) = value.read_lock::<Rows>() {
        return rows.doubt.clone();
    }
    if let Some(cells) = value.read_lock::<Cells>() {
        return cells.doubt.clone();
    }
    let either = |known: Doubt, one: &Dynamic| doubt::either(&known, &doubt_of(one));
    value.as_array_ref().ok().and_then(|list| list.iter().fold(None, either))
}

/// The cells that would tell of places which may be among these.
fn open_places(value: &Dynamic) -> Vec<Cause> {
    if let Some(rows) = value.read_lock::<Rows>() {
        return rows.maybe.causes().cloned().collect();
    }
    if let Some(cells) = value.read_lock::<Cells>() {
        return cells.maybe.causes().cloned().collect();
    }
    value.as_array_ref().map_or_else(|_| Vec::new(), |list| list.iter().flat_map(open_places).collect())
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

/// Made from whatever the rule has looked at: unknown where some of that was not understood.
fn stated(outcome: Outcome, spots: Spots, zh: &str, en: &str) -> Verdict {
    let causes = doubt::unclear();
    if causes.is_empty() { verdict(outcome, spots, zh, en) } else { not_understood(causes) }
}

/// Unknown, because of cells that were not understood.
fn not_understood(causes: Vec<Cause>) -> Verdict {
    let mut known = HashSet::new();
    let place = |cause: &Cause| (Arc::as_ptr(&cause.of), cause.row, cause.column);
    let causes: Vec<Cause> = causes.into_iter().filter(|cause| known.insert(place(cause))).collect();
    let reason = unclear::reason(&causes);
    let spots = causes.iter().map(Spots::of_cell).collect();
    let doubt = Certainty::FromRows(Some(Arc::new(Reason::Cells(causes))));
    Verdict { reason, doubt, ..verdict(Outcome::Unknown, spots, "", "") }
}

fn verdict(outcome: Outcome, spots: Spots, zh: &str, en: &str) -> Verdict {
    let (reason, doubt) = (Text::new(zh, en), Certainty::FromAnything);
    Verdict {
        outcome,
        measure: None,
        reason,
        help: Text::default(),
        spots,
        doubt,
        host: Vec::new(),
        grave: false,
    }
}

impl Verdict {
    /// The decision with a reason that the program has worded.
    fn by_host(self) -> Self {
        Self { host: vec![self.reason.clone()], ..self }
    }

    /// The decision, made from these rows alone.
    fn resting_on(self, doubt: Doubt) -> Self {
        Self { doubt: Certainty::FromRows(doubt), ..self }
    }

    /// Whether it takes points away, or measures what might.
    pub(super) fn is_against(&self) -> bool {
        self.measure.is_some() || matches!(self.outcome, Outcome::Unmet | Outcome::Absent)
    }

    /// Whether it gives points, or measures what might.
    pub(super) fn is_in_favour(&self) -> bool {
        self.measure.is_some() || self.outcome == Outcome::Met
    }

    /// Unknown for this reason, which the program has worded; places are those that would tell.
    pub(super) fn left_open(self, reason: Text, spots: Spots) -> Self {
        let unknown = Self { outcome: Outcome::Unknown, measure: None, reason, spots, ..self };
        Self { help: Text::default(), ..unknown }.by_host()
    }

    /// Whether it is unknown because of cells that were not understood.
    pub(super) fn is_not_understood(&self) -> bool {
        let cells = match &self.doubt {
            Certainty::FromRows(doubt) => doubt::cells(doubt),
            Certainty::FromAnything => &[],
        };
        self.outcome == Outcome::Unknown && !cells.is_empty()
    }

    /// The decision, but unknown where it is against the organization and rests on a missing column.
    pub(super) fn beyond_doubt(self) -> Self {
        let doubt = match &self.doubt {
            Certainty::FromRows(doubt) => doubt.clone(),
            Certainty::FromAnything => doubt::missing(),
        };
        match doubt.as_deref() {
            Some(Reason::Cells(causes)) if self.outcome != Outcome::Unknown => not_understood(causes.clone()),
            Some(Reason::Lacking(lacking)) if self.is_against() => data_cannot_tell(lacking),
            _ => self,
        }
    }

    /// The decision, on which nothing has a bearing that is noted later.
    pub(super) fn settled(self) -> Self {
        match self.doubt {
            Certainty::FromRows(_) => self,
            Certainty::FromAnything => self.resting_on(None),
        }
    }
}

// ---- constructors --------------------------------------------------------------------------------------------

pub(super) fn met(place: Dynamic) -> Res<Verdict> {
    met_because(place, ImmutableString::new(), ImmutableString::new())
}

pub(super) fn met_because(place: Dynamic, zh: ImmutableString, en: ImmutableString) -> Res<Verdict> {
    Ok(suspicion::weighed(stated(Outcome::Met, spots(&place)?, &zh, &en)))
}

pub(super) fn unmet(place: Dynamic, zh: ImmutableString, en: ImmutableString) -> Res<Verdict> {
    Ok(stated(Outcome::Unmet, spots_or_table(&place)?, &zh, &en))
}

pub(super) fn absent(place: Dynamic, zh: ImmutableString, en: ImmutableString) -> Res<Verdict> {
    Ok(stated(Outcome::Absent, spots_or_table(&place)?, &zh, &en))
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
    let reached = stated(Outcome::Met, spots_or_table(&place)?, &zh, &en);
    let measure = Some(measure).filter(|_| reached.outcome == Outcome::Met);
    Ok(suspicion::weighed(Verdict { measure, ..reached }))
}

// ---- the usual shapes of a requirement -----------------------------------------------------------------------

/// Unknown, because a column is missing or a source was not read.
fn data_cannot_tell(lacking: &Lacking) -> Verdict {
    let unknown = verdict(Outcome::Unknown, Spots::default(), "", "");
    Verdict { reason: lacking.told.clone(), host: vec![lacking.own.clone()], ..unknown }
}

fn table_missing(rows: &Rows) -> Verdict {
    if let Some(Reason::Lacking(lacking)) = rows.of.unread.as_deref() {
        return data_cannot_tell(lacking);
    }
    let decl = &rows.of.table.decl;
    let zh = format!("未报送{}，需现场核实", decl.zh);
    let en = format!("the submission has no table `{}`: to be seen on site", decl.id);
    verdict(Outcome::Unknown, Spots::default(), &zh, &en).by_host()
}

/// At least one such row: met with them as evidence; absent without; unknown without the table, and where only rows
/// that may be such are there.
pub(super) fn require(rows: Rows, zh: ImmutableString, en: ImmutableString) -> Verdict {
    if !rows.of.table.present {
        return table_missing(&rows);
    }
    if rows.chosen.is_empty() && !rows.maybe.is_empty() {
        return not_understood(rows.maybe.causes().cloned().collect());
    }
    let decided = if rows.chosen.is_empty() {
        verdict(Outcome::Absent, Spots::of_table(&rows.of), &zh, &en)
    } else {
        suspicion::weighed(verdict(Outcome::Met, Spots::of_rows(&rows, None), "", ""))
    };
    decided.resting_on(rows.doubt)
}

/// None of `scope` is at fault: unmet at `faults`; absent where there is nothing to judge; unknown where only rows that
/// may be at fault, or may be of the scope, are there.
pub(super) fn require_none(
    scope: Rows,
    faults: Dynamic,
    zh: ImmutableString,
    en: ImmutableString,
) -> Res<Verdict> {
    if !scope.of.table.present {
        return Ok(table_missing(&scope));
    }
    let (wrong, open) = (spots(&faults)?, open_places(&faults));
    if scope.chosen.is_empty() {
        let may: Vec<Cause> = scope.maybe.causes().cloned().chain(open).collect();
        return Ok(if may.is_empty() { nothing_to_judge(scope) } else { not_understood(may) });
    }
    if wrong.is_empty() && !open.is_empty() {
        return Ok(not_understood(open));
    }
    if wrong.is_empty() {
        let cells = Some(doubt_of(&faults)).filter(|doubt| !doubt::cells(doubt).is_empty());
        let sound = verdict(Outcome::Met, Spots::of_rows(&scope, None), "", "");
        return Ok(suspicion::weighed_over(&scope, sound.resting_on(cells.flatten())));
    }
    Ok(verdict(Outcome::Unmet, wrong, &zh, &en).resting_on(doubt_of(&faults)))
}

/// The table has no row, or none that the requirement is about.
fn nothing_to_judge(scope: Rows) -> Verdict {
    let decl = &scope.of.table.decl;
    let (zh, en) = if scope.of.table.is_empty() {
        (format!("“{}”没有填写记录", decl.zh), format!("table `{}` has no row to judge", decl.id))
    } else {
        (
            format!("“{}”中没有所要评价的记录", decl.zh),
            format!("none of the rows of table `{}` is to be judged here", decl.id),
        )
    };
    verdict(Outcome::Absent, Spots::of_table(&scope.of), &zh, &en).resting_on(scope.doubt)
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

/// The decision of a rule of plausibility; where it is against the organization, one that by itself puts the whole
/// submission in doubt.
pub(super) fn grave(verdict: Verdict) -> Verdict {
    Verdict { grave: true, ..verdict }
}

/// The decision, but unknown where it is in favour and rests on rows that are not to be believed: those of these tables.
pub(super) fn resting_on(evidence: Array, verdict: Verdict) -> Res<Verdict> {
    let proof: Spots = evidence.iter().map(spots).collect::<Res<Spots>>()?;
    let weighed = suspicion::weighed(Verdict { spots: proof, ..verdict.clone() });
    Ok(if weighed.outcome == verdict.outcome { verdict } else { weighed })
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
