//! Which organization of one side is which of the other.

use std::collections::{BTreeMap, BTreeSet};

use super::Run;
use crate::model::report::Organization;
use crate::model::report_diff::PathMatch;

/// An organization, and the run it is of by its place.
#[derive(Clone, Copy)]
pub(super) struct Member<'r> {
    pub(super) run: usize,
    pub(super) one: &'r Organization,
}

impl<'r> Member<'r> {
    fn path(&self) -> &'r str {
        &self.one.submission.path
    }
}

/// Who is who.
#[derive(Default)]
pub(super) struct Matching<'r> {
    /// On both sides.
    pub(super) pairs: Vec<(Member<'r>, Member<'r>)>,
    /// On the new side alone.
    pub(super) added: Vec<Member<'r>>,
    /// On the old side alone.
    pub(super) removed: Vec<Member<'r>>,
    /// Matched by path.
    pub(super) by_path: Vec<PathMatch>,
}

/// By id; by path where two have the same id, or none. Where personal data is masked on one side alone an id may be, too: then
/// those without a counterpart are matched by path.
pub(super) fn matched<'r>(old: &'r [Run], new: &'r [Run], masking_differs: bool) -> Matching<'r> {
    let mut found = Matching::default();
    let (before, after) = (by_id(old), by_id(new));
    let ids: BTreeSet<&str> = before.keys().chain(after.keys()).copied().collect();
    for id in ids {
        let of = |side: &BTreeMap<&str, Vec<Member<'r>>>| side.get(id).cloned().unwrap_or_default();
        match (of(&before).as_slice(), of(&after).as_slice()) {
            ([old], [new]) if !id.is_empty() => found.pairs.push((*old, *new)),
            (old, new) => found.match_paths(old, new),
        }
    }
    if masking_differs {
        let (removed, added) = (std::mem::take(&mut found.removed), std::mem::take(&mut found.added));
        found.match_paths(&removed, &added);
    }
    found
}

fn by_id(runs: &[Run]) -> BTreeMap<&str, Vec<Member<'_>>> {
    let mut found: BTreeMap<&str, Vec<Member<'_>>> = BTreeMap::new();
    for (run, of) in runs.iter().enumerate() {
        for one in &of.organizations {
            found.entry(&one.id).or_default().push(Member { run, one });
        }
    }
    found
}

impl<'r> Matching<'r> {
    fn match_paths(&mut self, old: &[Member<'r>], new: &[Member<'r>]) {
        let mut open: Vec<Member<'r>> = new.to_vec();
        for member in old {
            let Some(at) = open.iter().position(|other| other.path() == member.path()) else {
                self.removed.push(*member);
                continue;
            };
            let other = open.remove(at);
            self.by_path.push(PathMatch {
                path: member.path().to_owned(),
                old_id: member.one.id.clone(),
                new_id: other.one.id.clone(),
            });
            self.pairs.push((*member, other));
        }
        self.added.extend(open);
    }
}
