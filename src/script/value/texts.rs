//! Questions about text that rules ask of names and numbers.

use memchr::memmem::Finder;

/// Whether there is a digit, of any script or width.
pub(crate) fn has_digit(text: &str) -> bool {
    text.chars().any(char::is_numeric)
}

/// Whether there are digits and nothing else.
pub(crate) fn all_digits(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_digit())
}

/// Keywords made ready to be looked for in many texts.
#[derive(Clone, Debug)]
pub(crate) struct Keywords {
    sought: Vec<Keyword>,
    /// Those that only keep words out: `-c`.
    barring: Vec<Keyword>,
}

/// `a+b-c`: the text has `a` and `b`, and not `c`.
type Keyword = Vec<Term>;

#[derive(Clone, Debug)]
struct Term {
    word: Finder<'static>,
    without: Vec<Finder<'static>>,
}

impl Keywords {
    pub(crate) fn new<'a>(keywords: impl Iterator<Item = &'a str>) -> Self {
        let (barring, sought): (Vec<_>, Vec<_>) = keywords.partition(|keyword| keyword.starts_with('-'));
        let ready = |keywords: Vec<&str>| keywords.into_iter().map(keyword).collect();
        Self { sought: ready(sought), barring: ready(barring) }
    }

    /// Whether the text suits one of the keywords, and all of those that only keep words out.
    pub(crate) fn suit(&self, text: &str) -> bool {
        let text = text.as_bytes();
        let suits = |keyword: &Keyword| keyword.iter().all(|term| term.suits(text));
        self.sought.iter().any(suits) && self.barring.iter().all(suits)
    }
}

fn keyword(written: &str) -> Keyword {
    let finder = |word: &str| Finder::new(word.trim()).into_owned();
    let term = |term: &str| {
        let mut words = term.split('-').map(finder);
        // What is split has a first part, if only an empty one.
        let word = words.next().unwrap_or_else(|| finder(""));
        Term { word, without: words.collect() }
    };
    written.split('+').map(term).collect()
}

impl Term {
    fn suits(&self, text: &[u8]) -> bool {
        self.word.find(text).is_some() && !self.without.iter().any(|word| word.find(text).is_some())
    }
}

/// The keywords that let names in, as a reader may look for them: “网格…划分”、“网格设置”.
pub(crate) fn quoted<'a>(keywords: impl Iterator<Item = &'a str>) -> String {
    let sought = keywords.filter(|keyword| !keyword.starts_with(['-', '?']));
    let plain =
        |keyword: &str| keyword.split('-').next().unwrap_or_default().replace('+', "…").replace('=', "");
    let words = sought.map(plain);
    words.map(|words| format!("“{words}”")).collect::<Vec<_>>().join("、")
}

/// The parts of a text between `、` and these signs; empty ones are none.
pub(crate) fn parts<'a>(text: &str, signs: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut plain = text.to_owned();
    for sign in signs.filter(|sign| !sign.is_empty()) {
        if plain.contains(sign) {
            plain = plain.replace(sign, "、");
        }
    }
    plain.split('、').filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keywords_are_quoted_as_a_reader_looks_for_them() {
        let keywords = ["=网格+划分-平台", "网格设置", "?网格", "-岗位"];
        assert_eq!(quoted(keywords.into_iter()), "“网格…划分”、“网格设置”");
    }

    #[test]
    fn keywords_let_texts_in_and_keep_them_out() {
        let suit = |keywords: &[&str], text: &str| Keywords::new(keywords.iter().copied()).suit(text);
        assert!(suit(&["跨网格"], "跨网格事件处置") && suit(&["网格+划分"], "划分网格") && suit(&[""], "甲"));
        assert!(
            !suit(&["网格+划分"], "网格") && !suit(&["平台+功能-数据"], "平台功能数据") && !suit(&[], "甲")
        );
        assert!(
            suit(&["网格", "-岗位"], "网格划分")
                && !suit(&["网格", "-岗位"], "网格岗位")
                && !suit(&["-岗位"], "甲")
        );
    }

    #[test]
    fn parts_lie_between_any_of_the_signs() {
        assert_eq!(parts("第2/8.3.1条；8.3.2", ["；", "第", "条", "2/"].into_iter()), ["8.3.1", "8.3.2"]);
        assert!(parts("", ["；"].into_iter()).is_empty());
    }
}
