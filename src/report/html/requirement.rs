//! The requirements of an item: outcome, points, why, how it is known, who ruled.

use super::markup::{Markup, anchor};
use super::verdict::link;
use super::{ByTarget, Context, outcome};
use crate::model::assurance::Assurance;
use crate::model::bands;
use crate::model::catalog::{Award, Catalog, Requirement};
use crate::model::outcome::Outcome;
use crate::model::report::{AwardLine, Decider, RequirementLine, ScoreItem};
use crate::model::ruling::RulingLine;
use crate::model::text::{Lang, Text};
use crate::report::words;

/// What a requirement and a banded item have in common.
struct Line<'a> {
    id: &'a str,
    title: Text,
    outcome: Outcome,
    /// Points lost at least and at most.
    lost: (u32, u32),
    value: Option<&'a str>,
    reason: &'a Text,
    source: Decider,
    overturned: Option<Outcome>,
    superseded_by: &'a str,
    assurance: Option<Assurance>,
    rulings: &'a [RulingLine],
    evidence: Text,
    fix: Text,
}

/// The table of an item.
pub(super) fn table(m: &mut Markup, item: &ScoreItem, context: Context<'_>, findings: &ByTarget<'_>) {
    let catalog = context.titles.catalog;
    let heads = [("结果", "Outcome"), ("评价要求", "Requirement"), ("扣分", "Lost"), ("情况和依据", "Why")];
    m.class("table", "requirements", |m| {
        m.element("thead", &[], |m| {
            m.element("tr", &[], |m| {
                for (zh, en) in heads {
                    m.element("th", &[("scope", "col")], |m| m.say(zh, en));
                }
            });
        });
        m.element("tbody", &[], |m| {
            if let Some(award) = &item.award {
                row(m, &awarded(item, award, catalog), context, findings);
            }
            for line in &item.requirements {
                row(m, &required(line, catalog), context, findings);
            }
        });
    });
}

fn required<'a>(line: &'a RequirementLine, catalog: &'a Catalog) -> Line<'a> {
    let known = catalog.requirement(&line.id);
    let by = known.and_then(|known| known.superseded_by.as_deref()).unwrap_or_default();
    Line {
        id: &line.id,
        title: known.map(|known| known.title.clone()).unwrap_or_default(),
        outcome: line.outcome,
        lost: (line.lost_high, line.lost_low),
        value: line.value.as_deref(),
        reason: &line.reason,
        source: line.source,
        overturned: line.overturned,
        superseded_by: if line.superseded { by } else { "" },
        assurance: line.assurance,
        rulings: &line.rulings,
        evidence: known.map(|known| known.evidence.clone()).unwrap_or_default(),
        fix: known.map(|known| known.fix.clone()).unwrap_or_default(),
    }
}

fn awarded<'a>(item: &'a ScoreItem, award: &'a AwardLine, catalog: &'a Catalog) -> Line<'a> {
    let known = catalog.item(&item.id);
    let bands = known.map(|known| known.award.as_slice()).unwrap_or_default();
    let lost = |points: u32| item.points.saturating_sub(points);
    Line {
        id: &item.id,
        title: all_bands(bands),
        outcome: award.outcome,
        lost: (lost(item.high), lost(item.low)),
        value: award.value.as_deref(),
        reason: &award.reason,
        source: award.source,
        overturned: None,
        superseded_by: "",
        assurance: award.assurance,
        rulings: &award.rulings,
        evidence: known.map(|known| known.evidence.clone()).unwrap_or_default(),
        fix: known.map(|known| known.fix.clone()).unwrap_or_default(),
    }
}

/// What an item awards.
fn all_bands(bands: &[Award]) -> Text {
    bands.iter().map(bands::award).fold(Text::default(), |all, band| all.and(&band))
}

fn row(m: &mut Markup, line: &Line<'_>, context: Context<'_>, findings: &ByTarget<'_>) {
    let id = anchor(line.id);
    let (key, _) = outcome::key(line.outcome);
    let known = line.assurance.map_or("", Assurance::word);
    let row = [("id", id.as_str()), ("data-r", line.id), ("data-o", key), ("data-a", known)];
    // A banded item has its address already.
    let own = usize::from(context.titles.catalog.requirement(line.id).is_none());
    m.element("tr", row.get(own..).unwrap_or_default(), |m| {
        m.element("td", &[("class", "word"), ("data-f", "outcome")], |m| outcome::outcome(m, line.outcome));
        m.element("th", &[("scope", "row")], |m| {
            link(m, line.id);
            m.both(&line.title);
            if !context.brief {
                m.class("div", "tools", |m| more(m, line));
            }
        });
        m.element("td", &[("class", "number"), ("data-f", "lost")], |m| {
            let (least, most) = line.lost;
            m.say(&words::loss(least, most, Lang::Zh), &words::loss(least, most, Lang::En));
        });
        m.element("td", &[("class", "why"), ("data-f", "why")], |m| {
            why(m, line, context.titles.catalog, findings);
        });
    });
}

/// What evidence is accepted and what to do; also where the script puts what it adds to a row.
fn more(m: &mut Markup, line: &Line<'_>) {
    m.class("details", "more", |m| {
        m.element("summary", &[], |m| m.say("依据与整改", "Evidence and remedy"));
        for (text, (zh, en)) in
            [(&line.evidence, ("认可的依据：", "Accepted: ")), (&line.fix, ("整改：", "Remedy: "))]
        {
            if !text.is_empty() {
                m.element("p", &[], |m| {
                    m.class("b", "", |m| m.say(zh, en));
                    m.both(text);
                });
            }
        }
    });
}

fn why(m: &mut Markup, line: &Line<'_>, catalog: &Catalog, findings: &ByTarget<'_>) {
    m.both(line.reason);
    if let Some(value) = line.value {
        let value = bands::measured(catalog, line.id, value);
        m.say(&format!("（实测：{}）", value.zh), &format!(" (measured: {})", value.en));
    }
    if !line.superseded_by.is_empty() {
        let by = line.superseded_by;
        m.say(&format!("（已按{by}扣分，不重复扣）"), &format!(" (counted in {by})"));
    }
    if let Some(found) = line.overturned {
        let found = |lang| words::outcome(found, lang);
        m.say(
            &format!("（规则原判：{}）", found(Lang::Zh)),
            &format!(" (the rule found: {})", found(Lang::En)),
        );
    }
    if let Some(assurance) = line.assurance {
        m.class("span", "how", |m| m.word(|lang| words::assurance(assurance, lang)));
    }
    if line.source == Decider::Ruling {
        m.class("span", "how", |m| m.word(|lang| words::decider(Decider::Ruling, lang)));
    }
    if let Some(found) = findings.get(line.id).filter(|found| !found.is_empty()) {
        let first = found.first().copied().unwrap_or_default();
        m.element("a", &[("class", "how"), ("href", &format!("#f-{}", anchor(first)))], |m| {
            m.say(&format!("问题{}个", found.len()), &format!("findings: {}", found.len()));
        });
    }
    line.rulings.iter().for_each(|ruling| ruled(m, ruling));
}

/// A ruling, and who answers for it.
fn ruled(m: &mut Markup, ruling: &RulingLine) {
    m.class("p", "ruled", |m| {
        m.class("b", "", |m| m.say("裁定：", "Ruling: "));
        m.both(&ruled_word(&ruling.ruling));
        if let Some(value) = &ruling.value {
            m.text(" ");
            m.text(value);
        }
        let role = if ruling.role == "team" { ("评估组", "team") } else { ("自评", "self-evaluation") };
        m.text(" · ");
        m.say(role.0, role.1);
        for part in [&ruling.by, &ruling.date, &ruling.reason, &ruling.evidence] {
            if !part.is_empty() {
                m.text(" · ");
                m.long(part);
            }
        }
        m.text(" · ");
        m.word(|lang| words::ruling_status(ruling.status, lang));
    });
}

/// What a ruling says, in words.
fn ruled_word(word: &str) -> Text {
    let known = outcome::OUTCOMES.into_iter().find(|outcome| outcome::key(*outcome).0 == word);
    let (zh, en) = known.map_or(("按数值", "value"), Outcome::words);
    Text::new(zh, en)
}

/// What a value ruled on a requirement looks like: `share`, `count 4`; empty where it takes none. `each` says whether
/// what may be counted is.
pub(super) fn value_form(requirement: &Requirement, each: bool) -> String {
    if !requirement.bands.is_empty() {
        return "share".to_owned();
    }
    let counted = requirement.count.as_ref().filter(|count| count.policy.is_none() || each);
    counted.map(|count| format!("count {}", count.of)).unwrap_or_default()
}
