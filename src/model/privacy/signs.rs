//! A text in plain signs: compatibility form, digits of all scripts as `0` to `9`, nothing that does not show. Each sign
//! knows the character of the text it comes from.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::table::normalize::is_invisible;

/// One sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Sign {
    /// The sign.
    pub(super) c: char,
    /// Number of the character it comes from.
    pub(super) from: usize,
    /// Whether it is a digit written as an ideograph.
    pub(super) ideograph: bool,
}

/// First digits of scripts that the compatibility form leaves alone, and their value; nine more follow each, or eight
/// after a one.
const SCRIPTS: [(u32, u32); 22] = [
    (0x660, 0),
    (0x6f0, 0),
    (0x7c0, 0),
    (0x966, 0),
    (0x9e6, 0),
    (0xa66, 0),
    (0xae6, 0),
    (0xb66, 0),
    (0xbe6, 0),
    (0xc66, 0),
    (0xce6, 0),
    (0xd66, 0),
    (0xe50, 0),
    (0xed0, 0),
    (0xf20, 0),
    (0x1040, 0),
    (0x17e0, 0),
    (0x1810, 0),
    (0x24f5, 1),
    (0x2776, 1),
    (0x2780, 1),
    (0x278a, 1),
];

/// Ideographs of digits, by value: plain, of accounts, of speech.
const IDEOGRAPHS: [&str; 10] =
    ["〇零○", "一壹幺", "二贰", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖"];

/// The signs of a text.
pub(super) fn signs(text: &str) -> Vec<Sign> {
    let mut signs = Vec::with_capacity(text.len());
    for (from, c) in text.chars().enumerate() {
        if c.is_ascii() {
            signs.push(Sign { c, from, ideograph: false });
        } else if let Some(digit) = ideograph(c) {
            signs.push(Sign { c: digit, from, ideograph: true });
        } else if !is_invisible(c) {
            let plain = std::iter::once(c).nfkc().filter(|c| !is_combining_mark(*c));
            signs.extend(plain.map(|c| Sign { c: of_script(c), from, ideograph: false }));
        }
    }
    signs
}

fn of_script(c: char) -> char {
    if matches!(c, '\u{24ea}' | '\u{24ff}' | '\u{1f10b}' | '\u{1f10c}') {
        return '0';
    }
    let found = SCRIPTS.iter().find_map(|(first, value)| {
        let digit = u32::from(c).checked_sub(*first)?.checked_add(*value)?;
        char::from_digit(digit, 10)
    });
    found.filter(|_| !c.is_ascii()).unwrap_or(c)
}

fn ideograph(c: char) -> Option<char> {
    let value = IDEOGRAPHS.iter().position(|signs| signs.contains(c))?;
    char::from_digit(u32::try_from(value).ok()?, 10)
}

/// Whether the text may have so many digits, of whatever script.
pub(super) fn has_digits(text: &str, least: usize) -> bool {
    let weight = |c: char| match c {
        '0'..='9' => 1,
        _ if c.is_ascii() => 0,
        _ if ideograph(c).is_some() => 1,
        // One sign may stand for two digits.
        _ => usize::from(c.is_numeric()).saturating_mul(2),
    };
    text.len() >= least && text.chars().map(weight).sum::<usize>() >= least
}

/// A text as names are looked for in it: lower case, without blanks, dashes and dots between ideographs and without
/// middle dots.
pub(super) struct Folded {
    /// The text.
    pub(super) text: String,
    /// For each byte the number of the character it comes from.
    from: Vec<usize>,
}

impl Folded {
    /// Of any text.
    pub(super) fn of(text: &str) -> Self {
        let signs = signs(text);
        let wide = wide_next(&signs);
        let chars: Vec<char> = text.chars().collect();
        let mut folded =
            Self { text: String::with_capacity(text.len()), from: Vec::with_capacity(text.len()) };
        for (at, sign) in signs.iter().enumerate() {
            let spacing = is_spacing(sign.c) && folded.text.ends_with(is_han);
            if is_middle_dot(sign.c) || (spacing && wide.get(at).is_some_and(|wide| *wide)) {
                continue;
            }
            // An ideograph that may be a digit is itself in a name.
            let c = if sign.ideograph { chars.get(sign.from).copied().unwrap_or(sign.c) } else { sign.c };
            for c in c.to_lowercase() {
                folded.text.push(c);
                folded.from.resize(folded.text.len(), sign.from);
            }
        }
        folded
    }

    /// Numbers of the characters that these bytes come from.
    pub(super) fn chars(&self, bytes: Range<usize>) -> Option<Range<usize>> {
        let last = self.from.get(bytes.end.checked_sub(1)?)?;
        Some(*self.from.get(bytes.start)?..last.saturating_add(1))
    }
}

/// What a name may be spaced out with. What stands on two lines is two.
pub(super) fn is_spacing(c: char) -> bool {
    (c.is_whitespace() && c != '\n') || matches!(c, '-' | '_' | '.')
}

/// Whether each sign, or the next after it that does not space, is wide.
fn wide_next(signs: &[Sign]) -> Vec<bool> {
    let mut next = false;
    let mut wide: Vec<bool> = signs
        .iter()
        .rev()
        .map(|sign| {
            next = if is_spacing(sign.c) { next } else { is_wide(sign) };
            next
        })
        .collect();
    wide.reverse();
    wide
}

fn is_wide(sign: &Sign) -> bool {
    sign.ideograph || is_han(sign.c)
}

/// Whether the character is an ideograph.
pub(super) fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}' | '\u{3007}')
}

/// The dots between the parts of a name.
pub(super) fn is_middle_dot(c: char) -> bool {
    matches!(c, '·' | '•' | '‧' | '・' | '∙' | '⋅')
}
