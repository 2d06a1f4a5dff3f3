//! The budget of memory changes nothing but the pace: the same report with any.
#![expect(clippy::unwrap_used, clippy::panic, reason = "tests fail by panicking")]

mod support;

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use wangge::assessment::assess::{Rulings, assess};
use wangge::assessment::session::Session;
use wangge::table::column::CHUNK;

/// Everything an assessment says.
fn told(session: &Session, path: &Path) -> String {
    match assess(session, path, Rulings { all: &[], self_evaluation: false }) {
        Ok(assessed) => format!("{:#?}{:#?}", assessed.organization, assessed.faults),
        Err(fault) => format!("{fault:#?}"),
    }
}

/// Asserts that both are the same, without printing megabytes where they are not.
fn same(one: &str, other: &str, what: &str) {
    if let Some((a, b)) = one.lines().zip(other.lines()).find(|(a, b)| a != b) {
        panic!("{what}: {a} / {b}");
    }
    assert_eq!(one.len(), other.len(), "{what}");
}

/// The clean fixture with events over several chunks, some of them at fault: dangling references, doubled keys,
/// empty cells, wrong dates, doubled rows.
fn many_events(folder: &Path) {
    for entry in fs::read_dir(support::root().join("fixtures/clean")).unwrap() {
        let entry = entry.unwrap();
        if entry.file_name() != "网格事件.csv" {
            fs::copy(entry.path(), folder.join(entry.file_name())).unwrap();
        }
    }
    let mut events = String::from(
        "事件编号,事件类别,网格编码,上报人工号,上报日期,受理日期,办结期限,办结日期,处置部门,处置结果\n",
    );
    for n in 0..2 * CHUNK + 77 {
        let number = if n % 5001 == 7 { 3 } else { n };
        let grid =
            if n % 4099 == 5 { "无此网格".to_owned() } else { format!("35060200100{:04}", n % 97) };
        let (day, due) = (n % 28 + 1, n % 30 + 1);
        let accepted = if n % 3001 == 1 { "昨天".to_owned() } else { format!("2026-05-{day:02}") };
        let result = if n % 2003 == 2 { "" } else { "已办结" };
        writeln!(
            events,
            "E{number},纠纷{},{grid},W{},2026-05-{day:02},{accepted},2026-06-{due:02},2026-06-01,{n}科,{result}",
            n % 7,
            n % 89
        )
        .unwrap();
    }
    fs::write(folder.join("网格事件.csv"), events).unwrap();
}

#[test]
fn fixtures_are_assessed_the_same_in_little_memory() {
    let (ample, scarce) = (support::session(), support::session_within(0));
    for path in ["fixtures/clean", "fixtures/violations", "fixtures/village"] {
        let whole = support::root().join(path);
        same(&told(&ample, &whole), &told(&scarce, &whole), path);
    }
}

#[test]
fn large_tables_are_assessed_the_same_in_little_memory() {
    let folder = tempfile::tempdir().unwrap();
    many_events(folder.path());
    let ample = told(&support::session(), folder.path());
    for code in ["data.dangling-reference", "data.duplicate-key", "data.wrong-type"] {
        assert!(ample.contains(code), "{code}");
    }
    let mut scarce = support::session_within(0);
    same(&ample, &told(&scarce, folder.path()), "kernels");
    assert_eq!(scarce.memory.held(), 0);
    scarce.interpret = true;
    same(&ample, &told(&scarce, folder.path()), "interpreted");
}

#[test]
fn a_size_that_is_none_is_a_usage_error() {
    for (lang, said) in [("zh", "不是内存大小"), ("en", "is no size of memory")] {
        let output = support::wangge(&["check", "fixtures/clean", "--memory", "viel", "--lang", lang]);
        assert_eq!(output.status.code(), Some(2));
        assert!(String::from_utf8(output.stderr).unwrap().contains(said), "{lang}");
    }
    let output =
        support::wangge(&["check", "fixtures/clean", "--memory", "1M", "--as-of", support::AS_OF, "-q"]);
    assert_ne!(output.status.code(), Some(2), "{}", String::from_utf8_lossy(&output.stderr));
}
