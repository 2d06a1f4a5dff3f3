//! The command line: what can be asked, in the reader's language. Wiring only.
//!
//! [`program`] is the tree of commands. Each declares its arguments once, in both languages ([`argument`], [`value`]);
//! help, errors, completions, manual pages and the options of [`crate::command`] follow from that.

use std::ffi::OsString;
use std::io::{self, IsTerminal};

use clap::{ArgMatches, ValueEnum};

use crate::console::Console;
use crate::exit::Exit;
use crate::model::fault::Fault;
use crate::model::text::Lang;
use crate::resources::process_role::ProcessRole;
use crate::sandbox::{no_threads, report_limits, thread_pool, was_closed};

mod argument;
mod authoring;
mod baseline;
mod batch;
mod check;
mod command;
mod compare;
mod completions;
mod config;
mod contained;
mod demo;
mod desktop;
mod diff;
mod doctor;
mod explain;
mod help;
mod history;
mod init;
mod log;
mod man;
mod packs;
mod plan;
mod program;
mod report;
mod rules;
mod sample;
mod usage;
mod value;
mod verify;
mod waiver;
mod worksheet;

use program::{COLOR, ColorChoice, program};

/// Runs the program with these arguments, the first being its name.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> Exit {
    let role = ProcessRole::from_environment();
    report_limits(role);
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    let lang = asked_lang(&arguments).unwrap_or_else(locale_lang);
    if role == ProcessRole::Main
        && let Some(exit) = desktop::run(&arguments, lang)
    {
        return exit;
    }
    let program = program();
    let arguments = match config::expand(&program, &arguments, lang) {
        Ok(arguments) => arguments,
        Err(faults) => return plain_console(lang, role).refuse(&faults),
    };
    match program.clap(lang).try_get_matches_from(&arguments) {
        Ok(given) => program.run(&given, &console(&given, lang, role)),
        Err(error) => usage::report(&error, lang, role),
    }
}

fn console(given: &ArgMatches, lang: Lang, role: ProcessRole) -> Console {
    let color = given.try_get_one(COLOR).ok().flatten().copied().unwrap_or(ColorChoice::Auto);
    console_in(color, lang, role)
}

/// The console before it is known what was asked.
fn plain_console(lang: Lang, role: ProcessRole) -> Console {
    console_in(ColorChoice::Auto, lang, role)
}

fn console_in(color: ColorChoice, lang: Lang, role: ProcessRole) -> Console {
    Console {
        lang,
        color_out: colored(color, &io::stdout()),
        color_err: colored(color, &io::stderr()),
        width: width(),
        role,
        stdout_closed: was_closed(role),
    }
}

/// Lines of a list where no other number is asked for: what a person takes in.
const TOP: &str = "20";

/// Goes on with what was asked, or tells what is wrong with it.
fn with<T>(asked: Result<T, Fault>, console: &Console, run: impl FnOnce(T) -> Exit) -> Exit {
    asked.map_or_else(|fault| console.fail_with(fault), run)
}

/// Rules may recurse: their threads get a deep stack.
const STACK: usize = 16 * 1024 * 1024;

/// Works in a pool of threads; in the one at hand unless another number of them is asked for.
fn in_pool(threads: Option<usize>, console: &Console, work: impl FnOnce() -> Exit + Send) -> Exit {
    if threads.is_none() && rayon::current_thread_index().is_some() {
        return work();
    }
    let threads = if console.role.is_single_threaded() { Some(1) } else { threads };
    match thread_pool(threads, STACK) {
        Ok(pool) => pool.install(work),
        Err(error) => console.fail_with(no_threads(&error)),
    }
}

/// `--lang` wherever it stands: needed before the arguments are parsed, to speak of errors in them.
fn asked_lang(arguments: &[OsString]) -> Option<Lang> {
    let texts: Vec<&str> = arguments.iter().filter_map(|argument| argument.to_str()).collect();
    let after =
        texts.iter().position(|text| *text == "--lang").and_then(|at| texts.get(at.checked_add(1)?)).copied();
    let joined = texts.iter().find_map(|text| text.strip_prefix("--lang="));
    after.or(joined).and_then(|word| Lang::from_str(word, true).ok())
}

fn locale_lang() -> Lang {
    let locale = sys_locale::get_locale().unwrap_or_default();
    if locale.to_ascii_lowercase().starts_with("zh") { Lang::Zh } else { Lang::En }
}

fn colored(choice: ColorChoice, stream: &impl IsTerminal) -> bool {
    let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty() && value != "0");
    match choice {
        ColorChoice::Always => true,
        ColorChoice::Never => false,
        ColorChoice::Auto if set("NO_COLOR") => false,
        ColorChoice::Auto => set("CLICOLOR_FORCE") || stream.is_terminal(),
    }
}

/// Columns to use: the terminal's, or `COLUMNS`, or 100.
fn width() -> usize {
    let told = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    let seen = || terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
    told.or_else(seen).filter(|width| *width >= 40).unwrap_or(100)
}

#[cfg(test)]
mod tests;
