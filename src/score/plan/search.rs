//! The search: exact, by dynamic programming over targets, items and tables.
//!
//! Three things make points hang together. A lesser deduction counts only as far as it exceeds the greater one that is
//! made: while an item's targets are gone through, the state holds which of those with open links are put right. By 7.2 an
//! item or a table may score nothing: the state holds what its targets come to ([`Tally`]). No item falls below 0: losses
//! stop at its points. With these in the state, points of items add up to tables and tables to the total, and of two
//! choices in one state the one that lacks more points and costs no less is never needed.
//!
//! For T targets and a full mark of P points, with C different costs that choices can add up to: at most min(P, C) choices
//! are kept in a state, and time grows with T · min(P, C)², not with the number of sets of targets. It doubles with each
//! link between requirements of one item that is open at the same time; the standard has one an item at most.

use super::super::item_score::{ItemScore, Line, Standing};
use super::super::owed::Tally;
use super::super::total::TableSum;
use super::front::{Front, Way};

/// What the total can come to, with the points lacking of all that items and headings state. `cost` is that of putting
/// the target of a number right, where it can be.
pub(super) fn search(tables: &[TableSum<'_>], cost: &dyn Fn(usize) -> Option<u32>) -> Front<()> {
    let mut first = 0_usize;
    let mut total = Front::start(());
    for table in tables {
        let mut sum = Front::start(Tally::default());
        for sheet in &table.sheets {
            sum = sum.beside(&item(sheet, first, cost), |sum, item| sum.and(*item));
            first = first.saturating_add(sheet.lines().len());
        }
        let table = sum.then(|tally, short, way| vec![((), table.short_of(short, *tally), way.clone())]);
        total = total.beside(&table, |(), ()| ());
    }
    total
}

/// What is known of the targets gone through: what they come to together, and which of those with open links are met.
type State = (Tally, Vec<usize>);

/// What an item can come to; `first` is the number of its first target.
fn item(sheet: &ItemScore<'_>, first: usize, cost: &dyn Fn(usize) -> Option<u32>) -> Front<Tally> {
    let lines: Vec<Line<'_>> = sheet.lines().collect();
    let mut front: Front<State> = Front::start((Tally::default(), Vec::new()));
    for (at, line) in lines.iter().enumerate() {
        let number = first.saturating_add(at);
        let cost = if line.is_short() { cost(number) } else { None };
        front = front.then(|(tally, met), lost, way| {
            let next = |standing: Standing, met: &[usize], way: Way| {
                let lost = lost.saturating_add(lost_at(&lines, at, met)).min(sheet.points());
                let open = met.iter().copied().filter(|one| is_open(&lines, *one, at)).collect();
                ((tally.and(standing.tally), open), lost, way)
            };
            let kept = next(line.kept, met, way.clone());
            let right =
                cost.map(|cost| next(line.met, &[met.as_slice(), &[at]].concat(), way.step(number, cost)));
            [kept].into_iter().chain(right).collect()
        });
    }
    let short = |lost, tally| sheet.points().saturating_sub(sheet.left_of(lost, tally));
    front.then(|(tally, _), lost, way| vec![(*tally, short(lost, *tally), way.clone())])
}

/// Points whose loss is known once the target at `at` is decided: its own, where its greater deduction was decided before,
/// and those of earlier ones that were waiting for it.
fn lost_at(lines: &[Line<'_>], at: usize, met: &[usize]) -> u32 {
    let decided = lines.iter().enumerate().take(at.saturating_add(1));
    let due = decided.filter(|(one, line)| line.greater.map_or(*one, |greater| greater.max(*one)) == at);
    due.fold(0, |sum: u32, (one, line)| {
        let greater = line.greater.map_or(0, |greater| deduction(lines, greater, met));
        sum.saturating_add(deduction(lines, one, met).saturating_sub(greater))
    })
}

fn deduction(lines: &[Line<'_>], at: usize, met: &[usize]) -> u32 {
    let standing = |line: &Line<'_>| if met.contains(&at) { line.met.loss } else { line.kept.loss };
    lines.get(at).map_or(0, standing)
}

/// Whether some loss that hangs on the target `one` is not yet known after the one at `at`.
fn is_open(lines: &[Line<'_>], one: usize, at: usize) -> bool {
    let waits = lines.get(one).and_then(|line| line.greater).is_some_and(|greater| greater > at);
    let awaited = lines.iter().enumerate().skip(at.saturating_add(1));
    waits || awaited.into_iter().any(|(_, line)| line.greater == Some(one))
}
