//! The cache: what has not changed is not assessed again, and nothing else than that is believed.
#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests fail by panicking")]

mod support;

use std::fs;
use std::path::PathBuf;

use support::batch::{Batch, Ended, assert_same, files, id};

const RULINGS: &str = "organization,target,ruling,value,role,by,date,expires,reason,evidence\n";

fn ruling(number: usize, word: &str) -> String {
    format!("{},A.1.8.b,{word},,team,李明,2026-05-20,,看过,\n", id(number))
}

/// Runs with the cache; the same must come of it as without.
#[track_caller]
fn same(batch: &Batch, arguments: &[&str]) -> Ended {
    let run = |format, cache: &[&str]| batch.check(&[&["-o", format], cache, arguments].concat());
    let with = run("json", &["--cache", "缓存"]);
    assert_same(&with, &run("json", &["--no-cache"]), "cache");
    assert_same(&run("terminal", &["--cache", "缓存"]), &run("terminal", &["--no-cache"]), "cache");
    with
}

fn entries(batch: &Batch) -> Vec<PathBuf> {
    let found = files(&batch.folder.path().join("缓存/assessments-1"));
    found.into_iter().filter(|path| path.extension().is_some_and(|ending| ending == "entry")).collect()
}

/// The entries as they are written.
fn contents(batch: &Batch) -> Vec<Vec<u8>> {
    entries(batch).iter().map(|path| fs::read(path).unwrap()).collect()
}

/// Lies in every entry where the whole and the checksum still look right, so that a hit can be told from a miss.
fn mark(batch: &Batch) {
    use sha2::{Digest, Sha256};
    for path in entries(batch) {
        let text = fs::read_to_string(&path).unwrap();
        let body = text.split_once('\n').unwrap().1.replace("凤鸣镇", "标记镇");
        let digest = wangge::model::digest::hex(&Sha256::digest(body.as_bytes()));
        fs::write(&path, format!("wangge.cache/1 {digest}\n{body}")).unwrap();
    }
}

/// How many come from the marked entries; the last line is the report without organizations.
fn marked(batch: &Batch, more: &[&str]) -> usize {
    let ended = batch.check(&[&["-o", "jsonl", "--cache", "缓存"], more].concat());
    let lines: Vec<_> = ended.stdout.lines().collect();
    let (_, organizations) = lines.split_last().unwrap();
    organizations.iter().filter(|line| line.contains(r#""name":"标记镇"#)).count()
}

#[test]
fn a_second_run_comes_from_the_cache_and_says_the_same() {
    let batch = Batch::new(6);
    batch.write("批/rulings.csv", &format!("{RULINGS}{}", ruling(1, "met")));
    let first = same(&batch, &[]);
    assert_eq!(first.status, Some(2), "one cannot be read");
    assert_eq!(entries(&batch).len(), 5, "what cannot be read is not kept");
    assert_same(&same(&batch, &[]), &first, "again");
    mark(&batch);
    assert_eq!(marked(&batch, &[]), 5);
}

#[test]
fn what_changed_is_assessed_anew_and_the_rest_is_not() {
    let batch = Batch::new(4);
    same(&batch, &[]);
    mark(&batch);
    let table = batch.town_folder(2).join("服务效率.csv");
    let text = fs::read_to_string(&table).unwrap();
    fs::write(&table, format!("{text}\n")).unwrap();
    assert_eq!(marked(&batch, &[]), 3);
    fs::create_dir(batch.town_folder(1).join("附件")).unwrap();
    assert_eq!(marked(&batch, &[]), 3, "a folder without tables changes nothing");
    fs::write(batch.town_folder(1).join("附件/人员.csv"), "姓名\n").unwrap();
    assert_eq!(marked(&batch, &[]), 2, "a folder of tables inside is told");
}

#[test]
fn a_file_written_again_with_the_same_bytes_has_not_changed() {
    let batch = Batch::new(2);
    same(&batch, &[]);
    mark(&batch);
    for path in files(&batch.town_folder(0)) {
        let bytes = fs::read(&path).unwrap();
        fs::remove_file(&path).unwrap();
        fs::write(&path, bytes).unwrap();
    }
    assert_eq!(marked(&batch, &[]), 2);
}

#[test]
fn every_choice_that_changes_results_is_part_of_the_key() {
    let batch = Batch::new(3);
    batch.write("裁定.csv", &format!("{RULINGS}{}", ruling(1, "met")));
    batch.write("裁定2.csv", &format!("{RULINGS}{}", ruling(1, "unmet")));
    for choice in [
        ["--as-of", "2027-01-01"].as_slice(),
        &["--policy", "unearnable_points=granted"],
        &["--rulings", "裁定.csv"],
        &["--rulings", "裁定2.csv"],
        &["--self"],
        &["--encoding", "gb18030"],
        &["--packs", "包"],
    ] {
        batch.write("包/pack.toml", "id = \"a\"\nversion = \"1\"\ntitle = { zh = \"甲\", en = \"a\" }\nextends = [\"wangge.national\"]\n[policy]\nline_f = \"each\"\n");
        same(&batch, &[]);
        mark(&batch);
        let untouched = if choice.contains(&"--rulings") { 2 } else { 0 };
        assert_eq!(marked(&batch, choice), untouched, "{choice:?}");
        batch.run(&["cache", "clear", "--cache", "缓存"]);
    }
}

#[test]
fn personal_data_shown_as_it_stands_is_not_kept() {
    let batch = Batch::new(2);
    same(&batch, &["--unmask"]);
    assert!(!batch.folder.path().join("缓存/assessments-1").exists());
}

#[test]
fn an_entry_that_is_damaged_or_foreign_is_passed_over_and_replaced() {
    let batch = Batch::new(1);
    let first = same(&batch, &[]);
    let good = contents(&batch);
    let [good] = good.as_slice() else { panic!("one entry") };
    let entry = entries(&batch).remove(0);
    let text = String::from_utf8(good.clone()).unwrap();
    let mut damages: Vec<Vec<u8>> = vec![
        Vec::new(),
        b"\n".to_vec(),
        b"wangge.cache/1 ".to_vec(),
        vec![0xff; 5000],
        text.replace("wangge.cache/1", "wangge.cache/2").into_bytes(),
        text.replace("凤鸣镇", "凤呜镇").into_bytes(),
        [good.as_slice(), b"x"].concat(),
    ];
    damages.extend((0..9).map(|step| good.iter().take(good.len() * step / 9).copied().collect()));
    damages.extend((0..9).map(|step| {
        let mut bytes = good.clone();
        let at = (bytes.len() - 1) * step / 9;
        bytes[at] ^= 1;
        bytes
    }));
    for (number, damage) in damages.into_iter().enumerate() {
        fs::write(&entry, damage).unwrap();
        let ended = batch.check(&["-o", "json", "--cache", "缓存"]);
        assert_same(&ended, &first, &format!("damage {number}"));
        assert!(fs::read(&entry).unwrap().ends_with(b"}"), "replaced");
    }
}

#[test]
fn the_entry_of_another_submission_or_program_is_foreign() {
    use sha2::{Digest, Sha256};
    let batch = Batch::new(2);
    let first = same(&batch, &[]);
    let [one, two] = <[PathBuf; 2]>::try_from(entries(&batch)).unwrap();
    fs::copy(&one, &two).unwrap();
    assert_same(&same(&batch, &[]), &first, "again");
    mark(&batch);
    for path in entries(&batch) {
        let text = fs::read_to_string(&path).unwrap();
        let body = text.split_once('\n').unwrap().1;
        let body = body.replacen(r#""build":""#, r#""build":"0"#, 1);
        let digest = wangge::model::digest::hex(&Sha256::digest(body.as_bytes()));
        fs::write(&path, format!("wangge.cache/1 {digest}\n{body}")).unwrap();
    }
    assert_same(&same(&batch, &[]), &first, "kept by another build");
}

#[cfg(unix)]
#[test]
fn only_the_owner_reads_and_writes_it() {
    use std::os::unix::fs::PermissionsExt;
    let batch = Batch::new(1);
    let first = same(&batch, &[]);
    let folder = batch.folder.path().join("缓存/assessments-1");
    let mode = |path: &std::path::Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&folder), 0o700);
    let entry = entries(&batch).remove(0);
    assert_eq!(mode(&entry), 0o600);
    mark(&batch);
    fs::set_permissions(&entry, fs::Permissions::from_mode(0o666)).unwrap();
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o777)).unwrap();
    assert_same(&same(&batch, &[]), &first, "others could have written the entry");
    assert_eq!((mode(&folder), mode(&entry)), (0o700, 0o600));
}

#[cfg(unix)]
#[test]
fn the_folder_of_another_user_is_refused_and_told_once() {
    let batch = Batch::new(2);
    let first = same(&batch, &[]);
    mark(&batch);
    let folder = batch.folder.path().join("缓存/assessments-1");
    for path in entries(&batch).iter().chain([&folder]) {
        if std::os::unix::fs::chown(path, Some(54321), None).is_err() {
            // Only the administrator gives files away.
            return;
        }
    }
    let ended = batch.check(&["-o", "json", "--cache", "缓存"]);
    assert_eq!((ended.status, ended.stdout.as_str()), (Some(2), ""));
    assert_eq!(ended.stderr.matches("属于其他用户").count(), 1, "{}", ended.stderr);
    let home = batch.folder.path().join("家");
    fs::create_dir(&home).unwrap();
    fs::rename(batch.folder.path().join("缓存"), home.join("wangge")).unwrap();
    let command = ["check", "批", "--lang", "zh", "--as-of", support::AS_OF, "-o", "json"];
    let unasked = { batch.command(&command) }.env("XDG_CACHE_HOME", &home).output().unwrap();
    assert_same(&unasked.into(), &first, "the platform's is passed over");
}

#[test]
fn the_cache_tells_what_is_in_it_and_is_cleared() {
    let batch = Batch::new(3);
    let asked = |what: &str| batch.run(&["cache", what, "--cache", "缓存", "--lang", "zh"]);
    assert!(asked("info").stdout.contains("0 份评估结果"));
    same(&batch, &[]);
    batch.write("缓存/assessments-1/别人的.txt", "不动");
    assert!(asked("info").stdout.contains("3 份评估结果"));
    assert!(asked("clear").stdout.contains("已清除 3 份"));
    assert!(asked("info").stdout.contains("0 份评估结果"));
    assert_eq!(batch.read("缓存/assessments-1/别人的.txt"), "不动");
}

#[test]
fn a_rule_that_breaks_is_told_every_time() {
    let batch = Batch::new(2);
    batch.write(
        "包/pack.toml",
        "id = \"a\"\nversion = \"1\"\ntitle = { zh = \"甲\", en = \"a\" }\nextends = [\"wangge.national\"]\n",
    );
    batch.write(
        "包/items/a1/A.1.3.rhai",
        "//! 坏规则。\nconst META = #{ id: \"A.1.3\" };\nfn check(t) {\n    let staff = t.personel;\n    #{ a: met(staff), b: met(staff), c: met(staff) }\n}\n",
    );
    let first = same(&batch, &["--packs", "包"]);
    assert_eq!(first.status, Some(2));
    assert!(first.stderr.contains("personel"));
    assert_same(&same(&batch, &["--packs", "包"]), &first, "again");
}

#[test]
fn a_folder_that_cannot_be_used_is_said_where_it_was_asked_for() {
    let batch = Batch::new(1);
    batch.write("文件", "");
    let ended = batch.check(&["--cache", "文件"]);
    assert_eq!(ended.status, Some(2));
    assert!(ended.stderr.contains("缓存文件夹不能使用"), "{}", ended.stderr);
    let ended = batch.command(&["check", "批", "--as-of", support::AS_OF, "--exit-zero"]);
    let output = { ended }.env("XDG_CACHE_HOME", batch.folder.path().join("文件")).output().unwrap();
    assert_eq!(output.status.code(), Some(0));
}
