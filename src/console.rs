//! Where results and messages go: results to stdout, everything else to stderr.

use std::io::{self, Write};
use std::path::Path;

use anstream::stream::RawStream;
use anstream::{AutoStream, ColorChoice};

use crate::exit::Exit;
use crate::model::fault::Fault;
use crate::model::system::{self, Refusal};
use crate::model::text::{Lang, Text};
use crate::report::output::Target;
use crate::report::write::Whole;
use crate::report::{fault, temporary_file};
use crate::resources::process_role::ProcessRole;

/// The streams of a run and how to write to them.
#[derive(Clone, Copy, Debug)]
pub struct Console {
    /// Language of the reader.
    pub lang: Lang,
    /// Colours on stdout.
    pub color_out: bool,
    /// Colours on stderr.
    pub color_err: bool,
    /// What this process is for.
    pub role: ProcessRole,
    /// Columns of the terminal.
    pub width: usize,
    /// Whether stdout was closed when the program was started: what is written to it would be lost.
    pub stdout_closed: bool,
}

impl Console {
    /// Writes a result to stdout; a reader that went away is no failure.
    ///
    /// # Errors
    ///
    /// The stream cannot be written.
    pub fn result(&self, text: &str) -> Result<(), Fault> {
        match self.write_out(text.as_bytes()) {
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(unwritable("-", &error)),
            _ => Ok(()),
        }
    }

    /// Writes to stdout.
    ///
    /// # Errors
    ///
    /// The stream cannot be written, or was closed from the beginning.
    pub fn write_out(&self, bytes: &[u8]) -> io::Result<()> {
        if self.stdout_closed {
            return Err(io::Error::new(io::ErrorKind::NotConnected, "stdout"));
        }
        let mut out = painted(io::stdout().lock(), self.color_out);
        out.write_all(bytes).and_then(|()| out.flush())
    }

    /// Writes a result that is all there is to do.
    pub fn print_result(&self, text: &str) -> Exit {
        match self.result(text) {
            Ok(()) => Exit::Passed,
            Err(fault) => self.fail_with(fault),
        }
    }

    /// Writes lines that are all there is to do.
    pub fn print_lines(&self, lines: &[Text]) -> Exit {
        self.print_result(&lines.iter().flat_map(|line| [line.get(self.lang), "\n"]).collect::<String>())
    }

    /// Writes a result to a file, whole or not at all.
    ///
    /// # Errors
    ///
    /// The file cannot be written.
    pub fn file(&self, path: &Path, text: &str) -> Result<(), Fault> {
        let mut file = self.begin(path)?;
        let written = file.write(text.as_bytes()).and_then(|()| file.finish());
        written.map_err(|error| unwritable(&path.display().to_string(), &error))
    }

    /// Writes a file of a folder that is being made, and the folders above it.
    ///
    /// # Errors
    ///
    /// The file cannot be written.
    pub fn file_with_folders(&self, path: &Path, bytes: impl AsRef<[u8]>) -> Result<(), Fault> {
        let mut file = self.begun(path, Whole::begin_with_folders(path))?;
        let written = file.write(bytes.as_ref()).and_then(|()| file.finish());
        written.map_err(|error| unwritable(&path.display().to_string(), &error))
    }

    /// Begins a file that appears whole or not at all, in a folder that is there.
    ///
    /// # Errors
    ///
    /// The file cannot be made.
    pub fn begin(&self, path: &Path) -> Result<Whole, Fault> {
        self.begun(path, Whole::begin(path))
    }

    /// The same of a folder of files.
    ///
    /// # Errors
    ///
    /// The folder cannot be made, or something is in it.
    pub fn begin_folder(&self, path: &Path) -> Result<Target, Fault> {
        self.begun(path, Target::folder(path))
    }

    /// What was begun at a path; what was found beside it is told.
    fn begun<T>(&self, path: &Path, begun: io::Result<T>) -> Result<T, Fault> {
        let litter: Vec<Fault> = temporary_file::litter().iter().map(|path| left_behind(path)).collect();
        self.notices(&litter);
        begun.map_err(|error| unwritable(&path.display().to_string(), &error))
    }

    /// Tells failures on stderr; what cannot be told is lost with the stream.
    pub fn faults(&self, faults: &[Fault]) {
        let text = fault::render(faults, self.lang, self.color_err);
        self.tell(&text);
    }

    fn tell(&self, text: &str) {
        let _ = painted(io::stderr().lock(), self.color_err).write_all(text.as_bytes());
    }

    /// Tells one line on stderr.
    pub fn line(&self, text: &Text) {
        self.tell(&format!("{}\n", text.get(self.lang)));
    }

    /// Tells on stderr what is worth knowing and no failure.
    pub fn notices(&self, notices: &[Fault]) {
        if !notices.is_empty() {
            let text = fault::render_notices(notices, self.lang, self.color_err);
            self.tell(&text);
        }
    }

    /// Tells a failure and ends with 2.
    pub fn fail_with(&self, fault: Fault) -> Exit {
        self.refuse(&[fault])
    }

    /// Tells failures and ends with 2.
    pub fn refuse(&self, faults: &[Fault]) -> Exit {
        self.faults(faults);
        Exit::CouldNotJudge
    }
}

/// A stream to which colours are written as escape sequences; consoles of Windows that do not know these are told
/// otherwise. Without colours the bytes are not looked at.
fn painted<S: RawStream>(stream: S, color: bool) -> AutoStream<S> {
    AutoStream::new(stream, if color { ColorChoice::Always } else { ColorChoice::AlwaysAnsi })
}

/// A temporary file that may hold part of a report, and perhaps personal data.
fn left_behind(path: &Path) -> Fault {
    Fault {
        code: "output.litter",
        message: Text::new(
            "这里有以前的程序中断后留下的临时文件，其中可能有未遮盖的个人信息",
            "a temporary file of an earlier program that was killed lies here; it may hold personal data",
        ),
        help: Text::new("确认不再需要后删除", "remove it once it is surely not needed"),
        file: Some(path.display().to_string()),
        ..Fault::default()
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

/// The system refused to write there.
pub fn unwritable(path: &str, error: &io::Error) -> Fault {
    let refusal = match error.kind() {
        io::ErrorKind::NotConnected => Refusal {
            cause: Text::new("程序启动时标准输出是关闭的", "stdout was closed when the program was started"),
            help: Text::new("打开标准输出，或用 -o 写到文件", "open stdout, or write to a file with -o"),
        },
        _ => system::refusal_writing(error),
    };
    refusal.fault(
        "output.unwritable",
        &Text::new("写不出结果", "the result cannot be written"),
        Path::new(path),
    )
}
