//! Codes of provinces, prefectures and counties (GB/T 2260 and the yearly lists that continue it):
//! which place a code stood for on a day, and what became of it.
//!
//! The table is `rules/registry/divisions.csv`. It dates changes no finer than its sources, and
//! always so that a code counts as valid in the weeks or months in doubt.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::OnceLock;

use ahash::RandomState;
use thiserror::Error;

use crate::table::date::Date;

const CODE_LENGTH: usize = 6;
const LEAST_OF_NAME: usize = 3;

/// The first two digits of every code: the provinces, municipalities, autonomous and special administrative regions.
pub const PROVINCES: [&str; 34] = [
    "11", "12", "13", "14", "15", "21", "22", "23", "31", "32", "33", "34", "35", "36", "37", "41", "42",
    "43", "44", "45", "46", "50", "51", "52", "53", "54", "61", "62", "63", "64", "65", "71", "81", "82",
];

/// Every code ever listed, with the spells in which it was in force.
#[derive(Clone, Debug)]
pub struct Divisions {
    /// Sorted by code, then by beginning.
    spells: Vec<Spell>,
    /// Positions of the spells that have gone into a code.
    by_successor: BTreeMap<String, Vec<usize>>,
    /// Positions of the spells by name, once they are asked for.
    by_name: OnceLock<HashMap<String, Vec<usize>, RandomState>>,
}

/// What a code is on a given day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// In force.
    Current {
        /// The place, without the names of the divisions above it.
        name: String,
    },
    /// No longer in force.
    Abolished {
        /// The last place the code stood for.
        name: String,
        /// The first listed day without the code; the change itself may be up to a year older.
        on: Option<Date>,
        /// The codes that took over, as far as known.
        successors: Vec<String>,
    },
    /// Not yet in force.
    NotYet {
        /// The place the code will stand for.
        name: String,
        /// The earliest day the code can have been in force.
        from: Date,
    },
    /// Never listed.
    Unknown,
}

/// Why a table of divisions cannot be used.
#[derive(Debug, Error)]
pub enum DivisionsError {
    /// Not the expected CSV.
    #[error("not a table of divisions: {0}")]
    Table(#[from] csv::Error),
    /// A column is missing.
    #[error("there is no column “{0}”")]
    Column(&'static str),
    /// A code is not six digits.
    #[error("row {row}: “{code}” is not a six-digit code")]
    Code {
        /// Counted from 1, without the header.
        row: usize,
        /// The text in place of a code.
        code: String,
    },
    /// A day is neither empty nor ISO.
    #[error("row {row}: “{text}” is not a day like 2021-04-09")]
    Day {
        /// Counted from 1, without the header.
        row: usize,
        /// The text in place of a day.
        text: String,
    },
}

impl DivisionsError {
    /// In Chinese. What the reader of CSV says is in English: it stands in the English message alone.
    pub fn zh(&self) -> String {
        match self {
            Self::Table(_) => "不是所要求的CSV表格".to_owned(),
            Self::Column(name) => format!("缺少“{name}”列"),
            Self::Code { row, code } => format!("第{row}行“{code}”不是六位代码"),
            Self::Day { row, text } => format!("第{row}行“{text}”不是 2021-04-09 这样的日期"),
        }
    }
}

#[derive(Clone, Debug)]
struct Spell {
    code: String,
    name: String,
    /// The first day in force; none if in force since before the oldest list.
    from: Option<Date>,
    /// The first day no longer in force.
    until: Option<Date>,
    successors: Vec<String>,
}

/// Headers of the table.
const COLUMNS: [&str; 5] = ["代码", "名称", "启用", "停用", "继任"];

/// The cells of a row, in the order of [`COLUMNS`].
type Row<'a> = [&'a str; 5];

impl Divisions {
    /// Reads the text of `divisions.csv`.
    ///
    /// # Errors
    ///
    /// If the text is not that table, or a code or a day in it is malformed.
    pub fn parse(text: &str) -> Result<Self, DivisionsError> {
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        // A pack of its own may have no divisions.
        let at = if text.is_empty() { [0; 5] } else { positions(reader.headers()?)? };
        let mut record = csv::StringRecord::new();
        let mut spells = Vec::with_capacity(text.lines().count());
        while reader.read_record(&mut record)? {
            let row = at.map(|at| record.get(at).unwrap_or_default());
            spells.push(Spell::new(row, spells.len().saturating_add(1))?);
        }
        spells.sort_by(|a, b| (&a.code, a.from).cmp(&(&b.code, b.from)));
        let mut by_successor: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (at, spell) in spells.iter().enumerate() {
            for next in &spell.successors {
                by_successor.entry(next.clone()).or_default().push(at);
            }
        }
        Ok(Self { spells, by_successor, by_name: OnceLock::new() })
    }

    /// What `code` is on `day`.
    pub fn standing(&self, code: &str, day: Date) -> Standing {
        // A shorter text is no code, though codes begin with it.
        let spells = if code.len() == CODE_LENGTH { self.under(code) } else { &[] };
        // Spells of one code may overlap while a change is in doubt; the newer name is the better.
        if let Some(spell) = spells.iter().rfind(|spell| spell.covers(day)) {
            return Standing::Current { name: spell.name.clone() };
        }
        if let Some(spell) = spells.iter().rfind(|spell| spell.ended_by(day)) {
            return spell.abolished();
        }
        let next = spells.iter().find_map(|spell| spell.from.map(|from| (spell, from)));
        next.map_or(Standing::Unknown, |(spell, from)| Standing::NotYet { name: spell.name.clone(), from })
    }

    /// The names of divisions that have gone into `code` by `day`, each once, in order.
    pub fn predecessors(&self, code: &str, day: Date) -> BTreeSet<&str> {
        let spells = self.by_successor.get(code).into_iter().flatten().filter_map(|at| self.spells.get(*at));
        spells.filter(|spell| spell.ended_by(day)).map(|spell| spell.name.as_str()).collect()
    }

    /// The codes of all places that were ever called so. Names of fewer than three characters, as 城区, have none: they stand in
    /// other words.
    pub fn called(&self, name: &str) -> impl Iterator<Item = &str> {
        let spells = self.by_name.get_or_init(|| self.named()).get(name).into_iter().flatten();
        spells.filter_map(|at| self.spells.get(*at)).map(|spell| spell.code.as_str())
    }

    fn named(&self) -> HashMap<String, Vec<usize>, RandomState> {
        let mut by_name: HashMap<String, Vec<usize>, RandomState> = HashMap::default();
        let names = self.spells.iter().map(|spell| spell.name.as_str()).enumerate();
        for (at, name) in names.filter(|(_, name)| name.chars().count() >= LEAST_OF_NAME) {
            by_name.entry(name.to_owned()).or_default().push(at);
        }
        by_name
    }

    /// Whether `code` is a province or prefecture with a division below it on `day`. False for
    /// counties, and for the likes of 东莞市 (441900), whose own code serves at county level.
    pub fn is_divided(&self, code: &str, day: Date) -> bool {
        let above = code.strip_suffix("0000").or_else(|| code.strip_suffix("00")).unwrap_or_default();
        code.len() == CODE_LENGTH
            && !above.is_empty()
            && self.under(above).iter().any(|part| part.code != code && part.covers(day))
    }

    /// The codes in force on `day`, in order.
    pub fn current(&self, day: Date) -> impl Iterator<Item = &str> {
        let codes =
            self.spells.iter().filter(move |spell| spell.covers(day)).map(|spell| spell.code.as_str());
        let mut before = "";
        codes.filter(move |code| *code != std::mem::replace(&mut before, code))
    }

    /// The spells of all codes that begin with `prefix`.
    fn under(&self, prefix: &str) -> &[Spell] {
        let start = self.spells.partition_point(|spell| spell.code.as_str() < prefix);
        let rest = self.spells.get(start..).unwrap_or_default();
        let count = rest.partition_point(|spell| spell.code.starts_with(prefix));
        rest.get(..count).unwrap_or_default()
    }
}

impl Spell {
    fn new([code, name, from, until, successors]: Row<'_>, at: usize) -> Result<Self, DivisionsError> {
        if code.len() != CODE_LENGTH || !code.bytes().all(|b| b.is_ascii_digit()) {
            return Err(DivisionsError::Code { row: at, code: code.to_owned() });
        }
        let (from, until) = (day(from, at)?, day(until, at)?);
        let successors = successors.split(';').filter(|s| !s.is_empty()).map(str::to_owned).collect();
        Ok(Self { code: code.to_owned(), name: name.to_owned(), from, until, successors })
    }

    fn covers(&self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && !self.ended_by(day)
    }

    fn ended_by(&self, day: Date) -> bool {
        self.until.is_some_and(|until| until <= day)
    }

    fn abolished(&self) -> Standing {
        Standing::Abolished { name: self.name.clone(), on: self.until, successors: self.successors.clone() }
    }
}

/// Where the columns stand.
fn positions(headers: &csv::StringRecord) -> Result<[usize; 5], DivisionsError> {
    let mut at = [0; 5];
    for (at, column) in at.iter_mut().zip(COLUMNS) {
        *at = headers.iter().position(|one| one == column).ok_or(DivisionsError::Column(column))?;
    }
    Ok(at)
}

/// An empty cell or an ISO day.
fn day(text: &str, row: usize) -> Result<Option<Date>, DivisionsError> {
    if text.is_empty() {
        return Ok(None);
    }
    Date::from_iso(text).map(Some).ok_or_else(|| DivisionsError::Day { row, text: text.to_owned() })
}

#[cfg(test)]
mod tests;
