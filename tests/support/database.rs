//! Tables of submissions as scripts that put them into a database.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;
use std::sync::Arc;

use wangge::ingest::{self, ReadOptions};
use wangge::model::finding::Finding;
use wangge::model::row::{RawCell, Rows, TableSink};
use wangge::model::written::date;
use wangge::table::Source;
use wangge::table::table_schema::TableDecl;

/// Names of columns, and rows.
type Columns = (Vec<String>, Vec<BTreeMap<String, String>>);

/// Tables by id.
#[derive(Clone, Debug, Default)]
pub struct Dump {
    tables: BTreeMap<String, Columns>,
    /// The table that is read now, and which of its columns are there.
    current: Option<(String, Vec<Option<String>>)>,
}

impl TableSink for Dump {
    fn begin(&mut self, table: &Arc<TableDecl>, _: Arc<Source>, headers: Vec<Option<(u32, String)>>) {
        let columns = table.columns.iter().zip(&headers);
        let columns: Vec<_> = columns.map(|(decl, found)| found.as_ref().map(|_| decl.zh.clone())).collect();
        let (names, _) = self.tables.entry(table.id.clone()).or_default();
        for column in columns.iter().flatten() {
            if !names.contains(column) {
                names.push(column.clone());
            }
        }
        self.current = Some((table.id.clone(), columns));
    }

    fn rows(&mut self, rows: &Rows<'_>) {
        let Some((id, columns)) = &self.current else { return };
        let Some((_, all)) = self.tables.get_mut(id) else { return };
        for at in 0..rows.len() {
            let cells = columns.iter().zip(rows.row(at));
            let cells = cells.filter_map(|(column, cell)| Some((column.clone()?, text(cell)?)));
            all.push(cells.collect());
        }
    }

    fn found(&mut self, _: Finding) {}
}

fn text(cell: &RawCell<'_>) -> Option<String> {
    match cell {
        RawCell::Text(text) | RawCell::Fault(text) | RawCell::Damaged(text) => Some(text.to_string()),
        RawCell::Number(number) => Some(number.to_string()),
        RawCell::Serial(serial) => date::shown(*serial),
        RawCell::Logical(yes) => Some(yes.to_string()),
        RawCell::Empty | RawCell::Unread | RawCell::Uncalculated => None,
    }
}

fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

impl Dump {
    /// The tables of a submission.
    pub fn of(path: &Path) -> Self {
        let mut dump = Self::default();
        let session = super::session();
        ingest::read(path, &session.declarations, ReadOptions::default(), &mut dump).unwrap();
        dump
    }

    /// The tables of all of them, without rows.
    pub fn merged(dumps: &[Self]) -> Self {
        let mut merged = Self::default();
        for (id, (columns, _)) in dumps.iter().flat_map(|dump| &dump.tables) {
            let (names, _) = merged.tables.entry(id.clone()).or_default();
            for column in columns {
                if !names.contains(column) {
                    names.push(column.clone());
                }
            }
        }
        merged
    }

    /// Names of the tables.
    pub fn ids(&self) -> impl Iterator<Item = &String> {
        self.tables.keys()
    }

    /// Statements that make the tables, with a column `n` that tells rows apart, and perhaps one that says whose they are.
    pub fn tables_of(&self, divided: bool) -> String {
        let mut script = String::new();
        for (id, (columns, _)) in &self.tables {
            let columns: String = joined(columns.iter().map(|one| format!(", \"{one}\" TEXT")));
            let org = if divided { ", \"org\" TEXT" } else { "" };
            writeln!(script, "CREATE TABLE \"t_{id}\" (n INTEGER{org}{columns});").unwrap();
        }
        script
    }

    /// Statements that fill them.
    pub fn rows(&self, organization: Option<&str>) -> String {
        let mut script = String::new();
        for (id, (_, rows)) in &self.tables {
            for (row, number) in rows.iter().zip(1..) {
                let org = if organization.is_some() { ", \"org\"" } else { "" };
                let value = organization.map(|code| format!(", {}", quoted(code))).unwrap_or_default();
                let names: String = joined(row.keys().map(|one| format!(", \"{one}\"")));
                let values: String = joined(row.values().map(|one| format!(", {}", quoted(one))));
                writeln!(script, "INSERT INTO \"t_{id}\" (n{org}{names}) VALUES ({number}{value}{values});")
                    .unwrap();
            }
        }
        script
    }

    /// All of it.
    pub fn script(&self, organization: Option<&str>) -> String {
        [self.tables_of(organization.is_some()), self.rows(organization)].concat()
    }
}

/// Settings that read every table of a dump.
pub fn settings(head: &str, dump: &Dump) -> String {
    let tables = dump.ids().map(|id| format!("[tables.{id}]\nfrom = \"t_{id}\"\nkey = \"n\"\n"));
    [head.to_owned(), joined(tables)].concat()
}

fn joined(parts: impl Iterator<Item = String>) -> String {
    parts.collect::<Vec<_>>().concat()
}
