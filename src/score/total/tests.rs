use super::super::fixture::{
    all, by_rule, catalog, item, level, line, measured, met_but, number, range, scored,
};
use super::super::policy::{AbsentItem, LesserDeduction, LineF, OrAbove, ScorePolicies, UnearnablePoints};
use crate::model::outcome::Measure;
use crate::model::outcome::Outcome::{self, Absent, Met, NotApplicable, Unknown, Unmet};
use crate::model::report::Verdict;
use rust_decimal::Decimal;
use std::collections::BTreeMap;

fn default() -> ScorePolicies {
    ScorePolicies::default()
}

fn granted() -> ScorePolicies {
    ScorePolicies { unearnable_points: UnearnablePoints::Granted, ..default() }
}

fn by_deductions() -> ScorePolicies {
    ScorePolicies { absent_item: AbsentItem::Deductions, ..default() }
}

fn exclusive() -> ScorePolicies {
    ScorePolicies { or_above: OrAbove::Exclusive, ..default() }
}

fn each() -> ScorePolicies {
    ScorePolicies { line_f: LineF::Each, ..default() }
}

fn added() -> ScorePolicies {
    ScorePolicies { lesser_deduction: LesserDeduction::Added, ..default() }
}

fn item_range(policies: ScorePolicies, id: &str, but: &[(&str, Outcome)]) -> (u32, u32) {
    let catalog = catalog();
    let scored = scored(&catalog, policies, &met_but(&catalog, but));
    let item = item(&scored, id);
    (item.low, item.high)
}

#[test]
fn everything_met_is_495_or_500_when_the_unearnable_points_are_granted() {
    let catalog = catalog();
    let judged = all(&catalog, Met);
    assert_eq!(range(&catalog, default(), &judged), (495, 495));
    assert_eq!(range(&catalog, granted(), &judged), (500, 500));
    assert_eq!(scored(&catalog, default(), &judged).full, 500);
}

#[test]
fn everything_absent_is_nothing_under_either_reading_of_the_unearnable_points() {
    let catalog = catalog();
    let judged = all(&catalog, Absent);
    assert_eq!(range(&catalog, granted(), &judged), (0, 0));
    assert_eq!(range(&catalog, default(), &judged), (0, 0));
}

#[test]
fn nothing_judged_leaves_everything_open() {
    let catalog = catalog();
    let scored = scored(&catalog, default(), &BTreeMap::new());
    assert_eq!((scored.low, scored.high, scored.verdict), (0, 495, Verdict::Open));
    assert_eq!(scored.deciding.len(), 161);
}

#[test]
fn deductions_alone_leave_76_points_where_nothing_is_met() {
    let catalog = catalog();
    let scored = scored(&catalog, by_deductions(), &all(&catalog, Unmet));
    let tables: Vec<_> = scored.tables.iter().map(|table| (table.low, table.high)).collect();
    assert_eq!(tables, [2, 14, 10, 6, 10, 34, 0].map(|points| (points, points)));
    assert_eq!((scored.low, scored.high), (76, 76));
}

#[test]
fn falling_short_everywhere_in_an_item_is_not_absence() {
    let but = [("A.2.2.a", Unmet)];
    assert_eq!(item_range(default(), "A.2.2", &but), (6, 6));
    assert_eq!(item_range(default(), "A.2.2", &[("A.2.2.a", Absent)]), (0, 0));
    assert_eq!(item_range(by_deductions(), "A.2.2", &[("A.2.2.a", Absent)]), (6, 6));
}

#[test]
fn a_missing_thing_unmet_is_absent_and_takes_the_item_with_it() {
    let but = [("A.3.2.a", Unmet), ("A.3.2.b", Unmet)];
    assert_eq!(item_range(default(), "A.3.2", &but), (0, 0));
    assert_eq!(item_range(by_deductions(), "A.3.2", &but), (10, 10));
    assert_eq!(item_range(default(), "A.3.2", &[("A.3.2.a", Unmet), ("A.3.2.b", Unknown)]), (0, 15));
    assert_eq!(item_range(default(), "A.3.2", &[("A.3.2.a", Unmet), ("A.3.2.b", NotApplicable)]), (0, 0));
}

#[test]
fn what_is_there_in_part_keeps_the_item_from_being_absent() {
    for line in ["A.1.2.e", "A.1.4.b", "A.1.6.b", "A.1.6.d", "A.6.2.b", "A.6.4.d", "A.6.5.c"] {
        let catalog = catalog();
        let item = line.rsplit_once('.').map_or(line, |(item, _)| item);
        let Some(whole) = catalog.item(item) else { continue };
        let others =
            whole.requirements.iter().filter(|one| one.id != line).map(|one| (one.id.as_str(), Absent));
        let lost: u32 = whole.requirements.iter().map(|one| one.deduct).sum();
        let but: Vec<_> = others.chain([(line, Unmet)]).collect();
        let left = whole.points.saturating_sub(lost);
        assert_eq!(item_range(default(), item, &but), (left, left), "{line}");
    }
}

#[test]
fn an_item_that_does_not_apply_scores_in_full() {
    let but = [("A.6.2.a", NotApplicable), ("A.6.2.b", NotApplicable), ("A.7.1", NotApplicable)];
    assert_eq!(item_range(default(), "A.6.2", &but), (15, 15));
    assert_eq!(item_range(default(), "A.7.1", &but), (20, 20));
}

#[test]
fn an_unknown_requirement_loses_at_the_low_end_only() {
    let catalog = catalog();
    let scored = scored(&catalog, default(), &met_but(&catalog, &[("A.3.3.c", Unknown)]));
    let line = line(&scored, "A.3.3.c");
    assert_eq!((line.lost_low, line.lost_high, line.outcome), (5, 0, Unknown));
    assert_eq!((scored.low, scored.high), (490, 495));
}

#[test]
fn a_greater_deduction_replaces_the_lesser_unless_both_are_added() {
    let but = [("A.3.1.a", Unmet), ("A.3.1.b", Unmet)];
    assert_eq!(item_range(default(), "A.3.1", &but), (5, 5));
    assert_eq!(item_range(added(), "A.3.1", &but), (2, 2));
    let catalog = catalog();
    let scored = scored(&catalog, default(), &met_but(&catalog, &but));
    let (greater, lesser) = (line(&scored, "A.3.1.a"), line(&scored, "A.3.1.b"));
    assert_eq!((greater.superseded, greater.lost_low, greater.lost_high), (false, 5, 5));
    assert_eq!((lesser.superseded, lesser.lost_low, lesser.lost_high), (true, 0, 0));
}

#[test]
fn an_unknown_greater_deduction_leaves_the_worse_and_the_better_world() {
    let catalog = catalog();
    let judged = met_but(&catalog, &[("A.3.1.a", Unknown), ("A.3.1.b", Unmet)]);
    let ended = scored(&catalog, default(), &judged);
    let lesser = line(&ended, "A.3.1.b");
    assert_eq!((lesser.superseded, lesser.lost_low, lesser.lost_high), (false, 0, 3));
    let structure = item(&ended, "A.3.1");
    assert_eq!((structure.low, structure.high), (5, 7));
    assert_eq!(item_range(added(), "A.3.1", &[("A.3.1.a", Unknown), ("A.3.1.b", Unmet)]), (2, 7));
}

#[test]
fn deductions_stop_at_the_floor_of_the_item() {
    let but = ["a", "b", "c", "d"].map(|letter| format!("A.4.6.5.{letter}"));
    let but: Vec<_> = but.iter().map(|id| (id.as_str(), Unmet)).collect();
    assert_eq!(item_range(default(), "A.4.6.5", &but), (0, 0));
}

#[test]
fn bands_of_the_training_plan_include_their_number_unless_read_otherwise() {
    let catalog = catalog();
    let loss = |policies, value| {
        let scored = scored(&catalog, policies, &measured(&catalog, "A.1.4.d", number(value)));
        let line = line(&scored, "A.1.4.d");
        assert_eq!(line.lost_low, line.lost_high);
        assert_eq!(line.outcome == Met, line.lost_low == 0);
        line.lost_low
    };
    let values = [0, 29, 30, 31, 49, 50, 51, 99, 100, 120];
    assert_eq!(values.map(|value| loss(default(), value)), [3, 3, 2, 2, 2, 1, 1, 1, 0, 0]);
    assert_eq!(values.map(|value| loss(exclusive(), value)), [3, 3, 3, 2, 2, 2, 1, 1, 0, 0]);
}

#[test]
fn percentages_are_not_rounded() {
    let catalog = catalog();
    let ends = |id: &str, thousandths| {
        let measure = Measure::Number(Decimal::new(thousandths, 3));
        let scored = scored(&catalog, default(), &measured(&catalog, id, measure));
        (scored.low, scored.high)
    };
    assert_eq!(ends("A.1.4.d", 99_999), (494, 494));
    assert_eq!(ends("A.7.1", 89_999), (490, 490));
    assert_eq!(ends("A.7.1", 90_000), (495, 495));
}

#[test]
fn awards_include_their_number_unless_read_otherwise() {
    let catalog = catalog();
    let points = |policies, id: &str, measure| {
        let scored = scored(&catalog, policies, &measured(&catalog, id, measure));
        item(&scored, id).low
    };
    let quality = [59, 60, 80, 89, 90, 91];
    assert_eq!(quality.map(|n| points(default(), "A.7.1", number(n))), [0, 10, 15, 15, 20, 20]);
    assert_eq!(quality.map(|n| points(exclusive(), "A.7.1", number(n))), [0, 0, 10, 15, 15, 20]);
    let speed = [-5, 9, 10, 20, 30, 50, 60, 80];
    assert_eq!(speed.map(|n| points(default(), "A.7.2", number(n))), [0, 0, 10, 12, 14, 16, 18, 20]);
    assert_eq!(speed.map(|n| points(exclusive(), "A.7.2", number(n))), [0, 0, 0, 10, 12, 14, 16, 18]);
    let honours = ["national", "provincial", "city", "none"];
    assert_eq!(honours.map(|name| points(default(), "A.7.3", level(name))), [10, 5, 3, 0]);
    assert_eq!(points(default(), "A.7.4", level("significant")), 10);
    assert_eq!([4, 5, 10, 50].map(|n| points(default(), "A.7.4", number(n))), [0, 3, 5, 5]);
}

#[test]
fn an_award_without_a_value_is_the_best_band_or_nothing() {
    for (outcome, expected) in [(Met, (20, 20)), (Unmet, (0, 0)), (Absent, (0, 0)), (Unknown, (0, 20))] {
        assert_eq!(item_range(default(), "A.7.2", &[("A.7.2", outcome)]), expected, "{outcome:?}");
    }
}

#[test]
fn missing_documents_of_the_system_are_counted_one_by_one() {
    let catalog = catalog();
    let line_of = |value| {
        let scored = scored(&catalog, default(), &measured(&catalog, "A.1.7.c", number(value)));
        let line = line(&scored, "A.1.7.c");
        (line.outcome, line.lost_low, line.lost_high)
    };
    assert_eq!(line_of(0), (Met, 0, 0));
    assert_eq!(line_of(3), (Unmet, 3, 3));
    assert_eq!(line_of(4), (Absent, 4, 4));
    assert_eq!(line_of(5), (Unknown, 4, 0), "five of four cannot be missing");
    let scored = scored(&catalog, default(), &met_but(&catalog, &[("A.1.7.c", Unmet)]));
    assert_eq!((line(&scored, "A.1.7.c").outcome, item(&scored, "A.1.7").low), (Absent, 6));
}

#[test]
fn line_f_deducts_once_or_for_each_condition() {
    let catalog = catalog();
    let loss = |policies, id: &str, value| {
        let scored = scored(&catalog, policies, &measured(&catalog, id, number(value)));
        line(&scored, id).lost_low
    };
    assert_eq!([0, 1, 2, 3].map(|n| loss(default(), "A.2.1.f", n)), [0, 1, 1, 1]);
    assert_eq!([0, 1, 2, 3].map(|n| loss(each(), "A.2.1.f", n)), [0, 1, 2, 3]);
    assert_eq!([0, 1, 2, 3].map(|n| loss(each(), "A.5.1.f", n)), [0, 2, 4, 6]);
    assert_eq!(item_range(each(), "A.5.1", &[("A.5.1.f", Unmet)]), (4, 4));
    assert_eq!(item_range(default(), "A.5.1", &[("A.5.1.f", Unmet)]), (8, 8));
}

#[test]
fn a_broken_rule_leaves_its_requirement_unknown() {
    let catalog = catalog();
    let mut judged = all(&catalog, Met);
    let mut broken = by_rule(Met, None);
    broken.decision.broken = true;
    judged.insert("A.1.1.a".to_owned(), broken);
    assert_eq!(range(&catalog, default(), &judged), (493, 495));
}

#[test]
fn a_measure_no_points_follow_from_does_not_change_the_outcome() {
    let catalog = catalog();
    let mut judged = all(&catalog, Met);
    judged.insert("A.6.1.a".to_owned(), by_rule(Met, Some(number(85))));
    judged.insert("A.7.3".to_owned(), by_rule(Met, Some(number(85))));
    let scored = scored(&catalog, default(), &judged);
    assert_eq!(line(&scored, "A.6.1.a").outcome, Met);
    assert_eq!(line(&scored, "A.6.1.a").value.as_deref(), Some("85"));
    let honours = item(&scored, "A.7.3");
    assert_eq!((honours.low, honours.high), (0, 10), "a number is no honour: open, not wrong");
}

#[test]
fn the_verdict_follows_the_ends_of_the_range() {
    let catalog = catalog();
    let verdict = |pass| {
        let judged = met_but(&catalog, &[("A.3.3.c", Unknown)]);
        super::score(&catalog, default(), &judged, pass).verdict
    };
    assert_eq!(
        [490, 491, 495, 496].map(verdict),
        [Verdict::Qualified, Verdict::Open, Verdict::Open, Verdict::Unqualified]
    );
}

#[test]
fn the_greatest_unknowns_come_first_and_equals_in_catalog_order() {
    let catalog = catalog();
    let judged = met_but(&catalog, &[("A.1.1.b", Unknown), ("A.1.1.a", Unknown), ("A.7.1", Unknown)]);
    let deciding = super::score(&catalog, default(), &judged, 480).deciding;
    let deciding: Vec<_> = deciding.iter().map(|one| (one.target.as_str(), one.points)).collect();
    assert_eq!(deciding, [("A.7.1", 20), ("A.1.1.a", 2), ("A.1.1.b", 2)]);
    assert!(scored(&catalog, default(), &judged).deciding.is_empty(), "qualified whatever they are");
}

#[test]
fn an_unknown_that_counts_only_with_others_is_listed_and_one_that_cannot_count_is_not() {
    let catalog = catalog();
    let deciding = |but: &[(&str, Outcome)]| -> Vec<_> {
        let deciding = super::score(&catalog, default(), &met_but(&catalog, but), 486).deciding;
        deciding.into_iter().map(|one| (one.target, one.points)).collect()
    };
    let five = ["a", "b", "c", "d", "e"].map(|letter| format!("A.4.6.5.{letter}"));
    let unknown: Vec<_> = five.iter().map(|id| (id.as_str(), Unknown)).collect();
    assert_eq!(deciding(&unknown), five.clone().map(|id| (id, 3)), "met alone, the others keep it at 0");
    let [a, b, c, d, _] = &five;
    let four: Vec<_> = [a, b, c, d].map(|id| (id.as_str(), Unknown)).to_vec();
    assert_eq!(deciding(&four), [a, b, c, d].map(|id| (id.clone(), 1)), "met alone, 9 of 10 are still lost");
    let superseded = [("A.2.1.a", Unmet), ("A.2.1.b", Unknown), ("A.7.3", Unknown)];
    assert_eq!(deciding(&superseded), [("A.7.3".to_owned(), 10)]);
}

#[test]
fn notes_say_how_the_unearnable_points_are_read_and_when_the_verdict_hangs_on_them() {
    let catalog = catalog();
    let judged = met_but(&catalog, &[("A.3.3.c", Unmet)]);
    let notes = |policies, pass| -> Vec<_> {
        super::score(&catalog, policies, &judged, pass).notes.into_iter().map(|note| note.en).collect()
    };
    let calm = notes(default(), 490);
    assert!(calm.len() == 1 && calm.iter().all(|note| note.contains("A.4") && note.ends_with("withheld")));
    for policies in [default(), granted()] {
        let hanging = notes(policies, 491);
        assert!(
            hanging
                .iter()
                .any(|note| note.contains("unqualified if they are withheld, qualified if granted"))
        );
    }
}

#[test]
fn notes_name_items_whose_absence_costs_more_than_their_deductions() {
    let catalog = catalog();
    let judged = met_but(&catalog, &[("A.2.2.a", Absent), ("A.1.1.a", Absent)]);
    let notes = scored(&catalog, default(), &judged).notes;
    assert!(notes.iter().any(|note| note.zh.ends_with("计0分：A.2.2")));
    let nothing_left = ["a", "b", "c", "d", "e"].map(|letter| format!("A.4.6.5.{letter}"));
    let nothing_left: Vec<_> = nothing_left.iter().map(|id| (id.as_str(), Absent)).collect();
    let named = scored(&catalog, default(), &met_but(&catalog, &nothing_left)).notes;
    assert!(!named.iter().any(|note| note.zh.contains("计0分")), "its deductions leave nothing anyway");
    let notes = scored(&catalog, by_deductions(), &judged).notes;
    assert!(!notes.iter().any(|note| note.zh.contains("计0分")));
}
