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
    let caption = |(section, line): (&Section, &super::outline::Line)| {
        let (kind, number, title) = parse(normalize::trimmed(&line.text))?;
        let (expected, is_mentioned) = (None, is_mentioned(sections, kind, &number));
        let page = line.page.or(section.page);
        Some(Caption { kind, number, title, expected, is_mentioned, page, paragraph: line.paragraph })
    };
    let mut captions: Vec<Caption> = lines.filter_map(caption).collect();
    number(&mut captions);
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

/// Notes where a number does not follow the one before it of its kind and appendix.
fn number(captions: &mut [Caption]) {
    let mut last: Vec<(CaptionKind, String, u32)> = Vec::new();
    for caption in captions {
        let (above, own) = caption.number.rsplit_once('.').unwrap_or(("", &caption.number));
        let Ok(own) = own.parse::<u32>() else { continue };
        let before = last.iter().rev().find(|(kind, other, _)| *kind == caption.kind && other == above);
        let expected = before.map_or(0, |(.., before)| *before).saturating_add(1);
        let whole = if above.is_empty() { expected.to_string() } else { format!("{above}.{expected}") };
        last.push((caption.kind, above.to_owned(), own));
        caption.expected = (own != expected).then_some(whole);
    }
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

fn parse(line: &str) -> Option<(CaptionKind, String, String)> {
    let kind = if line.starts_with('图') { CaptionKind::Figure } else { CaptionKind::Table };
    let rest = line.strip_prefix(['图', '表'])?.trim_start();
    let rest = normalize::nfkc(rest);
    let end = rest
        .find(|c: char| !(c.is_ascii_digit() || c == '.' || c.is_ascii_uppercase()))
        .unwrap_or(rest.len());
    let (number, title) = rest.split_at_checked(end)?;
    let number = number.trim_end_matches('.');
    let is_number = number.ends_with(|c: char| c.is_ascii_digit());
    let continues = title.contains("续)") || title.contains("续）");
    let is_caption = title.starts_with(char::is_whitespace) || title.is_empty();
    let is_short = line.chars().count() <= LONGEST && !title.contains(['。', '，', ',']);
    (is_number && is_caption && is_short && !continues)
        .then(|| (kind, number.to_owned(), normalize::trimmed(title).to_owned()))
}
