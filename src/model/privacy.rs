//! Masks for personal data. Every output goes through them unless the user asks for plain text.

use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::declare::Privacy;

/// Whether personal data is masked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Masking {
    /// Masked.
    #[default]
    On,
    /// As it stands (`--unmask`).
    Off,
}

/// Digits of a mobile number; an identity number has more.
const MOBILE_DIGITS: u8 = 11;

static NUMBERS: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"[0-9]+[Xx]?").ok());

impl Masking {
    /// A cell of a column that holds personal data of this kind, or of none.
    pub fn cell(self, privacy: Option<Privacy>, text: &str) -> String {
        match (self, privacy) {
            (Self::On, Some(Privacy::Name)) => keep(text, 1, 0),
            (Self::On, Some(Privacy::IdNumber | Privacy::Phone)) => keep(text, 3, 4),
            (Self::Off, _) | (_, None) => text.to_owned(),
        }
    }

    /// Running text: identity numbers and mobile numbers in it are masked.
    pub fn text(self, text: &str) -> String {
        match (self, NUMBERS.as_ref()) {
            (Self::On, Some(numbers)) if has_long_number(text) => {
                numbers.replace_all(text, mask_number).into_owned()
            }
            _ => text.to_owned(),
        }
    }
}

/// Whether so many digits stand together that they may be masked; nearly no text has them.
fn has_long_number(text: &str) -> bool {
    let mut together = 0_u8;
    text.bytes().any(|byte| {
        together = if byte.is_ascii_digit() { together.saturating_add(1) } else { 0 };
        together >= MOBILE_DIGITS
    })
}

/// Masks a whole run of digits that has the form of an identity or mobile number; other runs, such as the
/// 15 digits of a grid code, stay.
fn mask_number(found: &Captures<'_>) -> String {
    let run = found.get(0).map(|run| run.as_str()).unwrap_or_default();
    let mobile = run.len() == 11 && run.starts_with('1') && !run.ends_with(['X', 'x']);
    if run.len() == 18 || mobile { keep(run, 3, 4) } else { run.to_owned() }
}

/// Keeps the first `head` and last `tail` characters; a text too short for that keeps its first one.
fn keep(text: &str, head: usize, tail: usize) -> String {
    let length = text.chars().count();
    let (head, tail) = if length > head + tail { (head, tail) } else { (1.min(length), 0) };
    let hidden = length.saturating_sub(head + tail);
    text.chars().enumerate().map(|(at, c)| if at < head || at >= head + hidden { c } else { '*' }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_keeps_what_identifies_no_one() {
        let on = Masking::On;
        assert_eq!(on.cell(Some(Privacy::Name), "欧阳明月"), "欧***");
        assert_eq!(on.cell(Some(Privacy::Phone), "13812345678"), "138****5678");
        assert_eq!(on.cell(Some(Privacy::IdNumber), "11010519491231002X"), "110***********002X");
        assert_eq!(on.cell(Some(Privacy::IdNumber), "1101"), "1***");
        assert_eq!(Masking::Off.cell(Some(Privacy::Name), "李明"), "李明");
    }

    #[test]
    fn numbers_in_running_text_are_masked() {
        assert_eq!(Masking::On.text("电话13812345678。"), "电话138****5678。");
        assert_eq!(Masking::On.text("证11010519491231002X"), "证110***********002X");
        assert_eq!(
            Masking::On.text("GB/T 1.1-2020，网格110101001002003"),
            "GB/T 1.1-2020，网格110101001002003"
        );
    }
}
