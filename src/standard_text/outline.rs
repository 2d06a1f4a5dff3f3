//! Chapters and clauses: which paragraphs belong to which, and what each chapter is.

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
pub(super) struct Outline {
    /// Paragraphs before the first chapter.
    pub(super) cover: Vec<Line>,
    pub(super) sections: Vec<Section>,
}

/// Characters that the title of a clause has at most: what is longer is its text.
const TITLE: usize = 40;

/// Signs that end a sentence and no title.
const SENTENCE: [char; 6] = ['。', '；', '：', '，', ';', ':'];

/// The chapters of a document.
pub(super) fn of(document: &Document) -> Outline {
    let mut outline = Outline { cover: Vec::new(), sections: Vec::new() };
    for (at, paragraph) in document.paragraphs.iter().enumerate() {
        let at = u32::try_from(at).unwrap_or(u32::MAX).saturating_add(1);
        match paragraph.place {
            Place::Header | Place::Note | Place::Contents => {}
            Place::Body | Place::Cell { .. } => outline.add(paragraph, at),
        }
    }
    number(&mut outline.sections);
    mention(&mut outline.sections);
    outline
}

/// Notes where a number does not follow the one before it on its level.
fn number(sections: &mut [Section]) {
    let mut last: Vec<Vec<String>> = Vec::new();
    for section in sections.iter_mut().filter(|section| !section.number.is_empty()) {
        let own = parts(&section.number);
        let Some((end, above)) = own.split_last() else { continue };
        let is_sister = |one: &&Vec<String>| {
            one.len() == own.len()
                && one.starts_with(above)
                && one.last().is_some_and(|other| is_letter(other) == is_letter(end))
        };
        let first = || if is_letter(end) { "A" } else { "1" }.to_owned();
        let expected = match last.iter().rev().find(is_sister).and_then(|before| before.last()) {
            Some(before) => next(before),
            None => Some(first()),
        };
        section.expected = expected.filter(|expected| expected != end).map(|expected| {
            let number: Vec<&str> = above.iter().map(String::as_str).chain([expected.as_str()]).collect();
            let number = number.join(".");
            if section.number.starts_with("附录") { format!("附录{number}") } else { number }
        });
        last.push(own);
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

/// Notes of each appendix whether the text before it names it.
fn mention(sections: &mut [Section]) {
    let name = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    let is_appendix = |section: &Section| section.part == Part::Appendix && section.level == 1;
    let told =
        |section: &Section| matches!(section.part, Part::Scope | Part::Terms | Part::Body | Part::Appendix);
    let texts: Vec<(usize, String)> = sections
        .iter()
        .enumerate()
        .filter(|(_, one)| told(one))
        .map(|(at, one)| (at, name(&one.text())))
        .collect();
    for (at, section) in sections.iter_mut().enumerate().filter(|(_, section)| is_appendix(section)) {
        let own = name(&section.number);
        section.is_mentioned = texts.iter().any(|(place, text)| *place != at && text.contains(&own));
    }
}

impl Outline {
    fn add(&mut self, paragraph: &Paragraph, at: u32) {
        let is_cell = matches!(paragraph.place, Place::Cell { .. });
        let above = self.sections.last().map(|section| section.part);
        let heading = if is_cell { None } else { heading(paragraph, above) };
        if let Some(section) = heading {
            self.sections.push(Section { page: paragraph.page, paragraph: at, ..section });
            return;
        }
        let line = Line { text: paragraph.line(), page: paragraph.page, paragraph: at, is_cell };
        match self.sections.last_mut() {
            // The nature and the title of an appendix stand in lines of their own.
            Some(section) if is_unnamed_appendix(section) && !is_cell => {
                section.title.push_str(normalize::trimmed(&line.text));
            }
            Some(section) => section.lines.push(line),
            None => self.cover.push(line),
        }
    }
}

/// Whether a section is an appendix of which the title is still to come.
fn is_unnamed_appendix(section: &Section) -> bool {
    let bare = section.title.trim_end_matches([')', '）']);
    section.part == Part::Appendix
        && section.level == 1
        && section.lines.is_empty()
        && (section.title.is_empty() || (bare.len() < section.title.len() && bare.chars().count() < 9))
}

/// The section a paragraph begins, in the chapter `above`, if it begins one.
fn heading(paragraph: &Paragraph, above: Option<Part>) -> Option<Section> {
    let (number, text) = (paragraph.number.trim(), normalize::trimmed(&paragraph.text));
    if number.is_empty() {
        let part = unnumbered(&normalize::name(text))?;
        return Some(Section { level: 1, title: text.to_owned(), part, ..Section::default() });
    }
    let level = paragraph.level?;
    let is_title = text.chars().count() <= TITLE && !text.contains(SENTENCE);
    let part = match (level, above) {
        _ if number.starts_with("附录") || number.starts_with(|c: char| c.is_ascii_uppercase()) => {
            Part::Appendix
        }
        (1, _) => numbered(&normalize::name(text)),
        (_, Some(part)) => part,
        (_, None) => Part::Body,
    };
    let own = Line { text: text.to_owned(), page: paragraph.page, ..Line::default() };
    let (title, lines) = if is_title { (text.to_owned(), Vec::new()) } else { (String::new(), vec![own]) };
    Some(Section { number: number.to_owned(), level, title, part, lines, ..Section::default() })
}

/// The chapter of a title without a number.
fn unnumbered(title: &str) -> Option<Part> {
    Some(match title {
        "目次" | "目录" => Part::Contents,
        "前言" => Part::Foreword,
        "引言" => Part::Introduction,
        "参考文献" => Part::Bibliography,
        "索引" => Part::Index,
        _ => return None,
    })
}

/// The chapter of a title with a number.
fn numbered(title: &str) -> Part {
    match title {
        "范围" | "适用范围" => Part::Scope,
        "规范性引用文件" | "引用文件" | "引用标准" => Part::References,
        "参考文献" => Part::Bibliography,
        _ if title.starts_with("术语") || title.starts_with("定义") => Part::Terms,
        _ => Part::Body,
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
        let of = |text: &str| text.chars().filter(|c| !c.is_whitespace()).count();
        let all = self.lines.iter().map(|line| of(&line.text)).fold(of(&self.title), usize::saturating_add);
        u64::try_from(all).unwrap_or(u64::MAX)
    }

    /// Whether an appendix is normative or informative, as it says itself.
    pub fn nature(&self) -> Option<bool> {
        let said = normalize::name(&self.title);
        let (normative, informative) = (said.contains("规范性"), said.contains("资料性"));
        (normative != informative).then_some(normative)
    }
}
