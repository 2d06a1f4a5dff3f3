//! How a rule says what it decided: an outcome, a reason in both languages, and the places it rests on.

use rhai::{Array, Dynamic, ImmutableString};

use super::suspicion;
use crate::model::outcome::{Measure, Outcome};
use crate::model::text::Text;
use crate::script::error::{self, Res, sizes};
use crate::script::value::cell_refs::CellRefs;
use crate::script::value::decision::{
    Cells, RuleDecision, Weight, data_cannot_tell, new_decision, not_understood, outcome_word,
};
use crate::script::value::maybe::Maybe;
use crate::script::value::rows::{Row, Rows};
use crate::script::value::taint::{self, Doubt};
use crate::script::value::unclear::Cause;
use crate::script::value::{cells, kinds};

pub(crate) fn cells_of_rows(rows: &mut Rows, name: ImmutableString) -> Res<Cells> {
    let mark = taint::mark();
    let column = Some(rows.column(&name)?);
    let doubt = taint::either(&rows.doubt, &taint::since(&mark));
    Ok(Cells { cells: CellRefs::of_rows(rows, column), maybe: rows.maybe.clone(), doubt })
}

pub(crate) fn cell_of_row(row: &mut Row, name: ImmutableString) -> Res<Cells> {
    let column = Some(row.column(&name)?);
    Ok(Cells { cells: CellRefs::of_row(row, column), maybe: Maybe::default(), doubt: None })
}

/// Places meant by rows, a row, cells, or a list of these; no rows mean no places.
fn cell_refs(value: &Dynamic) -> Res<CellRefs> {
    if let Some(rows) = value.read_lock::<Rows>() {
        return Ok(CellRefs::of_rows(&rows, None));
    }
    if let Some(row) = value.read_lock::<Row>() {
        return Ok(CellRefs::of_row(&row, None));
    }
    if let Some(cells) = value.read_lock::<Cells>() {
        return Ok(cells.cells.clone());
    }
    if let Ok(list) = value.as_array_ref() {
        return list.iter().map(cell_refs).collect();
    }
    if value.is_unit() { Ok(CellRefs::default()) } else { Err(no_place(value)) }
}

/// The missing column by which places were chosen, or what leaves them open.
fn doubt_of(value: &Dynamic) -> Doubt {
    if let Some(rows) = value.read_lock::<Rows>() {
        return rows.doubt.clone();
    }
    if let Some(cells) = value.read_lock::<Cells>() {
        return cells.doubt.clone();
    }
    let either = |known: Doubt, one: &Dynamic| taint::either(&known, &doubt_of(one));
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
    let kind = kinds::kind_of(value);
    error::raise(
        Text::new(
            format!("位置应是行或单元格，却是{}", kind.zh),
            format!("a place must be rows or cells, this is {}", kind.en),
        ),
        Text::new("例如 t.grids 或 rows.at(\"holder\")", "for example t.grids or rows.at(\"holder\")"),
    )
}

/// The table itself, where a selection is empty.
fn spots_or_table(value: &Dynamic) -> Res<CellRefs> {
    let found = cell_refs(value)?;
    match value.read_lock::<Rows>() {
        Some(rows) if found.is_empty() => Ok(CellRefs::of_table(&rows.of)),
        _ => Ok(found),
    }
}

/// Made from whatever the rule has looked at: unknown where some of that was not understood.
fn stated(outcome: Outcome, cells: CellRefs, zh: &str, en: &str) -> RuleDecision {
    let causes = taint::unclear();
    if causes.is_empty() { new_decision(outcome, cells, zh, en) } else { not_understood(causes) }
}

// ---- constructors --------------------------------------------------------------------------------------------

pub(crate) fn met(place: Dynamic) -> Res<RuleDecision> {
    met_because(place, ImmutableString::new(), ImmutableString::new())
}

pub(crate) fn met_because(place: Dynamic, zh: ImmutableString, en: ImmutableString) -> Res<RuleDecision> {
    Ok(suspicion::weighed(stated(Outcome::Met, cell_refs(&place)?, &zh, &en)))
}

pub(crate) fn unmet(place: Dynamic, zh: ImmutableString, en: ImmutableString) -> Res<RuleDecision> {
    Ok(stated(Outcome::Unmet, spots_or_table(&place)?, &zh, &en))
}

pub(crate) fn absent(place: Dynamic, zh: ImmutableString, en: ImmutableString) -> Res<RuleDecision> {
    Ok(stated(Outcome::Absent, spots_or_table(&place)?, &zh, &en))
}

pub(crate) fn unknown(zh: ImmutableString, en: ImmutableString) -> RuleDecision {
    new_decision(Outcome::Unknown, CellRefs::default(), &zh, &en)
}

/// A value that bands or counts turn into points; the catalog decides the outcome.
pub(crate) fn measured(
    value: Dynamic,
    place: Dynamic,
    zh: ImmutableString,
    en: ImmutableString,
) -> Res<RuleDecision> {
    let measure = match cells::number(&value) {
        Some(number) => Measure::Number(number),
        None => Measure::Level(sizes::brief(&value)),
    };
    let reached = stated(Outcome::Met, spots_or_table(&place)?, &zh, &en);
    let measure = Some(measure).filter(|_| reached.outcome == Outcome::Met);
    Ok(suspicion::weighed(RuleDecision { measure, ..reached }))
}

// ---- the usual shapes of a requirement -----------------------------------------------------------------------

fn table_missing(rows: &Rows) -> RuleDecision {
    if let Some(lacking) = &rows.of.unread {
        return data_cannot_tell(lacking);
    }
    let decl = &rows.of.table.decl;
    let zh = format!("未报送{}，需现场核实", decl.zh);
    let en = format!("the submission has no table `{}`: to be seen on site", decl.id);
    new_decision(Outcome::Unknown, CellRefs::default(), &zh, &en).by_host()
}

/// At least one such row: met with them as evidence; absent without; unknown without the table, and where only rows
/// that may be such are there.
pub(crate) fn require(rows: Rows, zh: ImmutableString, en: ImmutableString) -> RuleDecision {
    if !rows.of.table.present {
        return table_missing(&rows);
    }
    if rows.chosen.is_empty() && !rows.maybe.is_empty() {
        return not_understood(rows.maybe.causes().cloned().collect());
    }
    let decided = if rows.chosen.is_empty() {
        new_decision(Outcome::Absent, CellRefs::of_table(&rows.of), &zh, &en)
    } else {
        suspicion::weighed(new_decision(Outcome::Met, CellRefs::of_rows(&rows, None), "", ""))
    };
    decided.resting_on(rows.doubt)
}

/// None of `scope` is at fault: unmet at `faults`; absent where there is nothing to judge; unknown where only rows that
/// may be at fault, or may be of the scope, are there.
pub(crate) fn require_none(
    scope: Rows,
    faults: Dynamic,
    zh: ImmutableString,
    en: ImmutableString,
) -> Res<RuleDecision> {
    if !scope.of.table.present {
        return Ok(table_missing(&scope));
    }
    let (wrong, open) = (cell_refs(&faults)?, open_places(&faults));
    if scope.chosen.is_empty() {
        let may: Vec<Cause> = scope.maybe.causes().cloned().chain(open).collect();
        return Ok(if may.is_empty() { nothing_to_judge(scope) } else { not_understood(may) });
    }
    if wrong.is_empty() && !open.is_empty() {
        return Ok(not_understood(open));
    }
    if wrong.is_empty() {
        let doubt = taint::either(&doubt_of(&faults), &scope.doubt);
        let cells = Some(doubt).filter(|doubt| !taint::cells(doubt).is_empty());
        let sound = new_decision(Outcome::Met, CellRefs::of_rows(&scope, None), "", "");
        return Ok(suspicion::weighed_over(&scope, sound.resting_on(cells.flatten())));
    }
    Ok(new_decision(Outcome::Unmet, wrong, &zh, &en).resting_on(doubt_of(&faults)))
}

/// The table has no row, or none that the requirement is about.
fn nothing_to_judge(scope: Rows) -> RuleDecision {
    let decl = &scope.of.table.decl;
    let (zh, en) = if scope.of.table.is_empty() {
        (format!("“{}”没有填写记录", decl.zh), format!("table `{}` has no row to judge", decl.id))
    } else {
        (
            format!("“{}”中没有所要评价的记录", decl.zh),
            format!("none of the rows of table `{}` is to be judged here", decl.id),
        )
    };
    new_decision(Outcome::Absent, CellRefs::of_table(&scope.of), &zh, &en).resting_on(scope.doubt)
}

/// The decision, but unknown where a table it rests on is missing.
pub(crate) fn based_on(tables: Array, decision: RuleDecision) -> Res<RuleDecision> {
    let tables: Option<Vec<Rows>> = tables.into_iter().map(Dynamic::try_cast).collect();
    let tables = tables.ok_or_else(|| {
        error::raise(
            Text::new("based_on 的第一个参数是数据表的列表", "based_on takes a list of tables first"),
            Text::default(),
        )
    })?;
    Ok(tables.iter().find(|rows| !rows.of.table.present).map_or(decision, table_missing))
}

/// The decision with what to do in this very case, in place of the general remedy.
pub(crate) fn advise(decision: RuleDecision, zh: ImmutableString, en: ImmutableString) -> RuleDecision {
    RuleDecision { help: Text::new(zh.as_str(), en.as_str()), ..decision }
}

/// The decision of a rule of plausibility; where it is against the organization, one that by itself puts the whole
/// submission in doubt.
pub(crate) fn grave(decision: RuleDecision) -> RuleDecision {
    RuleDecision { weight: Weight::Grave, ..decision }
}

/// The decision of a rule of plausibility on what honest offices have too.
pub(crate) fn minor(decision: RuleDecision) -> RuleDecision {
    RuleDecision { weight: Weight::Minor, ..decision }
}

/// The decision, but unknown where it is in favour and rests on rows that are not to be believed: those of these tables.
pub(crate) fn resting_on(evidence: Array, decision: RuleDecision) -> Res<RuleDecision> {
    let proof: CellRefs = evidence.iter().map(cell_refs).collect::<Res<CellRefs>>()?;
    let weighed = suspicion::weighed(RuleDecision { cells: proof, ..decision.clone() });
    Ok(if weighed.outcome == decision.outcome { decision } else { weighed })
}

pub(crate) fn outcome_name(decision: &mut RuleDecision) -> ImmutableString {
    outcome_word(decision.outcome).into()
}
