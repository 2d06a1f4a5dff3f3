//! Forms of identifiers: identity numbers, unified social credit codes, telephone numbers, initials of names.

use pinyin::ToPinyin;

/// Whether a unified social credit code has the right check character (GB 32100-2015). Some real codes of the
/// early pilots do not.
pub(crate) fn valid_credit_code(text: &str) -> bool {
    const SIGNS: &str = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    let values: Option<Vec<usize>> = text.chars().map(|c| SIGNS.find(c)).collect();
    let Some((last, body)) = values.as_deref().and_then(<[usize]>::split_last) else { return false };
    let weigh = |(sum, weight): (usize, usize), value: &usize| {
        (sum.saturating_add(value.saturating_mul(weight)) % 31, weight.saturating_mul(3) % 31)
    };
    let (sum, _) = body.iter().fold((0, 1), weigh);
    body.len() == 17 && 31_usize.saturating_sub(sum) % 31 == *last
}

/// Whether the text has the form of a mobile or fixed-line telephone number.
pub(crate) fn phone_form(text: &str) -> bool {
    let digits: String = text.chars().filter(|c| !matches!(c, '-' | ' ' | '(' | ')')).collect();
    let plain = digits.strip_prefix("+86").unwrap_or(&digits);
    let all = plain.chars().all(|c| c.is_ascii_digit());
    let mobile =
        plain.len() == 11 && plain.starts_with('1') && !plain.starts_with("10") && !plain.starts_with("11");
    let fixed = matches!(plain.len(), 7 | 8) && !plain.starts_with(['0', '1']);
    let with_area = matches!(plain.len(), 10..=12) && plain.starts_with('0');
    let free = plain.len() == 10 && (plain.starts_with("400") || plain.starts_with("800"));
    let service = free || (plain.len() == 5 && plain.starts_with('1'));
    all && (mobile || fixed || with_area || service)
}

/// First letters of the pinyin of a Chinese name, upper case; other characters are left out.
pub(crate) fn initials(text: &str) -> String {
    let first = |c: char| c.to_pinyin().and_then(|sound| sound.plain().chars().next());
    text.chars().filter_map(first).map(|letter| letter.to_ascii_uppercase()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn credit_codes_are_checked_by_their_last_sign() {
        assert!(valid_credit_code("91110000600037341L") && valid_credit_code("91350100M000100Y43"));
        assert!(!valid_credit_code("91350100M0001TGQXM") && !valid_credit_code("9111000060003734"));
    }

    #[test]
    fn telephone_numbers_have_known_forms() {
        assert!(
            ["13812345678", "0596-2345678", "12345", "+8613812345678"].iter().all(|text| phone_form(text))
        );
        assert!(["1381234567", "abc", "99999999999999"].iter().all(|text| !phone_form(text)));
    }

    #[test]
    fn initials_are_those_of_the_pinyin() {
        assert_eq!(initials("临江区"), "LJQ");
    }
}
