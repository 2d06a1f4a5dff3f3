//! The report as a person reads it on a screen: what was scored, what is missing, what is wrong and where.

mod detail;
mod findings;
mod score;
mod summary;

use crate::model::catalog::Catalog;
use crate::model::report::Report;
use crate::model::text::{Lang, Text};

use super::page::Page;

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
}

/// The report as text. `catalog` gives the titles.
pub fn render(report: &Report, catalog: &Catalog, options: &TerminalOptions) -> String {
    let mut page = Page::new(options.lang, options.color, options.width);
    if !options.quiet {
        for organization in &report.organizations {
            if report.organizations.len() > 1 {
                page.divide();
            }
            score::write(&mut page, organization, catalog);
            detail::items(&mut page, organization, catalog);
            detail::structure(&mut page, organization);
            findings::write(&mut page, organization);
            page.blank();
        }
    }
    summary::write(&mut page, report, options.quiet);
    page.finish()
}

/// The title of a table, item or requirement; empty where the catalog has none, as for a report of another pack.
fn title<'a>(catalog: &'a Catalog, target: &str) -> Option<&'a Text> {
    let table = catalog.tables.iter().find(|table| table.id == target).map(|table| &table.title);
    table
        .or_else(|| catalog.item(target).map(|item| &item.title))
        .or_else(|| catalog.requirement(target).map(|requirement| &requirement.title))
}
