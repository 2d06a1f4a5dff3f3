//! Texts that many organizations share but for the numbers in them: each is kept once, with gaps for the numbers.

use std::collections::HashMap;

use serde::Serialize;

use crate::model::text::Text;
use crate::report::escape;

/// Stands for the next number of the Chinese text.
const GAP: char = '\u{1}';
/// Stands for a number of the Chinese text by its place, which the next character tells.
const PLACE: char = '\u{2}';
/// The character of the first place.
const FIRST: u32 = 48;
/// Gaps of a text at most.
const GAPS: usize = 60;
/// Characters of a text or name that are kept.
const KEPT: usize = 400;

/// A text: its number, and what stands in its gaps.
pub(super) type Said = (usize, Vec<String>);

/// Texts in the order in which they came.
#[derive(Debug, Default, Serialize)]
pub(super) struct Texts {
    zh: Vec<String>,
    en: Vec<String>,
    #[serde(skip)]
    places: HashMap<(String, String), usize>,
}

/// A text from data, without characters that hide or reverse, and not of any length.
pub(super) fn plain(text: &str) -> String {
    let shown = escape::terminal_lines(text);
    if shown.chars().count() <= KEPT {
        return shown;
    }
    shown.chars().take(KEPT).chain("……".chars()).collect()
}

impl Texts {
    /// The number of a text, and what stands in its gaps.
    pub(super) fn add(&mut self, text: &Text) -> Said {
        let (zh, gaps) = with_gaps(&plain(&text.zh));
        let en = with_places(&plain(&text.en), &gaps);
        if let Some(place) = self.places.get(&(zh.clone(), en.clone())) {
            return (*place, gaps);
        }
        let place = self.zh.len();
        self.zh.push(zh.clone());
        self.en.push(en.clone());
        self.places.insert((zh, en), place);
        (place, gaps)
    }
}

/// Runs of digits and what is between them, in order.
fn runs(text: &str) -> Vec<&str> {
    let digit = |sign: char| sign.is_ascii_digit();
    let mut runs = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let end = rest.find(|sign: char| digit(sign) != digit(first)).unwrap_or(rest.len());
        let (run, after) = rest.split_at(end);
        runs.push(run);
        rest = after;
    }
    runs
}

fn is_number(run: &str) -> bool {
    run.starts_with(|sign: char| sign.is_ascii_digit())
}

fn with_gaps(text: &str) -> (String, Vec<String>) {
    let (mut left, mut gaps) = (String::new(), Vec::new());
    for run in runs(text) {
        if is_number(run) && gaps.len() < GAPS {
            left.push(GAP);
            gaps.push(run.to_owned());
        } else {
            left.push_str(run);
        }
    }
    (left, gaps)
}

/// The English text with the numbers it shares with the Chinese one by their places.
fn with_places(text: &str, gaps: &[String]) -> String {
    let mut left = String::new();
    let mut used = vec![false; gaps.len()];
    for run in runs(text) {
        let free = gaps.iter().zip(&used).position(|(gap, used)| !used && gap == run);
        let place = free.and_then(|place| char::from_u32(FIRST.saturating_add(u32::try_from(place).ok()?)));
        if let (Some(place), Some(used)) = (place, free.and_then(|place| used.get_mut(place))) {
            *used = true;
            left.extend([PLACE, place]);
        } else {
            left.push_str(run);
        }
    }
    left
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_that_differ_by_numbers_are_one() {
        let mut texts = Texts::default();
        let text = |a: u32, b: u32| {
            Text::new(format!("{a}个网格中{b}个缺编码"), format!("{b} of {a} grids have no code, 7"))
        };
        assert_eq!(texts.add(&text(35, 3)), (0, vec!["35".to_owned(), "3".to_owned()]));
        assert_eq!(texts.add(&text(12, 12)), (1, vec!["12".to_owned(), "12".to_owned()]));
        assert_eq!(texts.add(&text(9, 4)), (0, vec!["9".to_owned(), "4".to_owned()]));
        assert_eq!(texts.zh.first().map(String::as_str), Some("\u{1}个网格中\u{1}个缺编码"));
        assert_eq!(texts.en.first().map(String::as_str), Some("\u{2}1 of \u{2}0 grids have no code, 7"));
    }

    #[test]
    fn no_gap_comes_from_data() {
        assert_eq!(plain("甲\u{1}\u{2}0乙"), "甲^A^B0乙");
    }
}
