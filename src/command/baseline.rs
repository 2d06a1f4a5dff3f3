//! `wangge baseline`: findings that are known for now, written, shown and pruned.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::batch::saved_report::{SavedReport, Unreadable};
use crate::console::Console;
use crate::exit::Exit;
use crate::gate::baseline::{self, Baseline, BaselineEntry};
use crate::model::acceptance::Acceptance;
use crate::model::fault::{Explain, Fault};
use crate::model::report::Organization;
use crate::model::text::{Lang, Text};
use crate::report::words;
use crate::table::date::Date;

/// What is to become known.
#[derive(Debug)]
pub struct BaselineOptions {
    /// The file of the baseline.
    pub file: PathBuf,
    /// The report whose findings it holds.
    pub report: PathBuf,
    /// Why they do not count, and until when.
    pub ground: Acceptance,
}

const UNREADABLE: Unreadable = ("baseline.report", "报告不能读取", "the report cannot be read");

/// A day on which no entry has expired.
const NEVER: &str = "";

/// `write`: every finding of the report; those that the file has keep their reasons and days.
pub fn write(options: &BaselineOptions, console: &Console) -> Exit {
    ended(written(options, console), console)
}

/// `prune`: without what the report has no more.
pub fn prune(file: &Path, report: &Path, console: &Console) -> Exit {
    ended(pruned(file, report, console), console)
}

/// `show`: what is known, and whether it has expired on a day.
pub fn show(file: &Path, day: Date, console: &Console) -> Exit {
    match entries(file) {
        Ok(entries) => console.print_result(&listed(&entries, day, console.lang)),
        Err(faults) => console.refuse(&faults),
    }
}

fn ended(done: Result<Text, Vec<Fault>>, console: &Console) -> Exit {
    match done {
        Ok(told) => {
            console.line(&told);
            Exit::Passed
        }
        Err(faults) => console.refuse(&faults),
    }
}

fn entries(file: &Path) -> Result<Vec<BaselineEntry>, Vec<Fault>> {
    baseline::read(file).map_err(|errors| errors.iter().map(Explain::fault).collect())
}

fn written(options: &BaselineOptions, console: &Console) -> Result<Text, Vec<Fault>> {
    let BaselineOptions { file, report, ground } = options;
    let old = if file.exists() { entries(file)? } else { Vec::new() };
    let mut known = Baseline::on(NEVER, old.clone());
    let (mut new, mut added) = (Vec::new(), 0_usize);
    each(report, |mut one| {
        known.accept(&one.id, &mut one.findings);
        for finding in &one.findings {
            added = added.saturating_add(usize::from(finding.accepted.is_none()));
            let ground = finding.accepted.as_ref().unwrap_or(ground);
            new.push(BaselineEntry::of(&one.id, finding, ground, console.lang));
        }
    })?;
    // Entries on organizations that the report does not have stay.
    let assessed: BTreeSet<&String> = new.iter().map(|entry| &entry.organization).collect();
    let others: Vec<_> = old.into_iter().filter(|entry| !assessed.contains(&entry.organization)).collect();
    let mut all: Vec<_> = new.iter().cloned().chain(others).collect();
    save(file, &mut all, console)?;
    let count = all.len();
    Ok(Text::new(
        format!("基准共{count}条问题，其中新列入{added}条"),
        format!("the baseline has {count} findings, {added} of them new"),
    ))
}

fn pruned(file: &Path, report: &Path, console: &Console) -> Result<Text, Vec<Fault>> {
    let old = entries(file)?;
    let before = old.len();
    let mut known = Baseline::on(NEVER, old);
    let mut assessed = BTreeSet::new();
    each(report, |mut one| {
        known.accept(&one.id, &mut one.findings);
        assessed.insert(one.id);
    })?;
    let mut kept = known.kept(&assessed);
    save(file, &mut kept, console)?;
    let (count, gone) = (kept.len(), before.saturating_sub(kept.len()));
    Ok(Text::new(
        format!("删去{gone}条，基准还有{count}条问题"),
        format!("{gone} findings are removed, {count} are left in the baseline"),
    ))
}

fn each(report: &Path, take: impl FnMut(Organization)) -> Result<(), Vec<Fault>> {
    let read = SavedReport::open(report, UNREADABLE).and_then(|mut report| report.read(take));
    read.map(drop).map_err(|fault| vec![fault])
}

fn save(file: &Path, entries: &mut [BaselineEntry], console: &Console) -> Result<(), Vec<Fault>> {
    let text = baseline::write(entries).map_err(|error| {
        let message = error.to_string();
        vec![Fault {
            code: "baseline.form",
            message: Text::new(message.clone(), message),
            ..Fault::default()
        }]
    })?;
    console.file(file, &text).map_err(|fault| vec![fault])
}

/// A line for each entry, and how many there are.
fn listed(entries: &[BaselineEntry], day: Date, lang: Lang) -> String {
    let day = day.to_string();
    let is_expired = |entry: &BaselineEntry| entry.expires < day;
    let line = |entry: &BaselineEntry| {
        let BaselineEntry { organization, rule, target, reason, expires, message, .. } = entry;
        let places = entry.places.len().saturating_add(entry.more);
        let severity = words::severity(entry.severity, lang);
        match lang {
            Lang::Zh => format!(
                "{organization}  {rule}（{target}）  {severity}  {places}处  {expires}{}  {reason}\n    {message}\n",
                if is_expired(entry) { "（已过期）" } else { "" }
            ),
            Lang::En => format!(
                "{organization}  {rule} ({target})  {severity}  places: {places}  until {expires}{}  {reason}\n    {message}\n",
                if is_expired(entry) { " (expired)" } else { "" }
            ),
        }
    };
    let (count, expired) = (entries.len(), entries.iter().filter(|entry| is_expired(entry)).count());
    let total = Text::new(
        format!("共{count}条问题，其中{expired}条已过期\n"),
        format!("findings: {count}, expired: {expired}\n"),
    );
    let lines: String = entries.iter().map(line).collect();
    lines + total.get(lang)
}
