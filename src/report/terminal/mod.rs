//! The report as a person reads it on a screen: what was scored, what is missing, what is wrong and where.

mod at_once;
mod basis;
mod detail;
mod findings;
mod grids;
mod left_out;
mod packs;
mod score;
mod since;
mod summary;

use crate::model::catalog::Catalog;
use crate::model::report::Report;
use crate::model::text::Lang;

use super::page::Page;
use super::paint::Ink;
use super::plan;

pub(super) use self::score::verdict_ink;

/// How to show it.
#[derive(Clone, Copy, Debug)]
pub struct TerminalOptions {
    /// Language of the reader.
    pub lang: Lang,
    /// Whether colours are wanted.
    pub color: bool,
    /// One line for each organization and nothing else.
    pub quiet: bool,
    /// Columns of the terminal.
    pub width: usize,
    /// Lines of each list of a summary, and organizations shown one by one; 0 for all.
    pub top: usize,
}

impl TerminalOptions {
    const fn top(&self) -> usize {
        if self.top == 0 { usize::MAX } else { self.top }
    }
}

/// The report as text. `catalog` gives the titles.
pub fn render(report: &Report, catalog: &Catalog, options: &TerminalOptions) -> String {
    let mut page = Page::new(options.lang, options.color, options.width);
    if options.quiet {
        basis::unmasked(&mut page, report);
    } else {
        basis::write(&mut page, report);
        one_by_one(&mut page, report, catalog, options);
        packs::write(&mut page, report, options.top());
    }
    summary::write(&mut page, report, catalog, options);
    page.finish()
}

/// Each organization; but of very many only that there are too many.
fn one_by_one(page: &mut Page, report: &Report, catalog: &Catalog, options: &TerminalOptions) {
    let count = report.organizations.len();
    if count > options.top() {
        let text = match page.lang {
            Lang::Zh => format!("{count} 个单位，只列汇总；各单位的详情用 --top 0 全部列出，或写入 -o json"),
            Lang::En => format!(
                "{count} organizations, summary only; --top 0 shows each of them, -o json writes all that was found"
            ),
        };
        page.blank();
        page.paragraph(0, &text, Ink::Dim);
        return;
    }
    for organization in &report.organizations {
        if count > 1 {
            page.divide();
        } else {
            page.blank();
        }
        score::heading(page, organization);
        at_once::write(page, organization, options.top());
        score::write(page, organization, catalog, options.top);
        since::write(page, organization, options.top());
        plan::section(page, organization, catalog);
        detail::items(page, organization, catalog);
        detail::structure(page, organization);
        findings::write(page, organization, options.top);
        grids::of_organization(page, organization, options.top());
        left_out::write(page, organization, options.top);
        page.blank();
    }
}
