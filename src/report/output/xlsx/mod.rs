//! A workbook to print, sign and hand on: the score sheet in the layout of Appendix A, what is to be put right, the same by
//! department; of a batch ranking, heat map, common failures.
//!
//! ```text
//! one organization ─▶ score_sheet, rectification, departments ─▶ book
//! several ──────────▶ batch (ranking, heat_map, failures, unassessed), one long list; of a few each one's sheets
//! ```

mod attachments;
mod batch;
mod departments;
mod evidence;
mod failures;
mod heat_map;
mod paging;
mod plan;
mod rectification;
mod score_head;
mod score_lines;
mod score_sheet;
mod score_sums;

use std::io;

use self::batch::BatchBook;
use super::csv::file_name;
use super::{Out, ReportWriter};
use crate::model::report::{Organization, Report};
use crate::model::text::Lang;
use crate::report::attachment;
use crate::report::plan::TITLE;
use crate::report::summary::Titles;
use crate::report::words::pick;
use crate::report::workbook::{Book, Stamp};

/// Organizations whose own sheets stand in the workbook of a batch: more than these nobody turns over.
const FEW: usize = 20;

/// Writes workbooks.
pub(super) struct XlsxWriter {
    lang: Lang,
    stamp: Stamp,
    /// Organizations whose sheets may stand in the workbook of all.
    held: Vec<Organization>,
    batch: Option<BatchBook>,
    /// Organizations so far.
    count: usize,
}

impl XlsxWriter {
    pub(super) fn new(lang: Lang) -> Self {
        Self { lang, stamp: Stamp::default(), held: Vec::new(), batch: None, count: 0 }
    }

    /// The workbook of all so far, begun with those that were held.
    fn batch(&mut self) -> io::Result<BatchBook> {
        if let Some(batch) = self.batch.take() {
            return Ok(batch);
        }
        let mut batch = BatchBook::begin(&self.stamp)?;
        self.held.iter().try_for_each(|one| batch.add(one, &self.stamp))?;
        Ok(batch)
    }
}

impl ReportWriter for XlsxWriter {
    fn begin(&mut self, run: &Report, _: &mut Out<'_>) -> io::Result<()> {
        self.stamp = Stamp::of(run, self.lang);
        Ok(())
    }

    fn organization(&mut self, one: &Organization, out: &mut Out<'_>) -> io::Result<()> {
        self.count = self.count.saturating_add(1);
        if out.target.is_folder() {
            out.target.begin_file(&file_name(self.count, &one.id, &one.name, "xlsx"))?;
            out.target.write(&alone(one, out.titles, &self.stamp)?)?;
        }
        if self.count > 1 || out.target.is_folder() {
            let mut batch = self.batch()?;
            batch.add(one, &self.stamp)?;
            self.batch = Some(batch);
        }
        if self.count <= FEW {
            self.held.push(one.clone());
        } else {
            self.held.clear();
        }
        Ok(())
    }

    fn end(&mut self, report: &Report, out: &mut Out<'_>) -> io::Result<()> {
        let is_folder = out.target.is_folder();
        let whole = report.unreadable.is_empty() && report.not_assessed.is_empty();
        if let (None, [one], true) = (&self.batch, self.held.as_slice(), whole) {
            return out.target.write(&alone(one, out.titles, &self.stamp)?);
        }
        let batch = self.batch()?;
        if is_folder {
            out.target.begin_file(pick(self.lang, "汇总.xlsx", "summary.xlsx"))?;
            self.held.clear();
        }
        out.target.write(&batch.finish(report, &self.held, out.titles, &self.stamp)?)
    }
}

/// The workbook of one organization.
fn alone(one: &Organization, titles: Titles<'_>, stamp: &Stamp) -> io::Result<Vec<u8>> {
    let lang = stamp.lang;
    let mut book = Book::new(&one.name, stamp)?;
    let sheet = score_sheet::write(one, titles, stamp, &book)?;
    book.add(sheet, pick(lang, "评分表", "Score sheet"))?;
    let sheet = rectification::write(one, stamp, &book)?;
    book.add(sheet, pick(lang, "整改清单", "To put right"))?;
    let sheet = departments::write(one, stamp, &book)?;
    book.add(sheet, pick(lang, "部门问题", "By department"))?;
    if let Some(plan) = &one.plan {
        let sheet = plan::write((one, plan), titles.catalog, stamp, &book)?;
        book.add(sheet, pick(lang, TITLE.0, TITLE.1))?;
    }
    if let Some(all) = &one.attachments {
        let sheet = attachments::write(one, all, stamp, &book)?;
        book.add(sheet, pick(lang, attachment::TITLE.0, attachment::TITLE.1))?;
    }
    book.bytes()
}
