//! `wangge rules …`, and which rules are in force.

use std::path::PathBuf;

use super::argument::{Arguments, bind, record};
use super::command::Command;
use super::value::{choice, flag, option, parsed_option, positional};
use super::{authoring, compare, contained, packs};
use crate::assessment::session::Choices;
use crate::command::rules::{self, Asked, LintAsked, MatrixFormat, ResultFormat};
use crate::console::Console;
use crate::exit::Exit;
use crate::model::fault::Fault;
use crate::model::text::Text;
use crate::rulebook::Trust;
use crate::table::date::Date;
use crate::table::memory;

/// `wangge rules`.
pub(super) fn rules() -> Command {
    let mut commands = packs::commands();
    commands.extend([
        compare::eject(),
        compare::diff(),
        list(),
        matrix(),
        lint(),
        authoring::new(),
        authoring::test(),
        authoring::try_out(),
        docs(),
        defs(),
    ]);
    Command::group(
        "rules",
        "规则：清单、条款矩阵、测试、说明页",
        "The rules: list, clause matrix, tests, pages",
        commands,
    )
}

/// Runs a command on rules in a process of its own.
pub(super) fn scripts<V: Sync>(
    run: impl Fn(&V, &Console) -> Exit + Sync + 'static,
) -> impl Fn(V, &Console) -> Exit {
    move |value, console| contained::scripts(console, || run(&value, console))
}

fn asked(name: &'static str, zh: &str, en: &str, asked: Arguments<Asked>, day: Day) -> Command {
    Command::leaf(
        name,
        zh,
        en,
        bind!(asked: asked, choices: choices(day) => Ok((asked, choices))),
        scripts(|(asked, choices), console| rules::run(asked, choices, console)),
    )
}

fn list() -> Command {
    let effective = flag(
        "effective",
        "列出现行的每一个值，以及出自哪个规则包、文件和文号",
        "Every value in force, with the pack, file and document it comes from",
    );
    let arguments = record!(Asked::List { effective: effective.given() });
    asked("list", "列出全部规则及其文件和标题", "Every rule with its file and title", arguments, Day::Now)
}

fn matrix() -> Command {
    let format = choice("format", "FORMAT", "矩阵的格式", "Form of the matrix", |format| match format {
        MatrixFormat::Text => Text::new("供阅读", "For a person at a terminal"),
        MatrixFormat::Csv => Text::new("供电子表格", "For a spreadsheet"),
        MatrixFormat::Json => Text::new("供程序读取", "For a program"),
    });
    asked(
        "matrix",
        "列出全部条款和评价要求，以及检查它们的规则",
        "Every clause and requirement with the rules that look at it",
        format.or("text").map(Asked::Matrix),
        Day::OfTests,
    )
}

fn lint() -> Command {
    Command::leaf(
        "lint",
        "检查规则的写法：列名写错、名称没有用到、数字应写成参数等",
        "Name what is most likely wrong with rules: misspelt columns, unused names, numbers that belong in parameters …",
        bind!(asked: lint_asked(), choices: choices(Day::OfTests) => Ok((asked, choices))),
        scripts(|(asked, choices), console| rules::run_lint(*asked, choices, console)),
    )
}

fn lint_asked() -> Arguments<LintAsked> {
    record!(LintAsked {
        strict: flag(
            "strict",
            "有警告也以 1 退出；默认只在有错误时",
            "Exit 1 where there is a warning too, not only an error"
        )
        .given(),
        info: flag(
            "info",
            "把提示（如逐行解释执行的闭包）也逐条列出",
            "List what is only good to know too, such as closures that are interpreted",
        )
        .given(),
        format: result_format(),
    })
}

pub(super) fn result_format() -> Arguments<ResultFormat> {
    choice("format", "FORMAT", "结果的格式", "Form of the result", |format| match format {
        ResultFormat::Text => Text::new("供阅读", "For a person at a terminal"),
        ResultFormat::Json => Text::new("供程序读取", "For a program"),
    })
    .or("text")
}

fn docs() -> Command {
    let arguments = record!(Asked::Docs { folder: folder("docs/rules"), check: compare_only() });
    asked(
        "docs",
        "把说明写成互相链接的页面",
        "Write the explanations as pages that link to each other",
        arguments,
        Day::OfTests,
    )
}

fn defs() -> Command {
    let arguments = record!(Asked::Defs { folder: folder("docs/defs"), check: compare_only() });
    asked(
        "defs",
        "写出编辑器提示所需的文件：函数、数据表和列的定义，以及 JSON Schema",
        "Write what editors need to help: definitions of functions, tables and columns, and JSON Schemas",
        arguments,
        Day::OfTests,
    )
}

fn folder(default: &'static str) -> Arguments<PathBuf> {
    positional("DIR", "写到哪个文件夹", "Folder to write to").or(default)
}

fn compare_only() -> Arguments<bool> {
    flag("check", "只比较：有文件过期则以 1 退出", "Compare only: exit 1 where a file is out of date").given()
}

/// The day a command goes by where none is given.
#[derive(Clone, Copy)]
pub(super) enum Day {
    /// Today.
    Now,
    /// The day on which the tests beside the rules are judged.
    OfTests,
    /// The day the shards were assessed on, which is in their files; whatever else is given does not matter.
    OfShards,
}

/// The day on which the tests beside the rules are judged.
const TEST_DAY: (i16, i8, i8) = (2026, 6, 30);

impl Day {
    fn date(self) -> Result<Date, Fault> {
        let (year, month, day) = TEST_DAY;
        match self {
            Self::Now => Date::today().ok_or_else(no_today),
            Self::OfTests | Self::OfShards => Date::from_ymd(year, month, day).ok_or_else(no_today),
        }
    }

    /// What the help says about the day where none is given.
    const fn otherwise(self) -> (&'static str, &'static str) {
        match self {
            Self::Now => ("默认今天", "today otherwise"),
            Self::OfTests => {
                ("默认 2026-06-30（规则测试的基准日）", "2026-06-30, the day of the tests, otherwise")
            }
            Self::OfShards => ("以各分片评估时的日期为准", "the day the shards were assessed on prevails"),
        }
    }
}

/// The packs in force, and the day they are applied on; everything else as it is where nothing is chosen.
pub(super) fn choices(day: Day) -> Arguments<Choices> {
    bind!(
        packs: option(
            "packs",
            "PACK",
            "叠加在内置规则包之上的规则包（文件夹或 .wpack 文件），或存放所需规则包的文件夹",
            "A pack to lay over the built-in one (a folder or a .wpack file), or a folder of packs it needs",
        )
        .many(),
        as_of: as_of(day),
        trust: trust()
        => {
            let as_of = as_of.map_or_else(|| day.date(), Ok)?;
            Ok(Choices { packs, trust, ..choices_on(as_of) })
        }
    )
}

/// The day that is asked for, or today.
pub(super) fn day() -> Arguments<Result<Date, Fault>> {
    as_of(Day::Now).map(|day| day.map_or_else(|| Day::Now.date(), Ok))
}

fn as_of(day: Day) -> Arguments<Option<Date>> {
    let (zh, en) = day.otherwise();
    parsed_option(
        "as-of",
        "DATE",
        "按哪一天判断日期，如 2026-06-30",
        "The day on which dates are judged, such as 2026-06-30",
        parse_date,
    )
    .otherwise(zh, en)
    .maybe()
}

/// What the packs must live up to.
fn trust() -> Arguments<Trust> {
    record!(Trust {
        lock: option(
            "lock",
            "FILE",
            "规则包必须与之一致的锁文件（规则包旁边的 pack.lock 总要核对）",
            "A lock the packs must agree with, besides the pack.lock that lies with them",
        )
        .maybe(),
        keys: packs::trusted_keys();
        unlocked: false,
    })
}

/// The choices of a command that has no packs in force.
pub(super) fn choices_of_today() -> Result<Choices, Fault> {
    Day::Now.date().map(choices_on)
}

fn choices_on(as_of: Date) -> Choices {
    Choices { memory: memory::default_budget(), ..Choices::as_of(as_of) }
}

/// Years in which an assessment may be: rules reckon some years back and ahead of its day.
const PLAUSIBLE_YEARS: std::ops::RangeInclusive<i16> = 1950..=2199;

fn parse_date(text: &str) -> Result<Date, Text> {
    let wrong = || Text::new("日期写成 2026-06-30", "write a date such as 2026-06-30");
    let date = Date::from_iso(text).ok_or_else(wrong)?;
    let is_plausible = date.ymd().is_some_and(|(year, ..)| PLAUSIBLE_YEARS.contains(&year));
    let outside = || {
        let (first, last) = (PLAUSIBLE_YEARS.start(), PLAUSIBLE_YEARS.end());
        Text::new(
            format!("年份须在{first}年至{last}年之间"),
            format!("the year must lie between {first} and {last}"),
        )
    };
    is_plausible.then_some(date).ok_or_else(outside)
}

fn no_today() -> Fault {
    Fault {
        code: "usage.as-of",
        message: Text::new("读不到系统日期", "the date of this machine cannot be read"),
        help: Text::new("用 --as-of 指定", "give --as-of"),
        ..Fault::default()
    }
}
