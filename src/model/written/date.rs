//! Days and months as people write them.

use std::sync::LazyLock;

use regex::Regex;

use crate::model::date::Date;
use crate::model::fold;

/// Years that are plausible in the records of an organization; others are slips of the pen.
const YEARS: std::ops::RangeInclusive<i16> = 1900..=2199;

/// Day number of 1970-01-01 in a workbook.
const SERIAL_OF_EPOCH: f64 = 25569.0;

/// Numbers that a date column of a workbook or an export of one means as days: 1954 to 2119.
const PLAUSIBLE_SERIALS: std::ops::RangeInclusive<f64> = 20000.0..=80000.0;

static FORM: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        r"^(?:(?P<y>[0-9]{4})(?:-|/|\.|年)(?P<m>[0-9]{1,2})(?:(?:-|/|\.|月)(?P<d>[0-9]{1,2})日?|月)?",
        r"|(?P<cy>[0-9]{4})(?P<cm>[0-9]{2})(?P<cd>[0-9]{2})?)",
        r"(?P<time>[T\s]*(?:上午|下午|AM|PM)?\s*[0-9]{1,2}[:时点][0-9]{0,2}(?:[:分][0-9]{0,2}(?:\.[0-9]+)?)?秒?",
        r"\s*(?:AM|PM)?(?:Z|[+-][0-9]{2}:?[0-9]{2})?|[0-9]{6})?$",
    ))
    .ok()
});

/// What a cell of a date column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Written {
    /// A day.
    Day(Date),
    /// A month, by its first day.
    Month(Date),
}

/// Reads a day or a month; a time after a day is dropped.
pub fn parse(text: &str) -> Option<Written> {
    if let Some(day) = plain(text) {
        return Some(Written::Day(day));
    }
    let folded = fold::nfkc(fold::trimmed(text));
    let form = FORM.as_ref()?.captures(&folded)?;
    let part =
        |one: &str, other: &str| form.name(one).or_else(|| form.name(other)).map(|found| found.as_str());
    let year = part("y", "cy")?.parse::<i16>().ok().filter(|year| YEARS.contains(year))?;
    let month = part("m", "cm")?.parse::<i8>().ok()?;
    let Some(day) = part("d", "cd") else {
        let first = Date::from_ymd(year, month, 1)?;
        return form.name("time").is_none().then_some(Written::Month(first));
    };
    Date::from_ymd(year, month, day.parse().ok()?).map(Written::Day)
}

/// The form most dates have, without the detour: year, month and day with `-`, `/` or `.` between them.
fn plain(text: &str) -> Option<Date> {
    let separator = text.get(4..5).filter(|separator| matches!(*separator, "-" | "/" | "."))?;
    let mut parts = text.splitn(3, separator);
    let mut part = || {
        let digits = parts.next().filter(|part| (1..=4).contains(&part.len()))?;
        let value = |n: i16, b: u8| n.checked_mul(10)?.checked_add(i16::from(b.checked_sub(b'0')?));
        let digit = |b: &u8| b.is_ascii_digit();
        digits.as_bytes().iter().all(digit).then(|| digits.bytes().try_fold(0_i16, value)).flatten()
    };
    let year = part().filter(|year| YEARS.contains(year))?;
    let (month, day) = (part()?, part()?);
    Date::from_ymd(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?)
}

/// The day a serial number of a workbook means; a time is dropped.
pub fn of_serial(serial: f64) -> Option<Date> {
    let day = (serial.floor() - SERIAL_OF_EPOCH).clamp(-1e6, 1e6);
    #[expect(clippy::cast_possible_truncation, reason = "floored and clamped to a range of whole days")]
    let date = Date::from_days(day as i32);
    let (year, ..) = date.ymd()?;
    YEARS.contains(&year).then_some(date)
}

/// The day a bare number in a date column means: a serial, or `20240301`.
pub fn of_number(number: f64) -> Option<Written> {
    if PLAUSIBLE_SERIALS.contains(&number) {
        return of_serial(number).map(Written::Day);
    }
    parse(&number.to_string())
}

/// The same for a number that an export left as text.
pub fn of_serial_text(text: &str) -> Option<Date> {
    let folded = fold::nfkc(fold::trimmed(text));
    let plain = folded.len() >= 5 && folded.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    let serial = folded.parse::<f64>().ok().filter(|serial| plain && PLAUSIBLE_SERIALS.contains(serial))?;
    of_serial(serial)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Option<String> {
        match parse(text)? {
            Written::Day(date) => Some(date.to_string()),
            Written::Month(date) => Some(format!("month {date}")),
        }
    }

    #[test]
    fn every_usual_form_is_the_same_day() {
        for text in [
            "2024-03-01",
            "2024/3/1",
            "2024.3.1",
            "20240301",
            "2024年3月1日",
            "２０２４年０３月０１日",
            "2024年3月1",
            " 2024-03-01\u{3000}",
            "2024-03-01 10:20:30",
            "2024-03-01T10:20:30.5+08:00",
            "2024/3/1 9:05",
            "2024年3月1日 10时20分",
            "2024年3月1日下午3点",
            "2024/3/1 上午 10:20:30",
            "20240301102030",
        ] {
            assert_eq!(day(text).as_deref(), Some("2024-03-01"), "{text}");
        }
    }

    #[test]
    fn months_are_told_from_days() {
        for text in ["2024-03", "2024/3", "2024.3", "202403", "2024年3月"] {
            assert_eq!(day(text).as_deref(), Some("month 2024-03-01"), "{text}");
        }
    }

    #[test]
    fn what_is_no_date_is_none() {
        for text in [
            "",
            "长期",
            "2024",
            "2024-13-01",
            "2023-02-29",
            "0204-03-01",
            "2024-03-01到期",
            "24-3-1",
            "3/1/2024",
            "2024-03 10:20",
        ] {
            assert_eq!(day(text), None, "{text}");
        }
    }

    #[test]
    fn serials_are_days() {
        assert_eq!(of_serial(45352.75).map(|d| d.to_string()).as_deref(), Some("2024-03-01"));
        assert_eq!(of_number(45352.0), Date::from_ymd(2024, 3, 1).map(Written::Day));
        assert_eq!(of_number(20_240_301.0), Date::from_ymd(2024, 3, 1).map(Written::Day));
        assert_eq!(of_number(202_403.0), Date::from_ymd(2024, 3, 1).map(Written::Month));
        assert_eq!(of_number(3.0), None);
        assert_eq!(of_serial(1e300), None);
        assert_eq!(of_serial_text("４５３５２"), Date::from_ymd(2024, 3, 1));
        assert_eq!(of_serial_text("45352号"), None);
    }
}
