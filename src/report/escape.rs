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

/// Running text in XML 1.0, which the writer of it still has to escape: line breaks stay, other hidden characters are shown.
pub fn xml_lines(text: &str) -> String {
    let shown = terminal_lines(text);
    // XML has no way to write these two.
    if shown.contains(['\u{FFFE}', '\u{FFFF}']) {
        shown.replace(['\u{FFFE}', '\u{FFFF}'], "\u{FFFD}")
    } else {
        shown
    }
}

/// An attribute in XML 1.0: as [`xml_lines`], but line breaks are shown, which would be read as spaces.
pub fn xml_line(text: &str) -> String {
    xml_lines(&terminal(text))
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

/// One line of Markdown in a pull request, an issue or a summary of GitHub and GitLab: as [`markdown`], and nothing in it is a
/// mention, a reference, an address, an emoji or a formula either.
pub fn markdown_line(text: &str) -> String {
    /// Invisible between two signs, so that these no longer mean anything together; as an entity it shows in the source.
    const APART: &str = "&#8203;";
    let escaped = markdown(&terminal(text));
    let mut shown = String::with_capacity(escaped.len());
    let mut signs = escaped.chars().peekable();
    while let Some(sign) = signs.next() {
        let next = signs.peek().copied().unwrap_or(' ');
        match sign {
            '$' => shown.extend(["&#36;", APART]),
            // At the beginning of the line it is escaped already.
            '~' if shown.trim_start() == "\\" => shown.extend(["~", APART]),
            '~' => shown.extend(["\\~", APART]),
            ';' if next.is_ascii_digit() && shown.ends_with("&amp") => shown.extend([";", APART]),
            // `www.` is an address, and `GH-1` an issue.
            '.' | '-' if ends_with_word(&shown, if sign == '.' { "www" } else { "gh" }) => {
                shown.push(sign);
                shown.push_str(APART);
            }
            '@' => shown.extend(["@", APART]),
            '#' | '!' | '%' | '^' if next.is_alphanumeric() || matches!(next, '"' | '_' | '{') => {
                shown.push(sign);
                shown.push_str(APART);
            }
            ':' if next.is_ascii_alphanumeric() || matches!(next, '/' | '+' | '-' | '_') => {
                shown.extend([":", APART]);
            }
            other => shown.push(other),
        }
    }
    shown
}

fn ends_with_word(text: &str, word: &str) -> bool {
    let last = text.len().checked_sub(word.len()).and_then(|at| text.get(at..));
    last.is_some_and(|last| last.eq_ignore_ascii_case(word))
}

/// What follows `::` in a workflow command of GitHub, as `escapeData` of its toolkit writes it.
pub fn command_text(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A property of a workflow command, as `escapeProperty` writes it.
pub fn command_property(text: &str) -> String {
    command_text(text).replace(':', "%3A").replace(',', "%2C")
}

/// A path in a URI: every byte but `/` and what RFC 3986 calls unreserved is written by its number.
pub fn uri_path(path: &str) -> String {
    let mut written = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'-' | b'.' | b'_' | b'~') {
            written.push(char::from(byte));
        } else {
            // Writing to a String cannot fail.
            let _ = write!(written, "%{byte:02X}");
        }
    }
    written
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
    fn nothing_in_a_comment_mentions_refers_or_links() {
        assert_eq!(markdown_line("@user a@b.cn"), "@&#8203;user a@&#8203;b.cn");
        assert_eq!(markdown_line("#12 o/r#3 !4 GH-5"), "\\#&#8203;12 o/r#&#8203;3 !&#8203;4 GH-&#8203;5");
        assert_eq!(markdown_line("https://a WWW.a"), "https:&#8203;//a WWW.&#8203;a");
        assert_eq!(markdown_line(":smile: $x &1"), ":&#8203;smile: &#36;&#8203;x &amp;&#8203;1");
        assert_eq!(markdown_line("~x~"), "\\~&#8203;x\\~&#8203;");
        assert_eq!(markdown_line("甲\n# 乙 | <b>"), "甲\\\\n# 乙 \\| &lt;b&gt;");
        assert_eq!(markdown_line("占比 90%，见第5部分7.2"), "占比 90%，见第5部分7.2");
    }

    #[test]
    fn workflow_commands_keep_their_texts() {
        let unescape = |text: &str| {
            let signs = [("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")];
            signs.iter().fold(text.to_owned(), |text, (code, sign)| text.replace(code, sign))
        };
        for text in ["甲,乙:丙", "100%\r\n::error::x", "%25%0A%3A", "a%b"] {
            let (data, property) = (command_text(text), command_property(text));
            assert_eq!((unescape(&data).as_str(), unescape(&property).as_str()), (text, text));
            assert!(!data.contains(['\r', '\n']) && !property.contains(['\r', '\n', ':', ',']));
        }
    }

    #[test]
    fn paths_in_a_uri_are_ascii() {
        assert_eq!(uri_path("甲 县/a%b.csv"), "%E7%94%B2%20%E5%8E%BF/a%25b.csv");
        assert_eq!(uri_path("a-b_c.~/d:e?f#g"), "a-b_c.~/d%3Ae%3Ff%23g");
    }

    #[test]
    fn ordinary_text_stays() {
        let text = "“网格员” ① — 100% ℃ ñ 😀 𠮷 《标准》";
        assert_eq!(terminal(text), text);
    }
}
