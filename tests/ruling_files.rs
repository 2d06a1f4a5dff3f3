//! Which files of rulings count: those of the team, and nothing that lies in a submission.
#![expect(clippy::unwrap_used, clippy::panic, reason = "tests fail by panicking")]

mod support;

use std::fs;

use serde_json::Value;
use support::AS_OF;
use support::batch::{Batch, Ended, id};

const HEADER: &str = "organization,target,ruling,value,role,by,date,expires,reason,evidence\n";

/// A file that rules on the organizations with these numbers.
fn rulings(batch: &Batch, file: &str, on: &[usize]) {
    let row = |number: &usize| format!("{},A.1.8.b,met,,team,李明,2026-05-20,,看过,\n", id(*number));
    let rows: String = on.iter().map(row).collect();
    batch.write(file, &format!("{HEADER}{rows}"));
}

fn check(batch: &Batch, arguments: &[&str]) -> Ended {
    let fixed = ["check", "--as-of", AS_OF, "--no-cache", "--exit-zero", "--lang", "zh", "-o", "json"];
    batch.run(&[&fixed, arguments].concat())
}

/// Paths of the submissions on which a ruling counts.
fn ruled(ended: &Ended) -> Vec<String> {
    let report: Value = serde_json::from_str(&ended.stdout).unwrap_or_else(|_| panic!("{}", ended.stderr));
    let organizations = report.get("organizations").and_then(Value::as_array).unwrap();
    let is_ruled = |one: &&Value| one.to_string().contains(r#""source":"ruling""#);
    let path = |one: &Value| one.pointer("/submission/path").and_then(Value::as_str).unwrap().to_owned();
    organizations.iter().filter(is_ruled).map(path).collect()
}

/// Three towns; the tables of the first lie one level down, beside rulings of its own, the second has them among its
/// tables.
fn hostile() -> Batch {
    let batch = Batch::new(3);
    let (town, aside) = (batch.town_folder(0), batch.folder.path().join("移"));
    fs::rename(&town, &aside).unwrap();
    fs::create_dir(&town).unwrap();
    fs::rename(aside, town.join("数据")).unwrap();
    rulings(&batch, "批/00镇/rulings.csv", &[0, 1]);
    rulings(&batch, "批/01镇/裁定.csv", &[1, 2]);
    batch
}

#[test]
fn rulings_in_a_submission_count_in_no_way_of_giving_it_and_are_told() {
    let batch = hostile();
    batch.write("清单.txt", "批/00镇\n批/01镇\n批/02镇\n");
    for paths in [
        ["批"].as_slice(),
        &["批/"],
        &["批/00镇", "批/01镇", "批/02镇"],
        &["批/00镇"],
        &["批/00镇/数据", "批/00镇"],
        &["批", "批/00镇"],
        &["--manifest", "清单.txt"],
        &["批/02镇", "--manifest", "清单.txt"],
    ] {
        let ended = check(&batch, paths);
        assert_eq!((ended.status, ruled(&ended)), (Some(0), Vec::new()), "{paths:?}");
        assert!(ended.stderr.contains("批/00镇/rulings.csv"), "{paths:?}: {}", ended.stderr);
        let second = paths != ["批/00镇"] && paths != ["批/00镇/数据", "批/00镇"];
        let found = ended.stdout.contains("data.rulings-inside") && ended.stdout.contains("裁定.csv");
        assert_eq!(found, second, "{paths:?}");
    }
    let alone = check(&batch, &["批/01镇/"]);
    assert!(ruled(&alone).is_empty() && alone.stdout.contains("data.rulings-inside"));
}

#[test]
fn a_shard_takes_no_rulings_of_a_submission_either() {
    let batch = hostile();
    let shard =
        ["check", "批/00镇", "批/01镇", "--as-of", AS_OF, "--lang", "zh", "--exit-zero", "-o", "shard:片"];
    let told = batch.run(&shard).stderr;
    let merged = batch.run(&["merge", "片", "--lang", "zh", "--exit-zero", "-o", "json"]);
    assert!(ruled(&merged).is_empty());
    assert!(told.contains("批/00镇/rulings.csv") && merged.stderr == told, "{}", merged.stderr);
}

#[cfg(unix)]
#[test]
fn a_link_to_a_submission_makes_no_batch_of_it() {
    let batch = hostile();
    std::os::unix::fs::symlink("批/00镇", batch.folder.path().join("链接")).unwrap();
    let ended = check(&batch, &["链接"]);
    assert!(ruled(&ended).is_empty() && ended.stderr.contains("链接/rulings.csv"), "{}", ended.stderr);
}

#[test]
fn rulings_beside_a_batch_that_was_named_count_for_it() {
    let batch = Batch::new(3);
    rulings(&batch, "批/rulings.csv", &[1]);
    rulings(&batch, "批/裁定.csv", &[2]);
    for path in ["批", "批/", "./批", "别处/../批"] {
        fs::create_dir_all(batch.folder.path().join("别处")).unwrap();
        let ended = check(&batch, &[path]);
        assert_eq!((ended.status, ended.stderr.as_str(), ruled(&ended).len()), (Some(0), "", 2), "{path}");
    }
    let with_one = check(&batch, &["批", "批/01镇"]);
    assert_eq!((ruled(&with_one).len(), with_one.status), (2, Some(0)), "{}", with_one.stderr);
    let given = check(&batch, &["批/01镇", "--rulings", "批/rulings.csv"]);
    assert_eq!(ruled(&given), ["批/01镇"]);
    batch.write("清单.txt", "批\n");
    let listed = check(&batch, &["--manifest", "清单.txt"]);
    assert!(ruled(&listed).is_empty() && listed.stderr.contains("批/裁定.csv"), "{}", listed.stderr);
}

#[test]
fn the_rulings_of_a_batch_are_about_its_own_submissions() {
    let batch = Batch::new(4);
    let root = batch.folder.path();
    for (number, to) in [(2, "二/02镇"), (3, "二/03镇")] {
        fs::create_dir_all(root.join("二")).unwrap();
        fs::rename(batch.town_folder(number), root.join(to)).unwrap();
    }
    rulings(&batch, "批/rulings.csv", &[0]);
    rulings(&batch, "二/rulings.csv", &[3]);
    let both = check(&batch, &["批", "二"]);
    assert_eq!((ruled(&both), both.stderr.as_str()), (vec!["二/03镇".into(), "批/00镇".into()], ""));
    rulings(&batch, "二/rulings.csv", &[0, 3]);
    let beyond = check(&batch, &["批", "二"]);
    assert_eq!(beyond.status, Some(2));
    assert!(beyond.stderr.contains("二/rulings.csv 第2行"), "{}", beyond.stderr);
    assert!(!beyond.stderr.contains("批/rulings.csv"), "{}", beyond.stderr);
}

#[test]
fn a_submission_made_to_look_like_a_batch_is_none_beside_others() {
    let batch = Batch::new(3);
    fs::create_dir(batch.town_folder(9)).unwrap();
    for number in [1, 2] {
        fs::rename(batch.town_folder(number), batch.town_folder(9).join(format!("{number}"))).unwrap();
    }
    rulings(&batch, "批/09镇/rulings.csv", &[1]);
    for paths in [["批"].as_slice(), &["批/00镇", "批/09镇"], &["批", "批/09镇"]] {
        let ended = check(&batch, paths);
        assert_eq!((ended.status, ruled(&ended)), (Some(0), Vec::new()), "{paths:?}");
        assert!(ended.stderr.contains("批/09镇/rulings.csv"), "{paths:?}");
    }
}

/// Two submissions say that they are of the first organization.
fn doubled() -> Batch {
    let batch = Batch::new(3);
    for entry in fs::read_dir(batch.town_folder(1)).unwrap() {
        let path = entry.unwrap().path();
        let text = fs::read_to_string(&path).unwrap();
        fs::write(&path, text.replace(&id(1), &id(0))).unwrap();
    }
    batch
}

#[test]
fn a_ruling_on_an_id_of_two_submissions_goes_to_neither() {
    let batch = doubled();
    assert_eq!(check(&batch, &["批"]).status, Some(0), "without a ruling on it the summary says so");
    let bare = check(&batch, &["批", "-o", "jsonl:空"]);
    rulings(&batch, "裁定.csv", &[0, 2]);
    let given = ["批", "--rulings", "裁定.csv"];
    let ended = check(&batch, &[given.as_slice(), &["-o", "jsonl:行"]].concat());
    assert_eq!((ended.status, ruled(&ended)), (Some(2), vec!["批/02镇".to_owned()]));
    for text in ["批/00镇", "批/01镇", "裁定.csv 第2行", "不能确定"] {
        assert!(ended.stderr.contains(text), "{text}: {}", ended.stderr);
    }
    let first = |name: &str| batch.read(name).lines().take(2).map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(first("行"), first("空"), "both are as without any ruling");
    assert_ne!(ended.stdout, bare.stdout);
    let part = |number: &str| {
        let (shard, file) = (format!("{number}/2"), format!("shard:片{number}"));
        let all = [given.as_slice(), &["--shard", &shard, "-o", &file]].concat();
        let mut command = vec!["check", "--as-of", AS_OF, "--no-cache", "--lang", "zh"];
        command.extend(all);
        batch.run(&command)
    };
    assert_eq!((part("1").status, part("2").status), (Some(1), Some(1)), "a shard does not know the others");
    let merged = batch.run(&["merge", "片1", "片2", "--lang", "zh", "--exit-zero", "-o", "json"]);
    assert_eq!((merged.status, &merged.stdout, &merged.stderr), (ended.status, &ended.stdout, &ended.stderr));
    let fixed = ["check", "--as-of", AS_OF, "--cache", "缓存", "--exit-zero", "--lang", "zh", "-o", "json"];
    let cached = |_| batch.run(&[fixed.as_slice(), &given].concat());
    assert_eq!([1, 2].map(cached).map(|ended| ended.stdout), [ended.stdout.clone(), ended.stdout]);
}

#[test]
fn ids_that_look_the_same_when_masked_are_not_taken_for_one() {
    let batch = Batch::new(2);
    let ids = ["110101199003074514", "110102199003084514"];
    for (number, own) in ids.iter().enumerate() {
        for entry in fs::read_dir(batch.town_folder(number)).unwrap() {
            let path = entry.unwrap().path();
            let text = fs::read_to_string(&path).unwrap();
            fs::write(path, text.replace(&id(number), own)).unwrap();
        }
    }
    let row = |id: &str| format!("{id},A.1.8.b,met,,team,李明,2026-05-20,,看过,\n");
    batch.write("批/裁定.csv", &format!("{HEADER}{}", ids.map(row).concat()));
    let ended = check(&batch, &["批"]);
    assert_eq!(ruled(&ended), ["批/00镇", "批/01镇"], "{}", ended.stderr);
    assert!(
        !ended.stderr.contains("ruling.") && ended.stdout.contains("110***********4514"),
        "{}",
        ended.stderr
    );
    assert!(ids.iter().all(|id| !ended.stdout.contains(id)), "an id is shown");
}
