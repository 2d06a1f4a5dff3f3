//! `wangge sample`: what to look at on site, and whom to ask.

use std::path::{Path, PathBuf};

use super::own_output;
use crate::assessment::assess::{Rulings, assess};
use crate::assessment::sample::{Draw, draw};
use crate::assessment::session::{Choices, Session};
use crate::console::{Console, unwritable};
use crate::exit::Exit;
use crate::ingest;
use crate::model::fault::{Explain, Fault};
use crate::model::sample::{SampleKind, Sampled};
use crate::model::text::Text;
use crate::report::output::Target;
use crate::report::sample;

/// What was asked.
#[derive(Clone, Debug)]
pub struct Asked {
    /// Submissions, or folders of them.
    pub paths: Vec<PathBuf>,
    /// What is drawn.
    pub draw: Draw,
    /// What is written.
    pub output: SampleOutput,
}

/// A form, and a file or stdout.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SampleOutput {
    form: Form,
    path: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Form {
    #[default]
    Terminal,
    Csv,
    Xlsx,
}

/// The forms by their names.
const FORMS: [(&str, Form); 3] = [("terminal", Form::Terminal), ("csv", Form::Csv), ("xlsx", Form::Xlsx)];

impl SampleOutput {
    /// The output `FORMAT[:PATH]`.
    ///
    /// # Errors
    ///
    /// There is no such format, or a workbook without a file.
    pub fn parse(text: &str) -> Result<Self, Text> {
        let (form, path) = own_output::parse(text, FORMS)?;
        if form == Form::Xlsx && path.is_none() {
            return Err(own_output::no_file(("抽样.xlsx", "sample.xlsx")));
        }
        Ok(Self { form, path })
    }
}

/// Runs the command.
pub fn run(asked: &Asked, choices: &Choices, console: &Console) -> Exit {
    match drawn(asked, choices, console) {
        Ok(()) => Exit::Passed,
        Err(faults) => console.refuse(&faults),
    }
}

fn drawn(asked: &Asked, choices: &Choices, console: &Console) -> Result<(), Vec<Fault>> {
    let session = Session::load(choices)?;
    let fault = |fault: Fault| vec![choices.masking.fault(fault)];
    let found =
        ingest::discover(&asked.paths, &session.declarations).map_err(|error| fault(error.fault()))?;
    let of = |path: &PathBuf| draw(&session, path, &asked.draw).map_err(fault);
    let samples = found.submissions.iter().map(of).collect::<Result<Vec<_>, _>>()?;
    let claim = match (asked.output.form, asked.draw.of, found.submissions.first()) {
        (Form::Xlsx, SampleKind::ServiceObjects, Some(path)) => claim(&session, path).map_err(fault)?,
        _ => Text::default(),
    };
    write(asked, (&session, &claim), &samples, console).map_err(fault)
}

/// The item of which the satisfaction survey is.
const SURVEYED: &str = "A.7.1";

/// What the organization says of its satisfaction.
fn claim(session: &Session, path: &Path) -> Result<Text, Fault> {
    let rulings = Rulings { all: &[], self_evaluation: false };
    let assessed = assess(session, path, rulings)?;
    Ok(assessed.organization.reason(SURVEYED).cloned().unwrap_or_default())
}

fn write(
    asked: &Asked,
    (session, claim): (&Session, &Text),
    samples: &[Sampled],
    console: &Console,
) -> Result<(), Fault> {
    let path = asked.output.path.as_deref();
    let shown = path.map(|path| path.display().to_string()).unwrap_or_default();
    let text = match asked.output.form {
        Form::Terminal => {
            sample::terminal(samples, console.lang, console.color_out && path.is_none(), console.width)
        }
        Form::Csv => sample::csv(samples, console.lang).map_err(|error| unwritable(&shown, &error))?,
        Form::Xlsx => return workbook(asked, (session, claim), samples, console),
    };
    match path {
        Some(path) => console.file(path, &text),
        None => console.result(&text),
    }
}

fn workbook(
    asked: &Asked,
    (session, claim): (&Session, &Text),
    samples: &[Sampled],
    console: &Console,
) -> Result<(), Fault> {
    let Some(path) = asked.output.path.as_deref() else { return Ok(()) };
    let [one] = samples else { return Err(several(path)) };
    let failed = |error| unwritable(&path.display().to_string(), &error);
    let bytes = sample::workbook(one, claim, &session.report(), console.lang).map_err(failed)?;
    let mut target = Target::file(console.begin(path)?);
    target.write(&bytes).and_then(|()| target.finish()).map_err(failed)
}

fn several(path: &Path) -> Fault {
    let help = Text::new("逐个单位抽样，或者写成CSV", "draw for one at a time, or write CSV");
    own_output::several(path, help)
}
