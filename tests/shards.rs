//! Shards: their merged results are what one run would have written, whatever happened on the way.
#![expect(clippy::unwrap_used, reason = "tests fail by panicking")]

mod support;

use std::fs;
use std::thread::sleep;
use std::time::{Duration, Instant};

use support::AS_OF;
use support::batch::{Batch, Ended, assert_same, id};

/// A batch with a folder for the files of shards.
fn batch(towns: usize) -> Batch {
    let batch = Batch::new(towns);
    fs::create_dir(batch.folder.path().join("片")).unwrap();
    batch
}

/// Rulings on organizations of several shards, on one that is not there, and on none in particular.
fn rulings(batch: &Batch) {
    let ruling = |id: &str| format!("{id},A.1.8.b,met,,team,李明,2026-05-20,,看过,\n");
    let rows: String = [id(0).as_str(), id(3).as_str(), "XX", ""].map(ruling).concat();
    batch.write(
        "批/rulings.csv",
        &format!("organization,target,ruling,value,role,by,date,expires,reason,evidence\n{rows}"),
    );
}

fn shard(batch: &Batch, number: usize, of: usize, more: &[&str]) -> Ended {
    let (part, output) = (format!("{number}/{of}"), format!("shard:{}", file(number)));
    batch.check(&[&["--no-cache", "--shard", &part, "-o", &output], more].concat())
}

fn file(number: usize) -> String {
    format!("片/{number}.jsonl")
}

fn merge(batch: &Batch, of: usize, more: &[&str]) -> Ended {
    // The order in which files are given does not matter.
    let files: Vec<String> = (1..=of).rev().map(file).collect();
    let files: Vec<&str> = files.iter().map(String::as_str).collect();
    batch.run(&[&["merge", "--lang", "zh"], files.as_slice(), more].concat())
}

const FORMATS: [&str; 3] = ["json", "jsonl", "terminal"];

fn whole(batch: &Batch, more: &[&str]) -> Vec<Ended> {
    FORMATS.map(|format| batch.check(&[&["--no-cache", "-o", format], more].concat())).into()
}

/// What is merged is what one run wrote.
#[track_caller]
fn merges(batch: &Batch, of: usize, one: &[Ended]) {
    for (format, one) in FORMATS.iter().zip(one) {
        assert_same(&merge(batch, of, &["-o", format]), one, &format!("{of} {format}"));
    }
}

#[test]
fn merged_shards_are_what_one_run_writes() {
    let batch = batch(8);
    rulings(&batch);
    let one = whole(&batch, &[]);
    assert!(one.iter().all(|ended| ended.stderr.contains("没有编号为“XX”的被评估单位")));
    for of in [1, 2, 3, 7, 11] {
        let unreadable = (1..=of).filter(|number| shard(&batch, *number, of, &[]).status == Some(2)).count();
        assert_eq!(unreadable, 1, "only the shard that holds it says that a submission cannot be read");
        merges(&batch, of, &one);
    }
}

#[test]
fn choices_of_the_shards_hold_for_the_merged_report() {
    let batch = batch(3);
    let choices = ["--self", "--policy", "line_f=each", "--unmask"];
    let one = whole(&batch, &choices);
    for number in 1..=2 {
        shard(&batch, number, 2, &choices);
    }
    merges(&batch, 2, &one);
    let gated = merge(&batch, 2, &["-o", "json", "--exit-zero"]);
    assert_eq!(gated.status, Some(0));
}

#[cfg(unix)]
#[test]
fn a_pipe_is_no_file_of_a_shard_and_is_not_waited_for() {
    let batch = batch(1);
    batch.write("片/旁.txt", "");
    let pipe = batch.folder.path().join(file(1));
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    for ended in [merge(&batch, 1, &["-o", "json"]), shard(&batch, 1, 1, &["--resume"])] {
        assert_eq!(ended.status, Some(2), "{}", ended.stderr);
        assert!(ended.stderr.contains("分片文件不能读取：不是普通文件"), "{}", ended.stderr);
    }
}

#[test]
fn a_manifest_stands_for_the_paths() {
    let batch = batch(4);
    let one = batch.check(&["--no-cache", "-o", "json"]);
    batch.write("清单.txt", "\u{feff}# 各镇\n批/02镇\r\n批/00镇\n\n批/03镇\n批/01镇\n");
    let run = |more: &[&str]| {
        batch.run(
            &[&["check", "--manifest", "清单.txt", "--as-of", AS_OF, "--lang", "zh", "--no-cache"], more]
                .concat(),
        )
    };
    assert_same(&run(&["-o", "json"]), &one, "manifest");
    for (part, output) in [("1/2", "shard:片/1.jsonl"), ("2/2", "shard:片/2.jsonl")] {
        run(&["--shard", part, "-o", output]);
    }
    assert_same(&merge(&batch, 2, &["-o", "json"]), &one, "manifest");
    batch.write("清单.txt", "批/02镇\n批/09镇\n");
    let ended = run(&[]);
    assert_eq!(ended.status, Some(2));
    assert!(
        ended.stderr.contains("路径不存在：批/09镇") && ended.stderr.contains("清单.txt 第2行"),
        "{}",
        ended.stderr
    );
}

/// Kills a shard when some of its results are there; how many were.
fn killed(batch: &Batch) -> usize {
    let arguments = [
        "check",
        "批",
        "--as-of",
        AS_OF,
        "--no-cache",
        "--threads",
        "1",
        "--shard",
        "1/2",
        "-o",
        "shard:片/1.jsonl",
    ];
    let mut child = batch.command(&arguments).spawn().unwrap();
    let path = batch.folder.path().join(file(1));
    let begun = Instant::now();
    let lines =
        || fs::read(&path).map_or(0, |bytes| bytes.split(|byte| *byte == b'\n').count().saturating_sub(1));
    while lines() < 4 {
        assert!(begun.elapsed() < Duration::from_mins(2), "no results");
        sleep(Duration::from_millis(1));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    lines()
}

#[test]
fn a_killed_shard_goes_on_where_it_was() {
    let batch = batch(30);
    rulings(&batch);
    let one = whole(&batch, &[]);
    let done = killed(&batch);
    assert!(done < 16, "it was done before it was killed");
    let before = batch.read(&file(1));
    shard(&batch, 2, 2, &[]);
    let early = merge(&batch, 2, &["-o", "json"]);
    assert_eq!(early.status, Some(2));
    assert!(early.stdout.is_empty() && early.stderr.contains("片/1.jsonl"), "{}", early.stderr);
    // As if the machine had gone down while a line was written.
    batch.write(&file(1), before.get(..before.len() - 1000).unwrap());
    shard(&batch, 1, 2, &["--resume"]);
    let whole_lines = before.rsplit_once('\n').unwrap().0.rsplit_once('\n').unwrap().0;
    assert!(batch.read(&file(1)).starts_with(whole_lines), "what was whole is kept as it was");
    merges(&batch, 2, &one);
}

#[test]
fn a_submission_that_changed_meanwhile_is_assessed_anew() {
    let batch = batch(4);
    shard(&batch, 1, 2, &[]);
    let (table, before) = (batch.town_folder(2).join("服务效率.csv"), batch.read(&file(1)));
    fs::write(&table, fs::read_to_string(&table).unwrap() + "\n").unwrap();
    shard(&batch, 1, 2, &["--resume"]);
    shard(&batch, 2, 2, &[]);
    let after = batch.read(&file(1));
    assert_eq!(
        before.lines().filter(|line| after.contains(*line)).count(),
        2,
        "the header and the other one"
    );
    assert_same(&merge(&batch, 2, &["-o", "json"]), &batch.check(&["--no-cache", "-o", "json"]), "changed");
}

#[test]
fn a_shard_does_not_go_on_with_the_file_of_another_run() {
    let batch = batch(3);
    shard(&batch, 1, 2, &[]);
    let ended = shard(&batch, 1, 2, &["--resume", "--self"]);
    assert_eq!(ended.status, Some(2));
    assert!(ended.stderr.contains("来自另一次运行"), "{}", ended.stderr);
    assert_eq!(shard(&batch, 1, 2, &["--resume"]).status, shard(&batch, 1, 2, &[]).status);
}

#[track_caller]
fn refused(batch: &Batch, files: &[&str], wanted: &[&str]) {
    let ended = batch.run(&[&["merge", "-o", "json", "--lang", "zh"], files].concat());
    assert_eq!((ended.status, ended.stdout.as_str()), (Some(2), ""), "{}", ended.stderr);
    for text in wanted {
        assert!(ended.stderr.contains(text), "{text}: {}", ended.stderr);
    }
}

#[test]
fn files_that_are_not_the_shards_of_one_run_are_refused() {
    let batch = batch(5);
    for number in 1..=2 {
        shard(&batch, number, 2, &[]);
    }
    let other = |name: &str, more: &[&str]| {
        let output = format!("shard:{name}");
        batch.check(&[&["--no-cache", "-o", &output], more].concat());
    };
    let (one, two) = (file(1), file(2));
    refused(&batch, &[&one], &["共 2 个分片，缺第 2 个"]);
    refused(&batch, &[&one, &two, &two], &["分片 2/2 已由"]);
    other("三.jsonl", &["--shard", "2/3"]);
    refused(&batch, &[&one, "三.jsonl"], &["三.jsonl", "3 个分片"]);
    for (choice, word) in [
        (["--self", "--quiet"], "选项"),
        (["--as-of", "2026-07-01"], "判断日期"),
        (["--policy", "line_f=each"], "口径"),
        (["--rulings", "裁定.csv"], "裁定"),
    ] {
        batch.write(
            "裁定.csv",
            &format!(
                "organization,target,ruling,role,by,date,reason\n{},A.1.8.b,met,team,李明,2026-05-20,看过\n",
                id(1)
            ),
        );
        other("另.jsonl", &[["--shard", "2/2"].as_slice(), &choice].concat());
        refused(&batch, &[&one, "另.jsonl"], &["另.jsonl", word]);
    }
    batch.write("乱.jsonl", "{}\n");
    refused(&batch, &[&one, "乱.jsonl"], &["乱.jsonl 第1行", "不是分片结果文件"]);
    let text = batch.read(&two);
    batch.write("改.jsonl", &text.replacen("凤鸣镇", "凤呜镇", 1));
    refused(&batch, &[&one, "改.jsonl"], &["改.jsonl 第2行", "改动过"]);
    batch.write("断.jsonl", text.get(..text.len() - 1).unwrap());
    refused(&batch, &[&one, "断.jsonl"], &["断.jsonl 第3行"]);
    let (kept, _) = text.trim_end().rsplit_once('\n').unwrap();
    batch.write("缺.jsonl", &format!("{kept}\n"));
    refused(&batch, &[&one, "缺.jsonl"], &["缺.jsonl", "还缺 1 份"]);
    fs::create_dir_all(batch.town_folder(9)).unwrap();
    fs::copy(batch.town_folder(0).join("被评估单位.csv"), batch.town_folder(9).join("被评估单位.csv"))
        .unwrap();
    other("多.jsonl", &["--shard", "2/2"]);
    refused(&batch, &[&one, "多.jsonl"], &["多.jsonl", "申报材料"]);
}

#[test]
fn a_shard_has_its_file_as_its_only_output() {
    let batch = batch(1);
    for wrong in [
        ["--shard", "1/2"].as_slice(),
        &["--resume"],
        &["-o", "shard"],
        &["--shard", "1/2", "-o", "json"],
        &["-o", "shard:a", "-o", "json"],
    ] {
        let ended = batch.check(wrong);
        assert_eq!(ended.status, Some(2), "{wrong:?}");
        assert!(ended.stderr.contains("-o shard:文件"), "{}", ended.stderr);
    }
    let Ended { status, stderr, .. } = batch.check(&["--shard", "3/2", "-o", "shard:a"]);
    assert!(status == Some(2) && stderr.contains("--shard"), "{stderr}");
}

#[test]
fn a_first_line_that_says_more_than_there_is_costs_nothing() {
    use wangge::batch::shard::line;
    let batch = batch(2);
    shard(&batch, 1, 1, &[]);
    let text = batch.read(&file(1));
    let (header, _) = line::read::<serde_json::Value>(text.lines().next().unwrap(), "").unwrap();
    let forged = |name: &str, at: &str, value: u64| {
        let mut header = header.clone();
        *header.pointer_mut(at).unwrap() = value.into();
        batch.write(name, &line::write(&header, "").unwrap().0);
    };
    for many in [100_000_000, 1_000_000_000_000_000_000, u64::MAX] {
        forged("多.jsonl", "/run/submissions", many);
        refused(&batch, &["多.jsonl"], &["多.jsonl", "还缺"]);
        forged("分.jsonl", "/shard/of", many);
        refused(&batch, &["分.jsonl"], &["分.jsonl"]);
    }
    forged("零.jsonl", "/run/submissions", 0);
    refused(&batch, &["零.jsonl", "分.jsonl"], &["零.jsonl"]);
    for (at, value) in [("/shard/of", 0), ("/shard/number", 0), ("/shard/number", 2)] {
        forged("错.jsonl", at, value);
        refused(&batch, &["错.jsonl"], &["错.jsonl 第1行", "不是分片结果文件"]);
    }
    batch.write("长.jsonl", &"x".repeat(40 << 20));
    refused(&batch, &["长.jsonl"], &["长.jsonl 第1行", "长得不可能"]);
    batch.write("长.jsonl", &format!("{}\n{}", text.lines().next().unwrap(), "x".repeat(40 << 20)));
    refused(&batch, &["长.jsonl"], &["长.jsonl 第2行", "长得不可能"]);
    batch.write(&file(1), &batch.read("长.jsonl"));
    assert_eq!(shard(&batch, 1, 1, &["--resume"]).status, Some(1));
    assert_eq!(batch.read(&file(1)).lines().count(), 3);
}
