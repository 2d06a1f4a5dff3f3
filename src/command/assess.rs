//! The assessment of one submission: read, decide, rule, score, tell.

use std::path::Path;

use super::load::Workbench;
use crate::engine::{ClauseDecision, Decided, Engine, clause_finding, target_finding};
use crate::model::dataset::Dataset;
use crate::model::fault::{Explain, Fault};
use crate::model::finding::Finding;
use crate::model::outcome::Outcome;
use crate::model::report::{
    ClauseOutcome, Condition, Eligibility, EligibilityStatus, Organization, Range, Score, Submission,
};
use crate::model::ruling::Ruling;
use crate::report::report_findings;
use crate::score::{PASS_MARK, Ruled, RulingContext, Scored, apply_rulings, score};

/// Rulings and how they count.
#[derive(Clone, Copy)]
pub struct Rulings<'a> {
    /// All that were read.
    pub all: &'a [Ruling],
    /// A self-evaluation run.
    pub own: bool,
}

/// An assessed submission, and the rules that broke on it.
pub struct Assessed {
    /// Its part of the report.
    pub organization: Organization,
    /// Broken rules.
    pub faults: Vec<Fault>,
}

/// Assesses the submission at `path`.
///
/// # Errors
///
/// It cannot be read.
pub fn assess(bench: &Workbench, path: &Path, rulings: Rulings<'_>) -> Result<Assessed, Fault> {
    let dataset = bench.dataset(path)?;
    let engine = Engine {
        rules: &bench.book.rules,
        libraries: &bench.book.libraries,
        catalog: &bench.book.catalog,
        around: &bench.around,
    };
    let decided = engine.run(&bench.ready(&dataset));
    let id = dataset.organization("id");
    let context = RulingContext {
        organization: &id,
        as_of: bench.as_of,
        self_run: rulings.own,
        masking: bench.masking,
        policies: bench.score_policies,
    };
    let catalog = &bench.book.catalog;
    let before = apply_rulings(catalog, &decided.targets, &[], &context);
    let before = score(catalog, bench.score_policies, &before.judged, PASS_MARK);
    let ruled = apply_rulings(catalog, &decided.targets, rulings.all, &context);
    let scored = score(catalog, bench.score_policies, &ruled.judged, PASS_MARK);
    let findings = findings(bench, &dataset, &decided, &ruled, &scored);
    let faults = decided.faults.iter().map(Explain::fault).collect();
    let organization = organization(&dataset, &decided, scored, &before, findings);
    Ok(Assessed { organization, faults })
}

fn findings(
    bench: &Workbench,
    dataset: &Dataset,
    decided: &Decided,
    ruled: &Ruled,
    scored: &Scored,
) -> Vec<Finding> {
    let mut findings = dataset.findings.clone();
    findings.extend(ruled.findings.iter().cloned());
    let clauses = &bench.book.clauses;
    findings.extend(decided.clauses.iter().filter_map(|decision| clause_finding(clauses, decision)));
    for item in scored.tables.iter().flat_map(|table| &table.items) {
        if item.award.as_ref().is_some_and(|award| award.outcome != Outcome::Unknown) {
            findings.extend(finding_on(bench, ruled, &item.id, item.high < item.points));
        }
        for line in &item.requirements {
            let against = matches!(line.outcome, Outcome::Unmet | Outcome::Absent);
            findings.extend(finding_on(bench, ruled, &line.id, against));
        }
    }
    findings
}

fn finding_on(bench: &Workbench, ruled: &Ruled, target: &str, lost: bool) -> Option<Finding> {
    let judged = ruled.judged.get(target)?;
    target_finding(&bench.book.catalog, target, &judged.decision, lost)
}

fn organization(
    dataset: &Dataset,
    decided: &Decided,
    scored: Scored,
    before: &Scored,
    findings: Vec<Finding>,
) -> Organization {
    Organization {
        id: dataset.organization("id"),
        name: dataset.organization("name"),
        level: level(dataset),
        parent: dataset.organization("parent"),
        submission: Submission { path: dataset.path.clone(), sha256: dataset.sha256.clone() },
        eligibility: eligibility(&decided.clauses),
        score: Score {
            low: scored.low,
            high: scored.high,
            full: scored.full,
            pass: scored.pass,
            before_rulings: Range { low: before.low, high: before.high },
        },
        verdict: scored.verdict,
        notes: scored.notes,
        deciding: scored.deciding,
        tables: scored.tables,
        structure: decided.clauses.iter().map(clause_outcome).collect(),
        findings: report_findings(findings),
    }
}

/// The id of the declared level, not the word a person reads.
fn level(dataset: &Dataset) -> String {
    let Some(table) = dataset.tables.get("organization") else { return String::new() };
    let word = dataset.organization("level");
    let column = table.decl.column("level");
    let id = column.and_then(|column| column.value_id(column.value_number(&word)?));
    id.unwrap_or_default().to_owned()
}

/// Clauses of Part 5 that say who may be assessed.
const ELIGIBILITY: &str = "5/5.";

fn eligibility(clauses: &[ClauseDecision]) -> Eligibility {
    let conditions: Vec<Condition> = clauses
        .iter()
        .map(clause_outcome)
        .filter(|clause| clause.clause.starts_with(ELIGIBILITY))
        .map(|clause| Condition { clause: clause.clause, status: clause.outcome, reason: clause.reason })
        .collect();
    let some = |outcome: &[Outcome]| conditions.iter().any(|condition| outcome.contains(&condition.status));
    let status = if some(&[Outcome::Unmet, Outcome::Absent]) {
        EligibilityStatus::Ineligible
    } else if some(&[Outcome::Unknown]) || conditions.is_empty() {
        EligibilityStatus::Open
    } else {
        EligibilityStatus::Eligible
    };
    Eligibility { status, conditions }
}

fn clause_outcome(decided: &ClauseDecision) -> ClauseOutcome {
    ClauseOutcome {
        clause: decided.clause.clone(),
        rule: decided.rule.clone(),
        outcome: decided.decision.outcome,
        reason: decided.decision.reason.clone(),
    }
}
