//! Arguments about many submissions, and the commands on their results: the cache and the files of shards.

use std::path::PathBuf;

use super::TOP;
use super::argument::{Arguments, NAME_AND_VALUE, bind, record};
use super::command::Command;
use super::rules::{Day, choices, scripts};
use super::value::{flag, option, parsed_option, positional};
use crate::batch::cache::Location;
use crate::batch::merge::{self, MergeOptions};
use crate::batch::shard::Shard;
use crate::batch::{Output, OutputOptions};
use crate::command::cache as caches;
use crate::gate::{Condition, Gate, Part};
use crate::model::text::{Lang, Text};

/// What becomes of a report.
pub(super) fn results() -> Arguments<OutputOptions> {
    record!(OutputOptions {
        outputs: outputs(),
        quiet: quiet(),
        top: top(),
        gate: gate(),
        baseline: baseline(),
        waivers: waivers(),
        ratchet: ratchet(),
        log: log(),
        last_list: last_list()
    })
}

/// What becomes of a report that was judged already.
pub(super) fn results_without_gate() -> Arguments<OutputOptions> {
    record!(OutputOptions {
        outputs: outputs(),
        quiet: quiet(),
        top: top();
        gate: Gate::OPEN,
        baseline: None,
        ratchet: None,
        log: None,
        last_list: None,
        waivers: None,
    })
}

/// Nothing is written; the list of last time and the baseline are those of a report that was written before.
pub(super) fn results_alone() -> Arguments<OutputOptions> {
    record!(OutputOptions {
        baseline: baseline(),
        waivers: waivers(),
        last_list: last_list();
        outputs: Vec::new(),
        quiet: true,
        top: 0,
        gate: Gate::OPEN,
        ratchet: None,
        log: None,
    })
}

fn quiet() -> Arguments<bool> {
    flag("quiet", "每个单位只输出一行", "One line for each organization").with(|arg| arg.short('q')).given()
}

fn top() -> Arguments<usize> {
    option(
        "top",
        "N",
        "汇总中每个列表的行数；单位多于此数时只列汇总；0 表示全部列出，包括每个单位的全部问题",
        "Lines of each list of a summary; of more organizations than this only the summary is shown. 0 for all, and all findings of each organization",
    )
    .or(TOP)
}

/// The formats are listed where they are declared.
fn outputs() -> Arguments<Vec<Output>> {
    let [zh, en] = [Lang::Zh, Lang::En].map(Output::help);
    let outputs = parsed_option("output", "FORMAT[:PATH]", &zh, &en, Output::parse);
    outputs.placed(Output::placed).with(|arg| arg.short('o')).many().map(|outputs| match outputs.as_slice() {
        [] => vec![Output::default()],
        _ => outputs,
    })
}

fn last_list() -> Arguments<Option<PathBuf>> {
    option(
        "last-list",
        "FILE",
        "上次的整改清单（填好的 XLSX、CSV，或上次的 JSON 报告）：带入填写内容，标明新增、未整改、已整改",
        "The list of last time (XLSX or CSV as filled in, or the JSON report of then): what was written is carried along, \
         what is new, open or closed is told",
    )
    .maybe()
}

fn baseline() -> Arguments<Option<PathBuf>> {
    option(
        "baseline",
        "FILE",
        "门禁：已列入基准（wangge baseline write）的问题不计，新的错误、警告不通过",
        "Gate: findings of this baseline (`wangge baseline write`) do not count, new errors and warnings fail",
    )
    .maybe()
}

fn waivers() -> Arguments<Option<PathBuf>> {
    option(
        "waivers",
        "FILE",
        "门禁：经批准不要求某些单位做到的事项（写明理由、批准人、到期日），只影响门禁，不影响得分",
        "Gate: what is not asked of some organizations, with reason, approver and last day; scores stay as they are",
    )
    .maybe()
}

fn ratchet() -> Arguments<Option<PathBuf>> {
    option(
        "ratchet",
        "REPORT",
        "门禁：与这份 JSON 报告相比，总分、各表、各项评价内容、评价要求和得分依据都不得变差",
        "Gate: nothing is worse than in this JSON report: total, tables, items, requirements, what points rest on",
    )
    .maybe()
}

fn log() -> Arguments<Option<PathBuf>> {
    option(
        "log",
        "FILE",
        "在评价记录中添一条（wangge log verify 可核对），运行结束时显示其摘要",
        "Add an entry to a log of assessments (`wangge log verify` checks it), and tell its digest",
    )
    .maybe()
}

fn gate() -> Arguments<Gate> {
    let min_score = option(
        "min-score",
        "POINTS",
        "门禁：每个单位至少确定得到这么多分",
        "Gate: every organization has at least these points for sure",
    );
    let exit_zero = flag(
        "exit-zero",
        "不以 1 退出；2 仍表示未能判断",
        "Never exit 1; 2 still means that the run could not judge",
    );
    bind!(conditions: conditions(), min_score: min_score.maybe(), exit_zero: exit_zero.given() => {
        let points = min_score.map(|least| [Condition::ANY_VERDICT, Condition::Low(Part::Total, least)]);
        let all = points.into_iter().flatten().chain(conditions);
        Ok(if exit_zero { Gate::OPEN } else { Gate::with(all) })
    })
}

fn conditions() -> Arguments<Vec<Condition>> {
    parsed_option(
        "gate",
        NAME_AND_VALUE,
        "门禁条件，如 verdict=any、min-low.A.1=80、fail-on=error；默认 verdict=qualified",
        "A condition of the gate, such as `min-low.A.1=80` or `fail-on=error`; `verdict=qualified` holds unless another verdict is given",
        Condition::parse,
    )
    .many()
}

/// A file that names submissions.
pub(super) fn manifest() -> Arguments<Option<PathBuf>> {
    option(
        "manifest",
        "FILE",
        "申报材料清单：每行一个路径的文件；- 为标准输入",
        "A file that names submissions, a path a line; - for stdin",
    )
    .maybe()
}

/// Which part of a batch is assessed.
pub(super) fn shard() -> Arguments<Option<Shard>> {
    parsed_option(
        "shard",
        "I/N",
        "只评估一部分，如 2/7：从第 2 份起每 7 份取 1 份",
        "Assess a part of the batch, such as 2/7: every seventh submission, beginning with the second",
        parse_shard,
    )
    .maybe()
}

/// Which cache.
pub(super) fn cache_location() -> Arguments<Location> {
    let folder = option::<PathBuf>("cache", "DIR", "缓存文件夹", "Folder of the cache")
        .otherwise("默认取 WANGGE_CACHE，再取系统的缓存位置", "`WANGGE_CACHE` or the platform's otherwise");
    folder.maybe().map(|folder| {
        let set = || std::env::var_os("WANGGE_CACHE").filter(|folder| !folder.is_empty()).map(PathBuf::from);
        folder.or_else(set).map_or(Location::Platform, Location::Named)
    })
}

/// Which cache, or none.
pub(super) fn cache_location_or_none() -> Arguments<Location> {
    let off = flag(
        "no-cache",
        "未变的也重新评估，且不保存结果",
        "Assess anew what has not changed since it was assessed, and keep nothing",
    );
    let off = off.with(|arg| arg.conflicts_with("cache")).given();
    bind!(location: cache_location(), off: off => Ok(if off { Location::Off } else { location }))
}

/// `wangge cache`.
pub(super) fn cache() -> Command {
    let info = Command::leaf(
        "info",
        "缓存在哪里、有多少",
        "Where it is and how much is in it",
        cache_location(),
        |location, console| caches::run(caches::Asked::Info, &location, console),
    );
    let clear = Command::leaf(
        "clear",
        "清除全部缓存",
        "Remove all of it",
        cache_location(),
        |location, console| caches::run(caches::Asked::Clear, &location, console),
    );
    Command::group("cache", "保存下来的评估结果", "What is kept of earlier assessments", vec![info, clear])
}

/// `wangge merge`.
pub(super) fn merge() -> Command {
    let arguments = record!(MergeOptions {
        files: positional(
            "FILE",
            "各分片的结果文件，或存放它们的文件夹",
            "The files of all shards, or folders of them"
        )
        .with(|arg| arg.required_unless_present("manifest"))
        .many(),
        manifest: option(
            "manifest",
            "FILE",
            "各分片结果文件的清单：每行一个路径的文件",
            "A file that names the files of shards, a path a line",
        )
        .maybe(),
        choices: choices(Day::OfShards),
        results: results(),
    });
    Command::leaf(
        "merge",
        "把各分片的结果合并成一次运行的输出",
        "Make of the results of all shards what one run would have written",
        arguments,
        scripts(merge::run),
    )
}

fn parse_shard(text: &str) -> Result<Shard, Text> {
    Shard::parse(text).ok_or_else(|| Text::new("写成 1/7 至 7/7", "write 1/7 … 7/7"))
}
