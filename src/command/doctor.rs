//! `wangge doctor`: how the files of submissions were read, what is missing, what to do.

use std::io;
use std::path::{MAIN_SEPARATOR, Path, PathBuf};

use super::own_output;
use crate::assessment::doctor::{Examined, examine};
use crate::assessment::session::{Choices, Session};
use crate::console::{Console, unserializable, unwritable};
use crate::exit::Exit;
use crate::ingest;
use crate::model::diagnosis::{Diagnosis, SCHEMA};
use crate::model::fault::{Explain, Fault};
use crate::model::report::Report;
use crate::model::text::Text;
use crate::report::output::Target;
use crate::report::{diagnosis, json};

/// What was asked.
#[derive(Clone, Debug)]
pub struct Asked {
    /// Submissions, or folders of them.
    pub paths: Vec<PathBuf>,
    /// The settings of a database that holds more of them.
    pub source: Option<PathBuf>,
    /// What was read of it.
    pub extracts: Vec<PathBuf>,
    /// What is written.
    pub outputs: Vec<DiagnosisOutput>,
    /// Where the draft of a mapping goes.
    pub mapping: Option<PathBuf>,
}

/// One output: a form, and a file, a folder or stdout.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DiagnosisOutput {
    form: Form,
    /// The file, or the folder of a workbook for each submission; stdout without.
    path: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Terminal,
    Json,
    Xlsx,
}

/// The forms by their names.
const FORMS: [(&str, Form); 3] = [("terminal", Form::Terminal), ("json", Form::Json), ("xlsx", Form::Xlsx)];

impl Default for DiagnosisOutput {
    fn default() -> Self {
        Self { form: Form::Terminal, path: None }
    }
}

impl DiagnosisOutput {
    /// The output `FORMAT[:PATH]`.
    ///
    /// # Errors
    ///
    /// There is no such format, or a workbook without a file.
    pub fn parse(text: &str) -> Result<Self, Text> {
        let (form, path) = own_output::parse(text, FORMS)?;
        if form == Form::Xlsx && path.is_none() {
            return Err(own_output::no_file(("问题.xlsx", "problems.xlsx")));
        }
        Ok(Self { form, path })
    }

    /// Whether it is a folder, with a file for each submission.
    fn is_folder(&self) -> bool {
        let named = |path: &PathBuf| path.to_string_lossy().ends_with(['/', MAIN_SEPARATOR]) || path.is_dir();
        self.form == Form::Xlsx && self.path.as_ref().is_some_and(named)
    }
}

/// Runs the command.
pub fn run(asked: &Asked, choices: &Choices, console: &Console) -> Exit {
    match examined(asked, choices, console) {
        Ok(diagnosis) if diagnosis.submissions.iter().any(|one| one.unreadable.is_some()) => {
            Exit::CouldNotJudge
        }
        Ok(_) => Exit::Passed,
        Err(faults) => console.refuse(&faults),
    }
}

fn examined(asked: &Asked, choices: &Choices, console: &Console) -> Result<Diagnosis, Vec<Fault>> {
    let session = Session::load(choices)?;
    let fault = |fault: Fault| vec![choices.masking.fault(fault)];
    let found =
        ingest::discover(&asked.paths, &session.declarations).map_err(|error| fault(error.fault()))?;
    let read = found.submissions.iter().filter(|path| !found.links.contains(path));
    let submissions: Vec<&PathBuf> = read.chain(&asked.extracts).collect();
    let run = session.report();
    let mut workbooks =
        Workbooks::begin(&asked.outputs, submissions.len(), (&run, console)).map_err(fault)?;
    let items = session.book.items_by_data(&session.declarations);
    let mut all = Vec::with_capacity(submissions.len());
    for path in submissions {
        let examined = examine(&session, &items, path);
        workbooks.add(&examined).map_err(fault)?;
        all.push(examined.diagnosis);
    }
    workbooks.finish().map_err(fault)?;
    let diagnosis = Diagnosis { schema: SCHEMA, tool: run.tool, submissions: all };
    for output in &asked.outputs {
        write(output, &diagnosis, console).map_err(fault)?;
    }
    if let Some(path) = &asked.mapping {
        console.file(path, &diagnosis::draft(&diagnosis)).map_err(fault)?;
    }
    Ok(diagnosis)
}

fn write(output: &DiagnosisOutput, diagnosis: &Diagnosis, console: &Console) -> Result<(), Fault> {
    let to_screen = output.path.is_none();
    let text = match output.form {
        Form::Terminal => {
            let color = console.color_out && to_screen;
            diagnosis::terminal(diagnosis, console.lang, color, console.width)
        }
        Form::Json => json::to_string(diagnosis).map_err(|error| unserializable(&error))?,
        Form::Xlsx => return Ok(()),
    };
    match &output.path {
        Some(path) => console.file(path, &text),
        None => console.result(&text),
    }
}

/// The workbooks that are asked for, each written as soon as its submission was read.
struct Workbooks<'a> {
    run: &'a Report,
    console: &'a Console,
    targets: Vec<(PathBuf, Target)>,
    /// Submissions so far.
    count: usize,
}

impl<'a> Workbooks<'a> {
    fn begin(
        outputs: &[DiagnosisOutput],
        submissions: usize,
        (run, console): (&'a Report, &'a Console),
    ) -> Result<Self, Fault> {
        let mut targets = Vec::new();
        for output in outputs.iter().filter(|output| output.form == Form::Xlsx) {
            let Some(path) = &output.path else { continue };
            let target = match output.is_folder() {
                true => console.begin_folder(path)?,
                false if submissions > 1 => return Err(several(path)),
                false => Target::file(console.begin(path)?),
            };
            targets.push((path.clone(), target));
        }
        Ok(Self { run, console, targets, count: 0 })
    }

    fn add(&mut self, examined: &Examined) -> Result<(), Fault> {
        self.count = self.count.saturating_add(1);
        if self.targets.is_empty() {
            return Ok(());
        }
        let Examined { diagnosis, dataset } = examined;
        let marked = diagnosis::Marked { diagnosis, dataset: dataset.as_ref() };
        let made = diagnosis::workbook(&marked, self.run, self.console.lang);
        let name = diagnosis::file_name(self.count, diagnosis);
        for (path, target) in &mut self.targets {
            let written = made.as_ref().map_err(|error| io::Error::other(error.to_string()));
            let written = written.and_then(|bytes| {
                if target.is_folder() {
                    target.begin_file(&name)?;
                }
                target.write(bytes)
            });
            written.map_err(|error| unwritable(&path.display().to_string(), &error))?;
        }
        Ok(())
    }

    fn finish(self) -> Result<(), Fault> {
        for (path, target) in self.targets {
            target.finish().map_err(|error| unwritable(&path.display().to_string(), &error))?;
        }
        Ok(())
    }
}

fn several(path: &Path) -> Fault {
    let help = Text::new(
        "写成文件夹，以 / 结尾，如 -o xlsx:退回/",
        "name a folder, which ends with `/`, such as -o xlsx:back/",
    );
    own_output::several(path, help)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn a_workbook_needs_a_file() {
        let parsed = DiagnosisOutput::parse("xlsx:a:b.xlsx").unwrap();
        assert_eq!((parsed.form, parsed.path), (Form::Xlsx, Some("a:b.xlsx".into())));
        assert!(DiagnosisOutput::parse("xlsx").is_err() && DiagnosisOutput::parse("csv:a").is_err());
        assert!(DiagnosisOutput::parse("xlsx:new/").unwrap().is_folder());
        assert_eq!(DiagnosisOutput::parse("json:-").unwrap().path, None);
    }
}
