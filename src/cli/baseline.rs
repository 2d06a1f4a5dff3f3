//! `wangge baseline`.

use std::path::PathBuf;

use super::argument::{Arguments, bind, record};
use super::command::Command;
use super::rules::day;
use super::value::{option, parsed_option, positional};
use crate::command::baseline::{self, BaselineOptions};
use crate::model::acceptance::Acceptance;
use crate::model::text::Text;
use crate::table::date::Date;

/// `wangge baseline`.
pub(super) fn baseline() -> Command {
    Command::group(
        "baseline",
        "基准：已知悉、在到期日前不计入门禁的问题",
        "The baseline: findings that are known and do not count at the gate until a day",
        vec![write(), show(), prune()],
    )
}

fn write() -> Command {
    let arguments = record!(BaselineOptions { file: file(), report: report(), ground: ground() });
    Command::leaf(
        "write",
        "把报告中的问题列入基准；文件中已有的保留原来的理由和到期日",
        "Take the findings of a report into a baseline; those it has keep their reasons and days",
        arguments,
        |options, console| baseline::write(&options, console),
    )
}

fn show() -> Command {
    Command::leaf(
        "show",
        "列出基准中的问题、理由和到期日",
        "List the findings of a baseline with their reasons and days",
        bind!(file: file(), day: day() => Ok((file, day?))),
        |(file, day), console| baseline::show(&file, day, console),
    )
}

fn prune() -> Command {
    Command::leaf(
        "prune",
        "从基准中删去报告中已不再出现的问题",
        "Remove from a baseline what a report does not have any more",
        bind!(file: file(), report: report() => Ok((file, report))),
        |(file, report), console| baseline::prune(&file, &report, console),
    )
}

fn file() -> Arguments<PathBuf> {
    positional("FILE", "基准文件（TOML）", "The file of the baseline (TOML)").required()
}

fn report() -> Arguments<PathBuf> {
    option("from", "REPORT", "check 写出的 json 或 json.zst 文件", "A json or json.zst file of check")
        .required()
}

fn ground() -> Arguments<Acceptance> {
    let reason = parsed_option(
        "reason",
        "TEXT",
        "新列入的问题为什么暂不计入门禁",
        "Why those that are new in it do not count for now",
        parse_reason,
    );
    let expires = parsed_option(
        "expires",
        "DATE",
        "到期日，如 2027-06-30，过后按新问题计",
        "The last day on which they do not count, such as 2027-06-30",
        parse_day,
    );
    record!(Acceptance {
        reason: reason.required(), expires: expires.required();
        approver: String::new(), document: String::new(),
    })
}

fn parse_reason(text: &str) -> Result<String, Text> {
    let text = text.trim();
    if text.is_empty() {
        Err(Text::new("理由不能为空", "a reason is needed"))
    } else {
        Ok(text.to_owned())
    }
}

fn parse_day(text: &str) -> Result<String, Text> {
    let day = Date::from_iso(text).map(|day| day.to_string());
    day.ok_or_else(|| Text::new("写成 2027-06-30 这样的日期", "write a day such as 2027-06-30"))
}
