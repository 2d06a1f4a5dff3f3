//! The catalog and short ways to judge it, for tests.

use std::collections::BTreeMap;
use std::fs;

use rust_decimal::Decimal;

use crate::model::catalog::Catalog;
use crate::model::outcome::{Decision, Measure, Outcome};
use crate::model::report::{Decider, RequirementLine, ScoreItem};
use crate::model::ruling::{Role, Ruling, Verdict};
use crate::model::text::Text;
use crate::table::date::Date;

use super::policy::ScorePolicies;
use super::rulings::Judged;
use super::total::{Scored, score};

/// Decisions by target.
pub(super) type JudgedMap = BTreeMap<String, Judged>;

/// The catalog as the built-in pack states it.
#[expect(clippy::unwrap_used, reason = "a test without its catalog cannot go on")]
pub(super) fn catalog() -> Catalog {
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

pub(super) fn day(iso: &str) -> Date {
    Date::from_iso(iso).unwrap_or(Date::from_days(0))
}

/// A ruling of the team, of 2026-05-01, in row 7 of `rulings.csv`.
pub(super) fn ruling(by: &str, target: &str, verdict: Verdict) -> Ruling {
    Ruling {
        organization: String::new(),
        target: target.to_owned(),
        verdict,
        role: Role::Team,
        by: by.to_owned(),
        date: day("2026-05-01"),
        expires: None,
        reason: "现场见到文件".to_owned(),
        evidence: String::new(),
        file: "rulings.csv".to_owned(),
        sheet: None,
        row: 7,
    }
}

pub(super) fn by_rule(outcome: Outcome, measure: Option<Measure>) -> Judged {
    let decision = Decision { measure, ..Decision::plain(outcome, Text::default()) };
    Judged { decision, source: Decider::Rule, overturned: None, rulings: Vec::new() }
}

pub(super) fn number(value: i64) -> Measure {
    Measure::Number(Decimal::from(value))
}

pub(super) fn level(name: &str) -> Measure {
    Measure::Level(name.to_owned())
}

/// Every target with one outcome.
pub(super) fn all(catalog: &Catalog, outcome: Outcome) -> JudgedMap {
    let targets = catalog.items().flat_map(crate::model::catalog::Item::targets);
    targets.map(|id| (id.to_owned(), by_rule(outcome, None))).collect()
}

/// Everything met but these.
pub(super) fn met_but(catalog: &Catalog, but: &[(&str, Outcome)]) -> JudgedMap {
    let mut judged = all(catalog, Outcome::Met);
    judged.extend(but.iter().map(|(id, outcome)| ((*id).to_owned(), by_rule(*outcome, None))));
    judged
}

/// Everything met but one target, which was measured.
pub(super) fn measured(catalog: &Catalog, id: &str, measure: Measure) -> JudgedMap {
    let mut judged = all(catalog, Outcome::Met);
    judged.insert(id.to_owned(), by_rule(Outcome::Unmet, Some(measure)));
    judged
}

pub(super) fn scored(catalog: &Catalog, policies: ScorePolicies, judged: &JudgedMap) -> Scored {
    score(catalog, policies, judged, catalog.pass)
}

/// Low and high end.
pub(super) fn range(catalog: &Catalog, policies: ScorePolicies, judged: &JudgedMap) -> (u32, u32) {
    let scored = scored(catalog, policies, judged);
    (scored.low, scored.high)
}

#[expect(clippy::unwrap_used, reason = "a test names items that exist")]
pub(super) fn item<'s>(scored: &'s Scored, id: &str) -> &'s ScoreItem {
    scored.tables.iter().flat_map(|table| &table.items).find(|item| item.id == id).unwrap()
}

#[expect(clippy::unwrap_used, reason = "a test names requirements that exist")]
pub(super) fn line<'s>(scored: &'s Scored, id: &str) -> &'s RequirementLine {
    let items = scored.tables.iter().flat_map(|table| &table.items);
    items.flat_map(|item| &item.requirements).find(|line| line.id == id).unwrap()
}
