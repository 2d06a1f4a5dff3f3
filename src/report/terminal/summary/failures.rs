//! What organizations fail most often.

use crate::model::summary::{Failure, FailureKind, Summary};
use crate::report::page::Page;
use crate::report::paint::Ink;
use crate::report::table::{Align, Cell, Table, cell};
use crate::report::words;

/// The most frequent failures, half of the lines for points and half for clauses. What a single organization fails
/// is told with it.
pub(super) fn write(page: &mut Page, summary: &Summary, top: usize) {
    let frequent = summary.failures.iter().filter(|failure| failure.organizations > 1);
    let (clauses, scored): (Vec<_>, Vec<_>) =
        frequent.partition(|failure| failure.kind == FailureKind::Clause);
    let assessed = summary.ranking.len();
    let heading = page.pick("最常见的失分", "Points are lost most often for").to_owned();
    list(page, &heading, &scored, assessed, top.div_ceil(2));
    let heading = page.pick("最常不符合的条款", "Clauses failed most often").to_owned();
    list(page, &heading, &clauses, assessed, top.div_ceil(2));
}

fn list(page: &mut Page, heading: &str, failures: &[&Failure], assessed: usize, top: usize) {
    if failures.is_empty() {
        return;
    }
    page.heading(heading);
    let points = failures.iter().any(|failure| failure.points > 0);
    let mut heads = vec![("单位", "Number"), ("占比", "Share")];
    heads.extend(points.then_some(("共失分", "Points")));
    heads.extend([("编号", "Id"), ("应当做到", "What should be so")]);
    let mut rows = vec![heads.iter().map(|(zh, en)| cell(page.pick(zh, en), Ink::Dim)).collect()];
    rows.extend(failures.iter().take(top).map(|failure| line(page, failure, assessed, points)));
    let numbers = [Align::Right].repeat(if points { 3 } else { 2 });
    let aligns = numbers.into_iter().chain([Align::Left]).collect();
    page.table(&Table { aligns, rows, head: true, ..Table::default() });
    page.more(2, failures.len().saturating_sub(top));
}

fn line(page: &Page, failure: &Failure, assessed: usize, points: bool) -> Vec<Cell> {
    let aside = match failure.kind {
        FailureKind::Item => page.pick("（整项缺失）", " (nothing there)"),
        FailureKind::Award => page.pick("（未得满分）", " (not in full)"),
        FailureKind::Requirement | FailureKind::Clause => "",
    };
    let mut cells = vec![
        cell(failure.organizations.to_string(), Ink::Plain),
        cell(words::percent(failure.organizations, assessed), Ink::Plain),
    ];
    let lost = if failure.points == 0 { "0".to_owned() } else { format!("-{}", failure.points) };
    cells.extend(points.then(|| cell(lost, if failure.points == 0 { Ink::Dim } else { Ink::Red })));
    cells.push(cell(words::clause(&failure.target, page.lang), Ink::Plain));
    cells.push(cell(format!("{}{aside}", page.get(&failure.title)), Ink::Plain));
    cells
}
