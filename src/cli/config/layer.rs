//! Settings of one file, or of the environment.

use std::path::PathBuf;

use super::setting::SettingName;
use crate::model::text::{Lang, Text};

/// Where a setting stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Origin {
    /// A variable of the environment.
    Variable(String),
    /// A line of a file, from 1.
    Line(String, usize),
}

impl Origin {
    /// In words.
    pub(super) fn text(&self) -> Text {
        match self {
            Self::Variable(name) => Text::new(format!("环境变量 {name}"), format!("variable {name}")),
            Self::Line(file, line) => Text::new(format!("{file} 第{line}行"), format!("{file} line {line}")),
        }
    }

    /// In one language.
    pub(super) fn told(&self, lang: Lang) -> String {
        self.text().get(lang).to_owned()
    }
}

/// One value of a setting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Value {
    /// Its name, where the setting is `NAME=VALUE`.
    pub(super) name: Option<String>,
    /// As it would be written on the command line.
    pub(super) text: String,
    /// Where it stands.
    pub(super) origin: Origin,
}

/// A setting with its values.
#[derive(Clone, Debug)]
pub(super) struct Setting {
    /// Which one.
    pub(super) name: &'static SettingName,
    /// The command it is for; none for all that it can be for.
    pub(super) command: Option<&'static str>,
    /// Its values.
    pub(super) values: Vec<Value>,
}

/// Settings of one file, or of the environment.
#[derive(Debug, Default)]
pub(super) struct Layer {
    /// The folder that its paths start from.
    pub(super) base: PathBuf,
    /// In the order of the file.
    pub(super) settings: Vec<Setting>,
}

impl Layer {
    /// What holds for a command; what stands in the part of the command before the rest.
    pub(super) fn of<'a>(&'a self, command: &'a str) -> impl Iterator<Item = &'a Setting> {
        let own = self.settings.iter().filter(move |setting| setting.command == Some(command));
        let common = self
            .settings
            .iter()
            .filter(move |setting| setting.command.is_none() && setting.name.commands.contains(&command));
        own.chain(common)
    }
}
