//! `wangge rulings lint`: whether files of rulings can be used.

use std::path::PathBuf;

use crate::assessment::session::{Choices, Session};
use crate::batch::ruling_lint::{RulingFile, lint};
use crate::console::Console;
use crate::exit::Exit;
use crate::model::text::Lang;

/// Runs the command: 0 where nothing is wrong, 1 where rulings do not count or differ, 2 where a file cannot be used.
pub fn run_lint(files: &[PathBuf], self_evaluation: bool, choices: &Choices, console: &Console) -> Exit {
    let session = match Session::load(choices) {
        Ok(session) => session,
        Err(faults) => return console.refuse(&faults),
    };
    let linted = lint(files, self_evaluation, &session);
    console.notices(&linted.warnings);
    console.faults(&linted.faults);
    let lines: String = linted.files.iter().map(|file| line(file, console.lang)).collect();
    let told = if lines.is_empty() { Exit::Passed } else { console.print_result(&lines) };
    match (told, linted.faults.is_empty(), linted.warnings.is_empty()) {
        (Exit::Passed, true, true) => Exit::Passed,
        (Exit::Passed, true, false) => Exit::GateNotMet,
        _ => Exit::CouldNotJudge,
    }
}

fn line(file: &RulingFile, lang: Lang) -> String {
    let RulingFile { file, rulings, organizations, persons } = file;
    match lang {
        Lang::Zh => format!("{file}：{rulings} 条裁定，涉及 {organizations} 个单位，裁定人 {persons} 名\n"),
        Lang::En => {
            format!("{file}: {rulings} rulings on {organizations} organizations by {persons} persons\n")
        }
    }
}
