use std::collections::BTreeMap;

use super::super::fixture::{catalog, day, level, number, ruling};
use super::super::policy::{Panel, ScorePolicies};
use super::super::ruling_finding::DISAGREEMENT;
use super::super::rulings::{Judged, Ruled, RulingContext, apply_rulings};
use crate::model::finding::Severity;
use crate::model::outcome::{Measure, Outcome};
use crate::model::privacy::Redactor;
use crate::model::report::Decider;
use crate::model::ruling::RulingStatus::{Counted, Expired, Outranked, Replaced};
use crate::model::ruling::{Role, Ruling, Verdict};

fn apply(panel: Panel, rulings: &[Ruling]) -> Ruled {
    let redactor = Redactor::default();
    let ctx = RulingContext {
        organization: "110101",
        as_of: day("2026-11-21"),
        self_evaluation: true,
        redactor: &redactor,
        policies: ScorePolicies { panel, ..ScorePolicies::default() },
    };
    apply_rulings(&catalog(), &BTreeMap::new(), rulings, &ctx)
}

fn judged(panel: Panel, target: &str, verdicts: &[(&str, Verdict)]) -> Judged {
    let rulings: Vec<_> = verdicts.iter().map(|(by, verdict)| ruling(by, target, verdict.clone())).collect();
    apply(panel, &rulings).judged.remove(target).unwrap_or_else(|| Judged {
        decision: crate::model::outcome::Decision::plain(
            Outcome::Unknown,
            crate::model::text::Text::default(),
        ),
        source: Decider::Rule,
        overturned: None,
        rulings: Vec::new(),
    })
}

fn percent(value: i64) -> Verdict {
    Verdict::Value(number(value))
}

fn measure(judged: &Judged) -> Option<String> {
    judged.decision.measure.as_ref().map(|measure| match measure {
        Measure::Number(number) => number.normalize().to_string(),
        Measure::Level(level) => level.clone(),
    })
}

#[test]
fn persons_who_agree_decide_together_and_all_are_named() {
    let judged = judged(Panel::Consensus, "A.1.1.a", &[("王明", Verdict::Met), ("李华", Verdict::Met)]);
    assert_eq!((judged.decision.outcome, judged.source), (Outcome::Met, Decider::Ruling));
    assert_eq!(judged.decision.reason.zh, "裁定（评估组 王明，2026-05-01；李华，2026-05-01）：现场见到文件");
    assert_eq!(judged.decision.locations.len(), 2);
    assert!(judged.rulings.iter().all(|line| line.status == Counted));
}

#[test]
fn persons_who_disagree_leave_the_target_unknown_and_each_is_named() {
    let rulings = [ruling("王明", "A.1.1.a", Verdict::Met), ruling("李华", "A.1.1.a", Verdict::Unmet)];
    let ruled = apply(Panel::Consensus, &rulings);
    let judged = ruled.judged.get("A.1.1.a");
    assert!(judged.is_some_and(|judged| judged.decision.outcome == Outcome::Unknown
        && judged.decision.reason.zh == "评估组意见不一致（王明：符合；李华：不符合），请合议后重新裁定"));
    let found: Vec<_> = ruled.findings.iter().map(|found| (found.rule.as_str(), found.severity)).collect();
    assert_eq!(found, [(DISAGREEMENT, Severity::Warning)]);
}

#[test]
fn more_than_half_decide_where_the_policy_says_so_and_a_tie_stays_open() {
    let three = [("王明", Verdict::Met), ("李华", Verdict::Unmet), ("张立", Verdict::Met)];
    let decided = judged(Panel::Majority, "A.1.1.a", &three);
    assert_eq!(decided.decision.outcome, Outcome::Met);
    assert!(decided.decision.reason.zh.ends_with("（3人中2人的意见；李华：不符合）"));
    let two = [("王明", Verdict::Met), ("李华", Verdict::Unmet)];
    for panel in [Panel::Majority, Panel::Median, Panel::Mean] {
        assert_eq!(judged(panel, "A.1.1.a", &two).decision.outcome, Outcome::Unknown);
    }
    for panel in [Panel::Median, Panel::Mean] {
        assert_eq!(judged(panel, "A.1.1.a", &three).decision.outcome, Outcome::Met);
    }
}

#[test]
fn values_are_combined_by_median_or_mean_rounded_down() {
    let values = [("王明", percent(70)), ("李华", percent(91)), ("张立", percent(88)), ("赵敏", percent(90))];
    let of = |panel| measure(&judged(panel, "A.7.1", &values));
    assert_eq!(of(Panel::Median).as_deref(), Some("89"));
    assert_eq!(of(Panel::Mean).as_deref(), Some("84"));
    let reason = |panel| judged(panel, "A.7.1", &values).decision.reason;
    let told = "王明：70；李华：91；张立：88；赵敏：90";
    assert_eq!(reason(Panel::Median).zh, format!("裁定（评估组4人，取中位数89）：{told}"));
    assert_eq!(reason(Panel::Mean).zh, format!("裁定（评估组4人，取平均值84）：{told}"));
    assert!(reason(Panel::Mean).en.starts_with("Ruling (team of 4 persons, mean 84): 王明: 70; "));
    assert_eq!(judged(Panel::Consensus, "A.7.1", &values).decision.outcome, Outcome::Unknown);
}

#[test]
fn values_within_one_band_are_no_disagreement_and_the_lowest_stands() {
    let rulings = [ruling("王明", "A.7.1", percent(92)), ruling("李华", "A.7.1", percent(95))];
    let ruled = apply(Panel::Consensus, &rulings);
    assert!(ruled.findings.is_empty());
    assert_eq!(ruled.judged.get("A.7.1").and_then(measure).as_deref(), Some("92"));
    let levels = [("王明", Verdict::Value(level("city"))), ("李华", Verdict::Value(level("national")))];
    let split = judged(Panel::Mean, "A.7.3", &levels);
    assert_eq!(split.decision.outcome, Outcome::Unknown);
    assert!(split.decision.reason.zh.contains("国家级"), "{}", split.decision.reason.zh);
}

#[test]
fn a_person_replaces_only_their_own_ruling_and_no_voice_is_lost() {
    let later = Ruling { date: day("2026-06-01"), ..ruling("王 明", "A.1.1.a", Verdict::Unmet) };
    let own = Ruling { role: Role::SelfEvaluation, ..ruling("周强", "A.1.1.a", Verdict::Met) };
    let expired = Ruling { expires: Some(day("2026-05-02")), ..ruling("钱进", "A.1.1.a", Verdict::Met) };
    let rulings = [
        later,
        ruling("王明", "A.1.1.a", Verdict::Met),
        own,
        expired,
        ruling("李华", "A.1.1", Verdict::Absent),
    ];
    let ruled = apply(Panel::Consensus, &rulings);
    let lines = ruled.judged.get("A.1.1.a").map(|judged| {
        (judged.decision.outcome, judged.rulings.iter().map(|line| line.status).collect::<Vec<_>>())
    });
    // Unmet of a thing that is missing is absent: both say the same.
    assert_eq!(lines, Some((Outcome::Absent, vec![Counted, Replaced, Outranked, Expired, Counted])));
    let named: Vec<_> = ruled
        .judged
        .get("A.1.1.a")
        .into_iter()
        .flat_map(|judged| &judged.rulings)
        .map(|line| &*line.by)
        .collect();
    assert_eq!(named, ["王 明", "王明", "周强", "钱进", "李华"]);
}

#[test]
fn a_value_that_all_gave_stands_as_it_is_and_is_no_average() {
    let half = Verdict::Value(Measure::Number(rust_decimal::Decimal::new(855, 1)));
    for panel in [Panel::Median, Panel::Mean] {
        let judged = judged(panel, "A.7.1", &[("王明", half.clone()), ("李华", half.clone())]);
        assert_eq!(measure(&judged).as_deref(), Some("85.5"), "{panel:?}");
        assert!(
            judged.decision.reason.zh.starts_with("裁定（评估组 王明，"),
            "{}",
            judged.decision.reason.zh
        );
    }
}

#[test]
fn the_median_of_an_odd_number_of_values_is_the_one_in_the_middle() {
    let values = [("王明", percent(90)), ("李华", percent(70)), ("张立", percent(88))];
    let judged = judged(Panel::Median, "A.7.1", &values);
    assert_eq!(measure(&judged).as_deref(), Some("88"));
    assert_eq!((judged.decision.total, judged.decision.locations.len()), (3, 3));
}

#[test]
fn a_combined_value_is_met_where_it_reaches_the_best_band() {
    for panel in [Panel::Median, Panel::Mean] {
        let outcome = |values: [i64; 2]| {
            let [one, other] = values.map(percent);
            judged(panel, "A.7.1", &[("王明", one), ("李华", other)]).decision.outcome
        };
        assert_eq!((outcome([86, 96]), outcome([84, 94])), (Outcome::Met, Outcome::Unmet), "{panel:?}");
    }
}

#[test]
fn two_of_four_are_no_majority_whatever_the_others_say() {
    let values = [("王明", percent(95)), ("李华", percent(92)), ("张立", percent(85)), ("赵敏", percent(65))];
    assert_eq!(judged(Panel::Majority, "A.7.1", &values).decision.outcome, Outcome::Unknown);
    let three = [("王明", percent(95)), ("李华", percent(92)), ("张立", percent(90)), ("赵敏", percent(65))];
    let decided = judged(Panel::Majority, "A.7.1", &three);
    assert_eq!((decided.decision.outcome, measure(&decided).as_deref()), (Outcome::Met, Some("90")));
}

#[test]
fn a_disagreement_is_told_at_the_target_also_where_someone_ruled_on_the_whole_item() {
    let rulings = [ruling("王明", "A.1.1", Verdict::Met), ruling("李华", "A.1.1.b", Verdict::Unmet)];
    let found = apply(Panel::Consensus, &rulings).findings;
    let found: Vec<_> = found.iter().map(|found| (found.rule.as_str(), found.target.as_str())).collect();
    assert_eq!(found, [(DISAGREEMENT, "A.1.1.b")]);
}
