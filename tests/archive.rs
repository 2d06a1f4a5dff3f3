//! A ZIP of a folder is read as that folder is, and refused by name where it is made to deceive.
#![expect(clippy::unwrap_used, reason = "tests fail by panicking")]
#![expect(clippy::indexing_slicing, reason = "tests fail by panicking")]

mod support;

use std::fs;
use std::path::Path;

use serde_json::Value;
use support::zipped::{ENCRYPTED, Entry, UTF8, archive};
use support::{AS_OF, root, wangge_in};

const ORGANIZATION: &str = "单位编号,单位名称,层级\n350500,测试县,县级\n";

/// The files of a fixture, each below `folder`.
fn fixture(name: &str, folder: &str) -> Vec<Entry> {
    let mut paths: Vec<_> =
        fs::read_dir(root().join("fixtures").join(name)).unwrap().map(Result::unwrap).collect();
    paths.sort_by_key(|entry| std::cmp::Reverse(entry.file_name()));
    let file = |entry: &fs::DirEntry| {
        let name = format!("{folder}{}", entry.file_name().to_str().unwrap());
        Entry::new(&name, &fs::read(entry.path()).unwrap())
    };
    paths.iter().map(file).collect()
}

fn small() -> Vec<Entry> {
    vec![
        Entry::new("甲县/被评估单位.csv", ORGANIZATION.as_bytes()),
        Entry::stored("甲县/部门机构.csv", "部门编号,部门名称\nB1,综合科\n".as_bytes()),
    ]
}

/// The report on what was written to `name` in `folder`.
fn report(folder: &Path, name: &str) -> Value {
    let own = ["check", name, "--as-of", AS_OF, "--exit-zero", "--no-cache", "-o", "json", "--lang", "zh"];
    let output = wangge_in(folder, &own);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(!said.contains("panicked") && !said.contains("internal"), "{said}");
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| unreachable!("{error}: {said}"))
}

/// The same of an archive of these entries.
fn report_of(entries: &[Entry]) -> Value {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("甲县.zip"), archive(entries)).unwrap();
    report(folder.path(), "甲县.zip")
}

/// The organization, without the path of its submission.
fn organization(mut report: Value) -> Value {
    let mut one = report["organizations"][0].take();
    one["submission"]["path"].take();
    assert!(one["score"].is_object(), "{}", report["unreadable"]);
    one
}

/// In which file, and why, an archive of these entries could not be read.
fn refusal(entries: &[Entry]) -> (String, String) {
    refusal_of(&archive(entries))
}

fn refusal_of(bytes: &[u8]) -> (String, String) {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("甲县.zip"), bytes).unwrap();
    let report = report(folder.path(), "甲县.zip");
    assert_eq!(report["organizations"], Value::Array(Vec::new()));
    let one = &report["unreadable"][0];
    assert!(!one["message"]["en"].as_str().unwrap().is_empty());
    (one["file"].as_str().unwrap().to_owned(), one["message"]["zh"].as_str().unwrap().to_owned())
}

fn with(extra: Entry) -> Vec<Entry> {
    [small(), vec![extra]].concat()
}

#[test]
fn an_archive_means_what_its_folder_means() {
    for name in ["formats/utf8", "formats/gbk", "formats/xlsx", "formats/workbook", "violations"] {
        let folder = organization(report(&root(), &format!("fixtures/{name}")));
        assert_eq!(organization(report_of(&fixture(name, ""))), folder, "{name}");
        assert_eq!(organization(report_of(&fixture(name, "甲县/"))), folder, "{name}, one folder");
        let gbk: Vec<_> = fixture(name, "甲县/").into_iter().map(Entry::in_gbk).collect();
        assert_eq!(organization(report_of(&gbk)), folder, "{name}, names in GBK");
    }
}

#[test]
fn what_lies_beside_the_tables_is_told_as_of_a_folder() {
    let beside = [
        ("下级/走访清单.csv", "户号,姓名\n"),
        ("乙镇/网格.csv", "网格编码,网格名称\nG1,一格\n"),
        ("丙镇/数据/网格.csv", "网格编码,网格名称\nG1,一格\n"),
        ("裁定.csv", "x"),
        ("下级/rulings.toml", "x"),
        ("内层.zip", "x"),
        ("说明.pdf", "x"),
        ("__MACOSX/._网格.csv", "x"),
    ];
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in [("被评估单位.csv", ORGANIZATION)].into_iter().chain(beside) {
        let path = folder.path().join("甲县").join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let of_folder = organization(report(folder.path(), "甲县"));
    let rules: Vec<_> =
        of_folder["findings"].as_array().unwrap().iter().map(|one| one["rule"].clone()).collect();
    for rule in ["data.nested-folder", "data.rulings-inside", "data.archive", "data.repeated-rows"] {
        assert!(rules.contains(&rule.into()), "{rule}: {rules:?}");
    }
    let mut entries =
        vec![Entry::stored("甲县/", b""), Entry::new("甲县/被评估单位.csv", ORGANIZATION.as_bytes())];
    entries.extend(beside.map(|(name, text)| {
        let inside = if name.starts_with("__") { name.to_owned() } else { format!("甲县/{name}") };
        Entry::new(&inside, text.as_bytes())
    }));
    assert_eq!(organization(report_of(&entries)), of_folder);
}

#[test]
fn a_large_table_is_unpacked_piece_by_piece() {
    let mut seed = 1_u64;
    let mut word = || {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        format!("{seed:016x}")
    };
    let mut row = |at: u32| format!("G{at},{}\n", (0..800).map(|_| word()).collect::<String>());
    let text = format!("网格编码,网格名称\n{}", (0..2_800).map(&mut row).collect::<String>());
    assert!(text.len() > 32 << 20);
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("甲县")).unwrap();
    fs::write(folder.path().join("甲县/网格.csv"), &text).unwrap();
    fs::write(folder.path().join("甲县/被评估单位.csv"), ORGANIZATION).unwrap();
    let entries =
        [Entry::new("网格.csv", text.as_bytes()), Entry::new("被评估单位.csv", ORGANIZATION.as_bytes())];
    fs::write(folder.path().join("甲县.zip"), archive(&entries)).unwrap();
    assert_eq!(organization(report(folder.path(), "甲县.zip")), organization(report(folder.path(), "甲县")));
    let mut wrong = entries.to_vec();
    wrong[0].crc ^= 1;
    let (file, why) = refusal(&wrong);
    assert_eq!((file.as_str(), why.as_str()), ("甲县.zip/网格.csv", "压缩包已损坏或不完整"));
}

#[test]
fn archives_are_submissions_of_a_batch_and_of_a_manifest() {
    let folder = tempfile::tempdir().unwrap();
    let batch = folder.path().join("批");
    fs::create_dir_all(batch.join("丙县")).unwrap();
    for (number, name) in [("350501", "甲县.zip"), ("350502", "乙县.ZIP"), ("350503", "丙县/材料.zip")]
    {
        let text = ORGANIZATION.replace("350500", number);
        fs::write(batch.join(name), archive(&[Entry::new("被评估单位.csv", text.as_bytes())])).unwrap();
    }
    fs::write(batch.join("丁县.zip"), "PK\x03\x04").unwrap();
    fs::write(batch.join("戊县.rar"), "x").unwrap();
    // A table that is nobody's does not make one submission of them.
    fs::write(batch.join("通讯录.csv"), "姓名,电话\n").unwrap();
    let all = report(folder.path(), "批");
    let ids: Vec<_> = all["organizations"].as_array().unwrap().iter().map(|one| one["id"].clone()).collect();
    assert_eq!(ids, ["350503", "350502", "350501"]);
    let unread: Vec<_> =
        all["unreadable"].as_array().unwrap().iter().map(|one| one["path"].clone()).collect();
    assert_eq!(unread, ["批/丁县.zip", "批/戊县.rar"]);
    fs::write(folder.path().join("清单.txt"), "批/甲县.zip\n").unwrap();
    let own = ["check", "--manifest", "清单.txt", "--as-of", AS_OF, "--exit-zero", "-o", "json"];
    let output = wangge_in(folder.path(), &own);
    let listed: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(listed["organizations"][0], all["organizations"][2]);
}

/// A ZIP64 whose directory has so many entries, none of which has bytes.
fn many_entries(entries: u32) -> Vec<u8> {
    let mut bytes = archive(&[Entry::stored("甲县/000000", b"")]);
    let start = u64::try_from(bytes.len()).unwrap();
    for number in 0..entries {
        bytes.extend(b"PK\x01\x02");
        bytes.extend([20, 3, 20, 0].iter().chain(&[0; 20]));
        bytes.extend([6, 0].iter().chain(&[0; 16]));
        bytes.extend(format!("{number:06}").as_bytes());
    }
    let end = u64::try_from(bytes.len()).unwrap();
    bytes.extend(b"PK\x06\x06\x2c\0\0\0\0\0\0\0\x2d\0\x2d\0\0\0\0\0\0\0\0\0");
    for figure in [u64::from(entries), u64::from(entries), end - start, start] {
        bytes.extend(figure.to_le_bytes());
    }
    bytes.extend(b"PK\x06\x07\0\0\0\0");
    bytes.extend(end.to_le_bytes());
    bytes.extend([1, 0, 0, 0]);
    bytes.extend(b"PK\x05\x06\0\0\0\0");
    bytes.extend([0xff; 12]);
    bytes.extend([0, 0]);
    bytes
}

#[test]
fn an_archive_of_very_many_entries_costs_itself_alone() {
    let folder = tempfile::tempdir().unwrap();
    let batch = folder.path().join("批");
    fs::create_dir_all(batch.join("甲县")).unwrap();
    fs::write(batch.join("甲县/被评估单位.csv"), ORGANIZATION).unwrap();
    fs::write(batch.join("乙县.zip"), many_entries(500_000)).unwrap();
    fs::create_dir(batch.join("丙县")).unwrap();
    fs::write(batch.join("丙县/被评估单位.xlsx"), many_entries(500_000)).unwrap();
    for cache in [["--no-cache"].as_slice(), &["--cache", "缓存"]] {
        let own = ["check", "批", "--as-of", AS_OF, "--exit-zero", "-o", "json", "--lang", "zh"];
        let output = wangge_in(folder.path(), &[&own, cache].concat());
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        let report: Value = serde_json::from_slice(&output.stdout).unwrap_or_else(|_| unreachable!("{said}"));
        assert_eq!(report["organizations"][0]["id"], "350500", "{said}");
        let unread = report["unreadable"].as_array().unwrap().iter();
        let unread: Vec<_> = unread.map(|one| [&one["path"], &one["message"]["zh"]]).collect();
        let wanted = [["批/丙县", "工作簿的部件数超过65535"], ["批/乙县.zip", "压缩包内的文件数超过65535"]];
        assert_eq!(unread, wanted, "{said}");
    }
}

#[test]
fn an_archive_that_changed_is_assessed_anew() {
    let folder = tempfile::tempdir().unwrap();
    let check = |name: &str| {
        let text = ORGANIZATION.replace("测试县", name);
        fs::write(folder.path().join("甲县.zip"), archive(&[Entry::new("被评估单位.csv", text.as_bytes())]))
            .unwrap();
        let own = ["check", "甲县.zip", "--as-of", AS_OF, "--exit-zero", "--cache", "缓存", "-o", "json"];
        let report: Value = serde_json::from_slice(&wangge_in(folder.path(), &own).stdout).unwrap();
        report["organizations"][0]["name"].clone()
    };
    assert_eq!([check("甲县"), check("甲县"), check("乙县")], ["甲县", "甲县", "乙县"]);
}

#[test]
fn what_deceives_is_refused_by_name() {
    let bomb = vec![b'0'; 33 << 20];
    let link = Entry { mode: 0o120_777, ..Entry::stored("甲县/网格.csv", b"/etc/passwd") };
    let reparse = Entry { mode: 0, attributes: 0x420, ..Entry::stored("甲县/网格.csv", b"") };
    let pipe = Entry { mode: 0o010_644, ..Entry::stored("甲县/网格.csv", b"") };
    let secret = Entry { flags: UTF8 | ENCRYPTED, ..Entry::new("甲县/网格.csv", b"x") };
    let nameless = Entry { name: b"\xff\xfe\xff.csv".to_vec(), flags: 0, ..Entry::new("", b"x") };
    let cases = [
        (Entry::new("甲县/网格.csv", &bomb), "“甲县/网格.csv”：解压后超过原大小的200倍"),
        (Entry::new("../网格.csv", b"x"), "“../网格.csv”：名称指向压缩包之外"),
        (Entry::new("/etc/网格.csv", b"x"), "“/etc/网格.csv”：名称指向压缩包之外"),
        (Entry::new("甲县\\网格.csv", b"x"), "名称指向压缩包之外，或用反斜杠分隔"),
        (Entry::new("C:/网格.csv", b"x"), "“C:/网格.csv”：名称指向压缩包之外"),
        (Entry::new("甲县/nul.csv", b"x"), "“甲县/nul.csv”：名称中有控制字符"),
        (Entry::new("甲县/网格\u{202e}xslx.csv", b"x"), "名称中有控制字符、不可见字符"),
        (link, "“甲县/网格.csv”：是链接，不跟随"),
        (reparse, "“甲县/网格.csv”：是链接，不跟随"),
        (pipe, "“甲县/网格.csv”：不是普通文件"),
        (secret, "“甲县/网格.csv”：有密码，不能读取"),
        (Entry::new("甲县/被评估单位.CSV", b"x"), "“甲县/被评估单位.CSV”：有两个同名的"),
        (nameless, "名称的编码既不是UTF-8"),
        (
            Entry { method: 12, ..Entry::new("甲县/网格.csv", b"x") },
            "“甲县/网格.csv”：采用了不读取的压缩方式",
        ),
    ];
    for (entry, wanted) in cases {
        let (file, why) = refusal(&with(entry));
        assert_eq!(file, "甲县.zip", "{why}");
        assert!(why.contains(wanted), "{why} for {wanted}");
    }
    let (_, why) = refusal(&with(small().remove(0)));
    assert!(why.contains("同名"), "{why}");
    let overlapping = Entry { of: Some(0), ..Entry::new("甲县/方针目标.csv", ORGANIZATION.as_bytes()) };
    let (_, why) = refusal(&with(overlapping));
    assert_eq!(why, "压缩包异常：条目的数据相互重叠");
}

#[test]
fn sizes_and_checksums_that_lie_are_found_out() {
    let honest = "网格编码,网格名称\nG1,一格\n".as_bytes();
    let lies = [
        Entry { bytes: 3, ..Entry::new("甲县/网格.csv", honest) },
        Entry { bytes: 3_000, ..Entry::new("甲县/网格.csv", honest) },
        Entry { crc: 7, ..Entry::new("甲县/网格.csv", honest) },
        Entry { packed: b"\xff\xff\xff".to_vec(), ..Entry::new("甲县/网格.csv", honest) },
        Entry { crc: 7, ..Entry::stored("甲县/网格.csv", honest) },
        Entry { crc: 7, ..Entry::new("甲县/网格.xlsx", honest) },
    ];
    for lie in lies {
        let said = format!("{lie:?}");
        let (file, why) = refusal(&with(lie));
        assert!(file.starts_with("甲县.zip/网格."), "{file} {said}");
        assert_eq!(why, "压缩包已损坏或不完整", "{said}");
    }
}

#[test]
fn what_is_wrong_inside_is_found_at_its_place() {
    let (file, _) = refusal(&with(Entry::new("甲县/网格.csv", "网格编码,网格名称\nG1,\"一格\n".as_bytes())));
    assert_eq!(file, "甲县.zip/网格.csv");
    let (file, why) = refusal(&with(Entry::new("甲县/网格.numbers", b"x")));
    assert_eq!((file.as_str(), why.as_str()), ("甲县.zip/网格.numbers", "不读取这种格式的表格"));
    let (file, why) = refusal(&with(Entry::new("甲县/网格.xlsx", b"PK\x03\x04 no")));
    assert!(file == "甲县.zip/网格.xlsx" && why.contains("工作簿已损坏"), "{file} {why}");
}

/// The files of an organization with this id, below a folder.
fn of_organization(id: &str, folder: &str) -> Vec<Entry> {
    let own = ORGANIZATION.replace("350500", id);
    let grids = format!("网格编码,网格名称\nG{id},一格\n");
    vec![
        Entry::new(&format!("{folder}被评估单位.csv"), own.as_bytes()),
        Entry::new(&format!("{folder}网格.csv"), grids.as_bytes()),
    ]
}

/// Path and id of each submission in what was written to 全市.zip.
fn ids(entries: &[Entry]) -> Vec<(String, String)> {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("全市.zip"), archive(entries)).unwrap();
    let report = report(folder.path(), "全市.zip");
    assert!(report["unreadable"].as_array().is_none_or(Vec::is_empty), "{}", report["unreadable"]);
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let all = report["organizations"].as_array().unwrap().iter();
    all.map(|one| (text(&one["submission"]["path"]), text(&one["id"]))).collect()
}

#[test]
fn an_archive_of_several_submissions_is_a_batch() {
    let wanted = |paths: [&str; 2]| {
        paths
            .into_iter()
            .zip(["2", "1"])
            .map(|(path, id)| (path.to_owned(), id.to_owned()))
            .collect::<Vec<_>>()
    };
    let both = |above: &str| {
        [of_organization("1", &format!("{above}甲县/")), of_organization("2", &format!("{above}乙县/"))]
            .concat()
    };
    assert_eq!(ids(&both("")), wanted(["全市.zip/乙县", "全市.zip/甲县"]));
    assert_eq!(ids(&both("全市/")), wanted(["全市.zip/全市/乙县", "全市.zip/全市/甲县"]));
    let gbk: Vec<_> = both("全市/").into_iter().map(Entry::in_gbk).collect();
    assert_eq!(ids(&gbk), wanted(["全市.zip/全市/乙县", "全市.zip/全市/甲县"]));
    let inner = |id: &str| archive(&of_organization(id, "材料/"));
    let of_archives = [Entry::stored("甲县.zip", &inner("1")), Entry::new("乙县.zip", &inner("2"))];
    assert_eq!(ids(&of_archives), wanted(["全市.zip/乙县.zip", "全市.zip/甲县.zip"]));
    assert_eq!(ids(&of_organization("1", "甲县/材料/")), [("全市.zip/甲县/材料".to_owned(), "1".to_owned())]);
}

#[test]
fn a_place_in_an_archive_can_be_given() {
    let folder = tempfile::tempdir().unwrap();
    let both = [of_organization("1", "甲县/"), of_organization("2", "乙县/")].concat();
    fs::write(folder.path().join("全市.zip"), archive(&both)).unwrap();
    assert_eq!(organization(report(folder.path(), "全市.zip/乙县"))["id"], "2");
}

#[test]
fn one_submission_of_a_batch_that_cannot_be_read_is_told_at_its_place() {
    let bad = Entry::new("丙县/网格.csv", "网格编码,网格名称\nG1,\"一格\n".as_bytes());
    let organization = Entry::new("丙县/被评估单位.csv", ORGANIZATION.as_bytes());
    let none = Entry::new("丁县/说明.pdf", b"x");
    let folder = tempfile::tempdir().unwrap();
    let all = [of_organization("1", "甲县/"), of_organization("2", "乙县/"), vec![bad, organization, none]];
    fs::write(folder.path().join("全市.zip"), archive(&all.concat())).unwrap();
    let report = report(folder.path(), "全市.zip");
    assert_eq!(report["organizations"].as_array().unwrap().len(), 2);
    let files: Vec<_> = report["unreadable"].as_array().unwrap().iter().map(|one| &one["file"]).collect();
    assert_eq!(files, ["全市.zip/丁县", "全市.zip/丙县/网格.csv"]);
}

#[test]
fn what_is_no_archive_of_submissions_is_told() {
    assert_eq!(refusal(&[Entry::new("说明.pdf", b"x")]).1, "压缩包里没有可读取的数据表");
    assert_eq!(refusal(&[]).1, "压缩包里没有可读取的数据表");
    assert_eq!(refusal_of(b"text").1, "扩展名是 .zip，内容却不是 ZIP 压缩包");
    let whole = archive(&small());
    for cut in [5, whole.len() / 2, whole.len() - 1] {
        assert_eq!(refusal_of(&whole[..cut]).1, "压缩包已损坏或不完整", "{cut}");
    }
}

#[test]
fn an_archive_cut_or_changed_anywhere_never_ends_the_program() {
    let whole = archive(&small());
    let folder = tempfile::tempdir().unwrap();
    let batch = folder.path().join("批");
    fs::create_dir(&batch).unwrap();
    for at in (0..whole.len()).step_by(3) {
        let mut changed = whole.clone();
        changed[at] ^= 0x55;
        fs::write(batch.join(format!("{at:04}.zip")), changed).unwrap();
        fs::write(batch.join(format!("{at:04}-cut.zip")), &whole[..at]).unwrap();
    }
    let report = report(folder.path(), "批");
    let count = |list: &str| report[list].as_array().unwrap().len();
    assert_eq!(count("organizations") + count("unreadable"), 2 * whole.len().div_ceil(3));
    assert!(count("unreadable") > whole.len() / 3);
}
