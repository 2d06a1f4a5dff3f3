//! A batch: lines as organizations end, the same bytes whatever the threads, what is done kept when it is interrupted.
#![expect(clippy::unwrap_used, reason = "tests fail by panicking")]

mod support;

use std::fs;
use std::io::{BufRead, BufReader};
use std::process::Stdio;

use serde_json::Value;
use support::batch::{Batch, assert_same};
use wangge::report::json;

fn lines(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn lines_are_the_organizations_and_then_the_report_without_them() {
    let batch = Batch::new(6);
    batch.write("批/00镇/规模.txt", "不是表");
    let mut whole: Value = serde_json::from_str(&batch.check(&["-o", "json"]).stdout).unwrap();
    // Of the lines themselves, which cannot hold it.
    assert!(whole.as_object_mut().unwrap().remove("digest").is_some());
    let ended = batch.check(&["-o", "jsonl", "-o", "jsonl:行.jsonl"]);
    assert_eq!(batch.read("行.jsonl"), ended.stdout);
    let mut found = lines(&ended.stdout);
    let mut last = found.pop().unwrap();
    assert_eq!(last.get("organizations"), Some(&Value::Array(Vec::new())));
    let text = ended.stdout.lines().last().unwrap();
    assert_eq!(json::from_str(text).unwrap().summary.organizations, 6);
    last.as_object_mut().unwrap().insert("organizations".to_owned(), Value::Array(found));
    assert_eq!(last, whole);
}

#[test]
fn lines_conform_to_the_schema_of_the_report() {
    let schema: Value = serde_json::from_str(&json::schema()).unwrap();
    let mut line = schema.clone();
    let object = line.as_object_mut().unwrap();
    object.retain(|key, _| key == "$defs" || key == "$schema");
    object.insert("$ref".to_owned(), Value::from("#/$defs/Organization"));
    let batch = Batch::new(2);
    let mut found = lines(&batch.check(&["-o", "jsonl"]).stdout);
    let last = found.pop().unwrap();
    assert!(jsonschema::validator_for(&schema).unwrap().is_valid(&last));
    let organization = jsonschema::validator_for(&line).unwrap();
    assert_eq!(found.len(), 2);
    assert!(found.iter().all(|line| organization.is_valid(line)));
    assert!(!organization.is_valid(&last));
}

#[test]
fn the_number_of_threads_changes_no_byte() {
    let batch = Batch::new(7);
    for format in ["json", "jsonl", "terminal"] {
        let run = |threads| batch.check(&["--no-cache", "-o", format, "--threads", threads]);
        let one = run("1");
        assert_same(&run("2"), &one, format);
        assert_same(&run("5"), &one, format);
    }
}

#[test]
fn a_little_memory_changes_no_byte() {
    let batch = Batch::new(5);
    let run = |memory: &[&str]| batch.check(&[&["--no-cache", "-o", "json"], memory].concat());
    assert_same(&run(&["--memory", "1M"]), &run(&[]), "memory");
}

#[cfg(unix)]
#[test]
fn a_submission_that_leads_out_costs_itself_alone() {
    let batch = Batch::new(3);
    batch.write("别处/人员.csv", "姓名\n");
    std::os::unix::fs::symlink("../../别处/人员.csv", batch.town_folder(1).join("网格.csv")).unwrap();
    let ended = batch.check(&["-o", "json"]);
    assert_eq!(ended.status, Some(2));
    let report: Value = serde_json::from_str(&ended.stdout).unwrap();
    let unreadable = report.get("unreadable").and_then(Value::as_array).unwrap();
    assert_eq!(unreadable.first().and_then(|one| one.get("path")), Some(&Value::from("批/01镇")));
    assert_eq!(report.pointer("/summary/organizations"), Some(&Value::from(3)));
    assert_eq!(report.get("organizations").and_then(Value::as_array).map(Vec::len), Some(2));
}

#[cfg(unix)]
mod interrupted {
    use std::io::{BufRead, BufReader, Read};
    use std::process::{Child, Command};

    use super::*;
    use support::AS_OF;

    fn send(signal: &str, child: &Child) {
        let sent = Command::new("kill").args([signal, &child.id().to_string()]).status().unwrap();
        assert!(sent.success());
    }

    const COMMAND: [&str; 12] =
        ["check", "批", "--as-of", AS_OF, "--lang", "zh", "--threads", "1", "--cache", "缓存", "-o", "jsonl"];

    /// Interrupts a run by Ctrl-C when the first line has come.
    fn stopped(batch: &Batch, more: &[&str]) -> (Option<i32>, Vec<Value>, String) {
        stopped_by("-INT", batch, more)
    }

    fn stopped_by(signal: &str, batch: &Batch, more: &[&str]) -> (Option<i32>, Vec<Value>, String) {
        let mut child = batch.command(&[COMMAND.as_slice(), more].concat()).spawn().unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let (mut text, mut told) = (String::new(), String::new());
        out.read_line(&mut text).unwrap();
        send(signal, &child);
        out.read_to_string(&mut text).unwrap();
        child.stderr.take().unwrap().read_to_string(&mut told).unwrap();
        (child.wait().unwrap().code(), lines(&text), told)
    }

    fn length(report: &Value, part: &str) -> usize {
        report.get(part).and_then(Value::as_array).map_or(0, Vec::len)
    }

    #[test]
    fn a_request_to_end_is_heard_like_ctrl_c() {
        let batch = Batch::new(20);
        let (status, mut found, told) = stopped_by("-TERM", &batch, &[]);
        let last = found.pop().unwrap();
        assert_eq!((status, found.len() + length(&last, "not_assessed")), (Some(2), 20), "{told}");
        assert!(told.contains("正在停止"), "{told}");
    }

    #[test]
    fn what_is_done_is_written_and_what_is_not_is_named() {
        let batch = Batch::new(40);
        let (status, mut found, told) = stopped(&batch, &["-o", "json:出.json"]);
        assert_eq!(status, Some(2), "{told}");
        let last = found.pop().unwrap();
        let (done, left) = (found.len() + length(&last, "unreadable"), length(&last, "not_assessed"));
        assert!(done > 0 && left > 0, "{told}");
        assert_eq!(done + left, 40);
        assert_eq!(last.pointer("/summary/organizations"), Some(&Value::from(40)));
        assert!(told.contains("正在停止"), "{told}");
        assert!(
            told.contains(&format!("共 40 份申报材料，处理完 {done} 份，还有 {left} 份没有评估")),
            "{told}"
        );
        let report: Value = serde_json::from_str(&batch.read("出.json")).unwrap();
        assert_eq!(length(&report, "not_assessed"), left);
        assert_eq!(length(&report, "organizations"), found.len());
    }

    #[test]
    fn the_next_run_goes_on_with_what_the_cache_has() {
        let batch = Batch::new(40);
        let (_, found, _) = stopped(&batch, &[]);
        let kept = fs::read_dir(batch.folder.path().join("缓存/assessments-1")).unwrap().count();
        assert!(kept >= found.len(), "the mark of a cache and an entry for each line but the last");
        assert_same(
            &batch.check(&["--cache", "缓存", "-o", "json"]),
            &batch.check(&["--no-cache", "-o", "json"]),
            "again",
        );
    }
}

#[test]
fn a_run_whose_results_nobody_reads_any_more_ends_without_a_word() {
    let batch = Batch::new(60);
    let mut command = batch.command(&["check", "批", "--no-cache", "--threads", "1", "-o", "jsonl"]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap());
    assert!(lines.read_line(&mut String::new()).unwrap() > 0);
    drop(lines);
    let ended = child.wait_with_output().unwrap();
    assert_eq!((ended.status.code(), String::from_utf8_lossy(&ended.stderr).as_ref()), (Some(2), ""));
}
