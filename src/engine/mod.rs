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
use crate::model::text::Text;
use crate::script::{Libraries, Loaded, Rule, RuleFault, Run, RunResult, Surroundings};

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
    pub around: &'a Arc<Surroundings>,
    /// Interpret every closure instead of running kernels.
    pub interpret: bool,
    /// Once set, rules that have not begun are left out: what was decided by then is of no use.
    pub stop: &'a AtomicBool,
    /// Rules that ended the process that ran them over this submission, and why: they are left out.
    pub without: &'a BTreeMap<String, Text>,
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
        let run = Run { libraries: self.libraries, loaded, around: self.around, interpret: self.interpret };
        let go_on = || !self.stop.load(Ordering::Relaxed);
        let rules = self.rules.par_iter().with_max_len(TOGETHER);
        let results: Vec<_> = rules.map(|rule| go_on().then(|| self.rule(&run, rule))).collect();
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

    fn rule(&self, run: &Run<'_>, rule: &Rule) -> RunResult {
        match self.without.get(&rule.meta.id) {
            Some(why) => Err(deadly(rule, why)),
            None => run.rule(rule),
        }
    }
}

fn deadly(rule: &Rule, why: &Text) -> RuleFault {
    let message = Text::new(
        format!("规则使运行它的进程终止：{}", why.zh),
        format!("the rule ended the process that ran it: {}", why.en),
    );
    let help = Text::new(
        "检查其中的循环、递归和嵌套；其余规则和单位不受影响",
        "look for loops, recursion and nesting in it; other rules and organizations are not affected",
    );
    RuleFault::whole(&rule.meta.id, &rule.file, message, help)
}
