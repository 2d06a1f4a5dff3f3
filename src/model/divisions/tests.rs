//! Codes whose history is common knowledge, looked up in the table the pack carries.

use super::*;

fn date(year: i16, month: i8, day: i8) -> Date {
    Date::from_ymd(year, month, day).unwrap_or(Date::from_days(0))
}

#[expect(clippy::unwrap_used, reason = "a test without its table cannot go on")]
fn table() -> Divisions {
    Divisions::parse(include_str!("../../../rules/registry/divisions.csv")).unwrap()
}

fn current(name: &str) -> Standing {
    Standing::Current { name: name.to_owned() }
}

/// Name, year of abolition and successors.
fn end(standing: &Standing) -> Option<(&str, i16, Vec<&str>)> {
    let Standing::Abolished { name, on, successors } = standing else { return None };
    let (year, _, _) = (*on)?.ymd()?;
    Some((name, year, successors.iter().map(String::as_str).collect()))
}

#[test]
fn codes_in_force_are_current() {
    let (table, day) = (table(), date(2026, 1, 1));
    for (code, name) in [
        ("110101", "东城区"),
        ("330102", "上城区"),
        ("330113", "临平区"),
        ("330114", "钱塘区"),
        ("350602", "芗城区"),
        ("460302", "西沙区"),
        ("469001", "五指山市"),
        ("659001", "石河子市"),
        ("659012", "白杨市"),
        ("653228", "和康县"),
        ("500157", "两江新区"),
        ("441900", "东莞市"),
        ("442000", "中山市"),
        ("710000", "台湾省"),
        ("810000", "香港特别行政区"),
        ("820000", "澳门特别行政区"),
    ] {
        assert_eq!(table.standing(code, day), current(name), "{code}");
    }
}

#[test]
fn abolished_codes_name_their_year_and_successors() {
    let (table, day) = (table(), date(2026, 1, 1));
    for (code, name, year, successors) in [
        ("110103", "崇文区", 2010, vec!["110101"]),
        ("110104", "宣武区", 2010, vec!["110102"]),
        ("320502", "沧浪区", 2012, vec!["320508"]),
        ("320503", "平江区", 2012, vec!["320508"]),
        ("320504", "金阊区", 2012, vec!["320508"]),
        ("330103", "下城区", 2021, vec!["330105"]),
        ("330104", "江干区", 2021, vec!["330102", "330114"]),
        ("370684", "蓬莱市", 2020, vec!["370614"]),
        ("500112", "渝北区", 2025, vec!["500109", "500157"]),
    ] {
        assert_eq!(end(&table.standing(code, day)), Some((name, year, successors)), "{code}");
    }
}

#[test]
fn the_day_decides() {
    let table = table();
    assert_eq!(table.standing("110103", date(2009, 6, 1)), current("崇文区"));
    assert_eq!(table.standing("330104", date(2020, 12, 31)), current("江干区"));
    let early = table.standing("330113", date(2020, 6, 1));
    assert_eq!(early, Standing::NotYet { name: "临平区".to_owned(), from: date(2021, 1, 1) });
    assert_eq!(table.standing("500105", date(2025, 11, 6)), current("江北区"));
    assert_eq!(end(&table.standing("500105", date(2025, 11, 7))), Some(("江北区", 2025, vec!["500157"])));
}

#[test]
fn a_renamed_place_keeps_its_code() {
    let table = table();
    assert_eq!(table.standing("130502", date(2018, 1, 1)), current("桥东区"));
    assert_eq!(table.standing("130502", date(2022, 1, 1)), current("襄都区"));
}

#[test]
fn what_was_never_listed_is_unknown() {
    let table = table();
    for code in ["999999", "110199", "320571", "", "1101", "110101001", "１１０１０１"] {
        assert_eq!(table.standing(code, date(2026, 1, 1)), Standing::Unknown, "{code}");
    }
}

#[test]
fn prefectures_without_counties_are_not_divided() {
    let (table, day) = (table(), date(2026, 1, 1));
    let divided = |code| table.is_divided(code, day);
    assert!(["110000", "330000", "330100", "460300"].into_iter().all(divided));
    assert!(
        !["441900", "442000", "460400", "620200", "810000", "330102", "99", "00"].into_iter().any(divided)
    );
    assert!(!table.is_divided("341400", day));
    assert!(table.is_divided("341400", date(2008, 1, 1)));
}

#[test]
fn malformed_tables_are_refused_by_row() {
    let header = "代码,名称,启用,停用,继任\n";
    let fault = |rows: &str| Divisions::parse(&format!("{header}{rows}")).err().map(|e| e.to_string());
    assert_eq!(fault("110101,东城区,,,\n"), None);
    assert_eq!(fault("11010,东城区,,,\n").as_deref(), Some("row 1: “11010” is not a six-digit code"));
    let day = "110101,东城区,,,\n110102,西城区,2010-7-1,,\n";
    assert_eq!(fault(day).as_deref(), Some("row 2: “2010-7-1” is not a day like 2021-04-09"));
    assert!(Divisions::parse("code,name\n110101,东城区\n").is_err());
    assert!(Divisions::parse("").is_ok_and(|none| none.current(date(2026, 1, 1)).next().is_none()));
}
