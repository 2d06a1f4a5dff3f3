//! Running a rule over a submission: tables in, decisions with places out.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use rhai::{Dynamic, Map};

use super::bounds;
use super::calls;
use super::context::{Surroundings, Tables};
use super::decide::Verdict;
use super::doubt;
use super::fault::{self, Known, RuleFault};
use super::loaded::Loaded;
use super::lower::Kernels;
use super::patterns;
use super::personal;
use super::rule::{Libraries, Rule};
use super::spots::{Spot, Spots};
use crate::model::finding::{Location, MAX_LOCATIONS};
use crate::model::grid::{ByGrid, GridCounter};
use crate::model::herald::{self, Deed};
use crate::model::meter::{self, Beyond, Limits};
use crate::model::outcome::Decision;
use crate::model::privacy::Masking;
use crate::model::text::Text;

/// A rule about to run over one submission.
pub struct Run<'a> {
    /// Engine and libraries.
    pub libraries: &'a Libraries,
    /// The submission.
    pub loaded: &'a Loaded,
    /// The circumstances.
    pub around: &'a Arc<Surroundings>,
    /// Interpret every closure, as a check on the kernels.
    pub interpret: bool,
}

/// Decisions by requirement letter; under `""` where the rule decides one thing as a whole.
pub type RunResult = Result<BTreeMap<String, Decision>, RuleFault>;

impl Run<'_> {
    /// Runs `rule`. A rule that stops, or panics in a host function, is a fault of that rule alone.
    ///
    /// # Errors
    ///
    /// The rule stopped, at its line and column.
    pub fn rule(&self, rule: &Rule) -> RunResult {
        herald::tell(Deed::Rule, &rule.meta.id);
        let limits = bounds::of(self.loaded);
        let (result, beyond) = self.attempt(rule, limits);
        let result = match beyond {
            // Bytes depend a little on what ran on this thread before. Run as if nothing had, a rule stops at the same
            // place everywhere.
            Some(Beyond::Memory | Beyond::Bytes) => {
                calls::forget();
                self.attempt(rule, limits).0
            }
            _ => result,
        };
        result.map_err(|fault| {
            let message = personal::without(&fault.message, self.loaded, self.around.masking);
            RuleFault { message, ..fault }
        })
    }

    /// Runs the rule, and says which limit it went beyond.
    fn attempt(&self, rule: &Rule, limits: Limits) -> (RunResult, Option<Beyond>) {
        let work = || {
            let result = self.bounded(rule);
            if self.leaks(&result) && result.is_ok() { Err(leaks(rule)) } else { result }
        };
        bounds::within(limits, work, |beyond| stopped(rule, beyond))
    }

    /// Whether the rule holds memory although it has ended: a closure kept in what it captured is never given back.
    fn leaks(&self, result: &RunResult) -> bool {
        let held = meter::spent().live;
        if held <= bounds::left_behind(self.loaded) {
            return false;
        }
        let copy = result.clone();
        let own = meter::spent().live.saturating_sub(held);
        drop(copy);
        let left = held.saturating_sub(own);
        if left > bounds::left_behind(self.loaded) {
            meter::leave(left);
            return true;
        }
        false
    }

    fn bounded(&self, rule: &Rule) -> RunResult {
        let tables = Tables { loaded: self.loaded.clone(), around: Arc::clone(self.around) };
        doubt::begin();
        patterns::begin();
        let called = catch_unwind(AssertUnwindSafe(|| {
            let tables = Dynamic::from(tables);
            if rule.takes_parameters {
                self.call(rule, &mut [tables, rule.meta.params.clone().into()])
            } else {
                self.call(rule, &mut [tables])
            }
        }));
        let value = called.unwrap_or_else(|_| Err(panicked(rule)))?;
        self.decisions(rule, value)
    }

    fn call(&self, rule: &Rule, arguments: &mut [Dynamic]) -> Result<Dynamic, RuleFault> {
        let tag = Dynamic::from(Kernels::new(&rule.closures, self.interpret, self.around.as_of));
        let engine = &self.libraries.engine;
        let result = calls::function(engine, &rule.ast, "check", rule.has_globals, tag, arguments);
        let known = Known { libraries: Some(self.libraries), loaded: Some(self.loaded) };
        result.map_err(|error| rule.script().run_fault(&error, known))
    }

    fn decisions(&self, rule: &Rule, value: Dynamic) -> RunResult {
        if let Some(verdict) = value.clone().try_cast::<Verdict>() {
            return Ok(BTreeMap::from([(String::new(), self.decision(verdict))]));
        }
        let kind = fault::kind_of(&value);
        let map = value.try_cast::<Map>().ok_or_else(|| not_a_decision(rule, "check", &kind))?;
        let each = map.into_iter().map(|(letter, value)| {
            let kind = fault::kind_of(&value);
            let verdict = value.try_cast::<Verdict>().ok_or_else(|| not_a_decision(rule, &letter, &kind))?;
            Ok((letter.to_string(), self.decision(verdict)))
        });
        each.collect()
    }

    pub(super) fn decision(&self, verdict: Verdict) -> Decision {
        let masking = self.around.masking;
        let verdict = verdict.beyond_doubt();
        // Places are shown of what is wrong, and of nothing else.
        let against = verdict.is_against();
        let shown = verdict.spots.iter().take(if against { MAX_LOCATIONS } else { 0 });
        let locations: Vec<Location> = shown.filter_map(|spot| location(&spot, masking)).collect();
        let reason = verdict.reason.map(|text| shortened(mask(text, &verdict.spots, masking)));
        // A table that is not there has no place, so there is none to count either.
        let total = if locations.is_empty() { 0 } else { verdict.spots.len() };
        let grids = if against { by_grid(&verdict.spots, masking) } else { ByGrid::default() };
        Decision {
            outcome: verdict.outcome,
            measure: verdict.measure,
            reason,
            help: verdict.help.map(|text| mask(text, &verdict.spots, masking)),
            locations,
            total,
            grids,
            broken: false,
        }
    }
}

fn location(spot: &Spot, masking: Masking) -> Option<Location> {
    let table = &spot.of.table;
    match spot.row {
        Some(row) => Location::of(table, row, spot.column, masking),
        None => table.segments.first().map(|segment| Location {
            file: segment.source.file.clone(),
            sheet: segment.source.sheet.clone(),
            ..Location::default()
        }),
    }
}

/// Places by grid.
fn by_grid(spots: &Spots, masking: Masking) -> ByGrid {
    let mut counter = GridCounter::default();
    for of_table in spots.tables() {
        let rows = of_table.rows.iter().flat_map(|rows| rows.iter().map(|at| at as usize));
        counter.count_rows(&of_table.of.table, rows, masking);
    }
    counter.finish()
}

/// Characters of a reason that are told.
const REASON: usize = 4_000;

fn shortened(text: String) -> String {
    match text.char_indices().nth(REASON) {
        Some((end, _)) => text.get(..end).unwrap_or_default().to_owned() + "…",
        None => text,
    }
}

/// Masks personal data that a rule wrote into its reason: of the rows it points at, and numbers anywhere.
fn mask(text: &str, spots: &Spots, masking: Masking) -> String {
    if text.is_empty() {
        return String::new();
    }
    let mut text = masking.text(text);
    for spot in spots.iter().take(MAX_LOCATIONS) {
        let table = &spot.of.table;
        let Some(row) = spot.row else { continue };
        for column in (0..table.columns.len()).filter(|column| table.privacy(*column).is_some()) {
            let personal = table.display(row, column);
            if text.contains(&personal) && personal.chars().count() > 1 {
                text = text.replace(&personal, &masking.cell(table.privacy(column), &personal));
            }
        }
    }
    text
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

fn stopped(rule: &Rule, beyond: Beyond) -> RuleFault {
    let (message, help) = bounds::described(beyond);
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
