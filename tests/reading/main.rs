//! Submissions in files, read and typed: `ingest` and `schema` together.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, missing_docs, reason = "tests")]

mod changed;
mod csv;
mod discover;
mod equal;
mod folders;
mod forms;
mod hostile;
mod layouts;
mod limits;
mod long_cells;
#[path = "../support/mod.rs"]
mod support;
mod typed;
mod workbook;
mod xlsb;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, LazyLock};

use wangge::ingest::{self, IngestError, ReadInfo, ReadOptions};
use wangge::model::fault::Explain;
use wangge::model::finding::{Finding, Severity};
use wangge::model::privacy::Masking;
use wangge::schema::{Builder, Built, declarations};
use wangge::table::Table;
use wangge::table::table_schema::Declarations;

/// What came of a submission.
pub(crate) struct Read {
    pub(crate) info: ReadInfo,
    pub(crate) tables: BTreeMap<String, Arc<Table>>,
    pub(crate) findings: Vec<Finding>,
}

static DECLS: LazyLock<Arc<Declarations>> =
    LazyLock::new(|| Arc::new(declarations(include_str!("../../rules/tables.toml")).unwrap()));

pub(crate) fn decls() -> Arc<Declarations> {
    Arc::clone(&DECLS)
}

/// A folder with these files.
pub(crate) fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
    folder
}

pub(crate) fn read_path(path: &Path) -> Result<Read, IngestError> {
    read_with(path, ReadOptions::default())
}

pub(crate) fn read_with(path: &Path, options: ReadOptions) -> Result<Read, IngestError> {
    let decls = decls();
    let mut builder = Builder::new(Arc::clone(&decls), Masking::On);
    let info = ingest::read(path, &decls, options, &mut builder)?;
    let Built { tables, findings, .. } = builder.finish();
    Ok(Read { info, tables, findings })
}

pub(crate) fn read(files: &[(&str, &[u8])]) -> Result<Read, IngestError> {
    read_path(folder(files).path())
}

/// Code and row of the failure.
pub(crate) fn failure(files: &[(&str, &[u8])]) -> (String, Option<u32>) {
    let Err(error) = read(files) else { panic!("it was read") };
    let fault = error.fault();
    assert!(!fault.message.is_empty() && !fault.help.is_empty());
    (fault.code.to_owned(), fault.row)
}

impl Read {
    /// The cells of a table as text.
    pub(crate) fn rows(&self, table: &str) -> Vec<Vec<String>> {
        let table = &self.tables[table];
        let columns = table.decl.columns.len();
        (0..table.len()).map(|row| (0..columns).map(|at| table.display(row, at)).collect()).collect()
    }

    /// The cells of one column as text.
    pub(crate) fn column(&self, table: &str, column: &str) -> Vec<String> {
        let table = &self.tables[table];
        let at = table.decl.position(column).unwrap();
        (0..table.len()).map(|row| table.display(row, at)).collect()
    }

    /// The findings but advice, each as `rule target rows`.
    pub(crate) fn faults(&self) -> Vec<String> {
        self.shown(|finding| finding.severity != Severity::Advice)
    }

    /// The findings of one rule, each as `rule target rows`.
    pub(crate) fn of_rule(&self, rule: &str) -> Vec<String> {
        self.shown(|finding| finding.rule == rule)
    }

    fn shown(&self, wanted: impl Fn(&Finding) -> bool) -> Vec<String> {
        let wanted = self.findings.iter().filter(|finding| wanted(finding));
        wanted
            .map(|finding| {
                let rows: Vec<_> =
                    finding.locations.iter().map(|place| place.row.unwrap_or(0).to_string()).collect();
                format!("{} {} {}", finding.rule, finding.target, rows.join(","))
            })
            .collect()
    }
}
