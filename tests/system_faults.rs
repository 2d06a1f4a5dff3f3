//! What a system may do to a run: a full disk, a signal, a file that is gone. Outputs are whole or as they were, the exit code is
//! 2, and the cause is told.
#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests fail by panicking")]

mod support;

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

use serde_json::Value;
use support::batch::Batch;

const DAY: [&str; 4] = ["--as-of", support::AS_OF, "--no-cache", "--exit-zero"];

#[test]
fn a_full_disk_is_told_and_nothing_is_called_done() {
    for output in ["json:/dev/full", "csv:/dev/full", "html:/dev/full"] {
        let ended = support::wangge(&[&["check", "fixtures/village", "-o", output][..], &DAY].concat());
        let told = String::from_utf8_lossy(&ended.stderr);
        assert_eq!(ended.status.code(), Some(2), "{output}: {told}");
        assert!(told.contains("output.unwritable") && told.contains("/dev/full"), "{output}: {told}");
    }
    let arguments = [&["check", "fixtures/village"][..], &DAY].concat();
    let full = fs::File::options().write(true).open("/dev/full").unwrap();
    let ended = support::command_in(&support::root(), &arguments).stdout(full).output().unwrap();
    assert_eq!(ended.status.code(), Some(2), "{}", String::from_utf8_lossy(&ended.stderr));
}

#[test]
fn a_signal_ends_a_run_with_what_is_done() {
    let batch = Batch::new(4);
    (0..40).for_each(|copy| {
        copy_folder(&batch.town_folder(0), &batch.folder.path().join(format!("批/甲{copy}镇")));
    });
    let arguments = [&["check", "批", "--threads", "1", "-o", "json:r.json"][..], &DAY].concat();
    let mut run = batch.command(&arguments).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    sleep(Duration::from_millis(1_500));
    assert!(Command::new("kill").args(["-TERM", &run.id().to_string()]).status().unwrap().success());
    let status = run.wait().unwrap();
    let report: Value = serde_json::from_str(&batch.read("r.json")).unwrap();
    let count = |field: &str| report[field].as_array().map_or(0, Vec::len);
    assert_eq!(count("organizations") + count("not_assessed"), 44, "each is in the report");
    assert_eq!(status.code(), Some(if count("not_assessed") > 0 { 2 } else { 0 }));
    let names = fs::read_dir(batch.folder.path()).unwrap().map(|entry| entry.unwrap().file_name());
    assert_eq!(names.count(), 2, "nothing is left beside the report");
}

fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        fs::copy(&path, to.join(path.file_name().unwrap())).unwrap();
    }
}

#[test]
fn a_table_that_is_gone_costs_its_submission_alone() {
    let batch = Batch::new(2);
    std::os::unix::fs::symlink("gone.csv", batch.town_folder(1).join("网格事件.csv")).unwrap();
    let ended = batch.check(&["-o", "json", "--no-cache", "--exit-zero"]);
    assert_eq!(ended.status, Some(2), "{}", ended.stderr);
    let report: Value = serde_json::from_str(&ended.stdout).unwrap();
    assert_eq!(report["organizations"].as_array().unwrap().len(), 1);
    let unreadable = &report["unreadable"][0];
    assert!(unreadable["file"].as_str().unwrap().ends_with("网格事件.csv"), "{unreadable}");
}
