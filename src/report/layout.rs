//! The width of text on a terminal, where a Chinese character takes two columns: padding, cutting, wrapping.

use unicode_width::UnicodeWidthChar;

/// Shown where text was cut; ASCII, for the ellipsis is two columns wide on some terminals.
pub(super) const CUT: &str = "..";

/// Punctuation that must not begin a line.
const CLOSING: &str = "，。、；：？！）】〕》」』”’％%…)]},.;:!?";
/// Punctuation that must not end a line.
const OPENING: &str = "（【〔《「『“‘([{";

/// Columns the text takes. Character by character, as terminals and miette count.
pub(super) fn columns(text: &str) -> usize {
    text.chars().map(|c| c.width().unwrap_or(0)).sum()
}

/// The text with blanks up to `width` columns.
pub(super) fn pad(text: &str, width: usize) -> String {
    format!("{text}{}", " ".repeat(width.saturating_sub(columns(text))))
}

/// The text cut to `width` columns, with a mark where it was cut.
pub(super) fn clip(text: &str, width: usize) -> String {
    if columns(text) <= width {
        return text.to_owned();
    }
    let (kept, _) = split(text, width.saturating_sub(columns(CUT)));
    format!("{kept}{CUT}")
}

/// The text in lines of at most `width` columns, broken at blanks and between Chinese characters, never before a
/// closing or after an opening mark if that can be.
pub(super) fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for paragraph in text.lines() {
        let mut line = String::new();
        for unit in units(paragraph) {
            place(&mut lines, &mut line, unit, width);
        }
        lines.push(line.trim_end().to_owned());
    }
    lines
}

/// Adds a unit to the line, or begins a new line with it; a unit longer than a line is broken anywhere.
fn place(lines: &mut Vec<String>, line: &mut String, unit: &str, width: usize) {
    if !line.is_empty() && columns(line) + columns(unit.trim_end()) > width {
        lines.push(std::mem::take(line).trim_end().to_owned());
    }
    let mut rest = unit;
    while columns(rest.trim_end()) > width.max(2) {
        let (first, after) = split(rest, width.max(2));
        lines.push(first.to_owned());
        rest = after;
    }
    line.push_str(rest);
}

/// The longest beginning of at most `width` columns, and the rest.
fn split(text: &str, width: usize) -> (&str, &str) {
    let mut used = 0;
    let end = text.char_indices().find(|(_, c)| {
        used += c.width().unwrap_or(0);
        used > width
    });
    text.split_at(end.map_or(text.len(), |(at, _)| at))
}

/// What must stay together on a line, each with the blanks after it.
fn units(text: &str) -> Vec<&str> {
    let mut units = Vec::new();
    let mut start = 0;
    let mut before = None;
    for (at, c) in text.char_indices() {
        if before.is_some_and(|before| may_break(before, c)) {
            units.extend(text.get(start..at));
            start = at;
        }
        before = Some(c);
    }
    units.extend(text.get(start..).filter(|last| !last.is_empty()));
    units
}

fn may_break(before: char, after: char) -> bool {
    let wide = |c: char| c.width() == Some(2);
    match (before, after) {
        (_, ' ') => false,
        (' ', _) => true,
        _ if CLOSING.contains(after) || OPENING.contains(before) => false,
        _ => wide(before) || wide(after),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_do_not_begin_with_a_closing_mark() {
        assert_eq!(wrap("一二三，四五", 6), ["一二", "三，四", "五"]);
        assert_eq!(wrap("一二《三》四", 6), ["一二", "《三》", "四"]);
        assert_eq!(wrap("two words here", 9), ["two words", "here"]);
        assert_eq!(wrap("按 GB/T 1.1 编写", 9), ["按 GB/T", "1.1 编写"]);
        assert_eq!(wrap("", 9), Vec::<String>::new());
    }

    #[test]
    fn a_word_longer_than_the_line_is_broken() {
        assert_eq!(wrap("abcdefgh", 3), ["abc", "def", "gh"]);
        assert_eq!(wrap("，，，，", 1), ["，", "，", "，", "，"]);
    }

    #[test]
    fn text_is_cut_between_characters() {
        assert_eq!(clip("网格划分规范", 12), "网格划分规范");
        assert_eq!(clip("网格划分规范", 11), "网格划分..");
        assert_eq!(clip("网格划分规范", 1), "..");
    }
}
