//! `wangge history`: how scores moved over the reports of a folder.

use std::path::{Path, PathBuf};

use super::own_output;
use crate::batch::saved_report::SavedReport;
use crate::batch::saved_reports::{self, UNREADABLE};
use crate::console::{Console, unwritable};
use crate::exit::Exit;
use crate::model::fault::Fault;
use crate::model::text::Text;
use crate::report::comparison::Look;
use crate::report::history::{self, History};

/// What was asked.
#[derive(Clone, Debug)]
pub struct HistoryOptions {
    /// The folder of reports.
    pub folder: PathBuf,
    /// What is written.
    pub output: HistoryOutput,
    /// Lines of each list; 0 for all.
    pub top: usize,
}

/// A form, and a file or stdout.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HistoryOutput {
    form: Form,
    path: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Form {
    #[default]
    Terminal,
    Csv,
    Svg,
}

/// The forms by their names.
const FORMS: [(&str, Form); 3] = [("terminal", Form::Terminal), ("csv", Form::Csv), ("svg", Form::Svg)];

impl HistoryOutput {
    /// The output `FORMAT[:PATH]`.
    ///
    /// # Errors
    ///
    /// There is no such format.
    pub fn parse(text: &str) -> Result<Self, Text> {
        own_output::parse(text, FORMS).map(|(form, path)| Self { form, path })
    }
}

/// Runs the command.
pub fn run(options: &HistoryOptions, console: &Console) -> Exit {
    let done = read(&options.folder).and_then(|history| written(&history, options, console));
    done.map_or_else(|fault| console.fail_with(fault), |()| Exit::Passed)
}

/// The reports of a folder, by day and then by name: of an organization that a day has twice the last counts.
fn read(folder: &Path) -> Result<History, Fault> {
    let mut reports = Vec::new();
    for file in saved_reports::listed(folder)? {
        let run = SavedReport::open(&file, UNREADABLE)?.read(|_| ())?;
        reports.push((run.as_of, file));
    }
    reports.sort();
    let mut history = History::default();
    for (day, file) in &reports {
        let run = SavedReport::open(file, UNREADABLE)?.read(|one| history.add(day, &one))?;
        history.end(day, &run);
    }
    Ok(history)
}

fn written(history: &History, options: &HistoryOptions, console: &Console) -> Result<(), Fault> {
    let path = options.output.path.as_deref();
    let shown = path.map_or_else(|| "-".to_owned(), |path| path.display().to_string());
    let color = console.color_out && path.is_none();
    let look = Look { lang: console.lang, color, width: console.width, top: options.top };
    let bytes = match options.output.form {
        Form::Terminal => Ok(history::terminal(history, &look).into_bytes()),
        Form::Csv => history::csv(history, console.lang),
        Form::Svg => history::svg(history, &look),
    };
    let bytes = bytes.map_err(|error| unwritable(&shown, &error))?;
    match path {
        Some(path) => {
            let mut file = console.begin(path)?;
            file.write(&bytes).and_then(|()| file.finish()).map_err(|error| unwritable(&shown, &error))
        }
        None => console.write_out(&bytes).map_err(|error| unwritable(&shown, &error)),
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn a_folder_of_something_else_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(read(folder.path()).unwrap_err().code, "report.none");
        fs::write(folder.path().join("a.json"), "{}").unwrap();
        assert!(read(folder.path()).is_err());
    }
}
