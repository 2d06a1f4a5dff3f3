//! What an assessment came to, and what decides it.

use super::markup::{Markup, anchor};
use super::{Context, chart, outcome};
use crate::model::assurance::Assurance;
use crate::model::report::{Organization, Score, Verdict};
use crate::model::text::{Lang, Text};
use crate::report::words;

/// Unknown requirements listed that decide a verdict; the rest are counted.
const DECIDING: usize = 10;

/// The first section of a page.
pub(super) fn write(m: &mut Markup, one: &Organization, context: Context<'_>) {
    m.class("div", "result", |m| {
        m.class("div", "mark", |m| {
            m.element("p", &[("class", "verdict"), ("data-f", "verdict")], |m| {
                outcome::verdict(m, one.verdict);
            });
            m.class("p", "total", |m| {
                m.element("strong", &[("data-f", "score")], |m| range(m, one.score.low, one.score.high));
                m.say("分", " points");
            });
        });
        m.class("div", "measure", |m| {
            chart::scale(m, &one.score);
            legend(m);
        });
    });
    m.class("dl", "facts", |m| facts(m, one));
    deciding(m, one, context);
    notes(m, one);
    conditions(m, one, context);
}

/// Points as a range.
pub(super) fn range(m: &mut Markup, low: u32, high: u32) {
    m.say(&words::range(low, high, Lang::Zh), &words::range(low, high, Lang::En));
}

fn legend(m: &mut Markup) {
    m.element("ul", &[("class", "legend"), ("aria-hidden", "true")], |m| {
        for (class, zh, en) in
            [("sure", "已确定得分", "sure"), ("open", "待定", "open"), ("lost", "已确定失分", "lost")]
        {
            m.class("li", class, |m| m.say(zh, en));
        }
    });
}

/// A term and what is said of it.
fn fact(m: &mut Markup, (zh, en): (&str, &str), inside: impl FnOnce(&mut Markup)) {
    m.element("div", &[], |m| {
        m.element("dt", &[], |m| m.say(zh, en));
        m.element("dd", &[], inside);
    });
}

fn facts(m: &mut Markup, one: &Organization) {
    let score = &one.score;
    fact(m, ("满分、合格线", "Full and pass mark"), |m| marks(m, score));
    let before = score.before_rulings;
    fact(m, ("裁定前得分", "Before rulings"), |m| {
        m.element("span", &[("data-f", "before")], |m| range(m, before.low, before.high));
        m.say("分", " points");
    });
    fact(m, ("申请条件（与得分分开判断）", "Eligibility (apart from the score)"), |m| {
        m.element("span", &[("data-f", "eligibility")], |m| outcome::eligibility(m, one.eligibility.status));
    });
    fact(m, ("已确定得分的依据", "What the sure points rest on"), |m| assurances(m, score));
    if let Some(base) = &one.base {
        fact(m, ("仅按基础规则包", "By the lowest pack alone"), |m| {
            m.both(&base.title);
            m.text("  ");
            range(m, base.score.low, base.score.high);
            m.say("分", " points");
            marks_aside(m, &base.score);
            outcome::verdict(m, base.verdict);
        });
    }
}

fn marks(m: &mut Markup, score: &Score) {
    let Score { full, pass, .. } = score;
    m.say(&format!("满分{full}分，{pass}分以上合格"), &format!("full mark {full}, qualified from {pass}"));
}

fn marks_aside(m: &mut Markup, score: &Score) {
    m.say("（", " (");
    marks(m, score);
    m.say("）", ") ");
}

/// The sure points by how they are known, the weakest first.
fn assurances(m: &mut Markup, score: &Score) {
    let points = &score.by_assurance;
    m.element("ul", &[("class", "assurance"), ("data-f", "assurance")], |m| {
        for assurance in Assurance::ALL {
            let points = points.of(assurance);
            m.element("li", &[("data-a", assurance.word())], |m| {
                m.word(|lang| words::assurance(assurance, lang));
                m.text(" ");
                m.label("b", "", &points.to_string());
                m.say("分", " points");
            });
        }
    });
}

/// What an open verdict hangs on.
fn deciding(m: &mut Markup, one: &Organization, context: Context<'_>) {
    if one.verdict != Verdict::Open || one.deciding.is_empty() {
        return;
    }
    m.element("h3", &[], |m| {
        m.say("结论取决于以下待定项（核实后可加的分）", "What decides the verdict (points each may add)");
    });
    m.class("ol", "deciding", |m| {
        for decider in one.deciding.iter().take(DECIDING) {
            m.element("li", &[], |m| {
                m.label("b", "gain", &format!("+{}", decider.points));
                link(m, &decider.target);
                m.both(context.titles.catalog.title(&decider.target).unwrap_or(&Text::default()));
                if let Some(reason) = one.reason(&decider.target).filter(|reason| !reason.is_empty()) {
                    m.class("span", "aside", |m| m.both(reason));
                }
            });
        }
    });
    let rest = one.deciding.iter().skip(DECIDING);
    let (count, points) = rest.fold((0_u32, 0_u32), |(count, points), one| {
        (count.saturating_add(1), points.saturating_add(one.points))
    });
    if count > 0 {
        m.class("p", "aside", |m| {
            m.say(
                &format!("另有{count}项待定，共{points}分"),
                &format!("and {count} more unknown, {points} points in all"),
            );
        });
    }
}

/// A link to a requirement, item or clause on the same page.
pub(super) fn link(m: &mut Markup, target: &str) {
    m.element("a", &[("class", "id"), ("href", &format!("#{}", anchor(target)))], |m| m.text(target));
}

fn notes(m: &mut Markup, one: &Organization) {
    let mut remarks = one.remarks().peekable();
    if remarks.peek().is_none() {
        return;
    }
    m.element("h3", &[], |m| m.say("说明", "Notes"));
    m.class("ul", "notes", |m| {
        for remark in remarks {
            m.element("li", &[], |m| m.both(&remark));
        }
    });
}

/// The conditions of an application, apart from the score.
fn conditions(m: &mut Markup, one: &Organization, context: Context<'_>) {
    if one.eligibility.conditions.is_empty() {
        return;
    }
    m.element("h3", &[], |m| m.say("申请条件", "Eligibility"));
    m.class("table", "rows", |m| {
        for condition in &one.eligibility.conditions {
            m.element("tr", &[], |m| {
                m.class("td", "word", |m| outcome::outcome(m, condition.status));
                m.element("th", &[("scope", "row")], |m| {
                    m.say(
                        &words::clause(&condition.clause, Lang::Zh),
                        &words::clause(&condition.clause, Lang::En),
                    );
                });
                let title = context.titles.clauses.get(&condition.clause).map(|clause| &clause.title);
                let reason = Some(&condition.reason).filter(|reason| !reason.is_empty());
                m.element("td", &[], |m| m.both(reason.or(title).unwrap_or(&Text::default())));
            });
        }
    });
}
