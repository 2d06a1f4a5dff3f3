//! Commands: a tree whose leaves declare arguments and run.

use clap::ArgMatches;
use clap::{Arg, ArgAction};

use super::argument::{Arguments, Declaration};
use super::with;
use crate::console::Console;
use crate::exit::Exit;
use crate::model::text::{Lang, Text};

/// Runs a command with what was given for its arguments.
type Run = Box<dyn Fn(&ArgMatches, &Console) -> Exit>;

/// A command, with what it is for in both languages.
pub(super) struct Command {
    pub(super) name: &'static str,
    pub(super) about: Text,
    body: Body,
}

enum Body {
    /// Commands below.
    Group(Vec<Command>),
    /// A command that does something.
    Leaf { arguments: Vec<Declaration>, run: Run },
}

impl Command {
    /// A command that does something with its arguments.
    pub(super) fn leaf<V: 'static>(
        name: &'static str,
        zh: &str,
        en: &str,
        arguments: Arguments<V>,
        run: impl Fn(V, &Console) -> Exit + 'static,
    ) -> Self {
        let Arguments { declarations: arguments, read } = arguments;
        let run: Run =
            Box::new(move |given, console| with(read(given), console, |value| run(value, console)));
        Self { name, about: Text::new(zh, en), body: Body::Leaf { arguments, run } }
    }

    /// A command that has others below it.
    pub(super) fn group(name: &'static str, zh: &str, en: &str, commands: Vec<Self>) -> Self {
        Self { name, about: Text::new(zh, en), body: Body::Group(commands) }
    }

    /// Its arguments, without those of all commands.
    pub(super) fn arguments(&self) -> &[Declaration] {
        match &self.body {
            Body::Group(_) => &[],
            Body::Leaf { arguments, .. } => arguments,
        }
    }

    /// The commands below it.
    pub(super) fn commands(&self) -> &[Self] {
        match &self.body {
            Body::Group(commands) => commands,
            Body::Leaf { .. } => &[],
        }
    }

    /// Runs what was asked for: this command, or one below.
    fn run(&self, given: &ArgMatches, console: &Console) -> Option<Exit> {
        match &self.body {
            Body::Leaf { run, .. } => Some(run(given, console)),
            Body::Group(commands) => {
                let (name, given) = given.subcommand()?;
                commands.iter().find(|command| command.name == name)?.run(given, console)
            }
        }
    }

    /// The command as clap knows it, in a language.
    fn clap(&self, lang: Lang) -> clap::Command {
        let below = self.commands();
        let command = clap::Command::new(self.name)
            .about(self.about.get(lang).to_owned())
            .args(self.arguments().iter().map(|argument| argument.arg(lang)))
            .subcommands(below.iter().map(|command| command.clap(lang)))
            .subcommand_required(!below.is_empty())
            .arg_required_else_help(!below.is_empty())
            .disable_help_subcommand(true)
            .disable_help_flag(true)
            .arg(help_flag(lang));
        match lang {
            Lang::Zh => command.help_template(CHINESE_TEMPLATE).subcommand_help_heading("命令"),
            Lang::En => command,
        }
    }
}

/// The template of clap with Chinese words.
const CHINESE_TEMPLATE: &str = "{about-with-newline}\n用法：{usage}\n\n{all-args}{after-help}\n";

/// Where the options of all commands stand in the help: after those of the command.
const LAST: usize = 1000;

fn help_flag(lang: Lang) -> Arg {
    let flag = Arg::new("help").short('h').long("help").action(ArgAction::Help).display_order(LAST + 10);
    match lang {
        Lang::Zh => flag.help("显示帮助").help_heading("选项"),
        Lang::En => flag.help("Print help (-h: a summary)"),
    }
}

fn version_flag(lang: Lang) -> Arg {
    let flag = Arg::new("version").short('V').long("version").action(ArgAction::Version);
    let flag = flag.display_order(LAST + 11);
    match lang {
        Lang::Zh => flag.help("显示版本").help_heading("选项"),
        Lang::En => flag.help("Print version"),
    }
}

/// The whole program: its commands, and the options that each of them has.
pub(super) struct Program {
    pub(super) root: Command,
    pub(super) globals: Vec<Declaration>,
}

impl Program {
    /// The program as clap knows it, in a language.
    pub(super) fn clap(&self, lang: Lang) -> clap::Command {
        let global = |(at, declared): (usize, &Declaration)| {
            declared.arg(lang).global(true).display_order(LAST.saturating_add(at))
        };
        self.root
            .clap(lang)
            // Whatever the file is called, as `wangge.exe`.
            .bin_name(env!("CARGO_PKG_NAME"))
            .version(env!("CARGO_PKG_VERSION"))
            .disable_version_flag(true)
            .args(self.globals.iter().enumerate().map(global))
            .arg(version_flag(lang))
    }

    /// Runs the command that was asked for.
    pub(super) fn run(&self, given: &ArgMatches, console: &Console) -> Exit {
        self.root.run(given, console).unwrap_or(Exit::CouldNotJudge)
    }
}
