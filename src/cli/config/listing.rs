//! `wangge config`: what files and the environment set for a command, and where.

use clap::ValueEnum;

use super::layer::Value;
use super::layers;
use super::resolution::{Chosen, Resolution};
use super::setting::SETTINGS;
use crate::cli::command::Command;
use crate::cli::program::program;
use crate::cli::value::positional_choice;
use crate::console::Console;
use crate::exit::Exit;
use crate::model::text::{Lang, Text};
use crate::table::date::Date;

/// Commands that take settings.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Configured {
    Check,
    Merge,
    Doctor,
    Sample,
    Plan,
    Worksheet,
}

impl Configured {
    fn about(self) -> Text {
        match self {
            Self::Check => Text::new("评估", "assessing"),
            Self::Merge => Text::new("合并分片", "merging shards"),
            Self::Doctor => Text::new("诊断", "examining"),
            Self::Sample => Text::new("抽样", "sampling"),
            Self::Plan => Text::new("整改方案", "plans"),
            Self::Worksheet => Text::new("工作底稿", "worksheets"),
        }
    }

    fn name(self) -> String {
        self.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default()
    }
}

/// `wangge config`.
pub(in crate::cli) fn config() -> Command {
    let command = positional_choice(
        "COMMAND",
        "哪个命令的设置，默认 check",
        "Settings of which command, `check` otherwise",
        |of: &Configured| of.about(),
    );
    Command::leaf(
        "config",
        "列出配置文件 wangge.toml 和环境变量中起作用的设置及其出处",
        "List what wangge.toml and the environment set, and where",
        command.maybe(),
        |of, console| list(&of.unwrap_or(Configured::Check).name(), console),
    )
}

fn list(command: &str, console: &Console) -> Exit {
    let layers = match layers() {
        Ok(layers) => layers,
        Err(faults) => return console.refuse(&faults),
    };
    let program = program();
    let resolution = Resolution::new(&program, command, console.lang);
    let chosen = resolution.choose(None, &layers);
    console.print_result(&text(command, &chosen, console.lang))
}

/// A file of settings that says the same, with where each stands.
fn text(command: &str, chosen: &[Chosen], lang: Lang) -> String {
    let mut lines = vec![format!("# wangge {command}")];
    if chosen.is_empty() {
        let none = Text::new("# 没有设置，均为默认值", "# nothing is set: defaults hold");
        lines.push(none.get(lang).to_owned());
    }
    for name in SETTINGS {
        let values: Vec<&Value> =
            chosen.iter().filter(|one| one.name == name).flat_map(|one| &one.values).collect();
        lines.extend(told(name.key, &values, lang));
    }
    lines.push(String::new());
    lines.join("\n")
}

/// The lines of a setting: one for each name, or for each value of a list.
fn told(key: &str, values: &[&Value], lang: Lang) -> Vec<String> {
    let line = |start: String, text: &str, end: &str, value: &Value| {
        format!("{start}{}{end}  # {}", literal(text), value.origin.told(lang))
    };
    match values {
        [one] if one.name.is_none() => vec![line(format!("{key} = "), &one.text, "", one)],
        [first, ..] if first.name.is_none() => {
            let each = values.iter().map(|value| line("  ".to_owned(), &value.text, ",", value));
            [format!("{key} = [")].into_iter().chain(each).chain(["]".to_owned()]).collect()
        }
        _ => values
            .iter()
            .filter_map(|value| Some((value, value.name.as_ref()?, value.text.split_once('=')?)))
            .map(|(value, name, (_, text))| line(format!("{key}.{} = ", bare(name)), text, "", value))
            .collect(),
    }
}

/// A key of TOML: in quotes where it has to be.
fn bare(key: &str) -> String {
    let is_plain = key.chars().all(|sign| sign.is_ascii_alphanumeric() || matches!(sign, '_' | '-'));
    if is_plain { key.to_owned() } else { quoted(key) }
}

/// A value of TOML: numbers, true, false and days as they stand.
fn literal(text: &str) -> String {
    let is_plain = matches!(text, "true" | "false")
        || text.parse::<u32>().is_ok_and(|number| number.to_string() == text)
        || Date::from_iso(text).is_some_and(|day| day.to_string() == text);
    if is_plain { text.to_owned() } else { quoted(text) }
}

fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}
