//! Rule tests: functions `test_*` in the `.test.rhai` beside a rule, with small tables written inline or as CSV files.
//!
//! ```rhai
//! fn test_no_policy_is_absent() {
//!     expect(#{ objectives: "类别,内容\n目标,办结率" }, #{ a: "absent", b: "met" });
//! }
//! ```

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use rhai::{Dynamic, Engine, EvalAltResult, ImmutableString, Map, Scope};

use super::error::{RuleFault, Script, did_you_mean, raise, sizes};
use super::function::{HostFunction, Type, function, unnamed};
use super::runtime::engine::{build, check_size};
use super::runtime::limits;
use super::runtime::rule::{Libraries, Rule};
use super::runtime::run::Run;
use super::value::decision::outcome_word;
use super::value::loaded_table::Loaded;
use super::value::rule_context::RuleContext;
use crate::model::outcome::{Decision, Measure};
use crate::model::test_result::Compared;
use crate::model::text::Text;
use crate::resources::meter::Measurement;
use crate::resources::progress::{self, ProgressEvent};

/// What tests have besides the functions of rules.
pub(crate) const FUNCTIONS: &[HostFunction] = &[
    function(
        "expect",
        "预期",
        "tables: Map, outcomes: Map",
        Type::Nothing,
        r#"expect(#{ grids: "id,name\nG1,Riverside" }, #{ "": "met" })"#,
    )
    .about(
        "用这些数据表运行规则，各字母的结论须与预期相同，如 \"unmet @ E2\"",
        "runs the rule on these tables: the outcome of each letter must be as stated, such as \"unmet @ E2\"",
    ),
    function(
        "expect",
        "预期",
        "tables: Map, outcomes: Map, policies: Map",
        Type::Nothing,
        r#"expect(#{ grids: "id,name\nG1," }, #{ "": "unmet @ B2" }, #{ claimed_subjects: "3" })"#,
    )
    .about("同上，并改用这些口径", "the same under these readings of the standard"),
    unnamed("csv", "file: String", Type::CsvFile, r#"expect(#{ grids: csv("grids.csv") }, #{ "": "met" })"#)
        .about("测试旁边的 CSV 文件，作为一张数据表", "a CSV file beside the test, as a table"),
];

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
    pub around: Arc<RuleContext>,
    /// Reads inline tables.
    pub make_tables: Arc<MakeTables>,
    /// CSV files in the folder of the test and below it, by path from there.
    pub files: Arc<BTreeMap<String, String>>,
    /// Interpret every closure.
    pub interpret: bool,
}

/// A test that was run.
#[derive(Debug)]
pub struct Tested {
    /// Name of its function.
    pub name: String,
    /// Why it failed, if it did.
    pub failure: Option<RuleFault>,
    /// What was expected and what came, where its failure is that they differ.
    pub compared: Vec<Compared>,
    /// The fault of the rule itself, where that is why it failed.
    pub broken: Option<RuleFault>,
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
    /// Expected under other readings of the standard than those in force.
    pub otherwise: bool,
}

impl Example {
    /// The outcome expected for a letter, without cells.
    pub fn outcome(&self, letter: &str) -> Option<&str> {
        let found = self.outcomes.iter().find(|(known, _)| known == letter);
        found.and_then(|(_, want)| want.split('@').next()).map(str::trim)
    }
}

/// What the expectations of a test leave behind.
#[derive(Debug, Default)]
pub(crate) struct Notes {
    expected: Vec<Example>,
    compared: Vec<Compared>,
    broken: Option<RuleFault>,
}

/// What test functions are named.
const PREFIXES: [&str; 2] = ["test_", "测试"];

/// Runs every test of a file whose name is `wanted`.
///
/// # Errors
///
/// The file does not compile.
pub fn run_tests(
    bench: &Bench,
    file: &str,
    source: &str,
    wanted: &dyn Fn(&str) -> bool,
) -> Result<Vec<Tested>, RuleFault> {
    let script = Script { rule: &bench.rule.meta.id, file, source };
    progress::announce(ProgressEvent::Script, file);
    let notes = Arc::new(Mutex::new(Notes::default()));
    let engine = engine(bench, &notes);
    check_size(&script)?;
    script.check_signs()?;
    let ast = engine.compile(source).map_err(|error| script.parse_fault(&engine, &error))?;
    let is_test = |name: &str| PREFIXES.iter().any(|prefix| name.starts_with(prefix)) && wanted(name);
    let names = ast.iter_functions().filter(|f| is_test(f.name)).map(|f| f.name.to_owned());
    let mut names: Vec<String> = names.collect();
    names.sort();
    let run = |name: String| {
        let session = Measurement::begin(limits::alone());
        let result = engine.call_fn::<Dynamic>(&mut Scope::new(), &ast, &name, ());
        drop(session);
        let failure = result.err().map(|error| bench.libraries.run_fault(&script, &error, None));
        let notes = std::mem::take(&mut *notes.lock().unwrap_or_else(PoisonError::into_inner));
        let Notes { expected, compared, broken } = notes;
        Tested { name, failure, compared, broken, expected }
    };
    Ok(names.into_iter().map(run).collect())
}

/// The engine of a test file: what rules have, `expect` and `csv`.
pub(crate) fn engine(bench: &Bench, notes: &Arc<Mutex<Notes>>) -> Engine {
    let mut engine = build();
    for name in ["expect", "预期"] {
        let (bench, notes) = (bench.clone(), Arc::clone(notes));
        let expect = move |tables: Map, outcomes: Map, readings: Map| {
            let bench = bench.reading(&readings)?;
            bench.expect(&tables, &outcomes, !readings.is_empty(), &notes)
        };
        let by_default = expect.clone();
        engine
            .register_fn(name, move |tables: Map, outcomes: Map| by_default(tables, outcomes, Map::new()))
            .register_fn(name, expect);
    }
    let files = Arc::clone(&bench.files);
    engine.register_type_with_name::<Sheet>("csv file");
    engine.register_fn("csv", move |name: ImmutableString| sheet(&files, &name));
    engine
}

/// A table in a file of its own. No text of the script engine: those are short.
#[derive(Clone, Debug)]
struct Sheet(String);

/// Longest CSV file of a test.
const SHEET_BYTES: usize = 1024 * 1024;

fn sheet(files: &BTreeMap<String, String>, name: &str) -> Result<Sheet, Box<EvalAltResult>> {
    let text = files.get(name).ok_or_else(|| {
        let message = Text::new(
            format!("测试旁边没有文件“{name}”"),
            format!("there is no file `{name}` beside the test"),
        );
        let near = did_you_mean(name, files.keys().map(String::as_str));
        let place = Text::new(
            "写 CSV 文件的名称，文件放在测试所在的文件夹里",
            "give the name of a CSV file in the folder of the test",
        );
        raise(message, near.or(place))
    })?;
    if text.len() > SHEET_BYTES {
        let message = Text::new(
            format!("测试用的文件“{name}”超过 {SHEET_BYTES} 字节"),
            format!("the file `{name}` of a test is longer than {SHEET_BYTES} bytes"),
        );
        return Err(raise(message, Text::new("测试只需要几行", "a test needs a few rows only")));
    }
    Ok(Sheet(text.trim_start_matches('\u{feff}').to_owned()))
}

fn csv_of(value: &Dynamic) -> String {
    value.read_lock::<Sheet>().map_or_else(|| sizes::brief(value), |sheet| sheet.0.clone())
}

impl Bench {
    /// The same bench under other readings of the standard.
    fn reading(&self, readings: &Map) -> Result<Self, Box<EvalAltResult>> {
        Ok(Self { around: Arc::new(self.around.reading(readings)?), ..self.clone() })
    }

    fn expect(
        &self,
        tables: &Map,
        outcomes: &Map,
        otherwise: bool,
        notes: &Mutex<Notes>,
    ) -> Result<(), Box<EvalAltResult>> {
        let inline: BTreeMap<String, String> =
            tables.iter().map(|(name, csv)| (name.to_string(), csv_of(csv))).collect();
        let wanted: Vec<Want> = outcomes.iter().map(|(letter, want)| Want::read(letter, want)).collect();
        let mut notes = notes.lock().unwrap_or_else(PoisonError::into_inner);
        notes.expected.push(Example {
            tables: inline.clone().into_iter().collect(),
            outcomes: wanted.iter().map(Want::written).collect(),
            otherwise,
        });
        let loaded = (self.make_tables)(&inline).map_err(|text| raise(text, Text::default()))?;
        let run = Run::new(&self.libraries, &loaded, &self.around, self.interpret);
        let decisions = run.rule(&self.rule).map_err(|fault| {
            let raised = raise(located_message(&fault), fault.help.clone());
            notes.broken = Some(fault);
            raised
        })?;
        let compared: Vec<Compared> =
            wanted.iter().map(|want| want.compare(decisions.get(&want.letter))).collect();
        let lines: Vec<String> = compared.iter().filter(|one| !one.same).map(line).collect();
        if lines.is_empty() {
            return Ok(());
        }
        notes.compared = compared;
        let lines = lines.join("\n");
        Err(raise(
            Text::new(
                format!("结论与预期不同：\n{lines}"),
                format!("outcomes differ from what was expected:\n{lines}"),
            ),
            Text::default(),
        ))
    }
}

fn located_message(fault: &RuleFault) -> Text {
    let at =
        fault.position.map(|(line, column)| format!(" ({}:{line}:{column})", fault.file)).unwrap_or_default();
    fault.message.map(|text| format!("{text}{at}"))
}

/// `met`, `unmet`, …; for a measured decision `=85` or `=national`.
fn outcome_or_measure(decision: &Decision) -> String {
    match &decision.measure {
        Some(Measure::Number(number)) => format!("={}", number.round_dp(4).normalize()),
        Some(Measure::Level(level)) => format!("={level}"),
        None => outcome_word(decision.outcome).to_owned(),
    }
}

/// An outcome in Chinese, and the word for it.
const WORDS: [(&str, &str); 5] = [
    ("符合", "met"),
    ("不符合", "unmet"),
    ("缺失", "absent"),
    ("待定", "unknown"),
    ("不适用", "not-applicable"),
];

/// An outcome that is expected, possibly with cells: `unmet @ D3`.
struct Want {
    letter: String,
    word: String,
    cells: Option<String>,
}

impl Want {
    fn read(letter: &str, want: &Dynamic) -> Self {
        let want = sizes::brief(want);
        let (word, cells) =
            want.split_once('@').map_or((want.as_str(), None), |(word, cells)| (word, Some(cells)));
        let word = word.trim();
        let word = WORDS.iter().find(|(zh, _)| *zh == word).map_or(word, |(_, en)| en);
        let cells = cells.map(|cells| cells.split_whitespace().collect::<Vec<_>>().join(" "));
        Self { letter: letter.to_owned(), word: word.to_owned(), cells }
    }

    fn written(&self) -> (String, String) {
        let want =
            self.cells.as_ref().map_or_else(|| self.word.clone(), |cells| format!("{} @ {cells}", self.word));
        (self.letter.clone(), want)
    }

    fn compare(&self, got: Option<&Decision>) -> Compared {
        let cells = got.map(|got| got.locations.iter().filter_map(|place| place.cell.as_deref()));
        let got_cells = cells.map(|cells| cells.collect::<Vec<_>>().join(" ")).unwrap_or_default();
        let word = got.map(outcome_or_measure);
        let same_cells = self.cells.as_ref().is_none_or(|cells| *cells == got_cells);
        Compared {
            letter: self.letter.clone(),
            want: self.word.clone(),
            same: same_cells && word.as_deref() == Some(self.word.as_str()),
            got: word,
            want_cells: self.cells.clone(),
            got_cells,
            reason: got.map(|got| got.reason.clone()).unwrap_or_default(),
        }
    }
}

fn line(one: &Compared) -> String {
    let cells = one.want_cells.as_ref().map(|cells| format!(" @ {cells}")).unwrap_or_default();
    let want = format!("{}{cells}", one.want);
    match &one.got {
        None => format!("  {}: want {want}, got nothing", one.letter),
        Some(got) => {
            format!("  {}: want {want}, got {got} @ {} ({})", one.letter, one.got_cells, one.reason.en)
        }
    }
}
