//! Official papers (公文) in Office Open XML: page, type sizes and page numbers of GB/T 9704, headings, tables, charts that
//! can be edited in Word, WPS and `LibreOffice`; every text from data a text and nothing else, the same bytes each time.
//!
//! ```text
//! output/docx ─▶ Paper ─┬─ paragraph, table, chart frame ─▶ word/document.xml
//!                       ├─ chart ─▶ word/charts/…, word/embeddings/…
//!                       └─ style, section ─▶ word/styles.xml … ─▶ package ─▶ bytes
//! ```

mod chart;
mod chart_frame;
mod numeral;
mod package;
mod paragraph;
mod section;
mod style;
mod table;

use std::io;

pub(super) use self::chart::{Chart, Fill, Series};
use self::numeral::Numbering;
use self::package::Package;
pub(super) use self::table::{Align, Column, Row, clipped};
use super::workbook::Stamp;
use super::xml::Xml;
use crate::model::text::Lang;

/// A paper being written. It may hold several documents, each with page numbers from 1.
pub(crate) struct Paper {
    lang: Lang,
    body: Xml,
    numbering: Numbering,
    charts: Vec<Chart>,
    title: String,
    tool: String,
    /// The day it says it was made on, ISO.
    day: String,
    /// Whether something was written since the last document ended.
    begun: bool,
}

impl Paper {
    /// An empty paper with this title in its properties. It says that it was made on the day on which dates were judged: the
    /// same input gives the same bytes.
    pub(crate) fn new(title: &str, stamp: &Stamp) -> Self {
        Self {
            lang: stamp.lang,
            body: Xml::default(),
            numbering: Numbering::default(),
            charts: Vec::new(),
            title: title.to_owned(),
            tool: stamp.tool.clone(),
            day: stamp.as_of.clone(),
            begun: false,
        }
    }

    /// The language it is written in.
    pub(crate) const fn lang(&self) -> Lang {
        self.lang
    }

    /// Begins a document: the one before, if any, ends with its page, and page numbers begin again.
    pub(crate) fn document(&mut self, title: &str) -> io::Result<()> {
        if self.begun {
            paragraph::section_end(&mut self.body)?;
        }
        self.begun = true;
        self.numbering = Numbering::default();
        paragraph::title(&mut self.body, title, self.lang)
    }

    /// A heading of the first level, with its number.
    pub(crate) fn heading(&mut self, text: &str) -> io::Result<()> {
        let number = self.numbering.first(self.lang);
        paragraph::styled(&mut self.body, style::HEADING_1, &format!("{number}{text}"), self.lang)
    }

    /// A heading of the second level, with its number.
    pub(crate) fn subheading(&mut self, text: &str) -> io::Result<()> {
        let number = self.numbering.second(self.lang);
        paragraph::styled(&mut self.body, style::HEADING_2, &format!("{number}{text}"), self.lang)
    }

    /// A paragraph.
    pub(crate) fn text(&mut self, text: &str) -> io::Result<()> {
        paragraph::styled(&mut self.body, style::BODY, text, self.lang)
    }

    /// The last paragraph before a signature.
    pub(crate) fn last_text(&mut self, text: &str) -> io::Result<()> {
        paragraph::last(&mut self.body, text, self.lang)
    }

    /// A paragraph with a number of the third level, whose beginning stands out.
    pub(crate) fn point(&mut self, lead: &str, text: &str) -> io::Result<()> {
        let number = self.numbering.third();
        paragraph::lead(&mut self.body, (&number, lead), text, self.lang)
    }

    /// A paragraph that begins at the margin, such as whom the paper is for.
    pub(crate) fn addressed(&mut self, text: &str) -> io::Result<()> {
        paragraph::styled(&mut self.body, style::ADDRESS, text, self.lang)
    }

    /// A line in small type: what a table or chart says, where figures come from.
    pub(crate) fn note(&mut self, text: &str) -> io::Result<()> {
        paragraph::styled(&mut self.body, style::NOTE, text, self.lang)
    }

    /// Lines at the right below which a seal is set: who signs, and the day.
    pub(crate) fn signature(&mut self, lines: &[&str]) -> io::Result<()> {
        paragraph::styled(&mut self.body, style::SIGNATURE, "", self.lang)?;
        lines.iter().try_for_each(|line| paragraph::styled(&mut self.body, style::SIGNATURE, line, self.lang))
    }

    /// An annex on a page of its own: its name and its title.
    pub(crate) fn annex(&mut self, name: &str, title: &str) -> io::Result<()> {
        paragraph::annex(&mut self.body, name, self.lang)?;
        paragraph::title(&mut self.body, title, self.lang)
    }

    /// A table with its number and caption above it; without a caption it has no number.
    pub(crate) fn table(&mut self, caption: &str, columns: &[Column], rows: &[Row]) -> io::Result<()> {
        if !caption.is_empty() {
            let caption = self.numbering.table(caption, self.lang);
            paragraph::styled(&mut self.body, style::CAPTION, &caption, self.lang)?;
        }
        table::write(&mut self.body, columns, (rows, table::PLAIN), self.lang)
    }

    /// A table to be signed: its rows are high, and what follows stands on the same page.
    pub(crate) fn signing_table(
        &mut self,
        caption: &str,
        columns: &[Column],
        rows: &[Row],
    ) -> io::Result<()> {
        paragraph::styled(&mut self.body, style::CAPTION, caption, self.lang)?;
        table::write(&mut self.body, columns, (rows, table::SIGNED), self.lang)
    }

    /// A chart with its number and caption below it.
    pub(crate) fn chart(&mut self, chart: Chart) -> io::Result<()> {
        let number = self.charts.len().saturating_add(1);
        chart_frame::write(&mut self.body, &chart, number)?;
        let caption = self.numbering.figure(&chart.title, self.lang);
        self.charts.push(chart);
        paragraph::styled(&mut self.body, style::FIGURE, &caption, self.lang)
    }

    /// Its bytes.
    pub(crate) fn bytes(self) -> io::Result<Vec<u8>> {
        let document = section::document(self.body)?;
        let mut package = Package::default();
        package.part("word/document.xml", &document);
        package.part("word/styles.xml", &style::styles(self.lang)?);
        package.part("word/fontTable.xml", &style::fonts()?);
        package.part("word/settings.xml", &section::settings(self.lang)?);
        for (name, text) in section::footers()? {
            package.part(name, &text);
        }
        package.properties(&self.title, &self.tool, &self.day)?;
        for (number, chart) in (1..).zip(&self.charts) {
            package.chart(number, chart.part(self.lang)?, chart.workbook(&self.day)?)?;
        }
        package.bytes()
    }
}
