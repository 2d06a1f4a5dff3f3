//! Which unknowns an open verdict hangs on.

use crate::model::report::{Deciding, Range};

use super::total::TableSum;

/// Unknown targets with the points each is worth, the greatest first, else in catalog order.
pub(super) fn deciding(sums: &[TableSum<'_>]) -> Vec<Deciding> {
    let mut all: Vec<_> = sums.iter().flat_map(of_table).collect();
    // Stable, so equals keep the order of the catalog.
    all.sort_by_key(|one| std::cmp::Reverse(one.points));
    all
}

fn of_table(table: &TableSum<'_>) -> Vec<Deciding> {
    let earned = table.earned();
    let sheets = table.sheets.iter().flat_map(|sheet| {
        let before = sheet.range();
        sheet.unknowns().map(move |unknown| (before, unknown))
    });
    sheets
        .map(|(before, (target, met, absent))| {
            let points = |after: Range| table.points(swap(earned, before, after));
            let now = table.points(earned);
            let rise = points(met).low.saturating_sub(now.low);
            let fall = now.high.saturating_sub(points(absent).high);
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

/// The table's sum with one item's points exchanged.
fn swap(sum: Range, before: Range, after: Range) -> Range {
    let exchange = |sum: u32, before: u32, after: u32| sum.saturating_sub(before).saturating_add(after);
    Range { low: exchange(sum.low, before.low, after.low), high: exchange(sum.high, before.high, after.high) }
}
