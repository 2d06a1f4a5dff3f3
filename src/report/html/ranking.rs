//! The ranking, of which the script shows what is in sight, and the heat map, which it draws.

use super::lists::heads;
use super::markup::Markup;
use super::outcome;
use super::overview::{SMALL, VERDICTS};
use super::verdict::range;
use crate::model::summary::Ranked;
use crate::model::text::Lang;
use crate::report::words;

/// The ranking, and what it is narrowed by.
pub(super) fn ranking(m: &mut Markup, ranking: &[Ranked]) {
    choose(m);
    m.element(
        "div",
        &[
            ("class", "ranking"),
            ("id", "ranking-box"),
            ("tabindex", "0"),
            ("role", "region"),
            ("aria-labelledby", "h-ranking"),
        ],
        |m| {
            m.class("table", "list", |m| {
                heads(
                    m,
                    &[
                        ("名次", "Rank"),
                        ("单位", "Organization"),
                        ("层级", "Level"),
                        ("得分", "Score"),
                        ("结论", "Verdict"),
                    ],
                );
                m.element("tbody", &[("id", "ranking-rows")], |m| {
                    ranking.iter().take(SMALL).for_each(|ranked| rank(m, ranked));
                });
            });
        },
    );
}

/// What the ranking and the heat map are narrowed by; it needs the script.
fn choose(m: &mut Markup) {
    m.element("form", &[("class", "filters js"), ("id", "choose"), ("role", "search")], |m| {
        m.class("div", "facet search", |m| {
            m.element("label", &[("for", "find")], |m| {
                m.say("查找单位（名称、编号、上级编号）", "Find (name, id, parent)");
            });
            m.void("input", &[("type", "search"), ("id", "find"), ("autocomplete", "off")]);
        });
        m.class("fieldset", "facet", |m| {
            m.element("legend", &[], |m| m.say("结论", "Verdict"));
            for verdict in VERDICTS {
                let (key, sign) = outcome::verdict_key(verdict);
                m.element("label", &[], |m| {
                    m.void("input", &[("type", "checkbox"), ("name", "verdict"), ("value", key)]);
                    m.class("span", &format!("chip {key}"), |m| {
                        m.element("b", &[("aria-hidden", "true")], |m| m.text(sign));
                        m.word(|lang: Lang| words::verdict(verdict, lang));
                    });
                });
            }
        });
        m.class("p", "shown", |m| {
            m.element("output", &[("id", "found"), ("aria-live", "polite")], |_| ());
        });
    });
}

/// A line of the ranking, as it stands without script.
fn rank(m: &mut Markup, ranked: &Ranked) {
    m.element("tr", &[], |m| {
        m.label("td", "number", &ranked.rank.to_string());
        m.element("th", &[("scope", "row")], |m| {
            m.long(if ranked.name.is_empty() { &ranked.id } else { &ranked.name });
        });
        m.element("td", &[], |m| m.word(|lang| words::level(&ranked.level, lang)));
        m.class("td", "number", |m| range(m, ranked.low, ranked.high));
        m.class("td", "word", |m| outcome::verdict(m, ranked.verdict));
    });
}

/// The heat map is drawn by the script; its columns are the items.
pub(super) fn heat(m: &mut Markup) {
    m.class("p", "aside", |m| {
        m.say(
            "每行一个单位，顺序同上表；每列一项评价内容。深蓝为满分，越浅失分越多，斜纹为待定，红点为整项缺失。点击或按回车打开该单位的详情，方向键移动。",
            "A row an organization in the order above, a column an item. Dark: all points; light: lost; hatched: open; red dot: wholly absent. Click or Enter opens the organization, arrows move.",
        );
    });
    m.element("div", &[("class", "heat js"), ("id", "heat-box")], |m| {
        m.element(
            "canvas",
            &[("id", "heat-map"), ("tabindex", "0"), ("role", "img"), ("aria-labelledby", "heat-told")],
            |_| (),
        );
    });
    m.element(
        "p",
        &[("id", "heat-told"), ("class", "aside js"), ("role", "status"), ("aria-live", "polite")],
        |_| (),
    );
}
