//! What an overview lists: scores by level, region and table, common failures, what was not assessed.

use super::markup::Markup;
use super::verdict::range;
use super::{Context, chart};
use crate::model::report::Report;
use crate::model::summary::{Scores, Verdicts};
use crate::model::text::Lang;
use crate::report::words;

/// Failures listed.
const FAILURES: usize = 60;

/// The heads of columns.
pub(super) fn heads(m: &mut Markup, heads: &[(&str, &str)]) {
    m.element("thead", &[], |m| {
        m.element("tr", &[], |m| {
            for (zh, en) in heads {
                m.element("th", &[("scope", "col")], |m| m.say(zh, en));
            }
        });
    });
}

/// Scores of several organizations a line: how they were judged, and what they have on average.
pub(super) fn scores<'a>(
    m: &mut Markup,
    what: (&str, &str),
    rows: impl Iterator<Item = (&'a str, usize, &'a Scores)>,
    name: impl Fn(&mut Markup, &str),
) {
    m.class("table", "list numbers", |m| {
        heads(
            m,
            &[
                what,
                ("单位", "Organizations"),
                ("合格", "Qualified"),
                ("不合格", "Unqualified"),
                ("待定", "Open"),
                ("平均得分", "Mean score"),
            ],
        );
        m.element("tbody", &[], |m| {
            for (id, depth, scores) in rows {
                m.element("tr", &[("class", &format!("depth-{}", depth.min(4)))], |m| {
                    m.element("th", &[("scope", "row")], |m| name(m, id));
                    let Verdicts { qualified, unqualified, open } = scores.verdicts;
                    for count in [scores.organizations, qualified, unqualified, open] {
                        m.label("td", "number", &count.to_string());
                    }
                    m.class("td", "number", |m| {
                        mean(m, scores.low.sum, scores.high.sum, scores.organizations);
                    });
                });
            }
        });
    });
}

/// A mean of scores, which are ranges.
fn mean(m: &mut Markup, low: u64, high: u64, count: usize) {
    m.say(&words::mean_range(low, high, count, Lang::Zh), &words::mean_range(low, high, count, Lang::En));
}

/// What organizations have on average in each table.
pub(super) fn tables(m: &mut Markup, context: Context<'_>) {
    m.class("table", "bars", |m| {
        heads(
            m,
            &[
                ("表", "Table"),
                ("评价项目", "Title"),
                ("满分", "Full"),
                ("平均得分", "Mean"),
                ("最低至最高", "Least to most"),
                ("", ""),
            ],
        );
        m.element("tbody", &[], |m| {
            for table in &context.run.summary.tables {
                let count = u64::try_from(table.organizations.max(1)).unwrap_or(1);
                let mean_of = |sum: u64| u32::try_from(sum / count).unwrap_or(u32::MAX);
                m.element("tr", &[], |m| {
                    m.label("td", "id", &table.id);
                    m.element("th", &[("scope", "row")], |m| {
                        if let Some(title) = context.titles.catalog.title(&table.id) {
                            m.both(title);
                        }
                    });
                    m.label("td", "number", &table.declared.to_string());
                    m.class("td", "number", |m| mean(m, table.low.sum, table.high.sum, table.organizations));
                    m.class("td", "number", |m| range(m, table.low.min, table.high.max));
                    m.class("td", "chart", |m| {
                        chart::bar(m, mean_of(table.low.sum), mean_of(table.high.sum), table.declared);
                    });
                });
            }
        });
    });
}

/// What most of them fail.
pub(super) fn failures(m: &mut Markup, context: Context<'_>) {
    let summary = &context.run.summary;
    let assessed = summary.qualified.saturating_add(summary.unqualified).saturating_add(summary.open);
    let all = u32::try_from(assessed).unwrap_or(u32::MAX);
    m.class("table", "list", |m| {
        heads(
            m,
            &[
                ("评价要求或条款", "Requirement or clause"),
                ("内容", "Title"),
                ("单位数", "Organizations"),
                ("合计失分", "Points lost"),
                ("", ""),
            ],
        );
        m.element("tbody", &[], |m| {
            for failure in summary.failures.iter().take(FAILURES) {
                m.element("tr", &[], |m| {
                    m.class("td", "id", |m| {
                        m.say(
                            &words::clause(&failure.target, Lang::Zh),
                            &words::clause(&failure.target, Lang::En),
                        );
                    });
                    m.element("th", &[("scope", "row")], |m| m.both(&failure.title));
                    m.class("td", "number", |m| {
                        m.text(&format!(
                            "{} ({})",
                            failure.organizations,
                            words::percent(failure.organizations, assessed)
                        ));
                    });
                    m.label("td", "number", &failure.points.to_string());
                    m.class("td", "chart share", |m| {
                        chart::bar(m, u32::try_from(failure.organizations).unwrap_or(all), 0, all);
                    });
                });
            }
        });
    });
}

/// Regions, each with all below it.
pub(super) fn regions(m: &mut Markup, context: Context<'_>) {
    let regions = &context.run.summary.regions;
    let rows = regions.iter().map(|region| (region.id.as_str(), region.depth, &region.scores));
    let named = |id: &str| {
        let region = regions.iter().find(|region| region.id == id);
        region.map_or(id, |region| if region.name.is_empty() { id } else { &region.name }).to_owned()
    };
    scores(m, ("地区（含所属各单位）", "Region, with all below it"), rows, |m, id| {
        m.long(&named(id));
        m.label("span", "id", id);
    });
}

/// What was not assessed, and why.
pub(super) fn unread(m: &mut Markup, run: &Report) {
    m.class("table", "list", |m| {
        for one in &run.unreadable {
            m.element("tr", &[], |m| {
                m.element("th", &[("scope", "row")], |m| m.long(&one.path));
                m.element("td", &[], |m| m.both(&one.message));
            });
        }
        for path in &run.not_assessed {
            m.element("tr", &[], |m| {
                m.element("th", &[("scope", "row")], |m| m.long(path));
                m.element("td", &[], |m| m.say("运行中断，没有评价", "the run was interrupted"));
            });
        }
    });
}
