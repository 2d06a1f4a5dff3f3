//! Databases behind ODBC, by the program `wangge-odbc` beside this one.

use std::io::{BufRead, BufReader, Write};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use super::connection::{Connection, RowsError, Take};
use super::odbc_protocol::{Answer, Request};
use super::settings::Settings;
use super::statement::{Ordered, Query};

/// What the program is called.
const PROGRAM: &str = "wangge-odbc";

struct Odbc {
    process: Child,
    to: Option<ChildStdin>,
    from: BufReader<ChildStdout>,
}

/// Starts the program, which connects and begins a transaction.
pub(super) fn open(settings: &Settings) -> Result<Box<dyn Connection>, String> {
    let program = program().ok_or_else(|| format!("{PROGRAM}{} ?", std::env::consts::EXE_SUFFIX))?;
    let mut process = Command::new(&program)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|error| format!("{}: {error}", program.display()))?;
    let from = process.stdout.take().map(BufReader::new).ok_or("no pipe")?;
    let mut odbc = Odbc { to: process.stdin.take(), from, process };
    let variable = settings.password_env.as_ref();
    odbc.answer(&Request::Connect {
        connection: settings.connection.clone(),
        user: settings.user.clone(),
        password_env: variable.map(|variable| variable.name.clone()).unwrap_or_default(),
        timeout: usize::try_from(settings.timeout.as_secs()).unwrap_or(usize::MAX),
    })?;
    Ok(Box::new(odbc))
}

/// The program beside this one; tests lie a folder deeper.
fn program() -> Option<PathBuf> {
    let own = std::env::current_exe().ok()?;
    let name = format!("{PROGRAM}{}", std::env::consts::EXE_SUFFIX);
    own.ancestors().skip(1).take(2).map(|folder| folder.join(&name)).find(|path| path.is_file())
}

impl Odbc {
    fn ask(&mut self, request: &Request) -> Result<(), String> {
        let line = serde_json::to_string(request).map_err(|error| error.to_string())? + "\n";
        let to = self.to.as_mut().ok_or("no pipe")?;
        to.write_all(line.as_bytes()).and_then(|()| to.flush()).map_err(|error| format!("{PROGRAM}: {error}"))
    }

    /// The next line; nothing where the program ended, whose last words stand on stderr.
    fn line(&mut self) -> Result<String, String> {
        let mut line = String::new();
        match self.from.read_line(&mut line) {
            Ok(0) => Err(format!("{PROGRAM} ended")),
            Ok(_) => Ok(line),
            Err(error) => Err(format!("{PROGRAM}: {error}")),
        }
    }

    fn answer(&mut self, request: &Request) -> Result<Answer, String> {
        self.ask(request)?;
        read(&self.line()?)
    }
}

/// An answer, unless it is a failure.
fn read(line: &str) -> Result<Answer, String> {
    match serde_json::from_str(line) {
        Ok(Answer::Failed(said)) => Err(said),
        Ok(answer) => Ok(answer),
        Err(error) => Err(format!("{PROGRAM}: {error}")),
    }
}

impl Connection for Odbc {
    fn columns(&mut self, query: &Query) -> Result<Vec<String>, String> {
        match self.answer(&Request::Columns(query.all()))? {
            Answer::Columns(columns) => Ok(columns),
            answer => Err(format!("{PROGRAM}: {answer:?}")),
        }
    }

    fn rows(&mut self, query: &Ordered<'_>, take: &mut Take<'_>) -> Result<(), RowsError> {
        self.ask(&Request::Rows(query.text())).map_err(RowsError::Said)?;
        loop {
            let line = self.line().map_err(RowsError::Said)?;
            if !line.starts_with('[') {
                return read(&line).map(drop).map_err(RowsError::Said);
            }
            let cells = serde_json::from_str(&line);
            take(cells.map_err(|error| RowsError::Said(format!("{PROGRAM}: {error}")))?)?;
        }
    }
}

impl Drop for Odbc {
    fn drop(&mut self) {
        drop(self.to.take());
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
