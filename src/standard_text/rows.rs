//! The parts of a text as rows of the tables that rules see. Each table is asked for by its id: a set of declarations without one
//! gets none of its rows.

use std::borrow::Cow;
use std::sync::Arc;

use super::designation;
use super::likeness::SeenTexts;
use super::{
    Caption, CaptionKind, Citation, CitationPlace, Limit, Modal, Part, Provision, Section, StandardText, Term,
};
use crate::document::Document;
use crate::model::row::{RawCell, Rows, TableSink};
use crate::table::table_schema::{Declarations, TableDecl};
use crate::table::{Source, normalize};

/// The text of one listed standard.
#[derive(Clone, Copy, Debug)]
pub struct Listed<'a> {
    /// Name of its file inside the submission.
    pub file: &'a str,
    /// Number of the standard as it is listed.
    pub standard: &'a str,
    /// Its title as it is listed.
    pub title: &'a str,
    /// What it says.
    pub document: &'a Document,
}

/// One row: the paragraph it begins at, and its cells by the ids of their columns.
type Row<'a> = (u32, Vec<(&'static str, Cow<'a, str>)>);

/// Hands the rows of the texts of one submission to a sink, text by text.
#[derive(Debug, Default)]
pub struct Writer {
    seen: SeenTexts,
}

impl Writer {
    /// Hands on the rows of a text.
    pub fn write(&mut self, listed: Listed<'_>, decls: &Declarations, sink: &mut dyn TableSink) {
        let text = StandardText::of(listed.document);
        let alike = self.seen.first_alike(listed.file, listed.standard, &text);
        let tables: [(&str, Vec<Row<'_>>); 6] = [
            ("texts", vec![cover(&text, listed, alike)]),
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

fn cover<'a>(text: &'a StandardText, listed: Listed<'_>, alike: Option<String>) -> Row<'a> {
    let (cover, document) = (&text.cover, listed.document);
    let bare = |text: &str| normalize::name(text).chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let scope = text.sections.iter().find(|section| section.part == Part::Scope);
    let scope = scope.map(|section| {
        let lines = section.lines.iter().flat_map(|line| line.text.split_inclusive('。'));
        let excludes = |line: &&str| ["不适用", "不包括", "不涉及"].iter().any(|word| line.contains(word));
        lines.filter(|line| !excludes(line)).collect::<Vec<_>>().join("\n")
    });
    let title = bare(listed.title);
    let is_titled = !title.is_empty() && bare(&cover.text).contains(&title);
    let day =
        |day: Option<crate::table::date::Date>| day.map(|day| day.to_string()).unwrap_or_default().into();
    let cells = vec![
        ("number", Cow::Borrowed(cover.number.as_str())),
        ("title", Cow::Borrowed(cover.title.as_str())),
        ("issued", day(cover.issued)),
        ("effective", day(cover.effective)),
        ("cover", Cow::Borrowed(cover.text.as_str())),
        ("listed", listed.title.to_owned().into()),
        ("scope", scope.unwrap_or_default().into()),
        ("titled", yes(is_titled)),
        ("alike", alike.unwrap_or_default().into()),
        ("chapters", text.chapters().to_string().into()),
        ("body", text.body().to_string().into()),
        ("bare", text.bare().to_string().into()),
        ("repeated", text.repeated().to_string().into()),
        ("pages", page(document.pages)),
        ("characters", document.characters.to_string().into()),
        ("unreadable", document.unreadable.to_string().into()),
    ];
    (1, cells)
}

fn sections<'a>(text: &'a StandardText) -> Vec<Row<'a>> {
    let row = |(section, content): (&'a Section, u64)| {
        let nature = match section.nature() {
            Some(true) => "normative",
            Some(false) => "informative",
            None => "",
        };
        (
            section.paragraph,
            vec![
                ("number", Cow::Borrowed(section.number.as_str())),
                ("level", section.level.to_string().into()),
                ("title", Cow::Borrowed(section.title.as_str())),
                ("part", Cow::Borrowed(part(section.part))),
                ("nature", Cow::Borrowed(nature)),
                ("expected", section.expected.clone().unwrap_or_default().into()),
                ("mentioned", yes(section.is_mentioned)),
                ("text", section.text().into()),
                ("characters", section.characters().to_string().into()),
                ("content", content.to_string().into()),
                ("page", page(section.page)),
            ],
        )
    };
    text.sections.iter().zip(text.contents()).map(row).collect()
}

fn terms<'a>(text: &'a StandardText) -> Vec<Row<'a>> {
    let row = |term: &'a Term| {
        (
            term.paragraph,
            vec![
                ("section", Cow::Borrowed(term.number.as_str())),
                ("term", Cow::Borrowed(term.term.as_str())),
                ("definition", Cow::Borrowed(term.definition.as_str())),
                (
                    "meaning",
                    term.definition.chars().filter(|c| c.is_alphanumeric()).collect::<String>().into(),
                ),
                ("page", page(term.page)),
            ],
        )
    };
    text.terms.iter().map(row).collect()
}

fn citations<'a>(text: &'a StandardText) -> Vec<Row<'a>> {
    let row = |citation: &'a Citation| {
        let place = match citation.place {
            CitationPlace::List => "list",
            CitationPlace::Text => "text",
            CitationPlace::Aside => "aside",
        };
        (
            citation.paragraph,
            vec![
                ("number", Cow::Borrowed(citation.number.as_str())),
                ("edition", Cow::Borrowed(citation.edition.as_str())),
                ("cited", designation::dated(&citation.number, &citation.edition).into()),
                ("title", Cow::Borrowed(citation.title.as_str())),
                ("place", Cow::Borrowed(place)),
                ("paired", yes(citation.is_paired)),
                ("section", Cow::Borrowed(citation.section.as_str())),
                ("text", Cow::Borrowed(citation.text.as_str())),
                ("page", page(citation.page)),
            ],
        )
    };
    text.citations.iter().map(row).collect()
}

fn captions<'a>(text: &'a StandardText) -> Vec<Row<'a>> {
    let row = |caption: &'a Caption| {
        let kind = match caption.kind {
            CaptionKind::Figure => "figure",
            CaptionKind::Table => "table",
        };
        (
            caption.paragraph,
            vec![
                ("kind", Cow::Borrowed(kind)),
                ("number", Cow::Borrowed(caption.number.as_str())),
                ("title", Cow::Borrowed(caption.title.as_str())),
                ("expected", caption.expected.clone().unwrap_or_default().into()),
                ("mentioned", yes(caption.is_mentioned)),
                ("page", page(caption.page)),
            ],
        )
    };
    text.captions.iter().map(row).collect()
}

fn provisions<'a>(text: &'a StandardText) -> Vec<Row<'a>> {
    let row = |provision: &'a Provision| {
        let force = match provision.modal {
            Modal::Shall => "shall",
            Modal::Should => "should",
            Modal::May => "may",
        };
        let limit =
            |of: fn(&Limit) -> &String| provision.limit.as_ref().map(of).cloned().unwrap_or_default().into();
        (
            provision.paragraph,
            vec![
                ("force", Cow::Borrowed(force)),
                ("section", Cow::Borrowed(provision.section.as_str())),
                ("text", Cow::Borrowed(provision.text.as_str())),
                ("limit", limit(|limit| &limit.subject)),
                ("amount", limit(|limit| &limit.amount)),
                ("page", page(provision.page)),
            ],
        )
    };
    text.provisions.iter().map(row).collect()
}

fn page(page: Option<u32>) -> Cow<'static, str> {
    page.map(|page| page.to_string()).unwrap_or_default().into()
}

const fn yes(is_so: bool) -> Cow<'static, str> {
    Cow::Borrowed(if is_so { "是" } else { "否" })
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
