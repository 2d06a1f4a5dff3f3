//! A history on a terminal.

use super::{History, Series, SeriesKind};
use crate::report::comparison::Look;
use crate::report::page::Page;
use crate::report::paint::Ink;
use crate::report::table::{Align, Cell, Table, cell};
use crate::report::words;

/// Days that are shown: the last ones.
const DAYS: usize = 6;

/// The history as text.
pub fn terminal(history: &History, look: &Look) -> String {
    let mut page = Page::new(look.lang, look.color, look.width);
    page.paragraph(0, page.pick("历次评价得分", "Scores over time"), Ink::Bold);
    let days = history.days();
    let shown = days.get(days.len().saturating_sub(DAYS)..).unwrap_or_default();
    if shown.len() < days.len() {
        let (count, all) = (shown.len(), days.len());
        let zh = format!("共{all}次评价，列出最近{count}次，全部见 -o csv");
        let en = format!("the last {count} of {all} days; -o csv has all");
        page.paragraph(0, page.pick(&zh, &en), Ink::Dim);
    }
    for kind in SeriesKind::ALL {
        write(&mut page, history, (kind, shown), look.top());
    }
    page.finish()
}

fn write(page: &mut Page, history: &History, (kind, days): (SeriesKind, &[&str]), top: usize) {
    let count = history.of(kind).count();
    if count == 0 {
        return;
    }
    let (zh, en) = kind.title();
    page.heading(page.pick(zh, en));
    let name = page.pick("名称", "Name");
    let heads = days.iter().copied().chain([page.pick("变化", "Change"), name]);
    let mut rows = vec![heads.map(|head| cell(head, Ink::Dim)).collect::<Vec<_>>()];
    rows.extend(history.of(kind).take(top).map(|series| row(page, series, days)));
    let aligns = vec![Align::Right; days.len().saturating_add(1)];
    page.table(&Table { aligns, rows, indent: 2, head: true, ..Table::default() });
    page.more(2, count.saturating_sub(top));
}

/// What a series was on each day, how its points for sure moved since the day before, and its name.
fn row(page: &Page, series: &Series, days: &[&str]) -> Vec<Cell> {
    let standing = |day: &&str| series.days.get(*day);
    let mut cells: Vec<Cell> = days
        .iter()
        .map(|day| {
            let shown = standing(day).map(|one| {
                let sign =
                    one.verdict.map(|verdict| format!("{} ", words::sign(verdict))).unwrap_or_default();
                format!("{sign}{}", one.range())
            });
            cell(shown.unwrap_or_default(), Ink::Plain)
        })
        .collect();
    let mut known = days.iter().rev().filter_map(standing);
    let change = known
        .next()
        .zip(known.next())
        .map(|(now, before)| moved(before.tenths(before.low), now.tenths(now.low)));
    let ink = match change.as_deref() {
        Some(change) if change.starts_with('+') => Ink::Green,
        Some(change) if change.starts_with('-') => Ink::Red,
        _ => Ink::Plain,
    };
    cells.push(cell(change.unwrap_or_default(), ink));
    cells.push(cell(format!("{} {}", series.id, page.get(&series.name)), Ink::Plain));
    cells
}

/// A difference of tenths with its sign.
fn moved(before: u64, now: u64) -> String {
    let (by, sign) = (now.abs_diff(before), if now < before { "-" } else { "+" });
    match (by, by % 10) {
        (0, _) => "0".to_owned(),
        (_, 0) => format!("{sign}{}", by / 10),
        (_, rest) => format!("{sign}{}.{rest}", by / 10),
    }
}
