//! A comparison of reports on a terminal.

use super::listing::Listing;
use super::{details, overall};
use crate::model::report_diff::{OrganizationDiff, ReportDiff};
use crate::report::comparison::Look;
use crate::report::page::Page;
use crate::report::paint::Ink;
use crate::report::table::{Align, Table, cell};

/// The comparison as text.
pub fn terminal(diff: &ReportDiff, look: &Look) -> String {
    let mut page = Page::new(look.lang, look.color, look.width);
    page.paragraph(0, page.pick("评价报告比较", "Reports compared"), Ink::Bold);
    for (zh, en, sources) in [("原  ", "old  ", &diff.old), ("现  ", "new  ", &diff.new)] {
        let side = overall::side(sources);
        page.labelled(2, page.pick(zh, en), side.get(look.lang));
    }
    if diff.masking_differs {
        page.paragraph(2, super::vocabulary::masking().get(look.lang), Ink::Yellow);
    }
    let lists = [overall::matching(diff), overall::settings(diff), overall::why(diff), overall::items(diff)];
    for list in lists.into_iter().flatten() {
        write(&mut page, &list, (look.top(), 0));
    }
    // Of more organizations than are listed only the lists are shown, as of a run.
    if diff.organizations.len() <= look.top() {
        diff.organizations.iter().for_each(|one| organization(&mut page, one, diff, look.top()));
    }
    for list in [overall::organizations(diff), overall::unread(diff)].into_iter().flatten() {
        write(&mut page, &list, (look.top(), 0));
    }
    page.blank();
    if diff.differs() {
        let counts = overall::counts(diff);
        counts.iter().take(3).for_each(|text| page.paragraph(0, text.get(look.lang), Ink::Bold));
    } else {
        page.paragraph(0, page.pick("两边的报告没有差别", "The reports do not differ"), Ink::Bold);
    }
    page.finish()
}

fn organization(page: &mut Page, one: &OrganizationDiff, diff: &ReportDiff, top: usize) {
    page.divide();
    let name = overall::named(&one.name, &one.id, &one.new_path);
    page.paragraph(0, &format!("{name}  {}", one.id), Ink::Bold);
    if one.old_path != one.new_path {
        page.paragraph(2, &format!("{} → {}", one.old_path, one.new_path), Ink::Dim);
    }
    for list in details::listings(one, &diff.titles) {
        write(page, &list, (top, 2));
    }
}

/// A list of so many lines.
fn write(page: &mut Page, list: &Listing, (top, indent): (usize, usize)) {
    page.blank();
    page.paragraph(indent, page.get(&list.title), Ink::Bold);
    let final_column = list.heads.len().saturating_sub(1);
    // A column in which nothing stands, such as why points moved where none did, is left out.
    let filled: Vec<bool> = (0..list.heads.len())
        .map(|at| list.rows.iter().take(top).any(|row| row.get(at).is_some_and(|text| !text.is_empty())))
        .collect();
    let line = |row: &[crate::model::text::Text], ink: Ink| {
        let cells =
            row.iter().zip(&filled).enumerate().filter(|(at, (_, filled))| **filled || *at == final_column);
        cells.map(|(_, (text, _))| cell(text.get(page.lang), ink)).collect::<Vec<_>>()
    };
    let rows = list.rows.iter().take(top).map(|row| line(row, Ink::Plain));
    let rows: Vec<_> = std::iter::once(line(&list.heads, Ink::Dim)).chain(rows).collect();
    let columns = rows.first().map_or(0, Vec::len).saturating_sub(1);
    let table = Table {
        aligns: vec![Align::Left; columns],
        rows,
        indent: indent + 2,
        head: true,
        ..Table::default()
    };
    page.table(&table);
    page.more(indent + 2, list.rows.len().saturating_sub(top));
}
