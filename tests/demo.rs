//! `wangge demo`: clean submissions are judged clean, every known fault is told, and bytes depend on nothing but the seed.
#![expect(clippy::unwrap_used, reason = "tests fail by panicking")]
#![expect(clippy::indexing_slicing, reason = "a report of another shape should stop the test")]

mod support;

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use serde_json::Value;
use support::batch::files;
use support::{golden, json, wangge};
use wangge::demo::{DemoError, Faults, Level, Options, Size, generate};
use wangge::model::digest::Digest;
use wangge::model::divisions::Divisions;

const SMALL: Options = Options {
    organizations: 5,
    level: Level::County,
    size: Size { grids: 13, events: 50, staff: 40, objects: 0 },
    faults: Faults::None,
    seed: 1,
    attachments: false,
    force: false,
};

fn made(folder: &Path, options: &Options) -> Result<usize, DemoError> {
    let session = support::session();
    let divisions = Divisions::parse(&session.book.divisions).unwrap();
    generate(folder, &session.declarations, &divisions, options).map(|made| made.faults)
}

fn manifest(folder: &Path) -> Value {
    serde_json::from_str(&fs::read_to_string(folder.join("manifest.json")).unwrap()).unwrap()
}

fn list<'a>(value: &'a Value, name: &str) -> &'a [Value] {
    value[name].as_array().unwrap()
}

/// What a clean submission still has against it: nothing but what takes people on site.
fn against(organization: &Value) -> Vec<String> {
    let lost = |one: &Value| matches!(one["outcome"].as_str(), Some("unmet" | "absent"));
    let items = list(organization, "tables").iter().flat_map(|table| list(table, "items"));
    let requirements = items.flat_map(|item| list(item, "requirements"));
    let structure = list(organization, "structure").iter();
    let outcomes = requirements.chain(structure).filter(|one| lost(one)).map(ToString::to_string);
    outcomes.chain(list(organization, "findings").iter().map(ToString::to_string)).collect()
}

#[test]
fn clean_submissions_of_every_level_are_judged_clean() {
    for level in [Level::City, Level::County, Level::Tree] {
        let scratch = tempfile::tempdir().unwrap();
        let folder = scratch.path().join("demo");
        made(&folder, &Options { level, ..SMALL }).unwrap();
        let report = json(&[folder.to_str().unwrap()]);
        assert_eq!(list(&report, "organizations").len(), SMALL.organizations);
        for organization in list(&report, "organizations") {
            assert_eq!(against(organization), Vec::<String>::new(), "{}", organization["id"]);
            assert_eq!(
                (&organization["score"]["low"], &organization["score"]["high"]),
                (&489.into(), &495.into())
            );
            assert_eq!(organization["eligibility"]["status"], "eligible");
        }
    }
}

/// Whether a fault is told where it is, by the rule or requirement the manifest names.
fn is_told(organization: &Value, fault: &Value) -> bool {
    let expected = fault["expects"].as_str().unwrap();
    let items = list(organization, "tables").iter().flat_map(|table| list(table, "items"));
    let mut requirements = items.flat_map(|item| list(item, "requirements"));
    let lost = requirements
        .any(|one| one["id"] == expected && matches!(one["outcome"].as_str(), Some("unmet" | "absent")));
    let there = |place: &Value| place["file"] == fault["file"] && place["row"] == fault["row"];
    let mut findings = list(organization, "findings").iter().filter(|finding| finding["rule"] == expected);
    lost || findings.any(|finding| fault["row"].is_null() || list(finding, "locations").iter().any(there))
}

#[test]
fn every_known_fault_is_told_by_the_rule_the_manifest_names() {
    let scratch = tempfile::tempdir().unwrap();
    let folder = scratch.path().join("demo");
    let faults = made(&folder, &Options { organizations: 38, faults: Faults::Each, ..SMALL }).unwrap();
    let (manifest, report) = (manifest(&folder), json(&[folder.to_str().unwrap()]));
    let mut told = 0;
    for made in list(&manifest, "organizations") {
        let judged = list(&report, "organizations").iter().find(|one| one["id"] == made["id"]).unwrap();
        for fault in list(made, "faults") {
            assert!(is_told(judged, fault), "{fault}\n{:#?}", judged["findings"]);
            told += 1;
        }
        if list(made, "faults").is_empty() {
            assert_eq!(against(judged), Vec::<String>::new(), "{}", made["id"]);
        }
    }
    assert_eq!(told, faults);
    assert!(
        list(&manifest, "organizations").iter().filter(|one| !list(one, "faults").is_empty()).count() > 30
    );
}

/// The files of a demo with their digests, in order.
fn digests(folder: &Path) -> String {
    let mut text = String::new();
    for path in files(folder) {
        for file in if path.is_dir() { files(&path) } else { vec![path] } {
            let digest = Digest::default().part(&fs::read(&file).unwrap()).hex();
            let name = file.strip_prefix(folder).unwrap().display().to_string().replace('\\', "/");
            writeln!(text, "{} {name}", digest.get(..16).unwrap()).unwrap();
        }
    }
    text
}

#[test]
fn a_seed_gives_the_same_bytes_whatever_the_number_of_threads() {
    let scratch = tempfile::tempdir().unwrap();
    let options = Options { faults: Faults::Some, organizations: 5, ..SMALL };
    let seen = [1, 4].map(|threads| {
        let folder = scratch.path().join(threads.to_string());
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| made(&folder, &options).unwrap());
        digests(&folder)
    });
    assert_eq!(seen[0], seen[1]);
    golden::assert_golden("tests/golden/demo.txt", &seen[0]);
    let other = scratch.path().join("other");
    made(&other, &Options { seed: 2, ..options }).unwrap();
    assert_ne!(digests(&other), seen[0]);
}

#[test]
fn a_folder_in_use_is_left_alone_and_only_an_earlier_demo_is_replaced() {
    let scratch = tempfile::tempdir().unwrap();
    let folder = scratch.path();
    fs::write(folder.join("notes.txt"), "mine").unwrap();
    let forced = Options { force: true, organizations: 1, ..SMALL };
    for options in [&forced, &Options { force: false, ..forced.clone() }] {
        assert!(matches!(made(folder, options), Err(DemoError::Occupied(_))));
    }
    fs::remove_file(folder.join("notes.txt")).unwrap();
    made(folder, &Options { organizations: 2, ..forced.clone() }).unwrap();
    assert!(matches!(made(folder, &Options { force: false, ..forced.clone() }), Err(DemoError::Occupied(_))));
    made(folder, &forced).unwrap();
    assert_eq!(fs::read_dir(folder).unwrap().count(), 2);
    fs::write(folder.join("notes.txt"), "mine").unwrap();
    assert!(matches!(made(folder, &forced), Err(DemoError::Occupied(_))));
    assert_eq!(fs::read_dir(folder).unwrap().count(), 3, "nothing is removed where something else lies");
}

#[test]
fn more_than_there_are_codes_for_is_refused_before_anything_is_written() {
    let scratch = tempfile::tempdir().unwrap();
    let folder = scratch.path().join("demo");
    let size = SMALL.size;
    let asked = [
        Options { organizations: 4000, ..SMALL },
        Options { level: Level::Village, size: Size { grids: 1000, ..size }, ..SMALL },
        Options { size: Size { staff: 1_000_000, ..size }, ..SMALL },
        Options { size: Size { events: u64::MAX, ..size }, ..SMALL },
    ];
    for options in asked {
        assert!(matches!(made(&folder, &options), Err(DemoError::TooMany { .. })), "{options:?}");
        assert!(!folder.exists());
    }
}

#[test]
fn the_command_tells_what_it_made() {
    let scratch = tempfile::tempdir().unwrap();
    let folder = scratch.path().join("demo").display().to_string();
    let arguments =
        ["demo", &folder, "--lang", "en", "--organizations", "1", "--grids", "6", "--events", "9"];
    let output = wangge(&arguments);
    let told = String::from_utf8(output.stdout).unwrap();
    assert_eq!(
        (output.status.code(), told.as_str()),
        (Some(0), "1 submissions with 0 known faults, listed in manifest.json\n")
    );
    let again = wangge(&arguments);
    let told = String::from_utf8(again.stderr).unwrap();
    assert!(again.status.code() == Some(2) && told.contains("demo.occupied"), "{told}");
}
