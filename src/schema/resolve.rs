//! References written otherwise than the code they mean: by the name of the row, or with another dot in a number.
//! Where they mean one row only they are read as its code.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use crate::model::column::{Column, Lookup, Texts, View};
use crate::model::declare::{ColumnType, Declarations};
use crate::model::fold;
use crate::model::memory::Reserved;
use crate::model::table::Table;
use crate::model::written;

/// Columns of tables, by id and position.
pub(super) type Places = BTreeSet<(String, usize)>;

/// Texts and what they are read as.
type Readings = HashMap<String, String>;

/// What may be referred to in one column.
struct Target<'a> {
    table: &'a Table,
    codes: Lookup<'a>,
    _counted: Reserved<'a>,
    /// Codes by their other spellings; none where it would be two.
    spellings: OnceCell<HashMap<String, Option<String>>>,
}

/// Reads what is written otherwise as the code it means. Gives the columns in which some code is not known.
pub(super) fn resolve(decls: &Declarations, tables: &mut BTreeMap<String, Arc<Table>>) -> Places {
    let mut lost = Places::new();
    let mut readings: Vec<(String, usize, Readings)> = Vec::new();
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
            let read = |text: String| Some((target.reading(&text, column.kind)?, text));
            let read: Readings =
                strange.into_iter().filter_map(read).map(|(code, text)| (text, code)).collect();
            lost.insert((decl.id.clone(), at));
            if !read.is_empty() {
                readings.push((decl.id.clone(), at, read));
            }
        }
    }
    drop(targets);
    for (table, at, read) in readings {
        let column =
            tables.get_mut(&table).and_then(Arc::get_mut).and_then(|table| table.columns.get_mut(at));
        if let Some(column) = column {
            column.rewrite(|text| read.get(text).map(String::as_str));
        }
    }
    lost
}

impl<'a> Target<'a> {
    fn of(tables: &'a BTreeMap<String, Arc<Table>>, name: &str) -> Option<Self> {
        let (table, column) = name.split_once('.')?;
        let table = tables.get(table)?;
        let at = table.decl.position(column)?;
        if !table.present || !table.has_column(at) {
            return None;
        }
        let cells = table.columns.get(at)?;
        let codes = Lookup::of(cells);
        let counted = cells.memory().reserve(codes.bytes());
        Some(Self { table, codes, _counted: counted, spellings: OnceCell::new() })
    }

    /// Distinct texts of a column with a code that is not there.
    fn strange(&self, cells: &Column, several: bool) -> BTreeSet<String> {
        let strange = |text: &str| {
            if several {
                written::codes(text).any(|code| !self.codes.contains(code))
            } else {
                !text.is_empty() && !self.codes.contains(text)
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

    /// What a text is read as, where all of it is known by one spelling or another.
    fn reading(&self, text: &str, kind: ColumnType) -> Option<String> {
        let spellings = self.spellings.get_or_init(|| self.spellings());
        let code = |text: &str| {
            if self.codes.contains(text) {
                Some(text.to_owned())
            } else {
                spellings.get(&spelling(text))?.clone()
            }
        };
        if kind != ColumnType::Codes {
            return code(text);
        }
        let all: Vec<String> =
            written::codes(text).map(|one| code(one).unwrap_or_else(|| one.to_owned())).collect();
        let read = all.join("；");
        (read != text && all.iter().any(|one| !text.contains(one.as_str()))).then_some(read)
    }

    fn spellings(&self) -> HashMap<String, Option<String>> {
        let mut spellings: HashMap<String, Option<String>> = HashMap::new();
        let mut add = |spelling: String, code: &str| {
            let known = spellings.entry(spelling).or_insert_with(|| Some(code.to_owned()));
            if known.as_deref() != Some(code) {
                *known = None;
            }
        };
        for code in self.codes.iter() {
            add(spelling(&code), &code);
        }
        let named = self.table.decl.columns.iter().enumerate().filter(|(_, column)| column.names);
        for cells in named.filter_map(|(at, _)| self.table.columns.get(at)) {
            for code in self.codes.iter() {
                let name = self.codes.get(&code).map(|row| cells.text(row as usize)).unwrap_or_default();
                if !name.is_empty() {
                    add(spelling(&name), &code);
                }
            }
        }
        spellings
    }
}

/// A code or name with every dot of a number alike. Width and what cannot be seen are not folded: these are reported.
fn spelling(text: &str) -> String {
    let dot =
        |c: char| if matches!(c, '·' | '・' | '‧' | '∙' | '⋅' | '.' | '．') { '•' } else { c };
    fold::trimmed(text).chars().map(dot).collect()
}
