//! What the tests of scoring share: the catalog, every combination of readings, random evidence.

use std::collections::BTreeMap;
use std::fs;

use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use rust_decimal::Decimal;
use wangge::model::catalog::Catalog;
use wangge::model::outcome::{Decision, Measure, Outcome};
use wangge::model::report::Decider;
use wangge::model::text::Text;
use wangge::score::{
    AbsentItem, EvidencePolicy, Judged, LesserDeduction, LineF, OrAbove, OwedUnit, Panel, ScorePolicies,
    UnearnablePoints,
};

/// What is known of one target, in words of these tests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum State {
    Met,
    Unmet,
    Absent,
    Unknown,
    NotApplicable,
    /// A percentage, or a number missing.
    Value(u32),
    /// A named level.
    Level(&'static str),
}

/// The state of each target by id.
pub(crate) type States = BTreeMap<String, State>;

/// Levels an award may name.
const LEVELS: [&str; 5] = ["national", "provincial", "city", "significant", "none"];

/// The catalog of the built-in pack.
#[expect(clippy::unwrap_used, reason = "a test without its catalog cannot go on")]
pub(crate) fn catalog() -> Catalog {
    let table = |number: u32| {
        let path = format!("{}/rules/catalog/a{number}.toml", env!("CARGO_MANIFEST_DIR"));
        toml::from_str(&fs::read_to_string(path).unwrap()).unwrap()
    };
    Catalog {
        tables: (1..=7).map(table).collect(),
        pass: 300,
        owed: "5/7.2".to_owned(),
        ..Catalog::default()
    }
}

/// All 96 combinations of the readings that turn decisions into points; panel and evidence only matter before that.
pub(crate) fn every_policy() -> Vec<ScorePolicies> {
    let zeros = [AbsentItem::Zero, AbsentItem::Partly, AbsentItem::Deductions];
    zeros.into_iter().flat_map(|absent_item| (0..32).map(move |bits| policies(absent_item, bits))).collect()
}

fn policies(absent_item: AbsentItem, bits: u32) -> ScorePolicies {
    let [added, table, exclusive, each, granted] = [0, 1, 2, 3, 4].map(|bit| bits >> bit & 1 == 1);
    ScorePolicies {
        lesser_deduction: if added { LesserDeduction::Added } else { LesserDeduction::Superseded },
        absent_item,
        owed_unit: if table { OwedUnit::Table } else { OwedUnit::Item },
        or_above: if exclusive { OrAbove::Exclusive } else { OrAbove::Inclusive },
        line_f: if each { LineF::Each } else { LineF::Once },
        unearnable_points: if granted { UnearnablePoints::Granted } else { UnearnablePoints::Withheld },
        panel: Panel::Consensus,
        evidence: EvidencePolicy::Claims,
    }
}

/// Items of the catalog with their targets.
pub(crate) fn targets(catalog: &Catalog) -> Vec<Vec<String>> {
    let owned = |ids: Vec<&str>| ids.into_iter().map(str::to_owned).collect();
    catalog.items().map(|item| owned(item.targets())).collect()
}

/// The module's own form of the states.
pub(crate) fn judged(states: &States) -> BTreeMap<String, Judged> {
    states.iter().map(|(id, state)| (id.clone(), judgement(*state))).collect()
}

fn judgement(state: State) -> Judged {
    let (outcome, measure) = match state {
        State::Met => (Outcome::Met, None),
        State::Unmet => (Outcome::Unmet, None),
        State::Absent => (Outcome::Absent, None),
        State::Unknown => (Outcome::Unknown, None),
        State::NotApplicable => (Outcome::NotApplicable, None),
        State::Value(value) => (Outcome::Unmet, Some(Measure::Number(Decimal::from(value)))),
        State::Level(level) => (Outcome::Met, Some(Measure::Level(level.to_owned()))),
    };
    let decision = Decision { measure, ..Decision::plain(outcome, Text::default()) };
    Judged { decision, source: Decider::Rule, overturned: None, rulings: Vec::new() }
}

/// Random states. Each item leans one way, or items wholly absent or open would hardly ever come up.
pub(crate) fn any_states(items: &[Vec<String>]) -> impl Strategy<Value = States> + use<> {
    let item = |ids: &Vec<String>| {
        let ids = ids.clone();
        (0_usize..6).prop_flat_map(move |lean| {
            ids.iter().map(|id| (Just(id.clone()), any_state(id, lean))).collect::<Vec<_>>()
        })
    };
    items.iter().map(item).collect::<Vec<_>>().prop_map(|items| items.into_iter().flatten().collect())
}

fn any_state(id: &str, lean: usize) -> impl Strategy<Value = State> + use<> {
    use State::{Absent, Met, NotApplicable, Unknown, Unmet};
    let usual: &[State] = match lean {
        0 => &[Met, Unmet, Absent, Unknown, NotApplicable],
        1 => &[Absent],
        2 => &[Absent, Unknown],
        3 => &[Absent, NotApplicable],
        4 => &[Met, Met, Unmet, Unknown],
        _ => &[Unmet, NotApplicable, Unknown],
    };
    prop_oneof![3 => prop::sample::select(usual), 1 => any_value(id)]
}

/// A value where the target takes one, else a plain state.
fn any_value(id: &str) -> BoxedStrategy<State> {
    match id {
        "A.1.4.d" | "A.7.1" | "A.7.2" => percentage().boxed(),
        "A.7.3" => prop::sample::select(&[0, 1, 2, 4][..]).prop_map(level).boxed(),
        "A.7.4" => prop_oneof![percentage(), Just(level(3)), Just(level(4))].boxed(),
        "A.1.7.c" => (0_u32..=4).prop_map(State::Value).boxed(),
        "A.2.1.f" | "A.3.1.f" | "A.4.1.f" | "A.5.1.f" => (0_u32..=3).prop_map(State::Value).boxed(),
        _ => prop::sample::select(&[State::Met, State::Unmet][..]).boxed(),
    }
}

fn level(at: usize) -> State {
    State::Level(LEVELS.get(at).copied().unwrap_or("none"))
}

/// Percentages, often on the edge of a band.
fn percentage() -> impl Strategy<Value = State> {
    let edge = prop::sample::select(&[0, 5, 10, 20, 30, 50, 60, 80, 90, 100][..]);
    prop_oneof![edge, 0_u32..=110].prop_map(State::Value)
}

/// Runs `test` over `cases` values of `strategy`, the same ones every time.
pub(crate) fn run<S: Strategy>(
    cases: u32,
    strategy: &S,
    test: impl Fn(S::Value) -> Result<(), TestCaseError>,
) {
    let config = Config { cases, failure_persistence: None, ..Config::default() };
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let outcome = TestRunner::new_with_rng(config, rng).run(strategy, test);
    assert!(outcome.is_ok(), "{}", outcome.err().map(|error| error.to_string()).unwrap_or_default());
}
