use std::collections::BTreeMap;

use super::super::fixture::{JudgedMap, all, catalog, measured, met_but, number};
use super::super::policy::{OrAbove, OwedUnit, ScorePolicies, UnearnablePoints};
use super::plan;
use crate::model::catalog::Item;
use crate::model::outcome::Outcome;
use crate::model::plan::{Aim, Decides, Plan, PlanStatus};

fn planned(judged: &JudgedMap, target: u32) -> Plan {
    plan(&catalog(), ScorePolicies::default(), judged, &Aim { target, ..Aim::default() })
}

fn ids(plan: &Plan) -> Vec<&str> {
    plan.steps.iter().map(|step| step.target.as_str()).collect()
}

#[test]
fn a_band_has_to_go_only_as_far_as_is_enough() {
    let judged = measured(&catalog(), "A.7.1", number(0));
    let enough = |target, policies| {
        let plan = plan(&catalog(), policies, &judged, &Aim { target, ..Aim::default() });
        let step = plan.steps.first().map(|step| step.enough.clone().unwrap_or_default().zh);
        (plan.steps.len(), step.unwrap_or_default())
    };
    let inclusive = ScorePolicies::default();
    assert_eq!(enough(485, inclusive), (1, "达到60%即可".to_owned()));
    assert_eq!(enough(486, inclusive), (1, "达到80%即可".to_owned()));
    assert_eq!(enough(495, inclusive), (1, String::new()));
    let exclusive = ScorePolicies { or_above: OrAbove::Exclusive, ..inclusive };
    assert_eq!(enough(485, exclusive), (1, "超过60%即可".to_owned()));
}

#[test]
fn a_count_and_a_level_have_to_go_only_as_far_as_is_enough() {
    let none = measured(&catalog(), "A.7.3", super::super::fixture::level("none"));
    let step = planned(&none, 490).steps.into_iter().next().and_then(|step| step.enough);
    assert_eq!(step.map(|text| text.zh), Some("达到省级即可".to_owned()));
    let three = measured(&catalog(), "A.1.7.c", number(3));
    let step = planned(&three, 493).steps.into_iter().next().and_then(|step| step.enough);
    assert_eq!(step.map(|text| text.zh), Some("未达到的不超过2项即可".to_owned()));
}

#[test]
fn meeting_the_greater_deduction_brings_out_the_lesser() {
    // A.2.1.a takes 5; A.2.1.b takes 3, and only where a is met.
    let judged = met_but(&catalog(), &[("A.2.1.a", Outcome::Unmet), ("A.2.1.b", Outcome::Unmet)]);
    let full = catalog().items().map(|item| item.points).sum::<u32>();
    assert_eq!(ids(&planned(&judged, full - 3)), ["A.2.1.a"]);
    let whole = planned(&judged, full);
    assert_eq!(ids(&whole), ["A.2.1.a", "A.2.1.b"]);
    assert_eq!(whole.steps.iter().map(|step| step.after).collect::<Vec<_>>(), [full - 3, full]);
    // Alone it brings nothing: the greater deduction stays.
    assert_eq!(whole.steps.get(1).map(|step| step.points), Some(3));
}

#[test]
fn one_requirement_of_an_absent_item_brings_what_its_deductions_leave() {
    let mut judged = all(&catalog(), Outcome::Met);
    judged.extend(met_but(&catalog(), &[("A.2.2.a", Outcome::Absent), ("A.2.3.a", Outcome::Absent)]));
    let points = |id| catalog().item(id).map_or(0, |item| item.points);
    let step = |plan: &Plan| plan.steps.first().map(|step| (step.target.clone(), step.points));
    let plan = planned(&judged, 495 - points("A.2.3"));
    assert_eq!(
        (plan.status, step(&plan)),
        (PlanStatus::Reachable, Some(("A.2.2.a".to_owned(), points("A.2.2"))))
    );
}

#[test]
fn what_costs_more_is_put_right_only_where_nothing_else_is_enough() {
    let open = [("A.2.2.a", Outcome::Unknown), ("A.2.3.a", Outcome::Unknown)];
    let judged = met_but(&catalog(), &open);
    let points = |id| catalog().item(id).map_or(0, |item| item.points);
    let costs = BTreeMap::from([("A.2.2.a".to_owned(), Some(3)), ("A.7.1".to_owned(), None)]);
    let low = 495 - points("A.2.2") - points("A.2.3");
    let found =
        |target| plan(&catalog(), ScorePolicies::default(), &judged, &Aim { target, costs: costs.clone() });
    assert_eq!(ids(&found(low + 1)), ["A.2.3.a"]);
    assert_eq!(ids(&found(low + points("A.2.3") + 1)), ["A.2.2.a"]);
    let both = found(495);
    assert_eq!((ids(&both).len(), both.cost), (2, 4));
    assert_eq!(both.open.iter().map(|one| one.decides).collect::<Vec<_>>(), [Decides::Missed; 2]);
}

#[test]
fn out_of_reach_says_the_most_and_why() {
    let judged = met_but(&catalog(), &[("A.2.2.a", Outcome::Absent)]);
    let points = catalog().item("A.2.2").map_or(0, |item| item.points);
    let aim = Aim { target: 500, costs: ["A.2.2.a", "A.7.1"].map(|id| (id.to_owned(), None)).into() };
    let found = plan(&catalog(), ScorePolicies::default(), &judged, &aim);
    assert_eq!((found.status, found.most, found.low), (PlanStatus::Unreachable, 495 - points, 495 - points));
    let limits: Vec<_> = found.limits.iter().map(|limit| limit.en.as_str()).collect();
    assert_eq!(limits.len(), 2);
    // What is met has nothing to be put right.
    assert!(
        limits
            .iter()
            .any(|text| text.starts_with("1 that cannot")
                && text.contains(&format!("withhold {points} points"))),
        "{limits:?}"
    );
    assert!(limits.iter().any(|text| text.starts_with("5 points of the full mark")), "{limits:?}");
}

#[test]
fn what_is_reached_already_needs_no_step_and_hangs_on_nothing() {
    let judged = met_but(&catalog(), &[("A.7.1", Outcome::Unknown)]);
    let of = |target| {
        let plan = planned(&judged, target);
        (plan.status, plan.steps.len(), plan.cost, plan.open.len())
    };
    assert_eq!(of(474), (PlanStatus::Reached, 0, 0, 0));
    assert_eq!(of(475), (PlanStatus::Reached, 0, 0, 0));
    assert_eq!(of(476), (PlanStatus::Reachable, 1, 1, 1));
    assert_eq!(of(495), (PlanStatus::Reachable, 1, 1, 1));
    assert_eq!(of(496), (PlanStatus::Unreachable, 1, 1, 0));
    assert!(planned(&judged, 495).limits.is_empty(), "nothing limits what is enough");
}

#[test]
fn out_of_reach_has_the_steps_to_the_most_that_can_be_had() {
    let judged = met_but(&catalog(), &[("A.2.2.a", Outcome::Absent), ("A.7.1", Outcome::Unmet)]);
    let aim = Aim { target: 495, costs: BTreeMap::from([("A.2.2.a".to_owned(), None)]) };
    let found = plan(&catalog(), ScorePolicies::default(), &judged, &aim);
    assert_eq!((found.status, ids(&found)), (PlanStatus::Unreachable, vec!["A.7.1"]));
    assert_eq!(
        (found.low, found.most),
        (found.most, 495 - catalog().item("A.2.2").map_or(0, |item| item.points))
    );
}

#[test]
fn limits_are_told_only_where_they_withhold_something() {
    let judged = met_but(&catalog(), &[("A.2.2.a", Outcome::Absent)]);
    let limits = |unearnable_points, target, costs: &[(&str, Option<u32>)]| {
        let costs = costs.iter().map(|(id, cost)| ((*id).to_owned(), *cost)).collect();
        let policies = ScorePolicies { unearnable_points, ..ScorePolicies::default() };
        let found = plan(&catalog(), policies, &judged, &Aim { target, costs }).limits;
        found.into_iter().map(|text| text.zh.chars().take(4).collect()).collect::<Vec<String>>()
    };
    let never = [("A.2.2.a", None)];
    assert_eq!(limits(UnearnablePoints::Withheld, 500, &[]), ["满分中有"]);
    assert_eq!(limits(UnearnablePoints::Withheld, 500, &never), ["有1项注", "满分中有"]);
    assert_eq!(limits(UnearnablePoints::Granted, 500, &never), ["有1项注"]);
    assert!(limits(UnearnablePoints::Granted, 501, &[]).is_empty());
}

#[test]
fn a_wholly_absent_table_needs_a_step_before_it_keeps_what_its_deductions_leave() {
    let catalog = catalog();
    let policies = ScorePolicies { owed_unit: OwedUnit::Table, ..ScorePolicies::default() };
    let planned = |judged: &JudgedMap, target| {
        let found = plan(&catalog, policies, judged, &Aim { target, ..Aim::default() });
        (found.status, found.steps.len(), found.most)
    };
    let mut judged = all(&catalog, Outcome::Met);
    assert_eq!(planned(&judged, 495), (PlanStatus::Reached, 0, 495));
    judged.extend(all(&catalog, Outcome::Absent).into_iter().filter(|(id, _)| id.starts_with("A.2.")));
    assert_eq!(planned(&judged, 465), (PlanStatus::Reached, 0, 495));
    assert_eq!(planned(&judged, 466), (PlanStatus::Reachable, 1, 495));
}

#[test]
fn of_steps_that_cost_the_same_the_one_that_brings_more_is_taken() {
    let judged = met_but(&catalog(), &[("A.1.1.a", Outcome::Unmet), ("A.7.1", Outcome::Unmet)]);
    let plan = planned(&judged, 474);
    assert_eq!((ids(&plan), plan.low), (vec!["A.7.1"], 493));
}

#[test]
fn of_steps_that_bring_the_same_the_cheaper_one_is_taken_and_else_the_first() {
    let judged = met_but(&catalog(), &[("A.1.1.a", Outcome::Unmet), ("A.1.1.b", Outcome::Unmet)]);
    for ([a, b], expected) in [([3, 1], "A.1.1.b"), ([1, 3], "A.1.1.a"), ([2, 2], "A.1.1.a")] {
        let costs = [("A.1.1.a", Some(a)), ("A.1.1.b", Some(b))].map(|(id, cost)| (id.to_owned(), cost));
        let aim = Aim { target: 492, costs: costs.into() };
        let found = plan(&catalog(), ScorePolicies::default(), &judged, &aim);
        assert_eq!((ids(&found), found.cost), (vec![expected], u64::from(a.min(b))));
    }
}

#[test]
fn only_unknowns_that_change_the_score_are_open_and_each_says_what_it_decides() {
    let but = [("A.2.1.a", Outcome::Unmet), ("A.2.1.b", Outcome::Unknown), ("A.7.3", Outcome::Unknown)];
    let open = |but: &[(&str, Outcome)], target| {
        let open = planned(&met_but(&catalog(), but), target).open;
        open.into_iter().map(|one| (one.target, one.decides)).collect::<Vec<_>>()
    };
    let of = |id: &str, decides| (id.to_owned(), decides);
    assert_eq!(open(&but, 485), [of("A.7.3", Decides::Both)], "a greater deduction stands over A.2.1.b");
    let two = [("A.7.3", Outcome::Unknown), ("A.7.4", Outcome::Unknown)];
    let both = |decides| [of("A.7.3", decides), of("A.7.4", decides)];
    assert_eq!(open(&two, 485), both(Decides::Reached));
    assert_eq!(open(&two, 486), both(Decides::Missed));
}

#[test]
fn a_lesser_deduction_hangs_on_the_greater_wherever_that_stands() {
    let judged = met_but(&catalog(), &[("A.2.1.a", Outcome::Unmet), ("A.2.1.b", Outcome::Unmet)]);
    let planned = |arrange: fn(&mut Item)| {
        let mut catalog = catalog();
        catalog
            .tables
            .iter_mut()
            .flat_map(|table| &mut table.items)
            .filter(|item| item.id == "A.2.1")
            .for_each(arrange);
        let whole = plan(&catalog, ScorePolicies::default(), &judged, &Aim { target: 495, ..Aim::default() });
        (whole.status, whole.steps.len(), whole.low)
    };
    assert_eq!(planned(|item| item.requirements.reverse()), (PlanStatus::Reachable, 2, 495));
    let alone = |item: &mut Item| item.requirements.retain(|one| one.id == "A.2.1.a" || one.id == "A.2.1.b");
    assert_eq!(planned(alone), (PlanStatus::Reachable, 2, 495));
}
