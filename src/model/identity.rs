//! Citizens' identity numbers: told by their check digit, wherever they stand.

use crate::table::date::Date;

/// Whether an 18-digit identity number has the right check digit (GB 11643-1999) and a date in it.
pub fn valid_id_number(text: &str) -> bool {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    const CHECKS: &str = "10X98765432";
    let (Some(body), Some(last)) = (text.get(..17), text.get(17..)) else { return false };
    let digits: Option<Vec<u32>> = body.chars().map(|c| c.to_digit(10)).collect();
    let Some(digits) = digits else { return false };
    let sum: u32 = digits.iter().zip(WEIGHTS).map(|(digit, weight)| digit.saturating_mul(weight)).sum();
    let check = CHECKS.chars().nth((sum % 11) as usize);
    let born = body.get(6..14).is_some_and(is_day);
    last.chars().count() == 1 && last.to_ascii_uppercase().chars().next() == check && born
}

fn is_day(text: &str) -> bool {
    day(text).is_some()
}

/// The birthday in an identity number, where it has one.
pub fn birthday(text: &str) -> Option<Date> {
    text.get(6..14).and_then(day)
}

fn day(text: &str) -> Option<Date> {
    let part = |from: usize, to: usize| text.get(from..to).and_then(|part| part.parse::<i16>().ok());
    let (Some(year), Some(month), Some(day)) = (part(0, 4), part(4, 6), part(6, 8)) else { return None };
    Date::from_ymd(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identity_numbers_are_checked_by_digit_and_date() {
        assert!(valid_id_number("11010519491231002X") && valid_id_number("440524188001010014"));
        for wrong in ["110105194912310021", "11010519491331002X", "1101051949123100", "李李李李李李"] {
            assert!(!valid_id_number(wrong), "{wrong}");
        }
    }
}
