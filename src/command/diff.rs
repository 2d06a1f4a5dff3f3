//! `wangge diff`: what differs between two reports, or two folders of them, and why scores moved.

use std::path::{Path, PathBuf};

use super::own_output;
use crate::batch::saved_reports;
use crate::console::{Console, unserializable, unwritable};
use crate::exit::Exit;
use crate::model::fault::Fault;
use crate::model::report_diff::ReportDiff;
use crate::model::text::Text;
use crate::report::comparison::Look;
use crate::report::difference::{self, Run};
use crate::report::json;
use crate::report::output::Target;

/// What was asked.
#[derive(Clone, Debug)]
pub struct DiffOptions {
    /// The old report, or a folder of reports.
    pub old: PathBuf,
    /// The new report, or a folder of reports.
    pub new: PathBuf,
    /// What is written.
    pub output: DiffOutput,
    /// Lines of each list on a screen; 0 for all.
    pub top: usize,
    /// Exit 1 where anything differs.
    pub exit_code: bool,
}

/// A form, and a file or stdout.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DiffOutput {
    form: Form,
    path: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Form {
    #[default]
    Terminal,
    Json,
    Markdown,
    Html,
    Xlsx,
}

/// The forms by their names.
const FORMS: [(&str, Form); 5] = [
    ("terminal", Form::Terminal),
    ("json", Form::Json),
    ("markdown", Form::Markdown),
    ("html", Form::Html),
    ("xlsx", Form::Xlsx),
];

impl DiffOutput {
    /// The output `FORMAT[:PATH]`.
    ///
    /// # Errors
    ///
    /// There is no such format, or a workbook without a file.
    pub fn parse(text: &str) -> Result<Self, Text> {
        let (form, path) = own_output::parse(text, FORMS)?;
        if form == Form::Xlsx && path.is_none() {
            return Err(own_output::no_file(("比较.xlsx", "diff.xlsx")));
        }
        Ok(Self { form, path })
    }
}

/// Runs the command.
pub fn run(options: &DiffOptions, console: &Console) -> Exit {
    match written(options, console) {
        Ok(diff) if options.exit_code && diff.differs() => Exit::GateNotMet,
        Ok(_) => Exit::Passed,
        Err(faults) => console.refuse(&faults),
    }
}

fn written(options: &DiffOptions, console: &Console) -> Result<ReportDiff, Vec<Fault>> {
    let (old, new) = match (saved_reports::read(&options.old), saved_reports::read(&options.new)) {
        (Ok(old), Ok(new)) => (old, new),
        (old, new) => return Err([old.err(), new.err()].into_iter().flatten().flatten().collect()),
    };
    let diff = difference::compare(&old, &new);
    let one = |fault| vec![fault];
    // The organizations themselves are needed no more; the last of the new runs says what made the page.
    let basis = new.into_iter().next_back().map(|run| Run { organizations: Vec::new(), ..run });
    drop(old);
    write(&diff, basis.as_ref(), options, console).map_err(one)?;
    Ok(diff)
}

fn write(
    diff: &ReportDiff,
    basis: Option<&Run>,
    options: &DiffOptions,
    console: &Console,
) -> Result<(), Fault> {
    let path = options.output.path.as_deref();
    let shown = path.map(|path| path.display().to_string()).unwrap_or_default();
    let color = console.color_out && path.is_none();
    let look = Look { lang: console.lang, color, width: console.width, top: options.top };
    let text = match options.output.form {
        Form::Terminal => difference::terminal(diff, &look),
        Form::Json => json::to_string(diff).map_err(|error| unserializable(&error))?,
        Form::Markdown => difference::markdown(diff, &look),
        Form::Html => basis.map(|run| difference::html(diff, &run.report, console.lang)).unwrap_or_default(),
        Form::Xlsx => {
            let Some((path, run)) = path.zip(basis) else { return Ok(()) };
            let bytes = difference::workbook(diff, &run.report, console.lang);
            return save(path, &bytes.map_err(|error| unwritable(&shown, &error))?, console);
        }
    };
    match path {
        Some(path) => console.file(path, &text),
        None => console.result(&text),
    }
}

fn save(path: &Path, bytes: &[u8], console: &Console) -> Result<(), Fault> {
    let mut target = Target::file(console.begin(path)?);
    let written = target.write(bytes).and_then(|()| target.finish());
    written.map_err(|error| unwritable(&path.display().to_string(), &error))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn a_workbook_needs_a_file_and_the_others_do_not() {
        assert!(DiffOutput::parse("xlsx").is_err() && DiffOutput::parse("text").is_err());
        assert_eq!(DiffOutput::parse("xlsx:a:b.xlsx").unwrap().path, Some("a:b.xlsx".into()));
        for form in ["terminal", "json", "markdown", "html"] {
            assert_eq!(DiffOutput::parse(form).unwrap().path, None);
        }
    }
}
