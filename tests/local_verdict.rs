//! Minima, vetoes and grades that a pack declares: they change the local verdict, and the national one stays beside it.
#![expect(clippy::unwrap_used, reason = "tests fail by panicking")]
#![expect(clippy::indexing_slicing, reason = "tests fail by panicking")]

mod support;

use serde_json::Value;
use support::repository::Repository;

const PACK: &str = "id = \"city\"\nversion = \"1.0.0\"\ntitle = \"市规则包\"\ndocument = \"市标办〔2026〕7号\"\nextends = [\"wangge.national\"]\n";

/// The only organization assessed by a pack with these settings, and what is said on a terminal.
fn assessed(repository: &Repository, settings: &str) -> (Value, String) {
    repository.write("市/pack.toml", &format!("{PACK}{settings}"));
    let check = "check data --as-of 2026-06-30 --no-cache --exit-zero --lang zh --packs 市 -o json:r.json -o terminal";
    let (status, out, told) = repository.run(check);
    assert_eq!(status, 0, "{told}");
    let report: Value = serde_json::from_str(&repository.read("r.json")).unwrap();
    (report["organizations"][0].clone(), out.replace(['\n', ' '], ""))
}

#[test]
fn a_minimum_or_a_veto_decides_whatever_the_total() {
    let district = Repository::of("clean");
    let (plain, _) = assessed(&district, "");
    let (verdict, low) = (plain["verdict"].clone(), plain["score"]["low"].clone());
    assert_eq!(verdict, "qualified", "{low}");
    let table = plain["tables"].as_array().unwrap().iter().find(|table| table["id"] == "A.4").unwrap();
    let declared = table["declared"].as_u64().unwrap();
    assert!(table["high"].as_u64().unwrap() < declared);
    let (one, told) = assessed(&district, &format!("[tables.\"A.4\"]\nminimum = {declared}\n"));
    assert_eq!((&one["verdict"], &one["base"]["verdict"]), (&"unqualified".into(), &"qualified".into()));
    assert_eq!(one["score"]["low"], low, "no point is lost");
    assert!(told.contains("不论总分，结论为不合格"), "{told}");
    // A requirement that is open keeps the verdict open, one that is met does nothing.
    let lines =
        plain["tables"].as_array().unwrap().iter().flat_map(|table| table["items"].as_array().unwrap());
    let lines: Vec<&Value> = lines.flat_map(|item| item["requirements"].as_array().unwrap()).collect();
    for (outcome, verdict) in [("met", "qualified"), ("unknown", "open")] {
        let line = lines.iter().find(|line| line["outcome"] == outcome).unwrap();
        let id = line["id"].as_str().unwrap();
        let (one, _) = assessed(&district, &format!("[requirements.\"{id}\"]\nveto = true\n"));
        assert_eq!(one["verdict"], verdict, "{id}");
        assert_eq!(one["base"]["verdict"], "qualified");
    }
    let explained = district.run("rules list --effective --packs 市 --lang zh").1;
    assert!(explained.contains("市标办〔2026〕7号"), "{explained}");
}

#[test]
fn grades_are_named_in_every_report() {
    let district = Repository::of("clean");
    let grades = "[marks]\ngrades = [ { title = { zh = \"优\", en = \"excellent\" }, points = 499 }, { title = { zh = \"合格\", en = \"passed\" }, points = 300 } ]\n";
    let (one, told) = assessed(&district, grades);
    assert_eq!(one["grade"]["low"]["zh"], "合格");
    assert!(told.contains("等级：") && told.contains("合格"), "{told}");
    let outputs = "-o html:r.html -o junit:r.xml -o markdown:r.md -o docx:r.docx -o xlsx:r.xlsx";
    let check = "check data --as-of 2026-06-30 --no-cache --exit-zero --lang zh --packs 市";
    assert_eq!(district.run(&format!("{check} {outputs}")).0, 0);
    assert!(district.read("r.html").contains("等级："));
}

#[test]
fn slips_in_them_are_told_with_their_lines() {
    let district = Repository::of("clean");
    for (settings, told) in [
        ("[items.\"A.1.1\"]\nminimum = 1000\n", "最低分 1000 多于"),
        (
            "[marks]\ngrades = [ { title = { zh = \"优\", en = \"a\" }, points = 3 }, { title = { zh = \"良\", en = \"b\" }, points = 4 } ]\n",
            "等级由高到低写",
        ),
        ("[marks]\ngrades = 3\n", "grades"),
        ("[tables.\"A.4\"]\nminimum = 200\n", "最低分 200 多于"),
        ("[marks]\ngrades = [ { title = \"优\", points = 600 } ]\n", "多于满分"),
        ("[requirements.\"A.1.1.a\"]\nveto = \"yes\"\n", "veto"),
    ] {
        district.write("市/pack.toml", &format!("{PACK}{settings}"));
        let (status, _, said) = district.run("check data --as-of 2026-06-30 --no-cache --lang zh --packs 市");
        assert!(status == 2 && said.contains(told) && said.contains("pack.toml"), "{settings}: {said}");
    }
}
