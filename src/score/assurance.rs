//! How the points of the low end are known: claimed by rows, evidenced by files, examined in texts, or ruled by persons.

use std::collections::BTreeMap;

use super::policy::ScorePolicies;
use super::rulings::Judged;
use super::total::{sums, total};
use crate::model::assurance::{Assurance, PointsByAssurance};
use crate::model::catalog::Catalog;
use crate::model::outcome::{Decision, Outcome};
use crate::model::report::Decider;
use crate::model::text::Text;

impl Judged {
    /// How the decision is known, where it earns points: met, or measured.
    pub(super) fn assurance(&self) -> Option<Assurance> {
        let decision = &self.decision;
        let earns = match decision.outcome {
            Outcome::Met | Outcome::NotApplicable => true,
            Outcome::Unmet => decision.measure.is_some(),
            Outcome::Absent | Outcome::Unknown => false,
        };
        (earns && !decision.broken).then_some(match self.source {
            Decider::Rule => decision.assurance,
            Decider::Ruling => Assurance::Ruled,
        })
    }
}

/// Splits the low end `low`: for each way of knowing, from the weakest on, what is known so becomes unknown, and what the
/// low end loses is counted under it. Costs a scoring for each way that occurs.
pub(super) fn points_by_assurance(
    catalog: &Catalog,
    policies: ScorePolicies,
    judged: &BTreeMap<String, Judged>,
    low: u32,
) -> PointsByAssurance {
    let mut points = PointsByAssurance::default();
    let mut left = low;
    for weakest in Assurance::ALL {
        if !judged.values().any(|one| one.assurance() == Some(weakest)) {
            continue;
        }
        let without = low_without(catalog, policies, judged, weakest);
        let lost = left.saturating_sub(without);
        left = without;
        *place(&mut points, weakest) = lost;
    }
    // What neither rows nor persons claim: points that no deduction printed in the tables takes away.
    points.claimed = points.claimed.saturating_add(left);
    points
}

fn place(points: &mut PointsByAssurance, assurance: Assurance) -> &mut u32 {
    match assurance {
        Assurance::Claimed => &mut points.claimed,
        Assurance::Evidenced => &mut points.evidenced,
        Assurance::Examined => &mut points.examined,
        Assurance::Ruled => &mut points.ruled,
    }
}

/// The low end if everything known in this way or a weaker one were unknown.
fn low_without(
    catalog: &Catalog,
    policies: ScorePolicies,
    judged: &BTreeMap<String, Judged>,
    weakest: Assurance,
) -> u32 {
    let reduced: BTreeMap<_, _> =
        judged.iter().map(|(id, one)| (id.clone(), reduced(one, weakest))).collect();
    total(&sums(catalog, policies, &reduced), policies.unearnable_points).low
}

/// The decision as far as points go, unknown where it is known in this way or a weaker one.
fn reduced(judged: &Judged, weakest: Assurance) -> Judged {
    let decision = &judged.decision;
    let decision = if judged.assurance().is_some_and(|assurance| assurance <= weakest) {
        Decision::plain(Outcome::Unknown, Text::default())
    } else {
        Decision {
            measure: decision.measure.clone(),
            broken: decision.broken,
            ..Decision::plain(decision.outcome, Text::default())
        }
    };
    Judged { decision, source: judged.source, overturned: None, rulings: Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{all, by_rule, catalog, number, scored};
    use super::*;

    fn points(judged: &BTreeMap<String, Judged>) -> PointsByAssurance {
        scored(&catalog(), ScorePolicies::default(), judged).by_assurance
    }

    #[test]
    fn what_rows_claim_and_what_persons_ruled_add_up_to_the_low_end() {
        let catalog = catalog();
        let mut judged = all(&catalog, Outcome::Met);
        assert_eq!(points(&judged), PointsByAssurance { claimed: 495, ..PointsByAssurance::default() });
        for (id, one) in &mut judged {
            if id.starts_with("A.7") || id.starts_with("A.6.1") {
                one.source = Decider::Ruling;
            }
        }
        let split = points(&judged);
        assert_eq!(split.claimed + split.ruled, 495);
        let ruled = catalog.items().filter(|item| item.id.starts_with("A.7") || item.id == "A.6.1");
        assert_eq!(split.ruled, ruled.map(|item| item.points).sum::<u32>());
    }

    #[test]
    fn what_files_back_and_texts_show_is_told_apart_from_claims() {
        let catalog = catalog();
        let mut judged = all(&catalog, Outcome::Met);
        for (id, one) in &mut judged {
            one.decision.assurance = match id {
                id if id.starts_with("A.7") => Assurance::Evidenced,
                id if id.starts_with("A.6.1") => Assurance::Examined,
                _ => Assurance::Claimed,
            };
        }
        let split = points(&judged);
        assert_eq!(split.claimed + split.evidenced + split.examined, 495);
        let of = |ids: &str| {
            catalog.items().filter(|item| item.id.starts_with(ids)).map(|item| item.points).sum::<u32>()
        };
        assert_eq!((split.evidenced, split.examined), (of("A.7"), of("A.6.1")));
    }

    #[test]
    fn measured_values_rest_on_rows_and_losses_on_nothing() {
        let catalog = catalog();
        let mut judged = all(&catalog, Outcome::Absent);
        judged.insert("A.7.1".to_owned(), by_rule(Outcome::Unmet, Some(number(80))));
        assert_eq!(points(&judged).claimed, scored(&catalog, ScorePolicies::default(), &judged).low);
        assert_eq!(points(&all(&catalog, Outcome::Absent)), PointsByAssurance::default());
        assert_eq!(points(&all(&catalog, Outcome::Unknown)), PointsByAssurance::default());
    }
    #[test]
    fn what_a_broken_rule_said_is_not_known_in_any_way() {
        let of = |outcome, broken| {
            let mut one = by_rule(outcome, None);
            one.decision.broken = broken;
            one.assurance()
        };
        assert_eq!(of(Outcome::Met, false), Some(Assurance::Claimed));
        assert_eq!(of(Outcome::Met, true), None);
        assert_eq!(
            [Outcome::Unmet, Outcome::Absent, Outcome::Unknown].map(|outcome| of(outcome, false)),
            [None; 3]
        );
        assert_eq!(of(Outcome::Unmet, true), None);
    }

    #[test]
    fn values_and_broken_rules_stay_what_they_are_while_weaker_ways_become_unknown() {
        let catalog = catalog();
        let mut judged = all(&catalog, Outcome::Met);
        judged.values_mut().for_each(|one| one.decision.assurance = Assurance::Evidenced);
        let mut broken = by_rule(Outcome::Met, None);
        broken.decision.broken = true;
        judged.insert("A.7.2".to_owned(), broken);
        let measured = Judged { source: Decider::Ruling, ..by_rule(Outcome::Unmet, Some(number(80))) };
        judged.insert("A.7.1".to_owned(), measured);
        let expected = PointsByAssurance { evidenced: 455, ruled: 15, ..PointsByAssurance::default() };
        assert_eq!(points(&judged), expected);
    }
}
