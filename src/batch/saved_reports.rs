//! Reports that earlier runs wrote as JSON: one, or all of a folder together.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use super::saved_report::{SavedReport, Unreadable};
use crate::model::fault::Fault;
use crate::model::system;
use crate::model::text::Text;
use crate::report::difference::{Run, reduced};

/// What is said of a report that the system does not give.
pub const UNREADABLE: Unreadable = ("report.unreadable", "报告读不出来", "the report cannot be read");

/// How the names of saved reports end.
const ENDINGS: [&str; 2] = [".json", ".json.zst"];

/// The report at a path; of a folder all that lie in it, by name.
///
/// # Errors
/// One of them cannot be read, a folder has none, or an organization is in two of them.
pub fn read(path: &Path) -> Result<Vec<Run>, Vec<Fault>> {
    let files =
        if path.is_dir() { listed(path).map_err(|fault| vec![fault])? } else { vec![path.to_owned()] };
    let (mut runs, mut faults) = (Vec::new(), Vec::new());
    for file in &files {
        match read_one(file) {
            Ok(run) => runs.push(run),
            Err(fault) => faults.push(fault),
        }
    }
    faults.extend(twice(&runs));
    if faults.is_empty() { Ok(runs) } else { Err(faults) }
}

fn read_one(file: &Path) -> Result<Run, Fault> {
    let mut organizations = Vec::new();
    let keep = |one| organizations.push(reduced(one));
    let report = SavedReport::open(file, UNREADABLE)?.read(keep)?;
    Ok(Run { file: file.display().to_string(), report, organizations })
}

/// The reports of a folder, by name.
///
/// # Errors
/// The folder cannot be read, or has none.
pub fn listed(folder: &Path) -> Result<Vec<PathBuf>, Fault> {
    let (code, zh, en) = UNREADABLE;
    let refused = |error| system::refusal(&error).fault(code, &Text::new(zh, en), folder);
    let entries = fs::read_dir(folder).map_err(refused)?.collect::<Result<Vec<_>, _>>().map_err(refused)?;
    let is_report = |path: &PathBuf| {
        let name = path.file_name().map(|name| name.to_string_lossy().to_lowercase()).unwrap_or_default();
        !name.starts_with(['.', '~']) && ENDINGS.iter().any(|end| name.ends_with(end)) && path.is_file()
    };
    let mut files: Vec<_> = entries.iter().map(fs::DirEntry::path).filter(is_report).collect();
    files.sort();
    if files.is_empty() { Err(none(folder)) } else { Ok(files) }
}

fn none(folder: &Path) -> Fault {
    Fault {
        code: "report.none",
        message: Text::new("文件夹中没有报告", "there is no report in the folder"),
        help: Text::new(
            "放入 check -o json 或 -o json.zst 写出的 .json、.json.zst 文件；下级文件夹不读取",
            "put files of `check -o json` or `-o json.zst` into it, which end with .json or .json.zst; folders below are not read",
        ),
        file: Some(folder.display().to_string()),
        ..Fault::default()
    }
}

/// Organizations that are in two reports: which of them counts nobody can tell. Of two reports the first such is named.
fn twice(runs: &[Run]) -> Vec<Fault> {
    let mut known: BTreeMap<&str, &Run> = BTreeMap::new();
    let mut found: BTreeMap<(&str, &str), (&str, usize)> = BTreeMap::new();
    for run in runs {
        for one in run.organizations.iter().filter(|one| !one.id.is_empty()) {
            let other = known.insert(&one.id, run).filter(|other| other.file != run.file);
            if let Some(other) = other {
                let (_, count) = found.entry((&other.file, &run.file)).or_insert((&one.id, 0));
                *count = count.saturating_add(1);
            }
        }
    }
    found.into_iter().map(|((one, other), (id, count))| in_two(id, count, (one, other))).collect()
}

fn in_two(id: &str, count: usize, (one, other): (&str, &str)) -> Fault {
    let (zh, en) = match count {
        1 => (format!("单位 {id} "), format!("the organization {id} is")),
        _ => {
            (format!("单位 {id} 等{count}个单位"), format!("the organization {id} and others ({count}) are"))
        }
    };
    Fault {
        code: "report.twice",
        message: Text::new(
            format!("{zh}同时在两份报告中：{one}、{other}"),
            format!("{en} in two reports: {one} and {other}"),
        ),
        help: Text::new("两份报告中只保留一份", "keep one of the two reports"),
        file: Some(other.to_owned()),
        ..Fault::default()
    }
}
