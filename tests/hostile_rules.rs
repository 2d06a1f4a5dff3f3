//! Hostile scripts do no harm: the run ends, each is named with what it was stopped for, and nothing else changes.
#![expect(clippy::unwrap_used, clippy::panic, reason = "tests fail by panicking")]
#![expect(clippy::indexing_slicing, reason = "tests fail by panicking")]

#[allow(unreachable_pub, reason = "in a file of its own")]
#[path = "hostile/corpus.rs"]
mod corpus;
mod support;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::thread;
use std::time::{Duration, Instant};

use corpus::{Hostile, corpus, harmless, pack, write};
use serde_json::Value;
use support::batch::Ended;
use support::{AS_OF, root};

const SUBMISSION: &str = "fixtures/formats/utf8";

/// The longest run, on a busy machine without optimization. Nothing here comes near it.
const PATIENCE: Duration = Duration::from_mins(15);

/// Runs the binary; a run that hangs is a failure.
fn run(folder: &Path, arguments: &[&str]) -> Ended {
    let (out, err) = (tempfile::NamedTempFile::new().unwrap(), tempfile::NamedTempFile::new().unwrap());
    let mut child = Command::new(env!("CARGO_BIN_EXE_wangge"))
        .args(arguments)
        .args(["--lang", "en"])
        .current_dir(folder)
        .env_clear()
        .env("LANG", "C.UTF-8")
        .stdin(Stdio::null())
        .stdout(out.reopen().unwrap())
        .stderr(err.reopen().unwrap())
        .spawn()
        .unwrap();
    let begun = Instant::now();
    let status = loop {
        if let Some(status) = child.try_wait().unwrap() {
            break status.code();
        }
        if begun.elapsed() > PATIENCE {
            child.kill().unwrap();
            panic!("{arguments:?} does not end");
        }
        thread::sleep(Duration::from_millis(10));
    };
    let text = |file: &Path| String::from_utf8_lossy(&fs::read(file).unwrap()).into_owned();
    Ended { status, stdout: text(out.path()), stderr: text(err.path()) }
}

/// Assesses a submission by the national rules and those of a pack.
fn check(pack: Option<&Path>, submission: &str, more: &[&str]) -> Ended {
    let mut arguments = vec!["check", submission, "--as-of", AS_OF, "--no-cache"];
    if let Some(pack) = pack {
        arguments.extend(["--packs", pack.to_str().unwrap()]);
    }
    run(&root(), &[&arguments[..], more].concat())
}

/// What is decided of the only organization: by the rules of the pack, and all else.
fn decisions(ended: &Ended) -> (BTreeMap<String, String>, String) {
    let report: Value =
        serde_json::from_str(&ended.stdout).unwrap_or_else(|error| panic!("{error}: {ended:?}"));
    let mut one = report["organizations"][0].clone();
    let decided = one["structure"].as_array().unwrap().clone();
    let is_own = |clause: &Value| clause["clause"].as_str().unwrap().starts_with("H/");
    let (own, national): (Vec<Value>, Vec<Value>) = decided.into_iter().partition(is_own);
    let told = |clause: Value| (clause["clause"].as_str().unwrap().to_owned(), clause.to_string());
    one["structure"] = national.into();
    for of_pack in ["base", "findings", "notes"] {
        one.as_object_mut().unwrap().remove(of_pack);
    }
    (own.into_iter().map(told).collect(), one.to_string())
}

/// Runs the pack of these rules over one submission: each is told as it should be, and no other changes.
fn contained(rules: &[Hostile], wrong: &Mutex<Vec<String>>) {
    let pack = pack(rules);
    let libraries = corpus("lib");
    let library = libraries.iter().find(|library| library.is_fine()).unwrap();
    write(pack.path(), &format!("lib/{}.rhai", library.name), &library.source);
    let ended = check(Some(pack.path()), SUBMISSION, &["-o", "json"]);
    let (own, others) = decisions(&ended);
    let (_, before) = decisions(&check(None, SUBMISSION, &["-o", "json"]));
    let mut found = Vec::new();
    if others != before {
        found.push("other decisions are no longer what they were".to_owned());
    }
    if ended.status != Some(2) && !rules.iter().all(Hostile::is_fine) {
        found.push(format!("the run ended with {:?}", ended.status));
    }
    for (number, rule) in (1..).zip(rules) {
        let told = own.get(&format!("H/{number}")).map_or("", String::as_str);
        if let Some(told) = strange(rule, number, told, &ended.stderr) {
            found.push(format!("{} should be {}: {told}", rule.name, rule.expect));
        }
    }
    wrong.lock().unwrap().append(&mut found);
}

/// What is wrong with what is told of a rule.
fn strange(rule: &Hostile, number: usize, told: &str, stderr: &str) -> Option<String> {
    let file = format!("structure/H-{number}.rhai");
    let is_named = stderr.contains(&file);
    let right = if rule.is_fine() {
        !told.contains("is broken") && !is_named
    } else if rule.is_refused() {
        told.contains("no rule decides this clause") && is_named
    } else {
        told.contains(rule.cause()) && told.contains("unknown") && is_named
    };
    (!right).then(|| format!("{} (named: {is_named})", told.chars().take(400).collect::<String>()))
}

#[track_caller]
fn none(wrong: Mutex<Vec<String>>) {
    let wrong = wrong.into_inner().unwrap();
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

/// Whatever stops in a script stops there; two processes, so that both processors have work.
#[test]
fn what_can_be_stopped_inside_the_process_is() {
    let rules: Vec<Hostile> = corpus("rules")
        .into_iter()
        .filter(|rule| !rule.is_deadly() && !rule.is_refused() && !rule.is_asleep())
        .collect();
    assert!(rules.len() > 250, "{}", rules.len());
    let wrong = Mutex::new(Vec::new());
    thread::scope(|scope| {
        for part in 0..2 {
            let (rules, wrong) = (&rules, &wrong);
            let mine: Vec<Hostile> = rules.iter().skip(part).step_by(2).cloned().collect();
            scope.spawn(move || contained(&mine, wrong));
        }
    });
    none(wrong);
}

/// The last resort, for what takes time without work: nothing else in the corpus needs it.
#[test]
fn what_sleeps_is_stopped_by_the_clock() {
    let rules: Vec<Hostile> = corpus("rules").into_iter().filter(Hostile::is_asleep).collect();
    assert_eq!(rules.len(), 1);
    let wrong = Mutex::new(Vec::new());
    contained(&rules, &wrong);
    none(wrong);
}

#[test]
fn what_does_not_parse_is_refused() {
    let rules: Vec<Hostile> = corpus("rules").into_iter().filter(Hostile::is_refused).collect();
    assert!(rules.len() > 40, "{}", rules.len());
    let wrong = Mutex::new(Vec::new());
    contained(&rules, &wrong);
    none(wrong);
}

#[test]
fn what_ends_the_process_is_named_and_left_out() {
    let rules: Vec<Hostile> = corpus("rules").into_iter().filter(Hostile::is_deadly).collect();
    assert!(rules.len() > 4, "{}", rules.len());
    let wrong = Mutex::new(Vec::new());
    contained(&[&rules[..], &[harmless()]].concat(), &wrong);
    none(wrong);
}

/// After a few of them all rules of their pack are left out: the national result stands, and no file is blamed.
#[test]
fn a_pack_of_many_rules_that_end_the_process_is_left_out_as_a_whole() {
    let deadly = corpus("rules").into_iter().find(|rule| rule.expect == "stack").unwrap();
    let rules: Vec<Hostile> = std::iter::repeat_n(deadly, 12).chain([harmless()]).collect();
    let ended = check(Some(pack(&rules).path()), SUBMISSION, &["-o", "json"]);
    let (own, others) = decisions(&ended);
    let (_, before) = decisions(&check(None, SUBMISSION, &["-o", "json"]));
    assert_eq!((ended.status, others), (Some(2), before));
    let told = |text: &str| own.values().filter(|one| one.contains(text)).count();
    let together = told("too many rules of the pack `hostile` ended their process");
    assert_eq!((told("the stack was used up"), together), (8, 5), "{own:?}");
    let named = |number: &usize| ended.stderr.contains(&format!("structure/H-{number}.rhai"));
    assert!((1..=13).all(|number| named(&number)), "{}", ended.stderr);
}

/// What is left behind adds up over rules: the process is replaced before, and each rule is told as if it were alone.
#[test]
fn rules_that_leave_memory_behind_are_told_alike_however_many() {
    let source = "//! 甲。\nfn check(t) {\n    for i in 0..1000 {\n        let m = #{};\n        let a = [];\n        a.pad(1000, 0);\n        m[\"a\"] = a;\n        let f = || m;\n        m[\"f\"] = f;\n    }\n    met(t.personnel)\n}\n";
    let leak = Hostile { name: "leak".to_owned(), source: source.to_owned(), expect: "leak".to_owned() };
    let rules: Vec<Hostile> = std::iter::repeat_n(leak, 6).chain([harmless()]).collect();
    let wrong = Mutex::new(Vec::new());
    contained(&rules, &wrong);
    none(wrong);
}

/// A sample stops at the same place with one thread and with two, beside others, and again.
#[test]
fn rules_stop_at_the_same_place_everywhere() {
    let limits = ["operations", "memory", "bytes", "depth", "calls", "text", "list", "leak"];
    let mut rules: Vec<Hostile> =
        corpus("rules").into_iter().filter(|rule| limits.contains(&rule.expect.as_str())).collect();
    rules = rules.into_iter().step_by(15).collect();
    let pack = pack(&rules);
    let library = corpus("lib").into_iter().find(Hostile::is_fine).unwrap();
    write(pack.path(), "lib/deep.rhai", &library.source);
    let batch = support::batch::Batch::new(2);
    let folder = batch.folder.path().join("批");
    let runs: Vec<Ended> = ["1", "2", "2"]
        .iter()
        .map(|threads| {
            check(Some(pack.path()), folder.to_str().unwrap(), &["-o", "json", "--threads", threads])
        })
        .collect();
    assert_eq!(runs[0].status, Some(2), "{}", runs[0].stderr);
    for other in &runs[1..] {
        support::batch::assert_same(&runs[0], other, "threads");
    }
}

#[test]
fn a_rule_that_ends_the_process_doubles_no_line_of_a_batch() {
    let deadly = corpus("rules").into_iter().find(|rule| rule.expect == "stack").unwrap();
    let pack = pack(&[deadly, harmless()]);
    let batch = support::batch::Batch::new(3);
    let folder = batch.folder.path().join("批");
    let ended = check(Some(pack.path()), folder.to_str().unwrap(), &["-o", "jsonl"]);
    assert_eq!(ended.status, Some(2), "{}", ended.stderr);
    let lines: Vec<Value> = ended.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let ids: Vec<&str> = lines.iter().filter_map(|line| line["id"].as_str()).collect();
    let expected: Vec<String> = (0..3).map(support::batch::id).collect();
    assert_eq!(ids, expected, "{}", ended.stdout.chars().take(2000).collect::<String>());
    for line in lines.iter().filter(|line| line["id"].is_string()) {
        let of = |clause: &str| {
            line["structure"].as_array().unwrap().iter().find(|one| one["clause"] == clause).unwrap()["outcome"].clone()
        };
        assert_eq!((of("H/1"), of("H/2")), ("unknown".into(), "met".into()));
    }
}

/// Every command that loads rules names the library and ends with 2.
#[test]
fn libraries_that_are_hostile_when_loaded_are_named() {
    let libraries: Vec<Hostile> = corpus("lib").into_iter().filter(|library| !library.is_fine()).collect();
    assert!(libraries.len() > 20, "{}", libraries.len());
    let commands: [&[&str]; 5] = [
        &["rules", "list"],
        &["rules", "lint"],
        &["rules", "test"],
        &["explain", "H/1"],
        &["check", SUBMISSION, "--as-of", AS_OF],
    ];
    for (number, library) in libraries.iter().enumerate() {
        let pack = pack(&[harmless()]);
        write(pack.path(), &format!("lib/{}.rhai", library.name), &library.source);
        // All commands for one of each kind that ends the process, one in turn for the others.
        let all = library.name == "at-load-stack" || library.name == "at-load-loop";
        for command in commands.iter().skip(if all { 0 } else { number % 5 }).take(if all { 5 } else { 1 }) {
            let ended = run(&root(), &[command, &["--packs", pack.path().to_str().unwrap()][..]].concat());
            let said = format!("{}{}", ended.stdout, ended.stderr).replace("\n  │ ", " ");
            let file = format!("lib/{}.rhai", library.name);
            let told = said.contains(&file) && said.contains(library.cause());
            assert!(
                ended.status == Some(2) && told,
                "{command:?} {}: {:?}\n{said}",
                library.name,
                ended.status
            );
        }
    }
}

/// Files of tests are hostile as well; those beside them are run.
#[test]
fn tests_that_are_hostile_fail_and_are_named() {
    let tests = corpus("tests");
    assert!(tests.len() > 20, "{}", tests.len());
    let (deadly, others): (Vec<Hostile>, Vec<Hostile>) = tests.into_iter().partition(Hostile::is_deadly);
    for (group, exit) in [(others, 1), (deadly, 2)] {
        let rules: Vec<Hostile> = group.iter().map(|_| harmless()).collect();
        let pack = pack(&rules);
        for (number, test) in (1..).zip(&group) {
            write(pack.path(), &format!("structure/H-{number}.test.rhai"), &test.source);
        }
        let ended = run(&root(), &["rules", "test", "--packs", pack.path().to_str().unwrap()]);
        let said = format!("{}{}", ended.stdout, ended.stderr).replace("\n  │ ", " ");
        for (number, test) in (1..).zip(&group) {
            // Where the process ends there is nothing but the file it ended over.
            let failed = said.split("FAILED ").find(|told| {
                told.starts_with(&format!("H/{number} ")) || told.starts_with(&format!("H/{number}\n"))
            });
            let told = if test.is_deadly() {
                &said
            } else {
                failed.unwrap_or_else(|| panic!("{} passed", test.name))
            };
            let named =
                told.contains(&format!("structure/H-{number}.test.rhai")) && told.contains(test.cause());
            assert!(
                named,
                "{} should be {}:\n{}",
                test.name,
                test.expect,
                told.chars().take(2000).collect::<String>()
            );
        }
        assert_eq!(ended.status, Some(exit), "{said}");
    }
}
