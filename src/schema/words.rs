//! Words that mean a value: yes and no, the declared values of a column, and the signs for "nothing".

use std::collections::HashMap;
use std::sync::Arc;

use super::phrase;
use crate::table::normalize;
use crate::table::table_schema::ColumnDecl;

/// Distinct spellings remembered for one column.
const REMEMBERED: usize = 1024;

/// So few are compared one by one.
const FIRST: usize = 12;

const YES: [&str; 16] =
    ["是", "有", "已", "是的", "√", "∨", "✓", "✔", "✅", "☑", "对", "y", "yes", "true", "v", "1"];
const NO: [&str; 19] = [
    "否", "无", "未", "不", "×", "╳", "✗", "✘", "✖", "❌", "☒", "x", "错", "n", "no", "false", "0", "没有",
    "不是",
];

/// How a cell says that it repeats the one above it, as offices write it and as keyboards have it.
const DITTO: [&str; 14] =
    ["同上", "同上。", "同上行", "同上栏", "同上一行", "同前", "〃", "〃〃", "″", "”", "“", "\"", "''", "〞"];

/// Whether a cell only says that it repeats the one above it.
pub(super) fn is_ditto(text: &str) -> bool {
    !begins_plain(text) && DITTO.contains(&normalize::trimmed(text))
}

/// Whether a cell says that there is nothing to say.
pub(super) fn is_dash(text: &str) -> bool {
    !begins_plain(text)
        && matches!(normalize::trimmed(text), "-" | "—" | "——" | "–" | "/" | "／" | "－" | "\\" | "--")
}

/// The same for dates, numbers and references, where "none" is no value either.
pub(super) fn is_none(text: &str) -> bool {
    is_dash(text) || (!begins_plain(text) && normalize::trimmed(text) == "无")
}

/// How a cell for a day says that there is no such day, and need be none: what goes on, and what called for nothing.
const NO_DAY: [&str; 24] = [
    "长期",
    "长期有效",
    "永久",
    "永久有效",
    "无固定期限",
    "无限期",
    "不限",
    "不限期",
    "至今",
    "在岗",
    "在职",
    "现任",
    "在任",
    "现行有效",
    "有效",
    "至废止之日",
    "至废止之日止",
    "至修订之日",
    "无需整改",
    "不需整改",
    "无须整改",
    "无需处理",
    "不需处理",
    "无期限",
];

/// The same where a day is wanted.
pub(super) fn is_no_day(text: &str) -> bool {
    is_none(text) || (!begins_plain(text) && NO_DAY.contains(&normalize::trimmed(text)))
}

/// How a cell for the row above says that there is none.
const TOPMOST: [&str; 8] =
    ["顶层", "顶级", "最高层级", "最高层", "最高级", "无上级", "根节点", "本级为最高层级"];

/// The same for references, whatever stands in brackets after it.
pub(super) fn refers_to_nothing(text: &str) -> bool {
    let bare = || normalize::without_brackets(&normalize::name(text));
    is_none(text)
        || (!begins_plain(text) && (TOPMOST.contains(&normalize::trimmed(text)) || is_none(&bare())))
}

/// A quick no: none of those signs begins with an ASCII letter or digit.
fn begins_plain(text: &str) -> bool {
    text.as_bytes().first().is_some_and(u8::is_ascii_alphanumeric)
}

/// Yes or no.
pub(super) fn yes_no(text: &str) -> Option<bool> {
    // Most are written as they are compared.
    if YES.contains(&text) {
        return Some(true);
    }
    if NO.contains(&text) {
        return Some(false);
    }
    let name = normalize::name(text);
    if YES.contains(&name.as_str()) {
        return Some(true);
    }
    NO.contains(&name.as_str()).then_some(false)
}

/// The words of an enumerated column.
#[derive(Debug, Default)]
pub(super) struct Words {
    by_word: Arc<HashMap<String, u16>>,
    /// The spellings met first; most columns have no more.
    first: Vec<(String, Option<u16>)>,
    remembered: HashMap<String, Option<u16>>,
}

impl Words {
    pub(super) fn new(column: &ColumnDecl) -> Self {
        Self { by_word: column.words.get(|| by_word(column)), ..Self::default() }
    }

    /// Storage number of the value a cell means: by its word, by the word without what stands in brackets, by the word
    /// without the brackets themselves (`地（市）级`), by that in brackets after others, by the
    /// word before a remark (`有效，2026年6月查新`), or by the one it speaks of as a phrase (`已于2025年发布并实施`).
    pub(super) fn number(&mut self, text: &str) -> Option<u16> {
        let first = self.first.iter().find(|(word, _)| word == text).map(|(_, number)| number);
        if let Some(known) = first.or_else(|| self.remembered.get(text)) {
            return *known;
        }
        let name = normalize::name(text);
        let known = |word: &str| self.by_word.get(word).copied();
        let found = known(&name)
            .or_else(|| known(&unbracketed(&name)))
            .or_else(|| known(&normalize::without_brackets(&name)))
            .or_else(|| known(unnumbered(&name)?))
            .or_else(|| known(bracketed(&name)?))
            .or_else(|| self.remarked(&name))
            .or_else(|| phrase::meant(&name, &self.by_word));
        if self.first.len() < FIRST {
            self.first.push((text.to_owned(), found));
        } else if self.remembered.len() < REMEMBERED {
            self.remembered.insert(text.to_owned(), found);
        }
        found
    }

    /// The value before a comma, unless what follows speaks of another value: then nobody knows which is meant.
    fn remarked(&self, name: &str) -> Option<u16> {
        let (word, remark) = name.split_once([',', ';', '。'])?;
        let bare = normalize::without_brackets(word);
        let number = *self.by_word.get(word).or_else(|| self.by_word.get(&bare))?;
        let is_said = |other: &str| {
            if other.chars().count() > 1 { remark.contains(other) } else { remark == other }
        };
        let other = self.by_word.iter().any(|(other, meant)| *meant != number && is_said(other));
        (!other && !remark.is_empty()).then_some(number)
    }
}

/// The words of the values by their storage numbers; those of a column of yes or no by 1 and 0.
fn by_word(column: &ColumnDecl) -> HashMap<String, u16> {
    let mut by_word = HashMap::new();
    for (words, number) in [(&column.no, 0), (&column.yes, 1)] {
        by_word.extend(words.iter().map(|word| (normalize::name(word), number)));
    }
    for ((id, words), number) in column.values.iter().zip(0_u16..) {
        for word in std::iter::once(id).chain(words) {
            let name = normalize::name(word);
            by_word.entry(unbracketed(&name)).or_insert(number);
            by_word.insert(name, number);
        }
    }
    by_word
}

/// The word behind its number in a list: `一、指导层`.
fn unnumbered(name: &str) -> Option<&str> {
    let number = |c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c);
    let rest = name.trim_start_matches(number);
    (rest.len() < name.len()).then(|| rest.strip_prefix(['、', '.']))?
}

/// What stands in the brackets a folded text ends with: `分管副主任(管理者代表)`, `时限(天)`.
pub(super) fn bracketed(name: &str) -> Option<&str> {
    name.strip_suffix(')')?.split_once('(').map(|(_, inside)| inside)
}

fn unbracketed(name: &str) -> String {
    name.chars().filter(|c| !matches!(c, '(' | ')' | '[' | ']' | '【' | '】')).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn yes_and_no_have_many_forms() {
        for yes in ["是", " 有", "√", "Y", "ＹＥＳ", "True", "1"] {
            assert_eq!(yes_no(yes), Some(true), "{yes}");
        }
        for no in ["否", "无", "×", "N", "false", "０"] {
            assert_eq!(yes_no(no), Some(false), "{no}");
        }
        assert_eq!(yes_no("部分"), None);
        for word in YES.iter().chain(&NO) {
            assert_eq!(normalize::name(word), **word);
        }
    }

    #[test]
    #[expect(clippy::unwrap_used, reason = "tests")]
    fn values_are_known_by_id_word_and_word_with_brackets() {
        let column = r#"id = "level"
zh = "级别"
type = "enumerated"
values = { city = ["地（市）级"], national = ["国家级"] }"#;
        let mut words = Words::new(&toml::from_str(column).unwrap());
        for (text, number) in [
            ("city", Some(0)),
            ("地(市)级", Some(0)),
            ("地市级", Some(0)),
            ("国家级 ", Some(1)),
            ("国家级（部委）", Some(1)),
            ("最高一档（国家级）", Some(1)),
            ("最高一档（国家级，地市级）", None),
            ("NATIONAL", Some(1)),
            ("国家级，2026年6月公布", Some(1)),
            ("国家级（部委）；已公布", Some(1)),
            ("地（市）级,", Some(0)),
            ("2026年获评的国家级荣誉", Some(1)),
            ("拟申报国家级", None),
            ("国家级，原为地市级", None),
            ("国家级、地市级", None),
            ("省级，国家级", None),
            ("省级", None),
        ] {
            assert_eq!(words.number(text), number, "{text}");
            assert_eq!(words.number(text), number, "{text} again");
        }
    }
}
