//! `wangge rules lint`: what is most likely wrong with rules, told without running them on a submission.

use super::ResultFormat;
use crate::assessment::session::{Choices, Session};
use crate::console::Console;
use crate::exit::Exit;
use crate::model::fault::Fault;
use crate::model::lint::{LintFinding, LintLevel};
use crate::model::text::Text;
use crate::report::lint::{LintView, json, terminal};
use crate::rulebook::{lint, rule_tests};

/// How rules are looked at.
#[derive(Clone, Copy, Debug)]
pub struct LintAsked {
    /// Whether warnings fail as errors do.
    pub strict: bool,
    /// Whether what is only good to know is shown one by one.
    pub info: bool,
    /// Form.
    pub format: ResultFormat,
}

/// Runs the command: 0 where nothing is wrong, 1 where something is.
pub fn run(asked: LintAsked, choices: &Choices, console: &Console) -> Exit {
    let session = match Session::load(choices) {
        Ok(session) => session,
        Err(faults) => {
            console.faults(&faults);
            return Exit::CouldNotJudge;
        }
    };
    let tests = rule_tests(&session.book, &session.around, &session.make_tables());
    let found = lint(&session.book, &session.declarations, &tests);
    let told = match asked.format {
        ResultFormat::Text => {
            let shown = LintView { lang: console.lang, color: console.color_out, info: asked.info };
            console.print_result(&terminal(&found, shown))
        }
        ResultFormat::Json => match json(&found) {
            Ok(text) => console.print_result(&text),
            Err(error) => console.fail_with(unwritten(&error)),
        },
    };
    match told {
        Exit::Passed if found.iter().any(|one| fails(one, asked.strict)) => Exit::GateNotMet,
        told => told,
    }
}

fn fails(found: &LintFinding, strict: bool) -> bool {
    match found.level {
        LintLevel::Error => true,
        LintLevel::Warning => strict,
        LintLevel::Info => false,
    }
}

fn unwritten(error: &serde_json::Error) -> Fault {
    let message = Text::new("结果写不成 JSON", format!("the findings cannot be written as JSON: {error}"));
    Fault { code: "output.lint", message, ..Fault::default() }
}
