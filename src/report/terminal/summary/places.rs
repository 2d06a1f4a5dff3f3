//! Where organizations stand: by level, by region, and what keeps them from forming a tree.

use std::cmp::Reverse;

use crate::model::summary::{Irregular, Irregularity, Region, Scores, Summary};
use crate::model::text::Lang;
use crate::report::layout::clip;
use crate::report::page::Page;
use crate::report::paint::Ink;
use crate::report::table::{Align, Cell, Table, cell};
use crate::report::words;

/// Columns of these tables besides the names.
const OTHERS: usize = 52;
/// Names are not cut shorter than this.
const NARROWEST: usize = 20;
/// Ids told of one irregularity.
const TOLD: usize = 5;

/// Counts and means by level, where there are several.
pub(super) fn levels(page: &mut Page, summary: &Summary) {
    if summary.levels.len() > 1 {
        page.heading(page.pick("各层级", "By level"));
        let mut rows = vec![head(page, page.pick("层级", "Level"))];
        let none = page.pick("未填", "not given");
        rows.extend(summary.levels.iter().map(|line| {
            let level = words::level(&line.level, page.lang);
            row(page, if level.is_empty() { none } else { level }, &line.scores)
        }));
        table(page, rows);
    }
}

/// Counts and means by region, as deep as there is room for.
pub(super) fn regions(page: &mut Page, summary: &Summary, top: usize) {
    // One that only has a name and holds all of them says nothing new.
    let shown = match summary.regions.as_slice() {
        [only] if only.submissions == 0 => return,
        all => fitting(all, top),
    };
    if shown.is_empty() {
        return;
    }
    page.heading(page.pick("各区域（含其下级）", "By region (with all below)"));
    let mut rows = vec![head(page, page.pick("区域", "Region"))];
    rows.extend(shown.iter().map(|region| row(page, &name(page, region), &region.scores)));
    table(page, rows);
    page.more(2, summary.regions.len().saturating_sub(shown.len()));
}

/// The regions down to the depth to which at most `top` of them go; where there are more at the top already, the
/// largest of those.
fn fitting(regions: &[Region], top: usize) -> Vec<&Region> {
    let down_to = |depth: usize| regions.iter().filter(move |region| region.depth <= depth);
    let deepest = regions.iter().map(|region| region.depth).max().unwrap_or(0);
    if let Some(depth) = (0..=deepest).rev().find(|depth| down_to(*depth).count() <= top) {
        return down_to(depth).collect();
    }
    let mut largest: Vec<_> = down_to(0).collect();
    largest.sort_by_key(|region| Reverse(region.scores.organizations));
    largest.truncate(top);
    largest
}

fn name(page: &Page, region: &Region) -> String {
    let aside = page.pick("（未参加本次评估）", " (not in this run)");
    let name = match (region.submissions, region.name.as_str()) {
        (0, "") => format!("{}{aside}", region.id),
        (0, name) => format!("{} {name}{aside}", region.id),
        (_, "") => region.id.clone(),
        (_, name) => name.to_owned(),
    };
    format!("{:indent$}{name}", "", indent = region.depth.min(NARROWEST / 2).saturating_mul(2))
}

fn head(page: &Page, first: &str) -> Vec<Cell> {
    let heads = [
        ("单位", "Number"),
        ("合格", "Qual."),
        ("不合格", "Unqual."),
        ("待定", "Open"),
        ("平均得分", "Mean"),
        ("合格率", "Qualified"),
    ];
    let rest = heads.iter().map(|(zh, en)| page.pick(zh, en));
    [first].into_iter().chain(rest).map(|text| cell(text, Ink::Dim)).collect()
}

fn row(page: &Page, name: &str, scores: &Scores) -> Vec<Cell> {
    let verdicts = scores.verdicts;
    let count = |count: usize, ink: Ink| cell(count.to_string(), if count == 0 { Ink::Dim } else { ink });
    vec![
        cell(clip(name, page.width.saturating_sub(OTHERS).max(NARROWEST)), Ink::Bold),
        count(scores.organizations, Ink::Plain),
        count(verdicts.qualified, Ink::Green),
        count(verdicts.unqualified, Ink::Red),
        count(verdicts.open, Ink::Yellow),
        cell(words::mean_range(scores.low.sum, scores.high.sum, scores.organizations, page.lang), Ink::Plain),
        cell(words::percent(verdicts.qualified, scores.organizations), Ink::Plain),
    ]
}

fn table(page: &mut Page, rows: Vec<Vec<Cell>>) {
    let aligns = [Align::Left].into_iter().chain([Align::Right; 5]).collect();
    page.table(&Table { aligns, rows, head: true, ..Table::default() });
}

/// What is irregular; a parent that is not in the run shows in its region.
pub(super) fn irregular(page: &mut Page, summary: &Summary) {
    let is_reported = |one: &&Irregular| one.kind != Irregularity::ParentNotInRun;
    let lines: Vec<_> = summary.irregular.iter().filter(is_reported).map(|one| sentence(page, one)).collect();
    if !lines.is_empty() {
        page.blank();
    }
    for line in lines {
        page.paragraph(0, &line, Ink::Yellow);
    }
}

fn sentence(page: &Page, one: &Irregular) -> String {
    let what = match one.kind {
        Irregularity::SharedId => page.pick("多份申报材料编号相同", "several submissions have the same id"),
        Irregularity::Cycle => page.pick(
            "上级单位互为上下级，按没有上级处理",
            "parents lead in a circle; taken as having no parent",
        ),
        Irregularity::Level => page.pick("层级不低于其上级单位", "the level is not below that of the parent"),
        Irregularity::ParentNotInRun => page.pick("上级单位未参加本次评估", "the parent is not in this run"),
    };
    let ids: Vec<_> = one.ids.iter().take(TOLD).map(String::as_str).collect();
    let more = one.total > ids.len();
    match page.lang {
        Lang::Zh => {
            let more = if more { format!("等 {} 个", one.total) } else { String::new() };
            format!("注意：{what}：{}{more}", ids.join("、"))
        }
        Lang::En => {
            let more = if more { format!(" and others, {} in all", one.total) } else { String::new() };
            format!("Note: {what}: {}{more}", ids.join(", "))
        }
    }
}
