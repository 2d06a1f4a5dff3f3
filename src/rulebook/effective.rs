//! Every value in force, with the place it comes from.

use std::collections::{BTreeMap, BTreeSet};

use toml::de::{DeTable, DeValue};

use super::book::{CatalogFile, Rulebook, catalog_files, display_value};
use super::place::Place;
use super::reader::{Outline, get};
use crate::model::catalog::{Item, Requirement};
use crate::model::effective::Effective;
use crate::model::pack::{Override, OverrideKind};
use crate::script::Rule;

/// What a value belongs to: the kind of thing, its id, and which value of it.
type Key<'v> = (OverrideKind, &'v str, &'v str);

fn key_of(change: &Override) -> Key<'_> {
    (change.kind, &change.target, &change.field)
}

fn key_of_value(value: &Effective) -> Key<'_> {
    (value.kind, &value.target, &value.field)
}

impl Rulebook {
    /// Marks, readings, the catalog, rules and their parameters, in this order; then what is switched off, and what
    /// holds from a later day. O(n log n) in values and overrides.
    pub fn effective(&self) -> Vec<Effective> {
        // Of several overrides of a value the last one holds.
        let last: BTreeMap<Key<'_>, usize> =
            self.overrides.iter().enumerate().map(|(at, change)| (key_of(change), at)).collect();
        let in_force = |value: Effective| {
            let change = last.get(&key_of_value(&value)).and_then(|at| self.overrides.get(*at));
            match change {
                Some(change) => changed(change, value.value),
                None => value,
            }
        };
        let mut values: Vec<Effective> = self.stated().into_iter().map(in_force).collect();
        let listed: BTreeSet<Key<'_>> = values.iter().map(key_of_value).collect();
        let others = self.overrides.iter().enumerate().filter(|(at, change)| {
            let key = key_of(change);
            last.get(&key) == Some(at) && !listed.contains(&key)
        });
        let others: Vec<Effective> = others.map(|(_, change)| changed(change, change.now.clone())).collect();
        let later = self
            .pending
            .iter()
            .map(|change| Effective { from: change.from.clone(), ..changed(change, change.now.clone()) });
        values.extend(others);
        values.extend(later);
        values
    }

    /// What the packs state before anything is set otherwise, with the values now in force.
    fn stated(&self) -> Vec<Effective> {
        let mut stated = self.readings_stated();
        for file in &catalog_files(&self.layers) {
            self.catalog_stated(file, &mut stated);
        }
        for rule in &self.rules {
            stated.extend(self.rule_stated(rule));
        }
        stated
    }

    fn readings_stated(&self) -> Vec<Effective> {
        let mut stated = Vec::new();
        for pack in self.layers.iter() {
            let full =
                self.catalog.tables.iter().fold(0, |sum: u32, table| sum.saturating_add(table.declared));
            let marks = pack.manifest.settings.iter().filter(|one| one.kind == OverrideKind::Marks);
            let root = pack.manifest.extends.is_empty();
            for mark in marks.filter(|_| root) {
                let value = match mark.field.as_str() {
                    "full" => full.to_string(),
                    "grades" => display_value(&self.catalog.grades),
                    _ => self.catalog.pass.to_string(),
                };
                stated.push(at(&mark.place, &pack.info.id, OverrideKind::Marks, ("", &mark.field), value));
            }
            for (name, _, place) in &pack.manifest.declares {
                let value = self.policies.get(name).map(|policy| policy.value.clone()).unwrap_or_default();
                stated.push(at(place, &pack.info.id, OverrideKind::Policy, (name, ""), value));
            }
        }
        stated
    }

    fn catalog_stated(&self, file: &CatalogFile<'_>, stated: &mut Vec<Effective>) {
        let outline = Outline::new(&file.pack.display_path(file.path), file.text);
        let Some(root) = outline.root() else { return };
        let mut push = |table: &DeTable<'_>,
                        kind: OverrideKind,
                        field: &str,
                        now: &dyn Fn(&str) -> Option<u32>| {
            let id = get(table, "id").and_then(|id| id.get_ref().as_str()).unwrap_or_default();
            if let (Some(value), Some(now)) = (get(table, field), now(id)) {
                stated.push(at(&outline.of(value), &file.pack.info.id, kind, (id, field), now.to_string()));
            }
        };
        let catalog = &self.catalog;
        let declared =
            |id: &str| catalog.tables.iter().find(|table| table.id == id).map(|table| table.declared);
        push(root, OverrideKind::Table, "declared", &declared);
        for item in list(root, "item") {
            // Weights are multiplied in already.
            push(item, OverrideKind::Item, "points", &|id| catalog.item(id).map(|item: &Item| item.points));
            push(item, OverrideKind::Item, "weight", &|id| catalog.item(id).map(|item: &Item| item.weight));
            for one in list(item, "requirement") {
                let deduct = |id: &str| catalog.requirement(id).map(|one: &Requirement| one.deduct);
                push(one, OverrideKind::Requirement, "deduct", &deduct);
            }
        }
    }

    fn rule_stated(&self, rule: &Rule) -> Vec<Effective> {
        let home = self.homes.get(&rule.meta.id).and_then(|(at, path)| Some((self.layers.get(*at)?, path)));
        let (pack, file) =
            home.map(|(pack, path)| (pack.info.id.clone(), pack.display_path(path))).unwrap_or_default();
        let line_of = |name: &str| {
            let stated = |line: &str| line.contains(&format!("{name}:"));
            let line = rule.source.lines().position(stated).and_then(|line| u32::try_from(line).ok());
            line.map_or(0, |line| line.saturating_add(1))
        };
        let value = |kind, field: String, value: String, line: u32| Effective {
            kind,
            target: rule.meta.id.clone(),
            field,
            value,
            was: None,
            pack: pack.clone(),
            file: file.clone(),
            line,
            document: String::new(),
            from: None,
        };
        let itself = value(OverrideKind::Rule, String::new(), rule.meta.title.clone(), 1);
        let parameters = rule.parameters().into_iter().map(|(name, shown)| {
            let mut declared = self.layers.iter().flat_map(|pack| &pack.manifest.parameters);
            let declared = declared.rfind(|one| one.rule == rule.meta.id && one.name == name);
            match declared {
                None => value(OverrideKind::Parameter, name.clone(), shown, line_of(&name)),
                Some(one) => Effective {
                    file: one.place.file().to_owned(),
                    line: one.place.line(),
                    ..value(OverrideKind::Parameter, name.clone(), shown, 0)
                },
            }
        });
        std::iter::once(itself).chain(parameters).collect()
    }
}

fn list<'t, 'a>(table: &'t DeTable<'a>, key: &str) -> impl Iterator<Item = &'t DeTable<'a>> {
    let entries = get(table, key).and_then(|value| value.get_ref().as_array());
    entries.into_iter().flatten().filter_map(|one| match one.get_ref() {
        DeValue::Table(table) => Some(table),
        _ => None,
    })
}

fn at(
    place: &Place,
    pack: &str,
    kind: OverrideKind,
    (target, field): (&str, &str),
    value: String,
) -> Effective {
    Effective {
        kind,
        target: target.to_owned(),
        field: field.to_owned(),
        value,
        was: None,
        pack: pack.to_owned(),
        file: place.file().to_owned(),
        line: place.line(),
        document: String::new(),
        from: None,
    }
}

fn changed(change: &Override, value: String) -> Effective {
    Effective {
        kind: change.kind,
        target: change.target.clone(),
        field: change.field.clone(),
        value,
        was: Some(change.was.clone()),
        pack: change.pack.clone(),
        file: change.file.clone(),
        line: change.line,
        document: change.document.clone(),
        from: None,
    }
}
