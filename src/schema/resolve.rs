//! References written otherwise than the code they mean: by the name of the row, or with another dot in a number.
//! Where they mean one row only they are read as its code.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use crate::model::finding_collector::{FindingCollector, FindingKey};
use crate::model::finding_ids;
use crate::model::written;
use crate::table::Table;
use crate::table::column::{Column, Texts, View};
use crate::table::table_schema::{ColumnDecl, ColumnType, Declarations, TableDecl};

use super::naming::{By, Meant, Naming};
use super::notices;
use super::referred::Referred;

/// Columns of tables, by id and position.
pub(super) type Places = BTreeSet<(String, usize)>;

/// Texts and what they are read as; none where they may mean several rows.
type Readings = HashMap<String, Option<String>>;

/// What was read in one column of a table.
struct Read<'a> {
    table: &'a str,
    at: usize,
    readings: Readings,
}

/// What may be referred to in one column.
struct Target<'a> {
    referred: Referred<'a>,
    /// What they are called otherwise.
    naming: OnceCell<Naming>,
}

/// Reads what is written otherwise as the code it means. Gives the columns in which some code is not known.
pub(super) fn resolve(
    decls: &Declarations,
    tables: &mut BTreeMap<String, Arc<Table>>,
    gather: &mut FindingCollector,
) -> Places {
    let mut lost = Places::new();
    let mut read: Vec<Read<'_>> = Vec::new();
    let mut targets: HashMap<&str, Option<Target<'_>>> = HashMap::new();
    for decl in &decls.tables {
        let Some(table) = tables.get(&decl.id).filter(|table| !table.is_empty()) else { continue };
        for (at, column) in decl.columns.iter().enumerate() {
            let Some(name) = column.refers.as_deref().or(column.like.as_deref()) else { continue };
            let target = targets.entry(name).or_insert_with(|| Target::of(tables, name));
            let (Some(target), Some(cells)) = (target, table.columns.get(at)) else { continue };
            let strange = target.strange(cells, column.kind == ColumnType::Codes);
            if strange.is_empty() {
                continue;
            }
            lost.insert((decl.id.clone(), at));
            let meant = strange.into_iter().map(|text| (target.meant(&text, column.kind), text));
            let meant: Vec<_> = meant.filter(|(meant, _)| *meant != Meant::Nothing).collect();
            if meant.iter().any(|(meant, _)| matches!(meant, Meant::Code(_, By::Name | By::Short))) {
                tell(decl, column, target, gather);
            }
            if !meant.is_empty() {
                let readings = meant.into_iter().map(|(meant, text)| (text, meant.code())).collect();
                read.push(Read { table: &decl.id, at, readings });
            }
        }
    }
    drop(targets);
    for Read { table, at, readings } in read {
        let table = tables.get_mut(table).and_then(Arc::get_mut);
        if let Some(column) = table.and_then(|table| table.columns.get_mut(at)) {
            column.rewrite(|text| readings.get(text).map(Option::as_deref));
        }
    }
    lost
}

/// Says that references were read by names.
fn tell(decl: &TableDecl, column: &ColumnDecl, target: &Target<'_>, gather: &mut FindingCollector) {
    let place = format!("{}.{}", decl.id, column.id);
    let kind = FindingKey { rule: finding_ids::READ_BY_NAME, target: &place, detail: "" };
    gather.add(
        kind,
        || notices::by_name(decl, column, (&target.referred.table.decl, target.referred.column)),
        || None,
    );
}

impl<'a> Target<'a> {
    fn of(tables: &'a BTreeMap<String, Arc<Table>>, name: &str) -> Option<Self> {
        Some(Self { referred: Referred::of(tables, name)?, naming: OnceCell::new() })
    }

    /// Distinct texts of a column with a code that is not there.
    fn strange(&self, cells: &Column, several: bool) -> BTreeSet<String> {
        let strange = |text: &str| {
            if several {
                written::codes(text).any(|code| !self.referred.codes.contains(code))
            } else {
                !text.is_empty() && !self.referred.codes.contains(text)
            }
        };
        let mut found = BTreeSet::new();
        let mut looked = false;
        for at in 0..cells.chunks() {
            let chunk = cells.chunk(at);
            match chunk.view() {
                View::Text(Texts::Coded { dictionary, .. }) if !looked => {
                    looked = true;
                    found.extend(dictionary.iter().filter(|text| strange(text)).map(str::to_owned));
                }
                View::Text(texts @ Texts::Plain { .. }) => {
                    let texts = (0..chunk.rows()).map(|row| texts.get(row));
                    found.extend(texts.filter(|text| strange(text)).map(str::to_owned));
                }
                _ => {}
            }
        }
        found
    }

    /// What a text means, or parts of it.
    fn meant(&self, text: &str, kind: ColumnType) -> Meant {
        let referred = &self.referred;
        let naming = self.naming.get_or_init(|| Naming::of(referred.table, referred.column, &referred.codes));
        let one = |text: &str| {
            if self.referred.codes.contains(text) {
                Meant::Code(text.to_owned(), By::Code)
            } else {
                naming.meant(text)
            }
        };
        match kind {
            ColumnType::Codes => several(text, one),
            ColumnType::Text => match one(text) {
                Meant::Nothing => several(text, one),
                meant => meant,
            },
            _ => one(text),
        }
    }
}

/// What a cell that names several means: its parts, those read that are known.
fn several(text: &str, meant: impl Fn(&str) -> Meant) -> Meant {
    let mut how = By::Code;
    let mut read = |one: &str| match meant(one) {
        Meant::Code(code, by) => {
            how = if by == By::Code { how } else { by };
            code
        }
        _ => one.to_owned(),
    };
    let (parts, all): (Vec<&str>, Vec<String>) = written::codes(text).map(|one| (one, read(one))).unzip();
    if parts == all { Meant::Nothing } else { Meant::Code(all.join("；"), how) }
}
