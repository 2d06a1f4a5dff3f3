//! What is left out proves nothing: a submission without one of its columns, or without one of its tables, never has a
//! higher low end than the whole of it.
#![expect(clippy::unwrap_used, reason = "tests fail by panicking")]

mod support;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Columns that repeat what another says: a tree is told by parents or by levels, and either alone is an honest layout
/// (GB/T 13016 prints both). What contradicts the other column goes unseen with it.
const TOLD_TWICE: [(&str, &str); 2] = [("标准体系表.csv", "上级代号"), ("标准体系表.csv", "层次")];

type Cells = Vec<Vec<String>>;

/// The tables of a fixture by file name.
type Tables = BTreeMap<String, Cells>;

/// Name, file, and the rows that stand there instead; none where the table is left out.
type Variant<'t> = (String, &'t str, Option<Cells>);

fn tables_of(fixture: &str) -> Tables {
    let entries = fs::read_dir(support::root().join(fixture)).unwrap();
    let paths = entries
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|end| end == "csv"));
    paths.map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), cells_of(&path))).collect()
}

fn cells_of(path: &PathBuf) -> Cells {
    let bytes = fs::read(path).unwrap();
    let text = std::str::from_utf8(&bytes)
        .map_or_else(|_| encoding_rs::GB18030.decode(&bytes).0.into_owned(), str::to_owned);
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    reader.records().map(|record| record.unwrap().iter().map(str::to_owned).collect()).collect()
}

fn write(folder: &Path, name: &str, rows: &[Vec<String>]) {
    let mut writer = csv::WriterBuilder::new().flexible(true).from_path(folder.join(name)).unwrap();
    for row in rows {
        writer.write_record(row).unwrap();
    }
    writer.flush().unwrap();
}

/// Low ends of the tables and of each variant by its name:
fn low_ends(tables: &Tables, variants: &[Variant<'_>]) -> (i64, Vec<(String, i64)>) {
    let batch = tempfile::tempdir().unwrap();
    let submission = |folder: String, replaced: Option<(&str, Option<&Cells>)>| {
        let folder = batch.path().join(folder);
        fs::create_dir(&folder).unwrap();
        for (name, rows) in tables {
            match replaced {
                Some((file, None)) if file == name => {}
                Some((file, Some(rows))) if file == name => write(&folder, name, rows),
                _ => write(&folder, name, rows),
            }
        }
    };
    submission("whole".to_owned(), None);
    for (at, (_, file, rows)) in variants.iter().enumerate() {
        submission(at.to_string(), Some((file, rows.as_ref())));
    }
    let report = support::json(&[batch.path().to_str().unwrap(), "--no-cache"]);
    let mut low = BTreeMap::new();
    for organization in report.get("organizations").unwrap().as_array().unwrap() {
        let folder = Path::new(organization.pointer("/submission/path").unwrap().as_str().unwrap())
            .file_name()
            .unwrap();
        low.insert(
            folder.to_str().unwrap().to_owned(),
            organization.pointer("/score/low").unwrap().as_i64().unwrap(),
        );
    }
    // A submission that cannot be told apart or read without the table is worth nothing.
    let ends = variants.iter().enumerate();
    let ends = ends.map(|(at, (name, _, _))| (name.clone(), low.get(&at.to_string()).copied().unwrap_or(0)));
    (low.get("whole").copied().unwrap(), ends.collect())
}

/// The variants that have a higher low end than the whole.
fn raised(tables: &Tables, variants: &[Variant<'_>]) -> Vec<(String, i64)> {
    let (whole, ends) = low_ends(tables, variants);
    ends.into_iter().filter(|(_, low)| *low > whole).collect()
}

fn without_column(rows: &[Vec<String>], column: usize) -> Cells {
    let kept = |row: &Vec<String>| {
        row.iter().enumerate().filter(|(at, _)| *at != column).map(|(_, cell)| cell.clone()).collect()
    };
    rows.iter().map(kept).collect()
}

#[test]
#[ignore = "minutes: `.ci/full left_out`"]
fn a_column_left_out_never_raises_the_low_end() {
    let tables = tables_of("fixtures/violations");
    let mut variants = Vec::new();
    for (file, rows) in &tables {
        for (at, header) in rows.first().unwrap().iter().enumerate() {
            if !TOLD_TWICE.contains(&(file.as_str(), header.as_str())) {
                variants.push((format!("{file} {header}"), file.as_str(), Some(without_column(rows, at))));
            }
        }
    }
    assert!(variants.len() > 250, "{} columns", variants.len());
    assert_eq!(raised(&tables, &variants), []);
}

#[test]
fn a_table_left_out_never_raises_the_low_end() {
    let tables = tables_of("fixtures/violations");
    let variants: Vec<_> = tables.keys().map(|file| (file.clone(), file.as_str(), None)).collect();
    assert_eq!(raised(&tables, &variants), []);
}
