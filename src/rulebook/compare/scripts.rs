//! Files that change: rules, libraries, reference tables.

use std::collections::{BTreeMap, BTreeSet};

use super::super::book::Rulebook;
use super::parts::title;
use super::provenance::{Provenances, whole};
use super::things::Thing;
use crate::model::comparison::{Change, How, Section};
use crate::model::pack::OverrideKind;
use crate::model::text::Text;
use crate::model::text_diff::{self, LineChange};

/// What changes in the files of rules that are in both, in libraries and in reference tables.
pub(super) fn compare(old: &Rulebook, new: &Rulebook) -> Vec<Change> {
    let rules = new.homes.keys().filter_map(|id| rule(old, new, id));
    rules.chain(libraries(old, new)).chain(registries(old, new)).collect()
}

fn rule(old: &Rulebook, new: &Rulebook, id: &str) -> Option<Change> {
    let text = |book: &Rulebook| book.rule_files(id).into_iter().next().map(|(_, text)| text);
    let (before, after) = (text(old)?, text(new)?);
    if before == after {
        return None;
    }
    let pack = |book: &Rulebook| {
        book.homes.get(id).and_then(|(at, _)| book.layers.get(*at)).map(|pack| pack.info.id.clone())
    };
    let how = if pack(old) == pack(new) { How::Changed } else { How::Replaced };
    let provenances = Provenances::of(new);
    let stated = provenances.stated(OverrideKind::Replaced, id, "");
    Some(Change {
        how,
        lines: Some(text_diff::changes(&before, &after)),
        provenance: stated.or_else(|| provenances.home(Section::Rule, id)),
        ..Thing::named(Section::Rule, id, title(new, id)).change("script")
    })
}

fn libraries(old: &Rulebook, new: &Rulebook) -> Vec<Change> {
    let of = |book: &Rulebook| -> BTreeMap<String, (String, usize)> {
        let layers = book.layers.iter().enumerate();
        let files = layers.flat_map(|(at, pack)| {
            pack.below("lib", ".rhai").map(move |(path, text)| (path.clone(), (text.clone(), at)))
        });
        files.filter(|(path, _)| !path.ends_with(".test.rhai")).collect()
    };
    let (before, after) = (of(old), of(new));
    let paths: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let change = |path: &String| {
        let (was, now) = (before.get(path), after.get(path));
        let text = |file: Option<&(String, usize)>| file.map(|(text, _)| text.clone()).unwrap_or_default();
        let how = match (was, now) {
            (None, _) => How::Added,
            (_, None) => How::Removed,
            (Some((was, _)), Some((now, _))) if was == now => return None,
            _ => How::Changed,
        };
        let lines = Some(text_diff::changes(&text(was), &text(now)));
        let pack = now.and_then(|(_, at)| new.layers.get(*at));
        let provenance = pack.and_then(whole);
        Some(Change {
            how,
            lines,
            provenance,
            ..Thing::named(Section::Library, path, Text::default()).change("")
        })
    };
    paths.into_iter().filter_map(change).collect()
}

/// Reference tables are long: their lines are counted, not shown.
fn registries(old: &Rulebook, new: &Rulebook) -> Vec<Change> {
    let words = |book: &Rulebook| book.lexicon.iter().map(|(_, text)| text.as_str()).collect::<String>();
    let (before, now) = (words(old), words(new));
    let tables = [
        ("lexicon.toml", &before, &now, ("名称用词", "words of titles")),
        ("registry/standards.csv", &old.registry, &new.registry, ("标准登记库", "registry of standards")),
        ("registry/divisions.csv", &old.divisions, &new.divisions, ("区划代码", "division codes")),
    ];
    let changed = tables.into_iter().filter(|(_, before, after, _)| before != after);
    let change = |(path, before, after, (zh, en)): (&str, &String, &String, (&str, &str))| {
        let (was, now): (BTreeSet<&str>, BTreeSet<&str>) =
            (before.lines().collect(), after.lines().collect());
        let (added, removed) = (now.difference(&was).count(), was.difference(&now).count());
        let lines = Some(LineChange { added, removed, lines: Vec::new() });
        Change { lines, ..Thing::named(Section::Registry, path, Text::new(zh, en)).change("") }
    };
    changed.map(change).collect()
}
