//! Captions of figures and tables.

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
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
    let lines = sections.iter().flat_map(|section| section.lines.iter().map(move |line| (section, line)));
    let lines = lines.filter(|(_, line)| !line.is_cell);
    let mut captions: Vec<Caption> = Vec::new();
    for (section, line) in lines {
        let Some(Parsed { kind, number, title, is_apart }) = parse(normalize::trimmed(&line.text)) else {
            continue;
        };
        let expected = expected(&captions, kind, &number);
        if !is_apart && expected.is_some() {
            continue;
        }
        let is_mentioned = is_mentioned(sections, kind, &number);
        let page = line.page.or(section.page);
        captions.push(Caption {
            kind,
            number,
            title,
            expected,
            is_mentioned,
            page,
            paragraph: line.paragraph,
        });
    }
    captions
}

/// Whether a line that is no caption names a figure or table.
fn is_mentioned(sections: &[Section], kind: CaptionKind, number: &str) -> bool {
    let name = format!("{}{number}", kind.sign());
    let names = |text: &str| {
        let text: String = normalize::nfkc(text).chars().filter(|c| !c.is_whitespace()).collect();
        let ends = |(at, _): (usize, &str)| {
            let after = text.get(at.saturating_add(name.len())..).and_then(|after| after.chars().next());
            !after.is_some_and(|c| c.is_ascii_digit() || c == '.')
        };
        text.match_indices(&name).any(ends)
    };
    let mut lines = sections.iter().flat_map(|section| &section.lines);
    lines.any(|line| parse(normalize::trimmed(&line.text)).is_none() && names(&line.text))
}

/// The number that follows the last of its kind and appendix, where it is another.
fn expected(captions: &[Caption], kind: CaptionKind, number: &str) -> Option<String> {
    let split = |number: &'_ str| {
        let (above, own) = number.rsplit_once('.').unwrap_or(("", number));
        (above.to_owned(), own.parse::<u32>().unwrap_or(0))
    };
    let (above, own) = split(number);
    let mut before =
        captions.iter().rev().filter(|caption| caption.kind == kind).map(|caption| split(&caption.number));
    let last = before.find(|(other, _)| *other == above).map_or(0, |(_, last)| last);
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
    let is_of_number = |c: char| c.is_ascii_digit() || c == '.' || c.is_ascii_uppercase();
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
