//! PDF: the text layer, page by page, as lines that are made into paragraphs again.

mod guard;
mod headings;
mod line;
mod paragraphs;
mod running;
mod shows;

use std::collections::HashSet;

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
            silent: HashSet::new(),
        };
        let mut pages = reading.pages(count, &mut document, budget)?;
        headings::rank(&mut pages);
        let pages = running::strip(pages);
        reading.note_empty(&pages, &mut document, budget)?;
        let mut collector = Collector::new(document, budget);
        paragraphs::collect(pages, &mut collector)?;
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

/// One file that is read.
struct Reading<'f> {
    file: &'f File,
    fonts: FontCache,
    layers: Option<OcState>,
    /// Pages, from 1, that show nothing or text that gives nothing.
    silent: HashSet<u32>,
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
            shows::check(self.file, &page, budget)?;
            let Ok((spans, rulings, order)) = self.extract(&page, number, document)? else {
                document.remark(Remark::Truncated);
                continue;
            };
            budget.hold(0, spans.iter().map(|span| span.text.chars().count()).sum())?;
            let layout = pdfboss_output::page_layout_with_rulings(&spans, &rulings, order);
            let page = PageLines::new(number, layout, document);
            budget.hold(page.items.len(), 0)?;
            pages.push(page);
        }
        if pages.is_empty() {
            return Err(Problem::Damaged("no page can be read".to_owned()));
        }
        Ok(pages)
    }

    /// The text of a page with where it stands, or what is wrong with that page.
    fn extract(
        &mut self,
        page: &Page,
        number: u32,
        document: &mut Document,
    ) -> Result<Result<Extracted, Error>, Problem> {
        let order = ReadingOrder::Content;
        let extracted = block_on(pdfboss_text::extract_spans_and_rulings_reporting_cached_with(
            Immediate(self.file),
            page,
            &self.fonts,
            self.layers.as_ref(),
            None,
            order,
        ));
        let (mut spans, mut rulings, report) = match extracted {
            Ok(extracted) => extracted,
            Err(error) => return Ok(Err(error)),
        };
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
        if spans.is_empty() {
            self.silent.insert(number);
        }
        Ok(Ok((spans, rulings, report.order)))
    }

    /// Notes the pages that have no text but heads and numbers, as stamped on scans; where all are such there is nothing to
    /// read.
    fn note_empty(
        &self,
        pages: &[PageLines],
        document: &mut Document,
        budget: &Budget,
    ) -> Result<(), Problem> {
        for page in pages.iter().filter(|page| !running::has_text(page)) {
            budget.clock()?;
            if self.is_drawn(page.number) {
                document.pages_without_text.push(page.number);
            }
        }
        if pages.iter().any(running::has_text) {
            return Ok(());
        }
        let pages = document.pages;
        Err(if document.pages_without_text.is_empty() {
            Problem::Blank { pages }
        } else {
            Problem::NoTextLayer { pages }
        })
    }

    /// Whether a page without text is a picture of one, rather than blank. Text that is shown and gives nothing is a picture
    /// too.
    fn is_drawn(&self, number: u32) -> bool {
        let at = usize::try_from(number.saturating_sub(1)).unwrap_or(usize::MAX);
        let Ok(page) = self.file.page(at) else { return false };
        let images = pdfboss_text::placed_images_reporting_cached(self.file, &page, &self.fonts);
        let counts_text = self.silent.contains(&number);
        images.is_ok_and(|(images, _)| !images.is_empty())
            || page.content(self.file).is_ok_and(|content| guard::is_drawn(&content, counts_text))
    }
}
