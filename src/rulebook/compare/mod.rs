//! What changes between two rulebooks.
//!
//! Each rulebook is taken apart into things with fields (`things`, `parts`); things of one id are compared field by
//! field, files line by line (`scripts`); each change gets the provenance its pack gives for it (`provenance`).

mod parts;
mod provenance;
mod scripts;
mod things;

use std::collections::BTreeMap;

use self::provenance::Provenances;
use self::things::{Field, Thing};
use super::book::Rulebook;
use crate::model::comparison::{Change, How, Provenance, Section};
use crate::model::pack::{Override, OverrideKind};
use crate::model::text::Text;

/// What changes from one to the other: in force on the day, and from a later day.
pub fn compare(old: &Rulebook, new: &Rulebook) -> (Vec<Change>, Vec<Change>) {
    let mut changes = Comparing { old: Provenances::of(old), new: Provenances::of(new) }.things();
    changes.extend(scripts::compare(old, new));
    let derived =
        [old, new].iter().any(|book| book.overrides.iter().any(|one| one.kind == OverrideKind::Off));
    changes.retain(|change| !(derived && excused(change)));
    (together(changes), later(old, new))
}

/// What is said of a clause because no rule looks at it any more follows from switching the rule off.
fn excused(change: &Change) -> bool {
    change.section == Section::Clause
        && change.provenance.is_none()
        && ["decided", "why"].contains(&change.field.as_str())
}

/// By section, what is about one thing together, else in the order of the rulebooks.
fn together(mut changes: Vec<Change>) -> Vec<Change> {
    let mut first = BTreeMap::new();
    for (at, change) in changes.iter().enumerate() {
        first.entry((change.section, change.target.clone())).or_insert(at);
    }
    changes.sort_by_cached_key(|change| {
        (change.section, first.get(&(change.section, change.target.clone())).copied())
    });
    changes
}

struct Comparing<'b> {
    old: Provenances<'b>,
    new: Provenances<'b>,
}

impl Comparing<'_> {
    fn things(&self) -> Vec<Change> {
        let (old, new) = (parts::things(self.old.book), parts::things(self.new.book));
        let (known, fresh) = (by_name(&old), by_name(&new));
        let mut changes = Vec::new();
        for thing in &new {
            match known.get(&thing.name()) {
                Some(before) => self.fields(before, thing, &mut changes),
                None if thing.within(&old) => changes.push(self.whole(thing, true)),
                None => {}
            }
        }
        let gone = old.iter().filter(|thing| !fresh.contains_key(&thing.name()) && thing.within(&new));
        changes.extend(gone.map(|thing| self.whole(thing, false)));
        changes
    }

    /// A thing that comes in or goes.
    fn whole(&self, thing: &Thing, comes: bool) -> Change {
        let off = |provenances: &Provenances<'_>| provenances.stated(OverrideKind::Off, &thing.target, "");
        let (how, provenance) = match (comes, off(&self.old), off(&self.new)) {
            (true, Some(_), _) => (How::SwitchedOn, None),
            (true, None, _) => (How::Added, self.new.home(thing.section, &thing.target)),
            (false, _, Some(provenance)) => (How::SwitchedOff, Some(provenance)),
            (false, _, None) => (How::Removed, None),
        };
        let (was, now) = if comes {
            (Text::default(), thing.brief.clone())
        } else {
            (thing.brief.clone(), Text::default())
        };
        Change { how, was, now, provenance, ..thing.change("") }
    }

    fn fields(&self, before: &Thing, thing: &Thing, changes: &mut Vec<Change>) {
        let of = |name: &str| before.fields.iter().find(|field| field.name == name);
        for field in &thing.fields {
            match of(&field.name) {
                Some(old) if old.value == field.value => {}
                Some(old) => changes.push(self.field(thing, Some(old), Some(field))),
                None => changes.push(self.field(thing, None, Some(field))),
            }
        }
        let gone =
            before.fields.iter().filter(|old| !thing.fields.iter().any(|field| field.name == old.name));
        changes.extend(gone.map(|old| self.field(thing, Some(old), None)));
    }

    fn field(&self, thing: &Thing, old: Option<&Field>, new: Option<&Field>) -> Change {
        let name = new.or(old).map(|field| field.name.clone()).unwrap_or_default();
        let how = match (old, new) {
            (None, _) => How::Added,
            (_, None) => How::Removed,
            _ => How::Changed,
        };
        let value = |field: Option<&Field>| field.map(|field| field.value.clone()).unwrap_or_default();
        let entries = |field: Option<&Field>| field.map(|field| field.list.clone()).unwrap_or_default();
        let (before, after) = (entries(old), entries(new));
        let both = !before.is_empty() && !after.is_empty();
        let without = |list: &[String], other: &[String]| {
            list.iter().filter(|one| both && !other.contains(one)).cloned().collect()
        };
        let provenance = thing.kind().and_then(|kind| self.new.stated(kind, &thing.target, &name));
        Change {
            how,
            was: value(old),
            now: value(new),
            put_in: without(&after, &before),
            taken_out: without(&before, &after),
            provenance,
            ..thing.change(&name)
        }
    }
}

fn by_name(things: &[Thing]) -> BTreeMap<(u8, &str), &Thing> {
    things.iter().map(|thing| (thing.name(), thing)).collect()
}

/// What holds from a later day in one of them only.
fn later(old: &Rulebook, new: &Rulebook) -> Vec<Change> {
    let same = |a: &Override, b: &Override| {
        (a.kind, &a.target, &a.field, &a.now, &a.from) == (b.kind, &b.target, &b.field, &b.now, &b.from)
    };
    let only = |of: &'_ Rulebook, other: &Rulebook| -> Vec<Override> {
        let strange = |one: &&Override| !other.pending.iter().any(|two| same(one, two));
        of.pending.iter().filter(strange).cloned().collect()
    };
    let change = |book: &Rulebook, one: &Override, how: How| Change {
        how,
        was: Text::new(one.was.clone(), one.was.clone()),
        now: Text::new(one.now.clone(), one.now.clone()),
        provenance: Some(provenance_of(one)),
        ..Thing::named(things::section(one.kind), &one.target, parts::title(book, &one.target))
            .change(&one.field)
    };
    let coming = only(new, old).into_iter().map(|one| {
        let how = match one.kind {
            OverrideKind::Off => How::SwitchedOff,
            OverrideKind::Replaced => How::Replaced,
            _ => How::Changed,
        };
        change(new, &one, how)
    });
    let gone = only(old, new);
    coming.chain(gone.iter().map(|one| change(old, one, How::Removed))).collect()
}

fn provenance_of(one: &Override) -> Provenance {
    Provenance {
        document: one.document.clone(),
        reason: one.reason.clone(),
        from: one.from.clone(),
        pack: one.pack.clone(),
    }
}
