//! Which unknowns an open verdict hangs on.

use crate::model::outcome::Outcome;
use crate::model::report::Deciding;

use super::total::TableSum;

/// Unknown targets with the points each is worth, the greatest first, else in catalog order.
pub(super) fn deciding(sums: &[TableSum<'_>]) -> Vec<Deciding> {
    let mut all: Vec<_> = sums.iter().flat_map(of_table).collect();
    // Stable, so equals keep the order of the catalog.
    all.sort_by_key(|one| std::cmp::Reverse(one.points));
    all
}

fn of_table(table: &TableSum<'_>) -> Vec<Deciding> {
    let now = table.points(table.earned());
    let sheets = table.sheets.iter().enumerate();
    let unknowns =
        sheets.flat_map(|(place, sheet)| sheet.unknowns().map(move |unknown| (place, sheet, unknown)));
    unknowns
        .map(|(place, sheet, (at, target))| {
            let if_it_were = |outcome| table.points(table.earned_with(place, &sheet.with(at, outcome)));
            let rise = if_it_were(Outcome::Met).low.saturating_sub(now.low);
            let fall = now.high.saturating_sub(if_it_were(Outcome::Absent).high);
            Deciding { target: target.to_owned(), points: worth(rise, fall) }
        })
        .filter(|one| one.points > 0)
        .collect()
}

/// What meeting the target alone adds to the low end. Where that is nothing because the item's other unknowns
/// hold it at the floor, what the target can still cost. Nothing in both: it cannot change the score.
fn worth(rise: u32, fall: u32) -> u32 {
    if rise > 0 { rise } else { fall }
}
