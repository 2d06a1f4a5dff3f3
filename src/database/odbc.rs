//! Databases behind ODBC, by the program `wangge-odbc` beside this one.

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use super::connection::{Connection, RowsError, Take, quoted};
use super::odbc_protocol::{Answer, Request};
use super::settings::Settings;
use super::statement::{Ordered, Query};
use crate::model::text::Text;

/// What the program is called.
const PROGRAM: &str = "wangge-odbc";

struct Odbc {
    process: Child,
    to: Option<ChildStdin>,
    from: BufReader<ChildStdout>,
}

/// Starts the program, which connects and begins a transaction.
pub(super) fn open(settings: &Settings, program: &Path) -> Result<Box<dyn Connection>, Text> {
    let mut process = Command::new(program)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|error| quoted(format!("{}: {error}", program.display())))?;
    let from = process.stdout.take().map(BufReader::new).ok_or_else(ended)?;
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

/// The program beside this one.
///
/// # Errors
/// It is not there, where it should be.
pub(super) fn program() -> Result<PathBuf, PathBuf> {
    let name = format!("{PROGRAM}{}", std::env::consts::EXE_SUFFIX);
    let path = beside(&std::env::current_exe().unwrap_or_default(), &name);
    if path.is_file() { Ok(path) } else { Err(path) }
}

/// A program in the folder of another; tests of Cargo lie a folder deeper. No other folder is looked into: anybody may be able
/// to put a program there.
fn beside(own: &Path, name: &str) -> PathBuf {
    let folder = own.parent().unwrap_or(Path::new(""));
    let above = folder.parent().filter(|_| folder.file_name().is_some_and(|folder| folder == "deps"));
    above.unwrap_or(folder).join(name)
}

/// The program ended, whose last words stand on stderr.
fn ended() -> Text {
    Text::new(format!("{PROGRAM} 中途退出"), format!("{PROGRAM} ended"))
}

/// What the program says cannot be understood.
fn garbled(said: impl std::fmt::Display) -> Text {
    Text::new(
        format!("{PROGRAM} 的回答读不懂，可能与本程序版本不同：{said}"),
        format!("the answer of {PROGRAM}, perhaps of another version, is not understood: {said}"),
    )
}

impl Odbc {
    fn ask(&mut self, request: &Request) -> Result<(), Text> {
        let line = serde_json::to_string(request).map_err(quoted)? + "\n";
        let to = self.to.as_mut().ok_or_else(ended)?;
        to.write_all(line.as_bytes()).and_then(|()| to.flush()).map_err(|_| ended())
    }

    /// The next line.
    fn line(&mut self) -> Result<String, Text> {
        let mut line = String::new();
        match self.from.read_line(&mut line) {
            Ok(0) => Err(ended()),
            Ok(_) => Ok(line),
            Err(error) => Err(garbled(error)),
        }
    }

    fn answer(&mut self, request: &Request) -> Result<Answer, Text> {
        self.ask(request)?;
        read(&self.line()?)
    }
}

/// An answer, unless it is a failure.
fn read(line: &str) -> Result<Answer, Text> {
    match serde_json::from_str(line) {
        Ok(Answer::Failed(said)) => Err(quoted(said)),
        Ok(answer) => Ok(answer),
        Err(error) => Err(garbled(error)),
    }
}

impl Connection for Odbc {
    fn columns(&mut self, query: &Query) -> Result<Vec<String>, Text> {
        match self.answer(&Request::Columns(query.all()))? {
            Answer::Columns(columns) => Ok(columns),
            answer => Err(garbled(format!("{answer:?}"))),
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
            take(cells.map_err(|error| RowsError::Said(garbled(error)))?)?;
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_program_is_looked_for_in_the_folder_of_this_one_alone() {
        for (own, found) in [
            ("/opt/wangge/bin/wangge", "/opt/wangge/bin/wangge-odbc"),
            ("/tmp/x/wangge", "/tmp/x/wangge-odbc"),
            ("target/debug/deps/databases-1", "target/debug/wangge-odbc"),
        ] {
            assert_eq!(beside(Path::new(own), PROGRAM), Path::new(found));
        }
    }
}
