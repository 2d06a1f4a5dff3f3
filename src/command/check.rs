//! `wangge check`: assess submissions, write reports, hold the gate.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::Console;
use super::assess::{Assessed, Rulings, assess};
use super::load::{Choices, Workbench, shown, within};
use crate::exit::Exit;
use crate::ingest;
use crate::model::fault::{Explain, Fault};
use crate::model::report::{Organization, Report, SCHEMA, Tool, Unreadable, Verdict};
use crate::model::ruling::Ruling;
use crate::model::text::Text;
use crate::report::json;
use crate::report::summary::Fold;
use crate::report::terminal::{self, TerminalOptions};
use crate::score::LineF;

/// What `check` was asked to do.
#[derive(Clone, Debug)]
pub struct CheckOptions {
    /// Submissions, or folders of submissions.
    pub paths: Vec<PathBuf>,
    /// Files of rulings.
    pub rulings: Vec<PathBuf>,
    /// A self-evaluation run.
    pub own: bool,
    /// Outputs to write.
    pub outputs: Vec<Output>,
    /// One line for each organization on the terminal.
    pub quiet: bool,
    /// Lines of each list of the summary on the terminal; 0 for all.
    pub top: usize,
    /// What must hold for the gate to pass.
    pub gate: Gate,
    /// Choices for the whole run.
    pub choices: Choices,
}

/// The condition under which a run exits 0.
#[derive(Clone, Copy, Debug, Default)]
pub struct Gate {
    /// Points every organization must have for sure, instead of being qualified.
    pub min_score: Option<u32>,
    /// Never exit 1.
    pub exit_zero: bool,
}

/// One output: a format, and a file or stdout.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Output {
    /// The format.
    pub format: Format,
    /// The file; stdout without.
    pub path: Option<PathBuf>,
}

/// Formats of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// For a person at a terminal.
    Terminal,
    /// JSON, version 1.
    Json,
}

/// Runs the command.
pub fn run(options: &CheckOptions, console: &Console) -> Exit {
    match checked(options) {
        Ok(run) => finish(options, console, &run),
        Err(faults) => {
            console.faults(&faults);
            Exit::CouldNotJudge
        }
    }
}

struct Checked {
    bench: Workbench,
    report: Report,
    faults: Vec<Fault>,
}

fn checked(options: &CheckOptions) -> Result<Checked, Vec<Fault>> {
    let bench = Workbench::load(&options.choices)?;
    let paths = ingest::discover(&options.paths, &bench.declarations).map_err(|error| vec![error.fault()])?;
    let rulings = rulings(options, &bench, &paths)?;
    let counted = Rulings { all: &rulings, own: options.own };
    let results: Vec<_> = paths.par_iter().map(|path| assess(&bench, path, counted)).collect();
    let (mut assessed, mut faults, mut unreadable) = (Vec::new(), Vec::new(), Vec::new());
    for (path, result) in paths.iter().zip(results) {
        match result {
            Ok(one) => assessed.push(one),
            Err(fault) => {
                unreadable.push(Unreadable { path: shown(path), message: fault.message.clone() });
                faults.push(fault);
            }
        }
    }
    faults.extend(ambiguous(&rulings, &assessed));
    for one in &mut assessed {
        faults.append(&mut one.faults);
    }
    faults.dedup();
    let organizations = assessed.into_iter().map(|one| one.organization).collect();
    let report = report(&bench, organizations, unreadable);
    Ok(Checked { bench, report, faults })
}

/// Reads the rulings named, and those lying beside a batch.
fn rulings(
    options: &CheckOptions,
    bench: &Workbench,
    submissions: &[PathBuf],
) -> Result<Vec<Ruling>, Vec<Fault>> {
    let batches = options.paths.iter().filter(|path| !submissions.contains(path));
    let beside = batches.flat_map(|path| rulings_in(path));
    let (mut rulings, mut faults) = (Vec::new(), Vec::new());
    let each_counts = bench.score_policies.line_f == LineF::Each;
    for file in options.rulings.iter().cloned().chain(beside) {
        match ingest::rulings::read(&file, &bench.book.catalog, each_counts) {
            Ok(read) => rulings.extend(read),
            Err(errors) => faults.extend(errors.iter().map(|error| within(&file, error.fault()))),
        }
    }
    if faults.is_empty() { Ok(rulings) } else { Err(faults) }
}

fn rulings_in(folder: &Path) -> Vec<PathBuf> {
    let candidates = ["csv", "xlsx", "toml"].map(|ending| folder.join(format!("rulings.{ending}")));
    candidates.into_iter().filter(|path| path.is_file()).collect()
}

/// A ruling must say which organization it is about where there are several, and name one that is there.
fn ambiguous(rulings: &[Ruling], assessed: &[Assessed]) -> Vec<Fault> {
    let known: BTreeSet<&str> = assessed.iter().map(|one| one.organization.id.as_str()).collect();
    let faulty = |ruling: &&Ruling| match ruling.organization.as_str() {
        "" => assessed.len() > 1,
        id => !known.contains(id),
    };
    rulings.iter().filter(faulty).map(no_such_organization).collect()
}

fn no_such_organization(ruling: &Ruling) -> Fault {
    let message = if ruling.organization.is_empty() {
        Text::new(
            "有多个被评估单位，裁定未写明是哪一个",
            "there are several organizations; the ruling names none",
        )
    } else {
        Text::new(
            format!("没有编号为“{}”的被评估单位", ruling.organization),
            format!("there is no organization `{}`", ruling.organization),
        )
    };
    Fault {
        code: "ruling.organization",
        message,
        help: Text::new(
            "organization 列写申报材料中的单位编号",
            "write the id of its submission in the column organization",
        ),
        file: Some(ruling.file.clone()),
        sheet: ruling.sheet.clone(),
        row: Some(ruling.row),
        column: Some("organization".to_owned()),
        excerpt: None,
    }
}

fn report(bench: &Workbench, organizations: Vec<Organization>, unreadable: Vec<Unreadable>) -> Report {
    let mut fold = Fold::default();
    organizations.iter().for_each(|organization| fold.add(organization));
    unreadable.iter().for_each(|_| fold.unreadable());
    let summary = bench.summary(fold);
    Report {
        schema: SCHEMA.to_owned(),
        tool: Tool { name: env!("CARGO_PKG_NAME").to_owned(), version: env!("CARGO_PKG_VERSION").to_owned() },
        as_of: bench.as_of.to_string(),
        packs: bench.book.packs.clone(),
        policies: bench.book.readings(),
        organizations,
        unreadable,
        summary,
    }
}

fn finish(options: &CheckOptions, console: &Console, run: &Checked) -> Exit {
    let written = options.outputs.iter().map(|output| write(output, options, console, run));
    let mut faults: Vec<Fault> = written.filter_map(Result::err).collect();
    faults.extend(run.faults.iter().cloned());
    console.faults(&faults);
    if faults.is_empty() { gate(options.gate, &run.report) } else { Exit::CouldNotJudge }
}

fn write(output: &Output, options: &CheckOptions, console: &Console, run: &Checked) -> Result<(), Fault> {
    let text = match output.format {
        Format::Json => json::to_string(&run.report).map_err(|error| unserializable(&error))?,
        Format::Terminal => {
            let color = console.color_out && output.path.is_none();
            let look = TerminalOptions {
                lang: console.lang,
                color,
                quiet: options.quiet,
                width: console.width,
                top: options.top,
            };
            terminal::render(&run.report, &run.bench.book.catalog, &look)
        }
    };
    match &output.path {
        Some(path) => console.file(path, &text),
        None => console.result(&text),
    }
}

fn unserializable(error: &serde_json::Error) -> Fault {
    Fault {
        code: "output.json",
        message: Text::new(format!("不能写成 JSON：{error}"), format!("cannot be written as JSON: {error}")),
        ..Fault::default()
    }
}

fn gate(gate: Gate, report: &Report) -> Exit {
    let passed = |one: &Organization| match gate.min_score {
        Some(least) => one.score.low >= least,
        None => one.verdict == Verdict::Qualified,
    };
    if gate.exit_zero || report.organizations.iter().all(passed) { Exit::Passed } else { Exit::GateNotMet }
}
