//! Numbers of standards inside a text.

use std::sync::LazyLock;

use regex::Regex;

use crate::table::normalize;

/// A standard or paper that a text names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Named {
    /// Its number without the year: `GB/T 1.1`, `清网〔2024〕1号`.
    pub(super) number: String,
    /// The year of the edition; empty for an undated citation.
    pub(super) edition: String,
    /// What stands before it in the text.
    pub(super) before: String,
    /// What follows it in the text.
    pub(super) rest: String,
}

impl Named {
    /// Number and year, as standards are cited.
    pub(super) fn whole(&self) -> String {
        dated(&self.number, &self.edition)
    }
}

/// A number with the year of its edition, where one is given.
pub(super) fn dated(number: &str, edition: &str) -> String {
    if edition.is_empty() { number.to_owned() } else { format!("{number}-{edition}") }
}

/// Letters of the bodies of industry.
const INDUSTRIES: &str = "AQ|BB|CB|CECS|CH|CJJ|CJ|CY|DA|DL|DZ|FZ|GA|GC|GD|GH|GM|GY|HB|HG|HJ|HS|HY|JB|JC|JGJ|JG|JJF|JR|JTG|JT|JY|LB|LD|LY|MH|MT|MZ|NB|NY|QB|QC|QX|RB|SB|SC|SF|SH|SJ|SL|SN|SW|SY|TB|TD|TY|WB|WH|WM|WS|WW|XB|YB|YC|YD|YS|YY|YZ|ZY";

/// Numbers as states, industries, provinces, groups and companies give them, and numbers of papers of offices, by year and
/// order. Other letters and digits (`A4`, `HTTP/JSON 2.0`, `JL 01-2025`) are none.
static NUMBER: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let digits = r"\d[\d.•]*";
    let year = |name: &str| format!(r"(?P<{name}>[-:](?:19|20)\d{{2}})");
    let iso = format!(r"(?:ISO|IEC|ITU)(?:/[A-Z]{{2,3}})* ?{digits}(?:-\d{{1,2}})?{}?", year("a"));
    let national = format!(r"GB(?:/[TZ])? ?{digits}{}?", year("b"));
    let local = format!(r"DB\d{{2,6}}(?:/T)? ?{digits}{}?", year("c"));
    let own = format!(r"[TQ]/[A-Z0-9]{{2,10}}(?: ?[A-Z]{{1,4}})? ?{digits}{}?", year("d"));
    let industry = format!(r"(?:{INDUSTRIES})(?:/[TZ] ?{digits}{}?| ?{digits}{})", year("e"), year("f"));
    let paper = r"\p{Han}{1,12}[\[〔(](?:19|20)\d{2}[\]〕)]第?\d{1,4}号";
    Regex::new(&[iso, national, local, own, industry, paper.to_owned()].join("|")).ok()
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
        let year = ["a", "b", "c", "d", "e", "f"].iter().find_map(|name| captures.name(name));
        let end = year.map_or(whole.end(), |year| year.start());
        let number = text.get(whole.start()..end).unwrap_or_default().trim_end_matches(['.', '-', '•']);
        let edition = year.map(|year| year.as_str().trim_start_matches(['-', ':']).to_owned());
        found.push(Named {
            number: number.to_owned(),
            edition: edition.unwrap_or_default(),
            before: text.get(..whole.start()).unwrap_or_default().trim_end().to_owned(),
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
            '∕' | '⁄' => plain.push('/'),
            '·' | '‧' | '・' => plain.push('•'),
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
        assert_eq!(
            told("GB∕T 34300-2017和Q/QHC TG4·1—2025"),
            [is("GB/T 34300", "2017"), is("Q/QHC TG4•1", "2025")]
        );
        assert_eq!(told("JGJ 50—2001"), [is("JGJ 50", "2001")]);
    }

    #[test]
    fn other_letters_and_digits_are_none() {
        assert_eq!(told("用A4纸打印，PDF 1份，12345热线，表A.1，2024-05-01，COVID-19"), []);
        assert_eq!(told("A/B/C 3级，HTTP/JSON 2.0，PC/APP 2种，JL 01-2025，QH 001-2025"), []);
    }
}
