//! Findings by grid, of one organization and of a run.

use super::map::{self, Maps};
use super::markup::Markup;
use crate::model::grid::{GridFindings, GridLine};
use crate::model::grid_map::GridMap;
use crate::model::summary::GridSummary;
use crate::model::text::Lang;
use crate::report::grids::most_text;

/// Kinds of findings named of one grid.
const MOST: usize = 3;

/// The grids of one organization: where they lie, and the worst first.
pub(super) fn of_organization(m: &mut Markup, found: &GridFindings, map: Option<&GridMap>) {
    count(m, found.grids, found.worst.len());
    if let Some(map) = map {
        map::of_organization(m, map, &found.worst);
    }
    if !found.is_empty() {
        table(m, found.worst.iter().map(|grid| (grid, None)));
    }
}

/// The worst grids of a run.
pub(super) fn of_run(m: &mut Markup, found: Option<&GridSummary>, maps: &Maps) {
    count(m, found.map_or(0, |found| found.grids), found.map_or(0, |found| found.worst.len()));
    map::of_run(m, maps, found);
    let Some(found) = found else { return };
    table(
        m,
        found.worst.iter().map(|worst| (&worst.grid, Some((&worst.organization, &worst.organization_name)))),
    );
}

fn count(m: &mut Markup, grids: usize, listed: usize) {
    m.class("p", "aside", |m| {
        if grids == 0 {
            return m.say("各网格都没有错误或警告。", "No grid has errors or warnings.");
        }
        m.say(
            &format!("共{grids}个网格有错误或警告，由多到少列出{listed}个。"),
            &format!("{grids} grids have errors or warnings; the {listed} worst are listed."),
        );
    });
}

type Whose<'a> = Option<(&'a String, &'a String)>;

fn table<'a>(m: &mut Markup, lines: impl Iterator<Item = (&'a GridLine, Whose<'a>)>) {
    let mut lines = lines.peekable();
    let whose = lines.peek().is_some_and(|(_, whose)| whose.is_some());
    let mut heads = vec![("序号", "No."), ("网格", "Grid"), ("名称", "Name")];
    heads.extend(whose.then_some(("单位", "Organization")));
    heads.extend([("错误", "Errors"), ("警告", "Warnings"), ("主要问题", "Mostly")]);
    m.class("table", "list grids", |m| {
        m.element("thead", &[], |m| {
            m.element("tr", &[], |m| {
                for (zh, en) in heads {
                    m.element("th", &[("scope", "col")], |m| m.say(zh, en));
                }
            });
        });
        m.element("tbody", &[], |m| {
            (1..).zip(lines).for_each(|(number, (grid, whose))| row(m, number, grid, whose));
        });
    });
}

fn row(m: &mut Markup, number: usize, grid: &GridLine, whose: Whose<'_>) {
    m.element("tr", &[("data-g", &grid.grid), ("id", &format!("grid-{number}"))], |m| {
        m.label("td", "number", &number.to_string());
        m.element("th", &[("scope", "row"), ("class", "id")], |m| m.long(&grid.grid));
        m.element("td", &[], |m| match grid.grid_name.as_str() {
            "" => m.say("（清单中没有）", "(not listed)"),
            name => m.long(name),
        });
        if let Some((id, name)) = whose {
            m.element("td", &[], |m| m.long(if name.is_empty() { id } else { name }));
        }
        for count in [grid.errors, grid.warnings] {
            m.label("td", "number", &count.to_string());
        }
        m.element("td", &[], |m| {
            for target in grid.most.iter().take(MOST) {
                m.element("div", &[], |m| m.say(&most_text(target, Lang::Zh), &most_text(target, Lang::En)));
            }
        });
    });
}
