//! Lines of a page, in the order one reads them.

use encoding_rs::{GB18030, WINDOWS_1252};
use pdfboss_output::{Block, Cell, Line as Drawn, PageLayout};

use crate::document::characters::is_wide;
use crate::document::content::{Document, Remark};

/// A page with its lines.
pub(super) struct PageLines {
    /// Its number, from 1.
    pub(super) number: u32,
    pub(super) items: Vec<Item>,
}

/// Something on a page.
#[derive(Clone)]
pub(super) enum Item {
    /// A line of text.
    Line(Line),
    /// A line at the top or foot that other pages have too.
    Head(String),
    /// A table: rows of cells.
    Table(Vec<Vec<String>>),
}

/// A line of text. Lengths are in points.
#[derive(Clone, Debug, Default)]
pub(super) struct Line {
    pub(super) text: String,
    /// Depth of the heading that its size makes it, from 1.
    pub(super) level: Option<u8>,
    pub(super) left: f32,
    pub(super) right: f32,
    pub(super) size: f32,
}

impl PageLines {
    pub(super) fn new(number: u32, layout: PageLayout, document: &mut Document) -> Self {
        let mut items = Vec::new();
        for block in layout.blocks {
            match block {
                Block::Heading { lines, .. } | Block::Paragraph { lines, .. } => {
                    items.extend(lines.iter().map(|line| Item::Line(Line::new(line, document))));
                }
                Block::List { items: listed, .. } => {
                    let lines = listed.iter().flat_map(|item| &item.lines);
                    items.extend(lines.map(|line| Item::Line(Line::new(line, document))));
                }
                Block::Table { rows, .. } => push_table(&rows, &mut items, document),
            }
        }
        items.retain(|item| !matches!(item, Item::Line(line) if line.text.trim().is_empty()));
        if is_vertical(&items) {
            document.remark(Remark::Vertical);
        }
        Self { number, items }
    }
}

impl Line {
    fn new(line: &Drawn, document: &mut Document) -> Self {
        Self { text: text(line, document), level: None, left: line.x, right: line.end_x, size: line.size }
    }
}

/// Whether most lines are single characters: vertical text that was drawn as such.
fn is_vertical(items: &[Item]) -> bool {
    const SOME: usize = 20;
    let is_single =
        |item: &&Item| matches!(item, Item::Line(line) if line.text.trim().chars().nth(1).is_none());
    let single = items.iter().filter(is_single).count();
    single >= SOME && single.saturating_mul(2) > items.len()
}

/// A table; its title, which may stand close enough to be taken for a row, is a line again.
fn push_table(rows: &[Vec<Cell>], items: &mut Vec<Item>, document: &mut Document) {
    let mut cells: Vec<Vec<String>> = rows
        .iter()
        .map(|row| {
            row.iter()
                .map(|cell| cell.line.as_ref().map_or_else(String::new, |line| text(line, document)))
                .collect()
        })
        .collect();
    let is_title = |row: &Vec<String>| {
        row.first().is_some_and(|cell| is_caption(cell)) && row.iter().any(String::is_empty)
    };
    if cells.first().is_some_and(is_title) {
        let title = cells.remove(0).concat();
        items.push(Item::Line(Line { text: title, ..Line::default() }));
    }
    items.push(Item::Table(cells));
}

/// Whether a text begins as the title of a table does.
fn is_caption(text: &str) -> bool {
    let rest = text.strip_prefix(['表', '图']).map(str::trim_start);
    rest.is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit() || c.is_ascii_uppercase()))
}

/// The text of a line; one in bytes of GB18030 that its font calls Latin letters is decoded.
fn text(line: &Drawn, document: &mut Document) -> String {
    let text: String = line.inlines.iter().map(|inline| inline.text.as_str()).collect();
    match reencode(&text) {
        Some(text) => {
            document.remark(Remark::Reencoded);
            text
        }
        None => text,
    }
}

/// Latin letters with accents as the ideographs whose bytes they are: such letters come in pairs then, and become
/// ideographs in use.
fn reencode(text: &str) -> Option<String> {
    let is_high = |c: char| !c.is_ascii();
    let high = text.chars().filter(|c| is_high(*c)).count();
    if high < 4 || text.chars().any(is_wide) {
        return None;
    }
    let (bytes, _, is_lossy) = WINDOWS_1252.encode(text);
    let decoded =
        GB18030.decode_without_bom_handling_and_without_replacement(&bytes).filter(|_| !is_lossy)?;
    let is_usual = |c: char| matches!(c, '\u{3000}'..='\u{303f}' | '\u{4e00}'..='\u{9fff}' | '\u{ff00}'..='\u{ffef}' | '\u{2010}'..='\u{203f}');
    let (made, usual) =
        decoded.chars().filter(|c| is_high(*c)).fold((0_usize, 0_usize), |(made, usual), c| {
            (made.saturating_add(1), usual.saturating_add(usize::from(is_usual(c))))
        });
    // Two bytes a character, nearly all of them in use.
    (usual.saturating_mul(10) >= made.saturating_mul(9) && made.saturating_mul(9) <= high.saturating_mul(5))
        .then(|| decoded.into_owned())
}

/// The text without the blanks that stand for gaps between ideographs, or between these and digits.
pub(super) fn squeeze(text: &str) -> String {
    let characters: Vec<char> = text.trim().chars().collect();
    let mut squeezed = String::with_capacity(text.len());
    let mut at = 0;
    while let Some(c) = characters.get(at) {
        let end =
            characters.iter().skip(at).position(|c| *c != ' ').map_or(characters.len(), |length| at + length);
        let next = characters.get(end);
        let last = squeezed.chars().next_back();
        if *c == ' ' {
            if let (Some(last), Some(next)) = (last, next) {
                let is_gap = |c: char| is_wide(c) || c.is_ascii_digit();
                let drops = (is_wide(last) && is_gap(*next)) || (is_gap(last) && is_wide(*next));
                squeezed.push_str(if drops { "" } else { " " });
            }
            at = end;
        } else {
            squeezed.push(*c);
            at += 1;
        }
    }
    squeezed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_between_ideographs_are_no_blanks() {
        for (text, is) in [
            ("第 5 章第 1 条：主管 部门", "第5章第1条：主管部门"),
            ("按 GB/T  2260 的规定", "按 GB/T 2260的规定"),
            ("标识　identifier code", "标识　identifier code"),
            ("前 言 ", "前言"),
        ] {
            assert_eq!(squeeze(text), is);
        }
    }

    #[test]
    fn bytes_that_fonts_call_letters_are_decoded() {
        let (bytes, ..) = GB18030.encode("1 范围：编码规则");
        let (wrong, _) = WINDOWS_1252.decode_without_bom_handling(&bytes);
        assert_eq!(reencode(&wrong).as_deref(), Some("1 范围：编码规则"));
        for text in ["naïve café résumé", "Ärger über Öl", "范围é", "plain"] {
            assert_eq!(reencode(text), None, "{text}");
        }
    }
}
