//! The JSON Schemas that are checked in are those of the program, and what the program and people write conforms to them.
#![expect(clippy::unwrap_used, reason = "tests fail by panicking")]

mod support;

use std::fs;

use serde_json::Value;
use support::golden::assert_golden;
use support::repository::Repository;
use support::{root, wangge};

/// Schemas for files of packs lie with what else editors need.
const OF_EDITORS: [&str; 5] = ["pack", "tables", "clauses", "catalog", "rulings"];

const ALL: [&str; 16] = [
    "report",
    "line",
    "plan",
    "diff",
    "diagnosis",
    "log",
    "config",
    "gate",
    "baseline",
    "waivers",
    "rulings",
    "mapping",
    "pack",
    "tables",
    "clauses",
    "catalog",
];

fn file(name: &str) -> String {
    let folder = if OF_EDITORS.contains(&name) { "docs/defs" } else { "docs" };
    format!("{folder}/{name}.schema.json")
}

fn validator(name: &str) -> jsonschema::Validator {
    let schema: Value = serde_json::from_str(&fs::read_to_string(root().join(file(name))).unwrap()).unwrap();
    jsonschema::draft202012::new(&schema).unwrap()
}

fn errors(name: &str, value: &Value) -> Vec<String> {
    validator(name).iter_errors(value).map(|error| format!("{}: {error}", error.instance_path())).collect()
}

#[test]
fn every_schema_is_the_one_checked_in() {
    for name in ALL {
        let output = wangge(&["schema", name]);
        assert!(output.status.success(), "{name}");
        assert_golden(&file(name), &String::from_utf8(output.stdout).unwrap());
    }
    let help = String::from_utf8(wangge(&["schema", "--help", "--lang", "en"]).stdout).unwrap();
    let values = help.split("[default").next().unwrap();
    let listed: Vec<&str> =
        values.lines().filter_map(|line| line.trim_start().strip_prefix("- ")?.split(':').next()).collect();
    assert_eq!(listed, ALL);
}

#[test]
fn what_the_program_writes_conforms() {
    let village = Repository::of("village");
    let check = "check data --as-of 2026-06-30 --no-cache --exit-zero -q";
    assert_eq!(village.run(&format!("{check} -o json:r.json -o jsonl:r.jsonl --log l.log")).0, 0);
    let json = |text: &str| serde_json::from_str::<Value>(text).unwrap();
    assert_eq!(errors("report", &json(&village.read("r.json"))), Vec::<String>::new());
    for line in village.read("r.jsonl").lines() {
        assert_eq!(errors("line", &json(line)), Vec::<String>::new());
    }
    assert_eq!(errors("log", &json(&village.read("l.log"))), Vec::<String>::new());
    let (_, diagnosis, _) = village.run("doctor data -o json");
    assert_eq!(errors("diagnosis", &json(&diagnosis)), Vec::<String>::new());
    let (status, _, told) =
        village.run("baseline write known.toml --from r.json --reason 历史数据 --expires 2027-06-30");
    assert_eq!(status, 0, "{told}");
    let baseline: toml::Value = toml::from_str(&village.read("known.toml")).unwrap();
    assert_eq!(errors("baseline", &serde_json::to_value(baseline).unwrap()), Vec::<String>::new());
}

#[test]
fn what_people_write_conforms_and_slips_do_not() {
    let value = |text: &str| serde_json::to_value(toml::from_str::<toml::Value>(text).unwrap()).unwrap();
    for (name, right, wrong) in [
        (
            "config",
            "packs = [\"规则\"]\ntop = 5\nquiet = true\n[gate]\nmin_low = 300\n[check]\npaths = \"data\"\n",
            "pakcs = 1\n",
        ),
        (
            "gate",
            "verdict = \"any\"\nmin_low = { \"A.1\" = 60 }\nfail_on = \"error\"\n",
            "verdict = \"good\"\n",
        ),
        (
            "waivers",
            "form = \"wangge.waivers/1\"\n[[waiver]]\norganization = \"1\"\nconcerns = \"A.1\"\nreason = \"x\"\napprover = \"y\"\nexpires = \"2027-06-30\"\n",
            "form = \"wangge.waivers/1\"\n[[waiver]]\norganization = \"1\"\n",
        ),
        (
            "mapping",
            "software = \"甲\"\n[[table]]\ntable = \"网格\"\nnames = [\"t_grid\"]\ncolumns = { BM = \"网格编号\" }\n",
            "[[table]]\nnames = []\n",
        ),
    ] {
        assert_eq!(errors(name, &value(right)), Vec::<String>::new(), "{name}");
        assert!(!validator(name).is_valid(&value(wrong)), "{name}");
    }
}
