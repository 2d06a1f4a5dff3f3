use proptest::collection;
use proptest::prelude::*;
use proptest::sample::select;

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
        "2024年3月1号",
        "2024 年 3 月 1 日",
        "2024 . 3 . 1",
        "自2024年3月1日起施行",
        "2024年3月1日止",
        " 2024-03-01\u{3000}",
        "2024-03-01 10:20:30",
        "2024-03-01T10:20:30.5+08:00",
        "2024/3/1 9:05",
        "2024年3月1日 10时20分",
        "2024年3月1日下午3点",
        "2024/3/1 上午 10:20:30",
        "20240301102030",
        "二〇二四年三月一日",
        "二○二四年三月一日上午",
        "2024年3月1日上午9:00—11:30",
        "2024年3月1日下午",
        "2024-03-01 9:00-11:30",
        "2024年3月1日（星期五）",
        "2024年3月1日 周五 下午2点至4点",
        "2024.03.01.",
        "2024—3—1",
        "2024、3、1",
        "2024,03,01",
        "2024\\3\\1",
        "2024 年3月 1 号",
    ] {
        assert_eq!(day(text).as_deref(), Some("2024-03-01"), "{text}");
    }
}

#[test]
fn the_calendar_is_kept() {
    for year in YEARS {
        for (month, day) in (1..=12).flat_map(|month| (1..=31).map(move |day| (month, day))) {
            let plain = plain(&format!("{year}-{month}-{day:02}"));
            assert_eq!(plain, Date::from_ymd(year, month, day), "{year}-{month}-{day}");
        }
    }
}

proptest! {
    #[test]
    fn the_plain_forms_mean_what_they_mean_without_the_detour(parts in collection::vec(select(PARTS), 0..9)) {
        let text = parts.concat();
        let plain = plain(&text).map(Written::Day);
        prop_assert!(plain.is_none() || plain == tolerant(&text), "{text:?}");
    }
}

const PARTS: &[&str] = &[
    "2024",
    "1899",
    "2200",
    "2023",
    "02",
    "2",
    "29",
    "3",
    "31",
    "12",
    "0",
    "00",
    "1",
    "-",
    "/",
    ".",
    "年",
    "月",
    "日",
    " ",
    "T",
    ":",
    "10",
    "9",
    "：",
    "上午",
    "二〇二四年",
    "二",
    "十",
    "—",
    "(周四)",
    "２",
    "20240229",
    "202402",
    "10:20:30",
    "+08:00",
    "秒",
];

#[test]
fn moments_are_days_of_beijing() {
    for (text, is) in [
        ("2025-12-24T16:00:00.000Z", "2025-12-25"),
        ("2026-12-30T16:00:00Z", "2026-12-31"),
        ("2025-12-31T15:59:59Z", "2025-12-31"),
        ("2025-12-31T23:30:00+08:00", "2025-12-31"),
        ("2025-12-31 20:00:00 +0000", "2026-01-01"),
        ("2025-12-31T23:00:00-05:00", "2026-01-01"),
        ("2025-12-31 16:00:00 UTC", "2026-01-01"),
    ] {
        assert_eq!(day(text).as_deref(), Some(is), "{text}");
    }
}

#[test]
fn a_hair_before_midnight_is_midnight() {
    let day = |serial| of_serial(serial).map(|day| day.to_string());
    assert_eq!(day(45_351.999_999_999).as_deref(), Some("2024-03-01"));
    assert_eq!(day(45_351.999_99).as_deref(), Some("2024-02-29"));
    assert_eq!(shown(45_352.0).as_deref(), Some("2024-03-01"));
    assert_eq!(shown(45_352.395_833_333).as_deref(), Some("2024-03-01 09:30"));
    assert_eq!(shown(0.75).as_deref(), Some("18:00"));
    assert_eq!(shown(-5.0), None);
}

#[test]
fn months_are_told_from_days() {
    for text in ["2024-03", "2024/3", "2024.3", "202403", "2024年3月"] {
        assert_eq!(day(text).as_deref(), Some("month 2024-03-01"), "{text}");
    }
}

#[test]
fn numerals_of_documents_are_counted() {
    for (text, is) in [
        ("二〇二五年十二月三十一日", "2025-12-31"),
        ("二零二五年十月二十日", "2025-10-20"),
        ("一九九八年十一月十一日", "1998-11-11"),
        ("二〇二五年六月", "month 2025-06-01"),
    ] {
        assert_eq!(day(text).as_deref(), Some(is), "{text}");
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
        "24.3.1",
        "2024年3月1日至2日",
        "2024年3月1日—2024年3月5日",
        "2024年3月1日、3月5日",
        "2024年3月1日下午至3月2日",
        "2024年3月上午",
        "二〇二四年十三月一日",
        "二四年三月一日",
        "二〇二四年三月一日至五日",
    ] {
        assert_eq!(day(text), None, "{text}");
    }
}

#[test]
fn what_says_no_year_is_known() {
    for text in
        ["3月1号", "3月1日", " 12月31日 9:00", "三月", "十二月三十一日", "３月１日", "6月份", "3月1日上午"]
    {
        assert!(lacks_year(text) && parse(text).is_none(), "{text}");
    }
    for text in ["2024年3月1日", "3个月", "13", "三月前", "3月1日至5日", "每月3日"] {
        assert!(!lacks_year(text), "{text}");
    }
}

#[test]
fn a_year_is_four_digits_with_or_without_its_word() {
    for text in ["2024", " 2024年", "2024年度", "２０２４", "2024 年", "2024.0"] {
        assert_eq!(year(text), Some(2024), "{text}");
    }
    for text in ["24", "2024年3月", "0024", "3000", "+024", "二〇二四", ""] {
        assert_eq!(year(text), None, "{text}");
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
