//! `wangge log`.

use super::argument::record;
use super::command::Command;
use super::value::{option, positional};
use crate::command::log::{self, LogOptions};

/// `wangge log`.
pub(super) fn log() -> Command {
    let arguments = record!(LogOptions {
        file: positional("FILE", "评价记录：check --log 所写的文件", "The log, as `check --log` writes it")
            .required(),
        last: option("last", "DIGEST", "某次运行结束时显示的摘要", "The digest that a run told at its end")
            .maybe(),
        report: option(
            "report",
            "REPORT",
            "核对这份 JSON 报告是否在记录中",
            "A JSON report that must be in it"
        )
        .maybe(),
    });
    let verify = Command::leaf(
        "verify",
        "核对评价记录：有无删去、改动、调换",
        "Find out whether entries were removed, changed or moved",
        arguments,
        |options, console| log::run(&options, console),
    );
    Command::group("log", "评价记录", "The log of assessments that check --log writes", vec![verify])
}
