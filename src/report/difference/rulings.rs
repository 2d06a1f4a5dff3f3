//! Rulings that differ.

use super::pair::pairs;
use crate::model::report::Organization;
use crate::model::report_diff::RulingChange;
use crate::model::ruling::RulingLine;

/// Whether two lists of rulings differ; texts of them only where these can be compared.
pub(super) fn differ(old: &[RulingLine], new: &[RulingLine], texts: bool) -> bool {
    old.len() != new.len() || old.iter().zip(new).any(|(old, new)| !same(old, new, texts))
}

fn same(old: &RulingLine, new: &RulingLine, texts: bool) -> bool {
    let without =
        |one: &RulingLine| RulingLine { reason: String::new(), evidence: String::new(), ..one.clone() };
    if texts { old == new } else { without(old) == without(new) }
}

/// The rulings of an organization that differ, by what they are on.
pub(super) fn changes(old: &Organization, new: &Organization, texts: bool) -> Vec<RulingChange> {
    let (before, after) = (rulings(old), rulings(new));
    let pairs = pairs(&before, &after, |(target, _)| target);
    let lines =
        |one: Option<&(&str, &[RulingLine])>| one.map(|(_, lines)| lines.to_vec()).unwrap_or_default();
    pairs.iter().flat_map(|pair| on(pair.key, lines(pair.old), lines(pair.new), texts)).collect()
}

/// What there are rulings on, with these.
fn rulings(one: &Organization) -> Vec<(&str, &[RulingLine])> {
    let items = one.tables.iter().flat_map(|table| &table.items);
    let mut found = Vec::new();
    for item in items {
        found.extend(item.award.iter().map(|award| (item.id.as_str(), award.rulings.as_slice())));
        found.extend(item.requirements.iter().map(|line| (line.id.as_str(), line.rulings.as_slice())));
    }
    found
}

/// Those on one target: what is the same on both sides is left out, the rest is held against each other by person.
fn on(target: &str, old: Vec<RulingLine>, mut new: Vec<RulingLine>, texts: bool) -> Vec<RulingChange> {
    let mut gone = Vec::new();
    for line in old {
        match new.iter().position(|other| same(&line, other, texts)) {
            Some(at) => drop(new.remove(at)),
            None => gone.push(line),
        }
    }
    let persons = |lines: &[RulingLine]| {
        let person = |line: &RulingLine| (format!("{}\0{}", line.role, line.by), line.clone());
        lines.iter().map(person).collect::<Vec<_>>()
    };
    let (gone, new) = (persons(&gone), persons(&new));
    let change = |was: Option<&RulingLine>, now: Option<&RulingLine>| {
        let line = now.or(was)?;
        Some(RulingChange {
            target: target.to_owned(),
            role: line.role.clone(),
            by: line.by.clone(),
            was: was.cloned(),
            now: now.cloned(),
        })
    };
    let pairs = pairs(&gone, &new, |(person, _)| person.as_str());
    pairs
        .iter()
        .filter_map(|pair| change(pair.old.map(|(_, line)| line), pair.new.map(|(_, line)| line)))
        .collect()
}
