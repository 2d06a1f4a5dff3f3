//! The worst grids: of one organization, and of a run.

use crate::model::grid::GridLine;
use crate::model::report::Organization;
use crate::model::summary::Summary;
use crate::model::text::Lang;
use crate::report::grids::most_text;
use crate::report::layout::clip;
use crate::report::page::Page;
use crate::report::paint::Ink;
use crate::report::table::{Align, Cell, Table, cell};

/// Grids shown of one organization.
const OF_ONE: usize = 10;
/// Columns of a name of a grid or an organization.
const NAME: usize = 24;

/// The worst grids of one organization.
pub(super) fn of_organization(page: &mut Page, organization: &Organization, top: usize) {
    let found = &organization.grids;
    if found.is_empty() {
        return;
    }
    heading(page, found.grids, top.min(OF_ONE).min(found.worst.len()), None);
    let rows = found.worst.iter().take(top.min(OF_ONE)).map(|grid| line(page, grid, None)).collect();
    table(page, rows, false);
}

/// The worst grids of a run, in half as many lines as other lists have.
pub(super) fn of_run(page: &mut Page, summary: &Summary, top: usize) {
    let Some(found) = &summary.grids else { return };
    let top = top.div_ceil(2);
    heading(page, found.grids, top.min(found.worst.len()), Some(found.organizations));
    let rows = found.worst.iter().take(top).map(|worst| {
        let whose = &worst.organization_name;
        line(page, &worst.grid, Some(if whose.is_empty() { &worst.organization } else { whose }))
    });
    let rows = rows.collect();
    table(page, rows, true);
}

fn heading(page: &mut Page, grids: usize, shown: usize, organizations: Option<usize>) {
    let text = match (page.lang, organizations) {
        (Lang::Zh, None) => format!("问题最多的网格（共 {grids} 个网格有问题，列出 {shown} 个）"),
        (Lang::Zh, Some(of)) => {
            format!("问题最多的网格（{of} 个单位共 {grids} 个网格有问题，列出 {shown} 个）")
        }
        (Lang::En, None) => format!("The worst grids ({shown} of {grids} with findings)"),
        (Lang::En, Some(of)) => {
            format!("The worst grids ({shown} of {grids} with findings, in {of} organizations)")
        }
    };
    page.heading(&text);
}

fn table(page: &mut Page, lines: Vec<Vec<Cell>>, whose: bool) {
    let mut heads = vec![("错误", "Errors"), ("警告", "Warnings"), ("网格", "Grid"), ("名称", "Name")];
    heads.extend(whose.then_some(("单位", "Organization")));
    heads.push(("主要问题", "Mostly"));
    let mut rows = vec![heads.iter().map(|(zh, en)| cell(page.pick(zh, en), Ink::Dim)).collect()];
    rows.extend(lines);
    let names = [Align::Left].repeat(if whose { 3 } else { 2 });
    let aligns = [Align::Right, Align::Right].into_iter().chain(names).collect();
    page.table(&Table { aligns, rows, head: true, ..Table::default() });
}

fn line(page: &Page, grid: &GridLine, whose: Option<&str>) -> Vec<Cell> {
    let count = |count: u64, ink: Ink| cell(count.to_string(), if count == 0 { Ink::Dim } else { ink });
    let unnamed = page.pick("（清单中没有）", "(not listed)");
    let name = if grid.grid_name.is_empty() { unnamed } else { &grid.grid_name };
    let mut cells = vec![
        count(grid.errors, Ink::Red),
        count(grid.warnings, Ink::Yellow),
        cell(&grid.grid, Ink::Bold),
        cell(clip(name, NAME), Ink::Plain),
    ];
    cells.extend(whose.map(|whose| cell(clip(whose, NAME), Ink::Plain)));
    // Beside the organization there is room for one.
    let targets = if whose.is_some() { 1 } else { 2 };
    let most: Vec<_> = grid.most.iter().take(targets).map(|target| most_text(target, page.lang)).collect();
    cells.push(cell(most.join(page.pick("；", "; ")), Ink::Plain));
    cells
}
