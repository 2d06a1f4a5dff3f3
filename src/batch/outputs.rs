//! Writes results: each output is fed as organizations end, and appears at the end.

use std::io::{self, Write};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::assessment_log::{self, Entry, Judged};
use super::options::{Output, OutputOptions};
use super::ordered_collector::RunResult;
use crate::console::{Console, unwritable};
use crate::exit::Exit;
use crate::model::fault::{Explain, Fault};
use crate::model::report::{Organization, Report};
use crate::model::standard::Standard;
use crate::model::text::Text;
use crate::report::output::{Out, ReportWriter, Target};
use crate::report::summary::Titles;
use crate::report::terminal::TerminalOptions;

/// The outputs of a run. One that fails is given up; the others go on.
pub struct Outputs {
    all: Vec<Open>,
    faults: Vec<Fault>,
    /// Texts of what the report names by ids.
    standard: Arc<Standard>,
    /// Whoever read stdout went away.
    gone: Arc<AtomicBool>,
}

/// How stdout is told of as a path.
const STDOUT: &str = "-";

/// An output that is being written.
struct Open {
    writer: Box<dyn ReportWriter>,
    target: Target,
    /// As it is told when it cannot be written.
    path: String,
    needs_all: bool,
}

/// Stdout as a stream of results; that a reader went away is no failure.
struct Stdout {
    console: Console,
    /// The reader went away.
    gone: Arc<AtomicBool>,
}

impl Write for Stdout {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self.console.write_out(bytes) {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {
                self.gone.store(true, Ordering::Relaxed);
            }
            written => written?,
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Outputs {
    /// Opens all of them; `run` is the report before any organization is in it. `restarted_after` so many lines of
    /// results are on stdout already.
    ///
    /// # Errors
    ///
    /// What keeps some of them from being opened.
    pub fn begin(
        run: &Report,
        (results, restarted_after): (&OutputOptions, usize),
        console: &Console,
    ) -> Result<Self, Vec<Fault>> {
        let standard = run.standard.clone().unwrap_or_default();
        let mut outputs = Self { all: Vec::new(), faults: Vec::new(), standard, gone: Arc::default() };
        for output in &results.outputs {
            match Open::new(output, (results, restarted_after), console, &outputs.gone) {
                Ok(open) => outputs.all.extend(open),
                Err(fault) => outputs.faults.push(fault),
            }
        }
        outputs.each(|writer, out| writer.begin(run, out));
        if outputs.faults.is_empty() { Ok(outputs) } else { Err(outputs.faults) }
    }

    /// Whether some output is written from all organizations at once.
    pub fn need_all(&self) -> bool {
        self.all.iter().any(|open| open.needs_all)
    }

    /// Whether nobody reads any of them any more.
    pub fn are_unread(&self) -> bool {
        self.gone.load(Ordering::Relaxed) && self.all.iter().all(|open| open.path == STDOUT)
    }

    /// Writes one organization.
    pub fn organization(&mut self, one: &Organization) {
        self.each(|writer, out| writer.organization(one, out));
    }

    /// Ends all of them and makes them appear; what could not be written.
    pub fn end(mut self, mut report: Report) -> Vec<Fault> {
        let organizations = std::mem::take(&mut report.organizations);
        let (all, rest) = std::mem::take(&mut self.all).into_iter().partition(|open| open.needs_all);
        self.all = rest;
        self.each(|writer, out| writer.end(&report, out));
        report.organizations = organizations;
        let ended = std::mem::replace(&mut self.all, all);
        self.each(|writer, out| writer.end(&report, out));
        for Open { target, path, .. } in ended.into_iter().chain(self.all) {
            self.faults.extend(target.finish().err().map(|error| unwritable(&path, &error)));
        }
        // Its organizations are not given back one by one: the process ends here.
        std::mem::forget(report);
        self.faults
    }

    fn each(&mut self, mut write: impl FnMut(&mut dyn ReportWriter, &mut Out<'_>) -> io::Result<()>) {
        let Standard { catalog, clauses, policies } = &*self.standard;
        let titles = Titles { catalog, clauses };
        let faults = &mut self.faults;
        self.all.retain_mut(|open| {
            let mut out = Out { target: &mut open.target, titles, policies };
            let written = write(open.writer.as_mut(), &mut out);
            faults.extend(written.as_ref().err().map(|error| unwritable(&open.path, error)));
            written.is_ok()
        });
    }
}

impl Open {
    /// Opens an output; none where another part of the program writes it.
    fn new(
        output: &Output,
        (results, restarted_after): (&OutputOptions, usize),
        console: &Console,
        gone: &Arc<AtomicBool>,
    ) -> Result<Option<Self>, Fault> {
        let Some(make) = output.format.writer else { return Ok(None) };
        let stdout = || Box::new(Stdout { console: *console, gone: Arc::clone(gone) });
        let path = output.path.as_ref().map_or_else(|| STDOUT.to_owned(), |path| path.display().to_string());
        let target = match (&output.path, output.folder()) {
            (_, Some(folder)) => console.begin_folder(folder)?,
            (Some(file), None) => Target::file(console.begin(file)?),
            (None, None) if output.streams() => Target::lines(stdout(), restarted_after),
            (None, None) => Target::held(stdout()),
        };
        let options = TerminalOptions {
            lang: console.lang,
            color: console.color_out && output.path.is_none(),
            quiet: results.quiet,
            width: console.width,
            top: results.top,
        };
        Ok(Some(Self { writer: make(&options), target, path, needs_all: output.format.needs_all }))
    }
}

/// The digest by which the log is checked later.
fn logged(path: &Path, number: u64, digest: &str) -> Text {
    let path = path.display();
    Text::new(
        format!("已记入 {path} 第{number}条，摘要 {digest}"),
        format!("entry {number} of {path}, digest {digest}"),
    )
}

/// Writes what came of a run and holds the gate. Where it was stopped because nobody reads it there is nobody to tell.
pub fn finish(finished: RunResult, console: &Console) -> Exit {
    if finished.outputs.are_unread() && !finished.report.not_assessed.is_empty() {
        return Exit::CouldNotJudge;
    }
    let log = finished.log.map(|(path, mut digest)| {
        // Every report has a JSON form.
        let digest = digest.end(&finished.report).unwrap_or_default();
        (path, Entry::of(&finished.report, digest))
    });
    let mut faults = finished.outputs.end(finished.report);
    faults.extend(finished.faults);
    if let Some((path, entry)) = log {
        let gate = Judged::of(faults.is_empty(), &finished.gate);
        match assessment_log::append(&path, &Entry { gate, ..entry }) {
            Ok((number, digest)) => console.line(&logged(&path, number, &digest)),
            Err(error) => faults.push(error.fault()),
        }
    }
    console.notices(&finished.notices);
    console.faults(&faults);
    if let Some(told) = finished.gate.told() {
        console.line(&told);
    }
    match (faults.is_empty(), finished.gate.is_passed()) {
        (true, true) => Exit::Passed,
        (true, false) => Exit::GateNotMet,
        (false, _) => Exit::CouldNotJudge,
    }
}
