//! Dependencies point one way: each folder of `src` may use only those listed for it.
#![expect(clippy::panic, clippy::indexing_slicing, reason = "tests fail by panicking")]
#![expect(clippy::unwrap_used, reason = "a test that cannot read the sources should stop")]

mod imports;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use imports::{Imports, components};
use regex::Regex;

/// What each folder may use, the lowest floor first: a folder uses only folders listed before it.
const ALLOWED: [(&str, &str); 23] = [
    ("exit", ""),
    ("resources", ""),
    ("table", "resources"),
    ("model", "resources table"),
    ("document", "model"),
    ("ingest", "resources table model"),
    ("standard_text", "table model document"),
    ("attachment", "resources table model document ingest standard_text"),
    ("database", "model ingest"),
    ("schema", "table model"),
    ("score", "table model"),
    ("report", "table model"),
    ("gate", "table model report"),
    ("demo", "table model"),
    ("script", "resources table model"),
    ("rulebook", "resources table model script"),
    ("engine", "table model script"),
    ("console", "exit resources model report"),
    ("sandbox", "exit resources model console"),
    (
        "assessment",
        "resources table model ingest standard_text attachment schema score report script rulebook engine sandbox",
    ),
    (
        "batch",
        "exit resources table model ingest score report gate script rulebook console sandbox assessment",
    ),
    (
        "command",
        "exit resources table model ingest database schema report gate demo script rulebook console sandbox assessment batch",
    ),
    ("cli", "exit resources table model ingest gate demo rulebook console sandbox assessment batch command"),
];

fn listed(names: &str) -> Vec<&str> {
    names.split_whitespace().collect()
}

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
}

/// Modules of the crate named by `crate::` paths in a file, also inside braces.
fn used(text: &str) -> Vec<String> {
    let mut used = Vec::new();
    for rest in text.split("crate::").skip(1) {
        let names = rest.strip_prefix('{').and_then(|list| list.split('}').next()).unwrap_or(rest);
        let word = |name: &str| {
            name.trim_start().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>()
        };
        if rest.starts_with('{') {
            used.extend(names.split(',').map(word));
        } else {
            used.push(word(names));
        }
    }
    used
}

#[test]
fn every_folder_has_its_floor() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lib.rs");
    let text = fs::read_to_string(root).unwrap();
    let modules = text.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'));
    let mut modules: Vec<&str> = modules.collect();
    let mut floors: Vec<&str> = ALLOWED.iter().map(|(name, _)| *name).collect();
    modules.sort_unstable();
    floors.sort_unstable();
    assert_eq!(modules, floors);
}

#[test]
fn dependencies_point_one_way() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let allowed: BTreeMap<&str, Vec<&str>> =
        ALLOWED.into_iter().map(|(name, may)| (name, listed(may))).collect();
    let mut files = Vec::new();
    sources(&root, &mut files);
    let mut wrong = Vec::new();
    for file in &files {
        let inside = file.strip_prefix(&root).unwrap().to_string_lossy().replace('\\', "/");
        let module = inside.split('/').next().unwrap().trim_end_matches(".rs").to_owned();
        if matches!(module.as_str(), "lib" | "main" | "odbc" | "build") {
            continue;
        }
        let may = allowed.get(module.as_str()).unwrap_or_else(|| panic!("{inside}: no place in the picture"));
        let strange = used(&fs::read_to_string(file).unwrap()).into_iter().filter(|name| {
            *name != module && allowed.contains_key(name.as_str()) && !may.contains(&name.as_str())
        });
        wrong.extend(strange.map(|name| format!("{inside} uses {name}")));
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Folders on lower floors come first in [`ALLOWED`], and nothing but what it lists is used: so there are no cycles.
#[test]
fn floors_lie_one_above_the_other() {
    for (at, (name, may)) in ALLOWED.iter().enumerate() {
        let below: Vec<&str> = ALLOWED.iter().take(at).map(|(lower, _)| *lower).collect();
        let wrong: Vec<_> = listed(may).into_iter().filter(|used| !below.contains(used)).collect();
        assert!(wrong.is_empty(), "{name} may use {wrong:?}, which do not lie below it");
    }
}

/// `super::super::…` must not lead out of a folder of `src`, where [`dependencies_point_one_way`] does not look.
#[test]
fn folders_are_left_by_crate_paths_alone() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&root, &mut files);
    let mut wrong = Vec::new();
    for file in &files {
        let inside = file.strip_prefix(&root).unwrap();
        let depth = inside.components().count() - usize::from(inside.ends_with("mod.rs"));
        // Unit tests inside a file lie one module deeper.
        let outside = |line: &str| "super::".repeat((depth + usize::from(line.starts_with(' '))).max(2));
        let text = fs::read_to_string(file).unwrap();
        let lines = text.lines().filter(|line| line.contains(&outside(line)));
        wrong.extend(lines.map(|line| format!("{}: {line}", inside.display())));
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// The rooms of `src/script`, the lowest floor first: a room uses only rooms listed before it.
const ROOMS: [&str; 10] = [
    "syntax",
    "error",
    "value",
    "function",
    "compile",
    "stdlib",
    "runtime",
    "testing",
    "function_reference",
    "lint",
];

/// The words in backticks in the first column of tables.
fn first_column(text: &str) -> Vec<&str> {
    let cells = text.lines().filter_map(|line| line.split_once("| `")?.1.split('|').next());
    cells
        .flat_map(|cell| cell.split('`').step_by(2))
        .filter(|word| word.starts_with(char::is_alphabetic))
        .collect()
}

#[test]
fn pages_list_the_rooms_of_the_rule_host_in_their_order() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let page = fs::read_to_string(root.join("docs/architecture.md")).unwrap();
    let inside = page.split("## Inside `script`").nth(1).unwrap().split("\n## ").next().unwrap();
    let named = first_column(inside);
    let named: Vec<_> = named.iter().map(|room| room.trim_start_matches("script/")).collect();
    assert_eq!(named, ROOMS, "docs/architecture.md");
    let module = fs::read_to_string(root.join("src/script/mod.rs")).unwrap();
    assert_eq!(first_column(module.split("//! # ").next().unwrap()), ROOMS, "src/script/mod.rs");
}

/// The script engine's tree is volatile: one file knows it, and the rest of the crate works on a tree of its own.
#[test]
fn the_tree_of_the_script_engine_is_known_in_one_file() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let nodes = Regex::new(
        r"\b(ASTNode|ASTFlags|BinaryExpr|FnCallExpr|rhai::(Expr|Stmt))\b|rhai::\{[^}]*\b(Expr|Stmt)\b",
    )
    .unwrap();
    let mut files = Vec::new();
    sources(&root, &mut files);
    let reads = |file: &&PathBuf| nodes.is_match(&fs::read_to_string(file).unwrap());
    let readers: Vec<_> = files.iter().filter(reads).map(|file| file.strip_prefix(&root).unwrap()).collect();
    assert_eq!(readers, [Path::new("script/syntax/reader.rs")]);
}

/// Modules for unit tests that hold no tests: what tests of several files share.
const HELPERS: [&str; 1] = ["score/mod.rs: fixture"];

#[test]
fn modules_of_unit_tests_are_named_tests() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let module =
        Regex::new(r"#\[cfg\(test\)\]\s*(?:#\[[^\n]*\]\s*)*(?:pub(?:\([^)]*\))? )?mod (\w+)").unwrap();
    let (mut files, mut found, mut others) = (Vec::new(), 0, Vec::new());
    sources(&root, &mut files);
    for file in &files {
        let text = fs::read_to_string(file).unwrap();
        let inside = file.strip_prefix(&root).unwrap().to_string_lossy().replace('\\', "/");
        for name in module.captures_iter(&text).map(|named| named[1].to_owned()) {
            found += 1;
            others.extend((name != "tests").then(|| format!("{inside}: {name}")));
        }
    }
    assert!(found > 100, "{found}");
    assert_eq!(others, HELPERS);
}

/// Files that may import each other in a circle, all of them of the compiler.
const CIRCLE: usize = 2;

fn room(module: &[String]) -> &str {
    module.get(1).map_or("", String::as_str)
}

#[test]
fn rooms_of_the_rule_host_lie_one_above_the_other() {
    let imports = Imports::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"));
    let floor = |room: &str| {
        ROOMS
            .iter()
            .position(|known| *known == room)
            .unwrap_or_else(|| panic!("{room}: no place in the picture"))
    };
    let mut upwards = Vec::new();
    for (file, used) in imports.below("script").into_iter().filter(|(file, _)| file.len() > 1) {
        let above = used.into_iter().filter(|other| floor(room(other)) > floor(room(file)));
        upwards.extend(above.map(|other| format!("{} uses {}", file.join("::"), other.join("::"))));
    }
    assert!(upwards.is_empty(), "{upwards:#?}");
}

#[test]
fn files_of_the_rule_host_go_in_no_large_circle() {
    let imports = Imports::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"));
    let edges = imports.below("script");
    let circles = components(&edges).into_iter().filter(|circle| circle.len() > 1);
    let wrong: Vec<_> = circles
        .filter(|circle| circle.len() > CIRCLE || circle.iter().any(|file| room(file) != "compile"))
        .collect();
    assert!(edges.len() > 100 && wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn no_file_is_longer_than_400_lines() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    sources(&root.join("src"), &mut files);
    sources(&root.join("tests"), &mut files);
    let long: Vec<_> =
        files.iter().filter(|file| fs::read_to_string(file).unwrap().lines().count() > 400).collect();
    assert!(long.is_empty(), "{long:?}");
}
