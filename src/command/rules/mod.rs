//! `wangge rules …`: the rules themselves: their list, the clause matrix, their tests, their pages.

mod covered;
mod defs;
mod diff;
mod docs;
mod eject;
mod generated;
mod lint;
mod new;
mod packs;
mod test;
mod try_out;
mod watch;

use std::path::PathBuf;

use crate::assessment::session::{Choices, Session};
use crate::console::Console;
use crate::exit::Exit;
use crate::model::fault::Fault;
use crate::model::text::{Lang, Text};
use crate::report::{effective, escape, matrix};
use crate::rulebook::{RuleTests, rule_tests};

pub use diff::{Comparing, run as run_diff};
pub use eject::{Ejecting, run as run_eject};
pub use lint::{LintAsked, run as run_lint};
pub use new::{NewAsked, run as run_new};
pub use packs::{PackAsked, run as run_packs};
pub use test::{TestAsked, run as run_test};
pub use try_out::{TryAsked, run as run_try};

/// What is asked about the rules.
#[derive(Clone, Debug)]
pub enum Asked {
    /// Every rule with its title.
    List {
        /// Every value in force instead, and where it comes from.
        effective: bool,
    },
    /// Every clause and requirement with the rules that look at it.
    Matrix(MatrixFormat),
    /// Write the explanations as pages, or check that they are up to date.
    Docs {
        /// Folder of the pages.
        folder: PathBuf,
        /// Compare only.
        check: bool,
    },
    /// Write what editors need, or check that it is up to date.
    Defs {
        /// Folder of the files.
        folder: PathBuf,
        /// Compare only.
        check: bool,
    },
}

/// Forms of a result that is no table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum ResultFormat {
    /// For a person at a terminal.
    Text,
    /// For a program.
    Json,
}

/// Forms of the matrix.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum MatrixFormat {
    /// For a person at a terminal.
    Text,
    /// For a spreadsheet.
    Csv,
    /// For a program.
    Json,
}

/// Runs the command.
pub fn run(asked: &Asked, choices: &Choices, console: &Console) -> Exit {
    let session = match Session::load(choices) {
        Ok(session) => session,
        Err(faults) => return console.refuse(&faults),
    };
    let tests = || rule_tests(&session.book, &session.around, &session.make_tables());
    match asked {
        Asked::List { effective: true } => console.print_result(&effective(&session, console)),
        Asked::List { effective: false } => console.print_result(&list(&session, console)),
        Asked::Matrix(format) => show_matrix(&session, &tests(), *format, console),
        Asked::Docs { folder, check } => docs::run(&session, &tests(), folder, *check, console),
        Asked::Defs { folder, check } => defs::run(&session, folder, *check, console),
    }
}

fn effective(session: &Session, console: &Console) -> String {
    effective::lines(&session.book.effective(), console.lang)
}

fn list(session: &Session, console: &Console) -> String {
    let line = |rule: &std::sync::Arc<crate::script::Rule>| {
        let doc = rule.meta.doc.lines().next().unwrap_or_default();
        let title = match console.lang {
            Lang::Zh => rule.meta.title.as_str(),
            Lang::En => doc,
        };
        let parts = [&rule.meta.id, &rule.file, title].map(escape::terminal);
        parts.join("\t") + "\n"
    };
    session.book.rules.iter().map(line).collect()
}

fn show_matrix(session: &Session, tests: &[RuleTests], format: MatrixFormat, console: &Console) -> Exit {
    let rows = session.book.matrix(tests);
    let text = match format {
        MatrixFormat::Text => Ok(matrix::terminal(&rows, console.lang, console.color_out, console.width)),
        MatrixFormat::Csv => matrix::csv(&rows).map_err(|error| error.to_string()),
        MatrixFormat::Json => matrix::json(&rows).map_err(|error| error.to_string()),
    };
    match text {
        Ok(text) => console.print_result(&text),
        Err(why) => {
            let message = Text::new("不能写出矩阵", format!("the matrix cannot be written: {why}"));
            console.fail_with(Fault { code: "output.matrix", message, ..Fault::default() })
        }
    }
}
