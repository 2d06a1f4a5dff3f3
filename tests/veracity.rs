//! Make-believe that is filled in neatly proves nothing; honest offices with little staff are not caught by it.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests fail by panicking")]

mod support;

use std::fs;
use std::path::Path;

use serde_json::Value;
use support::json;

/// The one organization of a run over a folder of the fixtures.
fn organization(path: &str) -> Value {
    json(&[path])["organizations"][0].clone()
}

fn points(organization: &Value, end: &str) -> i64 {
    organization["score"][end].as_i64().unwrap()
}

/// Outcome of a requirement, with its reason.
fn requirement(organization: &Value, id: &str) -> (String, String) {
    let items = organization["tables"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|table| table["items"].as_array().unwrap());
    let lines = items.flat_map(|item| item["requirements"].as_array().unwrap());
    let line = lines.into_iter().find(|line| line["id"] == id).unwrap();
    (line["outcome"].as_str().unwrap().to_owned(), line["reason"]["zh"].as_str().unwrap().to_owned())
}

/// Kinds of implausibility that were found.
fn kinds(organization: &Value) -> Vec<String> {
    let structure = organization["structure"].as_array().unwrap().iter();
    let found = structure.filter(|one| one["outcome"] == "unmet");
    found
        .filter_map(|one| one["rule"].as_str())
        .filter(|rule| rule.starts_with("V/"))
        .map(str::to_owned)
        .collect()
}

#[test]
fn hollow_counties_have_a_low_end_of_at_most_60_and_are_never_qualified() {
    for name in
        ["one-hand", "in-a-week", "copied", "borrowed", "template", "nonsense", "promises", "passed-on"]
    {
        let judged = organization(&format!("fixtures/hollow/{name}"));
        assert!(points(&judged, "low") <= 60, "{name}: {}", judged["score"]);
        assert_ne!(judged["verdict"], "qualified", "{name}");
        let kinds = kinds(&judged);
        assert!(kinds.len() >= 3, "{name}: {kinds:?}");
        for kind in kinds {
            let findings = judged["findings"].as_array().unwrap();
            assert!(findings.iter().any(|finding| finding["rule"] == *kind), "{name}: no finding of {kind}");
        }
    }
}

#[test]
fn honest_offices_lose_at_most_five_points_for_sure() {
    for name in ["few-hands", "town", "village"] {
        let judged = organization(&format!("fixtures/honest/{name}"));
        assert!(points(&judged, "high") >= 490, "{name}: {}", judged["score"]);
        assert_eq!(judged["verdict"], "qualified", "{name}");
        assert!(kinds(&judged).len() <= 1, "{name}: {:?}", kinds(&judged));
    }
}

/// A copy of a fixture with one of its files rewritten.
fn changed(from: &str, file: &str, change: impl Fn(&str) -> String) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for entry in fs::read_dir(support::root().join(from)).unwrap() {
        let path = entry.unwrap().path();
        let text = fs::read_to_string(&path).unwrap();
        let here = path.file_name().unwrap();
        let text = if Path::new(here) == Path::new(file) { change(&text) } else { text };
        fs::write(folder.path().join(here), text).unwrap();
    }
    folder
}

/// The honest county, some of its standards with the digest of an empty file, the others with one of their own.
fn with_empty_texts(are_empty: impl Fn(&str) -> bool) -> Value {
    let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    let folder = changed("fixtures/honest/few-hands", "标准明细表.csv", |text| {
        let mut lines = text.lines();
        let head = lines.next().unwrap();
        let digest = |n: usize, line: &str| {
            if are_empty(line) { empty.to_owned() } else { format!("{n:064x}") }
        };
        let rows: Vec<String> =
            lines.enumerate().map(|(n, line)| format!("{line},{}", digest(n, line))).collect();
        format!("{head},文本摘要\n{}\n", rows.join("\n"))
    });
    organization(folder.path().to_str().unwrap())
}

#[test]
fn one_light_kind_makes_unknown_what_rests_on_nothing_else_and_no_more() {
    let judged = with_empty_texts(|line| line.starts_with("Q/BYWG TG"));
    assert_eq!(kinds(&judged), ["V/2"]);
    let (outcome, reason) = requirement(&judged, "A.3.2.a");
    assert_eq!(outcome, "unknown");
    assert!(reason.contains("标准明细表"), "{reason}");
    assert_eq!(requirement(&judged, "A.1.1.a").0, "met");
    assert_eq!(requirement(&judged, "A.6.4.d").0, "met");
}

#[test]
fn one_grave_kind_puts_the_whole_in_doubt() {
    let judged = with_empty_texts(|_| true);
    assert_eq!(kinds(&judged), ["V/2"]);
    assert_eq!(requirement(&judged, "A.1.1.a").0, "unknown");
    assert!(points(&judged, "low") <= 60, "{}", judged["score"]);
    assert!(points(&judged, "high") >= 490, "what is in doubt is not lost: {}", judged["score"]);
}
