//! Cases as files: `tests/cmd/<name>.toml` says what is run and what must come of it.
#![expect(clippy::unwrap_used, reason = "tests fail by panicking")]
#![expect(clippy::panic, reason = "tests fail by panicking")]

mod support;

use std::fs;
use std::path::Path;

use serde::Deserialize;

/// One case.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    /// Arguments; `{tmp}` is a folder of the case's own.
    args: Vec<String>,
    /// Exit code.
    status: i32,
    /// Files to write into the folder first.
    #[serde(default)]
    files: std::collections::BTreeMap<String, String>,
    /// Texts stdout must hold.
    #[serde(default)]
    stdout: Vec<String>,
    /// Texts stderr must hold.
    #[serde(default)]
    stderr: Vec<String>,
    /// Texts neither may hold.
    #[serde(default)]
    never: Vec<String>,
}

/// Cases that cannot be had of the program of another system that `WANGGE_RUNNER` names, and why.
const NOT_ELSEWHERE: [(&str, &str); 0] = [];

/// Whether the program of another system is run.
fn is_elsewhere() -> bool {
    std::env::var_os("WANGGE_RUNNER").is_some()
}

/// Whether a stream holds a text. Another system may write paths otherwise.
fn holds(stream: &str, text: &str) -> bool {
    let same = |text: &str| text.replace('\\', "/");
    stream.contains(text) || is_elsewhere() && same(stream).contains(&same(text))
}

fn run(case: &Case) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in &case.files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let tmp = folder.path().display().to_string();
    let args: Vec<String> = case.args.iter().map(|argument| argument.replace("{tmp}", &tmp)).collect();
    let output = support::wangge(&args.iter().map(String::as_str).collect::<Vec<_>>());
    let text = |bytes| String::from_utf8(bytes).unwrap().replace(&tmp, "{tmp}");
    let (stdout, stderr) = (text(output.stdout), text(output.stderr));
    let mut wrong = Vec::new();
    if output.status.code() != Some(case.status) {
        wrong.push(format!("exit {:?}, want {}", output.status.code(), case.status));
    }
    wrong.extend(
        case.stdout.iter().filter(|text| !holds(&stdout, text)).map(|text| format!("stdout lacks {text:?}")),
    );
    wrong.extend(
        case.stderr.iter().filter(|text| !holds(&stderr, text)).map(|text| format!("stderr lacks {text:?}")),
    );
    let both = format!("{stdout}{stderr}");
    wrong.extend(
        case.never.iter().filter(|text| both.contains(*text)).map(|text| format!("should not say {text:?}")),
    );
    if !wrong.is_empty() {
        wrong.push(format!("--- stdout\n{stdout}--- stderr\n{stderr}"));
    }
    wrong
}

#[test]
fn every_case_ends_as_it_should() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cmd");
    let paths = support::batch::files(&folder);
    let mut failures = Vec::new();
    let is_left_out = |path: &&std::path::PathBuf| {
        is_elsewhere()
            && NOT_ELSEWHERE.iter().any(|(name, _)| path.file_stem().is_some_and(|stem| stem == *name))
    };
    for path in paths.iter().filter(|path| !is_left_out(path)) {
        let text = fs::read_to_string(path).unwrap();
        let case: Case = toml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let wrong = run(&case);
        if !wrong.is_empty() {
            failures.push(format!("{}\n{}", path.display(), wrong.join("\n")));
        }
    }
    assert!(paths.len() > 15, "the cases are gone");
    assert!(failures.is_empty(), "{}", failures.join("\n\n"));
}
