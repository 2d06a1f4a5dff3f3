//! What is done with the bytes of a fuzzer: nothing may panic, run for ever or take memory without bound, and closures answer
//! the same whether they are compiled or interpreted. One function a target; `targets/` makes a program of each, and
//! `tests/fuzz_corpus.rs` runs what is in `corpus/`.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a fuzzer finds panics")]
#![allow(unreachable_pub, reason = "a module of a test, too")]

#[path = "../../tests/closures/random.rs"]
mod closures;

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::Path;
use std::sync::LazyLock;

use closures::Dice;
use wangge::assessment::doctor::examine;
use wangge::assessment::session::{Choices, Session};
use wangge::ingest::rulings;
use wangge::model::diagnosis::Diagnosis;
use wangge::model::text::Lang;
use wangge::report::{diagnosis, json};
use wangge::rulebook::{ItemsByData, Pack};
use wangge::schema::{declarations_of, lay_mapping_over};
use wangge::script::{Rule, Run};
use wangge::table::date::Date;

/// A function of a target.
pub type Target = fn(&[u8]);

/// The targets by name.
pub const TARGETS: [(&str, Target); 11] = [
    ("text_table", text_table),
    ("markup_table", markup_table),
    ("binary_workbook", binary_workbook),
    ("worksheet_part", worksheet_part),
    ("open_document", open_document),
    ("archive", archive),
    ("rule", rule),
    ("rule_tokens", rule_tokens),
    ("ruling_file", ruling_file),
    ("pack", pack),
    ("mapping", mapping),
];

static SESSION: LazyLock<Session> = LazyLock::new(|| {
    let day = Date::from_iso("2026-06-30").unwrap();
    // Rules stop themselves well before this.
    let choices = Choices { memory: 1 << 30, ..Choices::as_of(day) };
    Session::load(&choices).unwrap_or_else(|faults| panic!("{faults:#?}"))
});
static ITEMS: LazyLock<ItemsByData> = LazyLock::new(|| SESSION.book.items_by_data(&SESSION.declarations));

/// A submission of these files is read, and what is said of it written.
fn read(files: &[(&str, &[u8])]) {
    let folder = written(files);
    let examined = examine(&SESSION, &ITEMS, folder.path());
    let all =
        Diagnosis { schema: "fuzz", tool: SESSION.report().tool, submissions: vec![examined.diagnosis] };
    assert!(!diagnosis::terminal(&all, Lang::Zh, false, 80).is_empty());
    json::to_string(&all).unwrap();
}

/// A folder with files.
fn written(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    folder
}

/// An archive of stored entries.
fn packed(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let stored = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, bytes) in entries {
        archive.start_file(*name, stored).unwrap();
        archive.write_all(bytes).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

/// Tables as CSV or text: encodings, separators, headers, rows, values.
pub fn text_table(bytes: &[u8]) {
    read(&[("人员.csv", bytes)]);
}

/// Tables as HTML or XML with the name of a workbook.
pub fn markup_table(bytes: &[u8]) {
    read(&[("人员.xls", bytes)]);
}

/// Workbooks of Excel 97, and whatever else is named like a workbook.
pub fn binary_workbook(bytes: &[u8]) {
    read(&[("人员.xlsx", bytes)]);
}

/// Worksheet, shared strings and styles in a workbook that is whole otherwise: three parts, a NUL between them.
pub fn worksheet_part(bytes: &[u8]) {
    let mut parts = bytes.splitn(3, |byte| *byte == 0);
    let mut part = || parts.next().unwrap_or_default();
    let workbook = packed(&[
        ("[Content_Types].xml", include_bytes!("package/content_types.xml")),
        ("_rels/.rels", include_bytes!("package/root.rels")),
        ("xl/workbook.xml", include_bytes!("package/workbook.xml")),
        ("xl/_rels/workbook.xml.rels", include_bytes!("package/workbook.rels")),
        ("xl/worksheets/sheet1.xml", part()),
        ("xl/sharedStrings.xml", part()),
        ("xl/styles.xml", part()),
    ]);
    read(&[("人员.xlsx", &workbook)]);
}

/// The content of an open document that is a spreadsheet.
pub fn open_document(bytes: &[u8]) {
    let mimetype = b"application/vnd.oasis.opendocument.spreadsheet";
    read(&[("人员.ods", &packed(&[("mimetype", mimetype), ("content.xml", bytes)]))]);
}

/// Archives of submissions.
pub fn archive(bytes: &[u8]) {
    let folder = written(&[("区.zip", bytes)]);
    let path = folder.path().join("区.zip");
    let _ = examine(&SESSION, &ITEMS, &path);
}

/// Texts of rules: compiled, and run where they do.
pub fn rule(bytes: &[u8]) {
    let Ok(source) = str::from_utf8(bytes) else { return };
    run(source, &mut Dice::seeded(7));
}

/// Rules of words of the language in any order, compiled and run; then rules of the forms that closures are compiled of.
pub fn rule_tokens(bytes: &[u8]) {
    let words = include_str!("words.txt").lines().collect::<Vec<_>>();
    let (choices, body) = bytes.split_at(bytes.len().min(24));
    let mut dice = Dice::of(choices);
    let body: Vec<&str> =
        body.iter().filter_map(|byte| words.get(usize::from(*byte) % words.len()).copied()).collect();
    let source = format!(
        "//! 试。\nconst META = #{{ id: \"A.7.3\" }};\nfn check(t) {{\nlet rows = t.training; let n = 1; let day = t.as_of;\nrows.filter(|s| {});\n met(rows) }}\n",
        body.join(" ")
    );
    run(&source, &mut dice);
    let source = closures::rule(&mut dice);
    run(&source, &mut dice);
}

/// Compiles a rule, and runs it over random tables: both ways of running it say the same, unless one of them met a limit.
fn run(source: &str, dice: &mut Dice) {
    let session = &*SESSION;
    let Ok(rule) = Rule::compile(&session.book.libraries, "items/a7/A.7.3.rhai", source) else { return };
    let tables: BTreeMap<String, String> = closures::unclear_tables(dice);
    let loaded = (session.make_tables())(&tables).unwrap_or_else(|text| panic!("{}", text.en));
    let outcome = |interpret| {
        format!("{:?}", Run::new(&session.book.libraries, &loaded, &session.around, interpret).rule(&rule))
    };
    let (compiled, interpreted) = (outcome(false), outcome(true));
    let is_limited =
        |told: &str| told.contains("Limit") || told.contains("TooMany") || told.contains("Stack");
    if !is_limited(&compiled) && !is_limited(&interpreted) {
        assert_eq!(compiled, interpreted, "{source}");
    }
}

/// Rulings: the first byte chooses between CSV, TOML and a workbook.
pub fn ruling_file(bytes: &[u8]) {
    let Some((kind, bytes)) = bytes.split_first() else { return };
    let name = ["认定.csv", "认定.toml", "认定.xlsx"][usize::from(kind % 3)];
    let folder = written(&[(name, bytes)]);
    let _ = rulings::read(&folder.path().join(name), &SESSION.book.catalog, false);
}

/// Packs: `pack.toml`, tables, catalog and a rule, a NUL between them, laid over the built-in pack where the manifest is right.
pub fn pack(bytes: &[u8]) {
    let mut parts = bytes.splitn(4, |byte| *byte == 0);
    let names = ["pack.toml", "tables.toml", "catalog/a1.toml", "items/a1/A.1.1.rhai"];
    let files: Vec<(&str, &[u8])> = names
        .iter()
        .filter_map(|name| Some((*name, parts.next().filter(|part| !part.is_empty())?)))
        .collect();
    let folder = written(&files);
    if Pack::open(folder.path()).is_ok() {
        load(folder.path());
    }
}

fn load(pack: &Path) {
    let choices = Choices { packs: vec![pack.to_owned()], ..Choices::as_of(SESSION.as_of) };
    let _ = Session::load(&choices);
}

/// Mappings.
pub fn mapping(bytes: &[u8]) {
    let Ok(text) = str::from_utf8(bytes) else { return };
    let mut declarations = declarations_of(&SESSION.book.tables).unwrap();
    let _ = lay_mapping_over(&mut declarations, "mapping.toml", text);
}
