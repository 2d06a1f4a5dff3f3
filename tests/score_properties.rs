//! What must hold of every score, whatever the evidence and however the standard is read.

#![expect(clippy::indexing_slicing, reason = "random states name every target")]

mod score_support;

use std::collections::BTreeMap;

use proptest::prelude::*;
use score_support::{State, States, any_states, catalog, every_policy, judged, run, targets};
use wangge::model::catalog::Catalog;
use wangge::model::privacy::Redactor;
use wangge::model::report::Verdict;
use wangge::model::ruling::{Role, Ruling, Verdict as Word};
use wangge::score::{Judged, RulingContext, ScorePolicies, Scored, UnearnablePoints, apply_rulings, score};
use wangge::table::date::Date;

/// Random evidence, with one target and one combination of readings picked out.
fn any_case(catalog: &Catalog) -> impl Strategy<Value = (States, String, ScorePolicies)> + use<> {
    let items = targets(catalog);
    let ids: Vec<_> = items.iter().flatten().cloned().collect();
    (any_states(&items), prop::sample::select(ids), prop::sample::select(every_policy()))
}

fn scored(catalog: &Catalog, policies: ScorePolicies, states: &States) -> Scored {
    score(catalog, policies, &judged(states), catalog.pass)
}

fn with(states: &States, id: &str, state: State) -> States {
    let mut other = states.clone();
    other.insert(id.to_owned(), state);
    other
}

#[test]
fn meeting_one_more_never_lowers_either_end() {
    let catalog = catalog();
    run(1500, &any_case(&catalog), |(states, id, policies)| {
        prop_assume!(states[&id] != State::NotApplicable);
        let before = scored(&catalog, policies, &states);
        let after = scored(&catalog, policies, &with(&states, &id, State::Met));
        prop_assert!(after.low >= before.low && after.high >= before.high, "{id}");
        Ok(())
    });
}

#[test]
fn learning_an_unknown_only_narrows_the_range() {
    let catalog = catalog();
    run(1500, &any_case(&catalog), |(states, id, policies)| {
        let open = scored(&catalog, policies, &with(&states, &id, State::Unknown));
        let known = scored(&catalog, policies, &states);
        prop_assert!(open.low <= known.low && known.high <= open.high, "{id} {:?}", states[&id]);
        Ok(())
    });
}

#[test]
fn scores_stay_between_nothing_and_the_points_there_are() {
    let catalog = catalog();
    run(1500, &any_case(&catalog), |(states, _, policies)| {
        let scored = scored(&catalog, policies, &states);
        prop_assert!(scored.low <= scored.high && scored.high <= scored.full);
        for table in &scored.tables {
            prop_assert!(table.low <= table.high && table.high <= table.declared, "{}", table.id);
            for item in &table.items {
                prop_assert!(item.low <= item.high && item.high <= item.points, "{}", item.id);
            }
        }
        Ok(())
    });
}

#[test]
fn an_item_keeps_what_its_lines_leave_unless_it_is_absent() {
    let catalog = catalog();
    run(1000, &any_case(&catalog), |(states, _, policies)| {
        let scored = scored(&catalog, policies, &states);
        let items = scored.tables.iter().flat_map(|table| &table.items);
        for item in items.filter(|item| item.award.is_none()) {
            let lost = item
                .requirements
                .iter()
                .fold((0, 0), |lost, line| (lost.0 + line.lost_low, lost.1 + line.lost_high));
            let left = (item.points.saturating_sub(lost.0), item.points.saturating_sub(lost.1));
            prop_assert!(item.low == left.0 || item.low == 0, "{}", item.id);
            prop_assert!(item.high == left.1 || item.high == 0, "{}", item.id);
        }
        Ok(())
    });
}

#[test]
fn granting_the_unearnable_points_adds_all_of_them_or_none() {
    let catalog = catalog();
    run(500, &any_case(&catalog), |(states, _, policies)| {
        let withheld = ScorePolicies { unearnable_points: UnearnablePoints::Withheld, ..policies };
        let granted = ScorePolicies { unearnable_points: UnearnablePoints::Granted, ..policies };
        let (without, with) = (scored(&catalog, withheld, &states), scored(&catalog, granted, &states));
        prop_assert!([0, 5].contains(&(with.low - without.low)));
        prop_assert!([0, 5].contains(&(with.high - without.high)));
        Ok(())
    });
}

/// The score against a pass mark at its own high end: open unless nothing is unknown, so that all cases tell.
fn opened(catalog: &Catalog, policies: ScorePolicies, states: &States) -> Scored {
    score(catalog, policies, &judged(states), scored(catalog, policies, states).high)
}

#[test]
fn an_open_verdict_names_unknowns_whose_points_meeting_them_brings() {
    let catalog = catalog();
    run(300, &any_case(&catalog), |(states, _, policies)| {
        let before = opened(&catalog, policies, &states);
        prop_assert_eq!(before.verdict == Verdict::Open, before.low < before.high);
        prop_assert_eq!(before.verdict == Verdict::Open, !before.deciding.is_empty());
        prop_assert!(before.deciding.is_sorted_by(|a, b| a.points >= b.points));
        for one in before.deciding.iter().take(5) {
            prop_assert_eq!(states[&one.target], State::Unknown);
            let after = scored(&catalog, policies, &with(&states, &one.target, State::Met));
            prop_assert!([0, one.points].contains(&(after.low - before.low)), "{}", one.target);
        }
        Ok(())
    });
}

#[test]
fn meeting_all_deciding_unknowns_closes_the_range() {
    let catalog = catalog();
    run(300, &any_case(&catalog), |(states, _, policies)| {
        let before = opened(&catalog, policies, &states);
        let mut met = states;
        met.extend(before.deciding.iter().map(|one| (one.target.clone(), State::Met)));
        let after = scored(&catalog, policies, &met);
        prop_assert_eq!((after.low, after.high), (before.high, before.high));
        Ok(())
    });
}

fn ruling(target: &str, verdict: Word, day: i32) -> Ruling {
    Ruling {
        organization: String::new(),
        target: target.to_owned(),
        verdict,
        role: Role::Team,
        by: "王明".to_owned(),
        date: Date::from_days(day),
        expires: None,
        reason: "现场查看".to_owned(),
        evidence: String::new(),
        file: "rulings.csv".to_owned(),
        sheet: None,
        row: 2,
    }
}

fn ruled(catalog: &Catalog, rulings: &[Ruling]) -> BTreeMap<String, Judged> {
    let redactor = Redactor::default();
    let ctx = RulingContext {
        organization: "",
        as_of: Date::from_days(20_000),
        self_evaluation: true,
        redactor: &redactor,
        policies: ScorePolicies::default(),
    };
    apply_rulings(catalog, &BTreeMap::new(), rulings, &ctx).judged
}

#[test]
fn rulings_of_different_days_may_stand_in_any_order() {
    let catalog = catalog();
    let mut ids: Vec<_> = catalog.items().map(|item| item.id.clone()).collect();
    ids.extend(catalog.requirements().take(20).map(|requirement| requirement.id.clone()));
    let word = prop::sample::select(vec![Word::Met, Word::Unmet, Word::Absent, Word::NotApplicable]);
    let role = prop::sample::select(vec![Role::SelfEvaluation, Role::Team]);
    let one = (prop::sample::select(ids), word, role);
    let rulings = prop::collection::vec(one, 1..60).prop_map(|all| {
        let dated = all.into_iter().zip(0..);
        dated.map(|((id, word, role), day)| Ruling { role, ..ruling(&id, word, day) }).collect::<Vec<_>>()
    });
    let shuffled = rulings.prop_flat_map(|rulings| (Just(rulings.clone()), Just(rulings).prop_shuffle()));
    run(300, &shuffled, |(rulings, shuffled)| {
        let decided = |rulings| {
            let judged = ruled(&catalog, rulings).into_values();
            judged.map(|one| (one.decision, one.source)).collect::<Vec<_>>()
        };
        prop_assert_eq!(decided(&rulings), decided(&shuffled));
        Ok(())
    });
}

#[test]
fn what_each_person_would_give_lies_within_the_range_of_a_panel_that_must_agree() {
    let catalog = catalog();
    let ids: Vec<_> = catalog.items().map(|item| item.id.clone()).collect();
    let words = vec![Word::Met, Word::Met, Word::Met, Word::Unmet, Word::Absent, Word::NotApplicable];
    let person = prop::collection::vec(prop::sample::select(words), ids.len());
    run(100, &prop::collection::vec(person, 3), |persons| {
        let rulings = persons.iter().zip(["王明", "李华", "张立"]).map(|(words, by)| {
            let one =
                |(id, word): (&String, &Word)| Ruling { by: by.to_owned(), ..ruling(id, word.clone(), 1) };
            ids.iter().zip(words).map(one).collect::<Vec<_>>()
        });
        let rulings: Vec<_> = rulings.collect();
        let total = |rulings: &[Ruling]| {
            let scored = score(&catalog, ScorePolicies::default(), &ruled(&catalog, rulings), catalog.pass);
            (scored.low, scored.high)
        };
        let (low, high) = total(&rulings.concat());
        for one in &rulings {
            let (least, most) = total(one);
            prop_assert!(low <= least && most <= high, "{low} to {high} against {least} to {most}");
        }
        Ok(())
    });
}

#[test]
fn every_item_ruled_absent_scores_nothing_and_every_item_met_scores_in_full() {
    let catalog = catalog();
    let all = |verdict: Word| -> Vec<_> {
        catalog.items().map(|item| ruling(&item.id, verdict.clone(), 1)).collect()
    };
    let ends = |verdict, unearnable_points| {
        let policies = ScorePolicies { unearnable_points, ..ScorePolicies::default() };
        let scored = score(&catalog, policies, &ruled(&catalog, &all(verdict)), catalog.pass);
        (scored.low, scored.high)
    };
    assert_eq!(ends(Word::Absent, UnearnablePoints::Withheld), (0, 0));
    assert_eq!(ends(Word::Absent, UnearnablePoints::Granted), (0, 0));
    assert_eq!(ends(Word::Met, UnearnablePoints::Withheld), (495, 495));
    assert_eq!(ends(Word::Met, UnearnablePoints::Granted), (500, 500));
    assert_eq!(ends(Word::NotApplicable, UnearnablePoints::Withheld), (495, 495));
}
