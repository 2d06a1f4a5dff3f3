//! How the scores are spread: by bands of the full mark, and by table.

use crate::model::catalog::Catalog;
use crate::model::summary::{Band, Summary, TableScores, Verdicts};
use crate::report::page::Page;
use crate::report::paint::{AGAINST, Ink, OPEN, SURE};
use crate::report::table::{Align, Cell, Table, cell};
use crate::report::terminal::score::bar;
use crate::report::words;

/// Signs of the longest bar.
const LONGEST: usize = 40;

/// A bar for each band of scores, the best first.
pub(super) fn bands(page: &mut Page, summary: &Summary) {
    page.heading(page.pick("得分分布（按确定的得分）", "Scores (points for sure)"));
    let most = summary.bands.iter().map(|band| band.verdicts.total()).max().unwrap_or(0);
    let key = page.pick("#合格 ?待定 x不合格", "# qualified ? open x unqualified");
    let head = [("得分", "Points"), ("单位", "Number")].map(|(zh, en)| cell(page.pick(zh, en), Ink::Dim));
    let mut rows = vec![head.into_iter().chain([cell(key, Ink::Dim)]).collect()];
    rows.extend(summary.bands.iter().rev().map(|band| band_row(page, band, most)));
    page.table(&Table { aligns: vec![Align::Right, Align::Right], rows, head: true, ..Table::default() });
}

fn band_row(page: &Page, band: &Band, most: usize) -> Vec<Cell> {
    let total = band.verdicts.total();
    let number = if total == 0 { Ink::Dim } else { Ink::Plain };
    vec![
        cell(words::range(band.from, band.to, page.lang), Ink::Plain),
        cell(total.to_string(), number),
        cell(chart(band.verdicts, most), Ink::Bar),
    ]
}

/// Signs for each verdict, as many as its share of the longest bar; at least one for any there are.
fn chart(verdicts: Verdicts, most: usize) -> String {
    let signs = |count: usize| match count.saturating_mul(LONGEST).div_ceil(most.max(1)) {
        _ if most <= LONGEST => count,
        signs => signs,
    };
    let run = |sign: char, count: usize| sign.to_string().repeat(signs(count));
    [run(SURE, verdicts.qualified), run(OPEN, verdicts.open), run(AGAINST, verdicts.unqualified)].concat()
}

/// Means, least and most of each table.
pub(super) fn tables(page: &mut Page, summary: &Summary, catalog: &Catalog) {
    page.heading(page.pick("各表得分", "Scores by table"));
    let heads = [
        ("表", "Table"),
        ("项目", "Title"),
        ("满分", "Full"),
        ("平均", "Mean"),
        ("最低", "Least"),
        ("最高", "Most"),
        ("#得分 ?待定 .失分", "# sure ? open . lost"),
    ];
    let mut rows = vec![heads.iter().map(|(zh, en)| cell(page.pick(zh, en), Ink::Dim)).collect()];
    rows.extend(summary.tables.iter().map(|table| table_row(page, table, catalog)));
    let numbers = [Align::Right; 4];
    let aligns = [Align::Left, Align::Left].into_iter().chain(numbers).collect();
    page.table(&Table { aligns, rows, head: true, ..Table::default() });
}

fn table_row(page: &Page, table: &TableScores, catalog: &Catalog) -> Vec<Cell> {
    let whole = |sum: u64| {
        let count = u64::try_from(table.organizations.max(1)).unwrap_or(1);
        u32::try_from(sum / count).unwrap_or(u32::MAX)
    };
    let (low, high) = (table.low.sum, table.high.sum);
    vec![
        cell(&table.id, Ink::Plain),
        cell(catalog.title(&table.id).map_or("", |title| page.get(title)), Ink::Plain),
        cell(table.declared.to_string(), Ink::Plain),
        cell(words::mean_range(low, high, table.organizations, page.lang), Ink::Plain),
        cell(table.low.min.to_string(), Ink::Plain),
        cell(table.high.max.to_string(), Ink::Plain),
        cell(bar(whole(low), whole(high), table.declared), Ink::Bar),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chart_shows_every_verdict_there_is() {
        let verdicts = |qualified, open, unqualified| Verdicts { qualified, unqualified, open };
        assert_eq!(chart(verdicts(2, 1, 3), 9), "##?xxx");
        assert_eq!(chart(verdicts(1000, 1, 0), 1000), format!("{}?", "#".repeat(LONGEST)));
        assert_eq!(chart(verdicts(0, 0, 0), 0), "");
    }
}
