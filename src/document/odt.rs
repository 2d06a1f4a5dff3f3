//! ODT: the parts of a text of `LibreOffice` or WPS.

mod body;
mod lists;
mod styles;

use body::Body;
use styles::Styles;

use super::budget::Budget;
use super::collector::Collector;
use super::content::Document;
use super::error::Problem;
use super::kind::FileKind;
use super::markup::{Markup, Node, number};
use super::package::Package;
use super::reader::DocumentReader;
use super::source::Source;

/// Reads ODT.
pub(super) struct Odt;

impl DocumentReader for Odt {
    fn read(
        &self,
        source: &mut Source<'_>,
        kind: FileKind,
        budget: &mut Budget,
    ) -> Result<Document, Problem> {
        let mut package = Package::open(source)?;
        if is_encrypted(&mut package, budget)? {
            return Err(Problem::Encrypted);
        }
        let text = package.required("content.xml", budget)?;
        let shared = package.part("styles.xml", budget)?.unwrap_or_default();
        let mut styles = Styles::default();
        styles.read(&shared, budget)?;
        styles.read(&text, budget)?;
        let mut document = Document::new(kind);
        properties(&mut package, &mut document, budget)?;
        let mut collector = Collector::new(document, budget);
        let pages = Body::read(&text, &styles, &mut collector)?;
        Body::read(&shared, &styles, &mut collector)?;
        let mut document = collector.finish()?;
        // Pages that break by themselves are noted by LibreOffice alone; where they do not add up, none is known.
        if document.pages != Some(pages) {
            document.paragraphs.iter_mut().for_each(|paragraph| paragraph.page = None);
        }
        Ok(document)
    }
}

/// Whether the list of parts says how they are encrypted.
fn is_encrypted(package: &mut Package<'_>, budget: &mut Budget) -> Result<bool, Problem> {
    let Some(text) = package.part("META-INF/manifest.xml", budget)? else { return Ok(false) };
    let mut markup = Markup::new(&text);
    loop {
        match markup.next(budget)? {
            Node::Start(element) if element.local_name().as_ref() == "encryption-data" => return Ok(true),
            Node::Eof => return Ok(false),
            _ => {}
        }
    }
}

/// The title, and the number of pages that `LibreOffice` counted.
fn properties(
    package: &mut Package<'_>,
    document: &mut Document,
    budget: &mut Budget,
) -> Result<(), Problem> {
    let Some(text) = package.part("meta.xml", budget)? else { return Ok(()) };
    let mut markup = Markup::new(&text);
    loop {
        match markup.next(budget)? {
            Node::Start(element) => match element.local_name().as_ref() {
                "title" => {
                    let title = markup.text(budget)?.trim().to_owned();
                    document.title = Some(title).filter(|title| !title.is_empty());
                }
                "document-statistic" => {
                    document.pages = number(&element, "page-count").filter(|pages| *pages > 0);
                }
                _ => {}
            },
            Node::Eof => return Ok(()),
            _ => {}
        }
    }
}
