//! The scored tables: bars over all of them, then every item with its requirements.

use super::markup::{Markup, anchor};
use super::verdict::{link, range};
use super::{ByTarget, Context, chart, requirement};
use crate::model::catalog::Catalog;
use crate::model::report::{Organization, ScoreItem, ScoreTable};
use crate::model::text::{Lang, Text};
use crate::report::words;

/// The title of a table, item or requirement.
fn title(m: &mut Markup, catalog: &Catalog, id: &str) {
    m.both(catalog.title(id).unwrap_or(&Text::default()));
}

/// Points by table, with a bar each.
pub(super) fn bars(m: &mut Markup, one: &Organization, context: Context<'_>) {
    let heads = [("表", "Table"), ("评价项目", "Title"), ("满分", "Full"), ("得分", "Score")];
    m.class("table", "bars", |m| {
        m.element("thead", &[], |m| {
            m.element("tr", &[], |m| {
                for (zh, en) in heads {
                    m.element("th", &[("scope", "col")], |m| m.say(zh, en));
                }
                m.element("td", &[], |_| ());
            });
        });
        m.element("tbody", &[], |m| {
            for table in &one.tables {
                bar_row(m, table, context.titles.catalog);
            }
        });
        m.element("tfoot", &[], |m| {
            let score = &one.score;
            m.element("tr", &[("data-table", "total"), ("data-points", &score.full.to_string())], |m| {
                m.element("th", &[("scope", "row"), ("colspan", "2")], |m| m.say("合计", "Total"));
                points(m, (score.low, score.high), score.full);
            });
        });
    });
}

fn bar_row(m: &mut Markup, table: &ScoreTable, catalog: &Catalog) {
    let full = table.declared.to_string();
    m.element("tr", &[("data-table", &table.id), ("data-points", &full)], |m| {
        m.element("td", &[], |m| {
            m.element("a", &[("class", "id"), ("href", &format!("#{}", anchor(&table.id)))], |m| {
                m.text(&table.id);
            });
        });
        m.element("th", &[("scope", "row")], |m| title(m, catalog, &table.id));
        points(m, (table.low, table.high), table.declared);
    });
}

/// The last cells of a row with a bar.
fn points(m: &mut Markup, (low, high): (u32, u32), full: u32) {
    m.label("td", "number", &full.to_string());
    m.element("td", &[("class", "number"), ("data-f", "points")], |m| range(m, low, high));
    m.class("td", "chart", |m| chart::bar(m, low, high, full));
}

/// All tables with their items.
pub(super) fn write(m: &mut Markup, one: &Organization, context: Context<'_>, findings: &ByTarget<'_>) {
    for table in &one.tables {
        let head = format!("h-{}", anchor(&table.id));
        let section = [
            ("class", "table"),
            ("id", &anchor(&table.id)),
            ("aria-labelledby", &head),
            ("data-t", &table.id),
        ];
        m.element("section", &section.map(|(name, value)| (name, value as &str)), |m| {
            m.element("h3", &[("id", &head)], |m| {
                m.label("span", "id", &table.id);
                title(m, context.titles.catalog, &table.id);
                m.class("span", "points", |m| of(m, (table.low, table.high), table.declared));
            });
            for one in &table.items {
                item(m, one, context, findings);
            }
        });
    }
}

/// Points of points.
fn of(m: &mut Markup, (low, high): (u32, u32), full: u32) {
    m.element("span", &[("data-f", "points")], |m| range(m, low, high));
    m.text(" / ");
    m.text(&full.to_string());
    m.say("分", " points");
}

fn item(m: &mut Markup, one: &ScoreItem, context: Context<'_>, findings: &ByTarget<'_>) {
    let id = anchor(&one.id);
    let points = one.points.to_string();
    let mut attributes =
        vec![("class", "item"), ("id", &id), ("data-item", &one.id), ("data-points", &points)];
    if one.low < one.points {
        attributes.push(("open", ""));
    }
    m.element("details", &attributes, |m| {
        m.element("summary", &[], |m| {
            link(m, &one.id);
            m.class("span", "title", |m| title(m, context.titles.catalog, &one.id));
            m.class("span", "points", |m| of(m, (one.low, one.high), one.points));
            m.class("span", "chart", |m| chart::bar(m, one.low, one.high, one.points));
        });
        whole(m, one, context.titles.catalog);
        if let Some(own) = &one.self_score {
            m.class("p", "aside", |m| {
                m.say("自评得分：", "The organization's own score: ");
                m.text(own);
            });
        }
        requirement::table(m, one, context, findings);
    });
}

/// Why an item has no points at all.
fn whole(m: &mut Markup, item: &ScoreItem, catalog: &Catalog) {
    let attributes = [("class", "whole"), ("data-f", "whole"), ("hidden", "")];
    let shown = if item.wholly_absent() { 2 } else { 3 };
    m.element("p", attributes.get(..shown).unwrap_or_default(), |m| {
        let cited = |lang| words::clause(&catalog.owed, lang);
        m.say(
            &format!("整项缺失，按{}不得分", cited(Lang::Zh)),
            &format!("Nothing there: no points ({})", cited(Lang::En)),
        );
    });
}
