//! A repository of data over ten commits, some better and some worse, with the gate that an engineer sets up: what the
//! gate says of each.
#![expect(clippy::unwrap_used, reason = "tests fail by panicking")]
#![expect(clippy::indexing_slicing, reason = "tests fail by panicking")]

mod support;

use std::path::PathBuf;
use std::process::Command;

use support::repository::Repository;

/// A repository that Git knows, and how many commits it has.
struct History {
    repository: Repository,
    commits: usize,
}

/// What the gate made of a commit.
struct Judged {
    status: i32,
    told: String,
}

impl History {
    fn git(&self, arguments: &[&str]) {
        let identity = ["-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"];
        let output = Command::new("git")
            .current_dir(self.repository.path())
            .args(identity)
            .args(arguments)
            .output()
            .unwrap();
        assert!(output.status.success(), "{arguments:?}: {output:?}");
    }

    /// Commits everything and holds the gate over what changed with it, as a workflow does.
    fn commit(&mut self, subject: &str) -> Judged {
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--allow-empty", "--message", subject]);
        self.commits += 1;
        let since = if self.commits > 1 { "--since HEAD~1" } else { "" };
        let path = std::env::var("PATH").unwrap_or_default();
        let (status, _, told) =
            self.repository.run_in("", &format!("check --lang zh {since}"), &[("PATH", &path)]);
        Judged { status, told }
    }

    fn table(&self, organization: &str, part: &str) -> String {
        let folder = self.repository.path().join(organization);
        let names =
            std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap());
        let name = names.into_iter().find(|name| name.contains(part)).unwrap();
        format!("{organization}/{name}")
    }
}

const SETTINGS: &str = "paths = [\"data\"]\nas_of = 2026-06-30\nno_cache = true\nquiet = true\nbaseline = \"known.toml\"\nratchet = \"last.json\"\nrulings = [\"rulings.csv\"]\n[gate]\nverdict = \"any\"\nfail_on = \"error\"\n";

const RULINGS: &str = "organization,target,ruling,role,by,date,expires,reason\n";

/// Two districts with their baseline, as they stand before the first commit.
fn begun() -> History {
    let repository = Repository::empty();
    repository.add("clean", "data/甲");
    repository.add("violations", "data/乙");
    let history = History { repository, commits: 0 };
    history.git(&["init", "--quiet", "."]);
    let repository = &history.repository;
    repository.write("rulings.csv", RULINGS);
    let check =
        "check data --as-of 2026-06-30 --no-cache --exit-zero -q --rulings rulings.csv -o json:last.json";
    assert_eq!(repository.run(check).0, 0);
    let known = "baseline write known.toml --from last.json --reason 历史数据 --expires 2027-06-30";
    assert_eq!(repository.run(known).0, 0);
    repository.write("wangge.toml", SETTINGS);
    history
}

fn removed(repository: &Repository, name: &str) -> (PathBuf, Vec<u8>) {
    let path = repository.path().join(name);
    let bytes = std::fs::read(&path).unwrap();
    std::fs::remove_file(&path).unwrap();
    (path, bytes)
}

#[test]
fn ten_commits_are_judged_for_what_they_change() {
    let mut history = begun();
    let first = history.commit("begin");
    assert_eq!(first.status, 0, "{}", first.told);

    let documentation = {
        history.repository.write("README.md", "说明");
        history.commit("documentation")
    };
    assert_eq!(documentation.status, 0, "{}", documentation.told);
    assert!(documentation.told.contains("有改动的0份"), "{}", documentation.told);

    let training = history.table("data/甲", "培训记录");
    let (path, bytes) = removed(&history.repository, &training);
    let worse = history.commit("training is gone");
    assert!(worse.status == 1 && worse.told.contains("各项均不低于上次"), "{}", worse.told);
    assert!(worse.told.contains("有改动的1份"), "{}", worse.told);

    std::fs::write(&path, &bytes).unwrap();
    let back = history.commit("training is back");
    assert_eq!(back.status, 0, "{}", back.told);

    let standards = history.table("data/乙", "标准明细");
    let text = history.repository.read(&standards);
    let lines: Vec<&str> = text.lines().collect();
    let moved = [&lines[..1], &lines[2..], &lines[1..2]].concat().join("\n");
    history.repository.write(&standards, &format!("{moved}\n"));
    let same = history.commit("a row is moved");
    assert_eq!(same.status, 0, "{}", same.told);

    let fault = lines[1].replacen("20", "20xx-", 1);
    history.repository.write(&standards, &format!("{moved}\n{fault}\n"));
    let new = history.commit("a new fault");
    assert!(new.status == 1 && new.told.contains("没有新的错误"), "{}", new.told);

    let waiver = |concerns: &str| {
        let id = history.repository.read("last.json");
        let report: serde_json::Value = serde_json::from_str(&id).unwrap();
        let all = report["organizations"].as_array().unwrap();
        let one = all.iter().find(|one| one["submission"]["path"] == "data/乙").unwrap();
        let id = one["id"].as_str().unwrap();
        format!(
            "[[waiver]]\norganization = \"{id}\"\nconcerns = \"{concerns}\"\nreason = \"系统升级\"\napprover = \"市局\"\nexpires = \"2026-12-31\"\n"
        )
    };
    let waivers = format!("form = \"wangge.waivers/1\"\n{}{}", waiver("fail-on"), waiver("ratchet"));
    history.repository.write("waivers.toml", &waivers);
    history.repository.write("wangge.toml", &format!("waivers = \"waivers.toml\"\n{SETTINGS}"));
    let excused = history.commit("the fault is waived");
    assert_eq!(excused.status, 0, "{}", excused.told);
    assert!(excused.told.contains("waivers.toml 有改动，全部2份"), "{}", excused.told);

    history.repository.write(&standards, &text);
    history.repository.write("wangge.toml", SETTINGS);
    std::fs::remove_file(history.repository.path().join("waivers.toml")).unwrap();
    let right = history.commit("the fault is put right");
    assert_eq!(right.status, 0, "{}", right.told);

    history
        .repository
        .write("rulings.csv", &format!("{RULINGS}1,A.1.1.a,met,team,甲,2026-06-01,2027-06-30,现场核实\n"));
    let stranger = history.commit("a ruling on nobody");
    assert_eq!(stranger.status, 2, "{}", stranger.told);

    history.repository.write("rulings.csv", RULINGS);
    let last = history.commit("the ruling is gone");
    assert!(last.status == 0 && last.told.contains("rulings.csv 有改动，全部2份"), "{}", last.told);
    assert_eq!(history.commits, 10);
}

#[test]
fn a_revision_that_is_none_and_a_list_of_paths() {
    let history = begun();
    let path = std::env::var("PATH").unwrap_or_default();
    let run = |arguments: &str| {
        history.repository.run_in("", &format!("check --lang zh {arguments}"), &[("PATH", &path)])
    };
    for revision in ["no-such", "--output=x", "HEAD"] {
        let (status, _, told) = run(&format!("--since={revision}"));
        assert!(status == 2 && told.contains("找不到版本"), "{revision}: {told}");
    }
    history.repository.write("changed.txt", "data/甲/网格事件.csv\nREADME.md\n");
    let (status, _, told) = run("--changed changed.txt");
    assert!(status == 0 && told.contains("2份申报材料中有改动的1份"), "{told}");
    // As Git writes names that are not of ASCII.
    let quoted = "\"data/\\347\\224\\262/\\347\\275\\221.csv\"\n";
    history.repository.write("changed.txt", quoted);
    assert!(run("--changed changed.txt").2.contains("有改动的1份"));
    history.repository.write("changed.txt", "conf/wangge.toml\n");
    assert!(run("--changed changed.txt").2.contains("全部2份"));
}
