//! `wangge demo`.

use super::argument::{Arguments, bind, record};
use super::check::threads;
use super::command::Command;
use super::in_pool;
use super::value::{choice, flag, option, parsed_option, positional, whole_number};
use crate::command::demo;
use crate::demo::{Faults, Level, Options, Size};
use crate::model::text::Text;

/// `wangge demo`.
pub(super) fn demo() -> Command {
    Command::leaf(
        "demo",
        "虚构申报材料供试用，并列出其中的问题",
        "Invent submissions to try things on, with a list of the faults in them",
        bind!(
            folder: positional::<std::path::PathBuf>("DIR", "新建的或空的文件夹", "A new or empty folder").required(),
            options: options(),
            threads: threads()
            => Ok((folder, options, threads))
        ),
        |(folder, options, threads), console| {
            in_pool(threads, console, || demo::run(&folder, &options, console))
        },
    )
}

fn options() -> Arguments<Options> {
    record!(Options {
        organizations: option("organizations", "N", "申报材料的份数", "Number of submissions").or("10"),
        level: level(),
        size: size(),
        faults: faults(),
        seed: option("seed", "N", "种子相同，材料相同", "Another seed gives other submissions").or("1"),
        attachments: flag(
            "attachments",
            "另写数据表所列的附件和标准文本（DOCX）",
            "Write the files that rows name, too: texts of standards and records (DOCX)"
        )
        .given(),
        force: flag("force", "替换文件夹里以前虚构的材料", "Replace an earlier demo in the folder").given(),
    })
}

fn level() -> Arguments<Level> {
    choice("level", "LEVEL", "单位的层级", "Level of the organizations", |level| match level {
        Level::City => Text::new("地市，网格内有区县", "Cities, each with counties in its grids"),
        Level::County => Text::new("区县", "Counties"),
        Level::Town => Text::new("乡镇街道", "Towns"),
        Level::Village => Text::new("村、社区", "Villages"),
        Level::Tree => Text::new(
            "各级都有，上级单位也在内",
            "All of them: a tree in which the organizations above are there too",
        ),
    })
    .or("county")
}

/// How large each submission is.
fn size() -> Arguments<Size> {
    record!(Size {
        grids: parsed_option("grids", "N", "每个单位的基础网格数", "Base grids of each", at_least_one)
            .or("60"),
        events: option("events", "N", "每个单位的事件数", "Events of each").or("1000"),
        staff: option("staff", "N", "每个单位的人员数", "Staff of each").or("80"),
        objects: objects(),
    })
}

/// 0 stands for the number of grids.
fn objects() -> Arguments<u64> {
    option("objects", "N", "每个单位的服务对象数", "Persons and bodies served by each")
        .otherwise("默认与网格数相同", "as many as grids otherwise")
        .maybe()
        .map(Option::unwrap_or_default)
}

fn faults() -> Arguments<Faults> {
    choice("faults", "FAULTS", "哪些材料有问题", "Which submissions have faults", |faults| match faults
    {
        Faults::None => Text::new("没有", "None"),
        Faults::Some => Text::new("每五份一份", "Every fifth, a few of them"),
        Faults::Each => Text::new(
            "每种问题一份，其余没有问题",
            "One submission for each known fault, and as many clean ones as are left",
        ),
    })
    .or("some")
}

fn at_least_one(text: &str) -> Result<usize, Text> {
    text.parse().ok().filter(|number| *number > 0).ok_or_else(|| whole_number(1, None))
}
