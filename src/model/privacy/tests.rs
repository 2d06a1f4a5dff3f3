use super::forms::Form;
use super::names::Names;
use super::{Masking, coded, holds, is_quoted, mask};

fn names(cells: &[&str]) -> Names {
    Names::in_cells(cells.iter().copied())
}

/// The text with names hidden, as running text.
fn told(names: &Names, text: &str) -> String {
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
        assert_eq!(told(&names, text), shown);
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
fn long_cells_are_masked_in_time_that_grows_with_their_length() {
    let names = names(&["王五", "甲"]);
    let began = std::time::Instant::now();
    for piece in ["1-", "138-", "13822220006-", "王 ", "王五", "a1", "1 ", "12345678901234567890 "] {
        let text = piece.repeat(16_000 / piece.len());
        assert_eq!(told(&names, &text).chars().count(), text.chars().count(), "{piece}");
        assert_eq!(coded(&text, Form::Code).chars().count(), text.chars().count(), "{piece}");
    }
    // With the square of the length it takes minutes.
    assert!(began.elapsed() < std::time::Duration::from_secs(60), "{:?}", began.elapsed());
}
