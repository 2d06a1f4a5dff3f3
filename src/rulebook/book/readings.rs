//! The readings of the standard and the clauses in force.

use std::collections::{BTreeMap, BTreeSet};

use super::catalog::nothing;
use super::changes::{Change, Changes, set, wants_a_value};
use super::item_validation::blank;
use crate::model::clause::{Clause, Clauses};
use crate::model::pack::OverrideKind;
use crate::model::policy::Policies;
use crate::model::text::Text;
use crate::rulebook::fault::PackFault;
use crate::rulebook::pack::{Given, Pack, Setting, limit_exceeded};
use crate::rulebook::pack_error::PackError;
use crate::rulebook::place::Place;
use crate::rulebook::reader::{MOST_ERRORS, Outline, Step, malformed};
use crate::table::date::Date;

/// The readings in force on a day.
pub(super) fn policies(packs: &[Pack], as_of: Date, changes: &mut Changes) -> Policies {
    let mut policies = Policies::new();
    let mut places: BTreeMap<&str, &Place> = BTreeMap::new();
    for pack in packs {
        for (name, policy, place) in &pack.manifest.declares {
            policies.insert(name.clone(), policy.clone());
            if let Some(first) = places.insert(name, place) {
                let what =
                    Text::new(format!("口径“{name}”的声明"), format!("the declaration of policy `{name}`"));
                let other = format!("{}:{}", first.file(), first.line());
                changes.faults.push(PackFault::at(place, PackError::Duplicate { what, other }));
            }
        }
    }
    changes.apply(packs, as_of, &[OverrideKind::Policy], &mut policies, |policies, setting| {
        let Given::Value(toml::Value::String(value)) = &setting.given else { return Err(wants_a_value()) };
        set_policy(policies, &setting.target, value)
    });
    policies
}

/// Sets one reading; it must be declared and have this value.
pub(super) fn set_policy(policies: &mut Policies, name: &str, value: &str) -> Result<Change, PackError> {
    if !policies.contains_key(name) {
        return Err(nothing("口径", "policy", name, policies.keys().cloned().collect()));
    }
    let policy = policies.get_mut(name).ok_or_else(|| nothing("口径", "policy", name, Vec::new()))?;
    if !policy.values.iter().any(|known| known == value) {
        let values = policy.values.join(", ");
        return Err(PackError::Value(Text::new(
            format!("口径“{name}”没有取值“{value}”，可取 {values}"),
            format!("policy `{name}` has no value `{value}`; it takes {values}"),
        )));
    }
    let was = std::mem::replace(&mut policy.value, value.to_owned());
    Ok((was, value.to_owned()))
}

const CLAUSES: &str = "clauses.toml";

/// Clauses of all packs together.
const MOST_CLAUSES: usize = 5_000;

/// The clauses of all packs, those of the lowest first.
pub(super) fn clauses(packs: &[Pack], as_of: Date, changes: &mut Changes) -> Clauses {
    let mut all = Clauses::default();
    let mut ids = BTreeSet::new();
    for pack in packs {
        let Some(text) = pack.file(CLAUSES) else { continue };
        let file = pack.display_path(CLAUSES);
        match toml::from_str::<Clauses>(text) {
            Err(error) => changes.faults.push(malformed(&file, text, &error)),
            Ok(own) => {
                let outline = Outline::new(&file, text);
                for (at, clause) in own.list.into_iter().enumerate().take(MOST_CLAUSES) {
                    let error = clause_error(&clause.id, all.list.len(), !ids.insert(clause.id.clone()));
                    let path = [Step::Key("clause"), Step::At(at), Step::Key("id")];
                    let located = |error| PackFault::At { at: outline.place(&path), error };
                    changes.faults.extend(error.filter(|_| changes.faults.len() < MOST_ERRORS).map(located));
                    all.list.push(clause);
                }
            }
        }
    }
    changes.apply(packs, as_of, &[OverrideKind::Clause], &mut all, |all, setting| {
        let ids = all.list.iter().map(|clause| &clause.id);
        let Some(at) = ids.clone().position(|id| *id == setting.target) else {
            return Err(nothing("条款", "clause", &setting.target, ids.cloned().collect()));
        };
        let clause = all.list.get_mut(at);
        of_clause(clause.ok_or_else(|| nothing("条款", "clause", &setting.target, Vec::new()))?, setting)
    });
    all
}

/// The error of the id of a clause, `before` others being read: a duplicate, one too many, or a blank id.
fn clause_error(id: &str, before: usize, twice: bool) -> Option<PackError> {
    if twice {
        let what = Text::new(format!("条款“{id}”"), format!("the clause `{id}`"));
        return Some(PackError::Duplicate { what, other: CLAUSES.to_owned() });
    }
    if before >= MOST_CLAUSES {
        return Some(limit_exceeded("条款", "clauses", MOST_CLAUSES));
    }
    blank(id).map(PackError::Value)
}

fn of_clause(clause: &mut Clause, setting: &Setting) -> Result<Change, PackError> {
    match setting.field.as_str() {
        "force" => set(&mut clause.force, setting),
        "asks" => set(&mut clause.asks, setting),
        "fix" => set(&mut clause.fix, setting),
        "why" => set(&mut clause.why, setting),
        _ => set(&mut clause.title, setting),
    }
}
