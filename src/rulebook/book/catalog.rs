//! The catalog in force: the tables of all packs, with what packs set otherwise, checked and weighed.

use std::collections::BTreeMap;

use super::changes::{Change, Changes, both, set};
use super::item_validation::beyond_points;
use crate::model::catalog::{Catalog, Item, Requirement, ScoreTable};
use crate::model::pack::OverrideKind;
use crate::model::policy::Policies;
use crate::model::text::Text;
use crate::rulebook::fault::PackFault;
use crate::rulebook::pack::{Given, Pack, Setting};
use crate::rulebook::pack_error::PackError;
use crate::rulebook::place::Place;
use crate::rulebook::reader::{Outline, get, malformed};
use crate::table::date::Date;

/// Points beyond this are a slip of the hand.
pub(super) const MOST: u32 = 100_000;

/// A file of the catalog.
pub(in crate::rulebook) struct CatalogFile<'p> {
    pub(in crate::rulebook) pack: &'p Pack,
    pub(in crate::rulebook) path: &'p String,
    pub(in crate::rulebook) text: &'p String,
}

/// The files in force: one of an upper pack takes the place of one of the same path.
pub(in crate::rulebook) fn files(packs: &[Pack]) -> Vec<CatalogFile<'_>> {
    let mut files: BTreeMap<&String, CatalogFile<'_>> = BTreeMap::new();
    for pack in packs {
        let own = pack.below("catalog", ".toml");
        files.extend(own.map(|(path, text)| (path, CatalogFile { pack, path, text })));
    }
    files.into_values().collect()
}

/// The catalog of these packs on a day.
pub(super) fn catalog(packs: &[Pack], as_of: Date, policies: &Policies, changes: &mut Changes) -> Catalog {
    let files = files(packs);
    let mut tables = Vec::new();
    for file in &files {
        match toml::from_str::<ScoreTable>(file.text) {
            Ok(table) => tables.push(in_print(table, file.pack)),
            Err(error) => {
                changes.faults.push(malformed(&file.pack.display_path(file.path), file.text, &error));
            }
        }
    }
    if !changes.faults.is_empty() {
        return Catalog::default();
    }
    changes.faults.extend(super::catalog_validation::errors_in(&files, &tables, policies));
    let sound = changes.faults.is_empty();
    let owed = policies.get("absent_item").map(|policy| policy.clause.clone()).unwrap_or_default();
    let mut marked = Marked { catalog: Catalog { tables, owed, ..Catalog::default() }, full: None };
    let gaps = gaps(&marked.catalog);
    let first = changes.made.len();
    changes.apply(packs, as_of, &KINDS, &mut marked, change);
    if sound && changes.faults.is_empty() {
        changes.faults.extend(super::catalog_validation::errors_of_settings(packs, as_of, &marked.catalog));
    }
    for id in switched_off(packs, as_of) {
        marked.catalog.tables.iter_mut().for_each(|table| table.items.retain(|item| item.id != *id));
    }
    changes.faults.extend(uneven(
        packs,
        &marked.catalog,
        &gaps,
        changes.made.get(first..).unwrap_or_default(),
    ));
    if changes.faults.is_empty() {
        changes.faults.extend(unmarked(packs, &marked, &files));
    }
    weighed(marked.catalog, packs, changes)
}

/// Where the ids of items stand, by id.
pub(super) fn item_places(packs: &[Pack]) -> BTreeMap<String, Place> {
    let mut places = BTreeMap::new();
    for file in files(packs) {
        let outline = Outline::new(&file.pack.display_path(file.path), file.text);
        let items = outline.root().and_then(|root| get(root, "item")?.get_ref().as_array());
        for item in items.into_iter().flatten() {
            let id = item.get_ref().as_table().and_then(|item| get(item, "id"));
            places.extend(id.and_then(|id| Some((id.get_ref().as_str()?.to_owned(), outline.of(id)))));
        }
    }
    places
}

/// What of the catalog settings may change.
const KINDS: [OverrideKind; 4] =
    [OverrideKind::Table, OverrideKind::Item, OverrideKind::Requirement, OverrideKind::Marks];

/// Ids of what is switched off on a day; the rules tell whether there is such a thing.
pub(super) fn switched_off(packs: &[Pack], as_of: Date) -> impl Iterator<Item = &String> {
    let settings = packs.iter().flat_map(|pack| &pack.manifest.settings);
    settings.filter(move |one| one.kind == OverrideKind::Off && one.basis.holds(as_of)).map(|one| &one.target)
}

/// The catalog and the full mark stated for it.
#[derive(Clone)]
struct Marked {
    catalog: Catalog,
    full: Option<u32>,
}

fn in_print(table: ScoreTable, pack: &Pack) -> ScoreTable {
    if !table.source.is_empty() {
        return table;
    }
    let source = pack.manifest.source.clone().unwrap_or_else(|| pack.manifest.title.clone());
    ScoreTable { source, ..table }
}

fn change(marked: &mut Marked, setting: &Setting) -> Result<Change, PackError> {
    let (catalog, id) = (&mut marked.catalog, setting.target.as_str());
    let changed = match (setting.kind, setting.field.as_str()) {
        (OverrideKind::Marks, "full") => set(marked.full.get_or_insert_default(), setting),
        (OverrideKind::Marks, "grades") => grades(catalog, setting),
        (OverrideKind::Marks, _) => set(&mut catalog.pass, setting),
        (OverrideKind::Table, _) => table(catalog, id).and_then(|table| of_table(table, setting)),
        (OverrideKind::Item, _) => item(catalog, id).and_then(|item| of_item(item, setting)),
        _ => requirement(catalog, id).and_then(|one| of_requirement(one, setting)),
    }?;
    let points = changed.1.parse::<u32>().unwrap_or(0);
    match beyond_points(points) {
        Some(text) => Err(PackError::Value(text)),
        None => Ok(changed),
    }
}

/// The same with titles in both languages, where one text stands for both.
fn with_titles(setting: &Setting) -> Setting {
    let mut setting = setting.clone();
    if let Given::Value(toml::Value::Array(grades)) = &mut setting.given {
        for title in grades.iter_mut().filter_map(|grade| grade.as_table_mut()?.get_mut("title")) {
            if let toml::Value::String(text) = title {
                *title = both(text);
            }
        }
    }
    setting
}

/// Grades, each with a name and fewer points than the one before.
fn grades(catalog: &mut Catalog, setting: &Setting) -> Result<Change, PackError> {
    let before = catalog.grades.clone();
    let change = set(&mut catalog.grades, &with_titles(setting))?;
    let descend = catalog.grades.iter().zip(catalog.grades.iter().skip(1));
    let wrong = catalog.grades.iter().any(|grade| grade.title.zh.trim().is_empty())
        || descend.into_iter().any(|(higher, lower)| higher.points <= lower.points);
    if wrong {
        catalog.grades = before;
        return Err(PackError::Value(Text::new(
            "等级由高到低写，各有名称，分数依次降低",
            "grades are written from the highest, each with a title and fewer points than the one before",
        )));
    }
    Ok(change)
}

fn table<'c>(catalog: &'c mut Catalog, id: &str) -> Result<&'c mut ScoreTable, PackError> {
    if catalog.tables.iter().all(|table| table.id != id) {
        let known = catalog.tables.iter().map(|table| table.id.clone()).collect();
        return Err(nothing("表", "table", id, known));
    }
    let found = catalog.tables.iter_mut().find(|table| table.id == id);
    found.ok_or_else(|| nothing("表", "table", id, Vec::new()))
}

fn item<'c>(catalog: &'c mut Catalog, id: &str) -> Result<&'c mut Item, PackError> {
    if catalog.item(id).is_none() {
        let known = catalog.items().map(|item| item.id.clone()).collect();
        return Err(nothing("评价内容", "item", id, known));
    }
    let found = catalog.tables.iter_mut().flat_map(|table| &mut table.items).find(|item| item.id == id);
    found.ok_or_else(|| nothing("评价内容", "item", id, Vec::new()))
}

fn requirement<'c>(catalog: &'c mut Catalog, id: &str) -> Result<&'c mut Requirement, PackError> {
    if catalog.requirement(id).is_none() {
        let known = catalog.requirements().map(|one| one.id.clone()).collect();
        return Err(nothing("评价要求", "requirement", id, known));
    }
    let items = catalog.tables.iter_mut().flat_map(|table| &mut table.items);
    let found = items.flat_map(|item| &mut item.requirements).find(|one| one.id == id);
    found.ok_or_else(|| nothing("评价要求", "requirement", id, Vec::new()))
}

pub(super) fn nothing(zh: &str, en: &str, name: &str, known: Vec<String>) -> PackError {
    PackError::Nothing { what: Text::new(zh, en), name: name.to_owned(), known }
}

fn of_table(table: &mut ScoreTable, setting: &Setting) -> Result<Change, PackError> {
    match setting.field.as_str() {
        "declared" => set(&mut table.declared, setting),
        "minimum" => {
            let change = set(&mut table.minimum, setting)?;
            match table.minimum.filter(|least| *least > table.declared) {
                None => Ok(change),
                Some(least) => Err(PackError::Value(Text::new(
                    format!("最低分 {least} 多于“{}”的 {} 分", table.id, table.declared),
                    format!(
                        "a minimum of {least} is more than the {} points of `{}`",
                        table.declared, table.id
                    ),
                ))),
            }
        }
        _ => set(&mut table.title, setting),
    }
}

fn of_item(item: &mut Item, setting: &Setting) -> Result<Change, PackError> {
    match setting.field.as_str() {
        "points" => set(&mut item.points, setting),
        "minimum" => set(&mut item.minimum, setting),
        "weight" => set(&mut item.weight, setting),
        "evidence" => set(&mut item.evidence, setting),
        "fix" => set(&mut item.fix, setting),
        "award" if item.awards() => set(&mut item.award, setting),
        "award" => Err(PackError::Value(Text::new(
            format!("“{}”按扣分计，不按档次给分", item.id),
            format!("`{}` deducts, it does not award by bands", item.id),
        ))),
        _ => set(&mut item.title, setting),
    }
}

fn of_requirement(one: &mut Requirement, setting: &Setting) -> Result<Change, PackError> {
    match setting.field.as_str() {
        "deduct" => set(&mut one.deduct, setting),
        "nature" => set(&mut one.nature, setting),
        "decided" => set(&mut one.decided, setting),
        "evidence" => set(&mut one.evidence, setting),
        "fix" => set(&mut one.fix, setting),
        "why" => set(&mut one.why, setting),
        "bands" => set(&mut one.bands, setting),
        "count" => set(&mut one.count, setting),
        "severity" => set(&mut one.severity, setting),
        "veto" => set(&mut one.veto, setting),
        _ => set(&mut one.title, setting),
    }
}

/// What each table declares beyond its items, or its items beyond it.
fn gaps(catalog: &Catalog) -> BTreeMap<String, i64> {
    let gap = |table: &ScoreTable| {
        let points = table.items.iter().map(|item| i64::from(item.points).saturating_mul(item.weight.into()));
        points.fold(i64::from(table.declared), i64::saturating_sub)
    };
    catalog.tables.iter().map(|table| (table.id.clone(), gap(table))).collect()
}

/// Whoever changes points of items says what the heading of their table declares now.
fn uneven(
    packs: &[Pack],
    catalog: &Catalog,
    before: &BTreeMap<String, i64>,
    made: &[crate::model::pack::Override],
) -> Vec<PackFault> {
    let now = gaps(catalog);
    let stated = |id: &str| {
        made.iter().any(|one| one.kind == OverrideKind::Table && one.target == id && one.field == "declared")
    };
    let uneven = |(id, gap): &(&String, &i64)| before.get(*id) != Some(*gap) && (!stated(id) || **gap < 0);
    let changed = now.iter().filter(uneven);
    let fault = |(id, gap): (&String, &i64)| {
        let declared = catalog.tables.iter().find(|table| table.id == *id).map_or(0, |table| table.declared);
        let sum = i64::from(declared).saturating_sub(*gap);
        let text = Text::new(
            format!(
                "表 {id} 各项改后合计 {sum} 分，标题仍是 {declared} 分：请在 [tables.\"{id}\"] 写明相应的 declared"
            ),
            format!(
                "the items of {id} now add up to {sum}, its heading declares {declared}: set [tables.\"{id}\"] declared"
            ),
        );
        let pack = packs.last()?;
        let prefix = format!("{id}.");
        let about = |one: &&Setting| {
            matches!(one.kind, OverrideKind::Item | OverrideKind::Off) && one.target.starts_with(&prefix)
        };
        let settings = || packs.iter().flat_map(|pack| &pack.manifest.settings);
        let place = settings().rfind(about).map_or(&pack.manifest.place, |one| &one.place);
        Some(PackFault::at(place, PackError::Sum(text)))
    };
    changed.filter_map(fault).collect()
}

/// The full mark is stated and is what the tables declare together; the pass mark is stated and within it.
fn unmarked(packs: &[Pack], marked: &Marked, files: &[CatalogFile<'_>]) -> Option<PackFault> {
    let sum = marked.catalog.tables.iter().fold(0, |sum: u32, table| sum.saturating_add(table.declared));
    let (full, pass) = (marked.full, marked.catalog.pass);
    if let Some(fault) =
        full.filter(|full| *full != sum).and_then(|full| misprint(marked, (sum, full), files))
    {
        return Some(fault);
    }
    let (field, text) = match full {
        Some(full) if full != sum => (
            "full",
            Text::new(
                format!("各表合计 {sum} 分，[marks] 写的满分是 {full} 分"),
                format!("the tables declare {sum} points together, [marks] states a full mark of {full}"),
            ),
        ),
        Some(full) if pass > full || pass == 0 => (
            "pass",
            Text::new(
                format!("合格线 {pass} 分应在 1 至 {full} 分之间"),
                format!("the pass mark {pass} should lie from 1 to {full}"),
            ),
        ),
        Some(full) if marked.catalog.grades.iter().any(|grade| grade.points > full) => (
            "grades",
            Text::new(
                format!("有等级要求的分数多于满分 {full} 分"),
                format!("a grade asks for more than the full mark of {full}"),
            ),
        ),
        Some(_) => return None,
        None => (
            "full",
            Text::new(
                format!("没有写明满分和合格线：各表合计 {sum} 分，请写 [marks] full 和 pass"),
                format!(
                    "full mark and pass mark are not stated: the tables declare {sum} points; write [marks] full and pass"
                ),
            ),
        ),
    };
    Some(PackFault::at(marks_place(packs, field)?, PackError::Sum(text)))
}

/// Where all tables but one make up the full mark, and that one would if it declared what its items add up to: its heading
/// is the slip.
fn misprint(marked: &Marked, (sum, full): (u32, u32), files: &[CatalogFile<'_>]) -> Option<PackFault> {
    let items =
        |table: &ScoreTable| table.items.iter().fold(0, |all: u32, item| all.saturating_add(item.points));
    let would_do = |table: &&ScoreTable| {
        let own = items(table);
        own != table.declared
            && u64::from(sum).saturating_sub(table.declared.into()).saturating_add(own.into())
                == u64::from(full)
    };
    let mut odd = marked.catalog.tables.iter().filter(would_do);
    let table = odd.next().filter(|_| odd.next().is_none())?;
    let (declared, own) = (table.declared, items(table));
    let text = Text::new(
        format!("标题写 {declared} 分，各项合计 {own} 分：各表合计因此是 {sum} 分，不是满分 {full} 分"),
        format!(
            "the heading declares {declared} points, its items add up to {own}: so all tables make {sum} and not {full}"
        ),
    );
    let place = files.iter().find_map(|file| {
        let outline = Outline::new(&file.pack.display_path(file.path), file.text);
        let root = outline.root()?;
        let is_own = get(root, "id").and_then(|id| id.get_ref().as_str()) == Some(&table.id);
        get(root, "declared").filter(|_| is_own).map(|value| outline.of(value))
    })?;
    Some(PackFault::at(&place, PackError::Sum(text)))
}

/// Where a mark stands that goes with the last change of what tables declare, or else another one.
fn marks_place<'p>(packs: &'p [Pack], field: &str) -> Option<&'p Place> {
    let about = |kind: OverrideKind| move |one: &&Setting| one.kind == kind;
    let changes = |pack: &&Pack| {
        let settings = || pack.manifest.settings.iter();
        let kinds = [OverrideKind::Marks, OverrideKind::Table];
        kinds.iter().any(|kind| settings().any(|one| one.kind == *kind))
            || pack.below("catalog", ".toml").next().is_some()
    };
    let pack = packs.iter().rfind(changes).or(packs.last())?;
    let settings = || pack.manifest.settings.iter();
    let own = settings().rfind(|one| one.kind == OverrideKind::Marks && one.field == field);
    let stated = own.or_else(|| settings().rfind(about(OverrideKind::Marks)));
    Some(stated.map_or(&pack.manifest.place, |one| &one.place))
}

fn weighed(catalog: Catalog, packs: &[Pack], changes: &mut Changes) -> Catalog {
    let heavy = catalog
        .items()
        .any(|item| item.weight == 0 || item.clone().weighed().is_none_or(|one| one.points > MOST));
    if let (true, Some(pack)) = (heavy, packs.last()) {
        let text = Text::new(
            format!("权重须为 1 以上的整数，加权后的分值不超过 {MOST}"),
            format!("a weight is 1 or more, and points stay within {MOST} with it"),
        );
        changes.faults.push(PackFault::at(&pack.manifest.place, PackError::Value(text)));
        return catalog;
    }
    let tables = catalog.tables.into_iter().map(|table| {
        let items = table.items.into_iter().filter_map(Item::weighed).collect();
        ScoreTable { items, ..table }
    });
    Catalog { tables: tables.collect(), ..catalog }
}
