//! Makes text from data harmless on a terminal: nothing in it may move the cursor, change colours, reverse the
//! reading order or hide.

use std::fmt::Write;

/// One line: every hidden character is shown, line breaks too.
pub fn terminal(text: &str) -> String {
    show(text, |_| false)
}

/// Running text: as [`terminal`], but line breaks stay.
pub fn terminal_lines(text: &str) -> String {
    show(text, |c| c == '\n')
}

/// A cell of a spreadsheet, as one line: no program takes it for a formula.
pub fn spreadsheet(text: &str) -> String {
    let shown = terminal(text);
    // Some programs skip what is blank, and take full-width signs for the others.
    let first = shown.trim_start().chars().next();
    let formula = first
        .is_some_and(|sign| matches!(sign, '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠' | '|' | '%'));
    if formula { format!("'{shown}") } else { shown }
}

/// Running text in Markdown: nothing in it is HTML, a link, a picture, a heading, a table or code.
pub fn markdown(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for line in terminal_lines(text).split_inclusive('\n') {
        let body = line.trim_start();
        shown.push_str(line.get(..line.len().saturating_sub(body.len())).unwrap_or_default());
        if body.starts_with(['#', '+', '=', '~', '-', '>']) {
            shown.push('\\');
        }
        let mut signs = body.chars().peekable();
        let mut within_word = false;
        while let Some(sign) = signs.next() {
            let next_is_word = signs.peek().is_some_and(|next| next.is_alphanumeric() || *next == '_');
            match sign {
                '&' => shown.push_str("&amp;"),
                '<' => shown.push_str("&lt;"),
                '>' => shown.push_str("&gt;"),
                // Inside of a word it means nothing.
                '_' if within_word && next_is_word => shown.push(sign),
                '\\' | '`' | '*' | '_' | '[' | ']' | '|' => shown.extend(['\\', sign]),
                other => shown.push(other),
            }
            within_word = sign.is_alphanumeric() || sign == '_';
        }
    }
    shown
}

/// Whether a terminal would act on the character or show nothing for it.
///
/// C0, DEL, C1; bidi controls; zero-width and other invisible characters; line separators; fillers that look
/// like nothing; variation selectors, whose width no two terminals agree on; tags.
#[inline]
pub fn hidden(c: char) -> bool {
    // Nearly everything: ASCII, and the characters of Chinese.
    if matches!(c, ' '..='~' | '\u{4E00}'..='\u{9FFF}') {
        return false;
    }
    c.is_control()
        || matches!(c,
            '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}'
            | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}' | '\u{3164}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFA0}'
            | '\u{FFF0}'..='\u{FFFB}' | '\u{1BCA0}'..='\u{1BCA3}' | '\u{1D173}'..='\u{1D17A}'
            | '\u{E0000}'..='\u{E0FFF}')
}

fn show(text: &str, keep: impl Fn(char) -> bool) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        if hidden(c) && !keep(c) { push_visible(&mut shown, c) } else { shown.push(c) }
    }
    shown
}

fn push_visible(shown: &mut String, c: char) {
    match c {
        '\n' => shown.push_str("\\n"),
        '\r' => shown.push_str("\\r"),
        '\t' => shown.push_str("\\t"),
        '\u{7F}' => shown.push_str("^?"),
        '\0'..='\u{1F}' => {
            shown.push('^');
            shown.extend(char::from_u32(u32::from(c) + 0x40));
        }
        // Writing to a String cannot fail.
        _ => {
            let _ = write!(shown, "\\u{{{:04X}}}", u32::from(c));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn controls_are_shown_in_caret_form() {
        assert_eq!(terminal("a\u{1b}[31mb\u{7}\0\u{7f}"), "a^[[31mb^G^@^?");
        assert_eq!(terminal("a\r\n\tb"), "a\\r\\n\\tb");
        assert_eq!(terminal("\u{9b}2J"), "\\u{009B}2J");
    }

    #[test]
    fn what_reverses_or_hides_is_shown_by_its_code() {
        for c in
            ['\u{202a}', '\u{202e}', '\u{2066}', '\u{2069}', '\u{200e}', '\u{200f}', '\u{61c}', '\u{200b}']
        {
            assert_eq!(terminal(&format!("甲{c}乙")), format!("甲\\u{{{:04X}}}乙", u32::from(c)));
        }
        assert_eq!(terminal("\u{feff}编号"), "\\u{FEFF}编号");
        assert_eq!(terminal("\u{e0041}"), "\\u{E0041}");
    }

    #[test]
    fn running_text_keeps_its_lines_and_nothing_else() {
        assert_eq!(terminal_lines("一\n二\r\u{1b}"), "一\n二\\r^[");
    }

    #[test]
    fn formulas_are_texts_in_a_spreadsheet() {
        for text in ["=1", "+1", "-1", "@A1", "＝1", " =1", "|x"] {
            assert_eq!(spreadsheet(text), format!("'{text}"));
        }
        assert_eq!(spreadsheet("\t=1"), "\\t=1");
        assert_eq!(spreadsheet("A.1.1 = 5"), "A.1.1 = 5");
    }

    #[test]
    fn nothing_in_markdown_is_more_than_text() {
        assert_eq!(markdown("<script>1&2</script>"), "&lt;script&gt;1&amp;2&lt;/script&gt;");
        assert_eq!(markdown("![x](y) `z` *b* _c_"), "!\\[x\\](y) \\`z\\` \\*b\\* \\_c\\_");
        assert_eq!(markdown("system_table.part"), "system_table.part");
        assert_eq!(markdown("# 甲\n- 乙\u{1b}"), "\\# 甲\n\\- 乙^\\[");
        assert_eq!(markdown("占比达到 90% 以上"), "占比达到 90% 以上");
    }

    #[test]
    fn ordinary_text_stays() {
        let text = "“网格员” ① — 100% ℃ ñ 😀 𠮷 《标准》";
        assert_eq!(terminal(text), text);
    }
}
