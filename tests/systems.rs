//! The same on every system: what is written of the same input has the same bytes, and only what [`MAY_DIFFER`] lists is
//! told otherwise. `WANGGE_RUNNER` names the program of another system and what starts it there (`.ci/full cross`);
//! without it the program is held to itself on a machine that is set up otherwise.
#![expect(clippy::unwrap_used, reason = "tests fail by panicking")]

mod support;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use support::{AS_OF, root, wangge_in};
use wangge::report::output::FORMATS;

/// Makes what differs the same.
type Sameness = fn(&str) -> String;

/// What may differ between systems, and how it is made the same to compare the rest. Nothing in files that are written, but for
/// shards: they are work in progress, and note when each submission was read.
const MAY_DIFFER: [(&str, Sameness); 1] =
    [("paths in messages on stderr are written as the system writes them", |message| {
        message.replace('\\', "/")
    })];

/// Submissions, of which one is a folder of folders, and what else is read.
const INPUTS: [&str; 5] = [
    "fixtures/clean",
    "fixtures/village",
    "fixtures/formats",
    "fixtures/broken",
    "fixtures/village-rulings.csv",
];

fn copy(from: &Path, to: &Path) {
    if from.is_dir() {
        fs::create_dir_all(to).unwrap();
        for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
            copy(&entry.path(), &to.join(entry.file_name()));
        }
    } else {
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        fs::copy(from, to).unwrap();
    }
}

/// A folder with [`INPUTS`] in it.
fn machine() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for input in INPUTS {
        copy(&root().join(input), &folder.path().join(input));
    }
    folder
}

/// Every file below a folder, by its path with slashes.
fn files(folder: &Path, below: &Path, found: &mut BTreeMap<String, Vec<u8>>) {
    for entry in fs::read_dir(folder.join(below)).unwrap().map(Result::unwrap) {
        let path = below.join(entry.file_name());
        if entry.path().is_dir() {
            files(folder, &path, found);
        } else {
            let name = path.display().to_string().replace('\\', "/");
            found.insert(name, fs::read(entry.path()).unwrap());
        }
    }
}

/// The ordinary program on the machine it is built for, set up as few are: other locale, time, width of the screen.
fn elsewhere(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_wangge"));
    let odd = [
        ("LC_ALL", "zh_CN.GB18030"),
        ("TZ", "Pacific/Kiritimati"),
        ("TERM", "dumb"),
        ("HOME", "/nowhere"),
        ("TMPDIR", "/nowhere"),
    ];
    command.args(arguments).args(ALONE).current_dir(folder).env_clear().envs(odd).output().unwrap()
}

/// What is chosen otherwise where the program is held to itself.
const ALONE: [&str; 2] = ["--color", "never"];

/// The program on the other system.
fn other(folder: &Path, arguments: &[&str]) -> Output {
    match std::env::var_os("WANGGE_RUNNER") {
        Some(_) => wangge_in(folder, arguments),
        None => elsewhere(folder, arguments),
    }
}

/// The ordinary program.
fn ordinary(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_wangge"))
        .args(arguments)
        .current_dir(folder)
        .env_clear()
        .env("LANG", "C.UTF-8")
        .output()
        .unwrap()
}

/// Runs both, and holds what they write to the other: exit code, stdout, stderr but for what may differ, and all files.
fn same(arguments: &[&str]) -> BTreeMap<String, Vec<u8>> {
    let run = |run: &dyn Fn(&Path, &[&str]) -> Output| {
        let folder = machine();
        fs::create_dir(folder.path().join("结果")).unwrap();
        let said = run(folder.path(), arguments);
        let mut written = BTreeMap::new();
        files(folder.path(), &PathBuf::from("结果"), &mut written);
        (said, written)
    };
    let ((here, written), (there, written_there)) = (run(&ordinary), run(&other));
    let message = |output: &Output| {
        let text = String::from_utf8(output.stderr.clone()).unwrap().replace("\r\n", "\n");
        MAY_DIFFER.iter().fold(text, |text, (_, made_same)| made_same(&text))
    };
    assert_eq!(message(&here), message(&there), "stderr of {arguments:?}");
    assert_eq!(here.status.code(), there.status.code(), "exit code of {arguments:?}");
    assert!(
        here.stdout == there.stdout,
        "stdout of {arguments:?}: {}",
        String::from_utf8_lossy(&there.stdout)
    );
    let names = |written: &BTreeMap<String, Vec<u8>>| written.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&written), names(&written_there), "files of {arguments:?}");
    let wrong: Vec<_> =
        written.keys().filter(|name| written.get(*name) != written_there.get(*name)).collect();
    assert!(wrong.is_empty(), "{arguments:?} writes other bytes: {wrong:?}");
    written
}

/// A run on the day of the fixtures, in a language.
fn fixed<'a>(command: &'a str, language: &'a str, more: &[&'a str]) -> Vec<&'a str> {
    [&[command], more, &["--as-of", AS_OF, "--lang", language]].concat()
}

#[test]
fn every_format_has_the_same_bytes() {
    let formats = FORMATS.iter().filter(|format| format.writer.is_some());
    let outputs: Vec<String> = formats.map(|format| format!("{0}:结果/{0}", format.name)).collect();
    let outputs: Vec<&str> = outputs.iter().flat_map(|output| ["-o", output]).collect();
    let given = ["fixtures/clean", "fixtures/village", "--no-cache", "--exit-zero"];
    for language in ["zh", "en"] {
        let written = same(&fixed("check", language, &[&given[..], &outputs].concat()));
        assert_eq!(written.len(), FORMATS.len() - 1, "{:?}", written.keys());
        assert!(written.values().all(|bytes| bytes.len() > 100));
    }
}

#[test]
fn folders_have_the_same_bytes() {
    let given = ["fixtures/clean", "fixtures/village", "fixtures/formats", "--no-cache", "--exit-zero"];
    let folders = ["-o", "csv:结果/清单/", "-o", "docx:结果/文书/", "-o", "html:结果/网页/"];
    assert!(same(&fixed("check", "zh", &[&given[..], &folders].concat())).len() > 12);
}

#[test]
fn screens_plans_and_worksheets_have_the_same_bytes() {
    same(&fixed(
        "check",
        "zh",
        &["fixtures/clean", "--rulings", "fixtures/village-rulings.csv", "--no-cache"],
    ));
    same(&fixed("check", "en", &["fixtures/clean", "fixtures/village", "--no-cache", "--top", "0"]));
    same(&fixed("plan", "zh", &["fixtures/village", "--no-cache"]));
    assert_eq!(same(&fixed("worksheet", "zh", &["fixtures/village", "-o", "结果/底稿.xlsx"])).len(), 1);
}

#[test]
fn what_cannot_be_read_is_told_in_the_same_words() {
    same(&fixed("check", "zh", &["fixtures/broken", "--no-cache"]));
    same(&fixed("check", "zh", &["fixtures/没有", "--no-cache"]));
    same(&["explain", "A.9.9", "--lang", "zh"]);
    same(&["check", "--lang", "zh"]);
}
