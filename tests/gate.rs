//! The gate as an engineer sets it: conditions, `wangge.toml`, baseline and ratchet, on the folder of a district that
//! changes from commit to commit.
#![expect(clippy::unwrap_used, reason = "tests fail by panicking")]
#![expect(clippy::indexing_slicing, reason = "tests fail by panicking")]

mod support;

use std::fs;
use std::path::Path;

use support::repository::Repository;

const CHECK: &str = "check data --as-of 2026-06-30 --no-cache --lang zh -q";

#[test]
fn every_condition_is_held_and_told_with_what_lacks() {
    let village = Repository::of("village");
    for (conditions, status, told) in [
        ("--gate verdict=any", 0, ""),
        ("--gate verdict=open", 0, ""),
        ("--min-score 10", 0, ""),
        ("--min-score 400", 1, "要求确定得分不低于400分，1个单位未满足（东溪村网格化服务站：71分，差329分）"),
        ("--gate verdict=any --gate min-low.A.1=100", 1, "要求A.1确定得分不低于100分"),
        ("--gate verdict=any --gate min-low.A.1.1=0", 0, ""),
        (
            "--gate verdict=any --gate min-high=450",
            1,
            "要求最高可得分不低于450分，1个单位未满足（东溪村网格化服务站：449分，差1分）",
        ),
        ("--gate verdict=any --gate max-open=3", 1, "要求待核实的评价要求不超过3项"),
        ("--gate verdict=any --gate min-assured.evidenced=50", 1, "“附有佐证材料”及更强依据的得分不低于50分"),
        ("--gate verdict=any --gate eligibility=eligible", 1, "要求具备评估申请条件"),
        (
            "--gate verdict=any --gate fail-on=advice",
            1,
            "要求没有新的问题，1个单位未满足（东溪村网格化服务站：",
        ),
        ("--gate verdict=any --gate max-findings.data.wrong-type=0", 0, ""),
        ("", 1, "要求结论为合格，1个单位未满足（东溪村网格化服务站：待定 71~449分）"),
        ("--min-score 400 --exit-zero", 0, ""),
    ] {
        let (ended, _, said) = village.run(&format!("{CHECK} {conditions}"));
        assert_eq!(ended, status, "{conditions}: {said}");
        assert!(said.contains(told) && (told.is_empty() != said.contains("门禁")), "{conditions}: {said}");
    }
}

#[test]
fn an_id_that_is_none_is_no_condition_that_is_met() {
    let village = Repository::of("village");
    let (status, _, told) = village.run(&format!("{CHECK} --gate min-low.A.9=1"));
    assert!(status == 2 && told.contains("A.9"), "{told}");
    let (status, _, told) = village.run(&format!("{CHECK} --gate min-lwo=1"));
    assert!(status == 2 && told.contains("min-low=N"), "{told}");
}

#[test]
fn a_file_above_sets_what_the_command_line_and_the_environment_do_not() {
    let village = Repository::of("village");
    village.write("base/wangge.toml", "policy = { evidence = \"claims\" }\ntop = 5\n[gate]\nmin_low = 400\n");
    village.write(
        "wangge.toml",
        "extends = \"base/wangge.toml\"\npaths = [\"data\"]\nas_of = 2026-06-30\nno_cache = true\noutput = [\"json:report.json\"]\n[gate]\nverdict = \"any\"\n",
    );
    village.write("sub/a.txt", "");
    let (status, out, told) = village.run_in("sub", "check --lang zh", &[]);
    assert!(status == 1 && told.contains("不低于400分"), "{told}");
    assert_eq!(out, "", "the file says where to write");
    assert!(village.read("report.json").contains("\"as_of\": \"2026-06-30\""));
    // Command line over environment over file.
    assert_eq!(village.run_in("", "check --lang zh", &[("WANGGE_GATE", "min_low=10")]).0, 0);
    assert_eq!(village.run_in("", "check --gate min-low=20", &[("WANGGE_GATE", "min_low=500")]).0, 0);
    assert_eq!(
        village.run("check --min-score 20").0,
        0,
        "points of the command line stand for those of the file"
    );
    let (_, out, _) = village.run("check -o terminal --exit-zero --lang zh");
    assert!(out.contains("东溪村"), "an output of the command line stands for those of the file");
    assert_eq!(village.run("check --isolated").0, 2, "no submissions are named");
    // What excludes each other does so across layers.
    let cache = village.path().join("cache").display().to_string();
    let (_, _, told) = village.run_in("", "check --no-cache --exit-zero", &[("WANGGE_CACHE", &cache)]);
    assert!(told.is_empty() && !village.path().join("cache").exists(), "{told}");
    let (status, out, told) = village.run_in("sub", "config --lang zh", &[("WANGGE_TOP", "7")]);
    assert_eq!((status, told.as_str()), (0, ""));
    for line in [
        "paths = \"../data\"  # ../wangge.toml 第2行",
        "top = 7  # 环境变量 WANGGE_TOP",
        "gate.min_low = 400  # ../base/wangge.toml 第4行",
        "gate.verdict = \"any\"  # ../wangge.toml 第7行",
        "policy.evidence = \"claims\"  # ../base/wangge.toml 第1行",
    ] {
        assert!(out.contains(line), "{line}\n{out}");
    }
    assert!(toml::from_str::<toml::Value>(&out).is_ok(), "{out}");
}

#[test]
fn what_is_wrong_with_a_file_is_told_with_its_line() {
    let village = Repository::of("village");
    for (text, line, told) in [
        ("pakcs = \"a\"\n", 1, "是否想写“packs”"),
        ("\ntop = \"many\"\n", 2, "写法不对"),
        ("unmask = true\n", 1, "没有设置项“unmask”"),
        ("extends = \"wangge.toml\"\n", 1, "extends"),
        ("[gate]\nmin_low = \"x\"\n", 2, "min-low=N"),
        ("a = [\n", 1, "写法有误"),
    ] {
        village.write("wangge.toml", text);
        let (status, _, said) = village.run(CHECK);
        assert!(status == 2 && said.contains(told), "{text}: {said}");
        assert!(
            said.contains(&format!("wangge.toml 第{line}行"))
                || said.contains(&format!("wangge.toml:{line}")),
            "{text}: {said}"
        );
    }
}

/// The lines of a gate that only new findings fail.
const NEW_ONLY: &str =
    "check data --as-of 2026-06-30 --no-cache --lang zh -q --gate verdict=any --baseline known.toml";

#[test]
fn known_findings_pass_moved_ones_too_and_new_ones_fail() {
    let district = Repository::of("violations");
    let report = "check data --as-of 2026-06-30 --no-cache --exit-zero -q -o json:report.json";
    assert_eq!(district.run(report).0, 0);
    let (status, _, told) = district
        .run("baseline write known.toml --from report.json --reason 历史数据 --expires 2027-06-30 --lang zh");
    assert!(status == 0 && told.contains("新列入"), "{told}");
    let (status, _, told) = district.run(NEW_ONLY);
    assert_eq!((status, told.contains("门禁")), (0, false), "{told}");
    // A row that goes to the end of its table is no new fault.
    let table = fs::read_dir(district.path().join("data")).unwrap();
    let standards = table.map(|file| file.unwrap().file_name().into_string().unwrap());
    let standards = standards.into_iter().find(|name| name.contains("标准明细")).unwrap();
    let text = district.read(&format!("data/{standards}"));
    let lines: Vec<&str> = text.lines().collect();
    let moved = [&lines[..1], &lines[2..], &lines[1..2]].concat().join("\n");
    district.write(&format!("data/{standards}"), &format!("{moved}\n"));
    let (status, _, told) = district.run(NEW_ONLY);
    assert_eq!(status, 0, "{told}");
    // A new fault is.
    district.write(&format!("data/{standards}"), &format!("{text}{}\n", lines[1].replacen("20", "20xx-", 1)));
    let (status, _, told) = district.run(NEW_ONLY);
    assert!(status == 1 && told.contains("要求没有新的错误、警告"), "{told}");
    district.write(&format!("data/{standards}"), &text);
    // What has expired counts again.
    let (status, _, told) = district.run(&NEW_ONLY.replace("2026-06-30", "2027-07-01"));
    assert!(status == 1 && told.contains("已过到期日"), "{told}");
    let (status, out, _) = district.run("baseline show known.toml --as-of 2026-06-30 --lang zh");
    assert!(status == 0 && out.contains("其中0条已过期"), "{out}");
    // What was put right is told, and pruned.
    let clean = Repository::of("clean");
    assert_eq!(clean.run(report).0, 0);
    let id = |repository: &Repository| {
        let report: serde_json::Value = serde_json::from_str(&repository.read("report.json")).unwrap();
        report["organizations"][0]["id"].as_str().unwrap().to_owned()
    };
    clean.write("known.toml", &district.read("known.toml").replace(&id(&district), &id(&clean)));
    let (status, _, told) = clean.run(NEW_ONLY);
    assert!(status == 0 && told.contains("本次没有出现"), "{told}");
    let (status, _, told) = clean.run("baseline prune known.toml --from report.json --lang zh");
    assert!(status == 0 && told.contains("还有0条"), "{told}");
}

#[test]
fn nothing_may_be_worse_than_in_an_earlier_report() {
    let district = Repository::of("clean");
    assert_eq!(district.run("check data --as-of 2026-06-30 --no-cache --exit-zero -q -o json:old.json").0, 0);
    let ratchet = format!("{CHECK} --gate verdict=any --ratchet old.json");
    let (status, _, told) = district.run(&ratchet);
    assert_eq!(status, 0, "{told}");
    let files = fs::read_dir(district.path().join("data")).unwrap();
    for file in files.map(|file| file.unwrap().path()) {
        if !file.to_string_lossy().contains("被评估单位") {
            fs::remove_file(file).unwrap();
        }
    }
    let (status, _, told) = district.run(&ratchet);
    assert!(status == 1 && told.contains("要求各项均不低于上次") && told.contains("总分由"), "{told}");
    assert_eq!(district.run(&format!("{CHECK} --ratchet none.json")).0, 2);
}

#[test]
fn a_baseline_that_cannot_be_used_is_told_with_its_line() {
    let village = Repository::of("village");
    for (text, told) in [
        ("form = 1\n", "写法有误"),
        ("form = \"wangge.baseline/9\"\n", "不是本版本"),
        (
            "form = \"wangge.baseline/1\"\n[[finding]]\norganization = \"1\"\nrule = \"a\"\ntarget = \"a\"\nseverity = \"error\"\nmessage = \"\"\nplaces = []\nreason = \"\"\nexpires = \"2027-01-01\"\n",
            "没有写明理由",
        ),
    ] {
        village.write("known.toml", text);
        let (status, _, said) = village.run(NEW_ONLY);
        assert!(status == 2 && said.contains(told) && said.contains("known.toml"), "{text}: {said}");
    }
    assert_eq!(village.run(&NEW_ONLY.replace("known", "none")).0, 2);
    assert!(!Path::new("known.toml").exists());
}

/// A file with one waiver.
fn waiver(organization: &str, concerns: &str, expires: &str) -> String {
    format!(
        "form = \"wangge.waivers/1\"\n[[waiver]]\norganization = \"{organization}\"\nconcerns = \"{concerns}\"\nreason = \"机构改革\"\napprover = \"市标准化办\"\nexpires = \"{expires}\"\n"
    )
}

#[test]
fn what_is_waived_is_not_asked_and_stands_in_every_report() {
    let village = Repository::of("village");
    let id = "350602105208";
    let check = "check data --as-of 2026-06-30 --no-cache --lang zh --waivers w.toml";
    for (concerns, conditions, status) in [
        ("verdict", "", 0),
        ("A.1", "", 1),
        ("A.1", "--gate verdict=any --gate min-low.A.1=100", 0),
        ("A.1", "--gate verdict=any --gate min-low.A.1.1=100", 0),
        ("A.1.1", "--gate verdict=any --gate min-low.A.1=100", 1),
        ("max-open", "--gate verdict=any --gate max-open=3", 0),
        ("total", "--min-score 400", 0),
        ("fail-on", "--gate verdict=any --gate fail-on=advice", 0),
        ("min-low", "--gate verdict=any --gate min-low.A.1=100 --gate min-low=400", 0),
        ("min-low.A.1", "--gate verdict=any --gate min-low.A.1=100", 0),
    ] {
        village.write("w.toml", &waiver(id, concerns, "2026-06-30"));
        let (ended, _, told) = village.run(&format!("{check} -q {conditions}"));
        assert_eq!(ended, status, "{concerns} {conditions}: {told}");
    }
    village.write("w.toml", &waiver(id, "A.1", "2026-06-30"));
    let plain = village.run("check data --as-of 2026-06-30 --no-cache --exit-zero -o json").1;
    let outputs = "-o terminal -o json:r.json -o markdown:r.md -o html:r.html -o junit:r.xml -o sarif:r.sarif -o csv:r.csv -o github:r.txt -o oscal:r.oscal";
    let (_, terminal, _) = village.run(&format!("{check} --exit-zero {outputs}"));
    let told = "豁免：A.1 至2026-06-30不计入门禁，得分不变（市标准化办批准，理由：机构改革）";
    assert!(terminal.replace(['\n', ' '], "").contains(&told.replace(' ', "")), "{terminal}");
    for name in ["r.md", "r.html", "r.xml", "r.csv", "r.txt", "r.oscal"] {
        assert!(village.read(name).contains("市标准化办"), "{name}");
    }
    assert!(village.read("r.sarif").contains("\"suppressions\""));
    let value = |text: &str| serde_json::from_str::<serde_json::Value>(text).unwrap();
    let (with, without) = (value(&village.read("r.json")), value(&plain));
    let [with, without] = [&with, &without].map(|report| report["organizations"][0].clone());
    assert_eq!(with["score"], without["score"], "a waiver is no point");
    assert_eq!(with["verdict"], without["verdict"]);
    assert_eq!(with["waivers"][0]["approver"], "市标准化办");
    // It ends, and nobody else has it.
    let (status, _, told) =
        village.run(&format!("{check} -q --gate min-low.A.1=100").replace("06-30 ", "07-01 "));
    assert!(status == 1 && told.contains("已过到期日"), "{told}");
    village.write("w.toml", &waiver("1", "verdict", "2026-06-30"));
    let (status, _, told) = village.run(&format!("{check} -q"));
    assert!(status == 1 && told.contains("所指的单位本次没有评估"), "{told}");
}

#[test]
fn waivers_are_listed_and_checked() {
    let village = Repository::of("village");
    village.write("w.toml", &waiver("1", "A.1.3", "2027-06-30"));
    let (status, out, _) = village.run("waiver list w.toml --as-of 2028-01-01 --lang zh");
    assert!(status == 0 && out.contains("（已过期）") && out.contains("共1条豁免"), "{out}");
    let lint = "waiver lint w.toml --as-of 2026-06-30 --lang zh";
    assert_eq!(village.run(lint).0, 0);
    for (text, told) in [
        (waiver("1", "A.1.33", "2027-06-30"), "是否想写“A.1.3"),
        (waiver("1", "A.1.3", "2026-06-01"), "已于2026-06-01到期"),
        (waiver("1", "A.1.3", "2036-06-01"), "有效期超过"),
    ] {
        village.write("w.toml", &text);
        let (status, _, said) = village.run(lint);
        assert!(status == 1 && said.contains(told), "{told}: {said}");
    }
    village.write("w.toml", &waiver("1", "A.1.3", "2027-06-30").replace("市标准化办", " "));
    let (status, _, said) = village.run(lint);
    assert!(status == 2 && said.contains("没有写明由谁批准") && said.contains("w.toml"), "{said}");
}
