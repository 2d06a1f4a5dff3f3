//! The document around a page: what it may do, its style and script, the choice of the language.
//!
//! The policy allows the style and the script that are in the document, by their digests, and nothing else: no request
//! leaves it, whatever stands in the data.

use serde_json::json;
use sha2::{Digest, Sha256};

use super::map;
use super::markup::Markup;
use super::organization::{self, Parts};
use super::{Context, base64, rulings};
use crate::model::report::Organization;
use crate::model::text::{Lang, Text};
use crate::report::json::escaped;
use crate::report::words::pick;

const STYLE: &str = include_str!("../../../web/page.css");
const SCRIPT: &str = concat!(
    "'use strict';\n",
    include_str!("../../../web/page.js"),
    include_str!("../../../web/filters.js"),
    include_str!("../../../web/rulings.js"),
    include_str!("../../../web/batch.js"),
    include_str!("../../../web/heat.js"),
    include_str!("../../../web/map.js"),
    include_str!("../../../web/since.js"),
    include_str!("../../../web/detail.js"),
    "start();\n"
);

/// A page before its document is around it.
pub(super) struct Body<'a> {
    /// What the window is called.
    pub(super) title: &'a str,
    /// What kind of paper it is, in Chinese and English.
    pub(super) kind: (&'a str, &'a str),
    pub(super) head: Markup,
    pub(super) parts: Parts,
    /// What stands after the parts.
    pub(super) tail: Markup,
    /// What the script is told.
    pub(super) data: serde_json::Value,
}

/// The page of one organization.
pub(in crate::report) fn page_of_one(one: &Organization, context: Context<'_>) -> String {
    let mut head = Markup::default();
    organization::head(&mut head, one, context);
    rulings::drafts(&mut head);
    let name = if one.name.is_empty() { &one.id } else { &one.name };
    let data = json!({ "organization": one.id, "rulings": rulings::form(context) });
    let parts = organization::parts(one, context);
    let mut tail = Markup::default();
    rulings::dialog(&mut tail);
    document(Body { title: name, kind: ASSESSMENT, head, parts, tail, data }, context)
}

/// What kind of paper a report is.
pub(super) const ASSESSMENT: (&str, &str) = ("评价报告", "assessment");

/// The whole document.
pub(super) fn document(body: Body<'_>, context: Context<'_>) -> String {
    let mut data = body.data;
    let main = body.parts.page.finish();
    if let Some(data) = data.as_object_mut() {
        data.insert("report".to_owned(), digest(&format!("{}{main}", context.run.as_of)).into());
    }
    let mut m = Markup::doctype();
    let lang = pick(context.lang, "zh-CN", "en");
    m.element("html", &[("lang", lang)], |m| {
        m.element("head", &[], |m| head(m, (body.title, body.kind), context));
        m.element("body", &[], |m| {
            languages(m, context.lang);
            navigation(m, &body.parts.contents);
            m.element("main", &[("id", "main")], |m| {
                m.append(&body.head);
                m.own("div", &[("class", "parts")], &main);
                m.append(&body.tail);
            });
            map::patterns(m);
            footer(m, context);
            let data = escaped(&data.to_string()).replace('<', "\\u003c");
            m.own("script", &[("type", "application/json"), ("id", "data")], &data);
            m.own("script", &[], SCRIPT);
        });
    });
    m.finish() + "\n"
}

fn digest(text: &str) -> String {
    let digest = Sha256::digest(text.as_bytes());
    base64::encode(&digest)
}

/// What the document may do.
fn policy() -> String {
    let allowed = |text: &str| format!("'sha256-{}'", digest(text));
    format!(
        "default-src 'none'; script-src {}; style-src {}; base-uri 'none'; form-action 'none'",
        allowed(SCRIPT),
        allowed(STYLE)
    )
}

fn head(m: &mut Markup, (title, kind): (&str, (&str, &str)), context: Context<'_>) {
    m.void("meta", &[("charset", "utf-8")]);
    m.void("meta", &[("http-equiv", "Content-Security-Policy"), ("content", &policy())]);
    let tool = &context.run.tool;
    for (name, content) in [
        ("viewport", "width=device-width, initial-scale=1"),
        ("color-scheme", "light dark"),
        ("referrer", "no-referrer"),
        ("generator", &format!("{} {}", tool.name, tool.version)),
    ] {
        m.void("meta", &[("name", name), ("content", content)]);
    }
    let kind = pick(context.lang, kind.0, kind.1);
    m.element("title", &[], |m| m.text(&format!("{title} · {kind} · {}", context.run.as_of)));
    m.own("style", &[], STYLE);
}

/// The choice of the language: it works without script.
fn languages(m: &mut Markup, lang: Lang) {
    for (id, name, is) in [("lang-zh", "中文", Lang::Zh), ("lang-en", "English", Lang::En)] {
        let all = [
            ("type", "radio"),
            ("name", "language"),
            ("id", id),
            ("class", "language"),
            ("aria-label", name),
            ("checked", ""),
        ];
        m.void("input", all.get(..if is == lang { 6 } else { 5 }).unwrap_or_default());
    }
}

fn navigation(m: &mut Markup, contents: &[(&str, Text)]) {
    m.element("a", &[("class", "skip"), ("href", "#main")], |m| m.say("跳到正文", "Skip to the text"));
    m.element("nav", &[("class", "top"), ("aria-labelledby", "h-contents")], |m| {
        m.element("h2", &[("id", "h-contents"), ("class", "unseen")], |m| m.say("目录", "Contents"));
        m.element("ul", &[], |m| {
            for (id, title) in contents {
                m.element("li", &[], |m| {
                    m.element("a", &[("href", &format!("#{id}"))], |m| m.both(title));
                });
            }
        });
        m.class("p", "choices", |m| {
            m.element("label", &[("for", "lang-zh")], |m| m.text("中文"));
            m.element("label", &[("for", "lang-en")], |m| m.text("English"));
            m.element("button", &[("type", "button"), ("id", "print"), ("class", "js")], |m| {
                m.say("打印", "Print");
            });
        });
    });
}

fn footer(m: &mut Markup, context: Context<'_>) {
    let run = context.run;
    m.element("footer", &[], |m| {
        m.element("p", &[], |m| {
            m.say("评价日 ", "As of ");
            m.text(&run.as_of);
            m.text(" · ");
            m.text(&format!("{} {}", run.tool.name, run.tool.version));
            for pack in &run.packs {
                m.text(" · ");
                m.text(&format!("{} {} ", pack.id, pack.version));
                m.label("span", "digest", pack.sha256.get(..12).unwrap_or(&pack.sha256));
            }
        });
        m.element("p", &[("id", "told"), ("role", "status"), ("aria-live", "polite")], |_| ());
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_policy_names_the_digests_of_the_style_and_the_script() {
        let policy = policy();
        assert_eq!(policy.matches("'sha256-").count(), 2);
        assert!(policy.starts_with("default-src 'none'; "));
    }

    #[test]
    fn neither_style_nor_script_ends_its_element_or_reaches_outside() {
        for text in [STYLE, SCRIPT] {
            for wrong in ["</", "<!--", "http:", "https:", "url(", "@import", "fetch(", "innerHTML", "eval("]
            {
                let at = text.find(wrong).and_then(|at| text.get(at.saturating_sub(40)..));
                assert_eq!(at.map(|rest| rest.chars().take(80).collect::<String>()), None, "{wrong}");
            }
        }
    }
}
