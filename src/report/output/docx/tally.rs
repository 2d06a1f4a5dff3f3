//! What papers count of an organization.

use rust_decimal::Decimal;

use crate::model::outcome::Outcome;
use crate::model::report::{AwardLine, Decider, Organization, RequirementLine, ScoreItem, ScoreTable};
use crate::model::ruling::{RulingLine, RulingStatus};
use crate::model::text::Text;

/// A requirement, or an item that awards by bands, whichever is decided as one.
#[derive(Clone, Copy)]
pub(super) struct Decided<'a> {
    pub(super) target: &'a str,
    pub(super) outcome: Outcome,
    pub(super) source: Decider,
    pub(super) reason: &'a Text,
    pub(super) rulings: &'a [RulingLine],
    /// Points that are open by it.
    pub(super) open: u32,
}

/// An item that loses points for sure.
#[derive(Clone, Copy)]
pub(super) struct Losing<'a> {
    pub(super) table: &'a ScoreTable,
    pub(super) item: &'a ScoreItem,
    pub(super) lost: u32,
}

/// Everything that is decided, in the order of the report.
pub(super) fn decided(one: &Organization) -> Vec<Decided<'_>> {
    let items = one.tables.iter().flat_map(|table| &table.items);
    let mut all = Vec::new();
    for item in items {
        all.extend(item.requirements.iter().map(requirement));
        all.extend(item.award.as_ref().map(|award| award_of(item, award)));
    }
    all
}

fn requirement(line: &RequirementLine) -> Decided<'_> {
    Decided {
        target: &line.id,
        outcome: line.outcome,
        source: line.source,
        reason: &line.reason,
        rulings: &line.rulings,
        open: line.lost_low.saturating_sub(line.lost_high),
    }
}

fn award_of<'a>(item: &'a ScoreItem, award: &'a AwardLine) -> Decided<'a> {
    Decided {
        target: &item.id,
        outcome: award.outcome,
        source: award.source,
        reason: &award.reason,
        rulings: &award.rulings,
        open: item.high.saturating_sub(item.low),
    }
}

/// What is open, what decides most first.
pub(super) fn open(one: &Organization) -> Vec<Decided<'_>> {
    let mut open: Vec<_> = decided(one).into_iter().filter(|line| line.outcome == Outcome::Unknown).collect();
    open.sort_by_key(|line| std::cmp::Reverse(line.open));
    open
}

/// Items that lose points for sure, in the order of the report.
pub(super) fn losing(one: &Organization) -> Vec<Losing<'_>> {
    let each = one.tables.iter().flat_map(|table| table.items.iter().map(move |item| (table, item)));
    let losing =
        each.map(|(table, item)| Losing { table, item, lost: item.points.saturating_sub(item.high) });
    losing.filter(|losing| losing.lost > 0).collect()
}

/// Names of those whose rulings count, each once, in the order of the report.
pub(super) fn persons(one: &Organization, role: &str) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for ruling in decided(one).iter().flat_map(|line| line.rulings) {
        let counts = ruling.status == RulingStatus::Counted && ruling.role == role;
        if counts && !names.contains(&ruling.by) {
            names.push(ruling.by.clone());
        }
    }
    names
}

/// Whether its own score sheet gives points.
pub(super) fn has_own_scores(one: &Organization) -> bool {
    one.tables.iter().flat_map(|table| &table.items).any(|item| item.self_score.is_some())
}

/// The sum of what its own score sheet gives in a table.
pub(super) fn own_score(table: &ScoreTable) -> Option<String> {
    let own = table.items.iter().filter_map(|item| item.self_score.as_ref()?.parse::<Decimal>().ok());
    own.reduce(Decimal::saturating_add).map(|own| own.normalize().to_string())
}

/// Clauses of a structure that data can decide: those in order and those that are not, each once.
pub(super) fn clauses(one: &Organization) -> (usize, Vec<String>) {
    let (mut judged, mut against): (Vec<&str>, Vec<&str>) = (Vec::new(), Vec::new());
    for clause in &one.structure {
        let failed = matches!(clause.outcome, Outcome::Unmet | Outcome::Absent);
        if (failed || clause.outcome == Outcome::Met) && !judged.contains(&clause.clause.as_str()) {
            judged.push(&clause.clause);
        }
        if failed && !against.contains(&clause.clause.as_str()) {
            against.push(&clause.clause);
        }
    }
    (judged.len(), against.into_iter().map(str::to_owned).collect())
}
