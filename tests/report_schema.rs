//! The JSON Schema that is checked in is the one of our types, and a report conforms to it.

#![allow(clippy::expect_used, clippy::indexing_slicing, reason = "tests")]

mod support;

use serde_json::{Value, json};
use support::golden::{assert_golden, catalog};
use support::sample;
use wangge::report::json;

fn validator() -> jsonschema::Validator {
    let schema: Value = serde_json::from_str(&json::schema()).expect("the schema is JSON");
    jsonschema::validator_for(&schema).expect("the schema is valid")
}

fn sample() -> Value {
    let text = json::to_string(&sample::report(&catalog())).expect("a report has a JSON form");
    serde_json::from_str(&text).expect("valid JSON")
}

#[test]
fn the_schema_checked_in_is_current() {
    assert_golden("docs/report.schema.json", &json::schema());
}

#[test]
fn a_report_conforms() {
    let errors: Vec<_> = validator().iter_errors(&sample()).map(|error| error.to_string()).collect();
    assert_eq!(errors, Vec::<String>::new());
}

#[test]
fn a_wrong_word_and_a_missing_part_do_not() {
    let mut wrong = sample();
    wrong["organizations"][0]["verdict"] = json!("maybe");
    assert!(!validator().is_valid(&wrong));
    let mut missing = sample();
    missing.as_object_mut().expect("an object").remove("summary");
    assert!(!validator().is_valid(&missing));
}
