//! The page of a comparison of reports.

use serde_json::json;

use super::Context;
use super::document::{Body, document};
use super::markup::Markup;
use super::organization::Parts;
use crate::model::report::Report;
use crate::model::report_diff::{OrganizationDiff, ReportDiff};
use crate::model::text::{Lang, Text};
use crate::report::difference::listing::Listing;
use crate::report::difference::{details, overall};
use crate::report::summary::Titles;

/// What kind of paper this is.
const KIND: (&str, &str) = ("评价报告比较", "Reports compared");

/// The page; `run` is one of the new reports, of which day, program and packs stand at the end.
pub(in crate::report) fn difference_page(diff: &ReportDiff, run: &Report, lang: Lang) -> String {
    let standard = run.standard.clone().unwrap_or_default();
    let titles = Titles { catalog: &standard.catalog, clauses: &standard.clauses };
    let context = Context { run, titles, policies: &standard.policies, brief: false, lang };
    let mut head = Markup::default();
    self::head(&mut head, diff);
    let mut parts = Parts::default();
    parts.part("overview", ("总体情况", "Overview"), |m| overview(m, diff));
    let lists = [
        ("matching", overall::matching(diff)),
        ("settings", overall::settings(diff)),
        ("why", overall::why(diff)),
        ("items", overall::items(diff)),
        ("organizations", overall::organizations(diff)),
    ];
    for (id, list) in lists.into_iter().filter_map(|(id, list)| Some((id, list?))) {
        parts.part(id, (&list.title.zh.clone(), &list.title.en.clone()), |m| table(m, &list));
    }
    if !diff.organizations.is_empty() {
        parts.part("details", ("各单位的变化", "What changed in each organization"), |m| {
            let is_open = diff.organizations.len() == 1;
            diff.organizations.iter().for_each(|one| organization(m, one, diff, is_open));
        });
    }
    if let Some(list) = overall::unread(diff) {
        parts.part("unread", (&list.title.zh.clone(), &list.title.en.clone()), |m| table(m, &list));
    }
    let title = format!("{} → {}", days(diff.old.iter()), days(diff.new.iter()));
    let body = Body { title: &title, kind: KIND, head, parts, tail: Markup::default(), data: json!({}) };
    document(body, context)
}

/// The days of reports.
fn days<'r>(sources: impl Iterator<Item = &'r crate::model::report_diff::ReportSource>) -> String {
    let mut days: Vec<&str> = sources.map(|source| source.as_of.as_str()).collect();
    days.sort_unstable();
    days.dedup();
    days.join(", ")
}

fn head(m: &mut Markup, diff: &ReportDiff) {
    m.class("header", "title", |m| {
        m.class("p", "kind", |m| m.say("评价报告", "Assessment reports"));
        m.element("h1", &[], |m| m.say("两次评价的比较", "Two assessments compared"));
        m.class("ul", "meta", |m| {
            for (zh, en, sources) in [("原 ", "Old ", &diff.old), ("现 ", "New ", &diff.new)] {
                m.element("li", &[], |m| {
                    m.say(zh, en);
                    m.element("b", &[], |m| m.both(&overall::side(sources)));
                });
            }
        });
    });
}

fn overview(m: &mut Markup, diff: &ReportDiff) {
    if !diff.differs() {
        m.element("p", &[], |m| m.say("两边的报告没有差别。", "The reports do not differ."));
        return;
    }
    m.class("ul", "notes", |m| {
        for text in overall::counts(diff) {
            m.element("li", &[], |m| m.both(&text));
        }
    });
}

fn organization(m: &mut Markup, one: &OrganizationDiff, diff: &ReportDiff, is_open: bool) {
    let attributes = [("class", "finding"), ("open", "")];
    m.element("details", attributes.get(..if is_open { 2 } else { 1 }).unwrap_or_default(), |m| {
        m.element("summary", &[], |m| {
            m.label("span", "title", overall::named(&one.name, &one.id, &one.new_path));
            m.label("span", "id", &one.id);
        });
        for list in details::listings(one, &diff.titles) {
            m.element("h3", &[], |m| m.both(&list.title));
            table(m, &list);
        }
    });
}

fn table(m: &mut Markup, list: &Listing) {
    m.class("div", "excerpt", |m| {
        m.class("table", "list", |m| {
            m.element("thead", &[], |m| {
                m.element("tr", &[], |m| {
                    for head in &list.heads {
                        m.element("th", &[("scope", "col")], |m| m.both(head));
                    }
                });
            });
            m.element("tbody", &[], |m| list.rows.iter().for_each(|row| line(m, row)));
        });
    });
}

fn line(m: &mut Markup, row: &[Text]) {
    m.element("tr", &[], |m| {
        for text in row {
            m.element("td", &[], |m| if text.zh == text.en { m.long(&text.zh) } else { m.both(text) });
        }
    });
}
