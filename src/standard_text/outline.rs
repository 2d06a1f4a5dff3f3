//! Chapters and clauses: which paragraphs belong to which, and what each chapter is.

use std::collections::HashMap;

use super::appendix::{is_unnamed, mention};
use super::title::{LOOSE_TITLE, is_unnumbered, known_title, loose_number};
use crate::document::{Document, Paragraph, Place};
use crate::table::normalize;

/// What a chapter is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// The table of contents.
    Contents,
    /// 前言.
    Foreword,
    /// 引言.
    Introduction,
    /// 范围.
    Scope,
    /// 规范性引用文件.
    References,
    /// 术语和定义, also with symbols and abbreviations.
    Terms,
    /// What the standard requires.
    #[default]
    Body,
    /// An appendix.
    Appendix,
    /// 参考文献.
    Bibliography,
    /// 索引.
    Index,
}

/// A chapter or clause.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Section {
    /// Its number as it shows: `4.1`, `附录A`; empty for chapters without one.
    pub number: String,
    /// Depth, from 1.
    pub level: u8,
    /// Its title; empty for a clause that is text from its number on.
    pub title: String,
    /// What the chapter it belongs to is.
    pub part: Part,
    /// The page on which it begins, where that is known.
    pub page: Option<u32>,
    /// The paragraph at which it begins, from 1.
    pub paragraph: u32,
    /// The number that should stand here, where another does.
    pub expected: Option<String>,
    /// Whether the text names it elsewhere, of an appendix.
    pub is_mentioned: bool,
    /// Its text without those of the clauses below it, a line for each paragraph.
    pub lines: Vec<Line>,
}

/// A paragraph of a section.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    /// Its text, with the number of a list item.
    pub text: String,
    /// Its page, where that is known.
    pub page: Option<u32>,
    /// Which paragraph of the document it is, from 1.
    pub paragraph: u32,
    /// Whether it is the cell of a table.
    pub is_cell: bool,
}

/// A document as its chapters.
#[derive(Default)]
pub(super) struct Outline {
    /// Paragraphs before the first chapter.
    pub(super) cover: Vec<Line>,
    pub(super) sections: Vec<Section>,
    /// While the table of contents is read: its entries.
    contents: Option<Vec<String>>,
    /// The last chapter with a number.
    chapter: u32,
    /// Whether chapters are numbered otherwise than by a number and a blank: `1.`, `一、`.
    is_loose: bool,
}

/// Chapters that may be missing between two.
const FARTHEST: u32 = 3;

/// Characters that the title of a clause has at most: what is longer is its text.
const TITLE: usize = 40;

/// Signs that end a sentence and no title.
pub(super) const SENTENCE: [char; 6] = ['。', '；', '：', '，', ';', ':'];

/// The chapters of a document.
pub(super) fn of(document: &Document) -> Outline {
    let mut outline = Outline::default();
    for (at, paragraph) in document.paragraphs.iter().enumerate() {
        let at = u32::try_from(at).unwrap_or(u32::MAX).saturating_add(1);
        match paragraph.place {
            Place::Header | Place::Note => {}
            // Told apart by its form.
            Place::Contents => outline.contents = None,
            Place::Body | Place::Cell { .. } => outline.add(paragraph, at),
        }
    }
    number(&mut outline.sections);
    mention(&mut outline.sections);
    outline
}

/// Notes where a number does not follow the one before it on its level.
fn number(sections: &mut [Section]) {
    // By what stands above it and whether it is a letter: the last number or letter.
    let mut last: HashMap<(String, bool), String> = HashMap::new();
    let is_numbered =
        |section: &&mut Section| !section.number.is_empty() && !section.number.starts_with('第');
    for section in sections.iter_mut().filter(is_numbered) {
        let own = parts(&section.number);
        let Some((end, above)) = own.split_last() else { continue };
        let before = last.insert((above.join("."), is_letter(end)), end.clone());
        let first = || Some(if is_letter(end) { "A" } else { "1" }.to_owned());
        let expected = before.map_or_else(first, |before| next(&before));
        section.expected = expected.filter(|expected| expected != end).map(|expected| {
            let number: Vec<&str> = above.iter().map(String::as_str).chain([expected.as_str()]).collect();
            let number = number.join(".");
            if section.number.starts_with("附录") { format!("附录{number}") } else { number }
        });
    }
}

/// What a number is made of: `附录A` of `A`, `4.1` of `4` and `1`.
fn parts(number: &str) -> Vec<String> {
    let bare: String = number.chars().filter(|c| !c.is_whitespace()).collect();
    bare.trim_start_matches("附录").trim_end_matches('.').split('.').map(str::to_owned).collect()
}

/// Whether a part of a number is the letter of an appendix.
fn is_letter(part: &str) -> bool {
    part.starts_with(|c: char| c.is_ascii_uppercase())
}

/// The number after another; nothing where it is neither a number nor a letter.
fn next(part: &str) -> Option<String> {
    match part.as_bytes() {
        [letter @ b'A'..=b'Y'] => Some(char::from(letter.saturating_add(1)).to_string()),
        _ => Some(part.parse::<u32>().ok()?.saturating_add(1).to_string()),
    }
}

impl Outline {
    fn add(&mut self, paragraph: &Paragraph, at: u32) {
        let is_cell = matches!(paragraph.place, Place::Cell { .. });
        if !is_cell && self.is_of_contents(&paragraph.line()) {
            return;
        }
        let heading = if is_cell { None } else { self.heading(paragraph) };
        if let Some((section, rest)) = heading {
            self.begin(Section { page: paragraph.page, paragraph: at, ..section }, rest);
            return;
        }
        let line = Line { text: paragraph.line(), page: paragraph.page, paragraph: at, is_cell };
        match self.sections.last_mut() {
            // The nature and the title of an appendix stand in lines of their own.
            Some(section) if is_unnamed(section, &line) && !is_cell => {
                section.title.push_str(normalize::trimmed(&line.text));
            }
            Some(section) => section.lines.push(line),
            None => self.cover.push(line),
        }
    }

    /// Begins a section; what follows its title in the same paragraph is its first line.
    fn begin(&mut self, mut section: Section, rest: String) {
        if section.level == 1 && section.part != Part::Appendix {
            self.chapter = section.number.parse().unwrap_or(self.chapter);
        }
        if section.part == Part::Contents {
            self.contents = Some(Vec::new());
        }
        if !rest.is_empty() {
            let (page, paragraph) = (section.page, section.paragraph);
            section.lines.push(Line { text: rest, page, paragraph, is_cell: false });
        }
        self.sections.push(section);
    }

    /// Whether a line is still of the table of contents, which ends where its first entry is met again, or with a sentence.
    fn is_of_contents(&mut self, line: &str) -> bool {
        let Some(entries) = &mut self.contents else { return false };
        let bare: String = line.chars().filter(|c| c.is_alphanumeric()).collect();
        let entry = bare
            .trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, 'I' | 'V' | 'X' | 'i' | 'v' | 'x'));
        let is_again = entries.first().is_some_and(|first| first == entry);
        if is_again || line.contains('。') {
            self.contents = None;
            return false;
        }
        entries.push(entry.to_owned());
        true
    }

    /// The section a paragraph begins, and what follows its title, if it begins one.
    fn heading(&mut self, paragraph: &Paragraph) -> Option<(Section, String)> {
        let (typed, text) = (paragraph.number.trim(), normalize::trimmed(&paragraph.text));
        let number = typed.trim_end_matches(['.', '、', '．']);
        let known = known_title(text);
        if number.is_empty() {
            let styled = |part: Part| is_unnumbered(part) || paragraph.level.is_some();
            return match known {
                Some(known) if styled(known.part) || known.rest.is_empty() => Some(known.section("", 1)),
                _ => self.loose_heading(text),
            };
        }
        let above = self.sections.last().map(|section| section.part);
        let is_appendix = number.starts_with("附录") || number.starts_with(|c: char| c.is_ascii_uppercase());
        let Some(level) = paragraph.level else { return self.loose_heading(&paragraph.line()) };
        if level == 1 && !is_appendix && !self.may_be_chapter(number, text, known.is_some()) {
            return None;
        }
        if let Some(known) = known.filter(|_| level == 1 && !is_appendix) {
            return Some(known.section(number, 1));
        }
        let part = match (level, above) {
            _ if is_appendix => Part::Appendix,
            (1, _) | (_, None) => Part::Body,
            (_, Some(part)) => part,
        };
        let is_title = text.chars().count() <= TITLE && !text.contains(SENTENCE);
        let (title, rest) = if is_title { (text, "") } else { ("", text) };
        let section =
            Section { number: number.to_owned(), level, title: title.to_owned(), part, ..Section::default() };
        Some((section, rest.to_owned()))
    }

    /// Whether what has the number of a chapter is one: it follows the last and ends as no item of a list does.
    fn may_be_chapter(&self, number: &str, text: &str, is_known: bool) -> bool {
        let Ok(number) = number.parse::<u32>() else { return true };
        let follows = number > self.chapter && number <= self.chapter.saturating_add(FARTHEST);
        follows && (is_known || !text.ends_with(['；', ';', '。', '，', ',']))
    }

    /// A chapter numbered otherwise than by a number and a blank: `1.范围`, `一、范围`, `1范围`. The first of a text must be one
    /// that every standard has.
    fn loose_heading(&mut self, line: &str) -> Option<(Section, String)> {
        let (number, title) = loose_number(line)?;
        let known = known_title(title);
        let is_next = number == self.chapter.saturating_add(1);
        let is_title = title.chars().count() <= LOOSE_TITLE && !title.contains(SENTENCE) && !title.is_empty();
        if !is_next || !(known.is_some() || (self.is_loose && is_title)) {
            return None;
        }
        self.is_loose = true;
        let number = number.to_string();
        Some(match known {
            Some(known) => known.section(&number, 1),
            None => {
                let title = title.to_owned();
                (Section { number, level: 1, title, part: Part::Body, ..Section::default() }, String::new())
            }
        })
    }
}

impl Section {
    /// Its text, with the title where it has one.
    pub fn text(&self) -> String {
        let lines = self.lines.iter().map(|line| line.text.as_str());
        let all: Vec<&str> =
            std::iter::once(self.title.as_str()).filter(|title| !title.is_empty()).chain(lines).collect();
        all.join("\n")
    }

    /// Characters of its text but for blanks.
    pub fn characters(&self) -> u64 {
        self.characters_of_lines().saturating_add(count(&self.title))
    }

    /// The same without its title.
    pub(super) fn characters_of_lines(&self) -> u64 {
        self.lines.iter().map(|line| count(&line.text)).fold(0, u64::saturating_add)
    }

    /// Whether it is of what the standard requires.
    pub(super) const fn is_binding(&self) -> bool {
        matches!(self.part, Part::Body | Part::Appendix)
    }

    /// Whether an appendix is normative or informative, as it says itself.
    pub fn nature(&self) -> Option<bool> {
        let said = normalize::name(&self.title);
        let (normative, informative) = (said.contains("规范性"), said.contains("资料性"));
        (normative != informative).then_some(normative)
    }
}

/// Characters but for blanks.
fn count(text: &str) -> u64 {
    u64::try_from(text.chars().filter(|c| !c.is_whitespace()).count()).unwrap_or(u64::MAX)
}
