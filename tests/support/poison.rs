//! Reports in which every text does harm wherever it is not taken for text.

use serde_json::Value;
use wangge::model::report::Report;

/// Keys whose texts have to be one of a few words.
const WORDS: [&str; 8] = ["outcome", "status", "verdict", "severity", "source", "overturned", "kind", "role"];

/// Appends `bad` to every text of a report that does not have to be one of a few words.
pub fn poison(report: Report, bad: &str) -> Report {
    let mut value = serde_json::to_value(report).expect("a report has a JSON form");
    walk(&mut value, "", &|key, text| {
        if !WORDS.contains(&key) {
            text.push_str(bad);
        }
    });
    serde_json::from_value(value).expect("still a report")
}

fn walk(value: &mut Value, key: &str, edit: &impl Fn(&str, &mut String)) {
    match value {
        Value::String(text) => edit(key, text),
        Value::Array(all) => all.iter_mut().for_each(|one| walk(one, key, edit)),
        Value::Object(all) => all.iter_mut().for_each(|(key, one)| walk(one, key, edit)),
        _ => {}
    }
}
