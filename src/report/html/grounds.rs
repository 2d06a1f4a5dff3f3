//! What a report rests on: packs and their digests, what they change, readings of the standard, what was read.

use super::Context;
use super::markup::Markup;
use crate::model::pack::{Override, PackInfo};
use crate::model::policy::Policies;
use crate::model::report::{BrokenRule, Report, Submission};
use crate::model::run_inputs::RunInputs;
use crate::model::text::{Lang, Text};
use crate::report::comparison::vocabulary::{field_word, kind_word, value_word};
use crate::report::words;

/// Everything a report rests on. `submission` is told of one organization.
pub(super) fn write(m: &mut Markup, submission: Option<&Submission>, context: Context<'_>) {
    let run = context.run;
    if let Some(read) = submission {
        title(m, "申报材料", "Submission");
        m.class("table", "list", |m| {
            m.element("tr", &[], |m| {
                m.element("th", &[("scope", "row"), ("data-f", "Submission")], |m| m.long(&read.path));
                m.element("td", &[], |m| m.say("摘要 SHA-256", "SHA-256"));
                m.element("td", &[("class", "digest"), ("data-f", "sha")], |m| m.text(&read.sha256));
            });
        });
    }
    title(m, "程序和规则包", "Program and packs");
    m.class("table", "list", |m| {
        m.element("tr", &[], |m| {
            m.element("th", &[("scope", "row")], |m| m.text(&run.tool.name));
            m.label("td", "word", &run.tool.version);
            m.element("td", &[], |_| ());
        });
        run.packs.iter().for_each(|pack| self::pack(m, pack));
    });
    inputs(m, &run.inputs);
    broken(m, &run.broken);
    overrides(m, &run.overrides);
    policies(m, run, context.policies);
}

fn title(m: &mut Markup, zh: &str, en: &str) {
    m.element("h3", &[], |m| m.say(zh, en));
}

fn pack(m: &mut Markup, pack: &PackInfo) {
    m.element("tr", &[], |m| {
        m.element("th", &[("scope", "row")], |m| {
            m.both(&pack.title);
            m.label("span", "aside", &pack.id);
            m.class("span", "aside", |m| m.both(&pack.authority));
        });
        m.label("td", "word", &pack.version);
        m.class("td", "digest", |m| {
            m.text(&pack.sha256);
            let state = |lang| words::signature(pack, lang).unwrap_or_default();
            if pack.signature.is_some() {
                m.class("span", "aside", |m| {
                    m.say(state(Lang::Zh), state(Lang::En));
                    pack.signed_by
                        .iter()
                        .for_each(|key| m.say(&format!("，密钥 {key}"), &format!(", key {key}")));
                });
            }
        });
    });
}

/// What else the run was given.
fn inputs(m: &mut Markup, inputs: &RunInputs) {
    if inputs.is_empty() {
        return;
    }
    title(m, "所用文件和选项", "Given files and options");
    m.class("table", "list", |m| {
        for file in &inputs.files {
            m.element("tr", &[], |m| {
                m.element("th", &[("scope", "row")], |m| {
                    m.say(words::input_role(file.role, Lang::Zh), words::input_role(file.role, Lang::En));
                });
                m.element("td", &[], |m| m.long(&file.path));
                m.label("td", "digest", &file.sha256);
            });
        }
        for (name, value) in &inputs.options {
            m.element("tr", &[], |m| {
                m.element("th", &[("scope", "row")], |m| m.text(&format!("--{name}")));
                m.label("td", "word", value);
                m.element("td", &[], |_| ());
            });
        }
    });
}

/// Rules that do not compile, which decide nothing.
fn broken(m: &mut Markup, rules: &[BrokenRule]) {
    if rules.is_empty() {
        return;
    }
    title(m, "不能使用的规则", "Rules that cannot be used");
    m.class("table", "list", |m| {
        for rule in rules {
            m.element("tr", &[], |m| {
                m.element("th", &[("scope", "row")], |m| m.text(&rule.rule));
                m.element("td", &[], |m| m.text(&rule.file));
                m.element("td", &[], |m| m.both(&rule.message));
            });
        }
    });
}

fn overrides(m: &mut Markup, all: &[Override]) {
    if all.is_empty() {
        return;
    }
    title(m, "与下层规则包不同之处", "What is otherwise than in the packs below");
    m.class("table", "list", |m| {
        for one in all {
            m.element("tr", &[], |m| {
                m.element("th", &[("scope", "row")], |m| {
                    m.say(&changed(one, Lang::Zh), &changed(one, Lang::En));
                });
                m.element("td", &[], |m| m.say(&values(one, Lang::Zh), &values(one, Lang::En)));
                m.element("td", &[], |m| m.say(&ground(one, Lang::Zh), &ground(one, Lang::En)));
            });
        }
    });
}

fn joined(parts: &[&str], between: &str) -> String {
    parts.iter().copied().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(between)
}

/// What is changed.
fn changed(one: &Override, lang: Lang) -> String {
    joined(&[kind_word(one.kind, lang), &one.target, field_word(&one.field, lang)], " ")
}

/// What it was, and what it is.
fn values(one: &Override, lang: Lang) -> String {
    let [was, now] = [&one.was, &one.now].map(|value| value_word(&one.field, value, lang));
    joined(&[&was, &now], " → ")
}

/// Who decided so, from when, and why.
fn ground(one: &Override, lang: Lang) -> String {
    let from = one.from.as_ref().map(|day| match lang {
        Lang::Zh => format!("自 {day} 起"),
        Lang::En => format!("from {day}"),
    });
    joined(&[&one.document, &from.unwrap_or_default(), one.reason.get(lang)], " ")
}

fn policies(m: &mut Markup, run: &Report, known: &Policies) {
    title(m, "标准的读法（口径）", "Readings of the standard");
    m.class("table", "list", |m| {
        for (name, value) in &run.policies {
            let policy = known.get(name);
            m.element("tr", &[], |m| {
                m.element("th", &[("scope", "row")], |m| {
                    m.both(policy.map_or(&Text::default(), |policy| &policy.title));
                    m.label("span", "aside", name);
                });
                m.label("td", "word", value);
                m.class("td", "aside", |m| {
                    let clause = policy.map(|policy| policy.clause.as_str()).unwrap_or_default();
                    m.say(&words::clause(clause, Lang::Zh), &words::clause(clause, Lang::En));
                });
            });
        }
    });
}
