//! Captions of figures and tables.

use std::collections::{BTreeMap, BTreeSet};

use super::outline::Section;
use crate::table::normalize;

/// The caption of a figure or table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Caption {
    /// Of what.
    pub kind: CaptionKind,
    /// Its number without 图 or 表: `1`, `A.2`.
    pub number: String,
    /// Its title.
    pub title: String,
    /// The number that should stand here, where another does.
    pub expected: Option<String>,
    /// Whether the text names it.
    pub is_mentioned: bool,
    /// The page, where that is known.
    pub page: Option<u32>,
    /// The paragraph, from 1.
    pub paragraph: u32,
}

/// What a caption belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CaptionKind {
    /// A figure.
    Figure,
    /// A table.
    Table,
}

/// Characters of a caption: what is longer is a sentence that names a figure.
const LONGEST: usize = 50;

/// The captions in these sections, in order.
pub(super) fn of(sections: &[Section]) -> Vec<Caption> {
    let mentioned = mentioned(sections);
    let lines = sections.iter().flat_map(|section| section.lines.iter().map(move |line| (section, line)));
    // By kind and appendix: the last number.
    let mut last: BTreeMap<(CaptionKind, String), u32> = BTreeMap::new();
    let mut captions: Vec<Caption> = Vec::new();
    for (section, line) in lines.filter(|(_, line)| !line.is_cell) {
        let Some(Parsed { kind, number, title, is_apart }) = parse(normalize::trimmed(&line.text)) else {
            continue;
        };
        let (above, own) = split(&number);
        let key = (kind, above.to_owned());
        let expected = expected(above, own, last.get(&key).copied().unwrap_or(0));
        if !is_apart && expected.is_some() {
            continue;
        }
        last.insert(key, own);
        let is_mentioned = mentioned.contains(&(kind, number.clone()));
        let (page, paragraph) = (line.page.or(section.page), line.paragraph);
        captions.push(Caption { kind, number, title, expected, is_mentioned, page, paragraph });
    }
    captions
}

/// The numbers by which lines that are no captions name figures and tables.
fn mentioned(sections: &[Section]) -> BTreeSet<(CaptionKind, String)> {
    let mut mentioned = BTreeSet::new();
    let lines = sections.iter().flat_map(|section| &section.lines);
    for line in lines.filter(|line| parse(normalize::trimmed(&line.text)).is_none()) {
        let text: String = normalize::nfkc(&line.text).chars().filter(|c| !c.is_whitespace()).collect();
        for kind in [CaptionKind::Figure, CaptionKind::Table] {
            for (at, sign) in text.match_indices(kind.sign()) {
                let rest = text.get(at.saturating_add(sign.len())..).unwrap_or_default();
                mentioned.extend(numbers(rest).map(|number| (kind, number.to_owned())));
            }
        }
    }
    mentioned
}

/// The numbers that a text may begin with: behind none of them stands a digit or point.
fn numbers(text: &str) -> impl Iterator<Item = &str> {
    let of_number = text.char_indices().take(LONGEST).take_while(|(_, c)| is_of_number(*c));
    let begins = of_number.filter_map(|(at, c)| text.split_at_checked(at.saturating_add(c.len_utf8())));
    begins
        .filter(|(_, rest)| !rest.starts_with(|c: char| c.is_ascii_digit() || c == '.'))
        .map(|(number, _)| number)
}

/// Whether a character may stand in the number of a figure or table.
const fn is_of_number(c: char) -> bool {
    c.is_ascii_digit() || c == '.' || c.is_ascii_uppercase()
}

/// A number as what stands before its last point, and what behind it.
fn split(number: &str) -> (&str, u32) {
    let (above, own) = number.rsplit_once('.').unwrap_or(("", number));
    (above, own.parse().unwrap_or(0))
}

/// The number that follows the last of its kind and appendix, where it is another.
fn expected(above: &str, own: u32, last: u32) -> Option<String> {
    let next = last.saturating_add(1);
    let whole = if above.is_empty() { next.to_string() } else { format!("{above}.{next}") };
    (own != next).then_some(whole)
}

impl CaptionKind {
    /// What stands before its number.
    const fn sign(self) -> char {
        match self {
            Self::Figure => '图',
            Self::Table => '表',
        }
    }
}

/// What may be a caption.
struct Parsed {
    kind: CaptionKind,
    number: String,
    title: String,
    /// Whether a blank or colon stands between number and title: else it is a caption only where its number is the next.
    is_apart: bool,
}

fn parse(line: &str) -> Option<Parsed> {
    let kind = if line.starts_with('图') { CaptionKind::Figure } else { CaptionKind::Table };
    let rest = normalize::nfkc(line.strip_prefix(['图', '表'])?.trim_start()).into_owned();
    let end = rest.find(|c: char| !is_of_number(c)).unwrap_or(rest.len());
    let (number, title) = rest.split_at_checked(end)?;
    let number = number.trim_end_matches('.');
    let is_number = number.ends_with(|c: char| c.is_ascii_digit());
    let is_apart = title.is_empty() || title.starts_with(|c: char| c.is_whitespace() || c == ':' || c == '-');
    let title = normalize::trimmed(title.trim_start_matches([':', '-', ' ']));
    // Parts of a figure have letters, tables go on under the same number.
    let is_subfigure = title.starts_with(|c: char| c.is_ascii_lowercase()) && title.contains(')');
    let is_short = line.chars().count() <= LONGEST && !title.contains(['。', '，', ',', ';', '；']);
    let refers =
        ["所示", "规定", "列出", "的", "中", "及", "和", "、"].iter().any(|word| title.starts_with(word));
    (is_number && (is_apart || !refers) && is_short && !is_subfigure && !title.contains('续'))
        .then(|| Parsed { kind, number: number.to_owned(), title: title.to_owned(), is_apart })
}
