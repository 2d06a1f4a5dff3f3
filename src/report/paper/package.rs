//! The package: parts, what each is, and how they hang together, in a ZIP whose bytes depend on nothing else.

use std::io::{self, Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, System, ZipWriter};

use super::section::{FOOTERS, RELATIONS};
use crate::report::xml::Xml;

const CONTENT_TYPES: &str = "http://schemas.openxmlformats.org/package/2006/content-types";
const PACKAGE_RELATIONS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
const PROPERTIES: &str = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties";
const WORD_TYPE: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.";
const CHART_TYPE: &str = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml";
const WORKBOOK_TYPE: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// Parts that hang on the text: path, kind, relation.
const OF_TEXT: [(&str, &str, &str); 3] = [
    ("styles.xml", "styles", "rIdStyles"),
    ("fontTable.xml", "fontTable", "rIdFonts"),
    ("settings.xml", "settings", "rIdSettings"),
];

/// A package being made.
#[derive(Default)]
pub(super) struct Package {
    parts: Vec<(String, Vec<u8>)>,
    charts: usize,
}

/// The relation of a chart of the text.
pub(super) fn chart_relation(number: usize) -> String {
    format!("rIdChart{number}")
}

impl Package {
    /// Takes a part.
    pub(super) fn part(&mut self, path: &str, bytes: &[u8]) {
        self.parts.push((path.to_owned(), bytes.to_vec()));
    }

    /// Takes a chart and the workbook its figures can be edited in.
    pub(super) fn chart(&mut self, number: usize, part: Vec<u8>, workbook: Vec<u8>) -> io::Result<()> {
        self.charts = number;
        self.part(&format!("word/charts/chart{number}.xml"), &part);
        self.part(&format!("word/embeddings/chart{number}.xlsx"), &workbook);
        let target = format!("../embeddings/chart{number}.xlsx");
        let relations = relations(&[("rId1".to_owned(), format!("{RELATIONS}/package"), target)])?;
        self.part(&format!("word/charts/_rels/chart{number}.xml.rels"), &relations);
        Ok(())
    }

    /// Takes title, author and day.
    pub(super) fn properties(&mut self, title: &str, tool: &str, day: &str) -> io::Result<()> {
        let names = [
            ("xmlns:cp", PROPERTIES),
            ("xmlns:dc", "http://purl.org/dc/elements/1.1/"),
            ("xmlns:dcterms", "http://purl.org/dc/terms/"),
            ("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"),
        ];
        let title = crate::report::workbook::display_text(title);
        let part = Xml::document("cp:coreProperties", &names, |xml| {
            xml.text("dc:title", &[], &title)?;
            xml.text("dc:creator", &[], tool)?;
            let date = [("xsi:type", "dcterms:W3CDTF")];
            xml.text("dcterms:created", &date, &format!("{day}T00:00:00Z"))
        })?;
        self.part("docProps/core.xml", &part);
        Ok(())
    }

    /// Its bytes.
    pub(super) fn bytes(self) -> io::Result<Vec<u8>> {
        let types = self.content_types()?;
        let root = relations(&[
            relation("rId1", "officeDocument", "word/document.xml"),
            (
                "rId2".to_owned(),
                format!("{PACKAGE_RELATIONS}/metadata/core-properties"),
                "docProps/core.xml".to_owned(),
            ),
        ])?;
        let of_text = self.of_text()?;
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        let first = [
            ("[Content_Types].xml".to_owned(), types),
            ("_rels/.rels".to_owned(), root),
            ("word/_rels/document.xml.rels".to_owned(), of_text),
        ];
        for (path, bytes) in first.into_iter().chain(self.parts) {
            let options = SimpleFileOptions::default()
                .compression_method(CompressionMethod::Deflated)
                .last_modified_time(DateTime::default())
                .system(System::Dos);
            zip.start_file(path, options).map_err(io::Error::other)?;
            zip.write_all(&bytes)?;
        }
        Ok(zip.finish().map_err(io::Error::other)?.into_inner())
    }

    fn content_types(&self) -> io::Result<Vec<u8>> {
        Xml::document("Types", &[("xmlns", CONTENT_TYPES)], |xml| {
            for (ending, kind) in [
                ("rels", "application/vnd.openxmlformats-package.relationships+xml"),
                ("xml", "application/xml"),
                ("xlsx", WORKBOOK_TYPE),
            ] {
                xml.empty("Default", &[("Extension", ending), ("ContentType", kind)])?;
            }
            self.parts.iter().filter_map(|(path, _)| Some((path, content_type(path)?))).try_for_each(
                |(path, kind)| {
                    xml.empty("Override", &[("PartName", &format!("/{path}")), ("ContentType", &kind)])
                },
            )
        })
    }

    fn of_text(&self) -> io::Result<Vec<u8>> {
        let mut all: Vec<_> = OF_TEXT.iter().map(|(path, kind, id)| relation(id, kind, path)).collect();
        let within_word = |path: &'static str| path.trim_start_matches("word/");
        all.extend(FOOTERS.iter().map(|footer| relation(footer.id, "footer", within_word(footer.part))));
        all.extend(
            (1..=self.charts).map(|number| {
                relation(&chart_relation(number), "chart", &format!("charts/chart{number}.xml"))
            }),
        );
        relations(&all)
    }
}

/// What a part is, where its ending does not say it.
fn content_type(path: &str) -> Option<String> {
    let word = |kind: &str| Some(format!("{WORD_TYPE}{kind}+xml"));
    match path {
        "word/document.xml" => word("document.main"),
        "docProps/core.xml" => Some("application/vnd.openxmlformats-package.core-properties+xml".to_owned()),
        path if path.starts_with("word/footer") => word("footer"),
        path if path.starts_with("word/charts/chart") => Some(CHART_TYPE.to_owned()),
        path => OF_TEXT
            .iter()
            .find(|(part, ..)| path.strip_prefix("word/") == Some(part))
            .and_then(|(_, kind, _)| word(kind)),
    }
}

fn relation(id: &str, kind: &str, target: &str) -> (String, String, String) {
    (id.to_owned(), format!("{RELATIONS}/{kind}"), target.to_owned())
}

fn relations(all: &[(String, String, String)]) -> io::Result<Vec<u8>> {
    Xml::document("Relationships", &[("xmlns", PACKAGE_RELATIONS)], |xml| {
        all.iter().try_for_each(|(id, kind, target)| {
            xml.empty("Relationship", &[("Id", id), ("Type", kind), ("Target", target)])
        })
    })
}
