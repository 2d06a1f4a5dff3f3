//! What `rules defs` writes: checked in and current, readable by editors, and of one mind with the program.
#![expect(clippy::unwrap_used, reason = "tests fail by panicking")]
#![expect(clippy::indexing_slicing, reason = "tests")]

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
            let chinese = comment.iter().filter(|line| has_han(line)).count();
            let examples = comment.iter().filter(|line| line.starts_with("/// 例 e.g. `")).count();
            let owed = ["wangge", "tests"].contains(&name);
            assert!(examples <= 1 && (examples == 1 || !owed), "{name}: {comment:?}");
            assert!(comment.iter().all(|line| line.starts_with("/// ")), "{name}: {comment:?}");
            assert!(chinese > 0 && comment.len() > 1, "{name}: {comment:?}");
            let (declared, words) = declared(&line);
            let plain = |word: &str| word.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
            let sign = line.starts_with("op ");
            assert!(sign || name == "chinese" || plain(&declared), "{line}");
            assert!(has_han(&declared) == (name == "chinese"), "{name}: {line}");
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
    let session = support::session();
    let names = |file: &str| -> BTreeSet<String> {
        declarations(&read(&definitions().join(file))).iter().map(|(line, _)| declared(line).0).collect()
    };
    let (english, chinese) = (names("tables.d.rhai"), names("chinese.d.rhai"));
    for table in &session.declarations.tables {
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
