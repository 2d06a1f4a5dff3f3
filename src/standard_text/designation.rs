//! Numbers of standards inside a text.

use std::sync::LazyLock;

use regex::Regex;

use crate::table::normalize;

/// A standard that a text names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Named {
    /// Its number without the year: `GB/T 1.1`, `临网标〔2024〕1号`.
    pub(super) number: String,
    /// The year of the edition; empty for an undated citation.
    pub(super) edition: String,
    /// What follows it in the text.
    pub(super) rest: String,
}

/// Numbers as bodies of standards, states, provinces, groups and companies give them; those of letters and digits alone need
/// a year, or `A4` would be one. Papers of offices are numbered by year and order.
static NUMBER: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let slashed = r"[A-Z]{1,5}\d{0,6}(?:/[A-Z]{1,8})+(?: ?[A-Z]{1,4})? ?\d[\d.•·²]*(?:(?P<a>[-:](?:19|20)\d{2})|-\d{1,2}(?P<e>[-:](?:19|20)\d{2})?)?";
    let national = r"GB ?\d[\d.]*(?P<b>-(?:19|20)\d{2})?";
    let iso = r"(?:ISO|IEC|ITU)(?:/[A-Z]{2,3})* ?\d[\d.]*(?:-\d{1,2})?(?P<c>:(?:19|20)\d{2})?";
    let dated = r"(?:DB\d{2,6}|[A-Z]{2,4}) ?\d[\d.]*(?P<d>-(?:19|20)\d{2})";
    let paper = r"\p{Han}{2,12}[\[〔(](?:19|20)\d{2}[\]〕)]第?\d{1,4}号";
    Regex::new(&format!("{iso}|{slashed}|{national}|{dated}|{paper}")).ok()
});

/// The standards named in a text, in order.
pub(super) fn all(text: &str) -> Vec<Named> {
    let text = plain(text);
    let Some(pattern) = NUMBER.as_ref() else { return Vec::new() };
    let mut found = Vec::new();
    for captures in pattern.captures_iter(&text) {
        let Some(whole) = captures.get(0) else { continue };
        let before = text.get(..whole.start()).and_then(|before| before.chars().next_back());
        if before.is_some_and(|c| c.is_ascii_alphanumeric() || c == '/') {
            continue;
        }
        let year = ["a", "b", "c", "d", "e"].iter().find_map(|name| captures.name(name));
        let end = year.map_or(whole.end(), |year| year.start());
        let number = text.get(whole.start()..end).unwrap_or_default().trim_end_matches(['.', '-', '•', '·']);
        let edition = year.map(|year| year.as_str().trim_start_matches(['-', ':']).to_owned());
        found.push(Named {
            number: number.to_owned(),
            edition: edition.unwrap_or_default(),
            rest: text.get(whole.end()..).unwrap_or_default().trim().to_owned(),
        });
    }
    found
}

/// A text with half-width signs, one kind of dash and single blanks.
pub(super) fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for c in normalize::nfkc(text).chars() {
        match c {
            '\u{2010}'..='\u{2015}' | '－' | '−' => {
                if !plain.ends_with('-') {
                    plain.push('-');
                }
            }
            c if c.is_whitespace() => {
                if !plain.ends_with(' ') {
                    plain.push(' ');
                }
            }
            c => plain.push(c),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Vec<(String, String)> {
        all(text).into_iter().map(|named| (named.number, named.edition)).collect()
    }

    fn is(number: &str, edition: &str) -> (String, String) {
        (number.to_owned(), edition.to_owned())
    }

    #[test]
    fn numbers_of_standards_are_found_with_their_years() {
        assert_eq!(
            told("按照GB/T 1.1—2020的规定，符合ＧＢ　18030－2022"),
            [is("GB/T 1.1", "2020"), is("GB 18030", "2022")]
        );
        assert_eq!(
            told("ISO/IEC 10646:2020 与 DB31/T 1234—2020"),
            [is("ISO/IEC 10646", "2020"), is("DB31/T 1234", "2020")]
        );
        assert_eq!(told("Q/QHC GL1•1—2025、T/CSSG 001"), [is("Q/QHC GL1•1", "2025"), is("T/CSSG 001", "")]);
        assert_eq!(told("见清河网〔2025〕3号文件"), [is("见清河网〔2025〕3号", "")]);
        assert_eq!(told("JGJ 50—2001"), [is("JGJ 50", "2001")]);
    }

    #[test]
    fn other_letters_and_digits_are_none() {
        assert_eq!(told("用A4纸打印，PDF 1份，12345热线，表A.1，2024-05-01，COVID-19"), []);
    }
}
