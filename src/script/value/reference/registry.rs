//! The registry of standards and their editions, judged as of a day.
//!
//! Several tables may be laid over each other: that of the packs, and what a query of a national platform gave. A query
//! tells predecessors and successors in columns that are named alike; which is which the years tell.

use std::collections::{BTreeSet, HashMap};

use rhai::{Dynamic, Map};

use super::forms;
use super::standards::{canonical, level_named, origin, prefix, split_year};
use crate::table::Table;
use crate::table::column::CellValue;
use crate::table::date::Date;

/// The designation under which an edition is kept: years of two digits in full.
fn key(text: &str) -> String {
    let designation = canonical(text);
    match split_year(&designation) {
        (number, Some(year)) => format!("{number}-{year}"),
        _ => designation,
    }
}

/// Between the numbers of one cell; numbers themselves have spaces.
const BETWEEN: [char; 8] = [';', '；', ',', '，', '、', '\n', '\r', '|'];

/// Editions of published standards, by canonical designation and by number without year.
#[derive(Clone, Debug, Default)]
pub(crate) struct Registry {
    editions: HashMap<String, Edition>,
    newest: HashMap<String, Vec<(i64, Option<Date>)>>,
    /// Levels, and codes such as `GB/T`, of which every standard is listed.
    complete: BTreeSet<String>,
}

#[derive(Clone, Debug, Default)]
struct Edition {
    stated: String,
    effective: Option<Date>,
    ended: Option<Date>,
    replaced_by: String,
}

/// What a designation is on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Standing {
    Current,
    Upcoming,
    Replaced,
    Abolished,
    /// Not listed: nothing is known of it.
    Unlisted,
    /// Not listed although every standard of its kind is.
    Missing,
}

impl Standing {
    const fn name(self) -> &'static str {
        match self {
            Self::Current => "current",
            Self::Upcoming => "upcoming",
            Self::Replaced => "replaced",
            Self::Abolished => "abolished",
            Self::Unlisted => "unlisted",
            Self::Missing => "missing",
        }
    }
}

/// A row of a registry table.
struct Line<'a> {
    table: &'a Table,
    row: usize,
}

impl Line<'_> {
    fn text(&self, name: &str) -> String {
        self.table.decl.position(name).map(|at| self.table.display(self.row, at)).unwrap_or_default()
    }

    fn date(&self, name: &str) -> Option<Date> {
        match self.table.decl.position(name).map(|at| self.table.cell(self.row, at)) {
            Some(CellValue::Date(date)) => Some(date),
            _ => None,
        }
    }

    fn status(&self) -> String {
        let column =
            self.table.decl.position("status").and_then(|at| self.table.decl.columns.get(at).zip(Some(at)));
        match column.map(|(decl, at)| (decl, self.table.cell(self.row, at))) {
            Some((decl, CellValue::Enumerated(number))) => {
                decl.value_id(usize::from(number)).unwrap_or_default().to_owned()
            }
            _ => String::new(),
        }
    }

    fn numbers(&self, name: &str) -> Vec<String> {
        let cell = self.text(name);
        let parts = cell.split(BETWEEN).map(key);
        parts.filter(|number| number.contains(|c: char| c.is_ascii_digit())).collect()
    }
}

impl Registry {
    /// Reads registry tables; a later one has the last word on a standard it lists.
    pub(crate) fn new<'a>(tables: impl Iterator<Item = &'a Table>) -> Self {
        let mut registry = Self::default();
        for table in tables {
            (0..table.len()).for_each(|row| registry.take(&Line { table, row }));
        }
        registry
    }

    fn take(&mut self, line: &Line<'_>) {
        let (written, stated) = (line.text("number"), line.status());
        if stated == "complete" {
            self.complete.insert(level_named(&written).map_or_else(|| canonical(&written), str::to_owned));
            return;
        }
        let designation = key(&written);
        let (number, year) = split_year(&designation);
        if let Some(year) = year {
            let editions = self.newest.entry(number.to_owned()).or_default();
            editions.retain(|(known, _)| *known != year);
            editions.push((year, line.date("effective")));
        }
        let others = [line.numbers("replaced_by"), line.numbers("replaces")].concat();
        let later = |other: &&String| match (split_year(other).1, year) {
            (Some(other), Some(year)) if other != year => other > year,
            _ => matches!(stated.as_str(), "replaced" | "abolished") || line.date("ended").is_some(),
        };
        let (successors, predecessors): (Vec<_>, Vec<_>) = others.iter().partition(later);
        for old in predecessors {
            let replaced =
                Edition { ended: line.date("effective"), replaced_by: written.clone(), ..Edition::default() };
            self.editions.entry(old.clone()).or_insert(replaced);
        }
        let replaced_by = line.text("replaced_by");
        let replaced_by = if replaced_by.contains(BETWEEN) || !others_are(&replaced_by, &successors) {
            successors.first().map(|number| (*number).clone()).unwrap_or_default()
        } else {
            replaced_by
        };
        let (effective, ended) = (line.date("effective"), line.date("ended"));
        self.editions.insert(designation, Edition { stated, effective, ended, replaced_by });
    }

    /// Whether a designation is abolished or replaced on a day.
    pub(crate) fn gone(&self, text: &str, as_of: Date) -> bool {
        matches!(self.judge(&key(text), as_of).0, Standing::Replaced | Standing::Abolished)
    }

    /// The standing of a designation on a day: `status`; `replaced_by` and `ended` where known; `fault`, why there can be
    /// no such standard.
    pub(crate) fn standing(&self, text: &str, as_of: Date) -> Map {
        let designation = key(text);
        let (status, by) = self.judge(&designation, as_of);
        let listed = self.editions.get(&designation);
        let fault = listed.is_none().then(|| forms::fault(&canonical(text), as_of)).flatten();
        let ended = listed.and_then(|edition| edition.ended).map_or(Dynamic::UNIT, Dynamic::from);
        Map::from_iter([
            ("status".into(), status.name().into()),
            ("replaced_by".into(), by.into()),
            ("ended".into(), ended),
            ("fault".into(), fault.unwrap_or_default().into()),
        ])
    }

    fn judge(&self, designation: &str, as_of: Date) -> (Standing, String) {
        let newer = self.newer_edition(designation, as_of);
        let Some(edition) = self.editions.get(designation) else {
            return match newer {
                Some(newer) => (Standing::Replaced, newer),
                None if self.has_number(designation) => (Standing::Current, String::new()),
                None if self.is_complete_for(designation) => (Standing::Missing, String::new()),
                None => (Standing::Unlisted, String::new()),
            };
        };
        let over = match edition.ended {
            Some(ended) => ended <= as_of,
            None => matches!(edition.stated.as_str(), "replaced" | "abolished"),
        };
        let later = edition.effective.is_some_and(|from| from > as_of);
        let waits = later || (edition.effective.is_none() && edition.stated == "upcoming");
        match newer {
            _ if over && edition.replaced_by.is_empty() => match newer {
                Some(newer) => (Standing::Replaced, newer),
                None => (Standing::Abolished, String::new()),
            },
            _ if over => (Standing::Replaced, edition.replaced_by.clone()),
            _ if waits => (Standing::Upcoming, String::new()),
            // Nobody said that both editions are in force.
            Some(newer) if edition.ended.is_none() && edition.stated.is_empty() => {
                (Standing::Replaced, newer)
            }
            _ => (Standing::Current, String::new()),
        }
    }

    /// Whether an undated designation is that of a listed standard.
    fn has_number(&self, designation: &str) -> bool {
        split_year(designation).1.is_none() && self.newest.contains_key(designation)
    }

    fn is_complete_for(&self, designation: &str) -> bool {
        let level = origin(designation);
        level != "organization"
            && [level, prefix(designation)].iter().any(|kind| self.complete.contains(*kind))
    }

    /// A listed edition in force that is newer than a dated one.
    fn newer_edition(&self, designation: &str, as_of: Date) -> Option<String> {
        let (number, Some(cited)) = split_year(designation) else { return None };
        let editions = self.newest.get(number)?;
        let in_force = editions.iter().filter(|(_, from)| from.is_none_or(|from| from <= as_of));
        let newest = in_force.map(|(year, _)| *year).max()?;
        (newest > cited).then(|| format!("{number}-{newest}"))
    }
}

/// Whether the text of the cell is one of these numbers.
fn others_are(text: &str, numbers: &[&String]) -> bool {
    numbers.iter().any(|number| **number == key(text))
}
