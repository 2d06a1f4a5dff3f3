//! Cells of a workbook as raw cells: what a number format shows is part of what was written.

use std::borrow::Cow;

use calamine::{DataRef, Style};
use rust_decimal::Decimal;

use crate::model::row::RawCell;

/// Days between the two epochs of workbooks.
const EPOCH_1904: f64 = 1462.0;

/// No number is shown with more leading zeros: identifiers have up to some thirty digits.
const MOST_ZEROS: usize = 64;

/// What the number formats of a workbook make of its numbers.
pub(super) struct Formats {
    by_style: Vec<NumberFormat>,
    is_1904: bool,
}

/// How a number format shows a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum NumberFormat {
    /// As it is.
    Plain,
    /// As a percentage: 0.85 is shown, and meant, as 85%.
    Percent,
    /// With leading zeros up to this many digits: 12 is shown, and meant, as 000012.
    Zeros(usize),
}

impl Formats {
    pub(super) fn new(styles: &[Style], is_1904: bool) -> Self {
        let code = |style: &Style| {
            style.number_format.as_ref().map_or(NumberFormat::Plain, |f| number_format(&f.format_code))
        };
        Self { by_style: styles.iter().map(code).collect(), is_1904 }
    }

    /// The cell, given its style.
    pub(super) fn raw<'a>(&self, value: &DataRef<'a>, style: usize) -> RawCell<'a> {
        match value {
            DataRef::Empty => RawCell::Empty,
            DataRef::Int(number) => self.meant(&number.to_string(), style),
            DataRef::Float(number) if self.number_format(style) == NumberFormat::Plain => {
                RawCell::Number(*number)
            }
            DataRef::Float(number) => self.meant(&number.to_string(), style),
            DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
                RawCell::Text(Cow::Owned(text.clone()))
            }
            DataRef::SharedString(text) => RawCell::Text(Cow::Borrowed(*text)),
            DataRef::Bool(yes) => RawCell::Logical(*yes),
            DataRef::DateTime(date) if date.is_duration() => RawCell::Number(date.as_f64()),
            DataRef::DateTime(date) if self.is_1904 => RawCell::Serial(date.as_f64() + EPOCH_1904),
            DataRef::DateTime(date) => RawCell::Serial(date.as_f64()),
            DataRef::Error(fault) => RawCell::Fault(Cow::Owned(fault.to_string())),
        }
    }

    fn number_format(&self, style: usize) -> NumberFormat {
        self.by_style.get(style).copied().unwrap_or(NumberFormat::Plain)
    }

    /// A number as its format shows it.
    fn meant(&self, digits: &str, style: usize) -> RawCell<'static> {
        let meant = match self.number_format(style) {
            NumberFormat::Plain => None,
            NumberFormat::Percent => digits
                .parse::<Decimal>()
                .ok()
                .and_then(|number| number.checked_mul(Decimal::ONE_HUNDRED))
                .map(|percent| format!("{}%", percent.normalize())),
            NumberFormat::Zeros(width) => {
                digits.bytes().all(|b| b.is_ascii_digit()).then(|| format!("{digits:0>width$}"))
            }
        };
        match meant {
            Some(text) => RawCell::Text(Cow::Owned(text)),
            None => digits.parse().map_or(RawCell::Empty, RawCell::Number),
        }
    }
}

fn number_format(code: &str) -> NumberFormat {
    let mut quoted = false;
    let mut bare = code.chars().filter(|c| {
        quoted ^= *c == '"';
        !quoted
    });
    if bare.any(|c| c == '%') {
        return NumberFormat::Percent;
    }
    let zeros = (2..=MOST_ZEROS).contains(&code.len()) && code.bytes().all(|b| b == b'0');
    if zeros { NumberFormat::Zeros(code.len()) } else { NumberFormat::Plain }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_that_change_what_is_meant_are_told_from_those_that_do_not() {
        assert_eq!(number_format("0.00%"), NumberFormat::Percent);
        assert_eq!(number_format("000000"), NumberFormat::Zeros(6));
        for plain in ["General", "0", "0.00", "#,##0", "0\"%\"", "@", &"0".repeat(65)] {
            assert_eq!(number_format(plain), NumberFormat::Plain, "{plain}");
        }
    }

    #[test]
    fn percentages_are_exact() {
        let formats = Formats { by_style: vec![NumberFormat::Percent], is_1904: false };
        assert_eq!(formats.raw(&DataRef::Float(0.07), 0), RawCell::Text("7%".into()));
        assert_eq!(formats.raw(&DataRef::Float(0.07), 1), RawCell::Number(0.07));
    }
}
