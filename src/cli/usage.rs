//! What is wrong with the arguments.

use std::io::{self, Write};

use clap::builder::StyledStr;
use clap::error::{ContextKind, ContextValue, Error, ErrorKind};

use super::colored;
use super::program::ColorChoice;
use crate::exit::Exit;
use crate::model::text::{Lang, Text};
use crate::resources::process_role::ProcessRole;
use crate::sandbox::was_closed;

/// Tells what clap found: `--help` and `--version` are results, anything else is a usage error.
pub(super) fn report(error: &Error, lang: Lang, role: ProcessRole) -> Exit {
    let written = match (lang, error.use_stderr()) {
        (Lang::Zh, true) => write!(io::stderr(), "{}", chinese(error)),
        (Lang::Zh, false) => {
            let color = colored(ColorChoice::Auto, &io::stdout());
            write!(io::stdout(), "{}", help_text(&error.render(), lang, color))
        }
        (Lang::En, _) => error.print(),
    };
    if error.use_stderr() || written.is_err() || was_closed(role) {
        Exit::CouldNotJudge
    } else {
        Exit::Passed
    }
}

/// What clap writes as it is whatever the language of the help, and how it is written in Chinese.
const CHINESE: [(&str, &str); 5] = [
    ("命令:", "命令："),
    ("参数:", "参数："),
    ("选项:", "选项："),
    ("[OPTIONS]", "[选项]"),
    ("<COMMAND>", "<命令>"),
];

/// Why the value of an argument was refused; nothing where it is another argument that was, or something else.
pub(super) fn value_fault(error: &Error, argument: &str) -> Option<Text> {
    let of = error.get(ContextKind::InvalidArg).map(ToString::to_string)?;
    let is_of_value = matches!(error.kind(), ErrorKind::InvalidValue | ErrorKind::ValueValidation);
    if of != argument || !is_of_value {
        return None;
    }
    let why = std::error::Error::source(error).map(|why| format!("：{why}")).unwrap_or_default();
    let context = |kind: ContextKind| error.get(kind).map(ToString::to_string).unwrap_or_default();
    let (value, valid) = (context(ContextKind::InvalidValue), context(ContextKind::ValidValue));
    let listed = |zh: bool| match (valid.is_empty(), zh) {
        (true, _) => String::new(),
        (false, true) => format!("，可取 {valid}"),
        (false, false) => format!("; there are {valid}"),
    };
    Some(Text::new(
        format!("的值 {value} 写法不对{}{why}", listed(true)),
        format!("the value {value} cannot be read{}{}", listed(false), why.replace('：', ": ")),
    ))
}

/// The text of a help.
pub(super) fn help_text(help: &StyledStr, lang: Lang, color: bool) -> String {
    let text = if color { help.ansi().to_string() } else { help.to_string() };
    match lang {
        Lang::Zh => CHINESE.iter().fold(text, |text, (clap, chinese)| text.replace(clap, chinese)),
        Lang::En => text,
    }
}

/// The error in Chinese; clap has no translations of its own.
fn chinese(error: &Error) -> String {
    let context = |kind: ContextKind| error.get(kind).map(ToString::to_string).unwrap_or_default();
    let what = what_is_wrong(error, &context);
    let why = std::error::Error::source(error).map(|why| format!("：{why}")).unwrap_or_default();
    let near = [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue]
        .into_iter()
        .find_map(|kind| closest(error.get(kind)?))
        .map(|suggestion| format!("，是否想写 {suggestion}？"))
        .unwrap_or_default();
    format!("用法错误：{what}{why}{near}\n加 --help 查看用法\n")
}

/// The nearest of the names clap suggests: it lists them by ascending likeness.
fn closest(suggested: &ContextValue) -> Option<String> {
    match suggested {
        ContextValue::Strings(names) => names.last().cloned(),
        other => Some(other.to_string()),
    }
}

fn what_is_wrong(error: &Error, context: &dyn Fn(ContextKind) -> String) -> String {
    let (argument, value) = (context(ContextKind::InvalidArg), context(ContextKind::InvalidValue));
    let option = if argument.starts_with('-') { "选项" } else { "参数" };
    match error.kind() {
        ErrorKind::UnknownArgument if argument.starts_with('-') => format!("不认识的选项 {argument}"),
        ErrorKind::UnknownArgument => format!("多余的参数 {argument}"),
        ErrorKind::InvalidSubcommand => format!("没有命令 {}", context(ContextKind::InvalidSubcommand)),
        ErrorKind::MissingRequiredArgument => format!("缺少参数 {argument}"),
        ErrorKind::InvalidValue if value.is_empty() => format!("{option} {argument} 后面要写值"),
        ErrorKind::InvalidValue => {
            format!("{option} {argument} 不能取 {value}，可取 {}", context(ContextKind::ValidValue))
        }
        ErrorKind::ValueValidation => format!("{option} {argument} 的值 {value} 写法不对"),
        ErrorKind::ArgumentConflict => match context(ContextKind::PriorArg) {
            prior if prior.is_empty() || prior == argument => format!("{option} {argument} 只能写一次"),
            prior => format!("{option} {argument} 与 {prior} 不能同时使用"),
        },
        ErrorKind::NoEquals => format!("{option} {argument} 的值要用 = 连接"),
        ErrorKind::TooManyValues => format!("{option} {argument} 不能取值 {value}"),
        ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => {
            format!("{option} {argument} 的值的个数不对")
        }
        ErrorKind::InvalidUtf8 => "参数中有不是 UTF-8 的文字".to_owned(),
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            "缺少命令".to_owned()
        }
        _ => error.to_string(),
    }
}
