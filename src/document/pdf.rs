//! PDF: the text layer, page by page, as lines that are made into paragraphs again.

mod guard;
mod headings;
mod line;
mod paragraphs;
mod running;

use pdfboss_core::{Document as File, Error, Immediate, OcState, Page, block_on};
use pdfboss_output::{FontCache, ReadingOrder, Ruling, TextSpan};

use line::PageLines;

use super::budget::Budget;
use super::collector::Collector;
use super::content::{Document, Remark};
use super::error::Problem;
use super::kind::FileKind;
use super::limit::Limit;
use super::reader::DocumentReader;
use super::source::Source;

/// Reads PDF.
pub(super) struct Pdf;

impl DocumentReader for Pdf {
    fn read(
        &self,
        source: &mut Source<'_>,
        kind: FileKind,
        budget: &mut Budget,
    ) -> Result<Document, Problem> {
        let mut bytes = source.whole(Limit::Pdf)?;
        guard::check(&bytes, budget)?;
        guard::widen(&mut bytes);
        let is_whole = guard::is_whole(&bytes);
        let file = File::load(bytes)?;
        let count = file.flattened_page_count();
        if count == 0 {
            return Err(Problem::Damaged("no pages".to_owned()));
        }
        if u64::try_from(count).unwrap_or(u64::MAX) > Limit::Pages.most() {
            return Err(Limit::Pages.into());
        }
        let mut document = Document::new(kind);
        document.pages = u32::try_from(count).ok();
        let title = file.metadata().title.map(|title| title.trim().to_owned());
        document.title = title.filter(|title| !title.is_empty() && title != "untitled");
        if file.is_encrypted() {
            document.remark(Remark::Encrypted);
        }
        if !is_whole {
            document.remark(Remark::Truncated);
        }
        let mut reading = Reading {
            file: &file,
            fonts: FontCache::default(),
            layers: file.oc_state(),
            empty: Empty::default(),
        };
        let mut pages = reading.pages(count, &mut document, budget)?;
        reading.empty.note(&mut document, pages.iter().any(|page| !page.items.is_empty()))?;
        headings::rank(&mut pages);
        let mut collector = Collector::new(document, budget);
        paragraphs::collect(running::strip(pages), &mut collector)?;
        collector.finish()
    }
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        match error {
            Error::Encrypted => Self::Encrypted,
            other => Self::Damaged(other.to_string()),
        }
    }
}

/// Pages without text that have pictures or drawings, from 1.
#[derive(Default)]
struct Empty {
    drawn: Vec<u32>,
}

impl Empty {
    /// Notes them; without text on any page there is nothing to read.
    fn note(self, document: &mut Document, has_text: bool) -> Result<(), Problem> {
        let pages = document.pages.unwrap_or(0);
        match (has_text, self.drawn.is_empty()) {
            (false, true) => Err(Problem::Blank { pages: Some(pages) }),
            (false, false) => Err(Problem::NoTextLayer { pages }),
            (true, _) => {
                document.pages_without_text = self.drawn;
                Ok(())
            }
        }
    }
}

/// One file that is read.
struct Reading<'f> {
    file: &'f File,
    fonts: FontCache,
    layers: Option<OcState>,
    empty: Empty,
}

/// A page as the library takes it: its text, its rules, and the order the text is in.
type Extracted = (Vec<TextSpan>, Vec<Ruling>, ReadingOrder);

impl Reading<'_> {
    /// The lines of all pages. Each is laid out by itself: of a whole document the library would do so on threads, which
    /// cannot be counted, and panics where none can be had.
    fn pages(
        &mut self,
        count: usize,
        document: &mut Document,
        budget: &mut Budget,
    ) -> Result<Vec<PageLines>, Problem> {
        let mut pages = Vec::new();
        for at in 0..count {
            budget.clock()?;
            let number = u32::try_from(at).unwrap_or(u32::MAX).saturating_add(1);
            let Ok(page) = self.file.page(at) else {
                document.remark(Remark::Truncated);
                continue;
            };
            let (spans, rulings, order) = self.extract(&page, number, document)?;
            let layout = pdfboss_output::page_layout_with_rulings(&spans, &rulings, order);
            pages.push(PageLines::new(number, layout, document));
        }
        Ok(pages)
    }

    /// The text of a page with where it stands.
    fn extract(&mut self, page: &Page, number: u32, document: &mut Document) -> Result<Extracted, Problem> {
        let order = ReadingOrder::Content;
        let (mut spans, mut rulings, report) =
            block_on(pdfboss_text::extract_spans_and_rulings_reporting_cached_with(
                Immediate(self.file),
                page,
                &self.fonts,
                self.layers.as_ref(),
                None,
                order,
            ))?;
        if u64::try_from(spans.len()).unwrap_or(u64::MAX) > Limit::Spans.most() {
            return Err(Limit::Spans.into());
        }
        pdfboss_output::retain_spans_on_page(&mut spans, page);
        pdfboss_output::retain_rulings_on_page(&mut rulings, page);
        if !report.is_complete() {
            document.remark(Remark::Truncated);
        }
        let has = |what: fn(&TextSpan) -> bool| spans.iter().any(what);
        if has(|span| span.vertical) {
            document.remark(Remark::Vertical);
        }
        if has(|span| span.invisible && !span.text.trim().is_empty()) {
            document.remark(Remark::Recognized);
        }
        if !has(|span| !span.text.trim().is_empty()) {
            self.note_empty(page, number, spans.is_empty());
        }
        Ok((spans, rulings, report.order))
    }

    /// Notes a page without text: a picture of one, or blank. Text that is shown and gives nothing is a picture too.
    fn note_empty(&mut self, page: &Page, number: u32, gives_nothing: bool) {
        let images = pdfboss_text::placed_images_reporting_cached(self.file, page, &self.fonts);
        let has_images = images.is_ok_and(|(images, _)| !images.is_empty());
        let is_drawn =
            || page.content(self.file).is_ok_and(|content| guard::is_drawn(&content, gives_nothing));
        if has_images || is_drawn() {
            self.empty.drawn.push(number);
        }
    }
}
