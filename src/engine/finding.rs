//! Findings from decisions: the only place where a decision becomes a diagnostic.

use super::ClauseDecision;
use crate::model::catalog::Catalog;
use crate::model::clause::{Clauses, Force};
use crate::model::finding::{Finding, Severity};
use crate::model::outcome::{Decision, Outcome};
use crate::model::text::Text;

/// What is wrong with a requirement or banded item that was decided against; `None` where nothing is.
/// `lost` says whether points are lost for it.
pub fn target_finding(catalog: &Catalog, target: &str, decision: &Decision, lost: bool) -> Option<Finding> {
    if !lost {
        return None;
    }
    let (rule, title, help, severity) = match (catalog.requirement(target), catalog.item(target)) {
        (Some(requirement), _) => {
            let item = target.rsplit_once('.').map_or(target, |(item, _)| item);
            (item, &requirement.title, &requirement.fix, requirement.severity.unwrap_or(Severity::Error))
        }
        (None, Some(item)) => (target, &item.title, &item.fix, Severity::Warning),
        (None, None) => return None,
    };
    Some(Finding {
        rule: rule.to_owned(),
        target: target.to_owned(),
        severity,
        message: joined(title, &decision.reason),
        help: remedy(decision, help),
        locations: decision.locations.clone(),
        total: decision.total,
        grids: decision.grids.clone(),
    })
}

/// What is wrong about a structural clause that was decided against.
pub fn clause_finding(clauses: &Clauses, decided: &ClauseDecision) -> Option<Finding> {
    let decision = &decided.decision;
    let clause = clauses.get(&decided.clause);
    let advised = clause.is_some_and(|clause| clause.force == Force::Should);
    let by_force = if advised { Severity::Advice } else { Severity::Error };
    let against = matches!(decision.outcome, Outcome::Unmet | Outcome::Absent);
    // Cells that were not understood, or too much to work through, are told where they are.
    let open = decision.outcome == Outcome::Unknown && !decision.locations.is_empty();
    let severity = decided.severity.unwrap_or(by_force);
    (against || open).then(|| Finding {
        rule: decided.rule.clone(),
        target: decided.clause.clone(),
        severity: if against { severity } else { severity.max(Severity::Warning) },
        message: clause
            .map_or_else(|| decision.reason.clone(), |clause| joined(&clause.title, &decision.reason)),
        // The remedy of the clause is for what is wrong.
        help: remedy(
            decision,
            &clause.filter(|_| against).map(|clause| clause.fix.clone()).unwrap_or_default(),
        ),
        locations: decision.locations.clone(),
        total: decision.total,
        grids: decision.grids.clone(),
    })
}

/// What the rule says to do in this case, else what is to be done in general.
fn remedy(decision: &Decision, general: &Text) -> Text {
    if decision.help.is_empty() { general.clone() } else { decision.help.clone() }
}

/// Title, then reason.
fn joined(title: &Text, reason: &Text) -> Text {
    if reason.is_empty() {
        return title.clone();
    }
    Text::new(format!("{}：{}", title.zh, reason.zh), format!("{}: {}", title.en, reason.en))
}
