//! Texts from data as cells hold them.

use crate::report::escape;

/// UTF-16 units that a cell holds.
const UNITS: usize = 32_767;

/// What a text that was cut ends with.
pub(super) const CUT: char = '…';

/// A text as a cell shows it: hidden characters by their codes, line breaks kept, cut where a cell ends. It is written as
/// a string, so that no program takes it for a formula.
pub(crate) fn display_text(text: &str) -> String {
    cut(escape::xml_lines(text), UNITS)
}

/// A text of at most so many UTF-16 units.
pub(super) fn cut(text: String, units: usize) -> String {
    // No text has more units than bytes.
    if text.len() <= units || text.encode_utf16().count() <= units {
        return text;
    }
    let mut kept = 0_usize;
    let mut short: String = text
        .chars()
        .take_while(|sign| {
            kept = kept.saturating_add(sign.len_utf16());
            kept < units
        })
        .collect();
    short.push(CUT);
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hidden_characters_are_shown_and_what_xml_cannot_hold_is_replaced() {
        assert_eq!(display_text("甲\u{1b}[31m\u{202e}乙\r\n\u{FFFF}"), "甲^[[31m\\u{202E}乙\\r\n\u{FFFD}");
        assert_eq!(display_text("=1+1"), "=1+1");
    }

    #[test]
    fn a_text_is_cut_where_a_cell_ends() {
        for sign in ["长", "a", "𠀀"] {
            let long = display_text(&sign.repeat(40_000));
            let units = long.encode_utf16().count();
            assert!((UNITS - 1..=UNITS).contains(&units) && long.ends_with(CUT), "{sign} {units}");
        }
        let just = "长".repeat(UNITS);
        assert_eq!(display_text(&just), just);
    }
}
