//! The ranking, and the plain lines of organizations.

use crate::model::report::{Organization, Verdict};
use crate::model::summary::{Ranked, Summary};
use crate::model::text::Lang;
use crate::report::layout::clip;
use crate::report::page::Page;
use crate::report::paint::Ink;
use crate::report::table::{Align, Cell, Table, cell};
use crate::report::terminal::score::verdict_ink;
use crate::report::words;

/// Columns of the ranking besides the names.
const OTHERS: usize = 56;
/// Names are not cut shorter than this.
const NARROWEST: usize = 20;

/// One line for each organization, in the order of the report.
pub(super) fn lines(page: &mut Page, organizations: &[Organization]) {
    let line = |one: &Organization| {
        let name = if one.name.is_empty() { &one.submission.path } else { &one.name };
        vec![
            cell(name, Ink::Bold),
            cell(words::level(&one.level, page.lang), Ink::Plain),
            cell(words::range(one.score.low, one.score.high, page.lang), Ink::Plain),
            verdict(page, one.verdict),
        ]
    };
    let rows = organizations.iter().map(line).collect();
    page.table(&Table { aligns: vec![Align::Left, Align::Left, Align::Right], rows, ..Table::default() });
}

/// The best and the worst, or all where they are not more than `top`.
pub(super) fn write(page: &mut Page, summary: &Summary, top: usize) {
    let all = &summary.ranking;
    let (first, last) = if all.len() <= top { (all.len(), 0) } else { (top.div_ceil(2), top / 2) };
    let left_out = all.len().saturating_sub(first).saturating_sub(last);
    let heading = match page.lang {
        _ if left_out == 0 => page.pick("排名（按确定的得分）", "Ranking (by points for sure)").to_owned(),
        Lang::Zh => format!("排名（按确定的得分；前 {first} 名与后 {last} 名）"),
        Lang::En => format!("Ranking (by points for sure; the first {first} and the last {last})"),
    };
    page.heading(&heading);
    let levels = summary.levels.len() > 1;
    let mut rows = vec![head(page, levels)];
    rows.extend(all.iter().take(first).map(|one| line(page, one, levels)));
    if left_out > 0 {
        let gap = match page.lang {
            Lang::Zh => format!("    …… 中间 {left_out} 个未列出（--top 0 全部列出）"),
            Lang::En => format!("    ... {left_out} between them are not shown (--top 0 shows all)"),
        };
        rows.push(vec![cell(gap, Ink::Dim)]);
    }
    rows.extend(all.iter().skip(all.len().saturating_sub(last)).map(|one| line(page, one, levels)));
    let mut aligns = vec![Align::Right, Align::Left, Align::Left, Align::Right, Align::Right];
    if !levels {
        aligns.truncate(2);
        aligns.push(Align::Right);
    }
    page.table(&Table { aligns, rows, head: true, ..Table::default() });
}

fn head(page: &Page, levels: bool) -> Vec<Cell> {
    let mut heads = vec![("名次", "Rank"), ("单位", "Organization")];
    if levels {
        heads.extend([("层级", "Level"), ("级内名次", "in level")]);
    }
    heads.extend([("得分", "Score"), ("结论", "Verdict")]);
    heads.into_iter().map(|(zh, en)| cell(page.pick(zh, en), Ink::Dim)).collect()
}

fn line(page: &Page, one: &Ranked, levels: bool) -> Vec<Cell> {
    let name = if one.name.is_empty() { &one.path } else { &one.name };
    let room = page.width.saturating_sub(OTHERS).max(NARROWEST);
    let mut cells = vec![cell(one.rank.to_string(), Ink::Plain), cell(clip(name, room), Ink::Bold)];
    if levels {
        cells.push(cell(words::level(&one.level, page.lang), Ink::Plain));
        cells.push(cell(one.rank_in_level.to_string(), Ink::Plain));
    }
    cells.push(cell(words::range(one.low, one.high, page.lang), Ink::Plain));
    cells.push(verdict(page, one.verdict));
    cells
}

fn verdict(page: &Page, verdict: Verdict) -> Cell {
    cell(format!("{} {}", words::sign(verdict), words::verdict(verdict, page.lang)), verdict_ink(verdict))
}
