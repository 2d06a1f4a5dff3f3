//! Writes results: lines as organizations end, the other formats from the whole report.

use super::options::{Format, Output, Results};
use super::ordered_collector::RunResult;
use crate::assessment::session::Session;
use crate::console::Console;
use crate::console::unwritable;
use crate::exit::Exit;
use crate::model::catalog::Catalog;
use crate::model::fault::Fault;
use crate::model::report::{Organization, Report};
use crate::model::text::Text;
use crate::report::json;
use crate::report::terminal::{self, TerminalOptions};
use crate::report::write::Whole;

/// The outputs that are written a line at a time.
pub struct Lines {
    sinks: Vec<Sink>,
    faults: Vec<Fault>,
}

enum Sink {
    /// With the lines that are there already.
    Stdout(Console, usize),
    File(String, Whole),
}

impl Lines {
    /// Opens those among the outputs.
    pub fn begin(results: &Results, console: &Console) -> Self {
        let (mut sinks, mut faults) = (Vec::new(), Vec::new());
        for output in results.outputs.iter().filter(|output| output.format == Format::Jsonl) {
            match open(output, results.told, console) {
                Ok(sink) => sinks.push(sink),
                Err(fault) => faults.push(fault),
            }
        }
        Self { sinks, faults }
    }

    /// Writes the line of one organization.
    pub fn organization(&mut self, organization: &Organization) {
        if !self.sinks.is_empty() {
            self.line(json::line(organization));
        }
    }

    /// Writes the last line, which is the report without its organizations, and makes the files appear.
    pub fn finish(mut self, report: &mut Report) -> Vec<Fault> {
        if !self.sinks.is_empty() {
            let organizations = std::mem::take(&mut report.organizations);
            self.line(json::line(report));
            report.organizations = organizations;
        }
        for sink in self.sinks {
            if let Sink::File(path, file) = sink {
                self.faults.extend(file.finish().err().map(|error| unwritable(&path, &error)));
            }
        }
        self.faults
    }

    /// A sink that fails once is given up; the others go on.
    fn line(&mut self, line: Result<String, serde_json::Error>) {
        let line = match line {
            Ok(line) => line,
            Err(error) => return self.faults.push(unserializable(&error)),
        };
        let faults = &mut self.faults;
        self.sinks.retain_mut(|sink| match sink.write(&line) {
            Ok(()) => true,
            Err(fault) => {
                faults.push(fault);
                false
            }
        });
    }
}

impl Sink {
    fn write(&mut self, line: &str) -> Result<(), Fault> {
        match self {
            Self::Stdout(_, told) if *told > 0 => {
                *told = told.saturating_sub(1);
                Ok(())
            }
            Self::Stdout(console, _) => console.result(line),
            Self::File(path, file) => file.write(line.as_bytes()).map_err(|error| unwritable(path, &error)),
        }
    }
}

fn open(output: &Output, told: usize, console: &Console) -> Result<Sink, Fault> {
    match &output.path {
        None => Ok(Sink::Stdout(*console, told)),
        Some(path) => Ok(Sink::File(path.display().to_string(), console.begin(path)?)),
    }
}

/// Writes what came of a run and holds the gate.
pub fn finish(finished: RunResult, session: &Session, results: &Results, console: &Console) -> Exit {
    let mut faults = write(&finished.report, &session.book.catalog, results, console);
    faults.extend(finished.faults);
    console.faults(&faults);
    match (faults.is_empty(), finished.passed) {
        (true, true) => Exit::Passed,
        (true, false) => Exit::GateNotMet,
        (false, _) => Exit::CouldNotJudge,
    }
}

/// Writes the outputs made from the whole report; what could not be written.
pub fn write(report: &Report, catalog: &Catalog, results: &Results, console: &Console) -> Vec<Fault> {
    let whole = results.outputs.iter().filter(|output| output.format.is_whole());
    whole.filter_map(|output| write_one(output, report, catalog, results, console).err()).collect()
}

fn write_one(
    output: &Output,
    report: &Report,
    catalog: &Catalog,
    results: &Results,
    console: &Console,
) -> Result<(), Fault> {
    let text = match output.format {
        Format::Json => json::to_string(report).map_err(|error| unserializable(&error))?,
        Format::Terminal => {
            let color = console.color_out && output.path.is_none();
            let look = TerminalOptions {
                lang: console.lang,
                color,
                quiet: results.quiet,
                width: console.width,
                top: results.top,
            };
            terminal::render(report, catalog, &look)
        }
        Format::Jsonl | Format::Shard => return Ok(()),
    };
    match &output.path {
        Some(path) => console.file(path, &text),
        None => console.result(&text),
    }
}

/// What has no JSON form.
pub fn unserializable(error: &serde_json::Error) -> Fault {
    Fault {
        code: "output.json",
        message: Text::new("不能写成 JSON", format!("cannot be written as JSON: {error}")),
        ..Fault::default()
    }
}
