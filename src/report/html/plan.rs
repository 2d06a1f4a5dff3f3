//! What brings an organization to the points aimed at.

use super::Context;
use super::lists::heads;
use super::markup::Markup;
use super::verdict::link;
use crate::model::plan::{OpenTarget, Plan, PlanStep};
use crate::model::report::Organization;
use crate::model::text::Text;
use crate::report::plan::{OPEN, action, decides, headline, method, remedy};

/// The section of a page.
pub(super) fn write(m: &mut Markup, one: &Organization, plan: &Plan, context: Context<'_>) {
    m.element("p", &[("data-f", "plan")], |m| m.both(&headline(plan, &one.score)));
    if !plan.limits.is_empty() {
        m.class("ul", "notes", |m| {
            plan.limits.iter().for_each(|limit| m.element("li", &[], |m| m.both(limit)));
        });
    }
    if !plan.steps.is_empty() {
        steps(m, plan, context);
    }
    if let Some(method) = method(plan) {
        m.class("p", "aside", |m| m.both(&method));
    }
    if !plan.open.is_empty() {
        m.element("h3", &[], |m| m.say(OPEN.0, OPEN.1));
        unknowns(m, plan, context);
    }
}

fn steps(m: &mut Markup, plan: &Plan, context: Context<'_>) {
    m.class("table", "list", |m| {
        heads(
            m,
            &[
                ("评价要求", "Requirement"),
                ("要做的事", "What to do"),
                ("成本", "Cost"),
                ("单项影响", "Alone"),
                ("累计得分", "Then"),
            ],
        );
        m.element("tbody", &[], |m| plan.steps.iter().for_each(|step| row(m, step, context)));
    });
}

fn row(m: &mut Markup, step: &PlanStep, context: Context<'_>) {
    m.element("tr", &[], |m| {
        target(m, &step.target, context);
        m.element("td", &[], |m| {
            let (zh, en) = action(step);
            m.class("b", "", |m| m.say(zh, en));
            m.say("　", " ");
            m.both(&remedy(step, context.titles.catalog));
        });
        let numbers = [step.cost.to_string(), format!("+{}", step.points), step.after.to_string()];
        numbers.iter().for_each(|number| m.label("td", "number", number));
    });
}

fn target(m: &mut Markup, id: &str, context: Context<'_>) {
    m.element("th", &[("scope", "row")], |m| {
        link(m, id);
        m.text(" ");
        m.both(context.titles.catalog.title(id).unwrap_or(&Text::default()));
    });
}

fn unknowns(m: &mut Markup, plan: &Plan, context: Context<'_>) {
    m.class("table", "list", |m| {
        heads(
            m,
            &[
                ("评价要求", "Requirement"),
                ("影响", "Swing"),
                ("符合时得分不低于", "Low end if met"),
                ("不符合时得分不高于", "High end if not"),
                ("单独能否决定", "What it decides alone"),
            ],
        );
        m.element("tbody", &[], |m| plan.open.iter().for_each(|one| unknown(m, one, context)));
    });
}

fn unknown(m: &mut Markup, one: &OpenTarget, context: Context<'_>) {
    m.element("tr", &[], |m| {
        target(m, &one.target, context);
        let numbers = [format!("±{}", one.swing), one.low_if_met.to_string(), one.high_if_unmet.to_string()];
        numbers.iter().for_each(|number| m.label("td", "number", number));
        let (zh, en) = decides(one);
        m.element("td", &[], |m| m.say(zh, en));
    });
}
