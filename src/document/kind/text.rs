//! Kinds of text, and the encoding it is in.

use encoding_rs::Encoding;

use super::FileKind;
use crate::document::charset;

/// The text of the start of a file with its encoding, unless it is no text.
pub(super) fn decode(sample: &[u8], is_whole: bool) -> Option<(String, &'static Encoding)> {
    let encoding = charset::detect(sample, is_whole)?;
    let (text, _) = encoding.decode_without_bom_handling(charset::without_mark(sample));
    let text = text.trim_start_matches('\u{feff}');
    is_plain(text).then(|| (text.to_owned(), encoding))
}

/// Characters that no text has, in so many that this is none: one in this many.
const ODD: usize = 200;

/// Characters that could not be decoded, in so many that this is no text.
const DAMAGED: usize = 20;

/// Whether characters are those of text: few control characters, and few that could not be decoded.
fn is_plain(text: &str) -> bool {
    let is_odd = |c: &char| {
        (c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{c}' | '\u{1a}' | '\u{85}'))
            || ('\u{e000}'..='\u{f8ff}').contains(c)
    };
    let odd = text.chars().filter(is_odd).count();
    let damaged = text.chars().filter(|c| *c == char::REPLACEMENT_CHARACTER).count();
    let all = text.chars().count();
    !text.contains('\0') && odd.saturating_mul(ODD) <= all && damaged.saturating_mul(DAMAGED) <= all
}

/// The kind of a text by how it begins.
pub(super) fn kind(text: &str, encoding: &'static Encoding) -> FileKind {
    let start = text.trim_start();
    let lower: String = start.chars().take(4_096).collect::<String>().to_ascii_lowercase();
    if start.starts_with("{\\rtf") {
        return FileKind::Rtf;
    }
    if lower.starts_with("mime-version:") || lower.starts_with("from: <saved by") {
        return FileKind::Mhtml;
    }
    if is_html(&lower) {
        return FileKind::Html;
    }
    if lower.starts_with("<?xml") {
        const DOCUMENTS: [&str; 5] =
            ["word.document", "office/word/2003/wordml", "uof:uof", "schemas.uof.org", "opendocument.text"];
        let is_document = DOCUMENTS.iter().any(|sign| lower.contains(sign));
        let is_sheet = lower.contains("excel.sheet") || lower.contains("office:spreadsheet");
        return if is_document {
            FileKind::FlatXml
        } else if is_sheet {
            FileKind::Workbook
        } else {
            FileKind::Xml
        };
    }
    if is_markdown(text) { FileKind::Markdown } else { FileKind::Text(encoding) }
}

/// Whether a page begins, also one that does without the declaration.
fn is_html(lower: &str) -> bool {
    const FIRST: [&str; 14] = [
        "<!doctype html",
        "<html",
        "<head",
        "<body",
        "<title",
        "<meta",
        "<p",
        "<div",
        "<table",
        "<h1",
        "<h2",
        "<style",
        "<span",
        "<center",
    ];
    let mut start = lower;
    while let Some(comment) = start.strip_prefix("<!--") {
        start = comment.split_once("-->").map_or("", |(_, after)| after).trim_start();
    }
    let is_tag = |name: &str| {
        let rest = start.strip_prefix(name);
        rest.is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_alphanumeric()))
    };
    FIRST.iter().any(|name| is_tag(name)) || (start.starts_with("<?xml") && start.contains("<html"))
}

/// Whether headings are marked as Markdown does: two of them, or one on the first line.
fn is_markdown(text: &str) -> bool {
    let mut lines = text.lines().filter(|line| !line.trim().is_empty());
    let first = lines.next().is_some_and(|line| heading(line).is_some());
    let others = lines.filter(|line| heading(line).is_some()).take(2).count();
    first || others > 1
}

/// The level and the text of a heading of Markdown.
pub(in crate::document) fn heading(line: &str) -> Option<(u8, &str)> {
    let text = line.trim_start_matches('#');
    let level = u8::try_from(line.len().checked_sub(text.len())?).ok()?;
    let title = text.strip_prefix([' ', '\t', '\u{3000}'])?.trim();
    ((1..=6).contains(&level) && !title.is_empty()).then(|| (level, title.trim_end_matches('#').trim_end()))
}
