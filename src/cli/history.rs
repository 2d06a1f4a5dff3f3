//! `wangge history`.

use super::TOP;
use super::argument::{Arguments, record};
use super::command::Command;
use super::value::{option, parsed_option, positional};
use crate::command::history::{self, HistoryOptions, HistoryOutput};

/// `wangge history`.
pub(super) fn history() -> Command {
    let arguments = record!(HistoryOptions {
        folder: positional(
            "DIR",
            "存放历次 json 或 json.zst 报告的文件夹",
            "The folder of json or json.zst reports"
        )
        .required(),
        output: output(),
        top: option("top", "N", "每个列表的行数；0 表示全部列出", "Lines of each list; 0 for all").or(TOP),
    });
    Command::leaf(
        "history",
        "历次评价的得分走势：按单位、评价项目、地区",
        "How scores moved over the reports of a folder: by organization, table and region",
        arguments,
        |options, console| history::run(&options, console),
    )
}

fn output() -> Arguments<HistoryOutput> {
    let output = parsed_option(
        "output",
        "FORMAT[:PATH]",
        "输出格式和文件：terminal（在屏幕上阅读，默认）、csv（供程序读取）、svg（图）",
        "Format and file: terminal (to be read on a screen, where none is given), csv (for a program), svg (a picture)",
        HistoryOutput::parse,
    );
    output.with(|arg| arg.short('o')).maybe().map(Option::unwrap_or_default)
}
