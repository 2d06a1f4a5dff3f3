//! The examples of host functions, which editors show, are scripts that run, under either name of the function.
#![expect(clippy::unwrap_used, clippy::panic, reason = "tests fail by panicking")]

mod support;

use std::fs;

use support::{root, session, wangge_in};
use wangge::model::evaluation::EvaluatedValue;
use wangge::model::function_reference::{Entry, EntryKind};
use wangge::script::{Prompt, function_reference};

/// The example under each name of what it is for.
fn examples(entry: &Entry) -> Vec<String> {
    let names = [Some(entry.name.as_str()), entry.chinese.as_deref()];
    names.into_iter().flatten().map(|name| entry.example_under(name).unwrap()).collect()
}

#[test]
fn each_uses_what_it_is_for_under_its_name() {
    let reference = function_reference();
    assert!(reference.host.len() > 130 && reference.testing.len() == 3);
    for entry in reference.host.iter().chain(&reference.testing) {
        let names = [Some(entry.name.as_str()), entry.chinese.as_deref()].into_iter().flatten();
        for (name, example) in names.zip(examples(entry)) {
            let used = match entry.kind {
                EntryKind::Function => format!("{name}("),
                EntryKind::Property => format!(".{name}"),
                EntryKind::Operator => format!(" {name} "),
            };
            assert!(example.contains(&used), "{example}");
            assert!(!example.contains('`') && example.lines().count() == 1, "{example}");
        }
    }
}

#[test]
fn each_gives_a_value_over_a_submission() {
    let session = session();
    let dataset = session.dataset(&root().join("fixtures/clean")).unwrap();
    let loaded = session.ready(&dataset);
    for entry in function_reference().host {
        let values: Vec<EvaluatedValue> = examples(&entry)
            .iter()
            .map(|example| {
                let mut prompt = Prompt::new(&session.book.libraries, &loaded, &session.around, 1);
                prompt.run(example).unwrap_or_else(|fault| panic!("{example}: {fault:?}"))
            })
            .collect();
        let first = values.first().unwrap();
        assert!(!matches!(first, EvaluatedValue::Nothing), "{entry:?}");
        let same = |value: &EvaluatedValue| format!("{value:?}") == format!("{first:?}");
        assert!(values.iter().all(same), "{entry:?}");
    }
}

#[test]
fn those_of_tests_pass_beside_a_new_rule() {
    let folder = tempfile::tempdir().unwrap();
    assert!(wangge_in(folder.path(), &["rules", "new", "--pack", "local", "P/1"]).status.success());
    let beside = folder.path().join("local/structure");
    fs::write(beside.join("grids.csv"), "id,name\nG1,Riverside\n").unwrap();
    let all: Vec<String> = function_reference().testing.iter().flat_map(examples).collect();
    let tests = all.iter().enumerate().map(|(number, one)| format!("fn test_{number}() {{ {one}; }}\n"));
    fs::write(beside.join("P-1.test.rhai"), tests.collect::<String>()).unwrap();
    let output = wangge_in(folder.path(), &["rules", "test", "P/1", "--packs", "local", "--lang", "en"]);
    let told = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(told.ends_with(&format!("\n{} passed, 0 failed\n", all.len())), "{told}");
}
