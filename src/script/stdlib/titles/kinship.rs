//! Whether two titles, or a title and the kind of a paper, have a word in common.

use std::collections::BTreeSet;

use rhai::ImmutableString;

use super::title::{Title, is_unread};
use crate::script::value::reference::title_dictionary::{Dictionary, bare};

/// The value of a column of kinds for what is of none of them.
pub(crate) const OTHER: &str = "other";
/// Longest ending of a file's name.
const ENDING: usize = 5;

/// The name of a file without its folder, its ending and words that say nothing; a title stays as it is.
pub(crate) fn stem(text: &str, vague: &[ImmutableString]) -> String {
    let name = text.rsplit(['/', '\\']).next().unwrap_or(text);
    let named = |ending: &str| ending.len() <= ENDING && ending.chars().all(|c| c.is_ascii_alphanumeric());
    let stem = name.rsplit_once('.').filter(|(_, ending)| named(ending)).map_or(name, |(stem, _)| stem);
    vague
        .iter()
        .filter(|word| !word.is_empty())
        .fold(stem.to_owned(), |stem, word| stem.replace(word.as_str(), ""))
}

/// Whether the titles have a word in common; `None` where one of them has no words that say anything, or only one of them
/// is in Chinese: `IMG_20250612.jpg` and `GBT1.1.pdf` were named by a machine or a number, not by a subject.
pub(crate) fn alike(dictionary: &Dictionary, one: &Title, other: &Title) -> Option<bool> {
    if is_chinese(one) != is_chinese(other) {
        return None;
    }
    if one.text.contains(&other.text) || other.text.contains(&one.text) {
        return (!one.text.is_empty() && !other.text.is_empty()).then_some(true);
    }
    let (mine, theirs) = (words(dictionary, one), words(dictionary, other));
    let says = |title: &Title, words: &BTreeSet<String>| !words.is_empty() || !title.groups.is_empty();
    if !says(one, &mine) || !says(other, &theirs) {
        return None;
    }
    Some(!mine.is_disjoint(&theirs) || !one.groups.is_disjoint(&other.groups))
}

fn is_chinese(title: &Title) -> bool {
    title.text.chars().any(|c| matches!(c, '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}'))
}

/// Pairs of characters beside each other in what the lexicon does not know; a character that stands alone by itself.
fn words(dictionary: &Dictionary, title: &Title) -> BTreeSet<String> {
    let mut runs = vec![Vec::new()];
    for (at, c) in title.text.char_indices() {
        match runs.last_mut() {
            Some(run) if is_unread(dictionary, &title.known, at, c) => run.push(c),
            Some(run) if !run.is_empty() => runs.push(Vec::new()),
            _ => {}
        }
    }
    runs.iter().flat_map(|run| pairs(run)).collect()
}

fn pairs(run: &[char]) -> Vec<String> {
    match run {
        [one] => vec![one.to_string()],
        _ => run.windows(2).map(|pair| pair.iter().collect()).collect(),
    }
}

/// Whether a title shares two characters beside each other with one of the words of a kind.
pub(crate) fn fits(words: &[String], title: &str) -> bool {
    let of = |text: &str| pairs(&bare(text).chars().collect::<Vec<_>>()).into_iter().collect::<BTreeSet<_>>();
    let title = of(title);
    title.is_empty() || words.iter().any(|word| !of(word).is_disjoint(&title))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_files_are_read_without_folder_ending_and_empty_words() {
        let vague = ["扫描件".into(), "附件".into()];
        assert_eq!(stem("附件/2024\\附件3 检查制度扫描件.PDF", &vague), "3 检查制度");
        assert_eq!(stem("GB/T 1.1-2020 标准化工作导则", &[]), "T 1.1-2020 标准化工作导则");
        assert_eq!(stem("", &vague), "");
    }

    #[test]
    fn a_title_fits_a_kind_by_two_characters_in_common() {
        let words = ["组织机构图".to_owned(), "架构图".to_owned()];
        assert!(fits(&words, "中心机构设置一览") && fits(&words, ""));
        assert!(!fits(&words, "食堂菜谱"));
    }
}
