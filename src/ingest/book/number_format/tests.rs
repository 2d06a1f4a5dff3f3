use super::*;

fn shown(code: &str, number: f64) -> String {
    match NumberFormat::of(code).number(number, false) {
        RawCell::Text(text) => text.into_owned(),
        RawCell::Number(number) => format!("={number}"),
        RawCell::Serial(serial) => format!("day {serial}"),
        other => format!("{other:?}"),
    }
}

#[test]
fn percent_signs_count_where_they_multiply() {
    for (code, number, is) in [
        ("0.00%", 0.85, "85%"),
        ("0%;-0%", -0.07, "-7%"),
        ("0.0\\%", 78.5, "=78.5"),
        ("0_%", 80.0, "=80"),
        ("0\"%\"", 80.0, "=80"),
        ("[Red]0.0%", 0.5, "50%"),
        ("[Magenta]0.0%", 0.5, "50%"),
        ("0;0%", 0.5, "=0.5"),
        ("0;0%", -0.5, "-50%"),
        ("0%;@", -0.5, "-50%"),
        ("@", 0.5, "=0.5"),
    ] {
        assert_eq!(shown(code, number), is, "{code}");
    }
}

#[test]
fn zeros_and_letters_before_a_number_are_part_of_it() {
    for (code, number, is) in [
        ("000000", 12.0, "000012"),
        ("00000_ ", 12.0, "00012"),
        ("[$-804]000", 7.0, "007"),
        ("\"WG-\"0000", 12.0, "WG-0012"),
        ("\"D\"0", 12.0, "D12"),
        ("000-0000", 123_456.0, "012-3456"),
        ("00-00", 123_456.0, "1234-56"),
        ("000", 0.0, "000"),
        ("000;-000", 5.0, "005"),
        ("0\"人\"", 12.0, "=12"),
        ("#,##0", 1200.0, "=1200"),
        ("0!.0,\"万\"", 12345.0, "=12345"),
        ("000", 1.5, "=1.5"),
        ("000", -5.0, "=-5"),
        ("General", 5.0, "=5"),
        ("G/通用格式\"人\"", 5.0, "=5"),
        ("[DBNum1][$-804]General", 5.0, "=5"),
        ("¥#,##0.00", 5.0, "=5"),
        ("[<=100]0;000", 101.0, "101"),
        ("[<=100]0;000000", 101.0, "000101"),
        ("0.00E+00", 5.0, "=5"),
        (";;;", 5.0, "=5"),
        ("##0", 5.0, "=5"),
        ("\"WG-\"#", 0.0, "WG-"),
        ("\"WG-\"##", 12.0, "WG-12"),
        ("\"WG-\"##", 123.0, "WG-123"),
        ("\"WG\"#-##", 5.0, "WG-5"),
    ] {
        assert_eq!(shown(code, number), is, "{code}");
    }
    assert_eq!(shown(&"0".repeat(64), 5.0), format!("{}5", "0".repeat(63)));
    assert_eq!(shown(&"0".repeat(65), 5.0), "=5");
}

#[test]
fn days_and_times_are_told_from_lengths_of_time() {
    for code in [
        "yyyy-mm-dd",
        "m\"月\"d\"日\"",
        "[$-804]aaaa;@",
        "yyyy\"年\"m\"月\"",
        "h:mm",
        "e年m月",
        "m\"月\"",
        "e\"年\"",
        "[$-804]aaaa",
    ] {
        assert_eq!(shown(code, 45352.0), "day 45352", "{code}");
    }
    assert_eq!(shown("[h]:mm:ss", 1.5), "=1.5");
    assert_eq!(shown("\"dmy\"0", 3.0), "dmy3");
    assert_eq!(NumberFormat::of("yyyy").number(1.0, true), RawCell::Serial(1463.0));
    assert_eq!(NumberFormat::built_in(14).number(1.0, false), RawCell::Serial(1.0));
}

#[test]
fn texts_have_what_their_format_adds() {
    assert_eq!(NumberFormat::of("@\"市\"").text("海州".into()), "海州市");
    assert_eq!(NumberFormat::of("@").text("海州".into()), "海州");
    assert_eq!(NumberFormat::of("0;0;0;\"区\"@").text("海州".into()), "区海州");
    assert_eq!(NumberFormat::of("0;@").text("海州".into()), "海州");
    assert_eq!(NumberFormat::of("0;@\"市\"").text("海州".into()), "海州市");
    // What a format makes of numbers is nothing to texts.
    assert_eq!(NumberFormat::of("\"WG-\"0").text("海州".into()), "海州");
}

#[test]
fn a_section_is_for_numbers_above_below_or_at_zero() {
    for (code, number, is) in [
        ("000", -5.0, "=-5"),
        ("000;0", 5.0, "005"),
        ("000;0", 0.0, "000"),
        ("0;0%", -0.05, "-5%"),
        ("0;0;000", 0.0, "000"),
        ("0;0;000", 5.0, "=5"),
        ("0;0%;000", -0.05, "-5%"),
        ("000;0;0", 0.0, "=0"),
        ("0;0;000;@", 0.0, "000"),
        ("0;0;0;000;0%", 0.0, "=0"),
        // A section for texts is for no number.
        ("0%;@", -0.05, "-5%"),
        ("0%;0;@", 0.0, "0%"),
        ("@", 5.0, "=5"),
    ] {
        assert_eq!(shown(code, number), is, "{code} {number}");
    }
}

#[test]
fn a_section_with_a_condition_is_for_numbers_of_which_it_holds() {
    for (sign, holds) in [
        ("<", [true, false, false]),
        ("<=", [true, true, false]),
        ("=", [false, true, false]),
        ("<>", [true, false, true]),
        (">=", [false, true, true]),
        (">", [false, false, true]),
    ] {
        let code = format!("[{sign} 100]0000;0");
        let is = [("0099", "=99"), ("0100", "=100"), ("0101", "=101")];
        for ((number, (template, plain)), holds) in [99.0, 100.0, 101.0].into_iter().zip(is).zip(holds) {
            assert_eq!(shown(&code, number), if holds { template } else { plain }, "{code}");
        }
    }
    assert_eq!(shown("[=>100]0000;0", 101.0), "0101", "no comparison, no condition");
    assert_eq!(shown("[<100]0000", 101.0), "=101", "no section is for it");
}

#[test]
fn built_in_formats_are_percentages_days_and_plain_numbers() {
    let shown = |id| match NumberFormat::built_in(id).number(0.5, false) {
        RawCell::Text(text) => text.into_owned(),
        RawCell::Serial(_) => "day".to_owned(),
        _ => "number".to_owned(),
    };
    assert_eq!([9, 10].map(shown), ["50%"; 2]);
    assert_eq!([14, 22, 27, 36, 45, 47, 50, 58].map(shown), ["day"; 8]);
    assert_eq!([0, 1, 2, 3, 4, 8, 11, 13, 23, 26, 37, 44, 46, 48, 49, 59].map(shown), ["number"; 16]);
}
