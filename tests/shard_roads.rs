//! Other roads to the same bytes: paths from stdin, shards of a folder and of a list, lines of organizations, packed lines.
#![expect(clippy::unwrap_used, reason = "tests fail by panicking")]

mod support;

use std::fs;
use std::io::{Read, Write};
use std::process::Stdio;

use support::AS_OF;
use support::batch::{Batch, Ended, assert_same};

const PATHS: &str = "批/02镇\n批/00镇\n批/03镇\n批/01镇\n";

/// Runs the program with this on its stdin.
fn fed(batch: &Batch, arguments: &[&str], text: &str) -> Ended {
    let mut child = batch.command(arguments).stdin(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
    child.wait_with_output().unwrap().into()
}

const CHECK: [&str; 8] = ["check", "--manifest", "-", "--as-of", AS_OF, "--lang", "zh", "--no-cache"];

#[test]
fn paths_from_stdin_stand_for_those_of_the_command_line() {
    let batch = Batch::new(4);
    let one = batch.check(&["--no-cache", "-o", "json"]);
    assert_same(&fed(&batch, &[&CHECK[..], &["-o", "json"]].concat(), PATHS), &one, "stdin");
    let ended = fed(&batch, &CHECK, "批/02镇\n批/09镇\n");
    assert!(ended.status == Some(2) && ended.stderr.contains("路径不存在：批/09镇"), "{}", ended.stderr);
    let ended = fed(&batch, &[&CHECK[..], &["--source", "库.toml"]].concat(), PATHS);
    assert!(ended.status == Some(2) && ended.stderr.contains("--source"), "{}", ended.stderr);
}

#[test]
fn shards_of_a_folder_or_a_list_are_merged_in_any_order() {
    let batch = Batch::new(5);
    let one = batch.check(&["--no-cache", "-o", "json"]);
    fs::create_dir(batch.folder.path().join("片")).unwrap();
    for number in 1..=3 {
        let (part, output) = (format!("{number}/3"), format!("shard:片/{number}.jsonl"));
        batch.check(&["--no-cache", "--shard", &part, "-o", &output]);
    }
    batch.write("片/说明.txt", "不是分片");
    batch.write("清单.txt", "片/3.jsonl\n片/1.jsonl\n");
    let merge = |own: &[&str]| batch.run(&[&["merge", "--lang", "zh", "-o", "json"], own].concat());
    assert_same(&merge(&["片"]), &one, "folder");
    assert_same(&merge(&["片/2.jsonl", "--manifest", "清单.txt"]), &one, "list");
    fs::create_dir(batch.folder.path().join("空")).unwrap();
    let ended = merge(&["空"]);
    assert!(ended.status == Some(2) && ended.stderr.contains("没有分片文件"), "{}", ended.stderr);
}

#[test]
fn lines_are_the_organizations_and_packed_lines_all_of_it() {
    let batch = Batch::new(3);
    let lines = batch.check(&["--no-cache", "-o", "jsonl"]).stdout;
    let ended = batch.check(&["--no-cache", "-o", "lines", "-o", "jsonl.zst:行.zst"]);
    let organizations: Vec<&str> = lines.lines().collect();
    let (_, organizations) = organizations.split_last().unwrap();
    assert_eq!(ended.stdout.lines().collect::<Vec<_>>(), organizations);
    let packed = fs::File::open(batch.folder.path().join("行.zst")).unwrap();
    let mut unpacked = String::new();
    zstd::Decoder::new(packed).unwrap().read_to_string(&mut unpacked).unwrap();
    assert_eq!(unpacked, lines);
}

#[test]
fn batches_that_were_assessed_apart_are_merged_as_one() {
    let batch = Batch::new(5);
    let one = batch.check(&["--no-cache", "-o", "json"]);
    fs::create_dir(batch.folder.path().join("片")).unwrap();
    let apart = |list: &str, shard: &str, file: &str| {
        let output = format!("shard:片/{file}");
        fed(&batch, &[&CHECK[..], &["--shard", shard, "-o", &output]].concat(), list)
    };
    let rest: Vec<String> = fs::read_dir(batch.folder.path().join("批"))
        .unwrap()
        .map(|entry| format!("批/{}", entry.unwrap().file_name().to_str().unwrap()))
        .filter(|path| !["批/00镇", "批/03镇", "批/04镇"].contains(&path.as_str()))
        .collect();
    apart("批/03镇\n", "1/1", "乙.jsonl");
    apart(&rest.join("\n"), "1/1", "丙.jsonl");
    apart("批/04镇\n批/00镇\n", "1/2", "甲1.jsonl");
    let merge = || batch.run(&["merge", "--lang", "zh", "-o", "json", "片"]);
    let half = merge();
    assert!(half.status == Some(2) && half.stderr.contains("共 2 个分片，缺第 2 个"), "{}", half.stderr);
    apart("批/04镇\n批/00镇\n", "2/2", "甲2.jsonl");
    assert_same(&merge(), &one, "batches");
    apart("批/00镇\n批/03镇\n", "1/1", "丁.jsonl");
    let ended = merge();
    assert!(ended.status == Some(2) && ended.stderr.contains("批/00镇 在"), "{}", ended.stderr);
    assert_eq!(ended.stderr.matches("已有结果").count(), 2, "{}", ended.stderr);
}

#[test]
fn what_would_be_counted_twice_or_go_missing_is_refused() {
    let batch = Batch::new(3);
    let folder = batch.folder.path();
    fs::create_dir(folder.join("片")).unwrap();
    let apart = |list: &str, file: &str, more: &[&str]| {
        let output = format!("shard:{file}");
        fed(&batch, &[&CHECK[..], &["--shard", "1/1", "-o", &output], more].concat(), list)
    };
    apart("批/00镇\n", "片/甲.jsonl", &[]);
    let absolute = folder.join("批/00镇");
    for spelt in ["./批/00镇", "批/../批/00镇", "批/00镇/", absolute.to_str().unwrap()] {
        apart(&format!("{spelt}\n批/01镇\n"), "乙.jsonl", &[]);
        let ended = batch.run(&["merge", "--lang", "zh", "-o", "json", "片", "乙.jsonl"]);
        assert!(ended.status == Some(2) && ended.stderr.contains("已有结果"), "{spelt}: {}", ended.stderr);
    }
    let merge = || batch.run(&["merge", "--lang", "zh", "-o", "json", "片"]);
    batch.write("片/丙.jsonl", "");
    let ended = merge();
    assert!(ended.status == Some(2) && ended.stderr.contains("丙.jsonl"), "{}", ended.stderr);
    fs::remove_file(folder.join("片/丙.jsonl")).unwrap();
    batch.write(
        "裁定.csv",
        "organization,target,ruling,role,by,date,reason\n,A.1.8.b,met,team,李明,2026-05-20,看过\n",
    );
    apart("批/00镇\n", "片/甲.jsonl", &["--rulings", "裁定.csv"]);
    apart("批/01镇\n", "片/乙.jsonl", &["--rulings", "裁定.csv"]);
    let ended = merge();
    assert!(ended.status == Some(2) && ended.stderr.contains("裁定没有写明单位"), "{}", ended.stderr);
}
