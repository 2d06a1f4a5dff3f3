//! `wangge diff`.

use std::path::PathBuf;

use super::TOP;
use super::argument::{Arguments, record};
use super::command::Command;
use super::value::{flag, option, parsed_option, positional};
use crate::command::diff::{self, DiffOptions, DiffOutput};

/// `wangge diff`.
pub(super) fn diff() -> Command {
    let arguments = record!(DiffOptions {
        old: side("OLD", "原报告：check 写出的 json 或 json.zst 文件，或存放这些文件的文件夹",
            "The old report: a json or json.zst file of check, or a folder of them"),
        new: side("NEW", "现报告：check 写出的 json 或 json.zst 文件，或存放这些文件的文件夹",
            "The new report: a json or json.zst file of check, or a folder of them"),
        output: output(),
        top: option(
            "top",
            "N",
            "屏幕上和 Markdown 中每个列表的行数；有变化的单位多于此数时不列各单位的详情；0 表示全部列出",
            "Lines of each list on a screen and in Markdown; of more organizations than this only the lists are shown. 0 for all",
        )
        .or(TOP),
        exit_code: flag("exit-code", "有差别时以 1 退出", "Exit 1 where anything differs").given(),
    });
    Command::leaf(
        "diff",
        "比较两次评价的报告：什么变了，得分为什么变",
        "What differs between two reports saved as JSON, and why scores moved",
        arguments,
        |options, console| diff::run(&options, console),
    )
}

fn side(name: &'static str, zh: &str, en: &str) -> Arguments<PathBuf> {
    positional(name, zh, en).required()
}

fn output() -> Arguments<DiffOutput> {
    let output = parsed_option(
        "output",
        "FORMAT[:PATH]",
        "输出格式和文件：terminal（在屏幕上阅读，默认）、json（供程序读取）、markdown（贴到合并请求中）、html（网页，不需要联网）、xlsx（工作簿，要写明文件）",
        "Format and file: terminal (to be read on a screen, where none is given), json (for a program), markdown (for a pull request), html (a page that needs no network), xlsx (a workbook, which needs a file)",
        DiffOutput::parse,
    );
    output.with(|arg| arg.short('o')).maybe().map(Option::unwrap_or_default)
}
