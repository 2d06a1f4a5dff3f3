//! Plain text and Markdown: a line is a paragraph.

use encoding_rs::Encoding;

use super::budget::Budget;
use super::charset;
use super::collector::{Collector, Draft};
use super::content::{Document, Place, Remark};
use super::error::Problem;
use super::kind::{FileKind, heading};
use super::limit::Limit;
use super::reader::DocumentReader;
use super::source::Source;

/// Reads plain text and Markdown.
pub(super) struct Plain;

impl DocumentReader for Plain {
    fn read(
        &self,
        source: &mut Source<'_>,
        kind: FileKind,
        budget: &mut Budget,
    ) -> Result<Document, Problem> {
        let bytes = source.whole(Limit::File)?;
        let begun = if let FileKind::Text(encoding) = kind { encoding } else { encoding_rs::UTF_8 };
        let encoding = whole_encoding(&bytes, begun);
        let kind = if let FileKind::Text(_) = kind { FileKind::Text(encoding) } else { kind };
        let (text, is_lossy) = charset::decode(&bytes, encoding);
        let mut document = Document::new(kind);
        if is_lossy {
            document.remark(Remark::Truncated);
        }
        let mut collector = Collector::new(document, budget);
        if kind == FileKind::Markdown {
            markdown(&text, &mut collector)?;
        } else {
            lines(&text, &mut collector)?;
        }
        collector.finish()
    }
}

/// The encoding of all bytes; one that fits their start alone where none fits all.
fn whole_encoding(bytes: &[u8], begun: &'static Encoding) -> &'static Encoding {
    charset::detect(bytes, true).unwrap_or(begun)
}

fn lines(text: &str, collector: &mut Collector<'_>) -> Result<(), Problem> {
    for line in text.split(['\n', '\r', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}']) {
        collector.budget.element()?;
        collector.push(Draft { text: line.to_owned(), ..Draft::default() })?;
    }
    Ok(())
}

/// Headings have their level, rows of tables are cells, and the rest is text as it stands.
fn markdown(text: &str, collector: &mut Collector<'_>) -> Result<(), Problem> {
    let mut table: Option<(u32, u32)> = None;
    let mut is_code = false;
    for line in text.lines() {
        collector.budget.element()?;
        let trimmed = line.trim();
        if trimmed.starts_with("```") {
            is_code = !is_code;
            continue;
        }
        let cells = trimmed.strip_prefix('|').filter(|_| !is_code).map(|row| row.trim_end_matches('|'));
        let Some(cells) = cells else {
            table = None;
            let (level, text) =
                heading(line).filter(|_| !is_code).map_or((None, line), |(level, text)| (Some(level), text));
            collector.push(Draft { level, text: text.to_owned(), ..Draft::default() })?;
            continue;
        };
        if cells.chars().all(|c| matches!(c, '-' | ':' | '|' | ' ')) {
            continue;
        }
        let (number, row) = table.unwrap_or_else(|| (collector.table(), 0));
        let row = row.saturating_add(1);
        table = Some((number, row));
        for (column, cell) in (1_u32..).zip(cells.split('|')) {
            let place = Place::Cell { table: number, row, column };
            collector.push(Draft { text: cell.to_owned(), place, ..Draft::default() })?;
        }
    }
    Ok(())
}

#[cfg(test)]
#[expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]
mod tests {
    use std::io::Cursor;

    use super::*;

    fn read(bytes: &[u8]) -> Document {
        let mut cursor = Cursor::new(bytes.to_vec());
        let kind = FileKind::of(&mut cursor).unwrap();
        Plain.read(&mut Source::new(&mut cursor).unwrap(), kind, &mut Budget::new()).unwrap()
    }

    #[test]
    fn a_line_is_a_paragraph_in_any_encoding() {
        let text = "1　范围\r\n\r\n本文件规定了编码规则。\r\n";
        for bytes in [text.as_bytes().to_vec(), encoding_rs::GB18030.encode(text).0.into_owned()] {
            let document = read(&bytes);
            let lines: Vec<_> =
                document.paragraphs.iter().map(|p| (p.number.as_str(), p.text.as_str())).collect();
            assert_eq!(lines, [("1", "范围"), ("", "本文件规定了编码规则。")]);
        }
    }

    #[test]
    fn markdown_has_headings_and_cells() {
        let document = read("# 总则 #\n## 1.1 范围\n| 序号 | 名称 |\n|---|---|\n| 1 | 甲 |\n".as_bytes());
        let shown: Vec<_> = document.paragraphs.iter().map(|p| (p.level, p.text.as_str(), p.place)).collect();
        let cell = |row, column| Place::Cell { table: 1, row, column };
        assert_eq!(
            shown,
            [
                (Some(1), "总则", Place::Body),
                (Some(2), "范围", Place::Body),
                (None, "序号", cell(1, 1)),
                (None, "名称", cell(1, 2)),
                (None, "1", cell(2, 1)),
                (None, "甲", cell(2, 2)),
            ]
        );
    }

    #[test]
    fn a_character_that_is_cut_is_told() {
        let bytes = "本文件规定了编码规则".as_bytes();
        let document = read(&bytes[..bytes.len() - 1]);
        assert!(document.has(Remark::Truncated));
        assert_eq!(document.unreadable, 1);
    }
}
