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
        Some(Caption { kind, number, title, page: line.page.or(section.page), paragraph: line.paragraph })
    };
    lines.filter_map(caption).collect()
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
