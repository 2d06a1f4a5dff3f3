//! Terms as people write them: the last day of `2026年底`, `2027年一季度`, `2026年6月底前`.

use std::sync::LazyLock;

use regex::Regex;

use crate::model::written::date::{self, Written};
use crate::table::date::Date;
use crate::table::normalize;

static TERM: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        r"^(?<year>(?:19|2[01])[0-9]{2})年?(?:(?<whole>年?[底末终]|全年|年度内|年内)|第?(?<quarter>[一二三四1-4])季度[底末]?|(?<half>[上下])半年",
        r"|(?<month>[0-9]{1,2})月(?:份)?[底末])(?:之?前|以前|内)?(?:完成)?$",
    ))
    .ok()
});

/// A day by which something is to be done: `2026年6月30日前`, `限2026-06-30以前完成`.
static BEFORE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new("^(?:限于?|应于|须于|在)?(?<day>[0-9].*[0-9日号])(?:之?前|以前|止|内)(?:完成|办结|整改(?:到位|完毕|完成)?)?$").ok()
});

/// The last day of a term that is told by a year, half, quarter or month, or by the day before which it ends.
pub fn last_day(text: &str) -> Option<Date> {
    let folded = normalize::name(text);
    let day = BEFORE.as_ref()?.captures(&folded).and_then(|found| date::parse(found.name("day")?.as_str()));
    if let Some(Written::Day(day)) = day {
        return Some(day);
    }
    let found = TERM.as_ref()?.captures(&folded)?;
    let part = |name: &str| found.name(name).map(|part| part.as_str());
    let year: i16 = part("year")?.parse().ok()?;
    let month: u8 = match (part("quarter"), part("half"), part("month")) {
        (Some(quarter), ..) => {
            let place = ["一1", "二2", "三3", "四4"].iter().position(|words| words.contains(quarter))?;
            [3, 6, 9, 12].get(place).copied()?
        }
        (_, Some("上"), _) => 6,
        (.., Some(month)) => month.parse().ok()?,
        _ => 12,
    };
    (28..=31).rev().find_map(|day| Date::from_ymd(year, i8::try_from(month).ok()?, day))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_term_ends_on_its_last_day() {
        for (text, day) in [
            ("2026年底", "2026-12-31"),
            ("2026年年底前", "2026-12-31"),
            ("2027年一季度", "2027-03-31"),
            ("2027年第2季度末", "2027-06-30"),
            ("2026年上半年", "2026-06-30"),
            ("2028年2月底前完成", "2028-02-29"),
            ("2026年6月末", "2026-06-30"),
            ("2026年6月30日前", "2026-06-30"),
            ("限2025-04-09前完成", "2025-04-09"),
            ("2026/5/1以前", "2026-05-01"),
        ] {
            assert_eq!(last_day(text).map(|date| date.to_string()).as_deref(), Some(day), "{text}");
        }
        for text in ["2026年", "年底", "2026年13月底", "2026-06-30", "长期", "2026年6月"] {
            assert_eq!(last_day(text), None, "{text}");
        }
    }
}
