//! A second scorer, written from the printed tables alone, against the first. It shares nothing with it: its own
//! table of points, and instead of reasoning about ranges it walks through every way the unknowns can turn out.

mod score_support;

use proptest::prelude::*;
use score_support::{State, States, any_states, catalog, every_policy, judged, run, targets};
use wangge::model::report::ScoreTable;
use wangge::score::{
    AbsentItem, LesserDeduction, LineF, OrAbove, OwedUnit, ScorePolicies, UnearnablePoints, score,
};

/// One table: id, points its heading declares, items.
type Table = (&'static str, u32, &'static [Item]);

/// One item: id, points, deductions in printed order; an award has none.
type Item = (&'static str, u32, &'static [Loss]);

/// One printed deduction.
#[derive(Clone, Copy)]
enum Loss {
    /// For a thing that is not there.
    No(u32),
    /// For falling short, or for what may be there in part.
    Short(u32),
    /// For falling short, printed in one cell with the deduction before it.
    Lesser(u32),
    /// Line f: one of three conditions not reached.
    OneOfThree(u32),
    /// One point for each of four.
    EachOfFour,
    /// By how much of the training plan was carried out.
    Plan,
}

use Loss::{EachOfFour, Lesser, No, OneOfThree, Plan, Short};

/// The structure item of A.2, A.3 and A.4.
const STRUCTURE: &[Loss] = &[No(5), Lesser(3), Short(1), Short(1), Short(1), OneOfThree(1), Short(1)];

const TABLES: [Table; 7] = [
    (
        "A.1",
        60,
        &[
            ("A.1.1", 5, &[No(2), No(2), Short(1)]),
            ("A.1.2", 10, &[No(2), Lesser(2), No(2), No(2), Short(2), Short(2)]),
            ("A.1.3", 5, &[No(2), No(1), Short(1)]),
            ("A.1.4", 10, &[No(2), Short(2), Short(2), Plan]),
            ("A.1.5", 5, &[Short(3), Short(1), Short(1)]),
            ("A.1.6", 10, &[Short(2), Short(2), Short(4), Short(2)]),
            ("A.1.7", 10, &[No(5), Short(1), EachOfFour, Short(2), Short(1)]),
            ("A.1.8", 5, &[Short(3), Short(1), Short(1)]),
        ],
    ),
    (
        "A.2",
        30,
        &[
            ("A.2.1", 10, STRUCTURE),
            ("A.2.2", 8, &[Short(2)]),
            ("A.2.3", 6, &[Short(2)]),
            ("A.2.4", 6, &[Short(2)]),
        ],
    ),
    (
        "A.3",
        120,
        &[
            ("A.3.1", 10, STRUCTURE),
            ("A.3.2", 20, &[No(5), No(5)]),
            ("A.3.3", 40, &[No(5), No(5), No(5), No(5), No(5), No(5), No(5), No(5)]),
            ("A.3.4", 20, &[No(5), No(5), No(5), No(5)]),
            ("A.3.5", 30, &[No(5), No(5), No(5), No(5), No(5), No(5)]),
        ],
    ),
    (
        "A.4",
        120,
        &[
            ("A.4.1", 10, STRUCTURE),
            ("A.4.2", 10, &[No(2), No(2), No(2), No(2)]),
            ("A.4.3", 5, &[No(2), No(2), No(2)]),
            ("A.4.4", 5, &[No(2), No(2), No(2)]),
            ("A.4.5", 5, &[No(2), No(2), No(2)]),
            ("A.4.6.1", 10, &[No(3), No(3), No(3)]),
            ("A.4.6.2", 10, &[No(3), No(3), No(3)]),
            ("A.4.6.3", 10, &[No(3), No(3), No(3)]),
            ("A.4.6.4", 10, &[No(3), No(3), No(3), No(3)]),
            ("A.4.6.5", 10, &[No(3), No(3), No(3), No(3), No(3)]),
            ("A.4.7", 5, &[No(1), No(1), No(1), No(1), No(1)]),
            ("A.4.8", 5, &[No(1), No(1), No(1), No(1)]),
            ("A.4.9", 10, &[No(2), No(2), No(2), No(2), No(2), No(2)]),
            ("A.4.10", 10, &[No(2), No(2), No(2), No(2), No(2), No(2)]),
        ],
    ),
    (
        "A.5",
        50,
        &[
            ("A.5.1", 10, &[No(5), Lesser(3), Short(2), Short(2), Short(2), OneOfThree(2), Short(2)]),
            ("A.5.2", 20, &[No(3), No(3), No(3), No(3), No(3), No(3)]),
            ("A.5.3", 20, &[No(3), No(3), No(3), No(3)]),
        ],
    ),
    (
        "A.6",
        60,
        &[
            ("A.6.1", 10, &[Short(2), Short(2)]),
            ("A.6.2", 15, &[No(3), Short(3)]),
            ("A.6.3", 15, &[Short(3), Short(3)]),
            ("A.6.4", 10, &[No(1), No(1), No(1), Short(1)]),
            ("A.6.5", 10, &[No(2), No(2), Short(2)]),
        ],
    ),
    ("A.7", 60, &[("A.7.1", 20, &[]), ("A.7.2", 20, &[]), ("A.7.3", 10, &[]), ("A.7.4", 10, &[])]),
];

/// One requirement in one world.
#[derive(Clone, Copy)]
enum Fact {
    Loses(u32),
    Gone(u32),
    Excused,
}

fn ends_of_table(table: &Table, states: &States, readings: ScorePolicies) -> (u32, u32) {
    let items = ends_of_items(table, states, readings).into_iter();
    let (low, high) = items.fold((0, 0), |(low, high), item| (low + item.0, high + item.1));
    let spare = table.1 - table.2.iter().map(|item| item.1).sum::<u32>();
    let granted = readings.unearnable_points == UnearnablePoints::Granted;
    let lift = |points| if granted && points > 0 { points + spare } else { points };
    (lift(low), lift(high))
}

/// Items of one table. Read to speak of tables, 7.2 takes all their points, in the worst world if the table may fall, in the
/// best one if it must.
fn ends_of_items(table: &Table, states: &States, readings: ScorePolicies) -> Vec<(u32, u32)> {
    let (may, must) = match readings.owed_unit {
        OwedUnit::Item => (false, false),
        OwedUnit::Table => falls(table, states, readings),
    };
    let ends = |item: &Item| {
        let (low, high) = ends_of_item(item, states, readings);
        (if may { 0 } else { low }, if must { 0 } else { high })
    };
    table.2.iter().map(ends).collect()
}

/// Ids of the printed deductions of an item.
fn ids(item: &Item) -> Vec<String> {
    let (id, _, losses) = *item;
    losses.iter().zip("abcdefgh".chars()).map(|(_, letter)| format!("{id}.{letter}")).collect()
}

/// Whether a table may, and whether it must, score nothing as a whole.
fn falls(table: &Table, states: &States, readings: ScorePolicies) -> (bool, bool) {
    let of_item = |item: &Item| -> Vec<(bool, Vec<Fact>)> {
        let losses = item.2.iter().zip(ids(item));
        let lines = losses.map(|(loss, id)| (false, facts(*loss, states[&id], readings)));
        if item.2.is_empty() { vec![(true, award_facts(states[item.0]))] } else { lines.collect() }
    };
    let lines: Vec<_> = table.2.iter().flat_map(of_item).collect();
    let gone = |fact: &Fact| matches!(fact, Fact::Gone(_));
    let short = |fact: &Fact| matches!(fact, Fact::Gone(1..) | Fact::Loses(1..));
    let applies = lines.iter().filter(|(_, facts)| !matches!(facts[..], [Fact::Excused]));
    match readings.absent_item {
        AbsentItem::Deductions => (false, false),
        AbsentItem::Zero => {
            let applies: Vec<_> = applies.map(|(_, facts)| facts).collect();
            let any = !applies.is_empty();
            (
                any && applies.iter().all(|facts| facts.iter().any(gone)),
                any && applies.iter().all(|facts| facts.iter().all(gone)),
            )
        }
        AbsentItem::Partly => {
            let printed: Vec<_> = applies.filter(|(award, _)| !award).map(|(_, facts)| facts).collect();
            (
                printed.iter().any(|facts| facts.iter().any(short)),
                printed.iter().any(|facts| facts.iter().all(short)),
            )
        }
    }
}

/// What may be true of an award, as far as 7.2 asks.
fn award_facts(state: State) -> Vec<Fact> {
    match state {
        State::Absent => vec![Fact::Gone(1)],
        State::Unknown => vec![Fact::Loses(0), Fact::Gone(1)],
        State::NotApplicable => vec![Fact::Excused],
        State::Met | State::Unmet | State::Value(_) | State::Level(_) => vec![Fact::Loses(0)],
    }
}

fn ends_of_item(item: &Item, states: &States, readings: ScorePolicies) -> (u32, u32) {
    let (id, points, losses) = *item;
    if losses.is_empty() {
        return award(id, points, states[id], readings.or_above == OrAbove::Exclusive);
    }
    let possible: Vec<Vec<Fact>> =
        losses.iter().zip(ids(item)).map(|(loss, id)| facts(*loss, states[&id], readings)).collect();
    let mut ends = (u32::MAX, 0);
    walk(&possible, &mut Vec::new(), &mut |world| {
        let left = in_world(points, losses, world, readings);
        ends = (ends.0.min(left), ends.1.max(left));
    });
    ends
}

/// Every way the unknowns of an item can turn out.
fn walk(possible: &[Vec<Fact>], world: &mut Vec<Fact>, visit: &mut impl FnMut(&[Fact])) {
    let Some((first, rest)) = possible.split_first() else { return visit(world) };
    for fact in first {
        world.push(*fact);
        walk(rest, world, visit);
        world.pop();
    }
}

fn in_world(points: u32, losses: &[Loss], world: &[Fact], readings: ScorePolicies) -> u32 {
    if readings.owed_unit == OwedUnit::Item && item_falls(world, readings) {
        return 0;
    }
    let mut left = points;
    let mut before = 0;
    for (loss, fact) in losses.iter().zip(world) {
        let taken = match fact {
            Fact::Loses(taken) | Fact::Gone(taken) => *taken,
            Fact::Excused => 0,
        };
        let replaced = matches!(loss, Lesser(_))
            && before > 0
            && readings.lesser_deduction == LesserDeduction::Superseded;
        left = left.saturating_sub(if replaced { 0 } else { taken });
        before = taken;
    }
    left
}

/// Whether an item scores nothing in one world, whatever its deductions leave.
fn item_falls(world: &[Fact], readings: ScorePolicies) -> bool {
    let gone = world.iter().filter(|fact| matches!(fact, Fact::Gone(_))).count();
    let excused = world.iter().filter(|fact| matches!(fact, Fact::Excused)).count();
    let short = world.iter().any(|fact| matches!(fact, Fact::Gone(1..) | Fact::Loses(1..)));
    match readings.absent_item {
        AbsentItem::Zero => gone > 0 && gone + excused == world.len(),
        AbsentItem::Partly => short,
        AbsentItem::Deductions => false,
    }
}

/// What a deduction may come to, given what is known.
fn facts(loss: Loss, state: State, readings: ScorePolicies) -> Vec<Fact> {
    let conditions = if readings.line_f == LineF::Each { 3 } else { 1 };
    let whole = match loss {
        No(points) | Short(points) | Lesser(points) => points,
        OneOfThree(points) => conditions * points,
        EachOfFour => 4,
        Plan => 3,
    };
    let is_missing = matches!(loss, No(_) | EachOfFour);
    let unmet = if is_missing { Fact::Gone(whole) } else { Fact::Loses(whole) };
    match state {
        State::Met | State::Level(_) => vec![Fact::Loses(0)],
        State::Unmet => vec![unmet],
        State::Absent => vec![Fact::Gone(whole)],
        State::Unknown if is_missing => vec![Fact::Loses(0), Fact::Gone(whole)],
        State::Unknown => vec![Fact::Loses(0), unmet, Fact::Gone(whole)],
        State::NotApplicable => vec![Fact::Excused],
        State::Value(value) => vec![valued(loss, value, whole, readings)],
    }
}

fn valued(loss: Loss, value: u32, whole: u32, readings: ScorePolicies) -> Fact {
    let exclusive = readings.or_above == OrAbove::Exclusive;
    match loss {
        EachOfFour if value == 4 => Fact::Gone(4),
        EachOfFour => Fact::Loses(value),
        OneOfThree(points) if readings.line_f == LineF::Each => Fact::Loses(value * points),
        OneOfThree(_) => Fact::Loses(if value == 0 { 0 } else { whole }),
        Plan => Fact::Loses(match value {
            100.. => 0,
            51..=99 => 1,
            50 => 1 + u32::from(exclusive),
            31..=49 => 2,
            30 => 2 + u32::from(exclusive),
            _ => 3,
        }),
        No(_) | Short(_) | Lesser(_) => unreachable!("takes no value"),
    }
}

fn award(id: &str, points: u32, state: State, exclusive: bool) -> (u32, u32) {
    let sure = |points| (points, points);
    match state {
        State::Met | State::NotApplicable => sure(points),
        State::Unmet | State::Absent | State::Level("none") => (0, 0),
        State::Unknown => (0, points),
        State::Level("national" | "significant") => sure(10),
        State::Level("provincial") => sure(5),
        State::Level("city") => sure(3),
        State::Level(other) => unreachable!("no such level: {other}"),
        // Read exclusively, a whole number stands where the one below it would.
        State::Value(value) if exclusive => sure(value.checked_sub(1).map_or(0, |below| banded(id, below))),
        State::Value(value) => sure(banded(id, value)),
    }
}

fn banded(id: &str, value: u32) -> u32 {
    match (id, value) {
        ("A.7.1", 90..) | ("A.7.2", 80..) => 20,
        ("A.7.2", 60..) => 18,
        ("A.7.2", 50..) => 16,
        ("A.7.1", 80..) => 15,
        ("A.7.2", 30..) => 14,
        ("A.7.2", 20..) => 12,
        ("A.7.1", 60..) | ("A.7.2", 10..) => 10,
        ("A.7.4", 10..) => 5,
        ("A.7.4", 5..) => 3,
        _ => 0,
    }
}

/// Where the module and the reference differ, by table, item by item.
fn differences(
    table: &ScoreTable,
    reference: &Table,
    states: &States,
    readings: ScorePolicies,
) -> Vec<String> {
    let mut found = Vec::new();
    let mut compare = |id: &str, got: (u32, u32), expected: (u32, u32)| {
        if got != expected {
            found.push(format!("{id}: {got:?}, expected {expected:?}"));
        }
    };
    for (item, expected) in table.items.iter().zip(ends_of_items(reference, states, readings)) {
        compare(&item.id, (item.low, item.high), expected);
    }
    compare(&table.id, (table.low, table.high), ends_of_table(reference, states, readings));
    found
}

#[test]
fn the_module_agrees_with_the_reference_under_every_combination_of_readings() {
    let catalog = catalog();
    let policies = every_policy();
    run(400, &any_states(&targets(&catalog)), |states| {
        let judged = judged(&states);
        for readings in &policies {
            let scored = score(&catalog, *readings, &judged, catalog.pass);
            for (table, reference) in scored.tables.iter().zip(&TABLES) {
                let found = differences(table, reference, &states, *readings);
                prop_assert!(found.is_empty(), "{readings:?}: {found:?}");
            }
            let (low, high) = scored.tables.iter().fold((0, 0), |(l, h), t| (l + t.low, h + t.high));
            prop_assert_eq!((scored.low, scored.high), (low, high));
        }
        Ok(())
    });
}

#[test]
fn the_catalog_states_the_points_and_deductions_of_the_printed_tables() {
    let catalog = catalog();
    let counts = catalog.tables.iter().map(|t| t.items.iter().map(|i| i.requirements.len()).sum::<usize>());
    assert_eq!(counts.collect::<Vec<_>>(), [31, 10, 27, 59, 17, 13, 0]);
    for (table, reference) in catalog.tables.iter().zip(&TABLES) {
        assert_eq!((table.id.as_str(), table.declared), (reference.0, reference.1));
        assert_eq!(table.items.len(), reference.2.len());
        for (item, (id, points, losses)) in table.items.iter().zip(reference.2) {
            assert_eq!((item.id.as_str(), item.points), (*id, *points));
            assert_eq!(item.requirements.len(), losses.len(), "{id}");
        }
    }
}
