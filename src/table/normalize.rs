//! Foldings of text: what counts as the same name, whatever its width, spacing or invisible characters.
//!
//! Names of tables, columns and values are compared folded. Codes are compared as written, never folded.

use std::borrow::Cow;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfkc_quick};

/// Compatibility form: full-width letters, digits and punctuation become ordinary ones.
pub fn nfkc(text: &str) -> Cow<'_, str> {
    let mut is_same = true;
    for c in text.chars() {
        match form_alone(c) {
            Some(form) => is_same &= form == c,
            None if is_nfkc_quick(text.chars()) == IsNormalized::Yes => return Cow::Borrowed(text),
            None => return Cow::Owned(text.nfkc().collect()),
        }
    }
    if is_same { Cow::Borrowed(text) } else { Cow::Owned(text.chars().filter_map(form_alone).collect()) }
}

/// The compatibility form of what most Chinese texts are made of, which does not depend on the characters around it; nothing for
/// any other character.
const fn form_alone(c: char) -> Option<char> {
    match c {
        '\0'..='\u{7f}' | '\u{4e00}'..='\u{9fff}' | '、' | '。' | '《' | '》' | '“' | '”' | '—' => {
            Some(c)
        }
        '\u{3000}' => Some(' '),
        '！'..='～' => char::from_u32((c as u32).saturating_sub(0xfee0)),
        _ => None,
    }
}

/// Whether a character takes no space on screen, so that nobody can see it is there.
pub fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{115f}' | '\u{1160}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}'
        | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{e0100}'..='\u{e01ef}')
        || (c.is_control() && !c.is_whitespace())
}

/// A quick yes for what most texts begin with: something of ASCII that shows, or a common ideograph.
fn begins_solid(text: &[u8]) -> bool {
    matches!(text.first(), Some(b'!'..=b'~' | 0xe4..=0xe9))
}

/// A quick yes for texts without anything at their ends that does not show.
pub fn is_tight(text: &str) -> bool {
    let bytes = text.as_bytes();
    let ends_solid = || matches!(bytes, [.., b'!'..=b'~'] | [.., 0xe4..=0xe9, _, _]);
    begins_solid(bytes) && ends_solid()
}

/// Whether a cell with this text shows nothing.
pub fn is_blank(text: &str) -> bool {
    !begins_solid(text.as_bytes()) && text.chars().all(|c| c.is_whitespace() || is_invisible(c))
}

/// The text without white space (ideographic and no-break too) and invisible characters at its ends.
pub fn trimmed(text: &str) -> &str {
    if is_tight(text) {
        return text;
    }
    text.trim_matches(|c: char| c.is_whitespace() || is_invisible(c))
}

/// A name in the form in which names are compared: compatibility form, lower case, nothing invisible, no spaces.
pub fn name(text: &str) -> String {
    let mut name = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '!'..='~' => name.push(c.to_ascii_lowercase()),
            '\u{4e00}'..='\u{9fff}' => name.push(c),
            '\0'..='\u{7f}' => {}
            _ => return tolerant_name(text),
        }
    }
    name
}

fn tolerant_name(text: &str) -> String {
    nfkc(text)
        .chars()
        .filter(|c| !c.is_whitespace() && !is_invisible(*c))
        .flat_map(char::to_lowercase)
        .collect()
}

/// What a code looks like: compatibility form without spaces at its ends and without invisible characters.
pub fn look(code: &str) -> String {
    let folded = nfkc(code);
    trimmed(&folded).chars().filter(|c| !is_invisible(*c)).collect()
}

/// Whether something may stand in brackets.
pub fn has_brackets(name: &str) -> bool {
    name.contains(['(', ')', '[', ']', '【', '】', '〔', '〕'])
}

/// The folded name without what stands in brackets.
pub fn without_brackets(name: &str) -> String {
    let mut depth = 0_usize;
    let mut kept = String::with_capacity(name.len());
    for c in name.chars() {
        match c {
            '(' | '[' | '【' | '〔' => depth = depth.saturating_add(1),
            ')' | ']' | '】' | '〕' => depth = depth.saturating_sub(1),
            _ if depth == 0 => kept.push(c),
            _ => {}
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use proptest::collection;
    use proptest::prelude::*;
    use proptest::sample::select;

    use super::*;

    #[test]
    fn what_has_a_form_by_itself_has_the_same_beside_others() {
        for c in '\0'..=char::MAX {
            let beside = format!("A网{c}，a");
            assert_eq!(nfkc(&beside), beside.nfkc().collect::<String>(), "{c:?}");
        }
    }

    #[test]
    fn a_text_in_its_form_is_not_copied_and_any_other_is_in_it() {
        for text in ["", "网格A1", "é", "网é"] {
            assert!(matches!(nfkc(text), Cow::Borrowed(same) if same == text), "{text}");
        }
        for (text, form) in [("ＡＢ", "AB"), ("网Ａ", "网A"), ("\u{3000}", " "), ("e\u{301}Ａ", "éA")]
        {
            assert_eq!(nfkc(text), form, "{text}");
        }
    }

    #[test]
    fn what_most_texts_are_made_of_needs_no_second_look() {
        let forms = ['a', '网', '《', '\u{3000}', 'Ａ', '，', 'é'].map(form_alone);
        assert_eq!(forms, [Some('a'), Some('网'), Some('《'), Some(' '), Some('A'), Some(','), None]);
        assert!(["a", "网格", "a网", "网a"].into_iter().all(is_tight));
        assert!(!["", " a", "a ", "\u{3000}网", "网\u{3000}"].into_iter().any(is_tight));
    }

    #[test]
    fn names_are_compared_whatever_their_width_spacing_and_case() {
        assert_eq!(name(" 标准\u{3000}编号\u{200b} ＩＤ"), "标准编号id");
        assert_eq!(name("县（市、区）"), "县(市、区)");
        assert_eq!(without_brackets(&name("人口数（人）")), "人口数");
    }

    proptest! {
        #[test]
        fn quick_answers_are_right(parts in collection::vec(select(&[
            "a", "Z", "~", "\u{7f}", " ", "\t", "\0", "\u{1c}", "网", "\u{4e00}", "\u{9fff}", "\u{3000}", "\u{a0}", "\u{200b}", "Ａ",
            "é", "e\u{301}", "\u{301}", "𠮷", "豈", "ß", "İ",
        ][..]), 0..6)) {
            let text = parts.concat();
            prop_assert_eq!(name(&text), tolerant_name(&text));
            let hidden = |c: char| c.is_whitespace() || is_invisible(c);
            prop_assert_eq!(is_blank(&text), text.chars().all(hidden));
            prop_assert_eq!(trimmed(&text), text.trim_matches(hidden));
        }
    }

    #[test]
    fn codes_that_look_alike_have_the_same_look() {
        assert_eq!(look("ＴＧ１０１\u{200b}"), look("TG101"));
        assert_ne!(look("tg101"), look("TG101"));
    }

    #[test]
    fn blank_is_what_shows_nothing() {
        assert!(is_blank(" \u{3000}\u{a0}\u{200b}\u{feff}\t"));
        assert!(!is_blank("-"));
        assert_eq!(trimmed("\u{feff}\u{3000}甲 乙\u{a0}"), "甲 乙");
    }
}
