//! The outcome of every clause: by the rules that look at it, else why no rule does.

use super::{ClauseDecision, Decided};
use crate::model::clause::{Clause, ClauseDecided, Clauses};
use crate::model::outcome::Outcome;
use crate::model::report::ClauseOutcome;
use crate::model::text::Text;

impl Decided {
    /// One entry for each clause and rule that looks at it, in the order of the texts; a clause at which no rule
    /// looks has one entry that says why. Rules of clauses that the texts do not have come last.
    pub fn structure(&self, clauses: &Clauses) -> Vec<ClauseOutcome> {
        let known = clauses.list.iter().flat_map(|clause| {
            let mut told: Vec<ClauseOutcome> = self.of(&clause.id).map(outcome).collect();
            if told.is_empty() {
                told.push(unruled(clause));
            }
            told
        });
        let strange = self.clauses.iter().filter(|decided| clauses.get(&decided.clause).is_none());
        known.chain(strange.map(outcome)).collect()
    }

    /// What rules decided of a clause.
    fn of<'a>(&'a self, clause: &'a str) -> impl Iterator<Item = &'a ClauseDecision> {
        self.clauses.iter().filter(move |decided| decided.clause == clause)
    }
}

fn outcome(decided: &ClauseDecision) -> ClauseOutcome {
    ClauseOutcome {
        clause: decided.clause.clone(),
        rule: decided.rule.clone(),
        outcome: decided.decision.outcome,
        reason: decided.decision.reason.clone(),
    }
}

fn unruled(clause: &Clause) -> ClauseOutcome {
    let outcome = match clause.decided {
        ClauseDecided::Informative => Outcome::NotApplicable,
        _ => Outcome::Unknown,
    };
    let no_rule = || Text::new("没有规则判断这一条", "no rule decides this clause");
    ClauseOutcome {
        clause: clause.id.clone(),
        rule: String::new(),
        outcome,
        reason: clause.why.clone().unwrap_or_else(no_rule),
    }
}
