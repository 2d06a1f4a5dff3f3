//! Where results and messages go: results to stdout, everything else to stderr.

use std::io::{self, Write};

use crate::exit::Exit;
use crate::model::fault::{Explain, Fault};
use crate::model::text::{Lang, Text};
use crate::report::fault;
use crate::report::write::Whole;

/// The streams of a run and how to write to them.
#[derive(Clone, Copy, Debug)]
pub struct Console {
    /// Language of the reader.
    pub lang: Lang,
    /// Colours on stdout.
    pub color_out: bool,
    /// Colours on stderr.
    pub color_err: bool,
    /// Columns of the terminal.
    pub width: usize,
}

impl Console {
    /// Writes a result to stdout; a reader that went away is no failure.
    ///
    /// # Errors
    ///
    /// The stream cannot be written.
    pub fn result(&self, text: &str) -> Result<(), Fault> {
        let mut out = io::stdout().lock();
        match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(unwritable("-", &error)),
            _ => Ok(()),
        }
    }

    /// Writes a result that is all there is to do.
    pub fn told(&self, text: &str) -> Exit {
        match self.result(text) {
            Ok(()) => Exit::Passed,
            Err(fault) => {
                self.faults(&[fault]);
                Exit::CouldNotJudge
            }
        }
    }

    /// Writes a result to a file, whole or not at all.
    ///
    /// # Errors
    ///
    /// The file cannot be written.
    pub fn file(&self, path: &std::path::Path, text: &str) -> Result<(), Fault> {
        let mut file = self.begin(path)?;
        let written = file.write(text.as_bytes()).and_then(|()| file.finish());
        written.map_err(|error| unwritable(&path.display().to_string(), &error))
    }

    /// Begins a file that appears whole or not at all, and the folders above it.
    ///
    /// # Errors
    ///
    /// The file cannot be made.
    pub fn begin(&self, path: &std::path::Path) -> Result<Whole, Fault> {
        let folder = path.parent().map_or(Ok(()), std::fs::create_dir_all);
        folder
            .and_then(|()| Whole::begin(path))
            .map_err(|error| unwritable(&path.display().to_string(), &error))
    }

    /// Tells failures on stderr; what cannot be told is lost with the stream.
    pub fn faults(&self, faults: &[Fault]) {
        let text = fault::render(faults, self.lang, self.color_err);
        let _ = io::stderr().lock().write_all(text.as_bytes());
    }

    /// Tells failures and ends with 2.
    pub fn fail<E: Explain>(&self, errors: &[E]) -> Exit {
        let faults: Vec<Fault> = errors.iter().map(Explain::fault).collect();
        self.faults(&faults);
        Exit::CouldNotJudge
    }
}

/// The system refused to write there.
pub(super) fn unwritable(path: &str, error: &io::Error) -> Fault {
    Fault {
        code: "output.unwritable",
        message: Text::new(format!("写不出结果：{error}"), format!("the result cannot be written: {error}")),
        help: Text::new("检查路径、权限和磁盘空间", "check the path, permissions and free space"),
        file: Some(path.to_owned()),
        ..Fault::default()
    }
}
