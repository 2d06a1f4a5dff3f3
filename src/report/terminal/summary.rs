//! One line for each organization, and the counts over all.

use crate::model::report::{Organization, Report};
use crate::model::text::Lang;
use crate::report::page::Page;
use crate::report::paint::Ink;
use crate::report::table::{Align, Cell, Table, cell};
use crate::report::words;

use super::score::verdict_ink;

/// The lines; a whole table where there are several organizations. It comes last, where the reader's eye is when
/// the program has ended.
pub(super) fn write(page: &mut Page, report: &Report, quiet: bool) {
    let many = report.organizations.len() > 1;
    if !quiet && many {
        page.heading(page.pick("汇总", "Summary"));
    }
    let mut rows: Vec<_> = report.organizations.iter().map(|one| line(page, one)).collect();
    if !quiet && many {
        let heads = [("单位", "Organization"), ("层级", "Level"), ("得分", "Score"), ("结论", "Verdict")];
        rows.insert(0, heads.iter().map(|(zh, en)| cell(page.pick(zh, en), Ink::Dim)).collect());
    }
    let aligns = vec![Align::Left, Align::Left, Align::Right];
    page.table(&Table { aligns, rows, head: !quiet && many, ..Table::default() });
    if !quiet && (many || report.summary.unreadable > 0) {
        page.blank();
        let counts = counts(page, report);
        page.paragraph(0, &counts, Ink::Bold);
    }
}

fn line(page: &Page, organization: &Organization) -> Vec<Cell> {
    let (score, verdict) = (&organization.score, organization.verdict);
    let name = if organization.name.is_empty() { &organization.submission.path } else { &organization.name };
    vec![
        cell(name, Ink::Bold),
        cell(words::level(&organization.level, page.lang), Ink::Plain),
        cell(words::range(score.low, score.high, page.lang), Ink::Plain),
        cell(
            format!("{} {}", words::sign(verdict), words::verdict(verdict, page.lang)),
            verdict_ink(verdict),
        ),
    ]
}

fn counts(page: &Page, report: &Report) -> String {
    let all = &report.summary;
    match page.lang {
        Lang::Zh => format!(
            "共 {} 个单位：合格 {}，不合格 {}，待定 {}，无法读取 {}",
            all.organizations, all.qualified, all.unqualified, all.open, all.unreadable
        ),
        Lang::En => format!(
            "{} organizations: {} qualified, {} unqualified, {} open, {} unreadable",
            all.organizations, all.qualified, all.unqualified, all.open, all.unreadable
        ),
    }
}
