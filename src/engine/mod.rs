//! Runs the rules of a rulebook over a submission, in parallel, and gathers what they decided in a fixed order.

mod decided;
mod finding;
mod structure;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use rayon::prelude::*;

use crate::model::catalog::Catalog;
use crate::model::finding::Severity;
use crate::model::outcome::Decision;
use crate::script::{Layer, Libraries, Loaded, Lost, Rule, RuleContext, RuleFault, Run, RunResult};

pub use finding::{clause_finding, target_finding};

/// Rules, and what they need to run.
pub struct Engine<'a> {
    /// The rules.
    pub rules: &'a [Arc<Rule>],
    /// Rules that do not compile.
    pub broken: &'a [RuleFault],
    /// Engine and libraries.
    pub libraries: &'a Libraries,
    /// Appendix A.
    pub catalog: &'a Catalog,
    /// The circumstances.
    pub around: &'a Arc<RuleContext>,
    /// Interpret every closure instead of running kernels.
    pub interpret: bool,
    /// Once set, rules that have not begun are left out: what was decided by then is of no use.
    pub stop: &'a AtomicBool,
    /// Rules that are left out over this submission, and why, by their key.
    pub without: &'a BTreeMap<String, Lost>,
    /// The rulebook they run for.
    pub layer: Layer,
}

/// What the rules decided of one submission.
#[derive(Debug, Default)]
pub struct Decided {
    /// By requirement, or by item where it awards by bands.
    pub targets: BTreeMap<String, Decision>,
    /// By rule and clause, in the order of the rules.
    pub clauses: Vec<ClauseDecision>,
    /// Rules that could not be run to their end.
    pub faults: Vec<RuleFault>,
}

/// What a structural rule decided of one clause.
#[derive(Clone, Debug)]
pub struct ClauseDecision {
    /// Rule id.
    pub rule: String,
    /// How grave the rule says it is.
    pub severity: Option<Severity>,
    /// The clause.
    pub clause: String,
    /// The decision.
    pub decision: Decision,
}

/// Rules that one thread takes at a time: so few that none is left with many while the others have nothing to do.
const TOGETHER: usize = 4;

impl Engine<'_> {
    /// Runs every rule over `loaded`.
    pub fn run(&self, loaded: &Loaded) -> Decided {
        let run = Run::new(self.libraries, loaded, self.around, self.interpret).in_layer(self.layer);
        // What is not to be believed is found first, for all others to know.
        let doubting = self.results(&run, |rule| rule.meta.plausibility);
        let run = run.suspecting();
        let believing = self.results(&run, |rule| !rule.meta.plausibility);
        let results = doubting.into_iter().zip(believing).map(|(one, other)| one.or(other));
        let mut decided = Decided::default();
        for (rule, result) in self.rules.iter().zip(results) {
            let Some(result) = result else { continue };
            match self.catalog.item(&rule.meta.id) {
                Some(item) => decided.item(item, rule, result),
                None => decided.clause(rule, result),
            }
        }
        for fault in self.broken {
            decided.broken(self.catalog.item(&fault.rule), fault.clone());
        }
        decided
    }

    /// What the chosen rules returned, in the order of all rules; none for those not run.
    fn results(&self, run: &Run<'_>, chosen: impl Fn(&Rule) -> bool + Sync) -> Vec<Option<RunResult>> {
        let go_on = |rule: &Rule| chosen(rule) && !self.stop.load(Ordering::Relaxed);
        let rules = self.rules.par_iter().with_max_len(TOGETHER);
        rules.map(|rule| go_on(rule).then(|| self.rule(run, rule))).collect()
    }

    fn rule(&self, run: &Run<'_>, rule: &Rule) -> RunResult {
        match self.without.get(&*self.layer.key(&rule.meta.id)) {
            Some(lost) => Err(lost.fault(rule)),
            None => run.rule(rule),
        }
    }
}
