//! Where every reader puts its paragraphs: one way of cleaning, numbering and counting them.

use std::collections::HashSet;

use super::budget::Budget;
use super::characters;
use super::clause;
use super::content::{Document, Paragraph, Place, Remark};
use super::error::Problem;

/// Collects the paragraphs of a document within its budget.
pub(super) struct Collector<'b> {
    pub(super) document: Document,
    pub(super) budget: &'b mut Budget,
    /// Tables so far.
    tables: u32,
    /// Footnotes and running heads, which come after the text.
    aside: Vec<Paragraph>,
    heads: HashSet<String>,
    /// The text has pictures.
    pub(super) has_pictures: bool,
    /// Text is kept in a part of a kind that is not read.
    pub(super) has_foreign: bool,
}

/// A paragraph as a reader finds it.
#[derive(Clone, Debug, Default)]
pub(super) struct Draft {
    pub(super) page: Option<u32>,
    /// Its number, where the program that shows it counts.
    pub(super) number: String,
    /// Depth of its heading, from 1.
    pub(super) level: Option<u8>,
    pub(super) text: String,
    pub(super) place: Place,
}

impl<'b> Collector<'b> {
    pub(super) fn new(document: Document, budget: &'b mut Budget) -> Self {
        Self {
            document,
            budget,
            tables: 0,
            aside: Vec::new(),
            heads: HashSet::new(),
            has_pictures: false,
            has_foreign: false,
        }
    }

    /// The number of the next table.
    pub(super) fn table(&mut self) -> u32 {
        self.tables = self.tables.saturating_add(1);
        self.tables
    }

    /// Keeps a paragraph, unless there is nothing in it.
    pub(super) fn push(&mut self, draft: Draft) -> Result<(), Problem> {
        let text = clean(&draft.text);
        let number = draft.number;
        if text.is_empty() && number.trim().is_empty() {
            return Ok(());
        }
        let Draft { page, level, place, .. } = draft;
        let place = if place == Place::Body && is_contents(&text) { Place::Contents } else { place };
        let mut paragraph = Paragraph { page, number, level: None, text, place };
        if matches!(place, Place::Body | Place::Contents) && paragraph.number.is_empty() {
            split(&mut paragraph);
        }
        // Templates space them out: `附　录　A`.
        paragraph.number.retain(|c| !c.is_whitespace());
        if place == Place::Body {
            paragraph.level = level.or_else(|| clause::depth(&paragraph.number));
        }
        self.keep(paragraph)
    }

    fn keep(&mut self, paragraph: Paragraph) -> Result<(), Problem> {
        let shown = || paragraph.number.chars().chain(paragraph.text.chars());
        let characters = count(shown().filter(|c| !c.is_whitespace()));
        self.budget.paragraph(characters)?;
        let is_head = paragraph.place == Place::Header;
        let has_words = paragraph.text.chars().any(char::is_alphabetic);
        // Each head is kept once, and the numbers of pages never.
        if is_head && !(has_words && self.heads.insert(paragraph.text.clone())) {
            return Ok(());
        }
        self.document.characters = self.document.characters.saturating_add(characters);
        let unreadable = count(shown().filter(|c| *c == char::REPLACEMENT_CHARACTER));
        self.document.unreadable = self.document.unreadable.saturating_add(unreadable);
        let is_aside = is_head || paragraph.place == Place::Note;
        if is_aside { &mut self.aside } else { &mut self.document.paragraphs }.push(paragraph);
        Ok(())
    }

    /// The document with everything that was collected. One without any text but running heads is pictures, or blank.
    pub(super) fn finish(mut self) -> Result<Document, Problem> {
        let (mut notes, mut heads): (Vec<_>, Vec<_>) =
            self.aside.into_iter().partition(|paragraph| paragraph.place == Place::Note);
        self.document.paragraphs.append(&mut notes);
        self.document.paragraphs.append(&mut heads);
        let (pages, has_pictures) = (self.document.pages, self.has_pictures);
        match self.document.paragraphs.iter().all(|paragraph| paragraph.place == Place::Header) {
            true if self.has_foreign => return Err(Problem::Unsupported),
            true if has_pictures => return Err(Problem::NoTextLayer { pages }),
            true => return Err(Problem::Blank { pages }),
            false if self.has_foreign => self.document.remark(Remark::Truncated),
            false => {}
        }
        Ok(self.document)
    }
}

fn count(characters: impl Iterator<Item = char>) -> u64 {
    u64::try_from(characters.count()).unwrap_or(u64::MAX)
}

/// Takes the typed number off the text.
fn split(paragraph: &mut Paragraph) {
    if let Some((number, rest)) = clause::split(&paragraph.text) {
        let (number, rest) = (number.to_owned(), rest.to_owned());
        paragraph.number = number;
        paragraph.text = rest;
    }
}

/// A text without invisible characters, blanks around it, and forms that stand for other characters.
fn clean(text: &str) -> String {
    let is_seen = |c: &char| {
        !matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{ad}')
            && (!c.is_control() || matches!(c, '\t' | '\n'))
    };
    let plain = characters::normalize(text);
    let seen: String = plain.chars().filter(is_seen).map(|c| if c == '\u{a0}' { ' ' } else { c }).collect();
    seen.trim().to_owned()
}

/// Whether a text is a line of a table of contents: leaders, then the number of a page.
pub(super) fn is_contents(text: &str) -> bool {
    let before = text.trim_end_matches(|c: char| c.is_ascii_digit() || "IVXivxⅠⅡⅢⅣⅤⅥ()（） \t".contains(c));
    let leaders = before.len() < text.len() && before.ends_with(['.', '…', '·', '．', '┄', '-']);
    let shown = before.trim_end_matches(['.', '…', '·', '．', '┄', '-', ' ']);
    leaders && !shown.is_empty() && before.len().saturating_sub(shown.len()) > 3
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use crate::document::kind::FileKind;

    fn collect(drafts: &[(&str, Place)]) -> Document {
        let mut budget = Budget::new();
        let mut collector = Collector::new(Document::new(FileKind::Html), &mut budget);
        for (text, place) in drafts {
            collector.push(Draft { text: (*text).to_owned(), place: *place, ..Draft::default() }).unwrap();
        }
        collector.finish().unwrap()
    }

    #[test]
    fn paragraphs_have_their_number_and_depth() {
        let document = collect(&[
            ("Q/LJWG JC1-2024", Place::Header),
            ("范围 ........ 12", Place::Body),
            (" 4.1\u{200b}　一般要求 ", Place::Body),
            ("注\u{fffd}", Place::Note),
            ("4.1", Place::Cell { table: 1, row: 1, column: 1 }),
            ("Q/LJWG JC1-2024", Place::Header),
        ]);
        let shown: Vec<_> =
            document.paragraphs.iter().map(|p| (p.number.as_str(), p.level, p.text.as_str())).collect();
        assert_eq!(
            shown,
            [
                ("", None, "范围 ........ 12"),
                ("4.1", Some(2), "一般要求"),
                ("", None, "4.1"),
                ("", None, "注\u{fffd}"),
                ("", None, "Q/LJWG JC1-2024"),
            ]
        );
        assert_eq!(document.paragraphs.first().map(|p| p.place), Some(Place::Contents));
        assert_eq!((document.characters, document.unreadable), (12 + 7 + 3 + 2 + 14, 1));
    }

    #[test]
    fn nothing_is_blank() {
        let mut budget = Budget::new();
        let collector = Collector::new(Document::new(FileKind::Html), &mut budget);
        assert_eq!(collector.finish(), Err(Problem::Blank { pages: None }));
    }
}
