//! Numbers as people write them, exactly.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::table::normalize;

/// Greatest number of an office: ten million of them, as percentages of the smallest one, can still be added up.
const GREATEST: Decimal = Decimal::from_parts(3_567_587_328, 232, 0, false, 0);
/// Smallest number above zero.
const SMALLEST: Decimal = Decimal::from_parts(1, 0, 0, false, 6);

/// Whether a number of an office can be as large or as small as this one: beyond that, sums and ratios are none.
pub fn is_sane(number: Decimal) -> bool {
    number.is_zero() || (SMALLEST..=GREATEST).contains(&number.abs())
}

/// Greatest whole number a workbook holds exactly.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// Digits a workbook keeps.
const KEPT_DIGITS: usize = 15;

/// So many digits fit into 64 bits, with a point or without.
const MOST_PLAIN: usize = 18;

/// A decimal number in text: full-width digits and thousands separators are met, nothing else is.
pub fn decimal(text: &str) -> Option<Decimal> {
    plain(text).map(|(digits, scale)| Decimal::new(digits, scale)).or_else(|| tolerant(text))
}

/// The form most numbers have, without the detour: digits, perhaps with a point among them. All of them as one
/// number, and how many of them come after the point.
fn plain(text: &str) -> Option<(i64, u32)> {
    let (mut digits, mut point) = (0_i64, None);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'0'..=b'9' => digits = digits.wrapping_mul(10).wrapping_add(i64::from(byte.wrapping_sub(b'0'))),
            b'.' if point.is_none() && at > 0 => point = Some(at),
            _ => return None,
        }
    }
    let after = point.map_or(0, |at| text.len().saturating_sub(at).saturating_sub(1));
    let whole = (1..=MOST_PLAIN).contains(&text.len()) && (point.is_none() || after > 0);
    whole.then_some((digits, u32::try_from(after).ok()?))
}

fn tolerant(text: &str) -> Option<Decimal> {
    let folded = normalize::nfkc(normalize::trimmed(text)).replace('−', "-");
    let plain = without_separators(&folded)?;
    let digits = plain.strip_prefix(['-', '+']).unwrap_or(&plain);
    let form = digits.bytes().all(|b| b.is_ascii_digit() || b == b'.')
        && digits.bytes().any(|b| b.is_ascii_digit())
        && !digits.ends_with('.')
        && !digits.starts_with('.');
    if !form {
        return None;
    }
    Decimal::from_str_exact(&plain).ok()
}

/// The number without `,` between groups of three digits; `None` if they stand elsewhere.
fn without_separators(text: &str) -> Option<String> {
    if !text.contains(',') {
        return Some(text.to_owned());
    }
    let whole = text.split('.').next().unwrap_or(text);
    let mut groups = whole.trim_start_matches(['-', '+']).split(',');
    let first = groups.next().is_some_and(|group| (1..=3).contains(&group.len()));
    let rest = groups.all(|group| group.len() == 3);
    let fraction = text.get(whole.len()..).is_some_and(|fraction| !fraction.contains(','));
    (first && rest && fraction).then(|| text.replace(',', ""))
}

/// Words before a number that do not change it.
const BEFORE: [&str; 6] = ["第", "共计", "合计", "总计", "共", "计"];

/// The number of a text that ends with one of these units, perhaps with a remark without figures in brackets after it: `1180份`,
/// `第二级`, `共32项`, `18个（全部）`.
pub fn without_unit(text: &str, units: &[String]) -> Option<String> {
    if units.is_empty() {
        return None;
    }
    let folded = normalize::nfkc(normalize::trimmed(text));
    let folded = unremarked(&folded);
    let rest = |unit: &String| folded.strip_suffix(normalize::nfkc(unit).as_ref());
    let number = units.iter().filter_map(rest).min_by_key(|rest| rest.len())?.trim();
    let number = BEFORE.iter().find_map(|word| number.strip_prefix(word)).unwrap_or(number).trim();
    let small = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十"];
    let small = small.iter().position(|word| *word == number);
    Some(small.map_or_else(|| number.to_owned(), |small| small.to_string()))
}

/// The text without a remark in brackets at its end, unless that has figures of its own.
fn unremarked(text: &str) -> &str {
    let (before, remark) =
        text.strip_suffix(')').and_then(|text| text.rsplit_once('(')).unwrap_or((text, ""));
    if remark.chars().any(char::is_numeric) { text } else { before.trim_end() }
}

/// A percentage in text, as its number of percent.
pub fn percentage(text: &str) -> Option<Decimal> {
    if text.ends_with(|last: char| last.is_ascii_digit()) {
        return None;
    }
    let folded = normalize::nfkc(normalize::trimmed(text));
    folded.strip_suffix('%').and_then(decimal)
}

/// A whole number in text.
pub fn integer(text: &str) -> Option<i64> {
    match plain(text) {
        Some((digits, 0)) => Some(digits),
        _ => decimal(text).and_then(whole),
    }
}

fn whole(number: Decimal) -> Option<i64> {
    number.is_integer().then(|| number.to_i64()).flatten()
}

/// A whole number of a workbook.
pub fn integer_of(number: f64) -> Option<i64> {
    let exact = number.abs() <= EXACT;
    exact.then(|| decimal_of(number)).flatten().and_then(whole)
}

/// A number of a workbook as it is shown, exactly.
pub fn decimal_of(number: f64) -> Option<Decimal> {
    Decimal::from_str_exact(&number.to_string()).ok()
}

/// What an identifier that was stored as a number has become, and whether digits may be lost.
pub fn digits(number: f64) -> (String, bool) {
    let text = number.to_string();
    let lost = text.trim_start_matches('-').len() > KEPT_DIGITS && !text.contains('.');
    (text, lost)
}

/// Whether an identifier in text is a number in scientific notation, as exports from workbooks leave it.
pub fn is_scientific(text: &str) -> bool {
    let quick_no = text.starts_with(|first: char| first.is_ascii_alphabetic()) || !text.contains('+');
    if quick_no {
        return false;
    }
    let Some((mantissa, exponent)) = text.split_once(['E', 'e']) else { return false };
    let exponent = exponent.strip_prefix('+').unwrap_or_default();
    !exponent.is_empty()
        && exponent.bytes().all(|b| b.is_ascii_digit())
        && mantissa.contains('.')
        && decimal(mantissa).is_some()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn numbers_are_read_exactly_or_not_at_all() {
        assert_eq!(decimal("１，２３４．５０").map(|n| n.to_string()).as_deref(), Some("1234.50"));
        assert_eq!(decimal("-0.1"), Some(Decimal::new(-1, 1)));
        assert_eq!(integer(" 12 "), Some(12));
        assert_eq!(integer("12.0"), Some(12));
        assert_eq!(integer("1,234,567"), Some(1_234_567));
        for wrong in ["", "12人", "1,23", "12,34.5", "1,234.5,6", "1e3", "12.5.6", ".5", "5.", "--1", "NaN"]
        {
            assert_eq!(decimal(wrong), None, "{wrong}");
        }
        assert_eq!(integer("12.5"), None);
        assert_eq!(integer("99999999999999999999"), None);
        assert_eq!(percentage("85.5％").map(|n| n.to_string()).as_deref(), Some("85.5"));
    }

    #[test]
    fn units_that_may_stand_behind_a_number_are_left_out() {
        let units = ["人", "人次", "级"].map(str::to_owned);
        let number = |text: &str| integer(&without_unit(text, &units)?);
        assert_eq!(
            ["1180人", "1,180 人次", "２级", "第二级", "十级", "共32人", "18人（全部）"].map(number),
            [1180, 1180, 2, 2, 10, 32, 18].map(Some)
        );
        assert_eq!(["1180份", "约3人", "12", "人", "两三人", "18人（另3人）"].map(number), [None; 6]);
    }

    proptest! {
        #[test]
        fn plain_numbers_are_what_they_are_without_the_detour(text in "[0-9]{0,3}[-0-9.,％ ０]{0,17}") {
            let same = |one: Option<Decimal>, other: Option<Decimal>| match (one, other) {
                (Some(one), Some(other)) => one.serialize() == other.serialize(),
                (one, other) => one == other,
            };
            prop_assert!(same(decimal(&text), tolerant(&text)), "{text:?}");
            prop_assert_eq!(integer(&text), tolerant(&text).and_then(whole), "{:?}", text);
        }
    }

    #[test]
    fn sums_and_ratios_of_ten_million_numbers_can_be_told() {
        assert_eq!(GREATEST, Decimal::from(1_000_000_000_000_i64));
        let ratio = (GREATEST * Decimal::ONE_HUNDRED).checked_div(SMALLEST);
        assert!(ratio.and_then(|ratio| ratio.checked_mul(Decimal::from(10_000_000))).is_some());
        assert!(is_sane(Decimal::ZERO) && is_sane(-SMALLEST) && !is_sane(SMALLEST / Decimal::TEN));
        assert!(!is_sane(-GREATEST - Decimal::ONE));
    }

    #[test]
    fn numbers_of_a_workbook_are_what_is_shown() {
        assert_eq!(decimal_of(0.1).map(|n| n.to_string()).as_deref(), Some("0.1"));
        assert_eq!(integer_of(3.0), Some(3));
        assert_eq!(integer_of(3.5), None);
        assert_eq!(integer_of(1e17), None);
        assert_eq!(decimal_of(1e300), None);
    }

    #[test]
    fn identifiers_that_lost_digits_are_told() {
        assert_eq!(digits(110_101_199_003_074_500.0), ("110101199003074500".to_owned(), true));
        assert_eq!(digits(110_101_001_002_003.0), ("110101001002003".to_owned(), false));
        assert_eq!(digits(1.5), ("1.5".to_owned(), false));
        assert!(is_scientific("1.10101E+17"));
        assert!(!is_scientific("E2024"));
        assert!(!is_scientific("3E5"));
    }
}
