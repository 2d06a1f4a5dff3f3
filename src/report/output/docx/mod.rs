//! Papers as an office hands them on: of one organization the assessment report and the opinion on rectification, or the
//! report of its self-evaluation; of several the circular.
//!
//! ```text
//! Organization ─▶ tally ─┬─ assessment ──────┬─ result, problems, advice, annexes ─▶ Paper
//!                        ├─ self_evaluation ─┤
//!                        └─ opinion ─────────┘
//! Summary ─▶ circular ─▶ Paper
//! Organization ─▶ evaluation_plan ─▶ Paper, before a team comes
//! ```

mod advice;
mod annexes;
mod assessment;
mod circular;
mod evaluation_plan;
mod opinion;
mod phrase;
mod problems;
mod ranking;
mod result;
mod self_evaluation;
mod tally;

use std::io;

pub(super) use self::evaluation_plan::EvaluationPlanWriter;
use super::csv::file_name;
use super::{Out, ReportWriter};
use crate::model::report::{Organization, Report};
use crate::model::text::Lang;
use crate::report::paper::Paper;
use crate::report::summary::Titles;
use crate::report::words::pick;
use crate::report::workbook::Stamp;

/// What the papers of an organization are made of.
#[derive(Clone, Copy)]
struct Subject<'a> {
    one: &'a Organization,
    /// What holds for the run.
    run: &'a Report,
    stamp: &'a Stamp,
    titles: Titles<'a>,
    lang: Lang,
}

/// Writes one of the papers of an organization.
type WritePaper = fn(&mut Paper, Subject<'_>) -> io::Result<()>;

/// A paper on one organization: its name in Chinese and English, and what writes it.
type Kind = (&'static str, &'static str, WritePaper);

const OF_TEAM: [Kind; 2] =
    [("评估报告", "assessment", assessment::write), ("整改意见书", "opinion", opinion::write)];
const OF_ITSELF: [Kind; 1] = [("自我评价报告", "self-evaluation", self_evaluation::write)];

/// Writes papers.
pub(super) struct PaperWriter {
    lang: Lang,
    /// What holds for the run.
    run: Option<Report>,
    stamp: Stamp,
    /// Organizations so far.
    count: usize,
    /// The first of them.
    first: Option<Organization>,
}

impl PaperWriter {
    pub(super) fn new(lang: Lang) -> Self {
        Self { lang, run: None, stamp: Stamp::default(), count: 0, first: None }
    }

    /// A paper that holds these, one after the other.
    fn paper(&self, one: &Organization, titles: Titles<'_>, kinds: &[Kind]) -> io::Result<Vec<u8>> {
        let run = self.run.as_ref().ok_or(io::ErrorKind::InvalidInput)?;
        let subject = Subject { one, run, stamp: &self.stamp, titles, lang: self.lang };
        let mut paper = Paper::new(&one.name, &self.stamp);
        kinds.iter().try_for_each(|(_, _, write)| write(&mut paper, subject))?;
        paper.bytes()
    }

    /// The papers of an organization in this run.
    fn kinds(&self) -> &'static [Kind] {
        if self.run.as_ref().is_some_and(|run| run.self_evaluation) { &OF_ITSELF } else { &OF_TEAM }
    }
}

impl ReportWriter for PaperWriter {
    fn begin(&mut self, run: &Report, _: &mut Out<'_>) -> io::Result<()> {
        self.stamp = Stamp::of(run, self.lang);
        self.run = Some(run.clone());
        Ok(())
    }

    fn organization(&mut self, one: &Organization, out: &mut Out<'_>) -> io::Result<()> {
        self.count = self.count.saturating_add(1);
        if out.target.is_folder() {
            for kind in self.kinds() {
                let ending = format!("{}.docx", pick(self.lang, kind.0, kind.1));
                out.target.begin_file(&file_name(self.count, &one.id, &one.name, &ending))?;
                out.target.write(&self.paper(one, out.titles, std::slice::from_ref(kind))?)?;
            }
        }
        self.first.get_or_insert_with(|| one.clone());
        Ok(())
    }

    fn end(&mut self, report: &Report, out: &mut Out<'_>) -> io::Result<()> {
        let is_one = self.count == 1 && report.unreadable.is_empty() && report.not_assessed.is_empty();
        match &self.first {
            Some(_) if is_one && out.target.is_folder() => Ok(()),
            Some(one) if is_one => out.target.write(&self.paper(one, out.titles, self.kinds())?),
            first => {
                if out.target.is_folder() {
                    out.target.begin_file(pick(self.lang, "通报.docx", "circular.docx"))?;
                }
                let title = pick(self.lang, "评估结果通报", "Circular on the results of the assessment");
                let mut paper = Paper::new(title, &self.stamp);
                circular::write(&mut paper, (report, first.as_ref()), out.titles, &self.stamp)?;
                out.target.write(&paper.bytes()?)
            }
        }
    }
}
