//! Which unknowns a target within the score hangs on.

use std::cmp::Reverse;

use super::{Case, Changes};
use crate::model::outcome::Outcome;
use crate::model::plan::{Decides, OpenTarget};
use crate::model::report::Range;

/// The unknowns that change the score, the one with the greatest swing first, else in the order of the catalog.
pub(super) fn open(case: &Case<'_>, now: Range, aim: u32) -> Vec<OpenTarget> {
    let unknown =
        |number: &usize| case.places.get(*number).is_some_and(|place| place.line.outcome == Outcome::Unknown);
    let all = (0..case.places.len()).filter(unknown).map(|number| of(case, number, now, aim));
    let mut all: Vec<_> = all.filter(|one| one.swing > 0).collect();
    // Stable, so equals keep the order of the catalog.
    all.sort_by_key(|one| Reverse(one.swing));
    all
}

fn of(case: &Case<'_>, number: usize, now: Range, aim: u32) -> OpenTarget {
    let if_it_were = |outcome| {
        let changes: Changes =
            case.settled(number, outcome).map(|grade| (number, grade)).into_iter().collect();
        case.range(&changes)
    };
    let low_if_met = if_it_were(Outcome::Met).low;
    // What an unknown may turn out to be at worst.
    let high_if_unmet = if_it_were(Outcome::Absent).high;
    OpenTarget {
        target: case.id(number).to_owned(),
        swing: low_if_met.saturating_sub(now.low).max(now.high.saturating_sub(high_if_unmet)),
        low_if_met,
        high_if_unmet,
        decides: match (low_if_met >= aim, high_if_unmet < aim) {
            (true, true) => Decides::Both,
            (true, false) => Decides::Reached,
            (false, true) => Decides::Missed,
            (false, false) => Decides::Neither,
        },
    }
}
