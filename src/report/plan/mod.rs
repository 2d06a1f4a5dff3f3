//! Plans, as every output shows them: one wording, and one choice of what is said.

mod document;
mod terminal;

pub(super) use self::document::PlanDocument;
pub(super) use self::terminal::{alone, section};

use crate::model::catalog::Catalog;
use crate::model::outcome::Outcome;
use crate::model::plan::{COST, Decides, OpenTarget, Plan, PlanStatus, PlanStep};
use crate::model::report::Score;
use crate::model::text::Text;

/// What a plan is called.
pub(super) const TITLE: (&str, &str) = ("达标整改方案", "Plan to reach the target");

/// What is said of the unknowns that a target hangs on.
pub(super) const OPEN: (&str, &str) = (
    "目标能否达到，取决于以下待定项（影响大的在前）",
    "Unknowns the target hangs on (the greatest swing first)",
);

/// What a plan comes to.
pub(super) fn headline(plan: &Plan, score: &Score) -> Text {
    let (target, count, now) = (plan.target, plan.steps.len(), score.low);
    let cost = |text: String| if plan.costs_more() { text } else { String::new() };
    match plan.status {
        PlanStatus::Reached => Text::new(
            format!("目标{target}分已经达到：确定得分{now}分，不必整改"),
            format!("The target of {target} is reached: {now} points are sure, nothing has to be put right"),
        ),
        PlanStatus::Reachable => Text::new(
            format!(
                "目标{target}分：完成下列{count}项{}，确定得分由{now}分升到{}分",
                cost(format!("（成本合计{}）", plan.cost)),
                plan.low
            ),
            format!(
                "Target {target}: the steps below ({count}{}) bring the sure points from {now} to {}",
                cost(format!(", at a cost of {}", plan.cost)),
                plan.low
            ),
        ),
        PlanStatus::Unreachable => Text::new(
            format!("目标{target}分无法达到：确定得分最多可到{}分，须完成下列{count}项", plan.most),
            format!(
                "The target of {target} cannot be reached: the sure points come to {} at most, by the steps below \
                 ({count})",
                plan.most
            ),
        ),
    }
}

/// How the steps were chosen.
pub(super) fn method(plan: &Plan) -> Option<Text> {
    (!plan.steps.is_empty()).then(|| {
        Text::new(
            "按确定得分（得分下限）计算，是全部组合中成本最低的；成本相同的取项数最少的，再取得分最高的。\
             “单项影响”是只缺这一项时少的分。",
            "By the sure points (the low end): of all sets of steps the one that costs least, then the one of fewest \
             steps, then the one with most points. \"Alone\" is what is lost if that step alone is left out.",
        )
    })
}

/// What a step asks for: what is unknown may be met already.
pub(super) const fn action(step: &PlanStep) -> (&'static str, &'static str) {
    match step.outcome {
        Outcome::Unknown => ("核实或补证", "show to be met"),
        _ => ("整改", "put right"),
    }
}

/// What one unknown decides alone.
pub(super) const fn decides(one: &OpenTarget) -> (&'static str, &'static str) {
    match one.decides {
        Decides::Both => ("符合即达到，不符合即达不到", "alone: reached if met, missed if not"),
        Decides::Reached => ("符合即达到", "alone reaches it if met"),
        Decides::Missed => ("不符合即达不到", "alone misses it if not met"),
        Decides::Neither => ("单独不起决定作用", "decides nothing alone"),
    }
}

/// What to do in a step: the general remedy of its requirement or item, and how far it has to go.
pub(super) fn remedy(step: &PlanStep, catalog: &Catalog) -> Text {
    let fix = catalog.requirement(&step.target).map(|requirement| &requirement.fix);
    let fix = fix.or_else(|| catalog.item(&step.target).map(|item| &item.fix)).cloned().unwrap_or_default();
    match &step.enough {
        Some(enough) if fix.is_empty() => enough.clone(),
        Some(enough) => {
            let end = |text: &str, sign: &'static str| {
                text.trim_end_matches(['。', '.', '；', ';']).to_owned() + sign
            };
            Text::new(end(&fix.zh, "；") + enough.zh.as_str(), end(&fix.en, "; ") + enough.en.as_str())
        }
        None => fix,
    }
}

impl Plan {
    /// Whether costs were stated that are not one each.
    pub(super) fn costs_more(&self) -> bool {
        self.steps.iter().any(|step| step.cost != COST)
    }
}
