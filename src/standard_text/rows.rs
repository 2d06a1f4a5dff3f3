//! The parts of a text as rows of the tables that rules see. Each table is asked for by its id: a set of declarations without one
//! gets none of its rows.

use std::borrow::Cow;
use std::sync::Arc;

use super::{CaptionKind, CitationPlace, Modal, Part, StandardText};
use crate::document::Document;
use crate::model::row::{RawCell, Rows, TableSink};
use crate::table::Source;
use crate::table::table_schema::{Declarations, TableDecl};

/// The text of one listed standard.
#[derive(Clone, Copy, Debug)]
pub struct Listed<'a> {
    /// Name of its file inside the submission.
    pub file: &'a str,
    /// Number of the standard as it is listed.
    pub standard: &'a str,
    /// What it says.
    pub document: &'a Document,
}

/// One row: the paragraph it begins at, and its cells by the ids of their columns.
type Row<'a> = (u32, Vec<(&'static str, Cow<'a, str>)>);

/// Hands the rows of a text to `sink`.
pub fn write(listed: Listed<'_>, decls: &Declarations, sink: &mut dyn TableSink) {
    let text = StandardText::of(listed.document);
    let tables: [(&str, Vec<Row<'_>>); 6] = [
        ("texts", vec![cover(&text, listed.document)]),
        ("sections", sections(&text)),
        ("terms", terms(&text)),
        ("citations", citations(&text)),
        ("captions", captions(&text)),
        ("provisions", provisions(&text)),
    ];
    for (id, rows) in tables {
        let Some(decl) = decls.table(id).filter(|decl| decl.derived) else { continue };
        table(decl, listed, rows, sink);
    }
}

fn table(decl: &Arc<TableDecl>, listed: Listed<'_>, all: Vec<Row<'_>>, sink: &mut dyn TableSink) {
    let header = |(at, column): (u32, &str)| Some((at, column.to_owned()));
    let columns = (1_u32..).zip(decl.columns.iter().map(|column| column.zh.as_str()));
    let source = Arc::new(Source { file: listed.file.to_owned(), sheet: None });
    sink.begin(decl, source, columns.map(header).collect());
    let mut rows = Rows::new(decl.columns.len());
    for (paragraph, cells) in all {
        rows.push(paragraph.max(1));
        let own = [("file", Cow::Borrowed(listed.file)), ("standard", Cow::Borrowed(listed.standard))];
        for (id, cell) in own.into_iter().chain(cells).filter(|(_, cell)| !cell.is_empty()) {
            if let Some(at) = decl.position(id) {
                rows.fill(at, RawCell::Text(cell));
            }
        }
    }
    sink.rows(&rows);
}

fn cover<'a>(text: &'a StandardText, document: &Document) -> Row<'a> {
    let cover = &text.cover;
    let day =
        |day: Option<crate::table::date::Date>| day.map(|day| day.to_string()).unwrap_or_default().into();
    let cells = vec![
        ("number", Cow::Borrowed(cover.number.as_str())),
        ("title", Cow::Borrowed(cover.title.as_str())),
        ("issued", day(cover.issued)),
        ("effective", day(cover.effective)),
        ("cover", Cow::Borrowed(cover.text.as_str())),
        ("pages", page(document.pages)),
        ("characters", document.characters.to_string().into()),
        ("unreadable", document.unreadable.to_string().into()),
    ];
    (1, cells)
}

fn sections(text: &StandardText) -> Vec<Row<'_>> {
    let row = |section: &'_ super::Section| {
        let nature = match section.nature() {
            Some(true) => "normative",
            Some(false) => "informative",
            None => "",
        };
        (
            section.paragraph,
            vec![
                ("number", Cow::Owned(section.number.clone())),
                ("level", section.level.to_string().into()),
                ("title", Cow::Owned(section.title.clone())),
                ("part", Cow::Borrowed(part(section.part))),
                ("nature", Cow::Borrowed(nature)),
                ("text", section.text().into()),
                ("characters", section.characters().to_string().into()),
                ("page", page(section.page)),
            ],
        )
    };
    text.sections.iter().map(row).collect()
}

fn terms(text: &StandardText) -> Vec<Row<'_>> {
    let row = |term: &'_ super::Term| {
        (
            term.paragraph,
            vec![
                ("section", Cow::Owned(term.number.clone())),
                ("term", Cow::Owned(term.term.clone())),
                ("definition", Cow::Owned(term.definition.clone())),
                ("page", page(term.page)),
            ],
        )
    };
    text.terms.iter().map(row).collect()
}

fn citations(text: &StandardText) -> Vec<Row<'_>> {
    let row = |citation: &'_ super::Citation| {
        let place = match citation.place {
            CitationPlace::List => "list",
            CitationPlace::Text => "text",
            CitationPlace::Aside => "aside",
        };
        let cited = match citation.edition.as_str() {
            "" => citation.number.clone(),
            edition => format!("{}-{edition}", citation.number),
        };
        (
            citation.paragraph,
            vec![
                ("number", Cow::Owned(citation.number.clone())),
                ("edition", Cow::Owned(citation.edition.clone())),
                ("cited", cited.into()),
                ("title", Cow::Owned(citation.title.clone())),
                ("place", Cow::Borrowed(place)),
                ("section", Cow::Owned(citation.section.clone())),
                ("text", Cow::Owned(citation.text.clone())),
                ("page", page(citation.page)),
            ],
        )
    };
    text.citations.iter().map(row).collect()
}

fn captions(text: &StandardText) -> Vec<Row<'_>> {
    let row = |caption: &'_ super::Caption| {
        let kind = match caption.kind {
            CaptionKind::Figure => "figure",
            CaptionKind::Table => "table",
        };
        (
            caption.paragraph,
            vec![
                ("kind", Cow::Borrowed(kind)),
                ("number", Cow::Owned(caption.number.clone())),
                ("title", Cow::Owned(caption.title.clone())),
                ("page", page(caption.page)),
            ],
        )
    };
    text.captions.iter().map(row).collect()
}

fn provisions(text: &StandardText) -> Vec<Row<'_>> {
    let row = |provision: &'_ super::Provision| {
        let force = match provision.modal {
            Modal::Shall => "shall",
            Modal::Should => "should",
            Modal::May => "may",
        };
        (
            provision.paragraph,
            vec![
                ("force", Cow::Borrowed(force)),
                ("section", Cow::Owned(provision.section.clone())),
                ("text", Cow::Owned(provision.text.clone())),
                ("page", page(provision.page)),
            ],
        )
    };
    text.provisions.iter().map(row).collect()
}

fn page(page: Option<u32>) -> Cow<'static, str> {
    page.map(|page| page.to_string()).unwrap_or_default().into()
}

const fn part(part: Part) -> &'static str {
    match part {
        Part::Contents => "contents",
        Part::Foreword => "foreword",
        Part::Introduction => "introduction",
        Part::Scope => "scope",
        Part::References => "references",
        Part::Terms => "terms",
        Part::Body => "body",
        Part::Appendix => "appendix",
        Part::Bibliography => "bibliography",
        Part::Index => "index",
    }
}
