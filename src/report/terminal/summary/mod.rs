//! What a run came to: one line for each organization, or for many of them how their scores are spread, what they
//! fail, where they stand, and the counts. The counts come last, where the reader's eye is when the program has ended.

mod failures;
mod places;
mod ranking;
mod scores;

use crate::model::catalog::Catalog;
use crate::model::report::Report;
use crate::model::summary::Summary;
use crate::model::text::Lang;
use crate::report::page::Page;
use crate::report::paint::Ink;
use crate::report::words;

use super::{TerminalOptions, grids, since};

/// Fewer organizations are seen at a glance: means and bands would say less than their scores, and their worst grids
/// are told with them.
const MANY: usize = 5;

/// The summary; only the lines of the organizations where `quiet`.
pub(super) fn write(page: &mut Page, report: &Report, catalog: &Catalog, options: &TerminalOptions) {
    if options.quiet || report.organizations.len() < 2 {
        ranking::lines(page, &report.organizations);
    } else {
        compare(page, &report.summary, catalog, options.top());
    }
    if !options.quiet && report.summary.organizations > 1 {
        page.blank();
        counts(page, &report.summary);
        since::of_all(page, &report.organizations);
    }
}

/// How organizations compare.
fn compare(page: &mut Page, summary: &Summary, catalog: &Catalog, top: usize) {
    page.divide();
    page.heading(page.pick("汇总", "Summary"));
    if summary.ranking.len() >= MANY {
        scores::bands(page, summary);
        scores::tables(page, summary, catalog);
    }
    failures::write(page, summary, top);
    if summary.ranking.len() >= MANY {
        grids::of_run(page, summary, top);
    }
    places::levels(page, summary);
    places::regions(page, summary, top);
    places::irregular(page, summary);
    ranking::write(page, summary, top);
}

fn counts(page: &mut Page, all: &Summary) {
    let assessed = all.qualified.saturating_add(all.unqualified).saturating_add(all.open);
    let rate = words::percent(all.qualified, assessed);
    let text = match page.lang {
        Lang::Zh => format!(
            "共 {} 个单位：合格 {}，不合格 {}，待定 {}，无法读取 {}；合格率 {rate}",
            all.organizations, all.qualified, all.unqualified, all.open, all.unreadable
        ),
        Lang::En => format!(
            "{} organizations: {} qualified, {} unqualified, {} open, {} unreadable; {rate} qualified",
            all.organizations, all.qualified, all.unqualified, all.open, all.unreadable
        ),
    };
    page.paragraph(0, &text, Ink::Bold);
}
