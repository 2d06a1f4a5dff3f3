use super::forms::Form;
use super::names::Names;
use std::hint::black_box;
use std::time::{Duration, Instant};

use super::{Masking, Redactor, coded, holds, is_plain_grid, is_quoted, mask};

fn names(cells: &[&str]) -> Names {
    Names::in_cells(cells.iter().copied())
}

/// The text with names hidden, as running text.
fn mask_running(names: &Names, text: &str) -> String {
    super::running(text, || super::named(names, text, &|_, _| false))
}

#[test]
fn each_kind_of_column_keeps_what_identifies_no_one() {
    for (cell, shown) in [
        ("欧阳明月", "欧＊＊＊"),
        ("张三、李四", "张＊、李＊"),
        ("张 三", "张 ＊"),
        ("王", "王"),
        ("John", "J***"),
    ] {
        assert_eq!(mask::names(cell), shown);
    }
    let numbers = [
        ("13812345678", "138****5678"),
        ("138 1234 5678", "138 **** 5678"),
        ("11010519491231002X", "110***********002X"),
        ("张三13812345678", "＊＊138****5678"),
        ("1101", "1***"),
        ("见附件", "见＊＊"),
        ("无", "无"),
    ];
    for (cell, shown) in numbers {
        assert_eq!(mask::number(cell), shown);
    }
}

#[test]
fn numbers_in_running_text_are_masked_and_codes_are_not() {
    let on = |text: &str| Masking::On.text(text);
    assert_eq!(on("电话１３８-1234 5678。"), "电话１３８-**** 5678。");
    assert_eq!(on("13822220001110101199003074514"), "138****0001110***********4514");
    for kept in
        ["GB/T 1.1-2020，网格110101001002003", "91350602MA12345678", "2026-01-02 2026-03-04", "021-20240301"]
    {
        assert_eq!(on(kept), kept);
    }
    assert_eq!(Masking::Off.text("13812345678"), "13812345678");
}

#[test]
fn codes_are_numbers_of_persons_as_a_whole_or_not_at_all() {
    let cases = [
        (Form::Code, "W1；+86 138-2222-0021", "W1；+86 138-****-0021"),
        (Form::Code, "110101199003074510", "110***********4510"),
        (Form::Code, "ZS13822220006", "ZS13822220006"),
        (Form::Code, "350602202611280001", "350602202611280001"),
        (Form::Grid, "350602400201001", "350602400201001"),
        (Form::Grid, "110101199003074514", "110***********4514"),
    ];
    for (form, code, shown) in cases {
        assert_eq!(coded(code, form), shown, "{form:?}");
    }
}

#[test]
fn names_are_found_however_they_are_spaced_and_only_as_words_of_an_alphabet() {
    let names =
        names(&["张三", "张三丰", "欧阳　明月（组长）", "买买提·艾力", "Li", "无", "县政府", "13822220006"]);
    let cases = [
        ("由张三丰、张 三负责", "由张＊＊、张 ＊负责"),
        ("欧阳明月到场", "欧＊＊＊到场"),
        ("买买提艾力", "买＊＊＊＊"),
        ("张-三、张_三、张. 三", "张-＊、张_＊、张. ＊"),
        ("一张\n三页", "一张\n三页"),
        ("li, Library", "l*, Library"),
        ("县政府无异议", "县政府无异议"),
    ];
    for (text, shown) in cases {
        assert_eq!(mask_running(&names, text), shown);
    }
}

#[test]
fn words_of_the_program_stay_where_they_stand_as_a_whole() {
    let text = "缺少标准：标准";
    assert!(holds(["缺少标准："], text, &(6..12)));
    assert!(!holds(["缺少标准："], text, &(15..21)));
    assert!(is_quoted("列“张三”", &(6..12)) && !is_quoted("列“甲”张三", &(12..18)));
}

#[test]
fn numbers_beside_many_others_are_masked_all_the_same() {
    let on = |text: &str| Masking::On.text(text);
    let many = "1 ".repeat(8_000);
    assert_eq!(on(&many), many);
    assert_eq!(on(&format!("{many}。13812345678")), format!("{many}。138****5678"));
    let phones = "13812345678".repeat(3_000);
    assert_eq!(on(&phones), "138****5678".repeat(3_000));
    // Groups that say nothing by themselves, all together numbers.
    assert_eq!(on("1381 234567813 912345678"), "138* ***567813 9****5678");
    let digest = "a1".repeat(8_000);
    assert_eq!(on(&digest), digest);
    let letters = format!("{}g13812345678", "a1".repeat(20));
    assert_eq!(on(&letters), format!("{}g138****5678", "a1".repeat(20)));
}

#[test]
fn a_code_as_long_as_a_number_is_looked_at() {
    for code in ["86013822220021", "0086013822220021", "13822220021"] {
        assert!(!is_plain_grid(code), "{code}");
        assert_ne!(Redactor::default().grid(code), code);
    }
    assert!(is_plain_grid("35060240020100100") && is_plain_grid("350602400"));
}

/// The least time of some tries.
fn time(work: impl Fn()) -> Duration {
    let one = || {
        let begun = Instant::now();
        work();
        begun.elapsed()
    };
    (0..5).map(|_| one()).min().unwrap_or_default()
}

/// What is repeated, and what is done with it.
type Case<'a> = (&'a str, &'a dyn Fn(&str));

/// Eight times as much takes about eight times as long, not sixty-four times.
#[test]
fn masking_takes_time_in_proportion_to_the_text() {
    let names = names(&["张三"]);
    let mask = |text: &str| drop(black_box(mask_running(&names, text)));
    let spaced = |text: &str| mask(&format!("张{text}"));
    let coded = |text: &str| drop(black_box(coded(text, Form::Code)));
    let cases: [Case<'_>; 10] = [
        ("1 ", &mask),
        ("2026-01-02 ", &mask),
        ("a1", &mask),
        ("张三", &mask),
        ("13812345678", &coded),
        (" ", &spaced),
        ("1、", &mask),
        ("1年 ", &mask),
        ("117.123,24.123 ", &mask),
        ("“1”“2”", &mask),
    ];
    for (unit, work) in cases {
        let (few, many) = (unit.repeat(250), unit.repeat(2_000));
        let (few, many) = (time(|| work(&few)), time(|| work(&many)));
        assert!(many < few * 32 + Duration::from_millis(20), "{unit}: {few:?} {many:?}");
    }
}
