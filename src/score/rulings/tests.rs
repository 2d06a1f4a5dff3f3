use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::super::fixture::{self, catalog, day, level, number};
use super::super::policy::ScorePolicies;
use super::super::ruling_finding as findings;
use super::{Judged, Ruled, RulingContext, apply_rulings};
use crate::model::outcome::{Decision, Outcome};
use crate::model::privacy::Redactor;
use crate::model::report::Decider;
use crate::model::ruling::{Role, Ruling, Verdict};
use crate::model::text::Text;

fn ruling(target: &str, verdict: Verdict) -> Ruling {
    fixture::ruling("王明", target, verdict)
}

fn own(target: &str, verdict: Verdict) -> Ruling {
    Ruling { role: Role::SelfEvaluation, ..ruling(target, verdict) }
}

static REDACTOR: LazyLock<Redactor> = LazyLock::new(Redactor::default);

fn context() -> RulingContext<'static> {
    RulingContext {
        organization: "110101",
        as_of: day("2026-11-21"),
        self_evaluation: false,
        redactor: &REDACTOR,
        policies: ScorePolicies::default(),
    }
}

fn apply(decided: &[(&str, Outcome)], rulings: &[Ruling], ctx: &RulingContext<'_>) -> Ruled {
    let decision = |(id, outcome): &(&str, Outcome)| {
        ((*id).to_owned(), Decision::plain(*outcome, Text::new("数据", "data")))
    };
    let decisions: BTreeMap<_, _> = decided.iter().map(decision).collect();
    apply_rulings(&catalog(), &decisions, rulings, ctx)
}

fn ruled(rulings: &[Ruling]) -> Ruled {
    apply(&[], rulings, &context())
}

fn judged<'r>(ruled: &'r Ruled, id: &str) -> Option<&'r Judged> {
    ruled.judged.get(id)
}

fn outcome(ruled: &Ruled, id: &str) -> Option<Outcome> {
    judged(ruled, id).map(|judged| judged.decision.outcome)
}

fn found(ruled: &Ruled) -> Vec<&str> {
    ruled.findings.iter().map(|finding| finding.rule.as_str()).collect()
}

#[test]
fn every_target_is_judged_and_what_nobody_decided_is_unknown() {
    let ruled = apply(&[("A.1.1.a", Outcome::Met), ("5/4.2", Outcome::Met)], &[], &context());
    assert_eq!(ruled.judged.len(), 161);
    assert_eq!(outcome(&ruled, "A.1.1.a"), Some(Outcome::Met));
    assert_eq!(outcome(&ruled, "A.7.4"), Some(Outcome::Unknown));
    let reason = judged(&ruled, "A.2.1.d").map(|judged| judged.decision.reason.en.as_str());
    assert!(reason.is_some_and(|reason| reason.contains("law")), "the catalog says why");
}

#[test]
fn a_ruling_on_an_item_stands_for_all_its_requirements() {
    let ruled = ruled(&[ruling("A.2.1", Verdict::NotApplicable), ruling("A.7.1", Verdict::Met)]);
    let not_applicable =
        ruled.judged.values().filter(|judged| judged.decision.outcome == Outcome::NotApplicable);
    assert_eq!(not_applicable.count(), 7);
    assert_eq!(outcome(&ruled, "A.7.1"), Some(Outcome::Met));
    assert!(ruled.findings.is_empty());
}

#[test]
fn the_reason_names_role_person_day_and_grounds_and_nobody_else() {
    let text = |ctx: &RulingContext<'_>, ruling: Ruling| {
        let ruled = apply(&[], &[ruling], ctx);
        judged(&ruled, "A.1.1.a").map(|judged| judged.decision.reason.clone())
    };
    let expected = Text::new(
        "裁定（评估组 王明，2026-05-01）：电话138****5678",
        "Ruling (team 王明, 2026-05-01): 电话138****5678",
    );
    let told = Ruling { reason: "电话13812345678".to_owned(), ..ruling("A.1.1.a", Verdict::Met) };
    assert_eq!(text(&context(), told), Some(expected));
    let open = RulingContext { self_evaluation: true, ..context() };
    let evidenced = Ruling { evidence: "照片3".to_owned(), ..own("A.1.1.a", Verdict::Met) };
    let shown = text(&open, evidenced).map(|text| text.zh);
    assert_eq!(shown.as_deref(), Some("裁定（自评 王明，2026-05-01）：现场见到文件（依据：照片3）"));
}

#[test]
fn rulings_for_another_organization_are_passed_over() {
    let other = Ruling { organization: "110102".to_owned(), ..ruling("A.1.1.a", Verdict::Met) };
    let here = Ruling { organization: "110101".to_owned(), ..ruling("A.1.1.b", Verdict::Met) };
    let ruled = ruled(&[other, here]);
    assert_eq!(outcome(&ruled, "A.1.1.a"), Some(Outcome::Unknown));
    assert_eq!(outcome(&ruled, "A.1.1.b"), Some(Outcome::Met));
    assert!(ruled.findings.is_empty());
}

#[test]
fn the_later_ruling_stays_by_date_then_by_order() {
    let late = Ruling { date: day("2026-06-01"), ..ruling("A.1.1.a", Verdict::Unmet) };
    let early = ruling("A.1.1.a", Verdict::Met);
    for rulings in [[late.clone(), early.clone()], [early.clone(), late]] {
        assert_eq!(outcome(&ruled(&rulings), "A.1.1.a"), Some(Outcome::Absent));
    }
    let item = ruling("A.1.1", Verdict::Absent);
    assert_eq!(outcome(&ruled(&[early.clone(), item.clone()]), "A.1.1.a"), Some(Outcome::Absent));
    assert_eq!(outcome(&ruled(&[item, early]), "A.1.1.a"), Some(Outcome::Met));
}

#[test]
fn the_team_outranks_the_organization_whatever_the_day() {
    let claimed = Ruling { date: day("2026-06-01"), ..own("A.1.1.c", Verdict::Met) };
    let ctx = RulingContext { self_evaluation: true, ..context() };
    let both = apply(&[], &[ruling("A.1.1.c", Verdict::Unmet), claimed.clone()], &ctx);
    assert_eq!(outcome(&both, "A.1.1.c"), Some(Outcome::Unmet));
    assert_eq!(outcome(&apply(&[], &[claimed], &ctx), "A.1.1.c"), Some(Outcome::Met));
}

#[test]
fn self_rulings_do_not_count_outside_a_self_evaluation_and_this_is_said_once() {
    let ruled = ruled(&[own("A.1.1.a", Verdict::Met), own("A.1.1.b", Verdict::Met)]);
    assert_eq!(outcome(&ruled, "A.1.1.a"), Some(Outcome::Unknown));
    assert_eq!(found(&ruled), [findings::SELF_NOT_COUNTED]);
    assert!(ruled.findings.iter().all(|finding| finding.total == 2 && finding.locations.len() == 2));
    assert!(ruled.findings.iter().all(|finding| finding.target.is_empty()), "it is about no target of them");
}

#[test]
fn an_expired_ruling_is_ignored_but_its_last_day_still_counts() {
    let until = |iso| Ruling { expires: Some(day(iso)), ..ruling("A.1.1.a", Verdict::Met) };
    let last_day = ruled(&[until("2026-11-21")]);
    assert_eq!(outcome(&last_day, "A.1.1.a"), Some(Outcome::Met));
    assert!(last_day.findings.is_empty());
    let expired = ruled(&[until("2026-11-20")]);
    assert_eq!(outcome(&expired, "A.1.1.a"), Some(Outcome::Unknown));
    assert_eq!(found(&expired), [findings::EXPIRED]);
    let place = expired.findings.first().and_then(|finding| finding.locations.first());
    assert!(place.is_some_and(|place| place.file == "rulings.csv" && place.row == Some(7)));
}

#[test]
fn a_ruling_from_after_the_day_of_judgement_counts_with_a_warning() {
    let on_the_day = |iso| ruled(&[Ruling { date: day(iso), ..ruling("A.1.1.a", Verdict::Met) }]);
    let ruled = on_the_day("2026-11-22");
    assert_eq!(outcome(&ruled, "A.1.1.a"), Some(Outcome::Met));
    assert_eq!(found(&ruled), [findings::FUTURE]);
    assert!(on_the_day("2026-11-21").findings.is_empty());
}

#[test]
fn an_organization_cannot_say_that_a_thing_does_not_apply_to_it() {
    for self_evaluation in [false, true] {
        let ctx = RulingContext { self_evaluation, ..context() };
        let ruled = apply(&[("A.4.3.a", Outcome::Unmet)], &[own("A.4.3", Verdict::NotApplicable)], &ctx);
        assert_eq!(outcome(&ruled, "A.4.3.a"), Some(Outcome::Absent));
        assert_eq!(found(&ruled), [findings::NOT_APPLICABLE_BY_SELF]);
    }
    let by_rule = apply(&[("A.4.3.a", Outcome::NotApplicable)], &[], &context());
    assert_eq!(outcome(&by_rule, "A.4.3.a"), Some(Outcome::Unknown), "nor can a rule");
}

#[test]
fn a_ruling_that_differs_from_the_data_is_shown_as_overturning_it() {
    let decided = [("A.1.1.a", Outcome::Unmet), ("A.1.1.b", Outcome::Met), ("A.1.1.c", Outcome::Unknown)];
    let ruled = apply(&decided, &[ruling("A.1.1", Verdict::Met)], &context());
    let overturned = |id| judged(&ruled, id).and_then(|judged| judged.overturned);
    assert_eq!(overturned("A.1.1.a"), Some(Outcome::Absent));
    assert_eq!(overturned("A.1.1.b"), None, "it says the same");
    assert_eq!(overturned("A.1.1.c"), None, "the data said nothing");
    assert_eq!(found(&ruled), [findings::OVERTURNS]);
    assert!(ruled.findings.iter().all(|finding| finding.target == "A.1.1.a"));
    assert!(ruled.judged.values().filter(|judged| judged.source == Decider::Ruling).count() == 3);
}

#[test]
fn a_value_that_earns_other_points_overturns_and_one_that_earns_the_same_does_not() {
    let measured =
        |value| Decision { measure: Some(number(value)), ..Decision::plain(Outcome::Met, Text::default()) };
    let decisions = BTreeMap::from([("A.7.1".to_owned(), measured(85))]);
    let overturned = |value| {
        let rulings = [ruling("A.7.1", Verdict::Value(number(value)))];
        let ruled = apply_rulings(&catalog(), &decisions, &rulings, &context());
        judged(&ruled, "A.7.1").and_then(|judged| judged.overturned)
    };
    assert_eq!(overturned(92), Some(Outcome::Unmet));
    assert_eq!(overturned(86), None);
}

#[test]
fn values_become_outcomes() {
    let value = |target: &str, measure| ruling(target, Verdict::Value(measure));
    let ruled = ruled(&[
        value("A.1.4.d", number(100)),
        value("A.1.7.c", number(4)),
        value("A.3.1.f", number(3)),
        value("A.7.3", level("city")),
        value("A.7.4", level("significant")),
    ]);
    let outcomes = ["A.1.4.d", "A.1.7.c", "A.3.1.f", "A.7.3", "A.7.4"].map(|id| outcome(&ruled, id));
    let expected = [Outcome::Met, Outcome::Absent, Outcome::Unmet, Outcome::Unmet, Outcome::Met];
    assert_eq!(outcomes, expected.map(Some));
}

#[test]
fn rulings_that_cannot_be_used_are_ignored_and_reported() {
    let ruled = ruled(&[
        ruling("A.9.9", Verdict::Met),
        ruling("A.1.1.a", Verdict::Value(number(3))),
        ruling("A.1.7", Verdict::Value(number(1))),
        ruling("A.1.7.c", Verdict::Value(number(5))),
        ruling("A.7.3", Verdict::Value(level("county"))),
        ruling("A.7.1", Verdict::Value(level("national"))),
    ]);
    assert_eq!(found(&ruled), [findings::UNUSABLE; 6]);
    assert!(ruled.judged.values().all(|judged| judged.source == Decider::Rule));
}
