//! Commands for those who write rules: new ones, their tests, and expressions to try.

use super::argument::{Arguments, bind, record};
use super::check::masking;
use super::command::Command;
use super::contained;
use super::rules::{Day, choices, scripts};
use super::value::{choice, flag, option, parsed_option, positional, whole_number};
use crate::assessment::session::Choices;
use crate::command::rules::{self, NewAsked, ResultFormat, TestAsked, TryAsked};
use crate::model::text::Text;

/// `wangge rules new`.
pub(super) fn new() -> Command {
    Command::leaf(
        "new",
        "新建规则包，或在规则包里新建一条规则及其测试",
        "Make a pack, or a rule with its tests in a pack",
        bind!(rule: new_rule(), choices: choices(Day::OfTests) => Ok((rule, choices))),
        scripts(|(rule, choices), console| rules::run_new(rule, choices, console)),
    )
}

fn new_rule() -> Arguments<NewAsked> {
    record!(NewAsked {
        id: positional(
            "ID",
            "规则编号：自己评分表里的一项如 A.8.1，自己的规则如 P/1，标准的条款如 2/10.6.1；不写则只建规则包",
            "Id of the rule: an item of a table of your own such as A.8.1, a rule of your own such as P/1, or a clause \
             of the standard such as 2/10.6.1; none makes the pack alone",
        )
        .maybe(),
        pack: option(
            "pack",
            "DIR",
            "规则包的文件夹；没有则新建",
            "Folder of the pack; made where there is none",
        )
        .required(),
        table: option(
            "table",
            "TABLE",
            "检查哪张数据表，如 grids 或 网格",
            "The table it looks at, such as grids or 网格",
        )
        .maybe(),
        title: option("title", "TEXT", "这条规则要求什么，写成一句话", "What it asks for, in a sentence").maybe(),
        points: parsed_option("points", "N", "评价内容的分值", "Points of an item", points).or("10"),
        is_alone: flag(
            "alone",
            "独立的规则包：不叠加在别的规则包上面，附一张评分表、数据表和一条规则作样子",
            "A pack that lies over no other, with a scoring table, data tables and a rule to go on from",
        )
        .with(|arg| arg.conflicts_with_all(["ID", "table", "title"]))
        .given(),
    })
}

fn points(text: &str) -> Result<u32, Text> {
    let (least, most) = (2, 1000);
    let within = |points: &u32| (least..=most).contains(points);
    text.parse().ok().filter(within).ok_or_else(|| whole_number(least, Some(most)))
}

/// `wangge rules test`.
pub(super) fn test() -> Command {
    Command::leaf(
        "test",
        "运行规则旁边的测试",
        "Run the tests beside the rules",
        bind!(tests: tests(), choices: choices(Day::OfTests) => Ok((tests, choices))),
        scripts(|(tests, choices), console| rules::run_test(tests, choices, console)),
    )
}

fn tests() -> Arguments<TestAsked> {
    record!(TestAsked {
        ids: positional(
            "ID",
            "测试哪些规则，可以只写编号的开头，如 A.8；默认是所给规则包涉及的规则",
            "Rules to test, or what their ids begin with, such as A.8; otherwise those in which the packs given have \
             a say",
        )
        .many(),
        filter: option(
            "filter",
            "TEXT",
            "只运行名称或规则编号里有这段文字的测试",
            "Only tests with this in their name or the id of their rule",
        )
        .maybe(),
        all: flag("all", "全部规则，下层规则包的也在内", "All rules, those of the packs below too").given(),
        coverage: coverage(),
        watch: flag(
            "watch",
            "规则包的文件有变动就重新测试，按 Ctrl-C 结束",
            "Run again whenever a file of the packs changes, until Ctrl-C",
        )
        .given(),
    })
}

fn coverage() -> Arguments<Option<ResultFormat>> {
    let format = choice(
        "coverage",
        "FORMAT",
        "列出测试未覆盖的评价要求、分支和条件",
        "Tell which requirements, branches and closures the tests do not reach",
        |format| match format {
            ResultFormat::Text => Text::new("供阅读，只写 --coverage 即可", "For a person at a terminal"),
            ResultFormat::Json => Text::new("供程序读取", "For a program: nothing else is written to stdout"),
        },
    );
    format.with(|arg| arg.num_args(0..=1).require_equals(true).default_missing_value("text")).maybe()
}

/// `wangge rules try`. What is entered is read by the process that runs it.
pub(super) fn try_out() -> Command {
    Command::leaf(
        "try",
        "对一份申报材料试算表达式：在提示符下、从管道，或用 -e 给出",
        "Try expressions on a submission: at a prompt, from a pipe, or given with -e",
        bind!(
            tried: tried(), masking: masking(), choices: choices(Day::Now)
            => Ok((tried, Choices { masking, ..choices }))
        ),
        |(tried, choices), console| {
            contained::conversation(console, || rules::run_try(&tried, &choices, console))
        },
    )
}

fn tried() -> Arguments<TryAsked> {
    record!(TryAsked {
        path: positional(
            "PATH",
            "一份申报材料（数据表文件夹、其 ZIP 压缩包或一个工作簿）",
            "A submission (a folder of tables, a ZIP of it, or one workbook)",
        )
        .required(),
        expressions: option(
            "expression",
            "EXPR",
            "表达式，如 't.网格.count()'",
            "An expression, such as `t.grids.count()`"
        )
        .with(|arg| arg.short('e'))
        .many(),
        rows: option("rows", "N", "每张表列出的行数", "Rows shown of a table").or("20"),
    })
}
