//! Reports read back: every format is written from the JSON byte for byte as by the run; what is no report is refused.
#![expect(clippy::unwrap_used, reason = "tests fail by panicking")]

mod support;

use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::path::Path;

use support::batch::{Batch, Ended, id};
use support::{AS_OF, root, wangge_in};
use wangge::report::output::FORMATS;

/// All outputs there are, into a folder.
fn outputs(folder: &str) -> Vec<String> {
    let mut all = Vec::new();
    for format in FORMATS.iter().filter(|format| format.writer.is_some()) {
        all.extend(["-o".to_owned(), format!("{}:{folder}/报告.{}", format.name, format.name)]);
        if format.fills_folders {
            all.extend(["-o".to_owned(), format!("{}:{folder}/{}/", format.name, format.name)]);
        }
    }
    all
}

/// Every file below a folder.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut all = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let name = entry.file_name().into_string().unwrap();
        if entry.path().is_dir() {
            all.extend(
                files(&entry.path()).into_iter().map(|(below, bytes)| (format!("{name}/{below}"), bytes)),
            );
        } else {
            all.insert(name, fs::read(entry.path()).unwrap());
        }
    }
    all
}

fn run(folder: &Path, arguments: &[&str], outputs: &[String]) -> Ended {
    let outputs = outputs.iter().map(String::as_str);
    let all: Vec<&str> = arguments.iter().copied().chain(outputs).collect();
    Ended::from(wangge_in(folder, &all))
}

/// Writes everything by a run, and again of its JSON, plain and packed.
#[track_caller]
fn same(folder: &Path, paths: &[&str], unmask: bool, lang: &str) {
    let own = ["--lang", lang, "--top", "0"];
    let unmask: &[&str] = if unmask { &["--unmask"] } else { &[] };
    let check = ["check", "--as-of", AS_OF, "--no-cache", "--exit-zero"];
    for name in ["直接", "再写", "再写压缩"] {
        fs::create_dir(folder.join(name)).unwrap();
    }
    let ended = run(folder, &[&check, paths, &own, unmask].concat(), &outputs("直接"));
    let direct = files(&folder.join("直接"));
    let written = FORMATS.iter().filter(|format| format.writer.is_some());
    let least = written.map(|format| 1 + usize::from(format.fills_folders)).sum();
    assert!(direct.len() >= least && direct.values().all(|bytes| !bytes.is_empty()), "{ended:?}");
    for (from, to) in [("直接/报告.json", "再写"), ("直接/报告.json.zst", "再写压缩")] {
        let ended = run(folder, &[&["report", "--from", from], &own[..], unmask].concat(), &outputs(to));
        assert_eq!((ended.status, ended.stderr.as_str()), (Some(0), ""));
        let again = files(&folder.join(to));
        let names: Vec<_> = again.keys().collect();
        assert_eq!(names, direct.keys().collect::<Vec<_>>());
        let differ: Vec<_> = names.into_iter().filter(|name| again.get(*name) != direct.get(*name)).collect();
        assert!(differ.is_empty(), "{differ:?}");
    }
}

fn of_fixture(name: &str, unmask: bool, lang: &str) {
    let folder = tempfile::tempdir().unwrap();
    let path = root().join("fixtures").join(name);
    same(folder.path(), &[path.to_str().unwrap()], unmask, lang);
}

#[test]
fn of_a_clean_submission() {
    of_fixture("clean", false, "zh");
}

#[test]
fn of_one_with_every_fault() {
    of_fixture("violations", false, "zh");
    of_fixture("violations", false, "en");
}

#[test]
fn of_a_village() {
    of_fixture("village", false, "en");
}

#[test]
fn of_one_with_personal_data() {
    of_fixture("violations", true, "zh");
}

#[test]
fn of_a_batch_with_rulings_and_what_cannot_be_read() {
    let batch = Batch::new(6);
    let row = format!("{},A.1.8.b,met,,team,李明,2026-05-20,,看过,\n", id(0));
    let head = "organization,target,ruling,value,role,by,date,expires,reason,evidence\n";
    batch.write("批/rulings.csv", &format!("{head}{row}"));
    same(batch.folder.path(), &["批"], false, "zh");
}

/// A report of the clean fixture as text.
fn clean(folder: &Path, more: &[&str]) -> String {
    let path = root().join("fixtures/clean");
    let own = ["check", path.to_str().unwrap(), "--as-of", AS_OF, "--no-cache", "-o", "json:好.json"];
    assert_eq!(run(folder, &[&own, more].concat(), &[]).status, Some(0));
    fs::read_to_string(folder.join("好.json")).unwrap()
}

/// What is said of a report, in a language.
fn told(folder: &Path, file: &str, lang: &str, more: &[&str]) -> (Option<i32>, String) {
    let asked = ["report", "--from", file, "--lang", lang, "-o", "json:出.json"];
    let ended = run(folder, &[&asked, more].concat(), &[]);
    assert!(!folder.join("出.json").exists(), "{file}");
    ended.told()
}

#[test]
fn what_is_no_report_of_ours_is_refused_where_it_is_wrong() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let good = clean(folder, &[]);
    let half: String = good.chars().take(good.len() / 4).collect();
    let digest = good.lines().find(|line| line.contains("\"digest\"")).unwrap();
    let cases: &[(&str, String, [&str; 2])] = &[
        ("cut", half, ["不是有效的报告文件", "not a report"]),
        (
            "edited",
            good.replacen("\"outcome\": \"met\"", "\"outcome\": \"unmet\"", 1),
            ["摘要不符", "digest"],
        ),
        ("newer", good.replacen("wangge.report/1", "wangge.report/2", 1), ["本程序只认", "wangge.report/2"]),
        ("huge", good.replacen("\"full\": 500", "\"full\": 4294967295", 1), ["第1个单位", "organization 1"]),
        ("negative", good.replacen("\"full\": 500", "\"full\": -1", 1), ["不是有效的报告文件", "-1"]),
        ("day", good.replacen(AS_OF, "昨天", 1), ["as_of", "as_of"]),
        ("more", format!("{good}{{}}"), ["不是有效的报告文件", "trailing"]),
        ("old", good.replace(digest, "\"x\": 0"), ["缺少", "lacks"]),
        ("table", "单位编号,单位\r\n1,甲\r\n".to_owned(), ["不是有效的报告文件", "not a report"]),
        ("empty", String::new(), ["不是有效的报告文件", "not a report"]),
    ];
    for (name, text, words) in cases {
        let file = format!("{name}.json");
        assert_ne!(*text, good, "{name}");
        fs::write(folder.join(&file), text).unwrap();
        for (lang, word) in ["zh", "en"].into_iter().zip(words) {
            let (status, said) = told(folder, &file, lang, &[]);
            assert_eq!(status, Some(2), "{name}: {said}");
            assert!(said.contains(word) && said.contains(&file), "{name}: {said}");
        }
    }
    let (status, said) = told(folder, ".", "zh", &[]);
    assert!(status == Some(2) && said.contains("报告读不出来"), "{said}");
    let mut packed = zstd(&good);
    packed.truncate(packed.len() / 2);
    fs::write(folder.join("半.json.zst"), packed).unwrap();
    assert_eq!(told(folder, "半.json.zst", "zh", &[]).0, Some(2));
    fs::write(folder.join("整.zst"), zstd(&good)).unwrap();
    let ended = run(folder, &["report", "--from", "整.zst", "-o", "json"], &[]);
    assert_eq!((ended.status, ended.stdout), (Some(0), good));
}

fn zstd(text: &str) -> Vec<u8> {
    let mut packer = zstd::stream::write::Encoder::new(Vec::new(), 1).unwrap();
    packer.write_all(text.as_bytes()).unwrap();
    packer.finish().unwrap()
}

#[test]
fn a_report_that_is_written_otherwise_but_says_the_same_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let good = clean(folder.path(), &[]);
    let mut value: serde_json::Value = serde_json::from_str(&good).unwrap();
    value.as_object_mut().unwrap().insert("note".to_owned(), "ours".into());
    fs::write(folder.path().join("别.json"), value.to_string()).unwrap();
    let ended = run(folder.path(), &["report", "--from", "别.json", "-o", "json"], &[]);
    assert_eq!((ended.status, ended.stdout), (Some(0), good));
}

#[test]
fn personal_data_is_neither_shown_unasked_nor_brought_back() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    clean(folder, &["--unmask"]);
    let (status, said) = told(folder, "好.json", "zh", &[]);
    assert!(status == Some(2) && said.contains("--unmask") && said.contains("重新评估"), "{said}");
    let ended = run(folder, &["report", "--from", "好.json", "--lang", "zh", "--unmask"], &[]);
    assert!(ended.status == Some(0) && ended.stdout.contains("本报告含未遮盖的个人信息"), "{ended:?}");
    clean(folder, &[]);
    let (status, said) = told(folder, "好.json", "en", &["--unmask"]);
    assert!(status == Some(2) && said.contains("cannot bring it back"), "{said}");
}

#[test]
fn options_that_change_the_assessment_are_refused_by_name() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    clean(folder, &[]);
    for more in [
        ["--policy", "line_f=each"],
        ["--rulings", "裁定.csv"],
        ["--packs", "包"],
        ["--as-of", "2026-01-01"],
        ["--min-score", "480"],
        ["--registry", "a.csv"],
    ] {
        let (status, said) = told(folder, "好.json", "zh", &more);
        assert!(status == Some(2) && said.contains(&format!("{} 用于评估", more[0])), "{said}");
    }
    let (status, said) = told(folder, "好.json", "en", &["--self"]);
    assert!(status == Some(2) && said.contains("--self is about assessing"), "{said}");
    let ended = run(folder, &["report", "--from", "好.json", "-o", "shard:片"], &[]);
    assert_eq!(ended.status, Some(2));
}
