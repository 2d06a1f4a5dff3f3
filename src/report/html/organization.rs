//! The page of one organization, which is read without script.

use super::markup::Markup;
use super::{Context, attachments, clauses, filters, findings, grids, grounds, items, plan, since, verdict};
use crate::model::report::Organization;
use crate::model::text::{Lang, Text};
use crate::report::attachment;
use crate::report::plan::TITLE;
use crate::report::words;

/// The parts of a page, and what its list of contents says of them.
#[derive(Default)]
pub(super) struct Parts {
    pub(super) page: Markup,
    pub(super) contents: Vec<(&'static str, Text)>,
}

impl Parts {
    /// One more part.
    pub(super) fn part(
        &mut self,
        id: &'static str,
        (zh, en): (&str, &str),
        inside: impl FnOnce(&mut Markup),
    ) {
        let head = format!("h-{id}");
        self.contents.push((id, Text::new(zh, en)));
        self.page.element("section", &[("class", "part"), ("id", id), ("aria-labelledby", &head)], |m| {
            m.element("h2", &[("id", &head)], |m| m.say(zh, en));
            inside(m);
        });
    }
}

/// What kind of paper this is.
pub(super) fn kind(m: &mut Markup) {
    m.class("p", "kind", |m| m.say("评价报告", "Assessment report"));
}

/// By whose standards was assessed, and on which day.
pub(super) fn basis(m: &mut Markup, context: Context<'_>) {
    if context.run.unmasked {
        m.element("li", &[("class", "error")], |m| m.word(words::unmasked));
    }
    m.element("li", &[], |m| {
        m.say("评价日 ", "As of ");
        m.element("b", &[], |m| m.text(&context.run.as_of));
    });
    for pack in context.run.packs.iter().filter(|pack| !pack.authority.is_empty()) {
        m.element("li", &[], |m| {
            m.say("依据 ", "By ");
            m.element("b", &[], |m| m.both(&pack.authority));
        });
    }
}

/// The head of the page.
pub(super) fn head(m: &mut Markup, one: &Organization, context: Context<'_>) {
    m.class("header", "title", |m| {
        kind(m);
        m.element("h1", &[("data-f", "name")], |m| {
            m.long(if one.name.is_empty() { &one.id } else { &one.name });
        });
        m.class("ul", "meta", |m| {
            for ((zh, en), text) in
                [(("单位编号", "Id"), one.id.as_str()), (("申报材料", "Submission"), &one.submission.path)]
            {
                m.element("li", &[], |m| {
                    m.say(zh, en);
                    m.text(" ");
                    m.element("b", &[("data-f", en)], |m| m.long(text));
                });
            }
            basis(m, context);
            m.element("li", &[("data-f", "level")], |m| m.word(|lang: Lang| words::level(&one.level, lang)));
        });
    });
}

/// The parts of the page.
pub(super) fn parts(one: &Organization, context: Context<'_>) -> Parts {
    let by_target = findings::by_target(one);
    let mut parts = Parts::default();
    parts.part("result", ("评价结论", "Result"), |m| verdict::write(m, one, context));
    if findings::any_at_once(one) {
        parts.part("at-once", ("可以立即改正的数据问题", "To be put right at once"), |m| {
            findings::at_once(m, one);
        });
    }
    if let Some(plan) = &one.plan {
        parts.part("plan", TITLE, |m| plan::write(m, one, plan, context));
    }
    parts.part("tables", ("各表得分", "Score by table"), |m| items::bars(m, one, context));
    filters::write(&mut parts.page, one);
    parts.part("items", ("评价内容和评价要求", "Items"), |m| {
        items::write(m, one, context, &by_target);
    });
    if one.last_list.is_some() {
        parts.part("since", ("整改清单（与上次相比）", "Since the list of last time"), |m| {
            since::write(m, one);
        });
    }
    if !one.findings.is_empty() {
        parts.part("findings", ("问题清单", "Findings"), |m| findings::write(m, one, context));
    }
    if !one.structure.is_empty() {
        parts.part("structure", ("结构要求", "Structure"), |m| clauses::write(m, one, context));
    }
    if !one.grids.is_empty() || one.map.is_some() {
        parts.part("grids", ("各网格的问题", "By grid"), |m| {
            grids::of_organization(m, &one.grids, one.map.as_ref());
        });
    }
    if let Some(all) = &one.attachments {
        parts.part("attachments", attachment::TITLE, |m| attachments::write(m, one, all));
    }
    parts.part("grounds", ("评价依据", "Grounds"), |m| grounds::write(m, Some(&one.submission), context));
    parts
}
