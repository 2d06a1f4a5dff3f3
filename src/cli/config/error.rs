//! What is wrong with a file of settings or a variable.

use std::io;
use std::path::Path;

use clap::error::Error;

use super::layer::Origin;
use super::resolution::Chosen;
use super::setting::SETTINGS;
use crate::cli::usage;
use crate::model::fault::{Explain, Fault};
use crate::model::suggest::closest;
use crate::model::system;
use crate::model::text::Text;

/// What is wrong with a file of settings.
#[derive(Debug)]
pub(super) enum ConfigError {
    /// The system does not give it.
    Unreadable { file: String, why: io::ErrorKind },
    /// It is no TOML.
    Syntax { file: String, line: usize, why: Text },
    /// It goes on from too many others, or from itself.
    Chain { file: String, line: usize },
    /// A key that no setting has.
    Key { file: String, line: usize, key: String },
    /// A value that no argument can have.
    Form { file: String, line: usize, key: String },
}

impl ConfigError {
    /// The line it stands in, from 1; 0 for the whole file.
    pub(super) const fn line(&self) -> usize {
        match self {
            Self::Unreadable { .. } => 0,
            Self::Syntax { line, .. }
            | Self::Chain { line, .. }
            | Self::Key { line, .. }
            | Self::Form { line, .. } => *line,
        }
    }
}

impl Explain for ConfigError {
    fn fault(&self) -> Fault {
        match self {
            Self::Unreadable { file, why } => {
                let message = Text::new("配置文件无法读取", "the file of settings cannot be read");
                let refusal = system::refusal(&io::Error::from(*why));
                refusal.fault("config.unreadable", &message, Path::new(file))
            }
            Self::Syntax { file, line, why } => at(
                "config.syntax",
                Text::new(
                    format!("配置文件写法有误：{}", why.zh),
                    format!("the file of settings: {}", why.en),
                ),
                Text::default(),
                (file, *line),
            ),
            Self::Chain { file, line } => at(
                "config.chain",
                Text::new(
                    "extends 引用了自己，或引用的层次过多",
                    "`extends` leads back to itself, or on and on",
                ),
                Text::new("最多 8 层，去掉循环引用", "at most 8 files; remove the circle"),
                (file, *line),
            ),
            Self::Key { file, line, key } => at(
                "config.unknown-key",
                Text::new(format!("没有设置项“{key}”"), format!("there is no setting `{key}`")),
                known_keys(key),
                (file, *line),
            ),
            Self::Form { file, line, key } => at(
                "config.wrong-form",
                Text::new(
                    format!("设置项“{key}”的值不是文字、整数、true、false、日期，或它们的列表、表"),
                    format!(
                        "the value of `{key}` is no text, whole number, true, false or date, nor a list or table of these"
                    ),
                ),
                Text::default(),
                (file, *line),
            ),
        }
    }
}

fn at(code: &'static str, message: Text, help: Text, (file, line): (&str, usize)) -> Fault {
    let row = u32::try_from(line).ok();
    Fault { code, message, help, file: Some(file.to_owned()), row, ..Fault::default() }
}

/// The key that is nearest, or all of them.
fn known_keys(key: &str) -> Text {
    let keys = || SETTINGS.iter().map(|setting| setting.key);
    match closest(key, keys()) {
        Some(near) => Text::new(format!("是否想写“{near}”？"), format!("did you mean `{near}`?")),
        None => {
            let all: Vec<_> = keys().collect();
            Text::new(format!("可用 {}", all.join("、")), format!("there are {}", all.join(", ")))
        }
    }
}

/// A value that its argument refuses; nothing where it is something else that was refused.
pub(super) fn wrong_value(chosen: &Chosen, error: &Error) -> Option<Fault> {
    let told = usage::value_fault(error, &chosen.argument)?;
    let key = chosen.name.key;
    let message = Text::new(format!("设置项“{key}”{}", told.zh), format!("setting `{key}`: {}", told.en));
    let origin = chosen.values.first().map(|value| &value.origin)?;
    Some(match origin {
        Origin::Line(file, line) => at("config.value", message, Text::default(), (file, *line)),
        Origin::Variable(name) => Fault {
            code: "config.value",
            message,
            help: Text::new(format!("改正环境变量 {name}"), format!("correct the variable {name}")),
            ..Fault::default()
        },
    })
}
