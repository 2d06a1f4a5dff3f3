//! Designations of standards and the registry of their editions, judged as of a day.

use std::collections::HashMap;
use std::sync::LazyLock;

use regex::Regex;
use rhai::{Dynamic, Map};
use unicode_normalization::UnicodeNormalization;

use crate::model::column::CellValue;
use crate::model::date::Date;
use crate::model::table::Table;

/// Editions of published standards, by canonical designation and by number without year.
#[derive(Clone, Debug, Default)]
pub(super) struct Registry {
    editions: HashMap<String, Edition>,
    newest: HashMap<String, Vec<(i64, Option<Date>)>>,
}

#[derive(Clone, Debug)]
struct Edition {
    effective: Option<Date>,
    ended: Option<Date>,
    replaced_by: String,
}

/// The designation as it is compared: half-width, no spaces, one kind of hyphen, upper case.
pub(super) fn canonical(text: &str) -> String {
    if text.is_ascii() {
        // Nearly all are, and nothing of it has another width.
        let plain = text.chars().filter(|c| !c.is_whitespace()).map(|c| c.to_ascii_uppercase());
        return plain.collect::<String>().replace("--", "-");
    }
    let folded = text.nfkc().filter(|c| !c.is_whitespace());
    folded
        .map(|c| if matches!(c, '—' | '–' | '―' | '‐' | '‑' | '−' | '－') { '-' } else { c })
        .flat_map(char::to_uppercase)
        .collect::<String>()
        .replace("--", "-")
}

/// Number and year of a canonical designation; no year where it is undated.
pub(super) fn split_year(designation: &str) -> (&str, Option<i64>) {
    match designation.rsplit_once('-') {
        Some((number, year)) if matches!(year.len(), 2 | 4) => match year.parse::<i64>() {
            Ok(year) if year < 100 => (number, year.checked_add(1900)),
            Ok(year) => (number, Some(year)),
            Err(_) => (designation, None),
        },
        _ => (designation, None),
    }
}

impl Registry {
    /// Reads the registry table.
    pub(super) fn new(table: &Table) -> Self {
        let mut registry = Self::default();
        let text = |row: usize, name: &str| {
            table.decl.position(name).map(|at| table.display(row, at)).unwrap_or_default()
        };
        let date = |row: usize, name: &str| match table.decl.position(name).map(|at| table.cell(row, at)) {
            Some(CellValue::Date(date)) => Some(date),
            _ => None,
        };
        for row in 0..table.len() {
            let designation = canonical(&text(row, "number"));
            let effective = date(row, "effective");
            let ended = date(row, "ended");
            let (number, year) = split_year(&designation);
            if let Some(year) = year {
                registry.newest.entry(number.to_owned()).or_default().push((year, effective));
            }
            let replaced_by = text(row, "replaced_by");
            registry.editions.insert(designation, Edition { effective, ended, replaced_by });
        }
        registry
    }

    /// Whether a designation is abolished or replaced on a day.
    pub(super) fn gone(&self, text: &str, as_of: Date) -> bool {
        let designation = canonical(text);
        match self.editions.get(&designation) {
            Some(edition) => edition.ended.is_some_and(|ended| ended <= as_of),
            None => self.newer_edition(&designation, as_of).is_some(),
        }
    }

    /// The standing of a designation on a day: `status` is `current`, `upcoming`, `replaced`, `abolished`
    /// or `unlisted`; `replaced_by` and `ended` where known.
    pub(super) fn standing(&self, text: &str, as_of: Date) -> Map {
        let designation = canonical(text);
        let listed = self.editions.get(&designation);
        let newer = self.newer_edition(&designation, as_of);
        let (status, by) = match (listed, newer) {
            (Some(edition), _) if edition.ended.is_some_and(|ended| ended <= as_of) => (
                if edition.replaced_by.is_empty() { "abolished" } else { "replaced" },
                edition.replaced_by.clone(),
            ),
            (Some(edition), _) if edition.effective.is_some_and(|from| from > as_of) => {
                ("upcoming", String::new())
            }
            (Some(_), _) => ("current", String::new()),
            (None, Some(newer)) => ("replaced", newer),
            (None, None) if self.newest.contains_key(split_year(&designation).0) => {
                ("current", String::new())
            }
            (None, None) => ("unlisted", String::new()),
        };
        let mut standing = Map::new();
        standing.insert("status".into(), status.into());
        standing.insert("replaced_by".into(), by.into());
        let ended = listed.and_then(|edition| edition.ended).map_or(Dynamic::UNIT, Dynamic::from);
        standing.insert("ended".into(), ended);
        standing
    }

    /// A listed edition in force that is newer than a dated, unlisted one.
    fn newer_edition(&self, designation: &str, as_of: Date) -> Option<String> {
        let (number, Some(cited)) = split_year(designation) else { return None };
        let editions = self.newest.get(number)?;
        let in_force = editions.iter().filter(|(_, from)| from.is_none_or(|from| from <= as_of));
        let newest = in_force.map(|(year, _)| *year).max()?;
        (newest > cited).then(|| format!("{number}-{newest}"))
    }
}

/// The designation without its year, as it is compared: every edition of a standard gives the same.
pub(super) fn undated(text: &str) -> String {
    split_year(&canonical(text)).0.to_owned()
}

/// The designation with all its dots alike, for finding one standard written in two ways.
pub(super) fn likeness(text: &str) -> String {
    canonical(text).replace(['•', '·', '・', '．'], ".")
}

/// Designations that have the form of an industry's and are none, or have no one level.
const NO_INDUSTRY: [&str; 13] =
    ["GJB", "GSB", "GBJ", "GBZ", "JJF", "JJG", "EN", "BS", "DIN", "JIS", "NF", "ITU", "UL"];

static INDUSTRY: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"^([A-Z]{2,3})(/[TZ])?[0-9]").ok());

/// The level a designation tells, as the ids of `standards.origin`; empty where it tells none.
pub(super) fn origin(text: &str) -> &'static str {
    let designation = canonical(text);
    let led = |by: &str| {
        designation.strip_prefix(by).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
    };
    let industry = || {
        let parts = INDUSTRY.as_ref()?.captures(&designation)?;
        parts.get(1).filter(|letters| !NO_INDUSTRY.contains(&letters.as_str()))
    };
    match designation.as_str() {
        text if text.starts_with("Q/") => "organization",
        text if text.starts_with("T/") => "group",
        text if text.starts_with("ISO") || text.starts_with("IEC") => "international",
        _ if ["GB", "GB/T", "GB/Z"].into_iter().any(led) => "national",
        _ if led("DB") => "local",
        _ if industry().is_some() => "industry",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn designations_are_compared_without_spaces_and_with_one_dash() {
        assert_eq!(canonical("ＧＢ/Ｔ 1.1—2009"), "GB/T1.1-2009");
        assert_eq!(split_year("GB/T1.1-2009"), ("GB/T1.1", Some(2009)));
        assert_eq!(split_year("GB/T1.1"), ("GB/T1.1", None));
        assert_eq!(split_year("GBJ10-89"), ("GBJ10", Some(1989)));
    }

    #[test]
    fn designations_tell_their_level() {
        let levels =
            ["GB/T 1.1-2020", "GB 32100-2015", "DB3506/T 21-2023", "CJJ/T 312-2021", "T/CSSG 001.2-2020"];
        assert_eq!(levels.map(origin), ["national", "national", "local", "industry", "group"]);
        assert_eq!(["Q/LJWG JC1•1-2024", "ISO 37101:2016"].map(origin), ["organization", "international"]);
        assert_eq!(["主席令第78号", "GJB 1-2020", "DIN 5-1999"].map(origin), ["", "", ""]);
        assert_eq!(origin("DB/T 1-2000"), "industry");
    }

    #[test]
    fn editions_and_spellings_of_one_standard_are_alike() {
        assert_eq!(undated("GB/T 13016—2018"), undated("GB/T13016"));
        assert_eq!(likeness("Q/LJWG JC1•1-2024"), likeness("Q/LJWG JC1·1—2024"));
    }
}
