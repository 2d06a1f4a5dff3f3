//! Forms of the numbers of persons: mobile and fixed-line telephone numbers, identity numbers of 18 and 15 digits.

use std::ops::Range;

use crate::model::divisions::PROVINCES;
use crate::model::identity::valid_id_number;
use crate::table::date::Date;

/// What a text is: how much it takes to be the number of a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// Running text: a number anywhere in it.
    Running,
    /// A code, or several: it is a number as a whole, or none.
    Code,
    /// The code of a grid: it begins like an identity number, and may go on like one.
    Grid,
}

/// What identity numbers begin with besides the codes of provinces: residents from Taiwan, and foreigners.
const NO_PROVINCE: [&str; 2] = ["83", "90"];

/// Characters of a number that stay at its beginning and its end.
pub(super) const HEAD: usize = 3;
pub(super) const TAIL: usize = 4;

/// Which of these digits are hidden, if they are one number of a person. `spaced`: they stood in groups.
pub(super) fn whole(digits: &str, form: Form, spaced: bool) -> Option<Range<usize>> {
    let digits = if digits.len() == 18 { digits } else { digits.trim_end_matches('X') };
    let end = digits.len().checked_sub(TAIL)?;
    match digits.len() {
        18 if is_identity(digits, form, spaced) => Some(HEAD..end),
        15 if form != Form::Grid && is_old_identity(digits) => Some(HEAD..end),
        11..=16 if is_mobile(digits) => Some(digits.len().checked_sub(8)?..end),
        10..=16 if form == Form::Running => area(digits).map(|local| local..end),
        _ => None,
    }
}

/// A mobile number, perhaps after the code of the country or a zero.
pub(super) fn is_mobile(digits: &str) -> bool {
    let Some((before, number)) = digits.len().checked_sub(11).and_then(|at| digits.split_at_checked(at))
    else {
        return false;
    };
    let begins = matches!(number.as_bytes(), [b'1', b'3'..=b'9', ..]);
    begins
        && number.bytes().all(|digit| digit.is_ascii_digit())
        && matches!(before, "" | "0" | "86" | "086" | "0086" | "860" | "00860")
}

/// Where the local number begins in a fixed-line number with its area.
fn area(digits: &str) -> Option<usize> {
    let rest = ["0086", "86"].iter().find_map(|country| digits.strip_prefix(country));
    // After the country the zero before the area may be left out.
    let number = match rest {
        Some(rest) => rest.strip_prefix('0').unwrap_or(rest),
        None => digits.strip_prefix('0')?,
    };
    let before = digits.len().checked_sub(number.len())?;
    let three = number.starts_with("10") || number.starts_with('2');
    let code = if three { 2 } else { 3 };
    let local = number.get(code..)?;
    let known = three || matches!(number.as_bytes(), [b'3'..=b'9', ..]);
    let long = if three { local.len() == 8 } else { matches!(local.len(), 7 | 8) };
    let plausible =
        known && long && !local.starts_with(['0', '1']) && local.bytes().all(|digit| digit.is_ascii_digit());
    // A day after a short number is part of the number of a document.
    (plausible && !is_day(local)).then(|| before.saturating_add(code))
}

/// An identity number of 18 digits with a district and a day of birth. Codes of grids and numbers of events have days
/// of this century in the same place: there the check digit counts, or a number within the day that is not small.
fn is_identity(digits: &str, form: Form, spaced: bool) -> bool {
    let year = digits.get(6..10).and_then(|year| year.parse::<u16>().ok()).unwrap_or(0);
    if !in_district(digits) || !(1900..2030).contains(&year) || !digits.get(6..14).is_some_and(is_day) {
        return false;
    }
    let checked = valid_id_number(digits);
    let many = digits.get(14..17).is_some_and(|order| order >= "100");
    match (form, year) {
        (_, ..2000) => true,
        (Form::Running | Form::Code, ..=2010) => checked || many,
        (Form::Running, _) => checked || (many && !spaced),
        (Form::Grid | Form::Code, _) => checked && many,
    }
}

/// An identity number of 15 digits: given out until 1999. Who was born before 1930 is left out: codes of grids in
/// towns, and days of this century, have such numbers.
fn is_old_identity(digits: &str) -> bool {
    let born = digits.get(6..12).is_some_and(|born| born >= "30" && is_day(&format!("19{born}")));
    born && in_district(digits) && digits.bytes().all(|digit| digit.is_ascii_digit())
}

fn in_district(digits: &str) -> bool {
    let known = |province| PROVINCES.contains(&province) || NO_PROVINCE.contains(&province);
    digits.get(..2).is_some_and(known) && digits.get(2..4) != Some("00")
}

/// A day of the last or this century as eight digits.
pub(super) fn is_day(digits: &str) -> bool {
    let part = |from: usize, to: usize| digits.get(from..to).and_then(|part| part.parse::<i16>().ok());
    let (Some(year @ 1900..2100), Some(month), Some(day)) = (part(0, 4), part(4, 6), part(6, 8)) else {
        return false;
    };
    let (month, day) = (i8::try_from(month).ok(), i8::try_from(day).ok());
    digits.len() == 8 && month.zip(day).and_then(|(month, day)| Date::from_ymd(year, month, day)).is_some()
}

/// Lengths of what may stand glued together, the longest first.
const LENGTHS: [usize; 7] = [18, 16, 15, 14, 13, 12, 11];

/// From so many digits on they may be several numbers glued together; codes have fewer.
pub(super) const GLUED: usize = 22;

/// Whether a code of so many digits may be the number of a person, or several.
pub(super) fn may_be_number(digits: usize) -> bool {
    LENGTHS.contains(&digits) || digits >= GLUED
}

/// Digits as numbers glued together: for each place what the number that begins there hides, and where it ends. What
/// follows it is numbers too.
pub(super) struct Glued(Vec<Option<(Range<usize>, usize)>>);

impl Glued {
    pub(super) fn of(digits: &str, form: Form) -> Self {
        let mut ends: Vec<Option<(Range<usize>, usize)>> = vec![None; digits.len()];
        for at in (0..digits.len()).rev() {
            let found = LENGTHS.iter().find_map(|length| {
                let end = at.saturating_add(*length);
                let whole = whole(digits.get(at..end)?, form, false)?;
                let goes_on = end == digits.len() || ends.get(end).is_some_and(Option::is_some);
                goes_on.then(|| (shifted(whole, at), end))
            });
            if let Some(slot) = ends.get_mut(at) {
                *slot = found;
            }
        }
        Self(ends)
    }

    /// Number of digits.
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// What is hidden from this digit on, where all from there are numbers and nothing else.
    pub(super) fn from(&self, digit: usize) -> Option<Vec<Range<usize>>> {
        let (mut hidden, mut at) = (Vec::new(), digit);
        while let Some(Some((range, end))) = self.0.get(at) {
            hidden.push(range.clone());
            at = *end;
        }
        (at == self.len() && at > digit).then_some(hidden)
    }
}

/// What is hidden of several numbers glued together, where they are nothing else.
pub(super) fn glued(digits: &str, form: Form) -> Option<Vec<Range<usize>>> {
    Glued::of(digits, form).from(0)
}

/// What is hidden of a very long row of digits: identity and mobile numbers wherever they stand in it.
pub(super) fn anywhere(digits: &str) -> Vec<Range<usize>> {
    let (mut hidden, mut at) = (Vec::new(), 0);
    while at < digits.len() {
        let found = [18, 11].iter().find_map(|length| {
            let end = at.saturating_add(*length);
            whole(digits.get(at..end)?, Form::Running, false).map(|range| (shifted(range, at), end))
        });
        match found {
            Some((range, end)) => {
                hidden.push(range);
                at = end;
            }
            None => at = at.saturating_add(1),
        }
    }
    hidden
}

fn shifted(range: Range<usize>, by: usize) -> Range<usize> {
    range.start.saturating_add(by)..range.end.saturating_add(by)
}
