//! Plans against exhaustive search: no other set of steps reaches the target at less.

#![expect(clippy::indexing_slicing, reason = "random states name every target")]

mod score_support;

use std::cmp::Reverse;
use std::collections::BTreeMap;

use proptest::prelude::*;
use score_support::{State, States, any_states, catalog, every_policy, judged, run, targets};
use wangge::model::catalog::{
    Award, Catalog, Count, Decided, Item, LossBand, Nature, Requirement, ScoreTable,
};
use wangge::model::outcome::Outcome;
use wangge::model::plan::{Aim, Decides, Plan, PlanStatus};
use wangge::model::text::Text;
use wangge::score::{ScorePolicies, Scored, plan, score};

/// A small scoring table, what is known of its targets, how the standard is read, and what is aimed at.
type Case = (Catalog, States, ScorePolicies, Aim);

/// Shapes of a requirement: deduction, whether it is printed for a missing thing, form, the one that replaces it.
type Shape = (u32, bool, u8, Option<usize>);

fn requirement(item: &str, at: usize, count: usize, (deduct, missing, form, greater): Shape) -> Requirement {
    let id = |at: usize| format!("{item}.{}", char::from(b'a' + u8::try_from(at).unwrap_or_default()));
    let bands = [LossBand { from: 90, lose: 0 }, LossBand { from: 50, lose: deduct / 2 }];
    let policy = (form == 3).then(|| "line_f".to_owned());
    Requirement {
        id: id(at),
        deduct,
        nature: if missing { Nature::Missing } else { Nature::FallingShort },
        // Any other one of the item: pairs, chains, several replaced by one, even circles.
        superseded_by: greater.map(|to| to % count).filter(|to| *to != at).map(id),
        decided: Decided::Data,
        why: None,
        title: Text::default(),
        evidence: Text::default(),
        fix: Text::default(),
        severity: None,
        veto: false,
        bands: if form == 1 { bands.to_vec() } else { Vec::new() },
        count: (form >= 2).then_some(Count { each: 1, of: deduct, policy }),
    }
}

fn award(points: u32) -> Vec<Award> {
    let band = |from, points| Award { from: Some(from), level: None, words: Vec::new(), points };
    vec![band(90, points.saturating_sub(1)), band(50, points / 2)]
}

fn any_item(id: String) -> impl Strategy<Value = Item> {
    let shape = (1_u32..=4, any::<bool>(), 0_u8..=3, prop::option::of(0_usize..4));
    (1_u32..=8, prop::collection::vec(shape, 0..=4)).prop_map(move |(points, shapes)| {
        let count = shapes.len();
        let lines = shapes.into_iter().enumerate();
        let requirements: Vec<_> = lines.map(|(at, shape)| requirement(&id, at, count, shape)).collect();
        Item {
            id: id.clone(),
            points,
            weight: 1,
            page: 0,
            title: Text::default(),
            award: if requirements.is_empty() { award(points) } else { Vec::new() },
            requirements,
            decided: None,
            share: false,
            minimum: None,
            evidence: Text::default(),
            fix: Text::default(),
        }
    })
}

fn any_table(id: &'static str, items: usize) -> impl Strategy<Value = ScoreTable> {
    let items: Vec<_> = (1..=items).map(|at| any_item(format!("{id}.{at}"))).collect();
    (items, 0_u32..=3).prop_map(move |(items, beyond)| ScoreTable {
        minimum: None,
        id: id.to_owned(),
        declared: items.iter().map(|item| item.points).sum::<u32>() + beyond,
        page: String::new(),
        source: Text::default(),
        title: Text::default(),
        items,
    })
}

fn any_state() -> impl Strategy<Value = State> {
    use State::{Absent, Met, NotApplicable, Unknown, Unmet, Value};
    let plain =
        prop::sample::select(vec![Met, Unmet, Unmet, Absent, Absent, Unknown, Unknown, NotApplicable]);
    prop_oneof![4 => plain, 1 => prop::sample::select(vec![Value(0), Value(1), Value(2), Value(50), Value(90)])]
}

/// At most 8 targets, so that all sets of steps can be tried.
fn any_case() -> impl Strategy<Value = Case> {
    let catalog = (any_table("T.1", 2), any_table("T.2", 1))
        .prop_map(|(first, second)| Catalog { tables: vec![first, second], ..Catalog::default() })
        .prop_filter("few targets", |catalog| targets(catalog).iter().flatten().count() <= 8);
    let with_states = catalog.prop_flat_map(|catalog| {
        let ids: Vec<String> = targets(&catalog).into_iter().flatten().collect();
        let full: u32 = catalog.tables.iter().map(|table| table.declared).sum();
        let states = prop::collection::vec(any_state(), ids.len());
        let cost = prop_oneof![3 => Just(None), 2 => (0_u32..=3).prop_map(|cost| Some(Some(cost))), 1 => Just(Some(None))];
        let costs = prop::collection::vec(cost, ids.len());
        (Just(catalog), Just(ids), states, costs, 0..=full, prop::sample::select(every_policy()))
    });
    with_states.prop_map(|(catalog, ids, states, costs, target, policies)| {
        let states = ids.iter().cloned().zip(states).collect();
        let costs = ids.into_iter().zip(costs).filter_map(|(id, cost)| Some((id, cost?))).collect();
        (catalog, states, policies, Aim { target, costs })
    })
}

fn scored(catalog: &Catalog, policies: ScorePolicies, states: &States) -> Scored {
    score(catalog, policies, &judged(states), catalog.pass)
}

/// The states once these targets are met.
fn put_right<'a>(states: &States, ids: impl Iterator<Item = &'a String>) -> States {
    let mut right = states.clone();
    right.extend(ids.map(|id| (id.clone(), State::Met)));
    right
}

/// Every set of targets that may be put right, with its cost and the low end it leads to by the arithmetic of scores.
fn every_set((catalog, states, policies, aim): &Case) -> Vec<(u64, usize, u32)> {
    let outcomes = outcomes(&scored(catalog, *policies, states));
    let open = |id: &&String| !matches!(outcomes[*id], Outcome::Met | Outcome::NotApplicable);
    let ids: Vec<&String> = states.keys().filter(open).filter(|id| aim.cost(id).is_some()).collect();
    (0_u32..1 << ids.len())
        .map(|bits| {
            let chosen = || ids.iter().enumerate().filter(|(at, _)| bits >> at & 1 == 1).map(|(_, id)| *id);
            let cost = chosen().filter_map(|id| aim.cost(id)).map(u64::from).sum();
            (cost, chosen().count(), scored(catalog, *policies, &put_right(states, chosen())).low)
        })
        .collect()
}

/// What was decided of each target, once values are read.
fn outcomes(scored: &Scored) -> BTreeMap<String, Outcome> {
    let items = || scored.tables.iter().flat_map(|table| &table.items);
    let lines = items().flat_map(|item| &item.requirements).map(|line| (line.id.clone(), line.outcome));
    lines.chain(items().filter_map(|item| Some((item.id.clone(), item.award.as_ref()?.outcome)))).collect()
}

fn planned((catalog, states, policies, aim): &Case) -> Plan {
    plan(catalog, *policies, &judged(states), aim)
}

#[test]
fn no_other_set_of_steps_reaches_the_target_at_less() {
    run(600, &any_case(), |case| {
        let (found, all) = (planned(&case), every_set(&case));
        let target = case.3.target;
        let most = all.iter().map(|(.., low)| *low).max().unwrap_or_default();
        prop_assert_eq!(found.most, most);
        let aimed = target.min(most);
        let best = all
            .iter()
            .filter(|(.., low)| *low >= aimed)
            .map(|(cost, count, low)| (*cost, *count, Reverse(*low)));
        prop_assert_eq!(Some((found.cost, found.steps.len(), Reverse(found.low))), best.min(), "{:?}", found);
        let now = scored(&case.0, case.2, &case.1).low;
        let status = match target {
            target if now >= target => PlanStatus::Reached,
            target if most >= target => PlanStatus::Reachable,
            _ => PlanStatus::Unreachable,
        };
        prop_assert_eq!(found.status, status);
        prop_assert_eq!(found.limits.is_empty(), status != PlanStatus::Unreachable);
        Ok(())
    });
}

/// What a plan says of its steps and of unknowns, by the arithmetic of scores.
fn says_what_is_so(case: &Case, found: &Plan) -> Result<(), TestCaseError> {
    let (catalog, states, policies, aim) = case;
    let low = |states: &States| scored(catalog, *policies, states).low;
    let done: Vec<&String> = found.steps.iter().map(|step| &step.target).collect();
    let all = low(&put_right(states, done.iter().copied()));
    prop_assert_eq!(found.low, all);
    prop_assert!(found.status == PlanStatus::Unreachable || all >= aim.target);
    for (at, step) in found.steps.iter().enumerate() {
        let others = done.iter().copied().filter(|id| **id != step.target);
        prop_assert_eq!(step.points, all.saturating_sub(low(&put_right(states, others))));
        prop_assert_eq!(step.after, low(&put_right(states, done.iter().copied().take(at + 1))));
        prop_assert_eq!(Some(step.cost), aim.cost(&step.target));
    }
    let now = scored(catalog, *policies, states);
    prop_assert_eq!(
        !found.open.is_empty(),
        now.low < aim.target && aim.target <= now.high && now.low < now.high
    );
    for one in &found.open {
        let met = low(&put_right(states, [&one.target].into_iter()));
        let mut worst = states.clone();
        worst.insert(one.target.clone(), State::Absent);
        let unmet = scored(catalog, *policies, &worst).high;
        prop_assert_eq!((one.low_if_met, one.high_if_unmet), (met, unmet));
        prop_assert_eq!(one.swing, (met.saturating_sub(now.low)).max(now.high.saturating_sub(unmet)));
        let decides = matches!(one.decides, Decides::Both | Decides::Reached);
        prop_assert_eq!(decides, met >= aim.target);
    }
    Ok(())
}

#[test]
fn what_a_plan_says_of_its_steps_and_of_unknowns_is_so() {
    run(600, &any_case(), |case| says_what_is_so(&case, &planned(&case)));
}

#[test]
fn plans_of_the_whole_catalog_reach_their_target_and_need_every_step() {
    let catalog = catalog();
    let cases = (any_states(&targets(&catalog)), prop::sample::select(every_policy()), 0_u32..=500);
    run(40, &cases, |(states, policies, target)| {
        let case = (catalog.clone(), states, policies, Aim { target, ..Aim::default() });
        let found = planned(&case);
        says_what_is_so(&case, &found)?;
        if found.status == PlanStatus::Reachable {
            let needed = |points: u32| found.low.saturating_sub(points) < target;
            prop_assert!(found.steps.iter().all(|step| needed(step.points)), "{found:?}");
        }
        Ok(())
    });
}
