//! What fuzzers found and began with: every input in `fuzz/corpus/` once more, by the functions that they run.
#![expect(clippy::unwrap_used, reason = "tests fail by panicking")]

#[path = "../fuzz/src/lib.rs"]
mod fuzz;
mod support;

use std::fs;
use std::panic::catch_unwind;

#[test]
fn every_input_of_the_corpora_is_taken() {
    let corpora = support::root().join("fuzz/corpus");
    for (name, target) in fuzz::TARGETS {
        let inputs = support::batch::files(&corpora.join(name));
        assert!(!inputs.is_empty(), "{name} has no corpus");
        for input in inputs {
            let bytes = fs::read(&input).unwrap();
            assert!(catch_unwind(|| target(&bytes)).is_ok(), "{}", input.display());
        }
    }
}

#[test]
fn every_target_has_its_program() {
    let manifest = fs::read_to_string(support::root().join("fuzz/Cargo.toml")).unwrap();
    let named = manifest.lines().filter_map(|line| line.strip_prefix("name = \"")?.strip_suffix('"'));
    let named: Vec<&str> = named.filter(|name| *name != "wangge-fuzz").collect();
    assert_eq!(named, fuzz::TARGETS.map(|(name, _)| name));
}
