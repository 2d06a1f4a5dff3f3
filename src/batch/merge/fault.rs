//! Why files are not the shards of one run.

use std::path::Path;

use crate::batch::shard::Shard;
use crate::model::fault::Fault;
use crate::model::text::Text;

const AGAIN: (&str, &str) = (
    "用 check --shard … --resume 补完这个分片，再合并",
    "finish the shard with check --shard … --resume, then merge again",
);

fn at(path: &Path, row: Option<u32>, code: &'static str, message: Text, help: (&str, &str)) -> Fault {
    let file = Some(path.display().to_string());
    Fault { code, message, help: Text::new(help.0, help.1), file, row, ..Fault::default() }
}

pub(super) fn no_shard(path: &Path) -> Fault {
    let message = Text::new(
        "这不是分片结果文件，或首行已损坏",
        "this is no file of a shard, or its first line is damaged",
    );
    let help = (
        "请给出用 check --shard i/n -o shard:文件 写出的文件",
        "give files written by `check --shard i/n -o shard:FILE`",
    );
    at(path, Some(1), "merge.not-a-shard", message, help)
}

pub(super) fn damaged(path: &Path, row: u32) -> Fault {
    let message = Text::new("这一行不完整或被改动过", "this line was cut off or changed");
    at(path, Some(row), "merge.damaged", message, AGAIN)
}

pub(super) fn unfinished(path: &Path, missing: usize, there: usize) -> Fault {
    let message = Text::new(
        format!("这个分片没有做完：已有 {there} 份结果，还缺 {missing} 份"),
        format!("this shard is not finished: {there} results are there, {missing} are missing"),
    );
    at(path, None, "merge.unfinished", message, AGAIN)
}

pub(super) fn other_run(path: &Path, first: &Path, what: &Text) -> Fault {
    let message = Text::new(
        format!("与 {} 不是同一次运行的分片：{}不同", first.display(), what.zh),
        format!("not of the same run as {}: {} differ", first.display(), what.en),
    );
    let help = (
        "各分片须用同一程序、同样的裁定、规则包和选项；同一批的，申报材料也须相同",
        "shards need the same program, rulings, packs and options, and those of one batch the same submissions",
    );
    at(path, Some(1), "merge.other-run", message, help)
}

pub(super) fn other_division(path: &Path, shard: Shard, first: Shard) -> Fault {
    let message = Text::new(
        format!("这是 {} 个分片之一，其他文件分为 {} 个", shard.of, first.of),
        format!("this is one of {} shards, the others are of {}", shard.of, first.of),
    );
    at(path, Some(1), "merge.other-division", message, ("各分片的 n 须相同", "all shards need the same n"))
}

pub(super) fn twice(path: &Path, twin: &Path, shard: Shard) -> Fault {
    let message = Text::new(
        format!("分片 {}/{} 已由 {} 给出", shard.number, shard.of, twin.display()),
        format!("shard {}/{} is given by {} already", shard.number, shard.of, twin.display()),
    );
    at(path, Some(1), "merge.twice", message, ("每个分片只给一次", "give each shard once"))
}

/// A submission of two batches.
pub(super) fn in_two(path: &Path, other: &Path, submission: &str) -> Fault {
    let message = Text::new(
        format!("申报材料 {submission} 在 {} 中已有结果", other.display()),
        format!("the submission {submission} has a result in {} already", other.display()),
    );
    at(
        path,
        None,
        "merge.same-submission",
        message,
        ("每份申报材料只评估一次", "assess each submission once"),
    )
}

/// A ruling on whatever is assessed, in batches that were assessed apart.
pub(super) fn unaddressed(file: &str, row: u32) -> Fault {
    let message = Text::new(
        "裁定没有写明单位，分开评估的几批不能合并",
        "the ruling names no organization: batches that were assessed apart cannot be merged",
    );
    let help = ("写明单位编号，重新评估各批", "name the organization, and assess the batches again");
    at(Path::new(file), Some(row), "merge.unaddressed-ruling", message, help)
}

/// No file of a shard is named.
pub(super) fn nothing() -> Fault {
    Fault {
        code: "merge.nothing",
        message: Text::new("没有分片文件", "there is no file of a shard"),
        help: Text::new(
            "写明 check --shard 写出的文件，或存放它们的文件夹",
            "name the files that `check --shard` wrote, or the folder they are in",
        ),
        ..Fault::default()
    }
}

/// Missing shards that are named.
pub(super) const NAMED: usize = 10;

/// So many are missing beside a file, these among them.
pub(super) fn missing(beside: &Path, numbers: &[usize], missing: usize, of: usize) -> Fault {
    let list = |sign: &str| numbers.iter().map(ToString::to_string).collect::<Vec<_>>().join(sign);
    let (zh, en) = if missing > numbers.len() {
        (format!("等 {missing} 个"), format!(" and others, {missing} in all"))
    } else {
        ("个".to_owned(), String::new())
    };
    Fault {
        code: "merge.missing",
        message: Text::new(
            format!("共 {of} 个分片，缺第 {} {zh}", list("、")),
            format!("of {of} shards these are missing: {}{en}", list(", ")),
        ),
        help: Text::new("把它们的文件也给出来", "give their files too"),
        file: Some(beside.display().to_string()),
        ..Fault::default()
    }
}

pub(super) fn too_long(path: &Path, row: u32) -> Fault {
    let message = Text::new(
        "这一行长得不可能是评估结果，没有读下去",
        "this line is longer than any result; the rest was not read",
    );
    at(path, Some(row), "merge.too-long", message, AGAIN)
}

pub(super) fn not_ours(path: &Path, what: &Text) -> Fault {
    let message = Text::new(
        format!("分片评估时与现在不同：{}", what.zh),
        format!("the shards were not assessed with what is here now: {}", what.en),
    );
    let help = (
        "用评估分片的同一程序合并，并给出同样的 --packs",
        "merge with the program that assessed the shards, and give the same --packs",
    );
    at(path, Some(1), "merge.other-rules", message, help)
}
