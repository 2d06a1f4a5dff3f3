//! Rule tests: functions `test_*` in the `.test.rhai` beside a rule, with small tables written inline.
//!
//! ```rhai
//! fn test_no_policy_is_absent() {
//!     expect(#{ objectives: "类别,内容\n目标,办结率" }, #{ a: "absent", b: "met" });
//! }
//! ```

use std::collections::BTreeMap;
use std::sync::Arc;

use rhai::{Dynamic, EvalAltResult, Map, Scope};

use super::context::Surroundings;
use super::decide::outcome_word;
use super::engine::build;
use super::fault::{RuleFault, Script, raise};
use super::loaded::Loaded;
use super::rule::{Libraries, Rule};
use super::run::Run;
use crate::model::outcome::{Decision, Measure};
use crate::model::text::Text;

/// Makes a submission of inline tables: name to CSV.
pub type MakeTables = dyn Fn(&BTreeMap<String, String>) -> Result<Loaded, Text> + Send + Sync;

/// What a test needs besides its text.
#[derive(Clone)]
pub struct Bench {
    /// Engine and libraries for the rule.
    pub libraries: Arc<Libraries>,
    /// The rule under test.
    pub rule: Arc<Rule>,
    /// The circumstances.
    pub around: Arc<Surroundings>,
    /// Reads inline tables.
    pub make_tables: Arc<MakeTables>,
}

/// A test that was run.
#[derive(Debug)]
pub struct Tested {
    /// Name of its function.
    pub name: String,
    /// Why it failed, if it did.
    pub failure: Option<RuleFault>,
    /// What it expected of which tables.
    pub expected: Vec<Example>,
}

/// Inline tables and what a rule makes of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Example {
    /// CSV text by table.
    pub tables: Vec<(String, String)>,
    /// Expected outcome, perhaps with cells, by letter.
    pub outcomes: Vec<(String, String)>,
}

impl Example {
    /// The outcome expected for a letter, without cells.
    pub fn outcome(&self, letter: &str) -> Option<&str> {
        let found = self.outcomes.iter().find(|(known, _)| known == letter);
        found.and_then(|(_, want)| want.split('@').next()).map(str::trim)
    }
}

/// Runs every test of a file.
///
/// # Errors
///
/// The file does not compile.
pub fn run_tests(bench: &Bench, file: &str, source: &str) -> Result<Vec<Tested>, RuleFault> {
    let script = Script { rule: &bench.rule.meta.id, file, source };
    let mut engine = build();
    let expected = Arc::new(std::sync::Mutex::new(Vec::new()));
    let (for_tests, seen) = (bench.clone(), Arc::clone(&expected));
    let expect = move |tables: Map, outcomes: Map, readings: Map| {
        if let Ok(mut seen) = seen.lock() {
            seen.push(Example { tables: pairs(&tables), outcomes: pairs(&outcomes) });
        }
        for_tests.reading(&readings)?.expect(&tables, &outcomes)
    };
    let by_default = expect.clone();
    engine.register_fn("expect", move |tables: Map, outcomes: Map| by_default(tables, outcomes, Map::new()));
    engine.register_fn("expect", expect);
    let ast = engine.compile(source).map_err(|error| script.parse_fault(&error))?;
    let names = ast.iter_functions().filter(|f| f.name.starts_with("test_")).map(|f| f.name.to_owned());
    let mut names: Vec<String> = names.collect();
    names.sort();
    let run = |name: String| {
        let result = engine.call_fn::<Dynamic>(&mut Scope::new(), &ast, &name, ());
        let failure = result.err().map(|error| script.run_fault(&error, || bench.libraries.names()));
        let expected = expected.lock().map(|mut seen| std::mem::take(&mut *seen)).unwrap_or_default();
        Tested { name, failure, expected }
    };
    Ok(names.into_iter().map(run).collect())
}

fn pairs(map: &Map) -> Vec<(String, String)> {
    map.iter().map(|(key, value)| (key.to_string(), value.to_string())).collect()
}

impl Bench {
    /// The same bench under other readings of the standard.
    fn reading(&self, readings: &Map) -> Result<Self, Box<EvalAltResult>> {
        Ok(Self { around: Arc::new(self.around.reading(readings)?), ..self.clone() })
    }

    fn expect(&self, tables: &Map, outcomes: &Map) -> Result<(), Box<EvalAltResult>> {
        let inline = tables.iter().map(|(name, csv)| (name.to_string(), csv.to_string())).collect();
        let loaded = (self.make_tables)(&inline).map_err(|text| raise(text, Text::default()))?;
        let run = Run { libraries: &self.libraries, interpret: false, loaded: &loaded, around: &self.around };
        let decisions = run.rule(&self.rule).map_err(|fault| raise(told(&fault), fault.help.clone()))?;
        let wrong: Vec<String> = outcomes
            .iter()
            .filter_map(|(letter, want)| {
                difference(letter, &want.to_string(), decisions.get(letter.as_str()))
            })
            .collect();
        if wrong.is_empty() {
            return Ok(());
        }
        let lines = wrong.join("\n");
        Err(raise(
            Text::new(
                format!("结论与预期不同：\n{lines}"),
                format!("outcomes differ from what was expected:\n{lines}"),
            ),
            Text::default(),
        ))
    }
}

fn told(fault: &RuleFault) -> Text {
    let at =
        fault.position.map(|(line, column)| format!(" ({}:{line}:{column})", fault.file)).unwrap_or_default();
    fault.message.map(|text| format!("{text}{at}"))
}

/// `met`, `unmet`, …; for a measured decision `=85` or `=national`.
fn shown(decision: &Decision) -> String {
    match &decision.measure {
        Some(Measure::Number(number)) => format!("={}", number.round_dp(4).normalize()),
        Some(Measure::Level(level)) => format!("={level}"),
        None => outcome_word(decision.outcome).to_owned(),
    }
}

/// `want` is an outcome, possibly followed by `@` and cells such as `unmet @ objectives D3`.
fn difference(letter: &str, want: &str, got: Option<&Decision>) -> Option<String> {
    let (word, cells) = want.split_once('@').map_or((want, None), |(word, cells)| (word, Some(cells)));
    let Some(got) = got else { return Some(format!("  {letter}: want {want}, got nothing")) };
    let got_cells: Vec<&str> = got.locations.iter().filter_map(|place| place.cell.as_deref()).collect();
    let same_cells = cells.is_none_or(|cells| cells.split_whitespace().eq(got_cells.iter().copied()));
    if word.trim() == shown(got) && same_cells {
        return None;
    }
    Some(format!("  {letter}: want {want}, got {} @ {} ({})", shown(got), got_cells.join(" "), got.reason.en))
}
