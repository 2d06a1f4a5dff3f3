//! What differs in one organization.

use std::collections::BTreeMap;

use super::cause::{self, Basis, Decided};
use super::pair::pairs;
use super::{findings, rulings};
use crate::model::outcome::Outcome;
use crate::model::report::{BaseScore, Organization, RequirementLine, ScoreItem, ScoreTable};
use crate::model::report_diff::{
    Cause, CauseGroup, Change, Changed, DecisionState, ItemDiff, ItemState, OrganizationDiff,
    RequirementDiff, RequirementState, TableState,
};
use crate::model::text::Text;

/// The difference between two assessments of one organization.
pub(super) fn compare(old: &Organization, new: &Organization, basis: &Basis<'_>) -> OrganizationDiff {
    let mut diff = OrganizationDiff {
        id: new.id.clone(),
        name: new.name.clone(),
        old_path: old.submission.path.clone(),
        new_path: new.submission.path.clone(),
        ..OrganizationDiff::default()
    };
    about_itself(&mut diff, old, new, basis);
    diff.verdict = Change::between(Some(old.verdict), Some(new.verdict));
    diff.eligibility = Change::between(Some(old.eligibility.status), Some(new.eligibility.status));
    diff.conditions = outcomes(
        old.eligibility.conditions.iter().map(|one| (one.clause.clone(), one.status)).collect(),
        new.eligibility.conditions.iter().map(|one| (one.clause.clone(), one.status)).collect(),
    );
    diff.score = Change::between(Some(old.score.clone()), Some(new.score.clone()));
    diff.base = base(old, new);
    diff.tables = tables(&old.tables, &new.tables);
    items(&mut diff, (old, new), basis);
    diff.clauses = outcomes(
        old.structure.iter().map(|one| (one.clause.clone(), one.outcome)).collect(),
        new.structure.iter().map(|one| (one.clause.clone(), one.outcome)).collect(),
    );
    findings::compare(&mut diff, (old, new), basis.texts);
    diff.rulings = rulings::changes(old, new, basis.texts);
    diff.why = why(&diff, basis);
    diff
}

fn about_itself(diff: &mut OrganizationDiff, old: &Organization, new: &Organization, basis: &Basis<'_>) {
    let text = |was: &String, now: &String| Change::between(Some(was.clone()), Some(now.clone()));
    diff.level = text(&old.level, &new.level);
    diff.data = text(&old.submission.sha256, &new.submission.sha256);
    if basis.texts {
        diff.named = text(&old.name, &new.name);
        diff.parent = text(&old.parent, &new.parent);
    }
}

/// Outcomes by their clauses.
fn outcomes(old: Vec<(String, Outcome)>, new: Vec<(String, Outcome)>) -> Vec<Changed<Outcome>> {
    let pairs = pairs(&old, &new, |(clause, _)| clause.as_str());
    let outcome = |one: Option<&(String, Outcome)>| one.map(|(_, outcome)| *outcome);
    let change = pairs.iter().map(|pair| changed(pair.key, outcome(pair.old), outcome(pair.new)));
    change.flatten().collect()
}

fn changed<T: PartialEq>(id: &str, was: Option<T>, now: Option<T>) -> Option<Changed<T>> {
    (was != now).then(|| Changed { id: id.to_owned(), was, now })
}

/// The score by the lowest pack; what that is called is no difference.
fn base(old: &Organization, new: &Organization) -> Option<Change<BaseScore>> {
    let named =
        |base: Option<&BaseScore>| base.map(|base| BaseScore { title: Text::default(), ..base.clone() });
    let differs = named(old.base.as_ref()) != named(new.base.as_ref());
    differs.then(|| Change { was: old.base.clone(), now: new.base.clone() })
}

fn tables(old: &[ScoreTable], new: &[ScoreTable]) -> Vec<Changed<TableState>> {
    let state = |one: Option<&ScoreTable>| {
        one.map(|table| TableState { declared: table.declared, low: table.low, high: table.high })
    };
    let pairs = pairs(old, new, |table| table.id.as_str());
    pairs.iter().filter_map(|pair| changed(pair.key, state(pair.old), state(pair.new))).collect()
}

fn items(diff: &mut OrganizationDiff, (old, new): (&Organization, &Organization), basis: &Basis<'_>) {
    fn all(one: &Organization) -> impl Iterator<Item = &ScoreItem> {
        one.tables.iter().flat_map(|table| &table.items)
    }
    for pair in pairs(all(old), all(new), |item| item.id.as_str()) {
        let ruled = cause::ruled(pair.old, pair.new, basis.texts);
        let requirements = requirements(pair.old, pair.new, (basis, ruled));
        let told = requirements.iter().any(|one| one.causes.is_some());
        diff.items.extend(item(pair.key, (pair.old, pair.new), told, (basis, ruled)));
        diff.requirements.extend(requirements);
    }
}

/// An item that differs; why its points moved where `told` says that no requirement of it does.
fn item(
    id: &str,
    (old, new): (Option<&ScoreItem>, Option<&ScoreItem>),
    told: bool,
    (basis, ruled): (&Basis<'_>, bool),
) -> Option<ItemDiff> {
    let (was, now) = (old.map(item_state), new.map(item_state));
    let same = match (&was, &now) {
        (Some(was), Some(now)) => {
            let award = |state: &ItemState| state.award.as_ref().map(without_reason);
            let rest = |state: &ItemState| ItemState { award: None, ..state.clone() };
            rest(was) == rest(now) && award(was) == award(now)
        }
        _ => false,
    };
    let points = |item: Option<&ScoreItem>| item.map_or((0, 0), |item| (item.low, item.high));
    let moved = points(old) != points(new) && !told;
    let causes = moved.then(|| match (old.and_then(Decided::award), new.and_then(Decided::award)) {
        (None, None) if old.is_some() && new.is_some() => basis.with_rulings(ruled),
        (old, new) => basis.causes(old, new, false),
    });
    (!same).then(|| ItemDiff { id: id.to_owned(), was, now, causes })
}

fn item_state(item: &ScoreItem) -> ItemState {
    let award = item.award.as_ref().map(|award| DecisionState {
        outcome: award.outcome,
        value: award.value.clone(),
        source: award.source,
        overturned: None,
        assurance: award.assurance,
        reason: award.reason.clone(),
    });
    ItemState {
        points: item.points,
        low: item.low,
        high: item.high,
        self_score: item.self_score.clone(),
        award,
    }
}

fn without_reason(state: &DecisionState) -> DecisionState {
    DecisionState { reason: Text::default(), ..state.clone() }
}

fn requirements(
    old: Option<&ScoreItem>,
    new: Option<&ScoreItem>,
    (basis, ruled): (&Basis<'_>, bool),
) -> Vec<RequirementDiff> {
    let pairs = pairs(cause::lines(old), cause::lines(new), |line| line.id.as_str());
    let differs = |was: &Option<RequirementState>, now: &Option<RequirementState>| {
        let plain = |state: &Option<RequirementState>| {
            state
                .as_ref()
                .map(|state| RequirementState { decision: without_reason(&state.decision), ..state.clone() })
        };
        plain(was) != plain(now)
    };
    let lost = |line: Option<&RequirementLine>| line.map_or((0, 0), |line| (line.lost_low, line.lost_high));
    let diff = |pair: &super::pair::Pair<'_, RequirementLine>| {
        let (was, now) = (pair.old.map(requirement_state), pair.new.map(requirement_state));
        let moved = lost(pair.old) != lost(pair.new);
        let causes = moved.then(|| {
            basis.causes(pair.old.map(Decided::requirement), pair.new.map(Decided::requirement), ruled)
        });
        differs(&was, &now).then(|| RequirementDiff { id: pair.key.to_owned(), was, now, causes })
    };
    pairs.iter().filter_map(diff).collect()
}

fn requirement_state(line: &RequirementLine) -> RequirementState {
    RequirementState {
        decision: DecisionState {
            outcome: line.outcome,
            value: line.value.clone(),
            source: line.source,
            overturned: line.overturned,
            assurance: line.assurance,
            reason: line.reason.clone(),
        },
        deduct: line.deduct,
        superseded: line.superseded,
        lost_low: line.lost_low,
        lost_high: line.lost_high,
    }
}

/// Requirements and items by what moved them, where the score moved; where neither did, what differs.
fn why(diff: &OrganizationDiff, basis: &Basis<'_>) -> Vec<CauseGroup> {
    if diff.direction() == (0, 0) {
        return Vec::new();
    }
    let items = diff.items.iter().filter_map(|item| Some((item.causes.clone()?, item.id.clone())));
    let requirements = diff.requirements.iter().filter_map(|one| Some((one.causes.clone()?, one.id.clone())));
    let mut groups: BTreeMap<Vec<Cause>, Vec<String>> = BTreeMap::new();
    for (causes, target) in items.chain(requirements) {
        groups.entry(causes).or_default().push(target);
    }
    if groups.is_empty() {
        groups.insert(basis.with_rulings(!diff.rulings.is_empty()), Vec::new());
    }
    let group = |(causes, mut targets): (Vec<Cause>, Vec<String>)| {
        targets.sort_by(|a, b| crate::report::finding::by_number(a, b));
        CauseGroup { causes, targets }
    };
    groups.into_iter().map(group).collect()
}
