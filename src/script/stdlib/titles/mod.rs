//! Which titles of standards suit a subject: sure, likely, or of another trade.
//!
//! A title is read against the lexicon of the packs; no words are cut out of it. A subject is a list of keywords.

mod keywords;
mod kinship;
#[cfg(test)]
mod tests;
mod title;

use std::sync::Arc;

use rhai::{Array, Dynamic, ImmutableString, Map};

use super::spread;
use crate::script::error::Res;
use crate::script::value::maybe::open;
use crate::script::value::memo::Memo;
use crate::script::value::reference::title_dictionary::{Dictionary, bare};
use crate::script::value::rows::Rows;
use crate::script::value::rule_context::Tables;
use crate::script::value::settle::Sorted;
use crate::script::value::{column_codes, taint};
use keywords::{Fit, Reading, Wanted};
use title::Title;

/// Words named of those that stand in the way.
const NAMED: usize = 3;

thread_local! {
    static TITLES: Memo<Dictionary, Title> = Memo::default();
    static WANTED: Memo<Dictionary, Wanted> = Memo::default();
}

fn title(dictionary: &Arc<Dictionary>, text: &str) -> Arc<Title> {
    TITLES.with(|memo| memo.get(dictionary, text, || Title::read(dictionary, text)))
}

fn wanted(dictionary: &Arc<Dictionary>, keywords: &Array) -> Arc<Wanted> {
    let words: Vec<ImmutableString> =
        keywords.iter().filter_map(|one| one.clone().into_immutable_string().ok()).collect();
    let written = words.iter().map(ImmutableString::as_str);
    let key = written.clone().collect::<Vec<_>>().join("\n");
    WANTED.with(|memo| memo.get(dictionary, &key, || Wanted::new(dictionary, written.clone())))
}

/// The title of a row.
fn of_row(tables: &Tables, rows: &Rows, column: usize, at: u32) -> Arc<Title> {
    title(&tables.around.titles, &rows.of.table.display(at as usize, column))
}

/// Rows whose title is that of a paper which is no standard: a draft, a notice, a plan.
pub(crate) fn papers(tables: &mut Tables, rows: Rows, name: ImmutableString) -> Res<Rows> {
    by_title(tables, &rows, &name, |title| title.paper)
}

/// Rows whose title has a word of another trade that the keywords do not ask for.
pub(crate) fn foreign(tables: &mut Tables, rows: Rows, name: ImmutableString, keywords: Array) -> Res<Rows> {
    let wanted = wanted(&tables.around.titles, &keywords);
    by_title(tables, &rows, &name, |title| wanted.is_of_another_trade(title))
}

/// Rows whose title has no word of any subject that the lexicon knows, whatever trade it says it is of.
pub(crate) fn aimless(tables: &mut Tables, rows: Rows, name: ImmutableString) -> Res<Rows> {
    by_title(tables, &rows, &name, |title| title.groups.is_empty())
}

fn by_title(tables: &Tables, rows: &Rows, name: &str, holds: impl Fn(&Title) -> bool) -> Res<Rows> {
    Rows::choosing(|| {
        let column = rows.column(name)?;
        let pick = |rows: &Rows| {
            Ok(rows.choose(rows.chosen.iter().filter(|at| holds(&of_row(tables, rows, column, *at)))))
        };
        rows.settled(&[column], pick, open)
    })
}

/// Rows whose title suits the keywords: `.sure` and `.likely`; `.others`, words of the latter that speak of something
/// else. `own` are those of the organization itself; `most` is how many subjects one title may list.
pub(crate) fn titled(
    tables: &mut Tables,
    rows: Rows,
    name: ImmutableString,
    keywords: Array,
    own: Rows,
    most: i64,
) -> Res<Map> {
    let mark = taint::mark();
    let column = rows.column(&name)?;
    let (mut sure, mut likely, mut others) = (Sorted::default(), Sorted::default(), Vec::<String>::new());
    let wanted = wanted(&tables.around.titles, &keywords);
    let most = usize::try_from(most).unwrap_or_default();
    let organization = organization(tables);
    for (at, cause) in rows.candidates() {
        let title = of_row(tables, &rows, column, at);
        let reading = Reading { dictionary: &tables.around.titles, title: &title, most, name: &organization };
        match wanted.fit(&reading, own.chosen.contains(at)) {
            Fit::None => {}
            Fit::Sure => sure.put(at, cause),
            Fit::Likely(words) => {
                likely.put(at, cause);
                others.extend(words.into_iter().take(NAMED.saturating_sub(others.len())));
            }
        }
    }
    let rows = Rows { doubt: taint::either(&rows.doubt, &taint::since(&mark)), ..rows };
    Ok(Map::from_iter([
        ("sure".into(), Dynamic::from(sure.rows(&rows))),
        ("likely".into(), Dynamic::from(likely.rows(&rows))),
        ("others".into(), others.into_iter().map(Dynamic::from).collect::<Array>().into()),
    ]))
}

/// Rows whose title has at least one word of what the keywords are about: enough for a claim to be taken at its word.
pub(crate) fn related(tables: &mut Tables, rows: Rows, name: ImmutableString, keywords: Array) -> Res<Rows> {
    let wanted = wanted(&tables.around.titles, &keywords);
    by_title(tables, &rows, &name, |title| wanted.is_touched_by(title))
}

/// Rows in whose two columns stand titles without a word in common; `.compared` is how many have words in both. The
/// words `vague` say nothing in the name of a file. Missing columns and empty cells leave nothing to compare, and nothing
/// in doubt.
pub(crate) fn unlike(
    tables: &mut Tables,
    rows: Rows,
    one: ImmutableString,
    other: ImmutableString,
    vague: Array,
) -> Res<Map> {
    let vague: Vec<ImmutableString> =
        vague.into_iter().filter_map(|word| word.into_immutable_string().ok()).collect();
    let columns = spread::declared(&rows, &one)?.zip(spread::declared(&rows, &other)?);
    let (mut unlike, mut compared) = (Vec::new(), 0_i64);
    for at in rows.chosen.iter() {
        let Some((one, other)) = columns else { break };
        let of = |column: usize| {
            let text = rows.of.table.display(at as usize, column);
            title(&tables.around.titles, &kinship::stem(&text, &vague))
        };
        if let Some(alike) = kinship::alike(&tables.around.titles, &of(one), &of(other)) {
            compared = compared.saturating_add(1);
            unlike.extend((!alike).then_some(at));
        }
    }
    let unlike = spread::sure(&rows, unlike.into_iter().collect());
    Ok(Map::from_iter([("rows".into(), Dynamic::from(unlike)), ("compared".into(), compared.into())]))
}

/// Rows whose title has a word in common with the kind entered, as the kind is declared; those of no kind or another too.
pub(crate) fn fitting(
    tables: &mut Tables,
    rows: Rows,
    kind: ImmutableString,
    name: ImmutableString,
) -> Res<Rows> {
    let _ = tables;
    Rows::choosing(|| {
        let (kind, column) = (rows.column(&kind)?, rows.column(&name)?);
        let values = rows.of.table.decl.columns.get(kind).map(|decl| &decl.values);
        let fits = |rows: &Rows, at: u32| {
            let id = column_codes::key(&rows.of.table, at as usize, kind);
            let words = values.and_then(|values| values.get(&id)).filter(|_| id != kinship::OTHER);
            words.is_none_or(|words| kinship::fits(words, &rows.of.table.display(at as usize, column)))
        };
        let pick = |rows: &Rows| Ok(rows.choose(rows.chosen.iter().filter(|at| fits(rows, *at))));
        rows.settled(&[kind, column], pick, open)
    })
}

/// The name of the organization, folded as titles are; empty where there is none.
fn organization(tables: &Tables) -> String {
    let table = tables.loaded.table("organization").map(|of| Arc::clone(&of.table));
    let name = table.and_then(|table| {
        let column = table.decl.position("name")?;
        (!table.is_empty()).then(|| table.display(0, column))
    });
    name.map(|name| bare(&name)).unwrap_or_default()
}
