//! `wangge help COMMAND`.

use clap::error::{ContextKind, ContextValue, ErrorKind};

use super::command::Command;
use super::program::program;
use super::usage;
use super::value::positional;
use crate::console::Console;
use crate::exit::Exit;
use crate::model::suggest::closest;

/// `wangge help`.
pub(super) fn help() -> Command {
    let command = positional::<String>(
        "COMMAND",
        "命令，如 check、rules test；不写则列出全部命令",
        "A command, such as check or rules test; all of them without",
    );
    Command::leaf(
        "help",
        "显示命令的用法",
        "Print the help of a command",
        command.many(),
        |path, console| show(&path, console),
    )
}

/// Writes what `--help` of the command writes.
fn show(path: &[String], console: &Console) -> Exit {
    let mut whole = program().clap(console.lang);
    whole.build();
    let mut command = &mut whole;
    for name in path {
        let names: Vec<String> = command.get_subcommands().map(|below| below.get_name().to_owned()).collect();
        if !names.contains(name) {
            return usage::report(&unknown(name, &names, command), console.lang, console.role);
        }
        let Some(below) = command.find_subcommand_mut(name) else { return Exit::CouldNotJudge };
        command = below;
    }
    console.print_result(&usage::help_text(&command.render_long_help(), console.lang, console.color_out))
}

/// What clap says of a command there is not.
fn unknown(name: &str, names: &[String], command: &clap::Command) -> clap::Error {
    let mut error = clap::Error::new(ErrorKind::InvalidSubcommand).with_cmd(command);
    error.insert(ContextKind::InvalidSubcommand, ContextValue::String(name.to_owned()));
    if let Some(near) = closest(name, names.iter().map(String::as_str)) {
        error.insert(ContextKind::SuggestedSubcommand, ContextValue::Strings(vec![near.to_owned()]));
    }
    error
}
