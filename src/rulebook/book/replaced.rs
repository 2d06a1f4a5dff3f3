//! Files of a pack that take the place of files below it, and what becomes different by that: all of it is told, as
//! what `pack.toml` sets is.

use std::collections::{BTreeMap, BTreeSet};

use toml::de::DeTable;

use super::changes::{Changes, change_at, literal};
use super::files::TEST;
use super::libraries_of;
use crate::model::pack::{Override, OverrideKind};
use crate::model::text::Text;
use crate::rulebook::fault::PackFault;
use crate::rulebook::pack::{MANIFEST, Pack, built_in_id, has_extension, limit_exceeded};
use crate::rulebook::pack_error::PackError;
use crate::rulebook::place::Place;
use crate::rulebook::reader::{Outline, Value, get, plain};

/// Changes of all packs together.
const MOST_CHANGES: usize = 10_000;

/// Notes what the files of each pack replace in those below it; and where the lowest one stands in the place of the pack
/// that comes with the program, how it differs from that.
pub(super) fn note(packs: &[Pack], changes: &mut Changes) {
    if let Some(lowest) = packs.first().filter(|pack| !pack.built_in && pack.info.id == built_in_id()) {
        match Pack::built_in() {
            Ok(built_in) => instead(&built_in, lowest, &mut changes.made),
            Err(faults) => changes.faults.extend(faults),
        }
    }
    for (at, pack) in packs.iter().enumerate().skip(1) {
        let below = packs.get(..at).unwrap_or_default();
        for (path, text) in &pack.files {
            let lower = below.iter().rev().find_map(|lower| Some((lower, lower.file(path)?)));
            if let Some((lower, was)) = lower.filter(|(_, was)| is_single(path) && was != text) {
                replaced((lower, was), (pack, text), path, &mut changes.made);
            }
        }
        changes.made.extend(declared(below, pack));
        changes.faults.extend(twin_libraries(below, pack));
    }
    if let Some(pack) = packs.last().filter(|_| changes.made.len() > MOST_CHANGES) {
        changes.made.clear();
        let error = limit_exceeded("与下层规则包不同之处", "changes of the packs below", MOST_CHANGES);
        changes.faults.push(PackFault::at(&pack.manifest.place, error));
    }
}

/// Whether one file of this path is in force, that of the topmost pack. Rules go by their id; clauses and tables of
/// several packs are put together.
fn is_single(path: &str) -> bool {
    let below = |folder: &str, ending: &str| path.starts_with(folder) && path.ends_with(ending);
    below("catalog/", ".toml") || below("registry/", ".csv") || is_library(path)
}

fn is_library(path: &str) -> bool {
    path.starts_with("lib/") && has_extension(path, "rhai") && !path.ends_with(TEST)
}

/// A change that the files of a pack make, on the ground of the whole pack.
fn changed(pack: &Pack, place: &Place, kind: OverrideKind, target: &str, field: &str) -> Override {
    let document = pack.manifest.whole.document.clone();
    Override { document, ..change_at(pack, place, (kind, target, field)) }
}

/// A text and the pack it comes from.
type Version<'p> = (&'p Pack, &'p str);

/// A file in the place of one below, and in a catalog or among clauses each value that differs.
fn replaced((lower, was): Version<'_>, (pack, now): Version<'_>, path: &str, found: &mut Vec<Override>) {
    let place = Place::whole(&pack.display_path(path));
    let file = changed(pack, &place, OverrideKind::File, path, "");
    found.push(Override { was: lower.display_path(path), now: pack.display_path(path), ..file });
    if has_extension(path, "toml") && found.len() <= MOST_CHANGES {
        values(pack, path, was, now, found);
    }
}

/// The lowest pack that stands in the place of the built-in one: itself, and every file of it that differs.
fn instead(built_in: &Pack, pack: &Pack, found: &mut Vec<Override>) {
    let version = |pack: &Pack| format!("{} {}", pack.info.version, pack.info.sha256);
    let itself = changed(pack, &pack.manifest.place, OverrideKind::Pack, &pack.info.id, "");
    found.push(Override { was: version(built_in), now: version(pack), ..itself });
    let paths: BTreeSet<&String> = built_in.files.keys().chain(pack.files.keys()).collect();
    for path in paths.into_iter().filter(|path| !path.ends_with(TEST)) {
        match (built_in.file(path), pack.file(path)) {
            (Some(was), Some(now)) if was == now => {}
            (Some(was), Some(now)) => replaced((built_in, was), (pack, now), path, found),
            (was, now) => {
                let place = Place::whole(&pack.display_path(if now.is_some() { path } else { MANIFEST }));
                let path_of = |pack: &Pack, text: Option<&str>| {
                    text.map(|_| pack.display_path(path)).unwrap_or_default()
                };
                let file = changed(pack, &place, OverrideKind::File, path, "");
                found.push(Override { was: path_of(built_in, was), now: path_of(pack, now), ..file });
            }
        }
    }
}

/// What a value belongs to: the kind of thing, its id, and the name of the value.
type Name = (OverrideKind, String, String);

/// Values by what they belong to, and where they stand.
type Named = BTreeMap<Name, (Option<toml::Value>, Place)>;

/// Values of a catalog, of clauses or of a manifest that differ between two texts of it, by where they stand now.
fn values(pack: &Pack, path: &str, was: &str, now: &str, found: &mut Vec<Override>) {
    let file = pack.display_path(path);
    let (was, now) = (named(&Outline::new("", was)), named(&Outline::new(&file, now)));
    let names: BTreeSet<&Name> = was.keys().chain(now.keys()).collect();
    let whole = Place::whole(&file);
    let differing = names.into_iter().filter_map(|name| {
        let value = |side: &Named| side.get(name).and_then(|(value, _)| value.clone());
        let (before, after) = (value(&was), value(&now));
        let place = now.get(name).map_or(&whole, |(_, place)| place);
        let (kind, target, field) = name;
        let change = changed(pack, place, *kind, target, field);
        let display = |value: &Option<toml::Value>| value.as_ref().map(literal).unwrap_or_default();
        (before != after).then(|| Override { was: display(&before), now: display(&after), ..change })
    });
    found.extend(differing.take(MOST_CHANGES));
}

/// The values of a file by what they belong to.
fn named(outline: &Outline<'_>) -> Named {
    let mut found = BTreeMap::new();
    let Some(root) = outline.root() else { return found };
    if get(root, "clause").is_some() {
        each(root, "clause", |clause| {
            fields(outline, OverrideKind::Clause, clause, &mut found);
        });
        return found;
    }
    if let Some(policies) = get(root, OverrideKind::Policy.word()).and_then(|all| all.get_ref().as_table()) {
        for (name, policy) in policies {
            let value = policy.get_ref().as_table().and_then(|policy| get(policy, "value"));
            put(outline, (OverrideKind::Policy, name.get_ref(), ""), value.unwrap_or(policy), &mut found);
        }
    }
    let marks = get(root, OverrideKind::Marks.word()).and_then(|marks| marks.get_ref().as_table());
    for (name, value) in marks.into_iter().flatten() {
        put(outline, (OverrideKind::Marks, "", name.get_ref()), value, &mut found);
    }
    if get(root, "item").is_some() {
        fields(outline, OverrideKind::Table, root, &mut found);
        each(root, "item", |item| {
            fields(outline, OverrideKind::Item, item, &mut found);
            each(item, "requirement", |one| fields(outline, OverrideKind::Requirement, one, &mut found));
        });
    }
    found
}

/// Does something with each table of a list of tables.
fn each<'t, 'a>(table: &'t DeTable<'a>, key: &str, mut work: impl FnMut(&'t DeTable<'a>)) {
    let list = get(table, key).and_then(|list| list.get_ref().as_array());
    list.into_iter().flatten().filter_map(|one| one.get_ref().as_table()).for_each(&mut work);
}

/// The values of a thing with an id; lists of other things are not among them.
fn fields(outline: &Outline<'_>, kind: OverrideKind, table: &DeTable<'_>, found: &mut Named) {
    let Some(id) = get(table, "id").and_then(|id| id.get_ref().as_str()) else { return };
    for (name, value) in
        table.iter().filter(|(name, _)| !["item", "requirement"].contains(&name.get_ref().as_ref()))
    {
        let field = if name.get_ref() == "id" { "" } else { name.get_ref() };
        put(outline, (kind, id, field), value, found);
    }
}

fn put(
    outline: &Outline<'_>,
    (kind, target, field): (OverrideKind, &str, &str),
    value: &Value<'_>,
    found: &mut Named,
) {
    found.insert((kind, target.to_owned(), field.to_owned()), (plain(value), outline.of(value)));
}

/// Names and columns that a pack adds to tables below it: submissions are read otherwise.
fn declared(below: &[Pack], pack: &Pack) -> Vec<Override> {
    const TABLES: &str = super::TABLES;
    let Some(text) = pack.file(TABLES) else { return Vec::new() };
    let outline = Outline::new(&pack.display_path(TABLES), text);
    let lower: Vec<Outline<'_>> =
        below.iter().filter_map(|lower| Some(Outline::new("", lower.file(TABLES)?))).collect();
    let mut known = BTreeSet::new();
    for root in lower.iter().filter_map(Outline::root) {
        each(root, "table", |table| {
            known.extend(get(table, "id").and_then(|id| id.get_ref().as_str()));
        });
    }
    let mut found = Vec::new();
    if let Some(root) = outline.root() {
        each(root, "table", |table| {
            let Some(id) = get(table, "id") else { return };
            let Some(name) = id.get_ref().as_str().filter(|id| known.contains(id)) else { return };
            let change = changed(pack, &outline.of(id), OverrideKind::File, TABLES, name);
            found.push(Override { now: additions(table), ..change });
        });
    }
    found
}

/// The names of a table and the ids of its columns.
fn additions(table: &DeTable<'_>) -> String {
    let mut names = Vec::new();
    names.extend(get(table, "zh").and_then(|zh| zh.get_ref().as_str()).map(str::to_owned));
    let aliases = get(table, "aliases").and_then(|list| list.get_ref().as_array());
    names.extend(aliases.into_iter().flatten().filter_map(|one| one.get_ref().as_str()).map(str::to_owned));
    each(table, "columns", |column| {
        names.extend(get(column, "id").and_then(|id| id.get_ref().as_str()).map(str::to_owned));
    });
    names.join("; ")
}

/// Libraries are imported by the names of their files: one of the same name in another folder would take the place of
/// one below it, unseen.
fn twin_libraries(below: &[Pack], pack: &Pack) -> Vec<PackFault> {
    let name = |path: &str| path.rsplit('/').next().unwrap_or(path).to_owned();
    let lower: BTreeMap<String, String> = below
        .iter()
        .flat_map(|lower| libraries_of(lower).map(|(path, _)| (name(path), path.clone())))
        .collect();
    let twin = |(path, _): (&String, &String)| {
        let other = lower.get(&name(path)).filter(|other| *other != path)?;
        let what = Text::new(format!("库“{}”", name(path)), format!("the library `{}`", name(path)));
        let at = Place::whole(&pack.display_path(path));
        Some(PackFault::At { at, error: PackError::Duplicate { what, other: other.clone() } })
    };
    libraries_of(pack).filter_map(twin).collect()
}
