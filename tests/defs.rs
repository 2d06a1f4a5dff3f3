//! What `rules defs` writes: checked in and current, readable by editors, and of one mind with the program.
#![expect(clippy::unwrap_used, reason = "tests fail by panicking")]
#![expect(clippy::indexing_slicing, reason = "tests")]

mod support;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use support::{root, wangge, wangge_in};

fn definitions() -> PathBuf {
    root().join("docs/defs")
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap()
}

fn is_chinese(text: &str) -> bool {
    text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
}

#[test]
fn what_is_checked_in_is_current() {
    let mode = if std::env::var_os("WANGGE_BLESS").is_some() { None } else { Some("--check") };
    let output = wangge(&["rules", "defs", "docs/defs"].into_iter().chain(mode).collect::<Vec<_>>());
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "run WANGGE_BLESS=1 cargo test: {told}");
}

#[test]
fn files_out_of_date_and_those_that_are_no_more_are_named() {
    let folder = tempfile::tempdir().unwrap();
    let run =
        |arguments: &[&str]| wangge_in(folder.path(), &[&["rules", "defs", "here"], arguments].concat());
    assert_eq!(run(&[]).status.code(), Some(0));
    assert_eq!(run(&["--check"]).status.code(), Some(0));
    let here = folder.path().join("here");
    fs::write(here.join("tests.d.rhai"), "module static;\n").unwrap();
    fs::write(here.join("old.schema.json"), "{}").unwrap();
    fs::write(here.join("own.rhai"), "").unwrap();
    let checked = run(&["--check"]);
    assert_eq!(checked.status.code(), Some(1));
    let told = String::from_utf8(checked.stderr).unwrap();
    assert!(told.contains("tests.d.rhai old.schema.json"), "{told}");
}

/// Words that the language server of the script language takes for something else than a name.
const RESERVED: [&str; 50] = [
    "let",
    "const",
    "for",
    "do",
    "until",
    "while",
    "in",
    "loop",
    "break",
    "continue",
    "if",
    "else",
    "switch",
    "fn",
    "private",
    "return",
    "throw",
    "try",
    "catch",
    "import",
    "export",
    "as",
    "var",
    "static",
    "goto",
    "exit",
    "match",
    "case",
    "public",
    "protected",
    "new",
    "use",
    "with",
    "module",
    "package",
    "super",
    "spawn",
    "thread",
    "go",
    "sync",
    "async",
    "await",
    "yield",
    "default",
    "void",
    "null",
    "nil",
    "true",
    "false",
    "set",
];

/// The name a line declares, and the words that stand for its arguments and types.
fn declared(line: &str) -> (String, Vec<String>) {
    let body = line.strip_suffix(';').unwrap();
    let (head, gives) = body.rsplit_once(" -> ").unwrap();
    let (head, takes) = head.strip_suffix(')').unwrap().split_once('(').unwrap();
    let (kind, name) = head.split_once(' ').unwrap();
    assert!(["fn", "op"].contains(&kind), "{line}");
    let words = takes.split([',', ':']).map(str::trim).filter(|word| !word.is_empty());
    let words = words.chain([gives]).map(str::to_owned).collect();
    (name.strip_prefix("get ").unwrap_or(name).to_owned(), words)
}

/// Declarations with the comment above each.
fn declarations(text: &str) -> Vec<(String, Vec<&str>)> {
    let mut parts = text.split("\n\n");
    let head = parts.next().unwrap();
    assert!(head.ends_with("module static;"), "{head}");
    let split = |part| {
        let lines: Vec<&str> = str::trim_end(part).lines().collect();
        let (line, comment) = lines.split_last().unwrap();
        ((*line).to_owned(), comment.to_vec())
    };
    parts.map(split).collect()
}

#[test]
fn definitions_are_of_the_form_that_language_servers_read() {
    for name in ["wangge", "tables", "tests", "language", "chinese"] {
        let text = read(&definitions().join(format!("{name}.d.rhai")));
        let all = declarations(&text);
        assert!(!all.is_empty());
        for (line, comment) in all {
            let chinese = comment.iter().filter(|line| is_chinese(line)).count();
            assert!(comment.iter().all(|line| line.starts_with("/// ")), "{name}: {comment:?}");
            assert!(chinese > 0 && comment.len() > 1, "{name}: {comment:?}");
            let (declared, words) = declared(&line);
            let plain = |word: &str| word.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
            let sign = line.starts_with("op ");
            assert!(sign || name == "chinese" || plain(&declared), "{line}");
            assert!(is_chinese(&declared) == (name == "chinese"), "{name}: {line}");
            assert!(declared == "set" || !RESERVED.contains(&declared.as_str()), "{line}");
            for word in words {
                assert!(plain(&word) || ["?", "()"].contains(&word.as_str()), "{word}: {line}");
                assert!(!RESERVED.contains(&word.as_str()), "{word}: {line}");
            }
        }
    }
}

#[test]
fn every_table_and_column_is_defined_under_both_names() {
    let bench = support::bench();
    let names = |file: &str| -> BTreeSet<String> {
        declarations(&read(&definitions().join(file))).iter().map(|(line, _)| declared(line).0).collect()
    };
    let (english, chinese) = (names("tables.d.rhai"), names("chinese.d.rhai"));
    for table in &bench.declarations.tables {
        assert!(english.contains(&table.id) && chinese.contains(&table.zh), "{}", table.id);
        for column in &table.columns {
            assert!(english.contains(&column.id), "{}", column.id);
            let nameable = column.zh.chars().all(char::is_alphanumeric);
            assert!(chinese.contains(&column.zh) == nameable, "{}", column.zh);
        }
    }
}

#[test]
fn tables_of_a_local_pack_are_defined_with_it() {
    let folder = tempfile::tempdir().unwrap();
    let province = root().join("fixtures/packs/province").display().to_string();
    let output = wangge_in(folder.path(), &["rules", "defs", "here", "--packs", &province]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let declared = read(&root().join("fixtures/packs/province/tables.toml"));
    let table = declared.lines().find_map(|line| line.strip_prefix("id = ")).unwrap().trim_matches('"');
    let written = read(&folder.path().join("here/tables.d.rhai"));
    assert!(written.contains(&format!("fn get {table}(t: tables) -> rows;")), "{table}");
}

#[test]
fn taplo_is_told_where_the_schemas_lie() {
    let taplo: toml::Table = read(&definitions().join("taplo.toml")).parse().unwrap();
    let rules = taplo["rule"].as_array().unwrap();
    assert_eq!(rules.len(), 5);
    for rule in rules {
        let path = rule["schema"]["path"].as_str().unwrap();
        assert!(root().join(path).is_file(), "{path}");
        assert!(!rule["include"].as_array().unwrap().is_empty());
    }
}

// ---- the schemas and the program are of one mind ---------------------------------------------------------------

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
            assert!(is_chinese(zh) && !en.is_empty() && !is_chinese(en), "{name}: {key}: {form}");
        }
    }
}

#[test]
fn the_settings_the_documents_show_are_well_formed() {
    for name in ["docs/editors.md", "docs/editors.zh-CN.md"] {
        let text = read(&root().join(name));
        let blocks: Vec<&str> = text.split("```").skip(1).step_by(2).collect();
        for block in &blocks {
            let (language, body) = block.split_once('\n').unwrap();
            match language {
                "toml" => drop(body.parse::<toml::Table>().unwrap()),
                "json" => drop(serde_json::from_str::<Value>(body).unwrap()),
                _ => assert_eq!(language, "sh"),
            }
        }
        assert!(blocks.len() > 6);
        for written in fs::read_dir(definitions()).unwrap() {
            let written = written.unwrap().file_name().into_string().unwrap();
            assert!(text.contains(&format!("`{written}`")), "{name} does not name {written}");
        }
    }
}
