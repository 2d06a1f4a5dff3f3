//! Days and months as people write them.

use std::borrow::Cow;
use std::ops::RangeInclusive;
use std::sync::LazyLock;

use regex::Regex;

use crate::model::numeral::digit;
use crate::table::date::Date;
use crate::table::normalize;
use crate::table::table_schema::DayOrder;

/// Years that are plausible in the records of an organization; others are slips of the pen.
const YEARS: RangeInclusive<i16> = 1900..=2199;

/// Day number of 1970-01-01 in a workbook.
const SERIAL_OF_EPOCH: f64 = 25569.0;

/// Numbers that a date column of a workbook or an export of one means as days: 1954 to 2119.
const PLAUSIBLE_SERIALS: RangeInclusive<f64> = 20000.0..=80000.0;

/// The first days of all months of those years, and of the month after them.
static MONTHS: LazyLock<Vec<i32>> = LazyLock::new(|| {
    let first = |(year, month)| Date::from_ymd(year, month, 1).map_or(0, Date::days);
    let months = YEARS.flat_map(|year| (1..=12).map(move |month| (year, month)));
    months.chain([(YEARS.end().saturating_add(1), 1)]).map(first).collect()
});

static FORM: LazyLock<Option<Regex>> = LazyLock::new(|| {
    const CLOCK: &str = r"[0-9]{1,2}[:时点][0-9]{0,2}(?:[:分][0-9]{0,2}(?:\.[0-9]+)?)?秒?\s*(?:AM|PM)?(?:Z|[+-][0-9]{2}:?[0-9]{2})?";
    const PERIOD: &str = "(?:凌晨|清晨|早上|上午|中午|下午|傍晚|晚上|晚|全天|AM|PM)";
    const WEEKDAY: &str = r"\s*\(?(?:星期|周|礼拜)[一二三四五六日天]\)?";
    Regex::new(&format!(
        concat!(
            r"^[自从于]?(?:(?P<y>[0-9]{{4}})\s*(?:-|/|\.|年)\s*(?P<m>[0-9]{{1,2}})(?:\s*(?:-|/|\.|月)\s*(?P<d>[0-9]{{1,2}})\s*[日号]?|\s*月)?",
            r"|(?P<cy>[0-9]{{4}})(?P<cm>[0-9]{{2}})(?P<cd>[0-9]{{2}})?)\.?(?:起(?:施行|实施|执行|生效)?|止)?",
            r"(?P<time>(?:{weekday})?(?:[T\s]*{period}?\s*{clock}(?:\s*[-—–―~至到]+\s*{period}?\s*{clock})?|\s*{period})",
            r"|{weekday}|[0-9]{{6}})?$",
        ),
        weekday = WEEKDAY,
        period = PERIOD,
        clock = CLOCK,
    ))
    .ok()
});

/// A day or month in the numerals of documents, and what comes after it.
static NUMERALS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        r"^(?P<y>[〇○零一二三四五六七八九]{4})年(?P<m>[一二三四五六七八九十]{1,2})月",
        r"(?:(?P<d>[一二三四五六七八九十]{1,3})日)?(?P<rest>.*)$",
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
    plain(text).map(Written::Day).or_else(|| tolerant(text))
}

/// Reads a day whose year comes last, in an order that somebody must have said; a time after it is dropped.
pub fn in_order(text: &str, order: DayOrder) -> Option<Date> {
    let folded = normalize::nfkc(normalize::trimmed(text));
    let day = folded.split_whitespace().next()?;
    let mut parts = day.split(['/', '-', '.']);
    let (one, other, year) = (parts.next()?, parts.next()?, parts.next()?);
    let (day, month) = match order {
        DayOrder::DayFirst => (one, other),
        DayOrder::MonthFirst => (other, one),
    };
    let year = year.parse::<i16>().ok().filter(|year| YEARS.contains(year) && parts.next().is_none())?;
    Date::from_ymd(year, month.parse().ok()?, day.parse().ok()?)
}

/// A day or a month of no year: `3月1号`, `三月`, `12月31日 9:00`.
static YEARLESS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    const NUMBER: &str = "(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})";
    Regex::new(&format!(
        r"^{NUMBER}\s*月(?:份|\s*{NUMBER}\s*[日号]?(?:[\s上下中早晚周星(].*|[0-9]{{1,2}}[:时点].*)?)?$"
    ))
    .ok()
});

/// Whether a text is a day or a month and does not say of which year.
pub fn lacks_year(text: &str) -> bool {
    let folded = normalize::nfkc(normalize::trimmed(text));
    YEARLESS.as_ref().is_some_and(|form| form.is_match(&folded))
}

/// The year that a text names and nothing else: `2024`, `2024年`, `2024年度`.
pub fn year(text: &str) -> Option<i16> {
    let folded = normalize::nfkc(normalize::trimmed(text));
    let digits = folded.trim_end_matches('度').trim_end_matches('年').trim_end();
    let digits = digits.strip_suffix(".0").unwrap_or(digits);
    let is_whole = digits.len() == 4 && digits.bytes().all(|byte| byte.is_ascii_digit());
    is_whole.then(|| digits.parse().ok())?.filter(|year| YEARS.contains(year))
}

fn tolerant(text: &str) -> Option<Written> {
    let folded = normalize::nfkc(normalize::trimmed(text));
    if let Some(stamp) = stamp(&folded) {
        return Some(Written::Day(stamp));
    }
    let folded = with_hyphens(&folded).map_or(folded, Cow::Owned);
    let folded = in_digits(&folded).map_or(folded, Cow::Owned);
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

/// A moment with its distance from Greenwich, as programs write it.
static STAMP: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        r"^(?P<y>[0-9]{4})-?(?P<m>[0-9]{2})-?(?P<d>[0-9]{2})[T ](?P<h>[0-9]{2}):?(?P<min>[0-9]{2})(?::?[0-9]{2}(?:[.,][0-9]+)?)?",
        r"\s?(?:(?P<zero>Z|UTC|GMT)|(?P<sign>[+-])(?P<zh>[0-9]{2}):?(?P<zm>[0-9]{2})?)$",
    ))
    .ok()
});

/// Minutes by which the clocks of China are ahead of Greenwich.
const BEIJING: i32 = 480;

/// The day in China at a moment that is told with its distance from Greenwich.
fn stamp(text: &str) -> Option<Date> {
    let form = STAMP.as_ref()?.captures(text)?;
    let number = |name: &str| form.name(name).and_then(|found| found.as_str().parse::<u16>().ok());
    let day = day_of(number("y")?, number("m")?, number("d")?)?;
    let minutes = i32::from(number("h")?).checked_mul(60)?.checked_add(i32::from(number("min")?))?;
    let zone = match form.name("sign").map(|sign| sign.as_str()) {
        None => 0,
        Some(sign) => {
            let zone =
                i32::from(number("zh")?).checked_mul(60)?.checked_add(number("zm").unwrap_or(0).into())?;
            if sign == "-" { zone.checked_neg()? } else { zone }
        }
    };
    let there = minutes.checked_sub(zone)?.checked_add(BEIJING)?;
    Some(Date::from_days(day.days().checked_add(there.div_euclid(1440))?))
}

/// The same with hyphens, if other signs stand between its numbers: `2024—3—1`, `2024、3、1`, `2024,3,1`.
fn with_hyphens(text: &str) -> Option<String> {
    let is_other = |c: char| matches!(c, '—' | '–' | '−' | '‐' | '‑' | '、' | ',' | '\\' | '~' | '_');
    let mut numbers = text.split(is_other).map(str::trim);
    let is_number =
        |part: &str| !part.is_empty() && part.len() <= 4 && part.bytes().all(|b| b.is_ascii_digit());
    let is_day = numbers.clone().count() == 3 && numbers.clone().all(is_number);
    (is_day && numbers.next().is_some_and(|year| year.len() == 4))
        .then(|| text.split(is_other).map(str::trim).collect::<Vec<_>>().join("-"))
}

/// The same with digits, if it is written in numerals: `二〇二五年一月一日`.
fn in_digits(text: &str) -> Option<String> {
    if !text.starts_with(['一', '二']) {
        return None;
    }
    let form = NUMERALS.as_ref()?.captures(text)?;
    let part = |name: &str| form.name(name).map(|found| found.as_str());
    let year = part("y")?.chars().map(digit).collect::<Option<Vec<_>>>()?;
    let year =
        year.into_iter().fold(0, |year: u32, digit| year.saturating_mul(10).saturating_add(digit.into()));
    let day = match part("d") {
        Some(day) => format!("{}日", below_hundred(day)?),
        None => String::new(),
    };
    Some(format!("{year}年{}月{day}{}", below_hundred(part("m")?)?, part("rest")?))
}

/// `三`, `十`, `十二`, `二十`, `三十一`.
fn below_hundred(numerals: &str) -> Option<u32> {
    let one = |text: &str, none: u32| {
        let mut digits = text.chars().map(digit);
        match (digits.next(), digits.next()) {
            (None, _) => Some(none),
            (Some(digit), None) => digit.map(u32::from),
            _ => None,
        }
    };
    match numerals.split_once('十') {
        Some((tens, ones)) => one(tens, 1)?.checked_mul(10)?.checked_add(one(ones, 0)?),
        None => one(numerals, 0),
    }
}

/// The forms most days have, without the detour: `2024-03-01`, `2024/3/1`, `2024年3月1日`, `20240301`, and the like with
/// a time after it. What it does not know may be a day all the same.
fn plain(text: &str) -> Option<Date> {
    let (year, rest) = number(text.as_bytes(), 4..=4)?;
    if rest.first().is_some_and(u8::is_ascii_digit) {
        let (month, rest) = number(rest, 2..=2)?;
        let (day, rest) = number(rest, 2..=2)?;
        return rest.is_empty().then(|| day_of(year, month, day)).flatten();
    }
    let (month, rest) = number(after(rest, "年")?, 1..=2)?;
    let (day, rest) = number(after(rest, "月")?, 1..=2)?;
    let is_end = |rest: &[u8]| rest.is_empty() || rest == "日".as_bytes();
    (is_end(rest) || is_time(rest)).then(|| day_of(year, month, day)).flatten()
}

/// A number of so many digits, as many as there are, and what comes then.
fn number(text: &[u8], digits: RangeInclusive<usize>) -> Option<(u16, &[u8])> {
    let most = text.get(..*digits.end()).unwrap_or(text);
    let (mut value, mut length) = (0_u16, 0_usize);
    for digit in most.iter().map_while(|byte| byte.checked_sub(b'0').filter(|digit| *digit < 10)) {
        value = value.checked_mul(10)?.checked_add(u16::from(digit))?;
        length = length.checked_add(1)?;
    }
    digits.contains(&length).then(|| text.get(length..)).flatten().map(|rest| (value, rest))
}

/// What comes after a separator.
fn after<'a>(text: &'a [u8], word: &str) -> Option<&'a [u8]> {
    match text {
        [b'-' | b'/' | b'.', rest @ ..] => Some(rest),
        _ => text.strip_prefix(word.as_bytes()),
    }
}

/// ` 9:05`, `T09:05:30`.
fn is_time(text: &[u8]) -> bool {
    let [b' ' | b'T', rest @ ..] = text else { return false };
    let Some((_, [b':', rest @ ..])) = number(rest, 1..=2) else { return false };
    match number(rest, 2..=2) {
        Some((_, [b':', rest @ ..])) => number(rest, 2..=2).is_some_and(|(_, rest)| rest.is_empty()),
        Some((_, rest)) => rest.is_empty(),
        None => false,
    }
}

/// The day, if its year is plausible and the calendar has it.
fn day_of(year: u16, month: u16, day: u16) -> Option<Date> {
    let year = i16::try_from(year).ok().filter(|year| YEARS.contains(year))?;
    let month = (1..=12).contains(&month).then_some(month)?.checked_sub(1)?;
    let at = usize::try_from(year.checked_sub(*YEARS.start())?)
        .ok()?
        .checked_mul(12)?
        .checked_add(month.into())?;
    let (first, next) = (MONTHS.get(at)?, MONTHS.get(at.checked_add(1)?)?);
    let date = first.checked_add(i32::from(day))?.checked_sub(1)?;
    (day > 0 && date < *next).then(|| Date::from_days(date))
}

/// As a part of a day.
const HALF_MILLISECOND: f64 = 0.5 / 86_400_000.0;

/// Seconds of a day.
const SECONDS: f64 = 86_400.0;

/// What a serial number shows: a day, with its time if it has one, or a time of day alone.
pub fn shown(serial: f64) -> Option<String> {
    let seconds = ((serial + HALF_MILLISECOND).fract() * SECONDS).round().clamp(0.0, SECONDS - 1.0);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "clamped to the seconds of a day"
    )]
    let seconds = seconds as u32;
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    let time = if seconds == 0 {
        format!("{hours:02}:{minutes:02}")
    } else {
        format!("{hours:02}:{minutes:02}:{seconds:02}")
    };
    match of_serial(serial) {
        Some(day) if hours == 0 && minutes == 0 && seconds == 0 => Some(day.to_string()),
        Some(day) => Some(format!("{day} {time}")),
        None => (0.0..1.0).contains(&serial).then_some(time),
    }
}

/// The day a serial number of a workbook means; a time is dropped.
///
/// What was worked out may end a hair before midnight: half a millisecond before it is midnight.
pub fn of_serial(serial: f64) -> Option<Date> {
    let day = ((serial + HALF_MILLISECOND).floor() - SERIAL_OF_EPOCH).clamp(-1e6, 1e6);
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
    let folded = normalize::nfkc(normalize::trimmed(text));
    let plain = folded.len() >= 5 && folded.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    let serial = folded.parse::<f64>().ok().filter(|serial| plain && PLAUSIBLE_SERIALS.contains(serial))?;
    of_serial(serial)
}

#[cfg(test)]
mod tests;
