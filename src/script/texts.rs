//! Questions about text that rules ask of names and numbers.

/// Whether there is a digit, of any script or width.
pub(super) fn has_digit(text: &str) -> bool {
    text.chars().any(char::is_numeric)
}

/// Whether there are digits and nothing else.
pub(super) fn all_digits(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_digit())
}

/// Whether the text suits one of the keywords, and all of those that only keep words out (`-c`).
pub(super) fn mentions<'a>(text: &str, keywords: impl Iterator<Item = &'a str>) -> bool {
    let (barring, sought): (Vec<_>, Vec<_>) = keywords.partition(|keyword| keyword.starts_with('-'));
    sought.into_iter().any(|keyword| suits(text, keyword))
        && barring.into_iter().all(|keyword| suits(text, keyword))
}

/// The keywords that let names in, as a reader may look for them: “网格…划分”、“网格设置”.
pub(super) fn quoted<'a>(keywords: impl Iterator<Item = &'a str>) -> String {
    let sought = keywords.filter(|keyword| !keyword.starts_with('-'));
    let words = sought.map(|keyword| keyword.split('-').next().unwrap_or_default().replace('+', "…"));
    words.map(|words| format!("“{words}”")).collect::<Vec<_>>().join("、")
}

/// The parts of a text between `、` and these signs; empty ones are none.
pub(super) fn parts<'a>(text: &str, signs: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut plain = text.to_owned();
    for sign in signs.filter(|sign| !sign.is_empty()) {
        if plain.contains(sign) {
            plain = plain.replace(sign, "、");
        }
    }
    plain.split('、').filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

/// `a+b-c`: the text has `a` and `b`, and not `c`.
fn suits(text: &str, keyword: &str) -> bool {
    keyword.split('+').all(|term| {
        let mut words = term.split('-').map(str::trim);
        words.next().is_some_and(|word| text.contains(word)) && !words.any(|word| text.contains(word))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keywords_are_quoted_as_a_reader_looks_for_them() {
        let keywords = ["网格+划分-平台", "网格设置", "-岗位"];
        assert_eq!(quoted(keywords.into_iter()), "“网格…划分”、“网格设置”");
    }

    #[test]
    fn parts_lie_between_any_of_the_signs() {
        assert_eq!(parts("第2/8.3.1条；8.3.2", ["；", "第", "条", "2/"].into_iter()), ["8.3.1", "8.3.2"]);
        assert!(parts("", ["；"].into_iter()).is_empty());
    }
}
