//! `wangge check`, and the arguments that other assessing commands have too.

use std::path::PathBuf;

use clap::Arg;

use super::argument::{Arguments, NAME_AND_VALUE, bind, record};
use super::batch::{cache_location_or_none, manifest, results, shard};
use super::command::Command;
use super::contained;
use super::plan;
use super::rules::{Day, choices};
use super::value::{Valued, choice, flag, option, parsed_option, positional};
use crate::assessment::session::Choices;
use crate::batch::{ChangedBy, CheckOptions};
use crate::ingest::{Encoding, ReadOptions};
use crate::model::fault::Fault;
use crate::model::privacy::Masking;
use crate::model::text::Text;
use crate::table::memory;

/// `wangge check`.
pub(super) fn check() -> Command {
    Command::leaf(
        "check",
        "评估申报材料：得分、结论、问题及其位置",
        "Assess submissions: score, verdict, what is wrong and where",
        bind!(options: options(), threads: threads() => Ok((options, threads))),
        |(options, threads), console| contained::check(options, threads, console),
    )
}

/// Everything that `check` can be asked.
pub(super) fn options() -> Arguments<CheckOptions> {
    record!(CheckOptions {
        paths: paths(),
        rulings: rulings().many(),
        self_evaluation: self_evaluation(),
        choices: planned_choices(),
        manifest: manifest(),
        source: source(),
        changed: changed(),
        shard: shard(),
        resume: flag(
            "resume",
            "接着中断的分片文件继续评估",
            "Go on with the file of the shard where it was cut off",
        )
        .given(),
        cache: cache_location_or_none(),
        results: results();
        extracts: Vec::new(),
        careful: false,
        restarted_after: 0,
    })
}

fn planned_choices() -> Arguments<Choices> {
    bind!(choices: all_choices(), plan: plan::asked() => Ok(Choices { plan, ..choices }))
}

/// The submissions of a run.
pub(super) fn paths() -> Arguments<Vec<PathBuf>> {
    submissions(|arg| arg.required_unless_present_any(["manifest", "source"]))
}

/// Submissions or folders of them, of which one has to be given when `required` says so.
pub(super) fn submissions(required: fn(Arg) -> Arg) -> Arguments<Vec<PathBuf>> {
    positional(
        "PATH",
        "一份申报材料（数据表文件夹、其 ZIP 压缩包或一个工作簿），或存放多份申报材料的文件夹",
        "A submission (a folder of tables, a ZIP of it, or one workbook), or a folder of submissions",
    )
    .with(required)
    .many()
}

/// A database that holds submissions.
pub(super) fn source() -> Arguments<Option<PathBuf>> {
    option(
        "source",
        "FILE",
        "从数据库读取申报材料：写明数据库和各表查询的 TOML 文件",
        "Read submissions from a database: a TOML file that says which, and the query of each table",
    )
    .maybe()
}

/// Which submissions changed, where only these are assessed.
fn changed() -> Arguments<Option<ChangedBy>> {
    let since = option::<String>(
        "since",
        "REV",
        "只评估自某个 git 版本以来有改动的申报材料；规则包、裁定等有改动的，全部评估",
        "Assess only submissions that changed since a revision of git; all where packs, rulings and such changed",
    );
    let since = since.with(|arg| arg.conflicts_with_all(["changed", "source"]));
    let list = option::<PathBuf>(
        "changed",
        "FILE",
        "只评估有改动的申报材料：列出改动路径的文件，每行一个",
        "Assess only submissions in which a path of this list lies, a path a line",
    );
    let list = list.with(|arg| arg.conflicts_with("source"));
    bind!(since: since.maybe(), list: list.maybe() => {
        Ok(since.map(ChangedBy::Revision).or(list.map(ChangedBy::List)))
    })
}

/// Whether an organization's own rulings count.
pub(super) fn self_evaluation() -> Arguments<bool> {
    flag("self", "自我评价：采用自评裁定", "Self-evaluation: rulings of role `self` count").given()
}

/// Everything that can be chosen for a run.
pub(super) fn all_choices() -> Arguments<Choices> {
    bind!(
        choices: choices(Day::Now),
        policies: policies(),
        registry: registry(),
        mappings: mappings(),
        encoding: encoding(),
        masking: masking(),
        memory: memory()
        => {
            let read = ReadOptions { encoding, memory: None };
            Ok(Choices { policies, registry, mappings, read, masking, memory, ..choices })
        }
    )
}

fn policies() -> Arguments<Vec<(String, String)>> {
    parsed_option(
        "policy",
        NAME_AND_VALUE,
        "改用另一种口径，如 unearnable_points=granted",
        "Read the standard otherwise, such as `unearnable_points=granted`",
        parse_policy,
    )
    .many()
}

/// A registry of the user's own.
pub(super) fn registry() -> Arguments<Option<PathBuf>> {
    option(
        "registry",
        "FILE",
        "补充内置标准登记库的表，如标准查询平台导出的结果",
        "A table of standards and their editions to lay over the built-in one, such as the result of a query",
    )
    .maybe()
}

/// Mappings of the exports of software.
pub(super) fn mappings() -> Arguments<Vec<PathBuf>> {
    option(
        "mapping",
        "FILE",
        "对应表：某种软件导出的文件、列和取值对应哪张数据表、哪一列、哪个规定的取值（wangge doctor --write-mapping 可起草）",
        "A mapping: which table, column and value the files, headers and words of a software stand for (`wangge doctor --write-mapping` drafts one)",
    )
    .many()
}

/// The encoding of CSV files.
pub(super) fn encoding() -> Arguments<Option<Encoding>> {
    choice("encoding", "ENCODING", "CSV 文件的编码", "Encoding of CSV files", |encoding| match encoding {
        Encoding::Utf8 => Text::new("有无 BOM 均可", "UTF-8, with or without byte order mark"),
        Encoding::Gb18030 => Text::new("含 GBK、GB2312", "GB18030, of which GBK and GB2312 are parts"),
        Encoding::Utf16 => Text::new("Excel 的“Unicode 文本”", "UTF-16, which Excel calls Unicode text"),
    })
    .otherwise("默认自动判断", "found out otherwise")
    .maybe()
}

/// A file of rulings.
pub(super) fn rulings() -> Valued<PathBuf> {
    option("rulings", "FILE", "裁定文件（CSV、XLSX 或 TOML）", "A file of rulings (CSV, XLSX or TOML)")
}

/// Whether personal data is masked.
pub(super) fn masking() -> Arguments<Masking> {
    let unmask = flag("unmask", "个人信息不作遮盖", "Show personal data as it stands").given();
    unmask.map(|unmask| if unmask { Masking::Off } else { Masking::On })
}

/// Number of threads.
pub(super) fn threads() -> Arguments<Option<usize>> {
    option("threads", "N", "线程数", "Number of threads")
        .otherwise("默认等于处理器数", "one for each processor otherwise")
        .maybe()
}

/// Bytes of memory to work in.
pub(super) fn memory() -> Arguments<usize> {
    option::<String>(
        "memory",
        "SIZE",
        "可用内存，如 4G、512M，放不下的暂存到临时文件",
        "Memory to work in, such as 4G or 512M; what does not fit is put aside in temporary files",
    )
    .otherwise("默认为本机内存的一半", "half of the machine's otherwise")
    .maybe()
    .try_map(|written| written.as_deref().map_or_else(|| Ok(memory::default_budget()), parse_memory))
}

fn parse_memory(written: &str) -> Result<usize, Fault> {
    memory::parse_size(written).ok_or_else(|| Fault {
        code: "usage.memory",
        message: Text::new(
            format!("--memory 的值“{written}”不是内存大小"),
            format!("`{written}` is no size of memory for --memory"),
        ),
        help: Text::new("写成 512M 或 4G，至少 1M", "write 512M or 4G, at least 1M"),
        ..Fault::default()
    })
}

fn parse_policy(text: &str) -> Result<(String, String), Text> {
    let pair = text.split_once('=').map(|(name, value)| (name.trim().to_owned(), value.trim().to_owned()));
    pair.ok_or_else(|| Text::new("写成 名称=值", "write NAME=VALUE"))
}
