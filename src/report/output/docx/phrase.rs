//! Words and figures as papers have them.

use crate::model::report::{Organization, Verdict};
use crate::model::text::Lang;
use crate::report::paper::clipped;
use crate::report::summary::Titles;
use crate::report::words::{self, pick};
use crate::table::date::Date;

/// Characters of a name that a title or sentence holds.
const NAME: usize = 60;
/// Characters of a reason in a sentence.
const REASON: usize = 110;

/// A line to be filled in by hand.
pub(super) const fn blank(lang: Lang) -> &'static str {
    pick(lang, "＿＿＿＿＿", "____________")
}

/// A range of numbers: `489～495`.
pub(super) fn span(low: u32, high: u32, lang: Lang) -> String {
    if low == high { low.to_string() } else { format!("{low}{}{high}", pick(lang, "～", "–")) }
}

/// Points as a range.
pub(super) fn points(low: u32, high: u32, lang: Lang) -> String {
    let (span, unit) =
        (span(low, high, lang), pick(lang, "分", if (low, high) == (1, 1) { " point" } else { " points" }));
    format!("{span}{unit}")
}

/// A share of points in percent, as a range.
pub(super) fn share((low, high): (u64, u64), full: u64, lang: Lang) -> String {
    let percent = |part: u64| {
        let count = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
        words::percent(count(part), count(full))
    };
    let (low, high) = (percent(low), percent(high));
    if low == high { low } else { format!("{low}{}{high}", pick(lang, "～", "–")) }
}

/// Several things in a sentence, the first of them by name.
pub(super) fn list(names: &[String], most: usize, lang: Lang) -> String {
    // A name may hold the sign that stands between names.
    let quoted = lang == Lang::Zh && names.iter().take(most).any(|name| name.contains('、'));
    let one = |name: &String| if quoted { format!("“{name}”") } else { name.clone() };
    let told = names.iter().take(most).map(one).collect::<Vec<_>>().join(pick(lang, "、", ", "));
    match (names.len() > most, lang) {
        (false, _) => told,
        (true, Lang::Zh) => format!("{told}等{}项", names.len()),
        (true, Lang::En) => format!("{told} and others ({} in all)", names.len()),
    }
}

/// Several sentences or clauses in a sentence, the first of them told.
pub(super) fn series(parts: &[String], most: usize, lang: Lang) -> String {
    let told = parts.iter().take(most).cloned().collect::<Vec<_>>().join(pick(lang, "；", "; "));
    match (parts.len() > most, lang) {
        (false, _) => told,
        (true, Lang::Zh) => format!("{told}等{}项", parts.len()),
        (true, Lang::En) => format!("{told}; {} in all", parts.len()),
    }
}

/// The name of an organization, or its id where it has none.
pub(super) fn name(one: &Organization, lang: Lang) -> String {
    clipped(if one.name.is_empty() { &one.id } else { &one.name }, NAME, lang)
}

/// A text of data in a sentence, without the stop at its end.
pub(super) fn brief(text: &str) -> String {
    let text = text.trim_end_matches(['。', '.', '；', ';']);
    if text.chars().count() <= REASON {
        return text.to_owned();
    }
    format!("{}……", text.chars().take(REASON).collect::<String>())
}

/// What an item, requirement or clause is called.
pub(super) fn title(titles: Titles<'_>, target: &str, lang: Lang) -> String {
    let clause = || titles.clauses.get(target).map(|clause| &clause.title);
    let found = titles.catalog.title(target).or_else(clause);
    found.map_or_else(|| target.to_owned(), |title| title.get(lang).to_owned())
}

/// What begins the ids of clauses on whether data can be true, and of those on the texts of standards.
const PLAUSIBILITY: &str = "V/";
const TEXTS: &str = "T/";

/// A clause as a paper cites it.
pub(super) fn clause(id: &str, lang: Lang) -> String {
    if id.starts_with(PLAUSIBILITY) {
        return pick(lang, "数据真实性", "truth of the data").to_owned();
    }
    if id.starts_with(TEXTS) {
        return pick(lang, "标准文本", "texts of standards").to_owned();
    }
    words::clause(id, lang)
}

/// What a table of the catalog is called.
pub(super) fn table(titles: Titles<'_>, id: &str, lang: Lang) -> String {
    let found = titles.catalog.tables.iter().find(|table| table.id == id);
    found.map_or_else(|| id.to_owned(), |table| table.title.get(lang).to_owned())
}

/// A day as papers write it.
pub(super) fn day(iso: &str, lang: Lang) -> String {
    match (Date::from_iso(iso), lang) {
        (Some(day), Lang::Zh) => day.chinese(),
        _ => iso.to_owned(),
    }
}

/// A day to be filled in by hand.
pub(super) const fn open_day(lang: Lang) -> &'static str {
    pick(lang, "　　　　年　　月　　日", "Date: ")
}

/// The verdict in a sentence, by the team or the organization's own.
pub(super) const fn verdict(verdict: Verdict, own: bool, lang: Lang) -> &'static str {
    match verdict {
        Verdict::Open => pick(
            lang,
            "目前不能作出合格或不合格的结论，结论待定",
            "neither qualified nor unqualified can be concluded yet",
        ),
        Verdict::Qualified if own => pick(lang, "自我评价结论为合格", "its own verdict is qualified"),
        Verdict::Unqualified if own => pick(lang, "自我评价结论为不合格", "its own verdict is unqualified"),
        Verdict::Qualified => pick(lang, "评估结论为合格", "the verdict is qualified"),
        Verdict::Unqualified => pick(lang, "评估结论为不合格", "the verdict is unqualified"),
    }
}

/// The name of the standard and of its part on assessment.
pub(super) const fn standard(lang: Lang) -> &'static str {
    pick(
        lang,
        "《市域网格化治理标准体系建设指南　第5部分：体系评价》（T/CSSG 001.5—2020、T/CA 007.5—2020，以下简称《体系评价》）",
        "Part 5 (assessment) of T/CSSG 001-2020 and T/CA 007-2020, the guide to standard systems of grid governance",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_and_lists_read_as_in_a_paper() {
        assert_eq!(points(489, 495, Lang::Zh), "489～495分");
        assert_eq!(points(300, 300, Lang::En), "300 points");
        assert_eq!(share((114, 115), 120, Lang::Zh), "95%～96%");
        assert_eq!(day("2026-06-30", Lang::Zh), "2026年6月30日");
        assert_eq!(day("soon", Lang::Zh), "soon");
        let names: Vec<String> = ["甲", "乙", "丙"].map(str::to_owned).into();
        assert_eq!(list(&names, 2, Lang::Zh), "甲、乙等3项");
        assert_eq!(list(&names, 3, Lang::En), "甲, 乙, 丙");
        assert_eq!(list(&["甲、乙".to_owned(), "丙".to_owned()], 3, Lang::Zh), "“甲、乙”、“丙”");
    }

    #[test]
    fn a_reason_in_a_sentence_has_an_end() {
        assert_eq!(brief("没有目标。"), "没有目标");
        assert_eq!(brief(&"长".repeat(200)).chars().count(), REASON + 2);
    }
}
