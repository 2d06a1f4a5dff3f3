//! Cells that name the file of their row, and the file each means.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::Arc;

use super::file_names::{FileNames, is_file_name};
use crate::model::row_evidence::RowEvidence;
use crate::table::Table;
use crate::table::normalize;
use crate::table::table_schema::{AttachmentRole, ColumnDecl, TableDecl};

/// A cell of a column that names files.
#[derive(Clone, Copy, Debug)]
pub(super) struct ClaimCell<'t> {
    pub(super) table: &'t Table,
    pub(super) row: usize,
    pub(super) column: usize,
}

/// A file that a cell names and that is not there.
#[derive(Clone, Debug)]
pub(super) struct Missing<'t> {
    pub(super) cell: ClaimCell<'t>,
    /// What it names.
    pub(super) name: String,
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
    /// By table id and row: its files; nothing for a row whose file was read as a table.
    files: BTreeMap<&'t str, BTreeMap<usize, Vec<usize>>>,
    /// By table id: rows that name a file that was read as a table.
    of_tables: BTreeMap<&'t str, BTreeSet<usize>>,
}

/// What is surely between the names of files in one cell, and what may be.
const SURE: [char; 5] = ['；', ';', '\n', '，', ','];
const POSSIBLE: [char; 3] = ['、', ' ', '\u{3000}'];

/// The names of files that a cell may mean.
#[derive(Clone, Copy)]
pub(super) struct Known<'n> {
    /// Those that hold no table.
    pub(super) attachments: &'n FileNames,
    /// Those that were read as tables.
    pub(super) tables: &'n FileNames,
}

impl<'t> Claims<'t> {
    /// Those of the tables. Cells that name a file come first: what they claim is not guessed for other rows.
    pub(super) fn of(tables: &'t BTreeMap<String, Arc<Table>>, known: Known<'_>) -> Self {
        let mut claims = Self::default();
        if known.attachments.is_empty() {
            return claims;
        }
        let mut silent = Vec::new();
        for table in tables.values() {
            for (column, _) in own_columns(&table.decl) {
                for row in 0..table.len() {
                    let cell = ClaimCell { table, row, column };
                    if !claims.stated(cell, known) {
                        silent.push(cell);
                    }
                }
            }
        }
        let explicit: BTreeSet<usize> = claims.by_file.keys().copied().collect();
        for cell in silent {
            claims.guessed(cell, known.attachments, &explicit);
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
            let of_tables = self.of_tables.get(table.decl.id.as_str());
            let backed = |row: usize| {
                let own = files.and_then(|files| files.get(&row));
                own.is_some_and(|files| files.iter().any(|file| opens(*file)))
                    || of_tables.is_some_and(|rows| rows.contains(&row))
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

    /// Takes what a cell says; whether it names a file, there or not.
    fn stated(&mut self, cell: ClaimCell<'t>, known: Known<'_>) -> bool {
        let text = cell.table.display(cell.row, cell.column);
        let mut says = false;
        for part in parts(&text, known) {
            let (found, names) = match known.attachments.named(part) {
                Some(file) => (vec![file], true),
                None => (known.attachments.in_folder(part).to_vec(), is_file_name(part)),
            };
            let is_table = found.is_empty() && known.tables.named(part).is_some();
            says |= names || is_table || !found.is_empty();
            if is_table {
                self.of_tables.entry(&cell.table.decl.id).or_default().insert(cell.row);
            } else if found.is_empty() && names {
                self.missing.push(Missing { cell, name: part.trim().to_owned(), is_file: true });
            }
            found.into_iter().for_each(|file| self.claim(cell, file));
        }
        says
    }

    /// Looks for the file that has the number or the title of the row in its name, where the cell names none.
    fn guessed(&mut self, cell: ClaimCell<'t>, names: &FileNames, explicit: &BTreeSet<usize>) {
        let by_number = numbers(cell).flat_map(|number| names.with_number(&number)).collect::<Vec<_>>();
        let by_title =
            || title(cell.table, cell.row).map(|title| names.with_title(&title)).unwrap_or_default();
        let found = if by_number.is_empty() { by_title() } else { by_number };
        match found.into_iter().find(|file| !explicit.contains(file)) {
            Some(file) => self.claim(cell, file),
            None => {
                let name = cell.table.display(cell.row, cell.column);
                if !name.is_empty() {
                    self.missing.push(Missing { cell, name, is_file: false });
                }
            }
        }
    }

    fn claim(&mut self, cell: ClaimCell<'t>, file: usize) {
        if is_text(cell) {
            let listed = || {
                (numbers(cell).next().unwrap_or_default(), title(cell.table, cell.row).unwrap_or_default())
            };
            self.standards.entry(file).or_insert_with(listed);
        }
        self.by_file.entry(file).or_default().push(cell);
        let rows = self.rows.entry(file).or_default();
        let is_same = |(table, row): &(&Table, usize)| std::ptr::eq(*table, cell.table) && *row == cell.row;
        if !rows.last().is_some_and(is_same) {
            rows.push((cell.table, cell.row));
        }
        self.files.entry(&cell.table.decl.id).or_default().entry(cell.row).or_default().push(file);
    }
}

/// What a cell names: it as a whole where that is a file or folder, or its parts.
fn parts<'c>(text: &'c str, known: Known<'_>) -> Vec<&'c str> {
    let is_whole = |part: &str| {
        [known.attachments, known.tables].iter().any(|names| names.named(part).is_some())
            || !known.attachments.in_folder(part).is_empty()
    };
    if is_whole(text) {
        return vec![text];
    }
    let sure = text.split(SURE).filter(|part| !part.trim().is_empty());
    let divided = |part: &'c str| -> Vec<&'c str> {
        let pieces: Vec<&str> = part.split(POSSIBLE).filter(|piece| !piece.is_empty()).collect();
        // `牌匾、证书.png` is one file unless each piece is one.
        if !is_whole(part)
            && pieces.len() > 1
            && pieces.iter().all(|piece| is_file_name(piece) || is_whole(piece))
        {
            pieces
        } else {
            vec![part]
        }
    };
    sure.flat_map(divided).collect()
}

/// The columns in which rows name their own files.
fn own_columns(decl: &TableDecl) -> impl Iterator<Item = (usize, &ColumnDecl)> {
    decl.columns
        .iter()
        .enumerate()
        .filter(|(_, column)| column.attachment.is_some() && column.refers.is_none())
}

/// The codes by which the row of a cell is known.
fn numbers(cell: ClaimCell<'_>) -> impl Iterator<Item = String> {
    cell.table.decl.code_columns().map(move |column| cell.table.display(cell.row, column))
}

/// Whether a cell names the text of a standard.
fn is_text(cell: ClaimCell<'_>) -> bool {
    let column = cell.table.decl.columns.get(cell.column);
    column.is_some_and(|column| column.attachment == Some(AttachmentRole::Text))
}

/// What a row is called.
pub(super) fn title(table: &Table, row: usize) -> Option<String> {
    let column = table.decl.title_column()?;
    Some(table.display(row, column)).filter(|title| !title.is_empty())
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
    let with_file: HashSet<String> =
        with_file.map(|(row, _)| normalize::name(&other.display(row, key))).collect();
    Some(
        (0..table.len())
            .map(|row| with_file.contains(&normalize::name(&table.display(row, column))))
            .collect(),
    )
}
