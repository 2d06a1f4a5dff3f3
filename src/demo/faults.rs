//! The faults a demo can have, and which rule is expected to tell each: data in `faults.toml`.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::random::Random;
use super::row::Row;
use crate::table::table_schema::{Declarations, TableDecl};

const LIST: &str = include_str!("faults.toml");

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct List {
    fault: Vec<Fault>,
}

/// A known fault.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Fault {
    pub(super) id: String,
    pub(super) table: String,
    /// What is done.
    #[serde(default)]
    pub(super) change: Change,
    /// The column that is changed.
    #[serde(default)]
    column: String,
    /// What is written there.
    #[serde(default)]
    value: String,
    /// Only rows that say this: all of them are left out, or the first few changed. Else a few rows by chance.
    #[serde(rename = "where")]
    only: Option<Only>,
    /// The rule, requirement or notice that tells it.
    pub(super) expects: String,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Change {
    /// A cell says something else.
    #[default]
    Set,
    /// A row says the same as the one before, but for its key.
    Copy,
    /// A row is left out.
    Drop,
    /// The table is left out.
    DropTable,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Only {
    column: String,
    value: String,
}

/// Where a fault was put.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Injected {
    fault: String,
    table: String,
    file: String,
    /// The row in the file, the header being the first; none where a table or a row was left out.
    row: Option<u64>,
    /// The first cell of the row.
    key: String,
    column: String,
    value: String,
    expects: String,
}

/// All known faults.
///
/// # Errors
///
/// The list is malformed.
pub(super) fn all() -> Result<Vec<Fault>, toml::de::Error> {
    toml::from_str::<List>(LIST).map(|list| list.fault)
}

/// One to six faults for one organization, at most one a table.
pub(super) fn sample<'a>(faults: &'a [Fault], random: &mut Random) -> Vec<&'a Fault> {
    let mut chosen: BTreeMap<&str, &Fault> = BTreeMap::new();
    for _ in 0..random.between(1, 6) {
        let at = usize::try_from(random.below(faults.len() as u64)).unwrap_or(0);
        if let Some(fault) = faults.get(at) {
            chosen.insert(&fault.table, fault);
        }
    }
    chosen.into_values().collect()
}

/// Puts faults into the rows of one table as they are written, and records each.
pub(super) struct FaultInjector<'a> {
    decl: Option<&'a TableDecl>,
    file: String,
    /// Faults of rows with a certain value, and how many more rows each is put into.
    rules: Vec<(&'a Fault, usize)>,
    /// Faults of rows drawn by chance, by the number of the row from 0.
    rows: BTreeMap<u64, &'a Fault>,
    /// The row written last.
    before: Row,
    /// The faults put in so far.
    pub(super) injected: Vec<Injected>,
}

/// Rows with the value of a fault that are changed at most.
const FEW: usize = 3;
/// Rows for each further row changed by chance.
const RARE: u64 = 5000;

impl<'a> FaultInjector<'a> {
    pub(super) fn new(
        declarations: &'a Declarations,
        table: &str,
        file: &str,
        faults: &[&'a Fault],
        expected_rows: u64,
        random: &mut Random,
    ) -> Self {
        let mine = faults.iter().copied().filter(|fault| fault.table == table);
        let (rules, chance): (Vec<_>, Vec<_>) = mine.partition(|fault| fault.only.is_some());
        let times = |fault: &Fault| if fault.change == Change::Drop { usize::MAX } else { FEW };
        let rules = rules.into_iter().map(|fault| (fault, times(fault))).collect();
        let mut rows = BTreeMap::new();
        for fault in chance {
            for _ in 0..=expected_rows / RARE {
                // The first row is kept: others are told to be like it.
                rows.insert(1 + random.below(expected_rows.saturating_sub(1)), fault);
            }
        }
        let decl = declarations.table(table).map(AsRef::as_ref);
        Self { decl, file: file.to_owned(), rules, rows, before: Row::default(), injected: Vec::new() }
    }

    /// Changes the `nth` row if a fault falls on it, `written` rows being in the file. False if the row is left out.
    pub(super) fn inject(&mut self, nth: u64, written: u64, header: &Row, row: &mut Row) -> bool {
        let chosen = self.rows.get(&nth).copied();
        let fault = chosen.or_else(|| self.suiting(header, row));
        let kept = fault.is_none_or(|fault| self.change(fault, written, header, row));
        if !self.rows.is_empty() {
            self.before.clone_from(row);
        }
        kept
    }

    fn suiting(&mut self, header: &Row, row: &Row) -> Option<&'a Fault> {
        let decl = self.decl;
        let suits = |fault: &Fault| {
            let only = fault.only.as_ref();
            only.is_some_and(|only| row.get(position(decl, header, &only.column)) == only.value)
        };
        let (fault, times) = self.rules.iter_mut().find(|(fault, times)| *times > 0 && suits(fault))?;
        *times -= 1;
        Some(fault)
    }

    fn change(&mut self, fault: &Fault, written: u64, header: &Row, row: &mut Row) -> bool {
        let at = position(self.decl, header, &fault.column);
        match fault.change {
            Change::Set => row.set(at, &fault.value),
            Change::Copy => {
                let key = row.get(0).to_owned();
                row.clone_from(&self.before);
                row.set(0, &key);
            }
            Change::Drop | Change::DropTable => {}
        }
        let kept = matches!(fault.change, Change::Set | Change::Copy);
        let column = if fault.column.is_empty() { "" } else { header.get(at) };
        self.injected.push(Injected {
            row: kept.then_some(written + 1),
            key: row.get(0).to_owned(),
            column: column.to_owned(),
            ..self.of(fault)
        });
        kept
    }

    /// A table that is left out.
    pub(super) fn without_table(&mut self, fault: &Fault) {
        let injected = self.of(fault);
        self.injected.push(injected);
    }

    fn of(&self, fault: &Fault) -> Injected {
        Injected {
            fault: fault.id.clone(),
            table: fault.table.clone(),
            file: self.file.clone(),
            row: None,
            key: String::new(),
            column: String::new(),
            value: fault.value.clone(),
            expects: fault.expects.clone(),
        }
    }
}

fn position(decl: Option<&TableDecl>, header: &Row, column: &str) -> usize {
    let name = decl.and_then(|decl| decl.column(column)).map(|column| column.zh.as_str());
    header.cells().position(|cell| Some(cell) == name).unwrap_or(0)
}
