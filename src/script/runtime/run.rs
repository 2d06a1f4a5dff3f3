//! Running a rule over a submission: tables in, decisions with places out.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use rhai::{Dynamic, Map};

use super::limits;
use super::lost::Layer;
use super::masking::{Source, Words};
use super::rule::{Libraries, Rule};
use crate::model::assurance::Assurance;
use crate::model::finding::{Location, MAX_LOCATIONS};
use crate::model::grid::{ByGrid, GridCounter};
use crate::model::outcome::{Decision, Outcome};
use crate::model::privacy::Redactor;
use crate::model::text::Text;
use crate::resources::meter::{self, LimitExceeded};
use crate::resources::progress::{self, ProgressEvent};
use crate::resources::unwind;
use crate::script::compile::Kernels;
use crate::script::error::{RuleFault, exceeded};
use crate::script::stdlib::excess;
use crate::script::stdlib::suspicion::{self, Kind, Suspicion};
use crate::script::value::cell_refs::{CellRef, CellRefs};
use crate::script::value::decision::RuleDecision;
use crate::script::value::loaded_table::Loaded;
use crate::script::value::rule_context::{RuleContext, Tables};
use crate::script::value::{calls, kinds, patterns, taint};
use crate::table::Segment;

/// Rules about to run over one submission.
pub struct Run<'a> {
    libraries: &'a Libraries,
    loaded: &'a Loaded,
    around: &'a Arc<RuleContext>,
    /// Interpret every closure, as a check on the kernels.
    interpret: bool,
    /// What its rules are called beside those of other rulebooks.
    layer: Layer,
    /// What is not to be believed.
    suspicion: Arc<Suspicion>,
    /// What rules of plausibility find meanwhile.
    found: Found,
}

/// What rules of plausibility found, in any order.
#[derive(Debug, Default)]
struct Found(Mutex<Vec<Kind>>);

impl Found {
    fn note(&self, kind: Option<Kind>) {
        let note = || self.0.lock().unwrap_or_else(PoisonError::into_inner).extend(kind);
        meter::unmetered(note, |()| 0);
    }
}

/// What a rule has decided, and what is not to be believed of it.
struct Decided {
    decisions: BTreeMap<String, Decision>,
    sign: Option<Kind>,
}

/// A rule, or an entry at the prompt, begins on this thread: nothing of the one before is held against it.
pub(crate) fn begin(suspicion: &Arc<Suspicion>) {
    taint::begin();
    excess::begin();
    suspicion::begin(suspicion);
    patterns::begin();
}

/// Decisions by requirement letter; under `""` where the rule decides one thing as a whole.
pub type RunResult = Result<BTreeMap<String, Decision>, RuleFault>;

impl<'a> Run<'a> {
    /// A run that believes everything. With `interpret` every closure is interpreted, as a check on the kernels.
    pub fn new(
        libraries: &'a Libraries,
        loaded: &'a Loaded,
        around: &'a Arc<RuleContext>,
        interpret: bool,
    ) -> Self {
        let (layer, suspicion, found) = (Layer::All, Arc::default(), Found::default());
        Self { libraries, loaded, around, interpret, layer, suspicion, found }
    }

    /// The same run of the rules of another rulebook.
    #[must_use]
    pub fn in_layer(self, layer: Layer) -> Self {
        Self { layer, ..self }
    }
}

impl Run<'_> {
    /// The same run under the suspicion that its rules of plausibility have raised.
    #[must_use]
    pub fn suspecting(self) -> Self {
        let kinds = self.found.0.into_inner().unwrap_or_else(PoisonError::into_inner);
        let suspicion = Arc::new(Suspicion::new(kinds, &self.around.policies));
        Self { suspicion, found: Found::default(), ..self }
    }

    /// Runs `rule`. A rule that stops, or panics in a host function, is a fault of that rule alone.
    ///
    /// # Errors
    ///
    /// The rule stopped, at its line and column.
    pub fn rule(&self, rule: &Rule) -> RunResult {
        progress::announce(ProgressEvent::Rule, &self.layer.key(&rule.meta.id));
        let (limits, leaked) = (limits::of(self.loaded), meter::leaked());
        let work = || {
            let result = self.bounded(rule);
            if self.leaks(&result) && result.is_ok() { Err(leaks(rule)) } else { result }
        };
        let result = limits::within(limits, work, |beyond| stopped(rule, beyond));
        let result = result.map_err(|fault| {
            let words = self.words(Source::Rule(rule));
            RuleFault { message: words.without_in_fault(&fault.message), ..fault }
        });
        if let (Err(fault), true) = (&result, meter::leaked() > leaked) {
            progress::announce(ProgressEvent::Leak, &serde_json::to_string(fault).unwrap_or_default());
            meter::end_if_leaked();
        }
        let Decided { decisions, sign } = result?;
        self.found.note(sign);
        Ok(decisions)
    }

    /// Whether the rule holds memory although it has ended: a closure kept in what it captured is never given back.
    fn leaks(&self, result: &Result<Decided, RuleFault>) -> bool {
        let held = meter::spent().live;
        if held <= limits::left_behind(self.loaded) {
            return false;
        }
        let copy = result.as_ref().map(|decided| decided.decisions.clone()).map_err(RuleFault::clone);
        let own = meter::spent().live.saturating_sub(held);
        drop(copy);
        let left = held.saturating_sub(own);
        if left > limits::left_behind(self.loaded) {
            meter::note_leak(left);
            return true;
        }
        false
    }

    fn bounded(&self, rule: &Rule) -> Result<Decided, RuleFault> {
        let tables = Tables { loaded: self.loaded.clone(), around: Arc::clone(self.around) };
        begin(&self.suspicion);
        let called = unwind::caught(|| {
            let tables = Dynamic::from(tables);
            if rule.takes_parameters {
                self.call(rule, &mut [tables, rule.meta.params.clone().into()])
            } else {
                self.call(rule, &mut [tables])
            }
        });
        let value = called.unwrap_or_else(|_| Err(panicked(rule)))?;
        self.decisions(rule, value)
    }

    fn call(&self, rule: &Rule, arguments: &mut [Dynamic]) -> Result<Dynamic, RuleFault> {
        let tag = Dynamic::from(Kernels::new(&rule.closures, self.interpret, self.around.as_of));
        let engine = &self.libraries.engine;
        let result = calls::function(engine, &rule.ast, "check", rule.has_globals, tag, arguments);
        result.map_err(|error| self.libraries.run_fault(&rule.script(), &error, Some(self.loaded)))
    }

    fn decisions(&self, rule: &Rule, value: Dynamic) -> Result<Decided, RuleFault> {
        if let Some(rule_decision) = value.clone().try_cast::<RuleDecision>() {
            pay(rule, &rule_decision)?;
            let rule_decision = excess::weighed(rule_decision.beyond_doubt());
            let decision = self.decision(rule_decision.clone(), Source::Rule(rule));
            let sign = || Kind::of(&rule.meta.id, &rule_decision, &decision.reason);
            let sign = rule.meta.plausibility.then(sign).flatten();
            return Ok(Decided { decisions: BTreeMap::from([(String::new(), decision)]), sign });
        }
        if rule.meta.plausibility {
            return Err(several_decisions(rule));
        }
        let kind = kinds::kind_of(&value);
        let map = value.try_cast::<Map>().ok_or_else(|| not_a_decision(rule, "check", &kind))?;
        let each = map.into_iter().map(|(letter, value)| {
            let (letter, kind) = (self.loaded.redactor.text(&letter), kinds::kind_of(&value));
            let rule_decision =
                value.try_cast::<RuleDecision>().ok_or_else(|| not_a_decision(rule, &letter, &kind))?;
            pay(rule, &rule_decision)?;
            Ok((letter, self.decision(rule_decision, Source::Rule(rule))))
        });
        Ok(Decided { decisions: each.collect::<Result<_, _>>()?, sign: None })
    }

    fn words<'w>(&'w self, script: Source<'w>) -> Words<'w> {
        Words::new(script, self.libraries, self.loaded)
    }

    pub(crate) fn decision(&self, rule_decision: RuleDecision, script: Source<'_>) -> Decision {
        let (redactor, words) = (&self.loaded.redactor, self.words(script));
        let rule_decision = self.suspicion.weigh(excess::weighed(rule_decision.beyond_doubt()));
        // Places are shown of what is wrong or cannot be told, and of nothing else.
        let against = rule_decision.is_against();
        let has_places = against || rule_decision.outcome == Outcome::Unknown;
        let listed = rule_decision.cells.iter().take(if has_places { MAX_LOCATIONS } else { 0 });
        let locations: Vec<Location> = listed.filter_map(|cell| location(&cell, redactor)).collect();
        let host: Vec<&str> =
            rule_decision.host.iter().flat_map(|text| [text.zh.as_str(), text.en.as_str()]).collect();
        let masked = |text: &Text| text.map(|text| words.without(text, &host));
        // A table that is not there has no place, so there is none to count either.
        let total = if locations.is_empty() { 0 } else { rule_decision.cells.len() };
        let grids = if against { by_grid(&rule_decision.cells, redactor) } else { ByGrid::default() };
        let in_favour = rule_decision.is_in_favour();
        let known = in_favour.then(|| self.loaded.assurance(&rule_decision.cells));
        let (assurance, without_file) = known.unwrap_or((Assurance::Claimed, 0));
        Decision {
            outcome: rule_decision.outcome,
            measure: rule_decision.measure,
            reason: masked(&rule_decision.reason).map(shortened),
            help: masked(&rule_decision.help),
            locations,
            total,
            grids,
            broken: false,
            assurance,
            without_file,
        }
    }
}

/// Charges the places of a decision, an operation each: they are counted by grid.
fn pay(rule: &Rule, rule_decision: &RuleDecision) -> Result<(), RuleFault> {
    let cost = u64::try_from(rule_decision.cells.len()).unwrap_or(u64::MAX);
    meter::charge(cost).map_or(Ok(()), |beyond| Err(stopped(rule, beyond)))
}

fn location(cell: &CellRef, redactor: &Redactor) -> Option<Location> {
    let table = &cell.of.table;
    match cell.row {
        Some(row) => Location::of(table, row, cell.column, redactor),
        None => {
            let whole = |segment: &Segment| redactor.place(Location::in_source(&segment.source, None, None));
            table.segments.first().map(whole)
        }
    }
}

/// Places by grid.
fn by_grid(cells: &CellRefs, redactor: &Redactor) -> ByGrid {
    let mut counter = GridCounter::default();
    for of_table in cells.tables() {
        let rows = of_table.rows.iter().flat_map(|rows| rows.iter().map(|at| at as usize));
        counter.count_rows(&of_table.of.table, rows, redactor);
    }
    counter.finish()
}

/// Characters of a reason that are told.
const REASON: usize = 4_000;

fn shortened(text: &str) -> String {
    match text.char_indices().nth(REASON) {
        Some((end, _)) => text.get(..end).unwrap_or_default().to_owned() + "…",
        None => text.to_owned(),
    }
}

fn not_a_decision(rule: &Rule, what: &str, kind: &Text) -> RuleFault {
    let message = Text::new(
        format!("{what} 应得出结论，却得出{}", kind.zh),
        format!("`{what}` should be a decision, it is {}", kind.en),
    );
    let help = Text::new(
        "用 met、unmet、absent、unknown、measured、require 等作出结论",
        "decide with met, unmet, absent, unknown, measured, require …",
    );
    let script = rule.script();
    script.at(script.find("fn check"), message, help)
}

fn several_decisions(rule: &Rule) -> RuleFault {
    let message = Text::new(
        "写有 plausibility 的规则应只作一个结论",
        "a rule with `plausibility` should make one decision",
    );
    let help =
        Text::new("去掉 plausibility，或只返回一个结论", "leave out plausibility, or return one decision");
    let script = rule.script();
    script.at(script.find("plausibility"), message, help)
}

fn stopped(rule: &Rule, beyond: LimitExceeded) -> RuleFault {
    let (message, help) = exceeded::described(beyond);
    RuleFault::whole(&rule.meta.id, &rule.file, message, help)
}

fn leaks(rule: &Rule) -> RuleFault {
    let message = Text::new(
        "规则超出限制：结束后仍占用内存",
        "the rule exceeds a limit: it holds memory after it has ended (bytes)",
    );
    let help =
        Text::new("不要把闭包存进它引用的变量", "do not keep a closure in a variable that it uses itself");
    RuleFault::whole(&rule.meta.id, &rule.file, message, help)
}

fn panicked(rule: &Rule) -> RuleFault {
    let message = Text::new("规则使程序内部出错", "the rule made the program fail inside");
    RuleFault::whole(&rule.meta.id, &rule.file, message, Text::new("请报告此规则", "please report this rule"))
}
