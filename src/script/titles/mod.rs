//! Which titles of standards suit a subject: sure, likely, or of another trade.
//!
//! A title is read against the lexicon of the packs; no words are cut out of it. A subject is a list of keywords.

mod dictionary;
mod keywords;
mod kinship;
#[cfg(test)]
mod tests;
mod title;

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;

use ahash::RandomState;
use rhai::{Array, Dynamic, ImmutableString, Map};

pub(super) use self::dictionary::Dictionary;
use self::keywords::{Fit, Reading, Wanted};
use self::title::Title;
use super::context::Tables;
use super::loaded;
use super::rows::{Res, Rows};
use super::spread;
use crate::model::meter;

/// Titles and lists of keywords kept on each thread; then it forgets all.
const MOST: usize = 4_096;
/// Words named of those that stand in the way.
const NAMED: usize = 3;

/// What was made of texts under one dictionary.
struct Kept<T> {
    under: Arc<Dictionary>,
    made: HashMap<Box<str>, Arc<T>, RandomState>,
}

thread_local! {
    static TITLES: RefCell<Option<Kept<Title>>> = const { RefCell::new(None) };
    static WANTED: RefCell<Option<Kept<Wanted>>> = const { RefCell::new(None) };
}

impl<T> Kept<T> {
    /// What is made of the text, made at most once as long as the dictionary is the same.
    fn get(
        slot: &RefCell<Option<Self>>,
        under: &Arc<Dictionary>,
        text: &str,
        make: impl Fn() -> T,
    ) -> Arc<T> {
        let mut slot = slot.borrow_mut();
        let same = slot.take().filter(|kept| Arc::ptr_eq(&kept.under, under) && kept.made.len() < MOST);
        let kept =
            slot.insert(same.unwrap_or_else(|| Self { under: Arc::clone(under), made: HashMap::default() }));
        if let Some(known) = kept.made.get(text) {
            return Arc::clone(known);
        }
        let fresh = Arc::new(make());
        kept.made.insert(text.into(), Arc::clone(&fresh));
        fresh
    }
}

fn title(dictionary: &Arc<Dictionary>, text: &str) -> Arc<Title> {
    let read = || TITLES.with(|kept| Kept::get(kept, dictionary, text, || Title::read(dictionary, text)));
    // Kept beyond the rule that asked first.
    meter::apart(read, |_| 0)
}

fn wanted(dictionary: &Arc<Dictionary>, keywords: &Array) -> Arc<Wanted> {
    let words: Vec<ImmutableString> =
        keywords.iter().filter_map(|one| one.clone().into_immutable_string().ok()).collect();
    let written = words.iter().map(ImmutableString::as_str);
    let key = written.clone().collect::<Vec<_>>().join("\n");
    let ready =
        || WANTED.with(|kept| Kept::get(kept, dictionary, &key, || Wanted::new(dictionary, written.clone())));
    meter::apart(ready, |_| 0)
}

/// The title of a row.
fn of_row(tables: &Tables, rows: &Rows, column: usize, at: u32) -> Arc<Title> {
    title(&tables.around.titles, &rows.of.table.display(at as usize, column))
}

/// Rows whose title is that of a paper which is no standard: a draft, a notice, a plan.
pub(super) fn papers(tables: &mut Tables, rows: Rows, name: ImmutableString) -> Res<Rows> {
    Rows::choosing(|| {
        let column = rows.column(&name)?;
        Ok(rows.choose(rows.chosen.iter().filter(|at| of_row(tables, &rows, column, *at).paper)))
    })
}

/// Rows whose title suits the keywords: `.sure` and `.likely`; `.others`, words of the latter that speak of something
/// else. `own` are those of the organization itself; `most` is how many subjects one title may list.
pub(super) fn titled(
    tables: &mut Tables,
    rows: Rows,
    name: ImmutableString,
    keywords: Array,
    own: Rows,
    most: i64,
) -> Res<Map> {
    let (mut sure, mut likely, mut others) = (Vec::new(), Vec::new(), Vec::<String>::new());
    let wanted = wanted(&tables.around.titles, &keywords);
    let most = usize::try_from(most).unwrap_or_default();
    let organization = organization(tables);
    let column = rows.column(&name)?;
    for at in rows.chosen.iter() {
        let title = of_row(tables, &rows, column, at);
        let reading = Reading { dictionary: &tables.around.titles, title: &title, most, name: &organization };
        match wanted.fit(&reading, own.chosen.contains(at)) {
            Fit::None => {}
            Fit::Sure => sure.push(at),
            Fit::Likely(words) => {
                likely.push(at);
                others.extend(words.into_iter().take(NAMED.saturating_sub(others.len())));
            }
        }
    }
    let chosen = |found: Vec<u32>| Rows::choosing(|| Ok(rows.choose(found.into_iter())));
    Ok(Map::from_iter([
        ("sure".into(), Dynamic::from(chosen(sure)?)),
        ("likely".into(), Dynamic::from(chosen(likely)?)),
        ("others".into(), others.into_iter().map(Dynamic::from).collect::<Array>().into()),
    ]))
}

/// Rows whose title has a word of another trade that the keywords do not ask for.
pub(super) fn foreign(tables: &mut Tables, rows: Rows, name: ImmutableString, keywords: Array) -> Res<Rows> {
    let wanted = wanted(&tables.around.titles, &keywords);
    Rows::choosing(|| {
        let column = rows.column(&name)?;
        let speaks = |at: &u32| wanted.is_of_another_trade(&of_row(tables, &rows, column, *at));
        Ok(rows.choose(rows.chosen.iter().filter(speaks)))
    })
}

/// Rows whose title has at least one word of what the keywords are about: enough for a claim to be taken at its word.
pub(super) fn related(tables: &mut Tables, rows: Rows, name: ImmutableString, keywords: Array) -> Res<Rows> {
    let wanted = wanted(&tables.around.titles, &keywords);
    Rows::choosing(|| {
        let column = rows.column(&name)?;
        let speaks = |at: &u32| wanted.is_touched_by(&of_row(tables, &rows, column, *at));
        Ok(rows.choose(rows.chosen.iter().filter(speaks)))
    })
}

/// Rows in whose two columns stand titles without a word in common; `.compared` is how many have words in both. The
/// words `vague` say nothing in the name of a file. Missing columns and empty cells leave nothing to compare, and nothing
/// in doubt.
pub(super) fn unlike(
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
pub(super) fn fitting(
    tables: &mut Tables,
    rows: Rows,
    kind: ImmutableString,
    name: ImmutableString,
) -> Res<Rows> {
    let _ = tables;
    Rows::choosing(|| {
        let (kind, column) = (rows.column(&kind)?, rows.column(&name)?);
        let Some(decl) = rows.of.table.decl.columns.get(kind) else { return Ok(rows.clone()) };
        let fits = |at: &u32| {
            let row = *at as usize;
            let id = loaded::key(&rows.of.table, row, kind);
            decl.values.get(&id).is_none_or(|words| {
                id == kinship::OTHER || kinship::fits(words, &rows.of.table.display(row, column))
            })
        };
        Ok(rows.choose(rows.chosen.iter().filter(fits)))
    })
}

/// The name of the organization, folded as titles are; empty where there is none.
fn organization(tables: &Tables) -> String {
    let table = tables.loaded.table("organization").map(|of| Arc::clone(&of.table));
    let name = table.and_then(|table| {
        let column = table.decl.position("name")?;
        (!table.is_empty()).then(|| table.display(0, column))
    });
    name.map(|name| dictionary::bare(&name)).unwrap_or_default()
}
