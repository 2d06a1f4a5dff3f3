//! A text in plain signs: compatibility form, digits of all scripts as `0` to `9`, nothing that does not show. Each sign
//! knows the character of the text it comes from.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::model::numeral;
use crate::table::normalize::is_invisible;

/// One sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct PlainChar {
    /// The sign.
    pub(super) c: char,
    /// The same before a digit of another script became an ordinary one.
    written: char,
    /// Number of the character it comes from.
    pub(super) from: usize,
    /// How it is written.
    pub(super) style: Style,
}

/// How a sign is written. Digits of different styles side by side may be two numbers: ① before one numbers it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    Plain,
    /// A digit as an ideograph.
    Ideograph,
    /// A digit in a circle or brackets, or with a full stop.
    Enclosed,
}

/// Zeros of the scripts that the compatibility form leaves alone; nine more digits follow each (Unicode 14, category Nd).
const ZEROS: [u32; 58] = [
    0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xde6, 0xe50, 0xed0,
    0xf20, 0x1040, 0x1090, 0x17e0, 0x1810, 0x1946, 0x19d0, 0x1a80, 0x1a90, 0x1b50, 0x1bb0, 0x1c40, 0x1c50,
    0xa620, 0xa8d0, 0xa900, 0xa9d0, 0xa9f0, 0xaa50, 0xabf0, 0x104a0, 0x10d30, 0x11066, 0x110f0, 0x11136,
    0x111d0, 0x112f0, 0x11450, 0x114d0, 0x11650, 0x116c0, 0x11730, 0x118e0, 0x11950, 0x11c50, 0x11d50,
    0x11da0, 0x16a60, 0x16ac0, 0x16b50, 0x1e140, 0x1e2f0, 0x1e950,
];

/// Ones without a zero before them, eight more follow each: circled digits of several kinds, those of merchants in
/// Suzhou, counting rods upright and lying.
const ONES: [u32; 7] = [0x24f5, 0x2776, 0x2780, 0x278a, 0x3021, 0x1d360, 0x1d369];

/// The signs of a text.
pub(super) fn signs(text: &str) -> Vec<PlainChar> {
    let mut signs = Vec::with_capacity(text.len());
    for (from, c) in text.chars().enumerate() {
        if c.is_ascii() {
            signs.push(PlainChar { c, written: c, from, style: Style::Plain });
        } else if matches!(c, '\u{4e00}'..='\u{9fff}') {
            // Its own compatibility form, and no mark.
            let style = if ideograph(c).is_some() { Style::Ideograph } else { Style::Plain };
            signs.push(PlainChar { c: ideograph(c).unwrap_or(c), written: c, from, style });
        } else if !is_invisible(c) {
            let plain = std::iter::once(c).nfkc().filter(|c| !is_combining_mark(*c));
            // ⑴ and ⒈ are their digits, without the brackets and the full stop.
            let own = plain.filter(|sign| !is_enclosed(c) || sign.is_alphanumeric());
            signs.extend(own.map(|sign| of_one(sign, c, from)));
        }
    }
    signs
}

/// One sign of the compatibility form of a character.
fn of_one(sign: char, of: char, from: usize) -> PlainChar {
    if let Some(digit) = ideograph(sign) {
        return PlainChar { c: digit, written: sign, from, style: Style::Ideograph };
    }
    let style = if is_enclosed(of) { Style::Enclosed } else { Style::Plain };
    PlainChar { c: of_script(sign), written: sign, from, style }
}

fn is_enclosed(c: char) -> bool {
    matches!(c, '\u{2460}'..='\u{249b}' | '\u{24ea}'..='\u{24ff}' | '\u{2776}'..='\u{2793}' | '\u{3251}'..='\u{325f}'
        | '\u{32b1}'..='\u{32bf}' | '\u{1f100}'..='\u{1f10c}')
}

fn of_script(c: char) -> char {
    if matches!(c, '\u{24ea}' | '\u{24ff}' | '\u{1f10b}' | '\u{1f10c}') {
        return '0';
    }
    let after = |first: &u32| u32::from(c).checked_sub(*first);
    let digit = |value: u32| char::from_digit(value, 10);
    let counted = || ONES.iter().find_map(|one| digit(after(one)?.checked_add(1)?));
    let found = ZEROS.iter().find_map(|zero| digit(after(zero)?)).or_else(counted);
    found.filter(|_| !c.is_ascii()).unwrap_or(c)
}

fn ideograph(c: char) -> Option<char> {
    numeral::digit(c).map(|digit| char::from(b'0' + digit))
}

/// Whether the text may have so many digits, of whatever script.
pub(super) fn has_digits(text: &str, least: usize) -> bool {
    let weight = |c: char| match c {
        '0'..='9' => 1,
        _ if c.is_ascii() => 0,
        _ if is_han(c) => usize::from(ideograph(c).is_some()),
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
        let mut folded =
            Self { text: String::with_capacity(text.len()), from: Vec::with_capacity(text.len()) };
        for (at, sign) in signs.iter().enumerate() {
            let spacing = is_spacing(sign.c) && folded.text.ends_with(is_han);
            if is_middle_dot(sign.c) || (spacing && wide.get(at).is_some_and(|wide| *wide)) {
                continue;
            }
            // An ideograph that may be a digit is itself in a name.
            let c = if sign.style == Style::Ideograph { sign.written } else { sign.c };
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
fn wide_next(signs: &[PlainChar]) -> Vec<bool> {
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

fn is_wide(sign: &PlainChar) -> bool {
    sign.style == Style::Ideograph || is_han(sign.c)
}

/// Whether the character is an ideograph.
pub(super) fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}' | '\u{3007}')
}

/// The dots between the parts of a name.
pub(super) fn is_middle_dot(c: char) -> bool {
    matches!(c, '·' | '•' | '‧' | '・' | '∙' | '⋅')
}
