//! What is wrong in the data: each finding with its places and the rows it was found in.

use super::markup::{Markup, anchor};
use super::verdict::link;
use super::{ByTarget, Context, outcome};
use crate::model::finding::{EXCERPTS, ExcerptCell, Location};
use crate::model::report::{Organization, ReportFinding};
use crate::model::text::{Lang, Text};
use crate::report::finding::is_put_right_at_once;
use crate::report::{place, words};

/// Findings listed of those that can be put right at once.
const AT_ONCE: usize = 10;
/// Cells shown of a row around the marked one.
const CELLS: usize = 12;

/// Findings by what they are about.
pub(super) fn by_target(one: &Organization) -> ByTarget<'_> {
    let mut by = ByTarget::new();
    for finding in &one.findings {
        by.entry(finding.target.as_str()).or_default().push(finding.fingerprint.as_str());
    }
    by
}

/// Whether there is anything to put right at once.
pub(super) fn any_at_once(one: &Organization) -> bool {
    one.findings.iter().any(is_put_right_at_once)
}

/// What can be put right at once.
pub(super) fn at_once(m: &mut Markup, one: &Organization) {
    let all: Vec<_> = one.findings.iter().filter(|finding| is_put_right_at_once(finding)).collect();
    m.class("p", "aside", |m| {
        m.say(
            "以下问题出在报送的数据表本身（文件、列、类型、编号、引用），改正后重新评定即可，不必等待现场核实。",
            "These lie in the tables themselves: files, columns, types, codes, references. Put them right and assess again.",
        );
    });
    m.class("ol", "at-once", |m| {
        for finding in all.iter().take(AT_ONCE) {
            m.element("li", &[], |m| {
                outcome::severity(m, finding.severity);
                m.element("a", &[("href", &format!("#f-{}", anchor(&finding.fingerprint)))], |m| {
                    m.both(&finding.message);
                });
                m.class("span", "place", |m| first_place(m, finding));
                m.class("span", "help", |m| m.both(&finding.help));
            });
        }
    });
    let more = all.len().saturating_sub(AT_ONCE);
    if more > 0 {
        m.class("p", "aside", |m| {
            m.say(&format!("另有{more}个，见问题清单"), &format!("and {more} more in the list of findings"));
        });
    }
}

/// All findings, the gravest first.
pub(super) fn write(m: &mut Markup, one: &Organization, context: Context<'_>) {
    for severity in outcome::SEVERITIES {
        let group: Vec<_> = one.findings.iter().filter(|finding| finding.severity == severity).collect();
        if group.is_empty() {
            continue;
        }
        m.class("section", "severity", |m| {
            m.element("h3", &[], |m| {
                outcome::severity(m, severity);
                m.say(&format!("{}个", group.len()), &format!("{}", group.len()));
            });
            group.iter().for_each(|finding| self::finding(m, finding, context));
        });
    }
}

fn finding(m: &mut Markup, finding: &ReportFinding, context: Context<'_>) {
    let id = format!("f-{}", anchor(&finding.fingerprint));
    let (key, _) = outcome::severity_key(finding.severity);
    let table = table_of(&finding.target, context);
    let mut grids: Vec<_> = finding.locations.iter().filter_map(|place| place.grid.as_deref()).collect();
    grids.sort_unstable();
    grids.dedup();
    let grids = grids.join(" ");
    let attributes =
        [("class", "finding"), ("id", &id), ("data-s", key), ("data-g", &grids), ("data-t", &table)];
    m.element("details", &attributes.map(|(name, value)| (name, value as &str)), |m| {
        m.element("summary", &[], |m| {
            outcome::severity(m, finding.severity);
            m.class("span", "title", |m| m.both(&finding.message));
            m.class("span", "place", |m| first_place(m, finding));
        });
        m.class("p", "help", |m| {
            m.class("b", "", |m| m.say("整改：", "Remedy: "));
            m.both(&finding.help);
        });
        m.class("p", "aside", |m| about(m, finding));
        if let Some(accepted) = &finding.accepted {
            m.class("p", "aside", |m| {
                m.say(&words::accepted(accepted, Lang::Zh), &words::accepted(accepted, Lang::En));
            });
        }
        for location in finding.locations.iter().take(EXCERPTS).filter(|location| location.row.is_some()) {
            excerpt(m, location);
        }
        others(m, finding);
    });
}

/// The scored table that a finding is about; empty where it is about none.
fn table_of(target: &str, context: Context<'_>) -> String {
    let tables = &context.titles.catalog.tables;
    let mut holds = tables.iter().filter(|table| {
        table
            .items
            .iter()
            .any(|item| target == item.id || item.requirements.iter().any(|one| one.id == target))
    });
    holds.next().map(|table| table.id.clone()).unwrap_or_default()
}

fn about(m: &mut Markup, finding: &ReportFinding) {
    m.say("规则 ", "Rule ");
    m.text(&finding.rule);
    m.say("，对象 ", ", about ");
    link(m, &finding.target);
    m.say("，标识 ", ", fingerprint ");
    m.element("a", &[("class", "id"), ("href", &format!("#f-{}", anchor(&finding.fingerprint)))], |m| {
        m.text(&finding.fingerprint);
    });
}

fn first_place(m: &mut Markup, finding: &ReportFinding) {
    let Some(first) = finding.locations.first() else { return };
    m.say(&place::name(first, Lang::Zh), &place::name(first, Lang::En));
    if finding.total > 1 {
        m.say(&format!("等{}处", finding.total), &format!(" and {} more", finding.total.saturating_sub(1)));
    }
}

/// The row of a place, headers over cells, the cell in question marked.
fn excerpt(m: &mut Markup, location: &Location) {
    let read_back: Vec<_> = location
        .column
        .iter()
        .zip(&location.value)
        .map(|(header, value)| ExcerptCell { header: header.clone(), value: value.clone(), marked: true })
        .collect();
    let cells = if location.excerpt.is_empty() { &read_back } else { &location.excerpt };
    let shown = around_mark(cells);
    m.class("div", "excerpt", |m| {
        m.class("table", "cells", |m| {
            m.element("caption", &[], |m| {
                m.say(&place::name(location, Lang::Zh), &place::name(location, Lang::En));
            });
            m.element("tr", &[], |m| {
                for cell in shown {
                    m.element("th", &[("scope", "col")], |m| m.long(&cell.header));
                }
            });
            m.element("tr", &[], |m| shown.iter().for_each(|one| self::cell(m, one)));
        });
    });
}

fn cell(m: &mut Markup, cell: &ExcerptCell) {
    m.element("td", &[], |m| match (cell.marked, cell.value.trim().is_empty()) {
        (true, true) => m.element("mark", &[], |m| m.say("（空）", "(empty)")),
        (true, false) => m.element("mark", &[], |m| m.long(&cell.value)),
        _ => m.long(&cell.value),
    });
}

/// The cells around the marked one.
fn around_mark(cells: &[ExcerptCell]) -> &[ExcerptCell] {
    let mark = cells.iter().position(|cell| cell.marked).unwrap_or(0);
    let from = mark.saturating_sub(CELLS / 2).min(cells.len().saturating_sub(CELLS));
    cells.get(from..from.saturating_add(CELLS).min(cells.len())).unwrap_or_default()
}

/// Places without their rows, and how many there are besides.
fn others(m: &mut Markup, finding: &ReportFinding) {
    let listed: Vec<_> = finding
        .locations
        .iter()
        .enumerate()
        .filter(|(at, location)| *at >= EXCERPTS || location.row.is_none())
        .map(|(_, location)| location.clone())
        .collect();
    let more = finding.total.saturating_sub(finding.locations.len());
    if listed.is_empty() && more == 0 {
        return;
    }
    let count = if more == 0 {
        Text::default()
    } else {
        Text::new(
            format!("（共{}处，另有{more}处未列出）", finding.total),
            format!(" ({} places in all, {more} not listed)", finding.total),
        )
    };
    m.class("p", "places", |m| {
        m.class("b", "", |m| m.say("位置：", "At: "));
        m.say(
            &format!("{}{}", place::list(&listed, Lang::Zh), count.zh),
            &format!("{}{}", place::list(&listed, Lang::En), count.en),
        );
    });
}
