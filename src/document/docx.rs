//! DOCX: the parts of a document of Word and WPS.

mod body;
mod numbering;
mod styles;

use body::{Body, Context};
use numbering::Numbering;
use styles::Styles;

use super::budget::Budget;
use super::collector::Collector;
use super::content::{Document, Place};
use super::error::Problem;
use super::kind::FileKind;
use super::markup::{Markup, Node, attribute};
use super::package::{self, Package};
use super::reader::DocumentReader;
use super::source::Source;

/// Reads DOCX.
pub(super) struct Docx;

/// A part that another one refers to.
struct Relation {
    /// What it is, the end of its type.
    kind: String,
    target: String,
}

impl DocumentReader for Docx {
    fn read(
        &self,
        source: &mut Source<'_>,
        kind: FileKind,
        budget: &mut Budget,
    ) -> Result<Document, Problem> {
        let mut package = Package::open(source)?;
        let main = relations(&mut package, "", budget)?
            .into_iter()
            .find(|relation| relation.kind == "officeDocument")
            .map_or_else(|| "word/document.xml".to_owned(), |relation| relation.target);
        let related = relations(&mut package, &main, budget)?;
        let target = |kind: &str| related.iter().find(|one| one.kind == kind).map(|one| one.target.clone());
        let styles = target("styles").unwrap_or_else(|| package::resolve(&main, "styles.xml"));
        let styles = package
            .part(&styles, budget)?
            .map_or(Ok(Styles::default()), |part| Styles::read(&part, budget))?;
        let numbering = target("numbering").unwrap_or_else(|| package::resolve(&main, "numbering.xml"));
        let mut numbering = package
            .part(&numbering, budget)?
            .map_or(Ok(Numbering::default()), |part| Numbering::read(&part, budget))?;
        numbering.link(&styles);
        let text = package.required(&main, budget)?;
        let properties = Properties::read(&mut package, budget)?;
        let mut context = Context { styles: &styles, numbering: &mut numbering };
        let mut collector = Collector::new(Document::new(kind), budget);
        let breaks = Body::read(&text, Place::Body, &mut context, &mut collector)?;
        for relation in &related {
            let place = match relation.kind.as_str() {
                "footnotes" | "endnotes" => Place::Note,
                "header" | "footer" => Place::Header,
                _ => continue,
            };
            if let Some(part) = package.part(&relation.target, collector.budget)? {
                Body::read(&part, place, &mut context, &mut collector)?;
            }
        }
        let mut document = properties.finish(collector)?;
        place_pages(&mut document, breaks);
        Ok(document)
    }
}

/// Pages are known only where the program that saved the document noted where each ends.
fn place_pages(document: &mut Document, breaks: u32) {
    if document.pages != Some(breaks.saturating_add(1)) {
        document.paragraphs.iter_mut().for_each(|paragraph| paragraph.page = None);
    }
}

/// The parts that a part refers to; those of the package without one.
fn relations(package: &mut Package<'_>, from: &str, budget: &mut Budget) -> Result<Vec<Relation>, Problem> {
    let (folder, name) = from.rsplit_once('/').unwrap_or(("", from));
    let part = package::resolve("", &format!("{folder}/_rels/{name}.rels"));
    let Some(text) = package.part(&part, budget)? else { return Ok(Vec::new()) };
    let (mut markup, mut relations) = (Markup::new(&text), Vec::new());
    loop {
        match markup.next(budget)? {
            Node::Start(element) if element.local_name().as_ref() == "Relationship" => {
                let of = |name| attribute(&element, name).unwrap_or_default();
                if of("TargetMode") != "External" {
                    let kind = of("Type").rsplit('/').next().unwrap_or_default().to_owned();
                    relations.push(Relation { kind, target: package::resolve(from, &of("Target")) });
                }
            }
            Node::Eof => return Ok(relations),
            _ => {}
        }
    }
}

/// What the properties of a document say.
#[derive(Default)]
struct Properties {
    title: Option<String>,
    pages: Option<u32>,
    characters: Option<u64>,
}

impl Properties {
    fn read(package: &mut Package<'_>, budget: &mut Budget) -> Result<Self, Problem> {
        let mut properties = Self::default();
        for part in ["docProps/app.xml", "docProps/core.xml"] {
            let Some(text) = package.part(part, budget)? else { continue };
            let mut markup = Markup::new(&text);
            loop {
                match markup.next(budget)? {
                    Node::Start(element) => match element.local_name().as_ref() {
                        "title" => properties.title = Some(markup.text(budget)?),
                        "Pages" => properties.pages = markup.text(budget)?.trim().parse().ok(),
                        "Characters" => properties.characters = markup.text(budget)?.trim().parse().ok(),
                        _ => {}
                    },
                    Node::Eof => break,
                    _ => {}
                }
            }
        }
        Ok(properties)
    }

    /// The document with its properties. A number of pages is believed where the number of characters beside it fits
    /// the text: programs that do not lay out pages leave what stood there before.
    fn finish(self, mut collector: Collector<'_>) -> Result<Document, Problem> {
        collector.document.title =
            self.title.map(|title| title.trim().to_owned()).filter(|title| !title.is_empty());
        let (said, read) = (self.characters.unwrap_or(0), collector.document.characters);
        let fits = said > read.div_euclid(2) && said < read.saturating_mul(2).max(100);
        collector.document.pages = self.pages.filter(|pages| *pages > 0 && fits);
        collector.finish()
    }
}
