//! How masked text looks: as wide as before, with what identifies no one left in place.

use std::ops::Range;

use unicode_width::UnicodeWidthChar;

use super::forms::{HEAD, TAIL};
use super::plain_chars::is_han;

/// Signs between the names, or the codes, of one cell.
pub(super) const LIST: [char; 12] = ['、', '，', ',', ';', '；', '/', '／', '|', '｜', '\n', '\r', '\t'];

/// The text with these characters hidden.
pub(super) fn hide(text: &str, mut hidden: Vec<usize>) -> String {
    hidden.sort_unstable();
    let is_hidden = |at: usize| hidden.binary_search(&at).is_ok();
    text.chars().enumerate().map(|(at, c)| if is_hidden(at) { cover(c) } else { c }).collect()
}

fn cover(c: char) -> char {
    if c.width() == Some(2) { '＊' } else { '*' }
}

/// A cell of names: the first character of each stays.
pub(super) fn names(text: &str) -> String {
    let mut first = true;
    let shown = text.chars().map(|c| {
        if LIST.contains(&c) {
            first = true;
        } else if c.is_alphanumeric() && !std::mem::take(&mut first) {
            return cover(c);
        }
        c
    });
    shown.collect()
}

/// A cell that holds a number: of many digits the first three and the last four stay, and nothing that is none; of few,
/// or where there are none, the first character.
pub(super) fn number(text: &str) -> String {
    let digits: Vec<usize> =
        (0..).zip(text.chars()).filter(|(_, c)| is_digit(*c)).map(|(at, _)| at).collect();
    let many = digits.len() > HEAD.saturating_add(TAIL);
    let last = digits.len().saturating_sub(TAIL);
    let first = text.chars().position(char::is_alphanumeric);
    let kept = |at: usize| match digits.binary_search(&at) {
        Ok(number) if many => number < HEAD || number >= last,
        _ => !many && Some(at) == first,
    };
    let covered = |(at, c): (usize, char)| if c.is_alphanumeric() && !kept(at) { cover(c) } else { c };
    text.chars().enumerate().map(covered).collect()
}

fn is_digit(c: char) -> bool {
    (c.is_numeric() && !is_han(c)) || matches!(c, 'X' | 'x' | 'Ｘ' | 'ｘ')
}

/// The characters of a name in running text that are hidden: all but the first, and the blanks between them.
pub(super) fn of_name(chars: &[char], name: &Range<usize>) -> Vec<usize> {
    let spelled = |at: &usize| chars.get(*at).is_some_and(|c| c.is_alphanumeric());
    name.clone().filter(spelled).skip(1).collect()
}
