use super::super::fixture::{by_rule, catalog, item, level, line, met_but, ruling, scored};
use super::super::ruling_text;
use super::*;
use crate::model::assurance::Assurance;
use crate::model::privacy::Redactor;
use crate::model::ruling::{RulingStatus, Verdict};

/// A decision of a person with a value, where the rule had decided otherwise.
fn ruled(target: &str) -> Judged {
    let mut judged = by_rule(Outcome::Unmet, Some(level("city")));
    let ruling = ruling("王明", target, Verdict::Value(level("city")));
    judged.decision.reason = Text::new("裁定", "ruling");
    judged.rulings = vec![ruling_text::line(&ruling, RulingStatus::Counted, &Redactor::default())];
    Judged { source: Decider::Ruling, overturned: Some(Outcome::Met), ..judged }
}

#[test]
fn the_line_of_an_item_that_awards_says_what_was_decided_by_whom_and_why() {
    let catalog = catalog();
    let mut judged = met_but(&catalog, &[]);
    judged.insert("A.7.3".to_owned(), ruled("A.7.3"));
    let scored = scored(&catalog, ScorePolicies::default(), &judged);
    let award = item(&scored, "A.7.3").award.clone();
    let expected = AwardLine {
        outcome: Outcome::Unmet,
        value: Some("city".to_owned()),
        source: Decider::Ruling,
        reason: Text::new("裁定", "ruling"),
        assurance: Some(Assurance::Ruled),
        rulings: ruled("A.7.3").rulings,
    };
    assert_eq!(award, Some(expected));
    assert!(item(&scored, "A.7.3").requirements.is_empty());
    assert_eq!(item(&scored, "A.1.1").award, None);
}

#[test]
fn the_line_of_a_requirement_says_what_was_decided_by_whom_and_why() {
    let catalog = catalog();
    let mut judged = met_but(&catalog, &[]);
    judged.insert("A.1.1.a".to_owned(), ruled("A.1.1.a"));
    let scored = scored(&catalog, ScorePolicies::default(), &judged);
    let line = line(&scored, "A.1.1.a");
    assert_eq!((line.source, line.overturned), (Decider::Ruling, Some(Outcome::Met)));
    assert_eq!((line.reason.en.as_str(), &line.rulings), ("ruling", &ruled("A.1.1.a").rulings));
    assert_eq!((line.value.as_deref(), line.assurance), (Some("city"), Some(Assurance::Ruled)));
}
