//! A saved report made again: with the day, readings and packs it names, from the submissions at hand.

use std::fs::File;
use std::io::{self, BufReader, BufWriter, Write};
use std::path::Path;

use serde_json::{Value, json};

use super::options::{CheckOptions, Output};
use super::run::Prepared;
use super::saved_report::{SavedReport, Unreadable};
use crate::console::Console;
use crate::model::fault::Fault;
use crate::model::privacy::Masking;
use crate::model::report::{Organization, Report};
use crate::model::system;
use crate::model::text::Text;
use crate::report::json::WholeWriter;
use crate::report::temporary_file;
use crate::table::date::Date;
use crate::table::memory;

/// How a report that was made again compares.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reproduction {
    /// Byte for byte.
    Same,
    /// Apart from where submissions lie: the first path then and now.
    OtherPaths(String, String),
    /// Apart from how it is written: indents, the order of fields, fields that no report has.
    OtherForm,
    /// It is another; what differs first, the causes before what they cause.
    Differs(Text),
}

const UNREADABLE: Unreadable =
    ("verify.unreadable", "核对用的报告读不出来", "the report made again cannot be read");

/// Makes a report again and compares. `run` is the saved one without its organizations.
///
/// # Errors
///
/// What keeps it from being made, written aside or read.
pub fn run(
    options: &CheckOptions,
    run: &Report,
    mut saved: SavedReport<'_>,
    console: &Console,
) -> Result<Reproduction, Vec<Fault>> {
    let one = |fault| vec![fault];
    let above = memory::folder();
    temporary_file::sweep(&above);
    let folder = temporary_file::folder_in(&above).map_err(|error| vec![unkept(&above, &error)])?;
    let path = folder.0.path().join("report.json");
    written(&again(options, run, &path), console)?;
    let refused = |error: io::Error| vec![unkept(&path, &error)];
    let fresh_bytes = BufReader::new(File::open(&path).map_err(refused)?);
    if saved.is_same(fresh_bytes).map_err(one)? {
        return Ok(Reproduction::Same);
    }
    let fresh = SavedReport::open(&path, UNREADABLE).map_err(one)?;
    compared(saved, fresh).map_err(one)
}

/// Whether a saved report has the very bytes that this program writes of what it read: then it has no more fields, and no
/// other form.
///
/// # Errors
///
/// It cannot be read, or written aside.
pub fn is_as_written(saved: &mut SavedReport<'_>, run: &Report) -> Result<bool, Fault> {
    let above = memory::folder();
    let folder = temporary_file::folder_in(&above).map_err(|error| unkept(&above, &error))?;
    let path = folder.0.path().join("report.json");
    let refused = |error: io::Error| unkept(&path, &error);
    let mut file = BufWriter::new(File::create(&path).map_err(refused)?);
    let mut writer = WholeWriter::begin(run);
    let mut failed = None;
    saved.read(|one| {
        let written = writer.organization(&one).map_err(io::Error::other);
        let written = written.and_then(|text| file.write_all(text.as_bytes()));
        failed = failed.take().or(written.err());
    })?;
    let end = writer.end(run).map_err(io::Error::other).and_then(|text| file.write_all(text.as_bytes()));
    failed.map_or(end, Err).and_then(|()| file.flush()).map_err(refused)?;
    saved.is_same(BufReader::new(File::open(&path).map_err(refused)?))
}

/// The options by which the report at hand was made, as far as it tells them.
fn again(options: &CheckOptions, run: &Report, path: &Path) -> CheckOptions {
    let mut options = options.clone();
    options.self_evaluation = run.self_evaluation;
    options.choices.policies = run.policies.clone().into_iter().collect();
    options.choices.as_of = Date::from_iso(&run.as_of).unwrap_or(options.choices.as_of);
    options.choices.masking = if run.unmasked { Masking::Off } else { Masking::On };
    options.results.outputs = vec![Output::json(path.to_owned())];
    options.results.quiet = true;
    options
}

/// Assesses and writes. What is unreadable or broken in it stands in the report as well, and is compared there.
fn written(options: &CheckOptions, console: &Console) -> Result<(), Vec<Fault>> {
    let prepared = Prepared::new(options, console)?;
    let finished = prepared.assess(console)?;
    if !finished.report.not_assessed.is_empty() {
        return Err(finished.faults);
    }
    let faults = finished.outputs.end(finished.report);
    if faults.is_empty() { Ok(()) } else { Err(faults) }
}

fn compared(mut saved: SavedReport<'_>, mut fresh: SavedReport<'_>) -> Result<Reproduction, Fault> {
    let (mut then, mut now) = (Vec::new(), Vec::new());
    let saved_run = saved.read(|one| then.push(one))?;
    let fresh_run = fresh.read(|one| now.push(one))?;
    let causes = first_of(settings(&saved_run), settings(&fresh_run));
    let organizations = || organizations(&then, &now);
    let rest = || first_of([rest(&saved_run)], [rest(&fresh_run)]);
    if let Some(first) = causes.or_else(organizations).or_else(rest) {
        return Ok(Reproduction::Differs(first));
    }
    let (was, is) = (paths(&saved_run, &then), paths(&fresh_run, &now));
    let other = was.into_iter().zip(is).find(|(was, is)| was != is);
    Ok(other.map_or(Reproduction::OtherForm, |(was, is)| Reproduction::OtherPaths(was, is)))
}

/// Where everything lies that a report names: that is all in which it may differ.
fn paths(run: &Report, organizations: &[Organization]) -> Vec<String> {
    let submissions = organizations.iter().map(|one| one.submission.path.clone());
    let files = run.inputs.files.iter().map(|file| file.path.clone());
    submissions.chain(files).chain(run.unreadable.iter().map(|one| one.path.clone())).collect()
}

/// A part of a report: its name in Chinese and English, and what it says.
type Part = (&'static str, &'static str, Value);

/// What a run was made with.
fn settings(run: &Report) -> [Part; 7] {
    let packs: Vec<_> = run.packs.iter().map(|pack| (&pack.id, &pack.version, &pack.sha256)).collect();
    let files: Vec<_> = run.inputs.files.iter().map(|file| (file.role, &file.sha256)).collect();
    [
        ("程序", "the program", json!(run.tool)),
        ("规则包", "the packs", json!(packs)),
        ("口径", "the readings", json!(run.policies)),
        ("裁定等所用文件", "rulings and other files", json!(files)),
        ("选项", "the options", json!(run.inputs.options)),
        ("本地规定", "the overrides", json!(run.overrides)),
        ("不能使用的规则", "rules that cannot be used", json!(run.broken)),
    ]
}

/// Everything else: the whole report without its organizations and the paths it names.
fn rest(run: &Report) -> Part {
    let mut run = Report { digest: String::new(), ..run.without_organizations() };
    run.inputs.files.iter_mut().for_each(|file| file.path.clear());
    run.unreadable.iter_mut().for_each(|one| one.path.clear());
    run.summary.ranking.iter_mut().for_each(|one| one.path.clear());
    ("其余内容", "the rest of the report", json!(run))
}

/// What the first of these parts that is not the same says.
fn first_of<const N: usize>(then: [Part; N], now: [Part; N]) -> Option<Text> {
    then.into_iter().zip(now).find_map(|((zh, en, then), (.., now))| {
        let told = difference(&then, &now, "")?;
        Some(Text::new(format!("{zh} {}", told.zh), format!("{en} {}", told.en)))
    })
}

fn organizations(then: &[Organization], now: &[Organization]) -> Option<Text> {
    let mut pairs = then.iter().zip(now);
    let differs = pairs.find_map(|(then, now)| organization(then, now));
    let (were, are) = (then.len(), now.len());
    let count = || {
        (were != are).then(|| {
            Text::new(
                format!("报告中有{were}个单位，重新评估的有{are}个"),
                format!("{were} organizations in the report, {are} assessed again"),
            )
        })
    };
    differs.or_else(count)
}

/// What differs of an organization, its submission before what follows from it.
fn organization(then: &Organization, now: &Organization) -> Option<Text> {
    let (was, is) = (&then.submission.sha256, &now.submission.sha256);
    if then.id != now.id {
        return Some(Text::new(
            format!("同一位置上报告中是{}，重新评估的是{}", then.id, now.id),
            format!("{} stands in the report where {} was assessed", then.id, now.id),
        ));
    }
    let id = &then.id;
    if was != is {
        return Some(Text::new(
            format!("{}（{id}）的申报材料（SHA-256 原为 {was}，现为 {is}）", then.name),
            format!("the submission of {} ({id}): SHA-256 {was} then, {is} now", then.name),
        ));
    }
    let of = |one: &Organization| {
        let mut one = one.clone();
        one.submission.path = String::new();
        serde_json::to_value(one).unwrap_or_default()
    };
    let told = difference(&of(then), &of(now), "")?;
    Some(Text::new(
        format!("{}（{id}）的 {}", then.name, told.zh),
        format!("of {} ({id}): {}", then.name, told.en),
    ))
}

/// The first place, as a JSON pointer, at which two values differ, and what stands there.
fn difference(then: &Value, now: &Value, at: &str) -> Option<Text> {
    let inside = |key: &str, then: Option<&Value>, now: Option<&Value>| {
        difference(then.unwrap_or(&Value::Null), now.unwrap_or(&Value::Null), &format!("{at}/{key}"))
    };
    match (then, now) {
        _ if then == now => None,
        (Value::Object(was), Value::Object(is)) => {
            let mut keys: Vec<&String> =
                was.keys().chain(is.keys().filter(|key| !was.contains_key(*key))).collect();
            keys.dedup();
            keys.into_iter().find_map(|key| inside(key, was.get(key), is.get(key)))
        }
        (Value::Array(was), Value::Array(is)) => {
            (0..was.len().max(is.len())).find_map(|at| inside(&at.to_string(), was.get(at), is.get(at)))
        }
        _ => {
            let (was, is) = (shown(then), shown(now));
            Some(Text::new(format!("{at}：原为 {was}，现为 {is}"), format!("{at}: {was} then, {is} now")))
        }
    }
}

/// Characters of a value that are shown.
const SHOWN: usize = 120;

fn shown(value: &Value) -> String {
    let text = value.to_string();
    if text.chars().count() <= SHOWN {
        return text;
    }
    text.chars().take(SHOWN).chain(['…']).collect()
}

fn unkept(path: &Path, error: &io::Error) -> Fault {
    let what = Text::new("核对用的报告不能暂存", "the report made again cannot be put aside");
    system::refusal(error).fault("verify.unwritten", &what, path)
}
