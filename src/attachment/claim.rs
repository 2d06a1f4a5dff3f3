//! Cells that name the file of their row, and the file each means.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::file_names::{FileNames, is_file_name};
use crate::model::row_evidence::RowEvidence;
use crate::table::Table;
use crate::table::normalize;
use crate::table::table_schema::{AttachmentRole, ColumnDecl, ColumnType, TableDecl};

/// A cell of a column that names files.
#[derive(Clone, Copy, Debug)]
pub(super) struct ClaimCell<'t> {
    pub(super) table: &'t Table,
    pub(super) row: usize,
    pub(super) column: usize,
}

/// A cell whose file is not there.
#[derive(Clone, Debug)]
pub(super) struct Missing<'t> {
    pub(super) cell: ClaimCell<'t>,
    /// What it names.
    pub(super) name: String,
    /// The file with the likeliest name.
    pub(super) likely: Option<usize>,
    /// Whether it names a file, or says something else.
    pub(super) is_file: bool,
}

/// All cells that name files.
#[derive(Debug, Default)]
pub(super) struct Claims<'t> {
    /// By file: the cells that name it.
    by_file: BTreeMap<usize, Vec<ClaimCell<'t>>>,
    /// By file: the rows these stand in.
    rows: BTreeMap<usize, Vec<(&'t Table, usize)>>,
    /// By file: number and title of the first standard whose text it is.
    standards: BTreeMap<usize, (String, String)>,
    pub(super) missing: Vec<Missing<'t>>,
    /// By table id and row: its files.
    files: BTreeMap<&'t str, BTreeMap<usize, Vec<usize>>>,
}

/// What is between the names of files in one cell.
const SEPARATORS: [char; 5] = ['；', ';', '\n', '、', '，'];

impl<'t> Claims<'t> {
    /// Those of the tables.
    pub(super) fn of(tables: &'t BTreeMap<String, Arc<Table>>, names: &FileNames) -> Self {
        let mut claims = Self::default();
        if names.is_empty() {
            return claims;
        }
        for table in tables.values() {
            for (column, _) in own_columns(&table.decl) {
                for row in 0..table.len() {
                    claims.cell(ClaimCell { table, row, column }, names);
                }
            }
        }
        claims
    }

    /// The cells that name a file.
    pub(super) fn cells_of(&self, file: usize) -> &[ClaimCell<'t>] {
        self.by_file.get(&file).map(Vec::as_slice).unwrap_or_default()
    }

    /// Number and title of the first standard whose text a file is; empty where the row has none.
    pub(super) fn standard_of(&self, file: usize) -> Option<&(String, String)> {
        self.standards.get(&file)
    }

    /// The rows these stand in.
    pub(super) fn rows_of(&self, file: usize) -> &[(&'t Table, usize)] {
        self.rows.get(&file).map(Vec::as_slice).unwrap_or_default()
    }

    /// Whether each row of the tables whose rows have files has one that `opens`.
    pub(super) fn evidence(
        &self,
        tables: &BTreeMap<String, Arc<Table>>,
        opens: impl Fn(usize) -> bool,
    ) -> RowEvidence {
        let mut evidence = RowEvidence::default();
        let with_files = |table: &&Arc<Table>| own_columns(&table.decl).next().is_some();
        for table in tables.values().filter(with_files) {
            let files = self.files.get(table.decl.id.as_str());
            let backed = |row: usize| {
                files
                    .and_then(|files| files.get(&row))
                    .is_some_and(|files| files.iter().any(|file| opens(*file)))
            };
            evidence.insert(table.decl.id.clone(), (0..table.len()).map(backed).collect());
        }
        for table in tables.values().filter(|table| !with_files(table)) {
            if let Some(rows) = referred(table, tables, &evidence) {
                evidence.insert(table.decl.id.clone(), rows);
            }
        }
        evidence
    }

    fn cell(&mut self, cell: ClaimCell<'t>, names: &FileNames) {
        let text = cell.table.display(cell.row, cell.column);
        let found = files(&text, names);
        let found = if found.is_empty() { by_row(cell, names).into_iter().collect() } else { found };
        if found.is_empty() && !text.is_empty() {
            let likely = names.likeliest(&text).or_else(|| names.likeliest(&title(cell)?));
            self.missing.push(Missing { cell, likely, is_file: is_file_name(&text), name: text });
        }
        for file in found {
            if is_text(cell) {
                let listed = || (numbers(cell).next().unwrap_or_default(), title(cell).unwrap_or_default());
                self.standards.entry(file).or_insert_with(listed);
            }
            self.by_file.entry(file).or_default().push(cell);
            let rows = self.rows.entry(file).or_default();
            if !rows.iter().any(|(table, row)| std::ptr::eq(*table, cell.table) && *row == cell.row) {
                rows.push((cell.table, cell.row));
            }
            self.files.entry(&cell.table.decl.id).or_default().entry(cell.row).or_default().push(file);
        }
    }
}

/// The columns in which rows name their own files.
fn own_columns(decl: &TableDecl) -> impl Iterator<Item = (usize, &ColumnDecl)> {
    decl.columns
        .iter()
        .enumerate()
        .filter(|(_, column)| column.attachment.is_some() && column.refers.is_none())
}

/// The files a cell names: it as a whole, or its parts.
fn files(text: &str, names: &FileNames) -> Vec<usize> {
    if let Some(file) = names.named(text) {
        return vec![file];
    }
    let mut found: Vec<usize> = text.split(SEPARATORS).filter_map(|part| names.named(part)).collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// The file that has the number or the title of the row in its name.
fn by_row(cell: ClaimCell<'_>, names: &FileNames) -> Option<usize> {
    numbers(cell).find_map(|number| names.with(&number)).or_else(|| names.with(&title(cell)?))
}

/// The codes by which the row of a cell is known.
fn numbers(cell: ClaimCell<'_>) -> impl Iterator<Item = String> {
    let is_number = |column: &ColumnDecl| column.key && column.kind == ColumnType::Code;
    let columns = cell.table.decl.columns.iter().enumerate().filter(move |(_, column)| is_number(column));
    columns.map(move |(column, _)| cell.table.display(cell.row, column))
}

/// Whether a cell names the text of a standard.
fn is_text(cell: ClaimCell<'_>) -> bool {
    let column = cell.table.decl.columns.get(cell.column);
    column.is_some_and(|column| column.attachment == Some(AttachmentRole::Text))
}

/// What the row of a cell is called.
pub(super) fn title(cell: ClaimCell<'_>) -> Option<String> {
    let columns = || cell.table.decl.columns.iter().enumerate();
    let is_text = |column: &ColumnDecl| column.kind == ColumnType::Text;
    let named = columns().find(|(_, column)| column.names && is_text(column));
    let (at, _) = named.or_else(|| columns().find(|(_, column)| column.required && is_text(column)))?;
    Some(cell.table.display(cell.row, at)).filter(|title| !title.is_empty())
}

/// Whether each row refers to one with a file, in a table whose rows have the files of those they refer to.
fn referred(
    table: &Table,
    tables: &BTreeMap<String, Arc<Table>>,
    evidence: &RowEvidence,
) -> Option<Vec<bool>> {
    let columns = table.decl.columns.iter().enumerate();
    let (column, refers) = columns
        .filter(|(_, column)| column.attachment.is_some())
        .find_map(|(at, column)| Some((at, column.refers.as_deref()?)))?;
    let (id, key) = refers.split_once('.')?;
    let (other, backed) = (tables.get(id)?, evidence.of(id)?);
    let key = other.decl.position(key)?;
    let with_file = (0..other.len()).zip(backed).filter(|(_, backed)| **backed);
    let with_file: std::collections::HashSet<String> =
        with_file.map(|(row, _)| normalize::name(&other.display(row, key))).collect();
    Some(
        (0..table.len())
            .map(|row| with_file.contains(&normalize::name(&table.display(row, column))))
            .collect(),
    )
}
