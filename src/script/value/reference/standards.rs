//! Designations of standards: how they are compared, their years and the level they tell.

pub(crate) use crate::model::designation::{canonical, likeness};
use crate::resources::expression::Expression;

/// Number and year of a canonical designation; no year where it is undated.
pub(crate) fn split_year(designation: &str) -> (&str, Option<i64>) {
    match designation.rsplit_once('-') {
        Some((number, year)) if matches!(year.len(), 2 | 4) => match year.parse::<i64>() {
            Ok(year) if year < 100 => (number, year.checked_add(1900)),
            Ok(year) => (number, Some(year)),
            Err(_) => (designation, None),
        },
        _ => (designation, None),
    }
}

/// The designation without its year, as it is compared: every edition of a standard gives the same.
pub(crate) fn undated(text: &str) -> String {
    split_year(&canonical(text)).0.to_owned()
}

static CODE: Expression = Expression::new(r"^(?:DB[0-9]{2,6}/[TZ]|[A-Z/]+)");

/// The code before the number of a canonical designation, such as `GB/T` or `DB3506/T`.
pub(crate) fn prefix(designation: &str) -> &str {
    CODE.find(designation).unwrap_or_default()
}

/// The level, as the ids of `standards.origin`, that a Chinese name means.
pub(crate) fn level_named(name: &str) -> Option<&'static str> {
    match name.trim() {
        "国家标准" => Some("national"),
        "行业标准" => Some("industry"),
        "地方标准" => Some("local"),
        "团体标准" => Some("group"),
        _ => None,
    }
}

/// Designations that have the form of an industry's and are none, or have no one level.
const NO_INDUSTRY: [&str; 13] =
    ["GJB", "GSB", "GBJ", "GBZ", "JJF", "JJG", "EN", "BS", "DIN", "JIS", "NF", "ITU", "UL"];

static INDUSTRY: Expression = Expression::new(r"^([A-Z]{2,3})(/[TZ])?[0-9]");

/// The level a designation tells, as the ids of `standards.origin`; empty where it tells none.
pub(crate) fn origin(text: &str) -> &'static str {
    let designation = canonical(text);
    let led = |by: &str| {
        designation.strip_prefix(by).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
    };
    let industry = || INDUSTRY.first_group(&designation).filter(|letters| !NO_INDUSTRY.contains(letters));
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
        let codes = ["GB/T 1.1-2020", "DB3506/T 21-2023", "T/CSSG 001-2020"].map(canonical);
        assert_eq!(codes.each_ref().map(|one| prefix(one)), ["GB/T", "DB3506/T", "T/CSSG"]);
    }

    #[test]
    fn editions_and_spellings_of_one_standard_are_alike() {
        assert_eq!(undated("GB/T 13016—2018"), undated("GB/T13016"));
        assert_eq!(likeness("Q/LJWG JC1•1-2024"), likeness("Q/LJWG JC1·1—2024"));
    }
}
