//! Which submissions changed: those in which a path lies that Git, or a list, names.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use super::manifest;
use super::options::CheckOptions;
use crate::model::fault::Fault;
use crate::model::system;
use crate::model::text::Text;

/// How it is known what changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ChangedBy {
    /// Git, since a revision: what is committed, what is not, and files it does not know yet.
    Revision(String),
    /// A file that names paths, a path a line.
    List(PathBuf),
}

/// The changed paths, as they really are.
///
/// # Errors
///
/// Git is not there or refuses, or the list cannot be read.
fn paths(by: &ChangedBy) -> Result<BTreeSet<PathBuf>, Vec<Fault>> {
    match by {
        ChangedBy::Revision(revision) => since(revision).map_err(|fault| vec![fault]),
        ChangedBy::List(file) => {
            Ok(manifest::lines(file)?.iter().map(|line| real(Path::new(&unquoted(line)))).collect())
        }
    }
}

/// A path as `git diff --name-only` writes it: in quotation marks with escapes where it has other signs than those of ASCII.
fn unquoted(line: &Path) -> OsString {
    let written = line.to_string_lossy();
    let Some(inside) = written.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) else {
        return line.as_os_str().to_owned();
    };
    let (mut bytes, mut rest) = (Vec::new(), inside.as_bytes());
    while let Some((first, after)) = rest.split_first() {
        let (byte, used) = if *first == b'\\' { escaped(after) } else { (*first, 0) };
        bytes.push(byte);
        rest = after.get(used..).unwrap_or_default();
    }
    text(&bytes)
}

/// The byte that an escape stands for, and how many signs it has after the backslash.
fn escaped(after: &[u8]) -> (u8, usize) {
    let octal = after.get(..3).and_then(|digits| std::str::from_utf8(digits).ok());
    if let Some(byte) = octal.and_then(|digits| u8::from_str_radix(digits, 8).ok()) {
        return (byte, 3);
    }
    match after.first() {
        Some(b'n') => (b'\n', 1),
        Some(b't') => (b'\t', 1),
        Some(b'r') => (b'\r', 1),
        Some(other) => (*other, 1),
        None => (b'\\', 0),
    }
}

/// Of these submissions those that changed, and what is said of it. All of them where something changed that the run
/// rests on: packs, rulings, mappings, the baseline and such.
///
/// # Errors
///
/// It cannot be found out what changed.
pub(super) fn only(
    by: &ChangedBy,
    options: &CheckOptions,
    submissions: Vec<PathBuf>,
) -> Result<(Vec<PathBuf>, Fault), Vec<Fault>> {
    let changed = paths(by)?;
    let lies_in = |place: &Path| {
        let place = real(place);
        changed.iter().any(|path| path.starts_with(&place))
    };
    // Settings may stand in any of these, and so may what they go on from.
    let settings = changed.iter().find(|path| path.extension().is_some_and(|ending| ending == "toml"));
    let input = inputs(options).into_iter().find(|input| lies_in(input));
    if let Some(input) = input.or_else(|| settings.cloned()) {
        let all = submissions.len();
        return Ok((submissions, told_of_all(&input, all)));
    }
    let all = submissions.len();
    let kept: Vec<PathBuf> = submissions.into_iter().filter(|path| lies_in(path)).collect();
    let told = told_of_some(kept.len(), all);
    Ok((kept, told))
}

/// What the run rests on besides submissions.
fn inputs(options: &CheckOptions) -> Vec<PathBuf> {
    let CheckOptions { rulings, choices, results, .. } = options;
    let single = [
        &choices.registry,
        &results.baseline,
        &results.waivers,
        &results.ratchet,
        &results.last_list,
        &choices.trust.lock,
        &options.manifest,
    ];
    let single = single.into_iter().flatten().cloned();
    choices.packs.iter().chain(rulings).chain(&choices.mappings).cloned().chain(single).collect()
}

/// A path as it really is; of one that is gone, in the folder that is left.
fn real(path: &Path) -> PathBuf {
    let above =
        || Some(real(path.parent().filter(|above| !above.as_os_str().is_empty())?).join(path.file_name()?));
    path.canonicalize().ok().or_else(above).or_else(|| std::path::absolute(path).ok()).unwrap_or_default()
}

fn since(revision: &str) -> Result<BTreeSet<PathBuf>, Fault> {
    let top = text(&git(None, &["rev-parse", "--show-toplevel"], revision)?.stdout);
    let top = PathBuf::from(top.to_string_lossy().trim_end_matches(['\n', '\r']));
    // A name that begins with a dash would be an option.
    let wanted = format!("{revision}^{{commit}}");
    let commit =
        git(Some(&top), &["rev-parse", "--verify", "--quiet", "--end-of-options", &wanted], revision)?;
    let commit = text(&commit.stdout).to_string_lossy().trim().to_owned();
    let tracked = git(Some(&top), &["diff", "--name-only", "--no-renames", "-z", &commit, "--"], revision)?;
    let others = git(Some(&top), &["ls-files", "--others", "--exclude-standard", "-z"], revision)?;
    let names = [tracked.stdout, others.stdout].concat();
    let names = names.split(|byte| *byte == 0).filter(|name| !name.is_empty());
    Ok(names.map(|name| real(&top.join(text(name)))).collect())
}

/// Names as Git gives them: bytes of any kind on Unix.
#[cfg(unix)]
fn text(bytes: &[u8]) -> OsString {
    use std::os::unix::ffi::OsStrExt;
    std::ffi::OsStr::from_bytes(bytes).to_owned()
}

#[cfg(not(unix))]
fn text(bytes: &[u8]) -> OsString {
    String::from_utf8_lossy(bytes).into_owned().into()
}

fn git(folder: Option<&Path>, arguments: &[&str], revision: &str) -> Result<Output, Fault> {
    let mut command = Command::new("git");
    if let Some(folder) = folder {
        command.arg("-C").arg(folder);
    }
    let ended = command.args(arguments).stdin(Stdio::null()).output();
    match ended {
        Ok(output) if output.status.success() => Ok(output),
        Ok(_) => Err(unknown(revision)),
        Err(error) => Err(no_git(&error)),
    }
}

fn no_git(error: &io::Error) -> Fault {
    let what = Text::new("不能运行 git", "git cannot be run");
    let fault = system::refusal(error).fault("since.git", &what, Path::new("git"));
    Fault {
        help: Text::new(
            "安装 git，或用 --changed 给出有改动的路径",
            "install git, or name the changed paths with --changed",
        ),
        ..fault
    }
}

fn unknown(revision: &str) -> Fault {
    Fault {
        code: "since.revision",
        message: Text::new(
            format!("git 找不到版本“{revision}”，或当前文件夹不在版本库中"),
            format!("git knows no revision `{revision}`, or this folder is in no repository"),
        ),
        help: Text::new(
            "写提交号、分支或标签，如 origin/main；浅克隆的先取回该版本（fetch-depth: 0）",
            "name a commit, branch or tag such as origin/main; a shallow clone must fetch it first (fetch-depth: 0)",
        ),
        ..Fault::default()
    }
}

fn told_of_all(input: &Path, all: usize) -> Fault {
    let input = input.display();
    Fault {
        code: "since.all",
        message: Text::new(
            format!("{input} 有改动，全部{all}份申报材料都评估"),
            format!("{input} changed: all {all} submissions are assessed"),
        ),
        ..Fault::default()
    }
}

fn told_of_some(kept: usize, all: usize) -> Fault {
    Fault {
        code: "since.some",
        message: Text::new(
            format!("{all}份申报材料中有改动的{kept}份，只评估这些"),
            format!("{kept} of {all} submissions changed, and only these are assessed"),
        ),
        ..Fault::default()
    }
}
