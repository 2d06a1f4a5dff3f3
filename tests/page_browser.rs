//! The pages in a real browser, driven by `tests/page/check.py`: they open without a request or a word on the console,
//! filters work by pointer and keyboard, both languages are there, rulings become a file that `--rulings` reads, and
//! paper comes out.
#![expect(clippy::unwrap_used, reason = "tests fail by panicking")]

mod support;

use std::fs;
use std::process::Command;

use support::golden::catalog;
use support::written::written;
use support::{crowd, root, sample};
use wangge::ingest::rulings;
use wangge::model::last_list::LastProblem;
use wangge::model::report::Organization;
use wangge::model::text::Lang;
use wangge::report::output::list_lines;

/// A list of last time: the first problem is not in it, the second was put right, the others are open, one more is gone.
fn carry(one: &mut Organization) {
    let mut lines: Vec<_> = list_lines(one, Lang::Zh).into_iter().skip(1).collect();
    "已整改".clone_into(&mut lines.first_mut().unwrap().status);
    let gone = LastProblem {
        fingerprint: "0123456789abcdef".to_owned(),
        problem: "上次的问题<b>".to_owned(),
        department: "综合科".to_owned(),
        until: "2026-09-30".to_owned(),
        ..LastProblem::default()
    };
    lines.push(gone);
    one.last_list = Some(lines);
}

#[test]
fn pages_work_in_a_browser() {
    let folder = tempfile::tempdir().unwrap();
    let mut one = sample::report(&catalog());
    one.organizations.truncate(1);
    one.organizations.iter_mut().for_each(carry);
    let mut few = crowd::report(30);
    few.organizations.iter_mut().take(1).for_each(carry);
    for (name, report) in [("one", one), ("few", few), ("many", crowd::report(3_000))] {
        fs::write(folder.path().join(format!("{name}.html")), written("html", Lang::Zh, &report)).unwrap();
    }
    let checked =
        Command::new("python3").arg(root().join("tests/page/check.py")).arg(folder.path()).output().unwrap();
    let said =
        format!("{}{}", String::from_utf8_lossy(&checked.stdout), String::from_utf8_lossy(&checked.stderr));
    assert!(checked.status.success(), "{said}");
    let rulings = rulings::read(&folder.path().join("裁定.csv"), &catalog(), false).unwrap();
    let told: Vec<_> = rulings
        .iter()
        .map(|one| (one.organization.as_str(), one.target.as_str(), one.verdict.words().0, one.by.as_str()))
        .collect();
    assert_eq!(told, [("510107", "A.1.1.a", "unmet", "=李"), ("510107", "A.1.4.d", "value", "=李")]);
    assert_eq!(rulings.first().map(|one| one.reason.as_str()), Some("现场未见，“原件”\n第二行,\"引号\""));
}
