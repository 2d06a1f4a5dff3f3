//! Titles of chapters: those that standards have, and numbers of chapters in other forms than GB/T 1.1's.

use super::outline::{Part, SENTENCE, Section};
use crate::table::normalize;

/// Characters that the title of a chapter numbered otherwise has at most.
pub(super) const LOOSE_TITLE: usize = 16;

/// The number of a chapter in another form, and what follows it.
pub(super) fn loose_number(line: &str) -> Option<(u32, &str)> {
    const HAN: [char; 10] = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十'];
    let line = normalize::trimmed(line);
    let is_digit = |c: char| c.is_ascii_digit() || ('０'..='９').contains(&c);
    let end = line.find(|c: char| !is_digit(c)).unwrap_or(0);
    let (digits, rest) = line.split_at_checked(end)?;
    if !digits.is_empty() {
        let number = normalize::nfkc(digits).parse().ok().filter(|number| *number < 100)?;
        return Some((number, normalize::trimmed(rest.trim_start_matches(['.', '、', '．']))));
    }
    let mut characters = line.chars();
    let first = characters.next()?;
    let at = HAN.iter().position(|han| *han == first)?;
    let rest = characters.as_str().strip_prefix(['、', '.', '．'])?;
    Some((u32::try_from(at).ok()?.saturating_add(1), normalize::trimmed(rest)))
}

/// A chapter that is known by its title.
pub(super) struct KnownTitle {
    pub(super) part: Part,
    title: String,
    /// What follows it in the same paragraph.
    pub(super) rest: String,
}

impl KnownTitle {
    /// The section with a number, and what follows its title.
    pub(super) fn section(self, number: &str, level: u8) -> (Section, String) {
        let Self { part, title, rest } = self;
        (Section { number: number.to_owned(), level, title, part, ..Section::default() }, rest)
    }
}

/// Titles of the chapters that standards have, longer ones first.
const TITLES: [(&str, Part); 17] = [
    ("规范性引用文件", Part::References),
    ("规范性引用标准", Part::References),
    ("引用文件", Part::References),
    ("引用标准", Part::References),
    ("适用范围", Part::Scope),
    ("范围", Part::Scope),
    ("术语、定义", Part::Terms),
    ("术语和定义", Part::Terms),
    ("术语与定义", Part::Terms),
    ("名词术语", Part::Terms),
    ("术语", Part::Terms),
    ("前言", Part::Foreword),
    ("引言", Part::Introduction),
    ("参考文献", Part::Bibliography),
    ("目次", Part::Contents),
    ("目录", Part::Contents),
    ("索引", Part::Index),
];

/// The chapter that a text begins with the title of, whatever blanks are in it. Behind it may stand its name in English, or after a
/// blank or a colon its text; behind the terms also symbols and abbreviations.
pub(super) fn known_title(text: &str) -> Option<KnownTitle> {
    let after = |title: &str| {
        let mut wanted = title.chars().peekable();
        for (at, c) in text.char_indices() {
            match wanted.peek() {
                None => return text.get(at..),
                Some(next) if *next == c => drop(wanted.next()),
                Some(_) if c.is_whitespace() => {}
                Some(_) => return None,
            }
        }
        wanted.peek().is_none().then_some("")
    };
    let (title, part, rest) = TITLES.iter().find_map(|(title, part)| Some((*title, *part, after(title)?)))?;
    let is_apart = rest.is_empty()
        || rest
            .starts_with(|c: char| c.is_whitespace() || matches!(c, '：' | ':') || c.is_ascii_alphabetic());
    let is_of_terms = part == Part::Terms && text.chars().count() <= LOOSE_TITLE && !text.contains(SENTENCE);
    if !is_apart && !is_of_terms {
        return None;
    }
    let rest = normalize::trimmed(rest.trim_start_matches(['：', ':', ' ', '\u{3000}']));
    let rest = if rest.is_ascii() || is_of_terms { "" } else { rest };
    Some(KnownTitle { part, title: if is_of_terms { text } else { title }.to_owned(), rest: rest.to_owned() })
}

/// Whether a chapter has no number.
pub(super) const fn is_unnumbered(part: Part) -> bool {
    matches!(part, Part::Contents | Part::Foreword | Part::Introduction | Part::Bibliography | Part::Index)
}
