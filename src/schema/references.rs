//! References: every code that refers to another table is found there.

use std::cell::OnceCell;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use super::notices;
use super::referred::Referred;
use super::resolve::Places;
use crate::model::finding::Location;
use crate::model::finding_collector::{FindingCollector, FindingKey};
use crate::model::finding_ids;
use crate::model::grid;
use crate::model::privacy::Redactor;
use crate::model::written;
use crate::table::Table;
use crate::table::column::{CHUNK, Codes, Column, Dictionary, Texts, View};
use crate::table::normalize;
use crate::table::table_schema::{ColumnDecl, ColumnType, Declarations};

/// The codes that may be referred to in one column, and how they look.
struct Known<'a> {
    referred: Referred<'a>,
    /// Worked out once something is not found.
    looks: OnceCell<HashSet<String>>,
}

/// Reports references to nothing in the columns in which some are `lost`. Where the table referred to is not in the submission, nothing can be said.
pub(super) fn check(
    decls: &Declarations,
    tables: &BTreeMap<String, Arc<Table>>,
    lost: &Places,
    redactor: &Redactor,
    gather: &mut FindingCollector,
) {
    let mut known: HashMap<&str, Option<Known<'_>>> = HashMap::new();
    for decl in &decls.tables {
        let Some(table) = tables.get(&decl.id).filter(|table| !table.is_empty()) else { continue };
        for (at, column) in decl.columns.iter().enumerate() {
            let Some(target) = column.refers.as_deref() else { continue };
            if !lost.contains(&(decl.id.clone(), at)) {
                continue;
            }
            let known = known.entry(target).or_insert_with(|| Known::of(tables, target));
            if let (Some(known), Some(cells)) = (known, table.columns.get(at)) {
                Referring { table, at, column, cells, known, redactor }.check(gather);
            }
        }
    }
}

impl<'a> Known<'a> {
    fn of(tables: &'a BTreeMap<String, Arc<Table>>, target: &str) -> Option<Self> {
        Some(Self { referred: Referred::of(tables, target)?, looks: OnceCell::new() })
    }

    /// Whether a code that is not there looks like one that is.
    fn looks_known(&self, code: &str) -> bool {
        let looks = self
            .looks
            .get_or_init(|| self.referred.codes.iter().map(|code| normalize::look(&code)).collect());
        looks.contains(&normalize::look(code))
    }

    /// The first code of a cell that is not known.
    fn lost<'c>(&self, cell: &'c str, several: bool) -> Option<&'c str> {
        if !several {
            return (!cell.is_empty() && !self.referred.codes.contains(cell)).then_some(cell);
        }
        written::codes(cell).find(|code| !self.referred.codes.contains(code))
    }
}

/// A column that refers.
struct Referring<'a> {
    table: &'a Table,
    at: usize,
    column: &'a ColumnDecl,
    cells: &'a Column,
    known: &'a Known<'a>,
    redactor: &'a Redactor,
}

impl Referring<'_> {
    fn check(&self, gather: &mut FindingCollector) {
        let several = self.column.kind == ColumnType::Codes;
        let lost = |cell: &str| self.known.lost(cell, several).is_some();
        let mut entries: Option<Entries> = None;
        for at in 0..self.cells.chunks() {
            let chunk = self.cells.chunk(at);
            let View::Text(texts) = chunk.view() else { return };
            let faulty: Vec<usize> = match texts {
                Texts::Coded { codes, dictionary } => {
                    entries.get_or_insert_with(|| Entries::new(dictionary, lost)).rows(codes)
                }
                Texts::Plain { .. } => (0..chunk.rows()).filter(|row| lost(texts.get(*row))).collect(),
            };
            let first = at.saturating_mul(CHUNK);
            for row in faulty {
                let code = self.known.lost(texts.get(row), several).unwrap_or_default();
                self.report(first.saturating_add(row), code, gather);
            }
        }
    }

    fn report(&self, row: usize, lost: &str, gather: &mut FindingCollector) {
        let Self { table, column, known, .. } = self;
        let alike = known.looks_known(lost);
        let target = format!("{}.{}", table.decl.id, column.id);
        let detail = if alike { "alike" } else { "" };
        let kind = FindingKey { rule: finding_ids::DANGLING_REFERENCE, target: &target, detail };
        let say = if alike { notices::look_alike } else { notices::dangling };
        let notice = || say(&table.decl, column, (&known.referred.table.decl, known.referred.column));
        let grid = grid::of_row(table, row).map(|grid| self.redactor.grid(&grid));
        let place = || Location::of(table, row, Some(self.at), self.redactor);
        gather.add_in(grid.as_deref(), kind, notice, place);
    }
}

/// Which texts of a dictionary hold a code that is not known.
struct Entries {
    lost: Vec<bool>,
    any: bool,
}

impl Entries {
    fn new(dictionary: &Dictionary, lost: impl Fn(&str) -> bool) -> Self {
        let lost: Vec<bool> = dictionary.iter().map(lost).collect();
        Self { any: lost.contains(&true), lost }
    }

    fn rows(&self, codes: Codes<'_>) -> Vec<usize> {
        if !self.any {
            return Vec::new();
        }
        let lost = |code: u32| self.lost.get(code as usize).copied().unwrap_or(false);
        (0..codes.len()).filter(|row| codes.get(*row).is_some_and(lost)).collect()
    }
}
