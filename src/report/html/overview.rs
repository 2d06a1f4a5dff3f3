//! The overview of many organizations: counts, ranking, distribution, heat map, common failures, regions, grids.

use std::io;

use serde_json::json;

use super::columns::Columns;
use super::details::STATUSES;
use super::document::{ASSESSMENT, Body, document};
use super::map::Maps;
use super::markup::Markup;
use super::organization::{self, Parts};
use super::{Context, blank, chart, grids, grounds, lists, outcome, ranking, rulings, since};
use crate::model::assurance::Assurance;
use crate::model::report::{EligibilityStatus, Organization, Report, Verdict};
use crate::model::text::Lang;
use crate::report::problem::Standing;
use crate::report::words;

/// Organizations told of in plain tables, for readers without script.
pub(in crate::report) const SMALL: usize = 30;
/// What an overview is made of beside the report.
pub(in crate::report) struct Batch<'a> {
    pub(in crate::report) columns: &'a Columns,
    /// Where grids lie.
    pub(in crate::report) maps: &'a Maps,
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
    let carried = !batch.columns.carried().is_empty();
    if let Some(model) = batch.model {
        tail.element("template", &[("id", "model")], |m| blank::write(m, model, context, carried));
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
    Ok(document(
        Body { title: &title, kind: ASSESSMENT, head, parts: all_parts(batch, context), tail, data },
        context,
    ))
}

fn head(m: &mut Markup, context: Context<'_>) {
    let summary = &context.run.summary;
    m.class("header", "title", |m| {
        organization::kind(m);
        m.element("h1", &[], |m| {
            m.say(
                &format!("{}个单位评价汇总", summary.organizations),
                &format!("Overview of {} organizations", summary.organizations),
            );
        });
        m.class("ul", "meta", |m| {
            organization::basis(m, context);
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
        kind(m, "since", |m| Standing::ALL.iter().for_each(|each| since::standing(m, *each)));
        kind(m, "status", |m| {
            for (number, status) in STATUSES.iter().enumerate() {
                said(m, &number.to_string(), |lang| words::ruling_status(*status, lang));
            }
        });
        kind(m, "level", |m| {
            LEVELS.iter().for_each(|level| said(m, level, |lang| words::level(level, lang)));
        });
    });
}

/// Levels that have words.
const LEVELS: [&str; 4] = ["city", "county", "town", "village"];
/// All verdicts, the best first.
pub(super) const VERDICTS: [Verdict; 3] = [Verdict::Qualified, Verdict::Unqualified, Verdict::Open];
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
    all.part("ranking", ("得分排名", "Ranking"), |m| ranking::ranking(m, &summary.ranking));
    if batch.model.is_some() {
        all.part("heat", ("热力图（单位×评价内容）", "Heat map"), ranking::heat);
    }
    let carried = batch.columns.carried();
    if !carried.is_empty() {
        all.part("all-since", ("整改进展", "Since the list of last time"), |m| since::of_run(m, carried));
    }
    if !summary.tables.is_empty() {
        all.part("all-tables", ("各表得分情况", "Scores by table"), |m| lists::tables(m, context));
    }
    if !summary.failures.is_empty() {
        all.part("failures", ("普遍存在的问题", "Common failures"), |m| lists::failures(m, context));
    }
    if !summary.regions.is_empty() {
        all.part("regions", ("分地区情况", "By region"), |m| lists::regions(m, context));
    }
    if summary.grids.is_some() || !batch.maps.is_empty() {
        all.part("all-grids", ("问题最多的网格", "The worst grids"), |m| {
            grids::of_run(m, summary.grids.as_ref(), batch.maps);
        });
    }
    if !run.unreadable.is_empty() || !run.not_assessed.is_empty() {
        all.part("unread", ("未评价的材料", "Not assessed"), |m| lists::unread(m, run));
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
                    m.word(|lang: Lang| words::verdict(verdict, lang));
                });
            }
        });
    }
    if summary.levels.len() > 1 {
        m.element("h3", &[], |m| m.say("按层级", "By level"));
        let rows = summary.levels.iter().map(|line| (line.level.as_str(), 0, &line.scores));
        lists::scores(m, ("层级", "Level"), rows, |m, level| m.word(|lang| words::level(level, lang)));
    }
}
