//! `wangge waiver`.

use std::path::PathBuf;

use super::argument::{Arguments, bind};
use super::command::Command;
use super::rules::{Day, choices, day, scripts};
use super::value::positional;
use crate::assessment::session::Choices;
use crate::command::waiver;

/// `wangge waiver`.
pub(super) fn waiver() -> Command {
    Command::group(
        "waiver",
        "豁免：经批准不要求某些单位做到的事项，只影响门禁",
        "Waivers: what is not asked of some organizations at the gate",
        vec![list(), lint()],
    )
}

fn list() -> Command {
    Command::leaf(
        "list",
        "列出豁免及其理由、批准人和到期日",
        "List waivers with their reasons, approvers and last days",
        bind!(file: file(), day: day() => Ok((file, day?))),
        |(file, day), console| waiver::list(&file, day, console),
    )
}

fn lint() -> Command {
    Command::leaf(
        "lint",
        "检查豁免：编号不存在、重复、已过期、有效期过长",
        "Find unknown ids, waivers within others, expired ones and those that run too long",
        bind!(file: file(), choices: choices(Day::Now) => Ok((file, choices))),
        scripts(|(file, choices): &(PathBuf, Choices), console| waiver::lint(file, choices, console)),
    )
}

fn file() -> Arguments<PathBuf> {
    positional("FILE", "豁免文件（TOML）", "The file of waivers (TOML)").required()
}
