//! Where a person enters rulings: they become a file that a run reads, never a score.

use serde_json::json;

use super::markup::Markup;
use super::outcome;
use super::{Context, requirement};
use crate::model::policy;
use crate::model::ruling_form;

/// The list of drafts; empty until one is entered.
pub(super) fn drafts(m: &mut Markup) {
    m.element("section", &[("class", "drafts js"), ("id", "drafts"), ("aria-labelledby", "h-drafts"), ("hidden", "")], |m| {
        m.element("h2", &[("id", "h-drafts")], |m| m.say("裁定（草稿）", "Rulings (drafts)"));
        m.class("p", "aside", |m| {
            m.say(
                "草稿只保存在本机的浏览器里。导出的“裁定.csv”导入后重新评定才有新的得分。",
                "Drafts stay in this browser. Save them as a file and assess again with --rulings: only then is there a new score.",
            );
        });
        m.element("table", &[("class", "list")], |m| m.element("tbody", &[("id", "draft-rows")], |_| ()));
        m.class("p", "actions", |m| {
            for (id, zh, en) in [("save", "导出 裁定.csv", "Save 裁定.csv"), ("drop", "清空草稿", "Discard all")] {
                m.element("button", &[("type", "button"), ("id", &format!("draft-{id}"))], |m| m.say(zh, en));
            }
        });
    });
}

/// Fields of the form, beside the outcome: name, type, whether it must be filled, label.
const FIELDS: [(&str, &str, bool, (&str, &str)); 6] = [
    ("value", "text", false, ("值", "Value")),
    ("reason", "text", true, ("理由", "Reason")),
    ("evidence", "text", false, ("依据", "Evidence")),
    ("by", "text", true, ("裁定人", "By")),
    ("date", "date", true, ("日期", "Date")),
    ("expires", "date", false, ("有效期至", "Holds until")),
];

/// The form in which a ruling is entered.
pub(super) fn dialog(m: &mut Markup) {
    m.element("dialog", &[("id", "ruling"), ("aria-labelledby", "h-ruling")], |m| {
        m.element("form", &[("method", "dialog")], |m| {
            m.element("h2", &[("id", "h-ruling")], |m| {
                m.say("裁定", "Ruling");
                m.text(" ");
                m.element("span", &[("class", "id"), ("id", "ruling-target")], |_| ());
            });
            m.element("p", &[("id", "ruling-title")], |_| ());
            choices(m, "ruling", ("裁定结果", "Outcome"), |m| {
                for each in outcome::OUTCOMES {
                    let (key, sign) = outcome::key(each);
                    // Nobody rules that he does not know.
                    if key != "unknown" {
                        choice(m, "ruling", (key, sign), each.words());
                    }
                }
                choice(m, "ruling", ("value", ""), ("按数值", "value"));
            });
            choices(m, "role", ("角色", "Role"), |m| {
                choice(m, "role", ("team", ""), ("评估组", "team"));
                choice(m, "role", ("self", ""), ("自评", "self-evaluation"));
            });
            FIELDS.iter().for_each(|field| self::field(m, field));
            m.element("p", &[("class", "error"), ("id", "ruling-error"), ("role", "alert")], |_| ());
            m.class("p", "actions", |m| {
                for (id, kind, zh, en) in
                    [("keep", "submit", "存为草稿", "Keep as draft"), ("cancel", "button", "取消", "Cancel")]
                {
                    m.element("button", &[("type", kind), ("id", &format!("ruling-{id}"))], |m| {
                        m.say(zh, en);
                    });
                }
            });
        });
    });
}

fn choices(m: &mut Markup, id: &str, (zh, en): (&str, &str), inside: impl FnOnce(&mut Markup)) {
    m.element("fieldset", &[("class", "facet"), ("id", &format!("choose-{id}"))], |m| {
        m.element("legend", &[], |m| m.say(zh, en));
        inside(m);
    });
}

fn choice(m: &mut Markup, name: &str, (key, sign): (&str, &str), (zh, en): (&str, &str)) {
    m.element("label", &[], |m| {
        m.void("input", &[("type", "radio"), ("name", name), ("value", key)]);
        m.class("span", &format!("chip {key}"), |m| {
            if !sign.is_empty() {
                m.element("b", &[("aria-hidden", "true")], |m| m.text(sign));
            }
            m.say(zh, en);
        });
    });
}

fn field(m: &mut Markup, (name, kind, required, (zh, en)): &(&str, &str, bool, (&str, &str))) {
    let id = format!("ruling-{name}");
    m.element("label", &[("class", "field"), ("for", &id)], |m| {
        m.element("span", &[], |m| {
            m.say(zh, en);
            if *required {
                m.say("（必填）", " (required)");
            }
        });
        let all =
            [("id", id.as_str()), ("name", name), ("type", kind), ("autocomplete", "off"), ("required", "")];
        m.void("input", all.get(..if *required { 5 } else { 4 }).unwrap_or_default());
    });
}

/// What the script needs to check and write rulings: the columns of the file, and which targets take which value.
pub(super) fn form(context: Context<'_>) -> serde_json::Value {
    let each = context.run.policies.get(policy::COUNTING).is_some_and(|value| value == "each");
    let catalog = context.titles.catalog;
    let forms = catalog.requirements().map(|one| (one.id.clone(), requirement::value_form(one, each)));
    let awards = catalog.items().filter(|item| item.awards()).map(|item| {
        let levels: Vec<_> = item.award.iter().filter_map(|band| band.level.as_deref()).collect();
        let number = item.award.iter().any(|band| band.from.is_some());
        let form = match (levels.is_empty(), number) {
            (true, _) if item.share => "share".to_owned(),
            (true, _) => "percentage".to_owned(),
            (false, true) => format!("percentage {}", levels.join(" ")),
            (false, false) => format!("level {} none", levels.join(" ")),
        };
        (item.id.clone(), form)
    });
    let forms: serde_json::Map<_, _> = forms
        .chain(awards)
        .filter(|(_, form)| !form.is_empty())
        .map(|(id, form)| (id, form.into()))
        .collect();
    json!({ "columns": ruling_form::FIELDS.map(|names| [names.key, names.zh]), "forms": forms })
}
