//! The overview of many organizations: counts, ranking, distribution, heat map, common failures, regions, grids.

use std::io;

use super::columns::Columns;
use super::document::{Body, document};
use super::markup::Markup;
use super::organization::Parts;
use super::verdict::range;
use super::{Context, blank, chart, grids, grounds, outcome, rulings};
use crate::model::assurance::Assurance;
use crate::model::report::{EligibilityStatus, Organization, Report, Verdict};
use crate::model::summary::{Ranked, Scores, Verdicts};
use crate::model::text::Lang;
use crate::report::words;
use serde_json::json;

/// Organizations told of in plain tables, for readers without script.
pub(in crate::report) const SMALL: usize = 30;
/// Failures listed.
const FAILURES: usize = 60;

/// What an overview is made of beside the report.
pub(in crate::report) struct Batch<'a> {
    pub(in crate::report) columns: &'a Columns,
    /// One of the organizations, of which the items and clauses are those of all.
    pub(in crate::report) model: Option<&'a Organization>,
    /// All of them in short, where they are few.
    pub(in crate::report) plain: Option<&'a Markup>,
}

/// The page of many organizations.
///
/// # Errors
/// A value has no JSON form, which all have.
pub(in crate::report) fn batch_page(batch: &Batch<'_>, context: Context<'_>) -> io::Result<String> {
    let packed = batch.columns.packed()?;
    let (mut head, mut tail) = (Markup::default(), Markup::default());
    self::head(&mut head, context);
    rulings::drafts(&mut head);
    rulings::dialog(&mut tail);
    tail.element("section", &[("id", "organization"), ("hidden", "")], |_| ());
    if let Some(model) = batch.model {
        tail.element("template", &[("id", "model")], |m| blank::write(m, model, context));
    }
    vocabulary(&mut tail);
    if let Some(plain) = batch.plain {
        tail.element("noscript", &[], |m| m.append(plain));
    }
    tail.own("script", &[("type", "application/gzip"), ("id", "columns")], &packed);
    let data = json!({ "rulings": rulings::form(context) });
    let count = context.run.summary.organizations;
    let title = match context.lang {
        Lang::Zh => format!("{count}个单位"),
        Lang::En => format!("{count} organizations"),
    };
    Ok(document(Body { title: &title, head, parts: all_parts(batch, context), tail, data }, context))
}

fn head(m: &mut Markup, context: Context<'_>) {
    let summary = &context.run.summary;
    m.class("header", "title", |m| {
        m.class("p", "kind", |m| {
            m.say("市域网格化治理标准体系评价报告", "Assessment of the standard system for grid governance");
        });
        m.element("h1", &[], |m| {
            m.say(
                &format!("{}个单位评价汇总", summary.organizations),
                &format!("Overview of {} organizations", summary.organizations),
            );
        });
        m.class("ul", "meta", |m| {
            m.element("li", &[], |m| {
                m.say("评价日 ", "As of ");
                m.element("b", &[], |m| m.text(&context.run.as_of));
            });
        });
    });
    m.element("p", &[("class", "old"), ("id", "old")], |m| {
        m.say(
            "各单位的详情和热力图需要较新的浏览器（Chrome、Edge 80，Firefox 113，Safari 16.4 及以上）并启用脚本；也可用 -o html:文件夹/ 另出每个单位一页的网页，不需要脚本即可阅读。",
            "Details and the heat map need a newer browser (Chrome or Edge 80, Firefox 113, Safari 16.4) with scripts; `-o html:DIR/` makes a page for each organization that is read without.",
        );
    });
}

/// Words that the script puts beside what it fills in.
fn vocabulary(m: &mut Markup) {
    m.element("template", &[("id", "vocabulary")], |m| {
        kind(m, "outcome", |m| outcome::OUTCOMES.iter().for_each(|each| outcome::outcome(m, *each)));
        kind(m, "severity", |m| outcome::SEVERITIES.iter().for_each(|each| outcome::severity(m, *each)));
        kind(m, "verdict", |m| VERDICTS.iter().for_each(|each| outcome::verdict(m, *each)));
        kind(m, "eligibility", |m| ELIGIBLE.iter().for_each(|each| outcome::eligibility(m, *each)));
        kind(m, "assurance", |m| {
            Assurance::ALL.iter().for_each(|each| said(m, each.word(), |lang| words::assurance(*each, lang)));
        });
        kind(m, "level", |m| {
            LEVELS.iter().for_each(|level| said(m, level, |lang| words::level(level, lang)))
        });
    });
}

/// Levels that have words.
const LEVELS: [&str; 4] = ["city", "county", "town", "village"];
const VERDICTS: [Verdict; 3] = [Verdict::Qualified, Verdict::Unqualified, Verdict::Open];
const ELIGIBLE: [EligibilityStatus; 3] =
    [EligibilityStatus::Eligible, EligibilityStatus::Ineligible, EligibilityStatus::Open];

fn kind(m: &mut Markup, kind: &str, inside: impl FnOnce(&mut Markup)) {
    m.element("div", &[("data-kind", kind)], inside);
}

fn said<'w>(m: &mut Markup, key: &str, word: impl Fn(Lang) -> &'w str) {
    m.element("span", &[("data-word", key)], |m| m.word(word));
}

fn all_parts(batch: &Batch<'_>, context: Context<'_>) -> Parts {
    let run = context.run;
    let summary = &run.summary;
    let mut all = Parts::default();
    all.part("overview", ("总体情况", "Overview"), |m| overall(m, run));
    all.part("ranking", ("得分排名", "Ranking"), |m| ranking(m, &summary.ranking));
    if batch.model.is_some() {
        all.part("heat", ("热力图（单位×评价内容）", "Heat map"), heat);
    }
    if !summary.tables.is_empty() {
        all.part("all-tables", ("各表得分情况", "Scores by table"), |m| tables(m, context));
    }
    if !summary.failures.is_empty() {
        all.part("failures", ("普遍存在的问题", "Common failures"), |m| failures(m, context));
    }
    if !summary.regions.is_empty() {
        all.part("regions", ("分地区情况", "By region"), |m| regions(m, context));
    }
    if let Some(found) = &summary.grids {
        all.part("all-grids", ("问题最多的网格", "The worst grids"), |m| grids::of_run(m, found));
    }
    if !run.unreadable.is_empty() || !run.not_assessed.is_empty() {
        all.part("unread", ("未评价的材料", "Not assessed"), |m| unread(m, run));
    }
    all.part("all-grounds", ("评价依据", "Grounds"), |m| grounds::write(m, None, context));
    all
}

fn overall(m: &mut Markup, run: &Report) {
    let summary = &run.summary;
    m.class("ul", "counts-of", |m| {
        for (verdict, count) in [
            (Verdict::Qualified, summary.qualified),
            (Verdict::Unqualified, summary.unqualified),
            (Verdict::Open, summary.open),
        ] {
            m.element("li", &[], |m| {
                m.label("strong", "", &count.to_string());
                outcome::verdict(m, verdict);
            });
        }
        let left = summary.unreadable.saturating_add(run.not_assessed.len());
        if left > 0 {
            m.element("li", &[], |m| {
                m.label("strong", "", &left.to_string());
                m.class("span", "badge", |m| m.say("未评价", "not assessed"));
            });
        }
    });
    if !summary.bands.is_empty() {
        m.element("h3", &[], |m| m.say("得分分布（已确定得分，单位数）", "Distribution of sure points"));
        chart::distribution(m, &summary.bands);
        m.element("ul", &[("class", "legend"), ("aria-hidden", "true")], |m| {
            for verdict in [Verdict::Qualified, Verdict::Open, Verdict::Unqualified] {
                m.class("li", outcome::verdict_key(verdict).0, |m| {
                    m.word(|lang: Lang| words::verdict(verdict, lang))
                });
            }
        });
    }
    if summary.levels.len() > 1 {
        m.element("h3", &[], |m| m.say("按层级", "By level"));
        let rows = summary.levels.iter().map(|line| (line.level.as_str(), 0, &line.scores));
        scores(m, ("层级", "Level"), rows, |m, level| m.word(|lang| words::level(level, lang)));
    }
}

fn heads(m: &mut Markup, heads: &[(&str, &str)]) {
    m.element("thead", &[], |m| {
        m.element("tr", &[], |m| {
            for (zh, en) in heads {
                m.element("th", &[("scope", "col")], |m| m.say(zh, en));
            }
        });
    });
}

/// Scores of several organizations a line: how they were judged, and what they have on average.
fn scores<'a>(
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
                        mean(m, scores.low.sum, scores.high.sum, scores.organizations)
                    });
                });
            }
        });
    });
}

fn mean(m: &mut Markup, low: u64, high: u64, count: usize) {
    m.say(&words::mean_range(low, high, count, Lang::Zh), &words::mean_range(low, high, count, Lang::En));
}

fn ranking(m: &mut Markup, ranking: &[Ranked]) {
    m.element("form", &[("class", "filters js"), ("id", "choose"), ("role", "search")], |m| {
        m.class("div", "facet search", |m| {
            m.element("label", &[("for", "find")], |m| {
                m.say("查找单位（名称、编号、上级编号）", "Find (name, id, parent)")
            });
            m.void("input", &[("type", "search"), ("id", "find"), ("autocomplete", "off")]);
        });
        m.class("fieldset", "facet", |m| {
            m.element("legend", &[], |m| m.say("结论", "Verdict"));
            for verdict in VERDICTS {
                let (key, sign) = outcome::verdict_key(verdict);
                m.element("label", &[], |m| {
                    m.void("input", &[("type", "checkbox"), ("name", "verdict"), ("value", key)]);
                    m.class("span", &format!("chip {key}"), |m| {
                        m.element("b", &[("aria-hidden", "true")], |m| m.text(sign));
                        m.word(|lang: Lang| words::verdict(verdict, lang));
                    });
                });
            }
        });
        m.class("p", "shown", |m| {
            m.element("output", &[("id", "found"), ("aria-live", "polite")], |_| ());
        });
    });
    m.element(
        "div",
        &[
            ("class", "ranking"),
            ("id", "ranking-box"),
            ("tabindex", "0"),
            ("role", "region"),
            ("aria-labelledby", "h-ranking"),
        ],
        |m| {
            m.class("table", "list", |m| {
                heads(
                    m,
                    &[
                        ("名次", "Rank"),
                        ("单位", "Organization"),
                        ("层级", "Level"),
                        ("得分", "Score"),
                        ("结论", "Verdict"),
                    ],
                );
                m.element("tbody", &[("id", "ranking-rows")], |m| {
                    ranking.iter().take(SMALL).for_each(|ranked| rank(m, ranked));
                });
            });
        },
    );
}

fn rank(m: &mut Markup, ranked: &Ranked) {
    m.element("tr", &[], |m| {
        m.label("td", "number", &ranked.rank.to_string());
        m.element("th", &[("scope", "row")], |m| {
            m.long(if ranked.name.is_empty() { &ranked.id } else { &ranked.name })
        });
        m.element("td", &[], |m| m.word(|lang| words::level(&ranked.level, lang)));
        m.class("td", "number", |m| range(m, ranked.low, ranked.high));
        m.class("td", "word", |m| outcome::verdict(m, ranked.verdict));
    });
}

/// The heat map is drawn by the script; its columns are the items.
fn heat(m: &mut Markup) {
    m.class("p", "aside", |m| {
        m.say(
            "每行一个单位，顺序同上表；每列一项评价内容。深蓝为满分，越浅失分越多，斜纹为待定，红点为整项缺失。点击或按回车打开该单位的详情，方向键移动。",
            "A row an organization in the order above, a column an item. Dark: all points; light: lost; hatched: open; red dot: wholly absent. Click or Enter opens the organization, arrows move.",
        );
    });
    m.element("div", &[("class", "heat js"), ("id", "heat-box")], |m| {
        m.element(
            "canvas",
            &[("id", "heat-map"), ("tabindex", "0"), ("role", "img"), ("aria-labelledby", "heat-told")],
            |_| (),
        );
    });
    m.element(
        "p",
        &[("id", "heat-told"), ("class", "aside js"), ("role", "status"), ("aria-live", "polite")],
        |_| (),
    );
}

fn tables(m: &mut Markup, context: Context<'_>) {
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
                        chart::bar(m, mean_of(table.low.sum), mean_of(table.high.sum), table.declared)
                    });
                });
            }
        });
    });
}

fn failures(m: &mut Markup, context: Context<'_>) {
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

fn regions(m: &mut Markup, context: Context<'_>) {
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

fn unread(m: &mut Markup, run: &Report) {
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
