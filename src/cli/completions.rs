//! `wangge completions SHELL`.

use clap::ValueEnum;
use clap_complete::Shell;

use super::command::Command;
use super::program::program;
use super::value::positional_choice;
use crate::model::text::{Lang, Text};

/// `wangge completions`.
pub(super) fn completions() -> Command {
    let shell = positional_choice::<ShellName>("SHELL", "Shell 名称", "The shell", |_| Text::default());
    Command::leaf(
        "completions",
        "输出命令行补全脚本",
        "Print the script that completes commands in a shell",
        shell.required(),
        |shell, console| console.print_result(&script(shell, console.lang)),
    )
}

/// Shells for which a script can be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum ShellName {
    Bash,
    Zsh,
    Fish,
    #[value(name = "powershell")]
    PowerShell,
    Elvish,
}

impl From<ShellName> for Shell {
    fn from(name: ShellName) -> Self {
        match name {
            ShellName::Bash => Self::Bash,
            ShellName::Zsh => Self::Zsh,
            ShellName::Fish => Self::Fish,
            ShellName::PowerShell => Self::PowerShell,
            ShellName::Elvish => Self::Elvish,
        }
    }
}

/// The script of a shell, with descriptions in a language where the shell shows any.
pub(super) fn script(shell: ShellName, lang: Lang) -> String {
    let mut script = Vec::new();
    clap_complete::generate(Shell::from(shell), &mut program().clap(lang), "wangge", &mut script);
    String::from_utf8_lossy(&script).into_owned()
}
