//! Organizations with less in them: the model of which the script makes the details of any, and the short form for readers
//! without script.

use super::markup::Markup;
use super::{Context, clauses, findings, items, organization, verdict};
use crate::model::assurance::PointsByAssurance;
use crate::model::finding::Severity;
use crate::model::grid::GridFindings;
use crate::model::outcome::Outcome;
use crate::model::report::{Decider, Organization, RequirementLine, ScoreItem};
use crate::model::text::Text;

/// Findings told of one organization in short.
const FINDINGS: usize = 20;

/// The head and the parts of any organization, to be filled in; with a list of last time where some have one.
pub(super) fn write(m: &mut Markup, model: &Organization, context: Context<'_>, carried: bool) {
    let one = Organization { last_list: carried.then(Vec::new), ..blank(model) };
    organization::head(m, &one, context);
    m.append(&organization::parts(&one, context).page);
}

/// The same items and clauses, with nothing said of them.
fn blank(model: &Organization) -> Organization {
    let mut one = model.clone();
    one.submission.path = String::new();
    one.submission.sha256 = String::new();
    (one.name, one.id) = (String::new(), String::new());
    one.score.by_assurance = PointsByAssurance::default();
    (one.notes, one.deciding, one.findings) = (Vec::new(), Vec::new(), Vec::new());
    (one.base, one.grids, one.map) = (None, GridFindings::default(), None);
    one.eligibility.conditions.clear();
    for item in one.tables.iter_mut().flat_map(|table| &mut table.items) {
        // So that none is open before it is known.
        (item.low, item.high, item.self_score) = (item.points, item.points, None);
        item.requirements.iter_mut().for_each(nothing_said);
        if let Some(award) = &mut item.award {
            (award.outcome, award.value, award.source) = (Outcome::Met, None, Decider::Rule);
            (award.reason, award.assurance, award.rulings) = (Text::default(), None, Vec::new());
        }
    }
    for clause in &mut one.structure {
        (clause.outcome, clause.reason) = (Outcome::Met, Text::default());
    }
    one
}

fn nothing_said(line: &mut RequirementLine) {
    *line = RequirementLine {
        id: std::mem::take(&mut line.id),
        deduct: line.deduct,
        outcome: Outcome::Met,
        superseded: false,
        lost_low: 0,
        lost_high: 0,
        source: Decider::Rule,
        value: None,
        overturned: None,
        reason: Text::default(),
        assurance: None,
        rulings: Vec::new(),
    };
}

/// An organization in short: the score, where points are lost or open, the gravest findings, clauses not met.
pub(in crate::report) fn in_short(one: &Organization, number: usize, context: Context<'_>) -> Markup {
    let short = shortened(one);
    let context = Context { brief: true, ..context };
    let mut m = Markup::within(format!("o{number}-"));
    m.class("article", "short", |m| {
        m.element("h2", &[("id", "name")], |m| m.long(if one.name.is_empty() { &one.id } else { &one.name }));
        verdict::write(m, &short, context);
        items::bars(m, one, context);
        items::write(m, &short, context, &findings::by_target(&short));
        findings::write(m, &short, context);
        if !short.structure.is_empty() {
            clauses::write(m, &short, context);
        }
    });
    m
}

fn shortened(one: &Organization) -> Organization {
    let mut short = one.clone();
    let costs = |outcome: Outcome| !matches!(outcome, Outcome::Met | Outcome::NotApplicable);
    for table in &mut short.tables {
        table.items.retain(|item: &ScoreItem| item.low < item.points);
        table.items.iter_mut().for_each(|item| item.requirements.retain(|line| costs(line.outcome)));
    }
    short.tables.retain(|table| !table.items.is_empty());
    short.structure.retain(|clause| matches!(clause.outcome, Outcome::Unmet | Outcome::Absent));
    short.findings.retain(|finding| finding.severity != Severity::Advice);
    short.findings.sort_by_key(|finding| finding.severity);
    short.findings.truncate(FINDINGS);
    short
}
