//! The JSON Schemas for files of a pack and for rulings: of one mind with the program, and explained.
#![expect(clippy::unwrap_used, reason = "tests fail by panicking")]

mod support;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use support::literals::has_han;
use support::{root, wangge, wangge_in};

fn definitions() -> PathBuf {
    root().join("docs/defs")
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap()
}

fn schema(name: &str) -> Value {
    serde_json::from_str(&read(&definitions().join(format!("{name}.schema.json")))).unwrap()
}

fn wrong(name: &str, text: &str) -> Vec<String> {
    let value: toml::Value = toml::from_str(text).unwrap();
    let value = as_json(&value);
    let validator = jsonschema::draft202012::new(&schema(name)).unwrap();
    validator.iter_errors(&value).map(|error| format!("{}: {error}", error.instance_path())).collect()
}

/// As editors see it: days are texts.
fn as_json(value: &toml::Value) -> Value {
    match value {
        toml::Value::Datetime(day) => day.to_string().into(),
        toml::Value::Array(list) => list.iter().map(as_json).collect(),
        toml::Value::Table(table) => table.iter().map(|(key, value)| (key.clone(), as_json(value))).collect(),
        other => serde_json::to_value(other).unwrap(),
    }
}

/// The schema a file of a pack is for.
fn schema_for(path: &Path) -> Option<&'static str> {
    let folder = path.parent()?.file_name()?.to_str()?;
    match path.file_name()?.to_str()? {
        "pack.toml" => Some("pack"),
        "tables.toml" => Some("tables"),
        "clauses.toml" => Some("clauses"),
        _ if folder == "catalog" && path.extension()? == "toml" => Some("catalog"),
        _ => None,
    }
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { files(&path, found) } else { found.push(path) }
    }
}

/// The schemas that some file below the folder was held to.
fn conform(folder: &Path) -> BTreeSet<&'static str> {
    let mut all = Vec::new();
    files(folder, &mut all);
    let known = all.iter().filter_map(|path| Some((path, schema_for(path)?)));
    known
        .map(|(path, name)| {
            assert_eq!(wrong(name, &read(path)), Vec::<String>::new(), "{}", path.display());
            name
        })
        .collect()
}

#[test]
fn every_pack_in_the_repository_conforms() {
    let whole = BTreeSet::from(["pack", "tables", "clauses", "catalog"]);
    assert_eq!(conform(&root().join("rules")), whole);
    assert_eq!(conform(&root().join("fixtures/packs")), whole);
}

#[test]
fn a_pack_made_by_the_program_conforms() {
    let folder = tempfile::tempdir().unwrap();
    for arguments in [["A.8.1", "--table", "events"], ["P/1", "--table", "personnel"]] {
        let all = [&["rules", "new", "--pack", "local"][..], &arguments].concat();
        let output = wangge_in(folder.path(), &all);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
    assert_eq!(conform(folder.path()), BTreeSet::from(["pack", "clauses", "catalog"]));
}

#[test]
fn the_example_of_the_guide_conforms() {
    let guide = read(&root().join("docs/writing-rules.md"));
    let example = guide.split("```toml\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
    assert_eq!(wrong("pack", example), Vec::<String>::new());
}

/// The exit code of a run with a pack in which one file is this text.
fn with_pack(file: &str, text: &str) -> Option<i32> {
    let folder = tempfile::tempdir().unwrap();
    let pack = folder.path().join("local");
    let path = pack.join(file);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(pack.join("pack.toml"), HEAD).unwrap();
    fs::write(path, text).unwrap();
    let output = wangge_in(folder.path(), &["rules", "list", "--as-of", support::AS_OF, "--packs", "local"]);
    output.status.code()
}

const HEAD: &str = "id = \"local\"\nversion = \"1.0.0\"\ntitle = \"本地\"\nextends = \"wangge.national\"\n";

/// Both refuse it, or both take it.
fn agree(name: &str, file: &str, text: &str, good: bool) {
    let told = wrong(name, text);
    assert_eq!(told.is_empty(), good, "the schema, of:\n{text}\n{told:#?}");
    assert_eq!(with_pack(file, text), Some(if good { 0 } else { 2 }), "the program, of:\n{text}");
}

#[test]
fn both_judge_a_pack_alike() {
    let good = [
        "[items.\"A.1.1\"]\npoints = 5\nreason = \"同\"",
        "[policy]\nline_f = \"each\"",
        "[policy]\nline_f = { value = \"each\", document = \"1号\", from = 2026-01-01 }",
        "[parameters.\"A.1.3\"]\nmin_staff = { value = 2, from = 2026-01-01 }",
        "[[requirements.\"A.1.1.a\"]]\ndeduct = 2\n[[requirements.\"A.1.1.a\"]]\ndeduct = 1\nfrom = 2027-01-01",
        "[off.\"2/12.c\"]\nreason = { zh = \"因\", en = \"why\" }",
        "[requirements.\"A.1.1.a\"]\nseverity = \"warning\"\ntitle = \"标题\"",
    ];
    for body in good {
        agree("pack", "pack.toml", &format!("{HEAD}{body}\n"), true);
    }
    let bad = [
        "surplus = 1",
        "layer = \"county\"",
        "from = \"soon\"",
        "authority = 3",
        "[items.\"A.1.1\"]\npoint = 5",
        "[items.\"A.1.1\"]\npoints = \"5\"",
        "[items.\"A.1.1\"]\npoints = -1",
        "[policy]\nline_f = 1",
        "[policy]\nline_f = { reason = \"无值\" }",
        "[parameters.\"A.1.3\"]\nmin_staff = { reason = \"无值\" }",
        "[parameters.\"A.1.3\"]\nother = { type = \"integer\", value = \"二\", meaning = \"数\" }",
        "[parameters.\"A.1.3\"]\nother = { type = \"number\", value = 2, meaning = \"数\" }",
        "[parameters.\"A.3.3\"]\ne = { add = [\"甲\"], drop = [\"乙\"] }",
        "[off.\"2/12.c\"]\ndocument = \"1号\"",
        "[rules.\"2/4.2a\"]\nseverity = \"grave\"",
        "[requirements.\"A.1.1.a\"]\nnature = \"gone\"",
        "[clauses.\"2/4.2\"]\nforce = \"may\"",
        "[marks]\nfull = \"500\"",
    ];
    for body in bad {
        agree("pack", "pack.toml", &format!("{HEAD}{body}\n"), false);
    }
    agree("pack", "pack.toml", &HEAD.replace("1.0.0", "one"), false);
    agree("pack", "pack.toml", &HEAD.replace("title = \"本地\"\n", ""), false);
}

#[test]
fn both_judge_tables_and_clauses_alike() {
    let table = "[[table]]\nid = \"visits\"\nzh = \"走访\"\nabout = \"Visits.\"\ncolumns = [ { id = \"id\", zh = \"编号\", type = \"code\" } ]\n";
    agree("tables", "tables.toml", table, true);
    for (from, to) in
        [("\"code\"", "\"number\""), ("type =", "kind ="), ("zh = \"走访\"\n", ""), ("about", "abuot")]
    {
        agree("tables", "tables.toml", &table.replace(from, to), false);
    }
    let clause = "[[clause]]\nid = \"P/9\"\ntitle = { zh = \"题\", en = \"Title\" }\nforce = \"shall\"\ndecided = \"on-site\"\nwhy = { zh = \"因\", en = \"Why\" }\n";
    agree("clauses", "clauses.toml", clause, true);
    for (from, to) in [
        ("shall", "must"),
        ("decided", "decide"),
        ("id = \"P/9\"\n", ""),
        ("en = \"Title\"", "fr = \"Titre\""),
    ] {
        agree("clauses", "clauses.toml", &clause.replace(from, to), false);
    }
}

#[test]
fn both_judge_rulings_alike() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("rulings.toml");
    let judged = |text: &str| {
        fs::write(&path, text).unwrap();
        let path = path.display().to_string();
        let all = [
            "check",
            "fixtures/clean",
            "--as-of",
            support::AS_OF,
            "--exit-zero",
            "--no-cache",
            "--quiet",
            "--rulings",
            &path,
        ];
        (wangge(&all).status.code(), wrong("rulings", text))
    };
    let good = "[[ruling]]\ntarget = \"A.1.8.b\"\n\"裁定\" = \"符合\"\nrole = \"team\"\nby = \"李明\"\ndate = 2026-05-20\nreason = \"抽查\"\n";
    assert_eq!(judged(good), (Some(0), Vec::new()));
    assert_eq!(judged("[[ruling]]\ntarget = \"A.1.8.b\"\nrole = \"team\"\n"), (Some(0), Vec::new()));
    for (from, to) in [
        ("reason = \"抽查\"\n", ""),
        ("role", "roll"),
        ("team", "boss"),
        ("符合", "尚可"),
        ("[[ruling]]", "[[rulings]]"),
        ("\"李明\"", "true"),
        ("target = \"A.1.8.b\"\n", ""),
    ] {
        let text = good.replace(from, to);
        let (code, told) = judged(&text);
        assert!(code == Some(2) && !told.is_empty(), "{code:?} {told:?}\n{text}");
    }
}

/// Every property of a schema, wherever it stands.
fn properties<'v>(value: &'v Value, found: &mut Vec<(&'v str, &'v Value)>) {
    if let Some(own) = value.get("properties").and_then(Value::as_object) {
        found.extend(own.iter().map(|(key, form)| (key.as_str(), form)));
    }
    match value {
        Value::Object(map) => map.values().for_each(|value| properties(value, found)),
        Value::Array(list) => list.iter().for_each(|value| properties(value, found)),
        _ => {}
    }
}

#[test]
fn every_property_is_described_in_both_languages() {
    for name in ["pack", "tables", "clauses", "catalog", "rulings"] {
        let schema = schema(name);
        let mut found = Vec::new();
        properties(&schema, &mut found);
        assert!(found.len() > 5);
        // What a declaration's type asks of its value is told where the value is described.
        let told = found
            .into_iter()
            .filter(|(_, form)| form.get("const").is_none() && form.as_object().unwrap().len() > 1);
        for (key, form) in told {
            let about = form["description"].as_str().unwrap_or_default();
            let (zh, en) = about.split_once('\n').unwrap_or_default();
            assert!(has_han(zh) && !en.is_empty() && !has_han(en), "{name}: {key}: {form}");
        }
    }
}
