//! Filters over a page: they need the script, and are not shown without it.

use super::markup::Markup;
use super::outcome;
use crate::model::assurance::Assurance;
use crate::model::report::Organization;
use crate::model::text::Lang;
use crate::report::problem::Standing;
use crate::report::words;

/// The filters of the page of one organization.
pub(super) fn write(m: &mut Markup, one: &Organization) {
    m.element("form", &[("class", "filters js"), ("id", "filters"), ("role", "search")], |m| {
        m.class("div", "facet search", |m| {
            m.element("label", &[("for", "search")], |m| m.say("查找文字", "Search"));
            m.void("input", &[("type", "search"), ("id", "search"), ("autocomplete", "off")]);
        });
        let outcomes = outcome::OUTCOMES.map(|each| (outcome::key(each), each.words()));
        facet(m, "o", ("结果", "Outcome"), &outcomes);
        let severities = outcome::SEVERITIES.map(|each| {
            let word = |lang| words::severity(each, lang);
            (outcome::severity_key(each), (word(Lang::Zh), word(Lang::En)))
        });
        facet(m, "s", ("问题", "Findings"), &severities);
        let known = Assurance::ALL.map(|each| {
            let word = |lang| words::assurance(each, lang);
            ((each.word(), ""), (word(Lang::Zh), word(Lang::En)))
        });
        facet(m, "a", ("依据", "Grounds"), &known);
        let tables: Vec<_> = one
            .tables
            .iter()
            .map(|table| ((table.id.as_str(), ""), (table.id.as_str(), table.id.as_str())))
            .collect();
        facet(m, "t", ("评分表", "Table"), &tables);
        if one.last_list.is_some() {
            let standings =
                Standing::ALL.map(|each| (each.key(), (each.word(Lang::Zh), each.word(Lang::En))));
            facet(m, "since", ("与上次相比", "Since last time"), &standings);
        }
        grid(m, one);
        m.class("p", "shown", |m| {
            m.element("output", &[("id", "shown"), ("aria-live", "polite")], |_| ());
            m.element("button", &[("type", "reset")], |m| m.say("清除筛选", "Clear"));
        });
    });
}

/// A key and its sign, and the word in both languages.
type Choice<'a> = ((&'a str, &'a str), (&'a str, &'a str));

fn facet(m: &mut Markup, name: &str, (zh, en): (&str, &str), choices: &[Choice<'_>]) {
    m.class("fieldset", "facet", |m| {
        m.element("legend", &[], |m| m.say(zh, en));
        for ((key, sign), (zh, en)) in choices {
            m.element("label", &[], |m| {
                m.void("input", &[("type", "checkbox"), ("name", name), ("value", key)]);
                m.class("span", &format!("chip {key}"), |m| {
                    if !sign.is_empty() {
                        m.element("b", &[("aria-hidden", "true")], |m| m.text(sign));
                    }
                    m.say(zh, en);
                });
            });
        }
    });
}

fn grid(m: &mut Markup, one: &Organization) {
    if one.grids.is_empty() {
        return;
    }
    m.class("div", "facet", |m| {
        m.element("label", &[("for", "grid")], |m| m.say("网格", "Grid"));
        m.element("select", &[("id", "grid"), ("name", "g")], |m| {
            m.element("option", &[("value", "")], |m| m.text("—"));
            for grid in &one.grids.worst {
                m.element("option", &[("value", &grid.grid)], |m| {
                    m.text(&grid.grid);
                    m.text(" ");
                    m.text(&grid.grid_name);
                });
            }
        });
    });
}
