//! Limits that the system sets: the run ends with 2 and says which it was, whatever it meets.
#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "tests fail by panicking")]

mod support;

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::process::Command;

use support::AS_OF;
use support::batch::{Batch, Ended};

/// Runs the program in a shell after `before`, its streams redirected as `after` says.
fn shell(batch: &Batch, before: &str, arguments: &[&str], after: &str) -> Ended {
    let script = format!("{before} exec \"$0\" \"$@\" {after}");
    let mut command = Command::new("sh");
    command.args(["-c", &script, env!("CARGO_BIN_EXE_wangge")]).args(arguments);
    command.current_dir(batch.folder.path()).env_clear().env("LANG", "C.UTF-8").env("PATH", "/usr/bin:/bin");
    command.output().unwrap().into()
}

const CHECK: [&str; 9] = ["check", "批", "--as-of", AS_OF, "--no-cache", "--lang", "zh", "--threads", "2"];

fn check(batch: &Batch, before: &str, more: &[&str], after: &str) -> Ended {
    shell(batch, before, &[CHECK.as_slice(), more].concat(), after)
}

/// It ended by itself, and said why where it could not judge.
#[track_caller]
fn ended_well(ended: &Ended, what: &str) {
    assert!(matches!(ended.status, Some(0..=2)), "{what}: {:?} {}", ended.status, ended.stderr);
    assert!(ended.status != Some(2) || !ended.stderr.trim().is_empty(), "{what} says nothing");
    assert!(!ended.stderr.contains("panicked"), "{what}: {}", ended.stderr);
    assert!(!ended.stderr.contains("pack.died"), "{what} blames a pack: {}", ended.stderr);
}

#[test]
fn little_memory_ends_in_a_result_or_in_two() {
    let batch = Batch::new(3);
    for kilobytes in (60..460).step_by(20).map(|megabytes| megabytes * 1000) {
        let ended = check(&batch, &format!("ulimit -v {kilobytes};"), &["-o", "json:出.json"], "");
        // Below this not even the program can be loaded, which the shell or the loader says.
        if kilobytes >= 100_000 {
            ended_well(&ended, &format!("{kilobytes} kB"));
        }
    }
}

#[cfg(target_os = "linux")]
#[test]
fn few_processes_end_in_a_result_or_in_two() {
    let batch = Batch::new(3);
    // Where the program was built, others may not look.
    let program = batch.folder.path().join("wangge");
    fs::copy(env!("CARGO_BIN_EXE_wangge"), &program).unwrap();
    // Temporary folders are their owner's alone, and the limit does not hold for the administrator.
    fs::set_permissions(batch.folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
    let root = Command::new("id").arg("-u").output().unwrap().stdout == b"0\n";
    let other = ["setpriv", "--reuid", "54321", "--clear-groups", "--inh-caps=-all"];
    let run = |limit: &str, arguments: &[&str]| {
        let mut command = Command::new("prlimit");
        command.arg(format!("--nproc={limit}")).args(other.iter().filter(|_| root));
        command.arg(&program).args(arguments).current_dir(batch.folder.path());
        command.env_clear().env("LANG", "C.UTF-8").env("PATH", "/usr/bin:/bin");
        Ended::from(command.output().unwrap())
    };
    let free = run("1000", &["--version"]);
    assert_eq!(free.status, Some(0), "prlimit or setpriv does not work here: {}", free.stderr);
    for limit in 1..12 {
        let limit = limit.to_string();
        let checked = run(&limit, &[CHECK.as_slice(), &["-o", "json"]].concat());
        ended_well(&checked, &format!("{limit} processes"));
        ended_well(&run(&limit, &["rules", "list"]), &format!("{limit} processes, list"));
    }
    let told = run("1", &CHECK);
    assert!(
        told.status == Some(2) && told.stderr.contains("线程或进程"),
        "{:?} {}",
        told.status,
        told.stderr
    );
}

#[test]
fn a_file_that_may_not_grow_is_told_and_leaves_nothing() {
    let batch = Batch::new(3);
    for output in ["json:出.json", "jsonl:出.json"] {
        let ended = check(&batch, "ulimit -f 16;", &["-o", output], "");
        assert_eq!(ended.status, Some(2), "{}", ended.stderr);
        assert!(ended.stderr.contains("ulimit -f"), "{}", ended.stderr);
    }
    let shard = check(&batch, "ulimit -f 16;", &["-o", "shard:片"], "");
    assert!(shard.status == Some(2) && shard.stderr.contains("ulimit -f"), "{}", shard.stderr);
    for format in ["json", "jsonl", "terminal"] {
        let ended = check(&batch, "ulimit -f 1;", &["-o", format], "> 流");
        assert!(ended.status == Some(2) && ended.stderr.contains("ulimit -f"), "{format}: {}", ended.stderr);
    }
    let mut left: Vec<_> =
        fs::read_dir(batch.folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    left.sort();
    assert_eq!(left, ["批", "流", "片"]);
}

#[test]
fn a_result_that_cannot_be_told_is_no_success() {
    let batch = Batch::new(2);
    for format in ["json", "jsonl", "terminal"] {
        let output = ["--exit-zero", "-o", format];
        let ended = check(&batch, "", &output, ">&-");
        assert_eq!(ended.status, Some(2), "{format}");
        assert!(ended.stderr.contains("标准输出是关闭的"), "{format}: {}", ended.stderr);
        assert_eq!(check(&batch, "", &output, "> /dev/full").status, Some(2), "{format}");
        assert_eq!(check(&batch, "", &output, "> /dev/null").status, Some(0), "{format}");
        assert_eq!(check(&batch, "", &output, "<> /dev/null >&0").status, Some(0), "{format}");
        assert_eq!(check(&batch, "", &output, "<&-").status, Some(0), "{format}");
    }
    for command in
        [["rules", "list"].as_slice(), &["rules", "matrix"], &["explain", "A.1.2"], &["schema"], &["--help"]]
    {
        assert_eq!(shell(&batch, "", command, ">&-").status, Some(2), "{command:?}");
        assert_eq!(shell(&batch, "", command, "> /dev/null").status, Some(0), "{command:?}");
    }
    let kept = check(&batch, "", &["--exit-zero", "-o", "json:出.json"], ">&-");
    assert_eq!((kept.status, kept.stderr.as_str()), (Some(0), ""), "nothing was to be told there");
}

#[test]
fn what_a_killed_run_left_behind_is_removed_by_the_next_and_is_nobody_elses_to_read() {
    let batch = Batch::new(2);
    let mut dead = Command::new("true").spawn().unwrap();
    dead.wait().unwrap();
    let (stale, old) = (format!(".wangge-{}-Ab1.tmp", dead.id()), ".wangge-Ab1Cd2.tmp");
    batch.write(&format!("出/{stale}"), "x");
    batch.write(&format!("出/{old}"), "x");
    batch.write("出/报告.json", "x");
    let path = |name: &str| batch.folder.path().join("出").join(name);
    fs::set_permissions(path("报告.json"), fs::Permissions::from_mode(0o600)).unwrap();
    let ended = check(&batch, "", &["-o", "json:出/报告.json", "-o", "jsonl:出/行.jsonl"], "");
    assert!(!path(&stale).exists() && path(old).exists());
    assert_eq!(ended.stderr.matches(old).count(), 1, "{}", ended.stderr);
    let mode = |name: &str| fs::metadata(path(name)).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode("报告.json"), 0o600);
    fs::write(path("别的"), "").unwrap();
    assert_eq!(mode("行.jsonl"), mode("别的"));
}

#[cfg(target_os = "linux")]
#[test]
fn what_the_system_says_is_told_in_chinese() {
    let batch = Batch::new(1);
    let ended = check(&batch, "", &["-o", "json:/proc/出.json"], "");
    assert_eq!(ended.status, Some(2));
    assert!(ended.stderr.contains("写不出结果：目标文件夹不存在\n"), "{}", ended.stderr);
    assert!(!ended.stderr.contains("os error"), "{}", ended.stderr);
}
