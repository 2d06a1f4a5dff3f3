//! Calendar days as one integer, the form in which date columns are stored and compared.

use std::fmt;

use jiff::civil;

/// A day, counted from 1970-01-01.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(i32);

const EPOCH: civil::Date = civil::date(1970, 1, 1);

impl Date {
    /// The day `year`-`month`-`day`, if the calendar has it.
    pub fn from_ymd(year: i16, month: i8, day: i8) -> Option<Self> {
        civil::Date::new(year, month, day).ok().and_then(Self::from_civil)
    }

    /// A day by its number of days since 1970-01-01.
    pub fn from_days(days: i32) -> Self {
        Self(days)
    }

    /// Days since 1970-01-01.
    pub fn days(self) -> i32 {
        self.0
    }

    /// A day written strictly as `2026-11-21`.
    pub fn from_iso(text: &str) -> Option<Self> {
        let shape = text.len() == 10
            && text.bytes().enumerate().all(|(i, b)| match i {
                4 | 7 => b == b'-',
                _ => b.is_ascii_digit(),
            });
        shape.then(|| text.parse::<civil::Date>().ok().and_then(Self::from_civil)).flatten()
    }

    /// Today by the clock of this machine.
    pub fn today() -> Option<Self> {
        Self::from_civil(jiff::Zoned::now().date())
    }

    /// The same day `months` later (earlier if negative); the last day of a shorter month.
    pub fn plus_months(self, months: i64) -> Option<Self> {
        let span = jiff::Span::new().try_months(months).ok()?;
        self.civil()?.checked_add(span).ok().and_then(Self::from_civil)
    }

    /// The day `days` later (earlier if negative).
    pub fn plus_days(self, days: i64) -> Option<Self> {
        i32::try_from(days).ok().and_then(|days| self.0.checked_add(days)).map(Self)
    }

    /// Year, month, day.
    pub fn ymd(self) -> Option<(i16, i8, i8)> {
        self.civil().map(|date| (date.year(), date.month(), date.day()))
    }

    /// As Chinese text has it: 2026年6月30日.
    pub fn chinese(self) -> String {
        self.ymd().map_or_else(|| self.to_string(), |(year, month, day)| format!("{year}年{month}月{day}日"))
    }

    fn civil(self) -> Option<civil::Date> {
        let span = jiff::Span::new().try_days(self.0).ok()?;
        EPOCH.checked_add(span).ok()
    }

    fn from_civil(date: civil::Date) -> Option<Self> {
        EPOCH.until(date).ok().map(|span| Self(span.get_days()))
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.civil() {
            Some(date) => write!(f, "{date}"),
            None => write!(f, "{}d", self.0),
        }
    }
}

/// The time by the clock of this machine, in UTC to the second, ISO.
pub fn now() -> String {
    jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn iso_dates_are_strict() {
        assert_eq!(Date::from_iso("2024-02-29").map(|d| d.to_string()).as_deref(), Some("2024-02-29"));
        for wrong in ["2024-2-29", "2023-02-29", "2024/02/29", "20240229", "2024-02-29T00:00"] {
            assert_eq!(Date::from_iso(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_day_in_chinese_has_no_leading_zeros() {
        assert_eq!(Date::from_ymd(2026, 6, 3).map(Date::chinese).as_deref(), Some("2026年6月3日"));
    }

    #[test]
    fn days_beyond_the_calendar_have_no_date() {
        assert_eq!(Date::from_days(i32::MAX).ymd(), None);
        assert_eq!(Date::from_days(i32::MIN).to_string(), "-2147483648d");
        assert_eq!(Date::from_days(i32::MIN).chinese(), "-2147483648d");
    }

    #[test]
    fn adding_months_keeps_to_the_end_of_a_shorter_month() {
        let day = Date::from_ymd(2024, 1, 31).and_then(|d| d.plus_months(1));
        assert_eq!(day, Date::from_ymd(2024, 2, 29));
    }
    #[test]
    fn days_are_counted_from_the_first_of_1970() {
        for (year, month, day, days) in
            [(1970, 1, 1, 0), (1970, 1, 3, 2), (1969, 12, 31, -1), (2026, 6, 3, 20607)]
        {
            let date = Date::from_ymd(year, month, day);
            assert_eq!(date, Some(Date::from_days(days)));
            assert_eq!(date.map(Date::days), Some(days));
            assert_eq!(date.and_then(Date::ymd), Some((year, month, day)));
        }
        assert_eq!(Date::from_days(20607).to_string(), "2026-06-03");
        assert_eq!(Date::from_ymd(2026, 2, 29), None);
    }

    #[test]
    fn adding_goes_both_ways_and_not_beyond_what_can_be_counted() {
        let day = Date::from_ymd(2024, 3, 1);
        let days = |count| day.and_then(|day| day.plus_days(count));
        assert_eq!([-1, 0, 31].map(days), [Date::from_ymd(2024, 2, 29), day, Date::from_ymd(2024, 4, 1)]);
        assert_eq!([i64::MAX, i64::from(i32::MAX)].map(days), [None, None]);
        let months = |count| day.and_then(|day| day.plus_months(count));
        assert_eq!([-2, 0, 12].map(months), [Date::from_ymd(2024, 1, 1), day, Date::from_ymd(2025, 3, 1)]);
        assert_eq!([i64::MAX, 1_000_000].map(months), [None, None]);
    }

    #[test]
    fn the_clock_is_read_as_a_day_and_as_a_time_in_seconds() {
        let before = Date::from_ymd(2020, 1, 1);
        assert!(Date::today() > before, "{:?}", Date::today());
        let now = now();
        let (day, time) = now.split_once('T').unwrap_or_default();
        assert!(Date::from_iso(day) > before, "{now}");
        assert!(time.len() == "12:34:56Z".len() && time.ends_with('Z'), "{now}");
    }
}
