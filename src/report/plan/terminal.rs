//! A plan on a terminal.

use super::{OPEN, TITLE, action, decides, headline, method, remedy};
use crate::model::catalog::Catalog;
use crate::model::plan::{OpenTarget, Plan, PlanStep};
use crate::model::report::Organization;
use crate::model::text::Lang;
use crate::report::page::Page;
use crate::report::paint::Ink;
use crate::report::table::{Align, Cell, Table, cell};
use crate::report::words;

/// Unknowns listed; the rest are counted.
const UNKNOWNS: usize = 10;

/// The plan of an organization by itself.
pub(in crate::report) fn alone(page: &mut Page, one: &Organization, catalog: &Catalog) {
    page.blank();
    let mut parts = vec![one.name.as_str(), &one.id, words::level(&one.level, page.lang)];
    parts.retain(|part| !part.is_empty());
    page.paragraph(0, &parts.join("  "), Ink::Bold);
    let score = words::range(one.score.low, one.score.high, page.lang);
    let line = format!(
        "{} {score} / {}  {} {}",
        page.pick("现得分", "Score now"),
        one.score.full,
        words::sign(one.verdict),
        words::verdict(one.verdict, page.lang)
    );
    page.paragraph(0, &line, Ink::Plain);
    written(page, one, catalog);
}

/// The plan as a part of a report; nothing where none was asked for.
pub(in crate::report) fn section(page: &mut Page, one: &Organization, catalog: &Catalog) {
    if one.plan.is_some() {
        page.heading(page.pick(TITLE.0, TITLE.1));
        written(page, one, catalog);
    }
}

fn written(page: &mut Page, one: &Organization, catalog: &Catalog) {
    let Some(plan) = &one.plan else { return };
    page.paragraph(0, page.get(&headline(plan, &one.score)), Ink::Plain);
    for limit in &plan.limits {
        page.paragraph(2, &format!("- {}", page.get(limit)), Ink::Plain);
    }
    steps(page, plan, catalog);
    unknowns(page, plan, catalog);
}

fn steps(page: &mut Page, plan: &Plan, catalog: &Catalog) {
    if plan.steps.is_empty() {
        return;
    }
    page.blank();
    let heads = [
        ("编号", "Id"),
        ("成本", "Cost"),
        ("单项影响", "Alone"),
        ("累计得分", "Then"),
        ("要做的事", "What to do"),
    ];
    let mut rows = vec![heads.map(|(zh, en)| cell(page.pick(zh, en), Ink::Dim)).to_vec()];
    rows.extend(plan.steps.iter().map(|step| step_row(page, step, catalog)));
    let aligns = vec![Align::Left, Align::Right, Align::Right, Align::Right];
    page.table(&Table { aligns, rows, indent: 2, head: true, ..Table::default() });
    if let Some(method) = method(plan) {
        page.paragraph(2, page.get(&method), Ink::Dim);
    }
}

fn step_row(page: &Page, step: &PlanStep, catalog: &Catalog) -> Vec<Cell> {
    let (zh, en) = action(step);
    let title = catalog.title(&step.target).map_or("", |title| page.get(title));
    let remedy = remedy(step, catalog);
    let remedy = page.get(&remedy);
    let what = match page.lang {
        Lang::Zh if remedy.is_empty() => format!("{zh}“{title}”"),
        Lang::Zh => format!("{zh}“{title}”：{remedy}"),
        Lang::En => format!("{en}: {title}. {remedy}").trim_end_matches(". ").to_owned(),
    };
    vec![
        cell(&step.target, Ink::Plain),
        cell(step.cost.to_string(), Ink::Plain),
        cell(format!("+{}", step.points), Ink::Green),
        cell(step.after.to_string(), Ink::Plain),
        cell(what, Ink::Plain),
    ]
}

fn unknowns(page: &mut Page, plan: &Plan, catalog: &Catalog) {
    if plan.open.is_empty() {
        return;
    }
    page.heading(page.pick(OPEN.0, OPEN.1));
    let rows = plan.open.iter().take(UNKNOWNS).map(|one| unknown_row(page, one, catalog)).collect();
    let aligns = vec![Align::Right, Align::Left, Align::Left];
    page.table(&Table { aligns, rows, indent: 2, ..Table::default() });
    let more = plan.open.len().saturating_sub(UNKNOWNS);
    if more > 0 {
        let text = match page.lang {
            Lang::Zh => format!("另有 {more} 项待定"),
            Lang::En => format!("and {more} more unknown"),
        };
        page.paragraph(2, &text, Ink::Dim);
    }
}

fn unknown_row(page: &Page, one: &OpenTarget, catalog: &Catalog) -> Vec<Cell> {
    let (zh, en) = decides(one);
    vec![
        cell(format!("±{}", one.swing), Ink::Yellow),
        cell(&one.target, Ink::Plain),
        cell(page.pick(zh, en), Ink::Plain),
        cell(catalog.title(&one.target).map_or("", |title| page.get(title)), Ink::Plain),
    ]
}
